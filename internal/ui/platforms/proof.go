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
	for _, n := range []string{p.theirs(x, said), said.Validity, said.Note} {
		if n != "" {
			f.notes = append(f.notes, n)
		}
	}
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

// capProof is where the cap of a site is written; the sheet has a rule.
func (p *presenter) capProof(s *desk.Sheet) *proof {
	said, value := desk.SayRule(p.t, s.AIR.Rule), desk.RuleValue(p.t, s.AIR.Rule)
	f := &proof{
		title: p.t.Text("platforms.figure.cap"), value: value,
		sentence: p.t.Text("platforms.panel.cap", "place", s.Site.Name, "cap", value),
		sure:     p.t.Text("platforms.panel.sure", "sure", said.Sure), sources: said.Sources,
	}
	for _, n := range []string{p.readings(s.AIR.Here), said.Text, said.Dates, said.Note} {
		if n != "" {
			f.notes = append(f.notes, n)
		}
	}
	return f
}
