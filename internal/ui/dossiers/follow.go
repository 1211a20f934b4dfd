package dossiers

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// standing is the grade with what it means, the state and the fair.
func (s *sheet) standing() fyne.CanvasObject {
	d, p := &s.c.is, &s.pg.p
	means := kit.NewParagraph("", kit.MutedText)
	show := func() {
		text := s.t.Text("dossiers.grade.none")
		if d.Grade != "" {
			text = s.t.Optional("formality.grade." + d.Grade + ".definition")
		}
		means.SetText(text)
	}
	var grades []kit.Option
	for _, g := range p.Choices.Grades {
		grades = append(grades, kit.Option{ID: g, Text: p.gradeName(g)})
	}
	grade := parts.NewChoice(grades, func(id string) { d.Grade = id; show(); s.pg.commit() })
	grade.Put(d.Grade)
	var states []kit.Option
	for _, st := range dossier.States {
		states = append(states, kit.Option{ID: string(st), Text: s.t.T(domain.M(st.Key()))})
	}
	state := kit.NewSelect("", states, func(id string) { d.State = dossier.State(id); s.pg.commit() })
	state.Put(string(d.State))
	show()
	return kit.VStack(10, kit.NewText(s.t.Text("dossiers.standing"), kit.CardTitleText), grade, means,
		kit.NewField(kit.FieldSpec{Label: s.t.Text("dossiers.state"), Input: state, Width: fieldWide}), s.line("fair"))
}

// Days that a next step is often set to: no rule, only a shorter way than typing.
var soon = []struct {
	key  string
	days int
}{{"dossiers.soon.1", 1}, {"dossiers.soon.3", 3}, {"dossiers.soon.7", 7}, {"dossiers.soon.14", 14}}

// step is what comes next, whose it is and when.
func (s *sheet) step() fyne.CanvasObject {
	d := &s.c.is
	due := kit.NewEntry(s.t.Text("dossiers.due.hint"))
	if d.Next.Due != "" {
		due.Put(s.t.Formatter().Date(d.Next.Due))
	}
	f := kit.NewField(kit.FieldSpec{Label: s.t.Text("dossiers.due"), Input: due, Width: fieldWide})
	done := kit.NewChipButton(kit.ChipLook{}, nil)
	show := func() {
		key := "dossiers.done.no"
		if d.Next.Done {
			key = "dossiers.done.yes"
		}
		done.Set(kit.ChipLook{Text: s.t.T(domain.M(key)), Active: d.Next.Done})
	}
	set := func(is domain.Date) {
		d.Next.Due, d.Next.Done = is, false
		show()
		s.pg.commit()
	}
	due.Left = func(text string) {
		is, ok := day(text, s.pg.p.today())
		if !ok {
			due.SetMessage(s.t.Text("dossiers.due.form"))
			return
		}
		due.SetMessage("")
		if is == d.Next.Due {
			return
		}
		set(is)
		if is != "" {
			due.Put(s.t.Formatter().Date(is))
		}
	}
	due.OnSubmitted = func(string) { parts.Next(due) }
	done.OnTapped = func() {
		d.Next.Done = !d.Next.Done
		show()
		s.pg.commit()
	}
	show()
	days := s.shortcuts(func(is domain.Date) {
		set(is)
		due.Put(s.t.Formatter().Date(is))
	})
	owner := s.entry("owner")
	if s.pg.p.Setup != nil && s.pg.p.Setup.Setup().Officer != "" {
		owner.PlaceHolder = s.pg.p.Setup.Setup().Officer
	}
	return kit.VStack(10, kit.NewText(s.t.Text("dossiers.next"), kit.CardTitleText), s.line("step"), f, days,
		kit.NewField(kit.FieldSpec{Label: s.t.Text("dossiers.owner"), Input: owner, Width: fieldWide}),
		spaced(0, done))
}

// shortcuts are days that are one press away.
func (s *sheet) shortcuts(set func(domain.Date)) fyne.CanvasObject {
	quick := make([]kit.Option, len(soon))
	for i, q := range soon {
		quick[i] = kit.Option{ID: q.key, Text: s.t.T(domain.M(q.key))}
	}
	var days *parts.Choice
	days = parts.NewChoice(quick, func(id string) {
		for _, q := range soon {
			if q.key == id {
				set(inDays(s.pg.p.today(), q.days))
			}
		}
		days.Put("")
	})
	return days
}
