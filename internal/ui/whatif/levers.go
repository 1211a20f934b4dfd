package whatif

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

// levers is the table of assumptions that a tab stands on, to be changed there:
// a row for each lever with two of its slots.
type levers struct {
	v     *View
	slots [2]string
	box   *fyne.Container
	rows  []*leverRow
}

type leverRow struct {
	id      string
	entries [2]*kit.Entry
	mark    *kit.Text
	reason  *kit.Paragraph
	wrong   *kit.Paragraph
}

var rowShares = []float32{1.4, 1.4, 1.4, 0.65}

const (
	rowGap   = 12
	rowLeast = 50
)

// newLevers makes the table under what is said of it.
func newLevers(v *View, about string, slots [2]string) *levers {
	l := &levers{v: v, slots: slots}
	list := v.p.Study.Assumed()
	title := kit.NewText(v.t.Text("whatifscreen.assumed"), kit.CardTitleText)
	if len(list) == 0 {
		l.box = kit.VStack(6, title, kit.NewParagraph(v.t.Text("whatifscreen.assumed.none"), kit.MutedText))
		return l
	}
	head := kit.Columns(rowGap, rowLeast, rowShares, kit.Gap(0), kit.NewTextRight(v.t.Text("whatifscreen.slot."+slots[0]), kit.MutedText),
		kit.NewTextRight(v.t.Text("whatifscreen.slot."+slots[1]), kit.MutedText), kit.Gap(0))
	l.box = kit.VStack(6, kit.Ends(12, title, kit.NewButton(kit.Link, v.t.Text("whatifscreen.assumed.reset"), l.resetAll)),
		kit.NewParagraph(about, kit.MutedText), head)
	for _, a := range list {
		r := &leverRow{id: a.ID, mark: kit.NewText("", kit.HintText), reason: kit.NewParagraph("", kit.MutedText), wrong: kit.NewParagraph("", kit.ErrorText)}
		r.wrong.Hide()
		for i := range r.entries {
			r.entries[i] = l.entry(r, i, a.Unit)
		}
		l.rows = append(l.rows, r)
		l.box.Add(kit.NewRule())
		l.box.Add(kit.Columns(rowGap, rowLeast, rowShares, kit.VStack(0, layout.NewSpacer(), kit.NewParagraph(a.Name, kit.BodyText), layout.NewSpacer()), r.entries[0], r.entries[1], r.mark))
		l.box.Add(r.wrong)
		l.box.Add(r.reason)
	}
	l.follow()
	return l
}

func (l *levers) entry(r *leverRow, slot int, unit string) *kit.Entry {
	s, name := l.v.p.Study, l.slots[slot]
	e := kit.NewNumberEntry(l.v.t.Text("whatifscreen.slot.asis"), unit)
	e.Check = func(text string) string {
		if text == l.shown(r.id, name) {
			return l.say(r, "")
		}
		if wrong := s.Put(r.id, name, text); wrong != nil {
			return l.say(r, desk.Say(l.v.t, wrong))
		}
		return l.say(r, "")
	}
	e.Changed = func(string) {
		l.follow()
		l.v.again()
	}
	e.Left = func(string) {
		l.follow()
		l.v.keep()
	}
	return e
}

// say shows below a row what is wrong in it.
func (l *levers) say(r *leverRow, wrong string) string {
	if r.wrong.Text() != wrong || r.wrong.Visible() == (wrong == "") {
		r.wrong.SetText(wrong)
		r.wrong.Hidden = wrong == ""
		l.box.Refresh()
	}
	return wrong
}

func (l *levers) shown(id, slot string) string {
	for _, a := range l.v.p.Study.Assumed() {
		if a.ID == id {
			return a.Typed[slot]
		}
	}
	return ""
}

// follow writes the values that count into the fields.
func (l *levers) follow() {
	for i, a := range l.v.p.Study.Assumed() {
		r := l.rows[i]
		for k, slot := range l.slots {
			if r.entries[k].Message() == "" {
				r.entries[k].Put(a.Typed[slot])
			}
		}
		mark := "whatifscreen.assumed.mark"
		if a.Own {
			mark = "whatifscreen.own.mark"
		}
		r.mark.SetText(l.v.t.Text(mark))
		r.reason.SetText(a.Reason)
	}
}

func (l *levers) resetAll() {
	l.v.p.Study.Reset()
	for _, r := range l.rows {
		for _, e := range r.entries {
			e.SetMessage("")
		}
		l.say(r, "")
	}
	l.follow()
	l.v.keep()
	l.v.again()
}

// delays are the fields of what the user expects between right and payment.
type delays struct {
	v       *View
	box     *fyne.Container
	entries [len(domain.Benefits)]*kit.Entry
}

func newDelays(v *View) *delays {
	d := &delays{v: v}
	d.box = kit.VStack(6, kit.NewText(v.t.Text("whatifscreen.delays"), kit.CardTitleText),
		kit.NewParagraph(v.t.Text("whatifscreen.delays.intro"), kit.MutedText))
	var cells []fyne.CanvasObject
	for i, code := range domain.Benefits {
		e := kit.NewNumberEntry(v.t.Text("whatifscreen.delays.hint"), v.t.Text("whatifscreen.unit.months"))
		wrong := kit.NewParagraph("", kit.ErrorText)
		wrong.Hide()
		e.Check = func(text string) string {
			said := ""
			if problem := v.p.Study.PutDelay(code, text); problem != nil {
				said = desk.Say(v.t, problem)
			}
			if wrong.Text() != said {
				wrong.SetText(said)
				wrong.Hidden = said == ""
				d.box.Refresh()
			}
			return said
		}
		e.Changed = func(string) { v.again() }
		e.Left = func(string) { v.keep() }
		d.entries[i] = e
		cells = append(cells, kit.VStack(2, kit.NewText(code, kit.BodyText), e, wrong))
	}
	d.box.Add(kit.Columns(rowGap, 110, []float32{1, 1, 1, 1}, cells...))
	d.follow()
	return d
}

func (d *delays) follow() {
	for i, code := range domain.Benefits {
		d.entries[i].Put(d.v.p.Study.Delay(code))
	}
}
