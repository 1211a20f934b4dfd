package whatif

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/whatif"
)

// paybackPage says when a set-up cost is covered.
type paybackPage struct {
	v            *View
	cost, saving *amountField
	delays       *delays
	out          *fyne.Container
	box          *fyne.Container
}

func newPaybackPage(v *View) *paybackPage {
	t := v.t
	p := &paybackPage{v: v, out: kit.VStack(8), delays: newDelays(v)}
	p.cost = newAmountField(v, t.Text("whatifscreen.payback.cost"), "")
	p.saving = newAmountField(v, t.Text("whatifscreen.payback.saving"), t.Text("whatifscreen.payback.saving.hint"))
	p.box = kit.VStack(10, kit.NewText(t.Text("whatifscreen.payback"), kit.CardTitleText),
		kit.Columns(fieldGap, fieldLeast, []float32{1, 1.3}, p.cost.field, p.saving.field), p.out, kit.Gap(6), p.delays.box)
	return p
}

func (p *paybackPage) object() fyne.CanvasObject {
	p.delays.follow()
	return p.box
}

func (p *paybackPage) reset() {
	p.cost.reset()
	p.saving.reset()
	fill(p.out)
}

// paid is a payback, or why what was typed is refused.
type paid struct {
	found *study.Payback
	wrong *domain.Problem
}

func (p *paybackPage) ask() {
	if !p.cost.given() {
		p.v.worker.Stop()
		p.v.working(false)
		fill(p.out, kit.NewParagraph(p.v.t.Text("whatifscreen.payback.ask"), kit.MutedText))
		p.box.Refresh()
		return
	}
	st, cost, saving := p.v.p.Study, p.cost.value, p.saving.amount()
	ask(p.v, func(ctx context.Context, dr desk.Draft) (paid, error) {
		found, err := st.Payback(ctx, dr, cost, saving)
		var wrong *domain.Problem
		if errors.As(err, &wrong) {
			return paid{wrong: wrong}, nil
		}
		return paid{found: found}, err
	}, p.show)
}

func (p *paybackPage) show(x paid) {
	if x.wrong != nil {
		fill(p.out, kit.NewParagraph(desk.Say(p.v.t, x.wrong), kit.ErrorText))
		p.box.Refresh()
		return
	}
	var objs []fyne.CanvasObject
	for i, said := range x.found.Said {
		style := kit.BodyText
		switch {
		case i == 1: // with the offer; by the benefits alone where the saving is not known
			style = kit.StrongText
		case i > 2 || !x.found.Known && i > 1: // what the figures stand on
			style = kit.MutedText
		}
		objs = append(objs, kit.NewParagraph(said, style))
	}
	t, sums := p.v.t, running{p.v, x.found}
	objs = append(objs, exhibit.New(p.v.p.Exhibits, exhibit.Spec{
		Title: t.Text("whatifscreen.payback.chart"), Unit: t.Text("whatifscreen.mad.sum"), Source: t.Text("whatifscreen.payback.source"),
		MinWidth: 320, MinHeight: 240, Draw: sums.draw, Table: sums.table,
	}))
	fill(p.out, objs...)
	p.box.Refresh()
}

// running is the presenter of the running sums.
type running struct {
	v *View
	x *study.Payback
}

// mostPoints is how many points of a line are told apart.
const mostPoints = 24

// lineOf is a line of the chart and its value in a month.
type lineOf struct {
	key   string
	color look.Pair
	at    func(whatif.Point) domain.Money
}

// lines are the cost and what covers it: with and without the offer, or the
// benefits alone where the saving is not known.
func (r running) lines() []lineOf {
	cost := lineOf{"cost", look.Muted, func(whatif.Point) domain.Money { return r.x.Cost }}
	benefits := func(p whatif.Point) domain.Money { return p.Benefits }
	if !r.x.Known {
		return []lineOf{cost, {"alone", look.Primary, benefits}}
	}
	return []lineOf{
		cost,
		{"without", look.Accent, func(p whatif.Point) domain.Money { return p.Saving }},
		{"with", look.Primary, func(p whatif.Point) domain.Money { return p.Saving + p.Benefits }},
	}
}

func (r running) draw(width, height float64, dark bool) *record.Drawing {
	t, f := r.v.t, r.v.t.Formatter()
	params := chart.LineParams{Sheet: chart.Sheet{
		Dark: dark, Width: width, Height: height, Title: t.Text("whatifscreen.payback.chart"), Unit: t.Text("whatifscreen.mad.sum"),
		Number: func(n float64) string { return f.Compact(centimes(n)) }, Empty: t.Text("whatifscreen.payback.empty"),
	}}
	points := r.some()
	for _, p := range points {
		params.Labels = append(params.Labels, fmt.Sprintf("%02d/%d", p.Month.Number(), p.Month.Year()))
	}
	for _, l := range r.lines() {
		name := t.Text("whatifscreen.payback.line." + l.key)
		s := chart.Series{Label: name, Color: l.color}
		for _, p := range points {
			s.Values = append(s.Values, chart.Value{
				ID: l.key + p.Month.String(), Known: true, Value: float64(l.at(p)) / 100,
				Tip: t.Text("whatifscreen.payback.tip", "line", name, "month", p.Month, "amount", l.at(p)),
			})
		}
		params.Series = append(params.Series, s)
	}
	return drawn(width, height, params.Title)(chart.Line(params))
}

// some are points at even distances, the last one among them.
func (r running) some() []whatif.Point {
	all := r.x.Months
	step := (len(all) + mostPoints - 1) / mostPoints
	var out []whatif.Point
	for i := (len(all) - 1) % max(step, 1); i < len(all); i += step {
		out = append(out, all[i])
	}
	return out
}

func (r running) table() exhibit.Table {
	t, lines := r.v.t, r.lines()
	out := exhibit.Table{Columns: []string{t.Text("whatifscreen.payback.month")}}
	for _, l := range lines {
		out.Columns = append(out.Columns, t.Text("whatifscreen.payback.line."+l.key))
	}
	for _, p := range r.x.Months {
		row := []string{t.Formatter().Month(p.Month)}
		for _, l := range lines {
			row = append(row, plain(l.at(p)))
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}
