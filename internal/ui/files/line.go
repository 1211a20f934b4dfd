package files

import (
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// columns of the list, in the order of row.texts.
func (pg *Page) columns() []parts.LineColumn {
	t := pg.p.Desk.Texts()
	return []parts.LineColumn{
		{Title: t.Text("files.col.name"), Share: 0.32, Style: kit.TableText, Folded: parts.TopLeft},
		{Title: t.Text("files.col.place"), Share: 0.18, Style: kit.TableMuted, Folded: parts.BottomLeft},
		{Title: t.Text("files.col.total"), Share: 0.22, Right: true, Whole: true, Style: kit.TableText, Folded: parts.TopRight},
		{Title: t.Text("files.col.heads"), Share: 0.09, Right: true, Whole: true, Style: kit.TableMuted},
		{Title: t.Text("files.col.when"), Share: 0.19, Right: true, Whole: true, Style: kit.TableMuted, Folded: parts.BottomRight},
	}
}

// columnWhen says when a simulation was saved, or that a person has to decide.
const columnWhen = 4

func (r *row) texts() []string { return []string{r.name, r.place, r.total, r.heads, r.when} }

// line is how a simulation of the list reads now.
func (pg *Page) line(i int) row {
	e := &pg.rows[pg.shown[i]].Entry
	r := makeRow(pg.p.Desk, e)
	if n := pg.disputed(e.ID); n > 0 {
		r.when, r.disputed = pg.p.Desk.Texts().Text("sharing.versions", "count", n), true
	}
	return r
}

func (pg *Page) put(i int, l *parts.Line) {
	r, style := pg.line(i), kit.TableMuted
	if r.disputed {
		style = kit.CautionText
	}
	l.SetStyle(columnWhen, style)
	l.Put(r.texts()...)
}
