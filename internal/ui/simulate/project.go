package simulate

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
)

// bound is a widget that shows a field of the form.
type bound struct {
	path  string
	entry *kit.Entry
	pick  *kit.Select
	field *kit.Field
	said  *kit.Paragraph // where there is no field: what is wrong, below the row
}

// sync writes message and hint of the form beside the field; true where
// something moved that does not see to it by itself.
func (b *bound) sync(f *Form) (moved bool) {
	if b.entry != nil {
		b.entry.SetMessage(f.Message(b.path))
		if d := f.Default(b.path); d != "" && b.entry.PlaceHolder != d {
			b.entry.SetPlaceHolder(d)
			b.entry.Refresh()
		}
	} else {
		b.pick.SetMessage(f.Message(b.path))
	}
	if b.field != nil {
		b.field.SetHint(f.Hint(b.path))
	}
	if b.said != nil {
		moved = show(b.said, f.Message(b.path))
	}
	return moved
}

// below says what is wrong in a text of its own, for a row without a label.
func (b *bound) below() {
	b.said = kit.NewParagraph("", kit.ErrorText)
	b.said.Hide()
}

// bind makes an entry follow a field of the form.
func (pg *Page) bind(path string, e *kit.Entry) *bound {
	e.Put(pg.form.Text(path))
	e.Check = func(text string) string {
		pg.form.Type(path, text)
		return pg.form.Message(path)
	}
	e.Changed = func(string) { pg.edited() }
	e.Format = func(string) string { return pg.form.Formatted(path) }
	e.Left = func(string) {
		if pg.Dirty() {
			pg.keep()
		}
	}
	e.Step = func(_ string, delta int) (string, bool) { return pg.form.Step(path, delta) }
	return &bound{path: path, entry: e}
}

// row makes a field of the form with its label.
func (pg *Page) row(path, label string, e *kit.Entry, width float32) *bound {
	b := pg.bind(path, e)
	b.field = kit.NewField(kit.FieldSpec{Label: label, Input: e, Width: width})
	return b
}

// options turns the choices of the form into those of a widget.
func options(list []Option) []kit.Option {
	out := make([]kit.Option, len(list))
	for i, o := range list {
		out[i] = kit.Option{ID: o.ID, Text: o.Text}
	}
	return out
}

// Widths of inputs in design pixels.
const (
	nameInput   = 256
	presetInput = 210
	wideInput   = 170
	shortInput  = 92
)

func (pg *Page) projectCard() fyne.CanvasObject {
	t, f := pg.t, pg.form
	name := pg.row(pathName, t.Text("simulate.name"), kit.NewEntry(t.Text("simulate.name.hint")), nameInput)
	segment := kit.NewSelect(t.Text("simulate.choose"), options(f.Segments()), nil)
	segment.Put(f.segment)
	place := kit.NewSelect(t.Text("simulate.choose"), options(f.Places()), nil)
	place.Put(f.site)
	inside := kit.NewSelect(t.Text("simulate.inside.unset"), []kit.Option{
		{ID: insideYes, Text: t.Text("simulate.inside.yes")}, {ID: insideNo, Text: t.Text("simulate.inside.no")}, {Text: t.Text("simulate.inside.open")},
	}, nil)
	export := pg.row(pathExport, t.Text("simulate.export"), kit.NewNumberEntry("", "%"), shortInput)
	pick := func(path, label string, s *kit.Select, width float32) *bound {
		return &bound{path: path, pick: s, field: kit.NewField(kit.FieldSpec{Label: label, Input: s, Width: width})}
	}
	insideRow := pick(pathInside, t.Text("simulate.inside"), inside, wideInput)
	showInside := func() {
		if f.Inside() == "" {
			inside.Put(unset)
		} else {
			inside.Put(f.Inside())
		}
		insideRow.field.Hidden = !f.AsksInside()
	}
	showInside()
	segment.OnChanged = func(id string) {
		f.SetSegment(id)
		pg.team.presets()
		pg.edited()
	}
	place.OnChanged = func(id string) {
		f.SetSite(id)
		showInside()
		pg.edited()
		pg.left.Refresh()
	}
	inside.OnChanged = func(id string) {
		f.SetInside(id)
		showInside()
		pg.edited()
	}
	rows := []*bound{
		name, pick(pathSegment, t.Text("simulate.segment.label"), segment, nameInput),
		pick(pathSite, t.Text("simulate.site.label"), place, wideInput), insideRow, export,
	}
	return pg.card(t.Text("simulate.project"), rows)
}

// unset is no choice: the select shows what is supposed.
const unset = "unset"

// card shows fields below each other and keeps them in step with the form.
func (pg *Page) card(title string, rows []*bound) fyne.CanvasObject {
	pg.fields = append(pg.fields, rows...)
	stack := kit.VStack(9, kit.NewText(title, kit.CardTitleText))
	for _, b := range rows {
		stack.Add(b.field)
	}
	return kit.NewCard(stack)
}

// sampleCard lists the projects that ship with the program, to start from one.
func (pg *Page) sampleCard() *fyne.Container {
	list, err := desk.Samples(pg.t)
	if err != nil {
		return kit.VStack(0, kit.NewParagraph(desk.Say(pg.t, err), kit.ErrorText))
	}
	rows := []fyne.CanvasObject{kit.NewText(pg.t.Text("simulate.samples"), kit.CardTitleText)}
	for i := range list {
		rows = append(rows, links(kit.NewButton(kit.Link, list[i].Name, func() { pg.p.Sample(desk.Draft{Project: list[i]}) })))
	}
	return kit.VStack(0, kit.NewCard(kit.VStack(6, rows...)))
}

func (pg *Page) datesCard() fyne.CanvasObject {
	t := pg.t
	from := pg.row(pathFrom, t.Text("simulate.from"), kit.NewMonthEntry(t.Text("simulate.hires.month.hint")), wideInput)
	months := pg.row(pathMonths, t.Text("simulate.months"), kit.NewNumberEntry("", t.Text("simulate.months.unit")), wideInput)
	start := pg.row(pathStart, t.Text("simulate.start"), kit.NewMonthEntry(""), wideInput)
	pg.dates = kit.VStack(9)
	pg.dates.Hide()
	pg.fields = append(pg.fields, from, months, start)
	pg.profits()
	return kit.NewCard(kit.VStack(9, kit.NewText(t.Text("simulate.dates"), kit.CardTitleText), from.field, months.field, start.field, pg.dates))
}

// profits shows a field for each year that is taxed; those there stay, with
// what is being typed into them.
func (pg *Page) profits() {
	var paths []string
	years := pg.form.ProfitYears()
	for _, year := range years {
		paths = append(paths, profitPath(year))
	}
	var have []string
	kept := pg.fields[:0:0]
	for _, b := range pg.fields {
		if _, _, profit := indexed(b.path, "profits"); profit {
			have = append(have, b.path)
		} else {
			kept = append(kept, b)
		}
	}
	if slices.Equal(paths, have) {
		return
	}
	pg.fields = kept
	pg.dates.RemoveAll()
	for i, path := range paths {
		e := kit.NewNumberEntry(pg.t.Text("simulate.profit.hint"), pg.t.Text("simulate.profit.unit"))
		b := pg.row(path, pg.t.Text("simulate.profit", "year", years[i]), e, wideInput)
		b.sync(pg.form)
		pg.fields = append(pg.fields, b)
		pg.dates.Add(b.field)
	}
	pg.dates.Hidden = len(paths) == 0
	pg.left.Refresh()
}
