package whatif

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/ui/kit"
)

// scenarioPage shows three scenarios side by side over what they move.
type scenarioPage struct {
	v      *View
	cards  *fyne.Container
	levers *levers
	box    *fyne.Container
}

func newScenarioPage(v *View) *scenarioPage {
	s := &scenarioPage{v: v, cards: kit.VStack(10)}
	s.levers = newLevers(v, v.t.Text("whatifscreen.assumed.scenarios"), [2]string{study.SlotLow, study.SlotHigh})
	s.box = kit.VStack(18, s.cards, s.levers.box)
	return s
}

func (s *scenarioPage) object() fyne.CanvasObject {
	s.levers.follow()
	return s.box
}

func (s *scenarioPage) reset() { fill(s.cards) }

func (s *scenarioPage) ask() {
	st := s.v.p.Study
	ask(s.v, func(_ context.Context, dr desk.Draft) (*study.Scenarios, error) { return st.Scenarios(dr) }, s.show)
}

const cardLeast = 185 // of a scenario, design pixels

func (s *scenarioPage) show(all *study.Scenarios) {
	cards := make([]fyne.CanvasObject, len(all.Three))
	for i := range all.Three {
		cards[i] = s.card(&all.Three[i])
	}
	objs := []fyne.CanvasObject{kit.Columns(12, cardLeast, nil, cards...)}
	if all.Honest != "" {
		objs = append(objs, kit.NewParagraph(all.Honest, kit.CautionText))
	}
	fill(s.cards, objs...)
	s.box.Refresh()
}

func (s *scenarioPage) card(x *study.Scenario) fyne.CanvasObject {
	box := kit.VStack(3, kit.NewText(x.Title, kit.StrongText))
	if x.Refused != "" {
		box.Add(kit.NewParagraph(x.Refused, kit.CautionText))
	} else {
		total := kit.NewFigure(x.Total, kit.FigureText, func() { s.v.p.Explain(x.Draft, calc.LineBenefits) })
		total.Align = fyne.TextAlignLeading
		box.Add(total)
		for _, line := range []string{x.Period, x.Range, x.Cost, x.Share} {
			box.Add(kit.NewParagraph(line, kit.MutedText))
		}
	}
	box.Add(kit.Gap(2))
	box.Add(kit.NewRule())
	box.Add(kit.Gap(2))
	for _, move := range x.Moves {
		box.Add(kit.NewParagraph(move, kit.TableText))
	}
	if x.Refused == "" && x.Moved {
		box.Add(layout.NewSpacer()) // the presses stand on one line
		box.Add(link(s.v.t.Text("whatifscreen.take"), func() { s.v.p.Take(x.Draft) }))
	}
	return kit.NewInset(box)
}
