package rules

import (
	"cmp"
	"slices"
)

// readSite reads one file of sites/: a site and its dated statuses.
func (l *loader) readSite(d *decoder, root *node) {
	keys := []string{"id", "name", "city", "region", "kind", "note", "status"}
	t := d.open(root, l.since2(keys, "map", "fact", "more")...)
	s := Site{
		ID: l.id(t, "place"), Name: t.text("name"), City: t.text("city"),
		Region: t.choice("region", l.regionIDs()...), Kind: t.choice("kind", siteKinds...),
		Note: t.optional("note"), Pos: t.pos(),
	}
	nodes := t.entries("status")
	for _, n := range nodes {
		s.History = append(s.History, l.siteStatus(d, n, s.Kind))
	}
	if d.fault != nil {
		return
	}
	for i, a := range s.History {
		for j, b := range s.History[:i] {
			if (a.To == "" || a.To >= b.From) && (b.To == "" || b.To >= a.From) {
				d.refuse(nodes[i].line, "overlap", s.ID+" "+string(a.From)+" … "+string(a.To),
					at(Pos{d.file, nodes[j].line})+" ("+string(b.From)+" … "+string(b.To)+")")
			}
		}
	}
	slices.SortStableFunc(s.History, func(a, b SiteStatus) int { return cmp.Compare(a.From, b.From) })
	if s.Note != "" {
		l.needText(s.Pos, s.Note)
	}
	if l.pack.Format >= formatFacts {
		s.Map = t.mapPoint("map")
		s.Facts = l.facts(t, s.ID, ScopeSite)
		s.More = l.more(t, s.ID)
	}
	l.pack.Sites = append(l.pack.Sites, s)
}

// siteStatus reads one status. A platform in operation has a class; nothing else has.
func (l *loader) siteStatus(d *decoder, n *node, siteKind string) SiteStatus {
	t := d.open(n, "from", "to", "status", "class", "sources", "verified_on", "confidence")
	st := SiteStatus{
		Status: t.choice("status", siteStatuses...), Sources: l.sources(t),
		VerifiedOn: t.date("verified_on"), Confidence: t.choice("confidence", confidences...),
	}
	st.From, st.To = t.span()
	if siteKind == KindP2I && st.Status == Operational {
		st.Class = t.choice("class", siteClasses...)
	} else if t.has("class") {
		d.refuse(t.lineOf("class"), "class_without_operation", st.Status, `status = "`+Operational+`"`)
	}
	return st
}

func (l *loader) regionIDs() []string {
	ids := make([]string, len(l.pack.Regions))
	for i, r := range l.pack.Regions {
		ids[i] = r.ID
	}
	slices.Sort(ids)
	return ids
}
