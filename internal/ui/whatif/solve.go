package whatif

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/whatif"
)

// solvePage looks for the pay from which AIR begins, and for the people that a
// gain takes.
type solvePage struct {
	v      *View
	starts *fyne.Container
	amount *amountField
	role   *kit.Select
	goal   *fyne.Container
	box    *fyne.Container
}

func newSolvePage(v *View) *solvePage {
	t := v.t
	s := &solvePage{v: v, starts: kit.VStack(8), goal: kit.VStack(6)}
	s.amount = newAmountField(v, t.Text("whatifscreen.goal.amount"), "")
	s.role = kit.NewSelect("", nil, func(string) { v.again() })
	s.box = kit.VStack(8,
		kit.NewText(t.Text("whatifscreen.air"), kit.CardTitleText), kit.NewParagraph(t.Text("whatifscreen.air.intro"), kit.MutedText),
		s.starts, kit.Gap(8), kit.NewText(t.Text("whatifscreen.goal"), kit.CardTitleText),
		kit.Columns(fieldGap, fieldLeast, nil, s.amount.field, kit.NewField(kit.FieldSpec{Label: t.Text("whatifscreen.goal.role"), Input: s.role, Width: amountWidth})),
		s.goal)
	return s
}

func (s *solvePage) object() fyne.CanvasObject { return s.box }

func (s *solvePage) reset() {
	s.amount.reset()
	s.role.Put(allRoles)
	fill(s.starts)
	fill(s.goal)
}

var allRoles = strconv.Itoa(whatif.AllRoles)

// roles offers those of the draft; a choice that is gone becomes all of them.
func (s *solvePage) roles() {
	options := []kit.Option{{ID: allRoles, Text: s.v.t.Text("whatifscreen.roles.all")}}
	for i := range s.v.draft.Project.Roles {
		options = append(options, kit.Option{ID: strconv.Itoa(i), Text: s.v.p.Study.RoleName(&s.v.draft.Project, i)})
	}
	chosen := s.role.Chosen()
	s.role.SetOptions(options)
	if !slices.ContainsFunc(options, func(o kit.Option) bool { return o.ID == chosen }) {
		chosen = allRoles
	}
	s.role.Put(chosen)
}

// solved is what both questions gave.
type solved struct {
	starts []study.Answer
	goal   *study.Answer // nil: no goal is given
	wrong  error         // why the goal is refused
}

func (s *solvePage) ask() {
	s.roles()
	st, goal, given := s.v.p.Study, s.amount.value, s.amount.given()
	role, err := strconv.Atoi(s.role.Chosen())
	if err != nil {
		role = whatif.AllRoles
	}
	ask(s.v, func(ctx context.Context, dr desk.Draft) (solved, error) {
		starts, err := st.AIRStarts(ctx, dr)
		out := solved{starts: starts}
		if err != nil || !given {
			return out, err
		}
		a, wrong := st.Heads(ctx, dr, role, goal)
		out.goal, out.wrong = &a, wrong
		return out, nil
	}, s.show)
}

func (s *solvePage) show(x solved) {
	var starts []fyne.CanvasObject
	for i := range x.starts {
		starts = append(starts, s.answer(&x.starts[i]))
	}
	fill(s.starts, starts...)
	switch {
	case x.wrong != nil:
		fill(s.goal, kit.NewParagraph(desk.Say(s.v.t, x.wrong), kit.ErrorText))
	case x.goal == nil:
		fill(s.goal, kit.NewParagraph(s.v.t.Text("whatifscreen.goal.ask"), kit.MutedText))
	default:
		fill(s.goal, s.answer(x.goal), kit.NewParagraph(s.v.t.Text("whatifscreen.goal.readings"), kit.MutedText))
	}
	s.box.Refresh()
}

func (s *solvePage) answer(a *study.Answer) fyne.CanvasObject {
	box := kit.VStack(3, kit.NewParagraph(a.About, kit.MutedText))
	for i, said := range a.Said {
		style := kit.StrongText
		if i > 0 {
			style = kit.TableText
		}
		box.Add(kit.NewParagraph(said, style))
	}
	if a.Found && !a.Reached {
		box.Add(link(s.v.t.Text("whatifscreen.take"), func() { s.v.p.Take(a.Draft) }))
	}
	return kit.NewInset(box)
}

// Fields beside each other, in design pixels.
const (
	amountWidth = 156
	fieldGap    = 28
	fieldLeast  = 280
)

// amountField is a field for an amount of MAD that may be left empty.
type amountField struct {
	entry *kit.Entry
	field *kit.Field
	value domain.Money
	typed bool // an amount that can be read
}

func newAmountField(v *View, label, hint string) *amountField {
	a := &amountField{entry: kit.NewNumberEntry(hint, v.t.Text("whatifscreen.mad"))}
	f := v.t.Formatter()
	a.entry.Check = func(text string) string {
		a.value, a.typed = 0, false
		if text == "" {
			return ""
		}
		m, wrong := f.ParseAmount(text)
		if wrong != nil {
			return desk.Say(v.t, wrong)
		}
		a.value, a.typed = m, true
		return ""
	}
	a.entry.Format = func(text string) string {
		switch {
		case !a.typed:
			return text
		case a.value%100 == 0:
			return f.Amount(a.value)
		}
		return f.AmountExact(a.value)
	}
	a.entry.Changed = func(string) { v.again() }
	a.field = kit.NewField(kit.FieldSpec{Label: label, Input: a.entry, Width: amountWidth})
	return a
}

func (a *amountField) given() bool { return a.typed }

// amount is nil where none is given.
func (a *amountField) amount() *domain.Money {
	if !a.typed {
		return nil
	}
	m := a.value
	return &m
}

func (a *amountField) reset() {
	a.entry.SetText("") // also while it has the focus, unlike Put
}
