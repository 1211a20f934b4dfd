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
	good     string // what a good answer looks like; "" for what is no field
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
	if x.Known() {
		f.sure = p.t.Text("platforms.panel.sure", "sure", said.Sure)
	}
	f.note(p.theirs(x, said), said.Validity, said.Note)
	return f
}

// theirs is what stands beside a value of the user: where they have it from, and
// what is published.
func (p *presenter) theirs(x *desk.Datum, said desk.DatumText) string {
	out := ""
	if said.Theirs != "" {
		out = p.t.Text("platforms.panel.theirs", "note", said.Theirs)
	}
	switch {
	case x.Own == nil:
		return ""
	case out == "":
		return said.Published
	case said.Published == "":
		return out
	}
	return out + "\n" + said.Published
}

func (p *presenter) moreProof(site string, m *rules.More) *proof {
	l := p.more(site, m)
	return &proof{
		title: l.label, value: l.value, long: true,
		sentence: p.t.Text("platforms.panel.more", "place", p.d.PlaceName(site), "when", l.when),
		sure:     p.t.Text("platforms.panel.sure", "sure", l.sure), sources: p.sources(m.Sources),
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
