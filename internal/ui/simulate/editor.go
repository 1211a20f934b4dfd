package simulate

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/kit"
)

// editor is a role that is open in the table.
type editor struct {
	tm      *team
	i       int
	content *fyne.Container
	first   fyne.Focusable
	preset  *kit.Select
	basis   *kit.Select
	pay     *bound
	notes   *fyne.Container
	hires   *kit.Paragraph
	says    *kit.Text
	apply   *kit.Button
	shown   map[int]bool // the hires that are fields
}

// hiresAtOnce is how many hires are shown as fields; the rest of a longer plan
// is summed up, save those in which something is wrong.
const hiresAtOnce = 24

// Choices of the pay that is typed.
const (
	payGross = "gross"
	payNet   = "net"
)

func newEditor(tm *team, i int) *editor {
	e := &editor{tm: tm, i: i, shown: map[int]bool{}, notes: kit.VStack(2), hires: kit.NewParagraph("", kit.ErrorText)}
	t := tm.pg.t
	objects := e.payRows()
	objects = append(objects, kit.Gap(2), kit.NewText(t.Text("simulate.hires"), kit.StrongText))
	objects = append(objects, e.hireRows()...)
	objects = append(objects, e.hires)
	if tm.pg.form.RampRole() == i {
		objects = append(objects, e.rampRows()...)
	} else {
		objects = append(objects, links(kit.NewButton(kit.Link, t.Text("simulate.hires.add"), e.addHire),
			kit.NewButton(kit.Link, t.Text("simulate.ramp"), e.openRamp)))
	}
	objects = append(objects, kit.Gap(2))
	objects = append(objects, e.supposed()...)
	objects = append(objects, links(
		kit.NewButton(kit.Link, t.Text("simulate.role.close"), func() { tm.toggle(i) }),
		kit.NewButton(kit.Link, t.Text("simulate.role.remove"), func() { tm.remove(i) }),
	))
	e.content = kit.VStack(8, objects...)
	return e
}

// supposed are the optional fields; those that are seldom given are folded
// while nothing is typed into them.
func (e *editor) supposed() []fyne.CanvasObject {
	t, f := e.tm.pg.t, e.tm.pg.form
	field := func(name, label, unit string) fyne.CanvasObject {
		return e.row(name, t.Text(label), kit.NewNumberEntry("", unit), shortInput).field
	}
	out := []fyne.CanvasObject{field("annualAttrition", "simulate.role.attrition", "%")}
	if !e.tm.more && !f.GaveMore(e.i) {
		return append(out, kit.NewButton(kit.Link, t.Text("simulate.role.more"), func() {
			e.tm.more = true
			e.tm.build()
			e.tm.focusPath(rolePath(e.i, "annualRaise"))
		}))
	}
	return append(out,
		field("annualRaise", "simulate.role.raise", "%"),
		field("dependants", "simulate.role.dependants", ""),
		field("moroccanShare", "simulate.role.moroccan", "%"))
}

// row makes a field of the role.
func (e *editor) row(name, label string, entry *kit.Entry, width float32) *bound {
	b := e.tm.pg.row(rolePath(e.i, name), label, entry, width)
	e.tm.fields = append(e.tm.fields, b)
	return b
}

// payRows are the title and what a person is paid.
func (e *editor) payRows() []fyne.CanvasObject {
	pg, t, f := e.tm.pg, e.tm.pg.t, e.tm.pg.form
	title := e.row("title", t.Text("simulate.role.title"), kit.NewEntry(t.Text("simulate.role.title.hint")), nameInput)
	e.first = title.entry
	e.preset = kit.NewSelect(t.Text("simulate.role.preset.none"), e.presetOptions(), func(id string) {
		f.SetPreset(e.i, id)
		title.entry.Put(f.Text(title.path))
		e.pay.entry.Put(f.Text(e.pay.path))
		pg.edited()
	})
	e.basis = kit.NewSelect("", []kit.Option{
		{ID: payGross, Text: t.Text("simulate.role.pay.gross")}, {ID: payNet, Text: t.Text("simulate.role.pay.net")},
	}, func(id string) {
		f.SetNet(e.i, id == payNet)
		e.pay.entry.Put(f.Text(e.pay.path))
		pg.edited()
	})
	e.pay = pg.bind(rolePath(e.i, "grossMonthly"), kit.NewNumberEntry("", t.Text("simulate.profit.unit")))
	e.pay.below()
	e.tm.fields = append(e.tm.fields, e.pay)
	return []fyne.CanvasObject{
		title.field,
		kit.NewField(kit.FieldSpec{Label: t.Text("simulate.role.preset"), Input: e.preset, Width: presetInput}),
		inColumns(8, []float32{0, wideInput}, e.basis, e.pay.entry), e.pay.said, e.notes,
	}
}

func (e *editor) presetOptions() []kit.Option { return options(e.tm.pg.form.Presets()) }

// hireWidths are the columns of a hire in design pixels; a lone one has no press
// to take it away.
func hireWidths(n int) []float32 {
	if n > 1 {
		return []float32{0, shortInput, 58}
	}
	return []float32{0, shortInput}
}

