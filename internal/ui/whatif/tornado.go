package whatif

import (
	"math"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// tornadoPage shows which assumption moves the total most, as a chart and a table.
type tornadoPage struct {
	v      *View
	out    *fyne.Container
	levers *levers
	box    *fyne.Container
}

func newTornadoPage(v *View) *tornadoPage {
	t := &tornadoPage{v: v, out: kit.VStack(12)}
	t.levers = newLevers(v, v.t.Text("whatifscreen.assumed.ranges"), [2]string{study.SlotFrom, study.SlotTo})
	t.box = kit.VStack(18, t.out, t.levers.box)
	return t
}

func (t *tornadoPage) object() fyne.CanvasObject {
	t.levers.follow()
	return t.box
}

func (t *tornadoPage) reset() { fill(t.out) }

func (t *tornadoPage) ask() { ask(t.v, t.v.p.Study.Tornado, t.show) }

func (t *tornadoPage) show(x *study.Tornado) {
	m := tornado{t.v, x}
	objs := []fyne.CanvasObject{exhibit.New(t.v.p.Exhibits, exhibit.Spec{
		Title: t.v.t.Text("whatifscreen.tornado"), Unit: x.Period, Source: t.v.t.Text("whatifscreen.tornado.source"),
		MinWidth: 320, MinHeight: 250, Draw: m.draw, Table: m.table,
	}), kit.NewParagraph(x.Stands, kit.MutedText), kit.Wide(kit.NewStatement(m.columns(), m.rows()))}
	for _, why := range m.refused() {
		objs = append(objs, kit.NewParagraph(why, kit.CautionText))
	}
	fill(t.out, objs...)
	t.box.Refresh()
}

// tornado is the presenter: what the chart draws and the table says.
type tornado struct {
	v *View
	x *study.Tornado
}

func (m tornado) draw(width, height float64, dark bool) *record.Drawing {
	t, f := m.v.t, m.v.t.Formatter()
	params := chart.TornadoParams{
		Sheet: chart.Sheet{
			Dark: dark, Width: width, Height: height, Title: t.Text("whatifscreen.tornado"), Unit: m.x.Period,
			Number: func(n float64) string { return f.Compact(centimes(n)) }, Empty: t.Text("whatifscreen.tornado.empty"),
		},
		Base: m.x.Base.MAD, BaseText: t.Text("whatifscreen.tornado.base", "total", m.x.Base.Total),
		LowText: t.Text("whatifscreen.tornado.low"), HighText: t.Text("whatifscreen.tornado.high"),
	}
	for i := range m.x.Swings {
		s := &m.x.Swings[i]
		params.Swings = append(params.Swings, chart.Swing{Label: s.Name, Low: m.end(s, s.Low, "low"), High: m.end(s, s.High, "high")})
	}
	return drawn(width, height, params.Title)(chart.Tornado(params))
}

func (m tornado) end(s *study.Swing, side study.Side, id string) chart.Value {
	v := chart.Value{ID: s.ID + "." + id, Known: side.Known, Value: side.MAD, Text: side.At}
	if !side.Known {
		v.Tip = m.v.t.Text("whatifscreen.tornado.refused", "name", s.Name, "at", side.At, "why", side.Total)
		return v
	}
	v.Tip = m.v.t.Text("whatifscreen.tornado.tip", "name", s.Name, "at", side.At, "total", side.Total)
	return v
}

func (m tornado) columns() []kit.Column {
	var out []kit.Column
	for i, name := range m.headings() {
		out = append(out, kit.Column{Title: name, Left: i == 0})
	}
	return out
}

func (m tornado) headings() []string {
	t := m.v.t
	return []string{
		t.Text("whatifscreen.tornado.name"), t.Text("whatifscreen.slot.from"), t.Text("whatifscreen.tornado.gain"),
		t.Text("whatifscreen.slot.to"), t.Text("whatifscreen.tornado.gain"), t.Text("whatifscreen.tornado.span"),
	}
}

func (m tornado) rows() []kit.Row {
	var out []kit.Row
	for _, line := range m.lines() {
		row := kit.Row{}
		for _, text := range line {
			row.Cells = append(row.Cells, kit.Cell{Text: text})
		}
		out = append(out, row)
	}
	return out
}

// refused says why an end has no total.
func (m tornado) refused() []string {
	var out []string
	for i := range m.x.Swings {
		s := &m.x.Swings[i]
		for _, side := range []study.Side{s.Low, s.High} {
			if !side.Known {
				out = append(out, m.end(s, side, "").Tip)
			}
		}
	}
	return out
}

// lines are the table's cells. A side that is refused has a dash.
func (m tornado) lines() [][]string {
	var out [][]string
	gain := func(s study.Side) string {
		if s.Known {
			return s.Total
		}
		return m.v.t.Text("whatifscreen.nothing")
	}
	for _, s := range m.x.Swings {
		out = append(out, []string{s.Name, s.Low.At, gain(s.Low), s.High.At, gain(s.High), s.Span})
	}
	return out
}

// table is what is taken along: numbers as a spreadsheet reads them.
func (m tornado) table() exhibit.Table {
	out := exhibit.Table{Columns: m.headings()}
	gain := func(s study.Side) string {
		if s.Known {
			return plain(centimes(s.MAD))
		}
		return s.Total
	}
	for _, s := range m.x.Swings {
		span := ""
		if s.Low.Known && s.High.Known {
			span = plain(centimes(math.Abs(s.High.MAD - s.Low.MAD)))
		}
		out.Rows = append(out.Rows, []string{s.Name, s.Low.At, gain(s.Low), s.High.At, gain(s.High), span})
	}
	return out
}

// centimes is an amount of a chart, in MAD, as money.
func centimes(mad float64) domain.Money { return domain.Money(math.Round(mad * 100)) }

// drawn gives an empty sheet where there is no room for a chart.
func drawn(width, height float64, title string) func(*record.Drawing, error) *record.Drawing {
	return func(d *record.Drawing, err error) *record.Drawing {
		if err != nil {
			return &record.Drawing{Width: width, Height: height, Title: title}
		}
		return d
	}
}
