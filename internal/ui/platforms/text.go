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
	w.line("", s.line)
	w.line("", s.note)
	for i := range s.groups {
		g := &s.groups[i]
		w.WriteString("\n")
		w.line("", g.label)
		if g.aid != nil {
			for _, l := range g.aid.lines {
				w.line(step1, p.t.Text("platforms.copy.line", "label", l.label, "value", l.value))
			}
			for _, n := range g.aid.notes {
				w.line(step2, n)
			}
		}
		for j := range g.lines {
			p.lineText(w, s.id, &g.lines[j])
		}
	}
	return w.String()
}

func (p *presenter) lineText(w *writer, place string, l *line) {
	said := p.t.Text("platforms.copy.line", "label", l.label, "value", l.value)
	if !l.none {
		said = p.t.Text("platforms.copy.sure", "line", said, "when", l.when, "sure", l.sure)
		if l.when == "" {
			said = p.t.Text("platforms.copy.undated", "line", p.t.Text("platforms.copy.line", "label", l.label, "value", l.value), "sure", l.sure)
		}
	}
	w.line(step1, said)
	if l.none {
		return
	}
	w.line(step2, l.under)
	if l.more != nil {
		p.sourcesText(w, p.sources(l.more.Sources))
		return
	}
	said2 := p.d.SayDatum(l.datum)
	w.line(step2, said2.Theirs)
	w.line(step2, said2.Note)
	p.sourcesText(w, said2.Sources)
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
	p.sourcesText(w, f.sources)
	for _, o := range f.others {
		w.line("", p.t.Text("platforms.copy.sure", "line", p.t.Text("platforms.copy.line", "label", o.Kind, "value", o.Value), "when", o.When, "sure", o.Sure))
		w.line(step1, o.Note)
		p.sourcesText(w, o.Sources)
	}
	return w.String()
}
