package whatif

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// calendarPage shows when rights are acquired and, with the user's delays, when
// their payment is expected: by year, and the months of one year.
type calendarPage struct {
	v      *View
	kinds  *kit.Tabs
	year   int // 0: by year
	years  *kit.Select
	out    *fyne.Container
	delays *delays
	box    *fyne.Container
	last   *study.Calendar
}

// yearWidth is that of the choice of a year, design pixels.
const yearWidth = 160

func newCalendarPage(v *View) *calendarPage {
	t := v.t
	c := &calendarPage{v: v, out: kit.VStack(8), delays: newDelays(v)}
	c.kinds = kit.NewTabs([]string{t.Text("whatifscreen.calendar.kind.acquired"), t.Text("whatifscreen.calendar.kind.paid")}, func(int) { c.draw() })
	c.years = kit.NewSelect("", nil, func(id string) {
		c.year, _ = strconv.Atoi(id) // the ids are those of choose
		c.draw()
	})
	c.box = kit.VStack(12, kit.Sides(16, yearWidth, 240, c.years, c.kinds), c.out, kit.Gap(6), c.delays.box)
	return c
}

func (c *calendarPage) object() fyne.CanvasObject {
	c.delays.follow()
	return c.box
}

func (c *calendarPage) reset() {
	c.year, c.last = 0, nil
	fill(c.out)
}

func (c *calendarPage) ask() {
	st := c.v.p.Study
	ask(c.v, func(_ context.Context, dr desk.Draft) (*study.Calendar, error) { return st.Calendar(dr) }, func(x *study.Calendar) {
		c.last = x
		c.draw()
	})
}

// dates are those of the kind that is chosen.
func (c *calendarPage) dates() study.Dates {
	if c.kinds.Selected() == 1 {
		return c.last.Paid
	}
	return c.last.Acquired
}

// draw shows the last calendar as it is asked for.
func (c *calendarPage) draw() {
	if c.last == nil {
		return
	}
	dates := c.dates()
	c.choose(dates.Years())
	t := c.v.t
	objs := []fyne.CanvasObject{kit.NewParagraph(c.last.Said, kit.CautionText)}
	if c.kinds.Selected() == 1 && c.last.Undated != "" {
		objs = append(objs, kit.NewParagraph(c.last.Undated, kit.CautionText))
	}
	switch {
	case len(dates.Years()) > 0:
		objs = append(objs, kit.Wide(c.table(dates)), kit.NewParagraph(c.last.Stands, kit.MutedText), kit.Ends(12, kit.NewParagraph(t.Text("whatifscreen.calendar.hint"), kit.MutedText), c.away(dates)))
	case c.kinds.Selected() == 1:
		objs = append(objs, kit.NewParagraph(t.Text("whatifscreen.calendar.paid.none"), kit.MutedText))
	default:
		objs = append(objs, kit.NewParagraph(t.Text("whatifscreen.calendar.none"), kit.MutedText))
	}
	fill(c.out, objs...)
	c.box.Refresh()
}

// choose offers the years that bring something; one that is gone becomes all.
func (c *calendarPage) choose(years []int) {
	options, there := []kit.Option{{ID: "0", Text: c.v.t.Text("whatifscreen.calendar.by")}}, false
	for _, y := range years {
		options = append(options, kit.Option{ID: strconv.Itoa(y), Text: c.v.t.Text("whatifscreen.calendar.year", "year", y)})
		there = there || y == c.year
	}
	if !there {
		c.year = 0
	}
	c.years.SetOptions(options)
	c.years.Put(strconv.Itoa(c.year))
}

func (c *calendarPage) table(dates study.Dates) *kit.Statement {
	list, head := dates.ByYear(), "whatifscreen.calendar.head.year"
	if c.year != 0 {
		list, head = dates.ByMonth(c.year), "whatifscreen.calendar.head.month"
	}
	columns := []kit.Column{{Title: c.v.t.Text(head), Left: true}}
	for _, name := range c.headings() {
		columns = append(columns, kit.Column{Title: name})
	}
	var rows []kit.Row
	for _, line := range list {
		row := kit.Row{Total: line.Year == 0, Cells: []kit.Cell{{Text: line.Label}}}
		if c.year == 0 && line.Year != 0 {
			row.Cells[0].Explain = func() {
				c.year = line.Year
				c.draw()
			}
		}
		for _, text := range line.Cells {
			row.Cells = append(row.Cells, kit.Cell{Text: text, Muted: text == c.v.t.Text("whatifscreen.nothing")})
		}
		rows = append(rows, row)
	}
	table := kit.NewStatement(columns, rows)
	table.Underlined = true
	return table
}

func (c *calendarPage) headings() []string {
	return append(domain.Benefits[:], c.v.t.Text("whatifscreen.calendar.total"))
}

// away offers the whole calendar, month by month, as a table to take along.
func (c *calendarPage) away(dates study.Dates) fyne.CanvasObject {
	t := c.v.t
	return exhibit.Button(c.v.p.Exhibits, exhibit.Spec{
		Title: t.Text("whatifscreen.calendar"), Unit: t.Text("whatifscreen.calendar.head.month"), Source: t.Text("whatifscreen.calendar.source"),
		Table: func() exhibit.Table {
			out := exhibit.Table{Columns: append([]string{t.Text("whatifscreen.payback.month")}, c.headings()...)}
			for _, line := range dates.ByMonth(0) {
				out.Rows = append(out.Rows, append([]string{line.Label}, line.Exact[:]...))
			}
			return out
		},
	})
}

// plain is an amount as a table has it that is taken along: digits and a comma.
func plain(m domain.Money) string { return strings.Replace(m.String(), ".", ",", 1) }
