package platforms

import (
	"strings"

	"atlasp2i/internal/desk"
)

// writer builds a text of lines.
type writer struct{ strings.Builder }

func (w *writer) line(indent, text string) {
	if text != "" {
		w.WriteString(indent + text + "\n")
	}
}

// Indents of a text.
const (
	step1 = "  "
	step2 = "    "
)

// text writes out a whole sheet: values, times, how sure they are, sources.
func (p *presenter) text(s *sheet) string {
	w := &writer{}
	w.line("", s.name)
	if s.status != nil {
		w.line("", p.t.Text("platforms.copy.state", "status", s.status.text, "class", s.class))
	}
	w.line("", p.whereText(s))
	w.line("", s.note)
	for i := range s.groups {
		g := &s.groups[i]
		w.WriteString("\n")
		w.line("", g.label)
		if g.aid != nil {
			p.aidText(w, s)
		}
		for j := range g.lines {
			p.lineText(w, &g.lines[j])
		}
	}
	return w.String()
}

// whereText is the line of a place for somebody else: the user's operator is no
// value of theirs.
func (p *presenter) whereText(s *sheet) string {
	if s.desk == nil {
		return s.line
	}
	own := ""
	if x := datumOf(s.desk, fieldOperator); x != nil && x.Own != nil {
		own = p.ownText(x)
	}
	return p.where(s.desk, own)
}

// ownText marks a value of the user's in a text that somebody else reads.
func (p *presenter) ownText(x *desk.Datum) string {
	return p.t.Text("platforms.copy.own", "at", desk.Stamp(x.Own.At))
}

// aidText writes out what heads the aids, with the rule that the cap stands in.
func (p *presenter) aidText(w *writer, s *sheet) {
	g := p.aid(s.desk)
	w.line(step1, p.t.Text("platforms.aid.title"))
	for _, l := range g.lines {
		w.line(step1, p.t.Text("platforms.copy.line", "label", l.label, "value", l.value))
	}
	for _, n := range g.notes {
		w.line(step2, n)
	}
	if r := s.desk.AIR.Rule; r != nil {
		said := desk.SayRule(p.t, r)
		for _, n := range []string{said.Title, said.Text, said.Dates, said.Note} {
			w.line(step2, n)
		}
		p.sourcesText(w, said.Sources)
	}
}

func (p *presenter) lineText(w *writer, l *line) {
	said, sure := p.t.Text("platforms.copy.line", "label", l.label, "value", l.value), l.sure
	switch {
	case l.none:
		w.line(step1, said)
		return
	case l.own:
		sure = p.ownText(l.datum)
	}
	if l.when == "" {
		w.line(step1, p.t.Text("platforms.copy.undated", "line", said, "sure", sure))
	} else {
		w.line(step1, p.t.Text("platforms.copy.sure", "line", said, "when", l.when, "sure", sure))
	}
	if l.more != nil {
		p.sourcesText(w, p.sources(l.more.Sources))
		return
	}
	text := p.d.SayDatum(l.datum)
	if text.Theirs != "" {
		w.line(step2, p.t.Text("platforms.panel.theirs", "note", text.Theirs))
	}
	w.line(step2, l.under)
	w.line(step2, text.Note)
	p.sourcesText(w, text.Sources)
}

func (p *presenter) sourcesText(w *writer, list []desk.SourceText) {
	for _, s := range list {
		w.line(step2, p.t.Text("platforms.copy.source", "by", s.By, "title", s.Title, "url", s.URL))
	}
}

// proofText writes out the panel of one value.
func (p *presenter) proofText(f *proof) string {
	w := &writer{}
	w.line("", f.sentence)
	w.line("", f.sure)
	for _, n := range f.notes {
		w.line("", n)
	}
	if len(f.remarks) > 0 {
		w.line("", f.source)
	}
	for _, n := range f.remarks {
		w.line(step1, n)
	}
	p.sourcesText(w, f.sources)
	for _, o := range f.others {
		w.line("", p.t.Text("platforms.copy.sure", "line", p.t.Text("platforms.copy.line", "label", o.Kind, "value", o.Value), "when", o.When, "sure", o.Sure))
		w.line(step1, o.Note)
		p.sourcesText(w, o.Sources)
	}
	return w.String()
}
