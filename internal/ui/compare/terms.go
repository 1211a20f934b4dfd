package compare

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
)

// terms are the entries of what a person knows of the costs of each site, in lines
// below the table: rent, pay and, once for all sites, the area of a seat.
type terms struct {
	pg     *Page
	all    map[string]*kit.Entry // by path, kept while the page lives: what is typed stays
	seat   *kit.Entry
	wrong  *kit.Paragraph // what is refused in the lines
	shown  []string       // sites in the order of the table
	figure *kit.Paragraph
}

func newTerms(pg *Page) *terms {
	x := &terms{pg: pg, all: map[string]*kit.Entry{}, wrong: kit.NewParagraph("", kit.ErrorText)}
	x.wrong.Hide()
	x.seat = x.entry(pathArea, "", pg.t.Text("compare.area.hint"))
	x.figure = kit.NewParagraph(pg.t.Text("compare.terms.note"), kit.MutedText)
	return x
}

// entry is the field of a path, made when it is first needed.
func (x *terms) entry(path, unit, hint string) *kit.Entry {
	if e := x.all[path]; e != nil {
		return e
	}
	b := x.pg.board
	e := kit.NewNumberEntry(hint, unit)
	e.Put(b.text(path))
	e.Check = func(text string) string {
		if text != b.text(path) {
			b.typing(path, text)
		}
		return b.why(path)
	}
	e.Changed = func(string) { x.pg.changed() }
	e.Format = func(string) string { return b.text(path) }
	x.all[path] = e
	return e
}

// labels are the rows of the table that entries stand in.
func (x *terms) labels() [][]cell {
	t := x.pg.t
	return [][]cell{
		{{text: t.Text("compare.terms"), bold: true}},
		{{text: t.Text("compare.rent"), aside: desk.UnitName(t, unitRent)}},
		{{text: t.Text("compare.pay"), aside: t.Text("compare.pay.unit")}},
		{{text: t.Text("compare.area"), aside: desk.UnitName(t, "m2")}},
	}
}

// sites says for which sites, in their order.
func (x *terms) sites(list []string) { x.shown = list }

// entries are the lines in the order of the labels but the first. The area of a
// seat stands in the first column.
func (x *terms) entries() [][]*kit.Entry {
	t := x.pg.t
	rents, pays := make([]*kit.Entry, len(x.shown)), make([]*kit.Entry, len(x.shown))
	for i, s := range x.shown {
		rents[i] = x.entry(pathRent(s), "", t.Text("compare.rent.hint"))
		pays[i] = x.entry(pathPay(s), "%", t.Text("compare.pay.hint"))
	}
	return [][]*kit.Entry{rents, pays, {x.seat}}
}

// objects are all entries in the order the focus goes.
func (x *terms) objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, line := range x.entries() {
		for _, e := range line {
			out = append(out, e)
		}
	}
	return out
}

// follow writes what is set and refused beside the entries.
func (x *terms) follow() {
	b := x.pg.board
	said := ""
	for path, e := range x.all {
		e.Put(b.text(path))
		e.SetMessage(b.why(path))
	}
	paths := []string{pathArea}
	for _, s := range x.shown {
		paths = append(paths, pathRent(s), pathPay(s))
	}
	for _, path := range paths {
		if b.why(path) != "" {
			if said != "" {
				said += "\n"
			}
			said += b.whose(path)
		}
	}
	x.wrong.SetText(said)
	x.wrong.Hidden = said == ""
	if x.pg.right != nil {
		x.pg.right.card.Refresh()
	}
}
