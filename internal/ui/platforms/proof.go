package platforms

import (
	"atlasp2i/internal/calc"
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

func (p *presenter) capProof(place string, rule *calc.RuleRef) *proof {
	said := desk.SayRule(p.t, rule)
	value := desk.RuleValue(p.t, rule)
	f := &proof{
		title: p.t.Text("platforms.figure.cap"), value: value,
		sentence: p.t.Text("platforms.panel.cap", "place", p.d.PlaceName(place), "cap", value),
		sure:     p.t.Text("platforms.panel.sure", "sure", said.Sure), sources: said.Sources,
	}
	for _, n := range []string{said.Text, said.Dates, said.Note} {
		if n != "" {
			f.notes = append(f.notes, n)
		}
	}
	return f
}
