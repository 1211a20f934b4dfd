package platforms

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/rules"
)

// proof is the panel that opens from a value: what it says, of when, how sure,
// by whom, and what else was published.
type proof struct {
	title    string
	value    string
	long     bool // a sentence, not a number
	sentence string
	sure     string
	notes    []string
	source   string   // heading of what follows: whose note, sources and others these are; "" without any
	remarks  []string // of the published value beside the user's
	good     string   // what a good answer looks like; "" for what is no field
	sources  []desk.SourceText
	others   []desk.OtherText
	datum    *desk.Datum // what can be corrected; nil for anything else
}

func (p *presenter) datumProof(x *desk.Datum) *proof {
	said := p.d.SayDatum(x)
	f := &proof{
		title: said.Label, value: said.Value, sentence: said.Sentence, good: said.Good,
		sources: said.Sources, others: said.Others, datum: x,
		long: x.Known() && x.Field.Kind != rules.FieldNumber && x.Field.Kind != rules.FieldYesNo,
	}
	if x.Own != nil {
		p.ownProof(f, x, &said)
		return f
	}
	if x.Fact != nil {
		f.sure = p.t.Text("platforms.panel.sure", "sure", said.Sure)
	}
	if len(f.sources) > 0 {
		f.source = p.t.Text("platforms.panel.sources", "count", len(f.sources))
	}
	f.note(said.Validity, said.Note)
	return f
}

// ownProof keeps the user's value and the published one apart: date and origin
// belong to the one, note, sources and other readings to the other.
func (p *presenter) ownProof(f *proof, x *desk.Datum, said *desk.DatumText) {
	if f.long {
		f.note(p.t.Text("platforms.panel.theirs.at", "at", desk.Stamp(x.Own.At)))
	}
	if said.When != "" {
		f.note(p.t.Text("platforms.panel.theirs.when", "when", said.When))
	}
	if said.Theirs != "" {
		f.note(p.t.Text("platforms.panel.theirs", "note", said.Theirs))
	}
	if x.Fact == nil {
		return
	}
	published := *x
	published.Own = nil
	f.source = p.t.Text("platforms.panel.published", "value", p.d.SayDatum(&published).Value)
	if f.long {
		f.source = p.t.Text("platforms.panel.published.long")
	}
	for _, n := range []string{said.Published, said.Validity, said.Note} {
		if n != "" {
			f.remarks = append(f.remarks, n)
		}
	}
}

func (p *presenter) moreProof(site string, m *rules.More) *proof {
	l := p.more(site, m)
	return &proof{
		title: l.label, value: l.value, long: true,
		sentence: p.t.Text("platforms.panel.more", "place", p.d.PlaceName(site), "when", l.when),
		sure:     p.t.Text("platforms.panel.sure", "sure", l.sure), sources: p.sources(m.Sources),
		source: p.t.Text("platforms.panel.sources", "count", len(m.Sources)),
	}
}

// capProof is the cap of a site: what it is today and on which reading, where it
// is written, and what follows for a platform that is not open yet.
func (p *presenter) capProof(s *desk.Sheet) *proof {
	f := &proof{title: p.t.Text("platforms.figure.cap"), value: p.capsText(s.AIR.Here)}
	if s.Site.Kind != rules.KindP2I {
		f.value, f.sentence = p.t.Text("platforms.cap.notP2I"), p.t.Text("platforms.aid.notP2I")
		return f
	}
	f.sentence = p.t.Text(capSentence(s.AIR.Here), "place", s.Site.Name, "cap", f.value)
	f.note(p.readings(s.AIR.Here))
	if s.AIR.Rule != nil {
		said := desk.SayRule(p.t, s.AIR.Rule)
		f.sure, f.sources = p.t.Text("platforms.panel.sure", "sure", said.Sure), said.Sources
		f.source = p.t.Text("platforms.panel.sources", "count", len(f.sources))
		f.note(said.Title, said.Text, said.Dates, said.Note)
	}
	lines, notes := p.opening(s)
	for _, l := range lines {
		f.note(p.t.Text("platforms.copy.line", "label", l.label, "value", l.value))
	}
	f.note(notes...)
	return f
}

// capSentence is how a cap is told: as a fact only where both readings give it.
func capSentence(c desk.Caps) string {
	switch {
	case !c.Settled():
		return "platforms.panel.cap.either"
	case !c.Region.Applies:
		return "platforms.panel.cap.none"
	}
	return "platforms.panel.cap"
}

// note adds what there is to note.
func (f *proof) note(texts ...string) {
	for _, n := range texts {
		if n != "" {
			f.notes = append(f.notes, n)
		}
	}
}
