package platforms

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/rules"
)

// aid is what heads the aids of a site: the income-tax cap today, elsewhere in
// the region, and once the platform opens.
type aid struct {
	lines []aidLine
	notes []string
}

// aidLine is one cap; rule says that it opens the rule it comes from.
type aidLine struct {
	label, value string
	rule         bool
}

func (p *presenter) aid(s *desk.Sheet) *aid {
	if s.Site.Kind != rules.KindP2I {
		return &aid{notes: []string{p.t.Text("platforms.aid.notP2I")}}
	}
	here := p.t.Text("platforms.aid.here")
	if len(s.AIR.Opening) > 0 {
		here = p.t.Text("platforms.aid.here.launching")
	}
	a := &aid{lines: []aidLine{
		{here, p.capsText(s.AIR.Here), s.AIR.Rule != nil},
		{p.t.Text("platforms.aid.elsewhere"), p.capsText(s.AIR.Elsewhere), false},
		{p.t.Text("platforms.aid.until"), p.t.Formatter().Month(s.AIR.Until), false},
	}}
	if note := p.readings(s.AIR.Elsewhere); note != "" {
		a.notes = append(a.notes, note)
	}
	lines, notes := p.opening(s)
	a.lines, a.notes = append(a.lines, lines...), append(a.notes, notes...)
	return a
}

// opening is what follows once a platform opens, by the class it opens with;
// nothing for one that is open.
func (p *presenter) opening(s *desk.Sheet) (lines []aidLine, notes []string) {
	if len(s.AIR.Opening) == 0 {
		return nil, nil
	}
	for _, o := range s.AIR.Opening {
		lines = append(lines, aidLine{p.t.Text("platforms.aid.opening." + o.Class), p.capText(o.Cap), false})
	}
	notes = append(notes, p.t.Text("platforms.aid.opening"))
	if s.AIR.Elsewhere.Settled() {
		notes = append(notes, p.t.Text("platforms.aid.opening.elsewhere", "none", p.reading("none"), "region", p.reading("region")))
	}
	return lines, notes
}

// readings says what a cap depends on, "" where both readings give the same.
func (p *presenter) readings(c desk.Caps) string {
	if c.Settled() {
		return ""
	}
	return p.t.Text("platforms.aid.readings", "question", p.t.Text("reading.air.outside"),
		"none", p.reading("none"), "region", p.reading("region"))
}

// reading is an answer to the question of companies outside of a platform.
func (p *presenter) reading(value string) string { return p.t.Text("reading.air.outside." + value) }