// hireRows are the hires as fields, with what is wrong in each below it.
func (e *editor) hireRows() []fyne.CanvasObject {
	pg, t, f := e.tm.pg, e.tm.pg.t, e.tm.pg.form
	n := f.Hires(e.i)
	line := func(month, count, drop fyne.CanvasObject) fyne.CanvasObject {
		if n > 1 {
			return inColumns(8, hireWidths(n), month, count, drop)
		}
		return inColumns(8, hireWidths(n), month, count)
	}
	out := []fyne.CanvasObject{line(kit.NewTextRight(t.Text("simulate.hires.month"), kit.MutedText), kit.NewTextRight(t.Text("simulate.hires.count"), kit.MutedText), kit.NewText("", kit.MutedText))}
	rest, hidden := 0, 0
	wrong := e.wrong()
	for j, h := range f.roles[e.i].hires {
		if j >= hiresAtOnce && !slices.Contains(wrong, j) {
			rest, hidden = rest+h.count.value, hidden+1
			continue
		}
		e.shown[j] = true
		month := pg.bind(hirePath(e.i, j, "month"), kit.NewMonthEntry(t.Text("simulate.hires.month.hint")))
		count := pg.bind(hirePath(e.i, j, "count"), kit.NewNumberEntry(t.Text("simulate.hires.count.hint"), ""))
		drop := kit.NewButton(kit.Link, t.Text("simulate.hires.remove"), func() { e.dropHire(j) })
		out = append(out, line(month.entry, count.entry, drop))
		for _, b := range []*bound{month, count} {
			b.below()
			out = append(out, b.said)
			e.tm.fields = append(e.tm.fields, b)
		}
	}
	if hidden > 0 {
		out = append(out, kit.NewParagraph(t.Text("simulate.hires.more", "count", hidden, "people", f.format.Count(rest)), kit.MutedText))
	}
	return out
}

// wrong are the first hires beyond those always shown in which something is.
func (e *editor) wrong() []int {
	return firstOf(e.tm.pg.form.wrongHires(e.i, hiresAtOnce), hiresAtOnce)
}

// hides is whether one of them is not on the screen.
func (e *editor) hides() bool {
	return slices.ContainsFunc(e.wrong(), func(j int) bool { return !e.shown[j] })
}

func (e *editor) addHire() {
	tm := e.tm
	tm.pg.form.AddHire(e.i)
	tm.build()
	tm.pg.edited()
	tm.focusPath(hirePath(e.i, tm.pg.form.Hires(e.i)-1, "month"))
}

func (e *editor) dropHire(j int) {
	e.tm.pg.form.RemoveHire(e.i, j)
	e.tm.build()
	e.tm.pg.edited()
}

func (e *editor) openRamp() {
	tm := e.tm
	tm.pg.form.OpenRamp(e.i)
	tm.build()
	tm.focusPath(rampFrom)
}

// rampRows ask for a straight line from one headcount to another.
func (e *editor) rampRows() []fyne.CanvasObject {
	pg, t := e.tm.pg, e.tm.pg.t
	out := []fyne.CanvasObject{kit.NewText(t.Text("simulate.ramp"), kit.StrongText)}
	for _, o := range []struct {
		path, label string
		entry       *kit.Entry
	}{
		{rampFrom, "simulate.ramp.from", kit.NewNumberEntry("20", t.Text("simulate.ramp.people"))},
		{rampFirst, "simulate.ramp.in", kit.NewMonthEntry(t.Text("simulate.ramp.first.hint"))},
		{rampTo, "simulate.ramp.to", kit.NewNumberEntry("100", t.Text("simulate.ramp.people"))},
		{rampLast, "simulate.ramp.in", kit.NewMonthEntry(t.Text("simulate.ramp.last.hint"))},
	} {
		b := pg.row(o.path, t.Text(o.label), o.entry, wideInput)
		o.entry.Changed = func(string) { pg.sync() }
		e.tm.fields = append(e.tm.fields, b)
		out = append(out, b.field)
	}
	e.says = kit.NewText("", kit.MutedText)
	e.apply = kit.NewButton(kit.Secondary, t.Text("simulate.ramp.apply"), func() {
		pg.changeRoles(t.Text("simulate.ramp.done"), pg.form.ApplyRamp)
	})
	cancel := kit.NewButton(kit.Link, t.Text("simulate.cancel"), func() {
		pg.form.CloseRamp()
		e.tm.build()
	})
	return append(out, e.says, links(e.apply, cancel))
}

// sync writes remarks and states; true where something moved.
func (e *editor) sync() (moved bool) {
	f := e.tm.pg.form
	e.preset.Put(f.Preset(e.i))
	e.basis.Put(payGross)
	if f.Net(e.i) {
		e.basis.Put(payNet)
	}
	if f.roles[e.i].held {
		e.pay.entry.Put(f.Text(e.pay.path)) // the net of a gross follows month and dependants
	}
	moved = show(e.hires, f.Message(rolePath(e.i, "hires")))
	if e.apply != nil {
		says, ok := f.RampSays()
		e.says.SetText(says)
		if ok {
			e.apply.Enable()
		} else {
			e.apply.Disable()
		}
	}
	return e.remarks(f.PayNotes(e.i)) || moved
}

// remarks shows the notes below the pay.
func (e *editor) remarks(notes []Note) (moved bool) {
	for len(e.notes.Objects) < len(notes) {
		e.notes.Add(kit.NewParagraph("", kit.MutedText))
	}
	for i, o := range e.notes.Objects {
		p := o.(*kit.Paragraph)
		text := ""
		if i < len(notes) {
			text = notes[i].Text
			style := kit.MutedText
			if notes[i].Caution {
				style = kit.CautionText
			}
			p.SetStyle(style)
		}
		moved = show(p, text) || moved
	}
	e.notes.Hidden = len(notes) == 0
	return moved
}

// show writes a text that takes no room while it is empty; true where that
// changes.
func show(p *kit.Paragraph, text string) (moved bool) {
	moved = p.Text() != text || p.Visible() != (text != "")
	p.SetText(text)
	p.Hidden = text == ""
	return moved
}
