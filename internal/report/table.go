package report

import (
	"fmt"
	"slices"

	"atlasp2i/internal/document"
	"atlasp2i/internal/look"
)

// Of a table, in millimetres.
const (
	mostPad = 1.6 // on each side of a cell's words
	rowPad  = 1.15
	wholeUp = 0.45 // a table of up to this part of a page is not broken
)

// tableSizes are those that a table's letters may have, in points: the first in
// which nothing is broken over two lines, of those that are good to read; else
// the first in which no number is.
var (
	tableSizes = []float64{9, 8.5, 8, 7.5, 7}
	goodSizes  = tableSizes[:3]
)

func cellStyle(st style, c document.Cell) style {
	if c.Muted {
		st = st.in(look.Muted.Light)
	}
	if c.Strong {
		st = st.strong()
	}
	return st
}

// grid is a table with its letters and columns measured.
type grid struct {
	*layout
	t      document.Table
	st     style
	widths []float64
	blocks []float64 // width of the widest cell of each column
	pad    float64   // on each side of a cell's words
}

func (l *layout) table(t document.Table) error {
	if err := checkRows(t); err != nil {
		return err
	}
	if len(t.Columns) == 0 {
		return nil
	}
	l.subtitle(t.Title)
	l.unit(t.Unit)
	for i, band := range l.bands(t) {
		l.grid(band, 1+4*float64(min(i, 1)))
	}
	l.note(t.Note)
	return nil
}

// checkRows refuses rows that do not fit under their columns: a fault of who
// made the table.
func checkRows(t document.Table) error {
	for i, r := range t.Rows {
		if len(r.Cells) != len(t.Columns) && !(r.Group && len(r.Cells) > 0) {
			return fmt.Errorf("report: row %d of table %q has %d cells, %d columns", i, t.Title, len(r.Cells), len(t.Columns))
		}
	}
	return nil
}

// grid adds the rows of a table under their column titles, which stand so far
// below what comes before.
func (l *layout) grid(g grid, gap float64) {
	rows := g.rows()
	height := 0.0
	for _, r := range rows {
		height += r.height
	}
	for i := range rows {
		last := i == len(rows)-1
		rows[i].keep = !last && (rows[i].keep || i == 0 || height < l.room*wholeUp)
	}
	head := g.head()
	head.gap = gap
	l.add(head)
	for i := range rows {
		rows[i].head = &head
		l.add(rows[i])
	}
}

// unit stands small above the column titles.
func (l *layout) unit(text string) {
	if text == "" {
		return
	}
	from := len(l.pieces)
	l.lines(l.wrap(text, small, innerWidth), small, 0)
	for i := from; i < len(l.pieces); i++ {
		l.pieces[i].keep = true
	}
}

// bands is a table with its letters and columns measured. One with more columns
// than a page has room for stands in several bands below each other, each with
// the first column.
func (l *layout) bands(t document.Table) []grid {
	const fewest = 3 // columns of a table that is cut into bands
	g := grid{layout: l, t: t}
	for _, points := range goodSizes {
		if g.size(points); g.columns() == whole {
			return []grid{g}
		}
	}
	for _, points := range tableSizes {
		if g.size(points); g.columns() != broken {
			return []grid{g}
		}
	}
	n := len(t.Columns)
	if n < fewest {
		return []grid{g}
	}
	half := 1 + n/2
	return append(l.bands(columnsOf(t, 1, half)), l.bands(columnsOf(t, half, n))...)
}

// columnsOf is a table with its first column and those from one to before
// another.
func columnsOf(t document.Table, from, to int) document.Table {
	cut := t
	cut.Columns = slices.Concat(t.Columns[:1], t.Columns[from:to])
	cut.Rows = make([]document.Row, len(t.Rows))
	for i, r := range t.Rows {
		if !r.Group {
			r.Cells = slices.Concat(r.Cells[:1], r.Cells[from:to])
		}
		cut.Rows[i] = r
	}
	return cut
}

func (g *grid) size(points float64) {
	g.st = body.sized(points)
	g.pad = min(mostPad, g.st.size/2)
}

// room says what of a table has room in a width.
type room int

const (
	broken  room = iota // not even the numbers
	wrapped             // all but some words, on one line
	whole               // everything
)

// columns gives each column a width. What is left over goes to all alike; what
// lacks is taken from words that can be wrapped.
func (g *grid) columns() room {
	n := len(g.t.Columns)
	wants, needs := make([]float64, n), make([]float64, n)
	g.blocks = make([]float64, n)
	for i, c := range g.t.Columns {
		wants[i], needs[i] = g.column(i)
		g.blocks[i] = wants[i] - g.around(i)
		if c.Share > 0 {
			wants[i] = max(needs[i], c.Share*innerWidth)
		}
	}
	g.widths = wants
	over, give := sum(wants)-innerWidth, sum(wants)-sum(needs)
	for i := range g.widths {
		switch {
		case over <= 0:
			g.widths[i] -= over / float64(n)
		case give < over:
			g.widths[i] = needs[i] * innerWidth / sum(needs)
		default:
			g.widths[i] -= (wants[i] - needs[i]) * over / give
		}
	}
	if give < over {
		return broken
	}
	if over > 0 {
		return wrapped
	}
	return whole
}

// column is the width that a column wants, to break nothing, and that which it
// needs, to break no number and no word.
func (g *grid) column(i int) (want, need float64) {
	const widest = 0.5 * innerWidth // no column wants more
	const word = 0.22 * innerWidth  // a longer word may break
	measure := func(text string, st style, whole bool) {
		wide := g.widest(text, st)
		want = max(want, min(wide, widest))
		if whole {
			need = max(need, min(wide, widest))
		} else {
			need = max(need, min(g.longest(text, st), word))
		}
	}
	measure(g.t.Columns[i].Title, g.headStyle(), false)
	for _, r := range g.t.Rows {
		if r.Group || i >= len(r.Cells) {
			continue
		}
		c := r.Cells[i]
		measure(c.Text, g.style(r, c), c.Value != nil)
	}
	return want + g.around(i), need + g.around(i)
}

// lead is the room before the words of a column: more where they stand beside
// the last digits of a number.
func (g *grid) lead(i int) float64 {
	if i > 0 && g.t.Columns[i].Left && !g.t.Columns[i-1].Left {
		return 2.5 * g.pad
	}
	return g.pad
}

// around is the room on both sides of a column's cells.
func (g *grid) around(i int) float64 { return g.lead(i) + g.pad }

func (g *grid) headStyle() style { return g.st.sized(g.st.size/point - 0.5).in(look.Muted.Light) }

func (g *grid) style(r document.Row, c document.Cell) style {
	st := cellStyle(g.st, c)
	if r.Total || r.Group {
		st = st.strong()
	}
	return st
}

// head is the row of column titles: on the base of the row where some wrap.
func (g *grid) head() piece {
	st := g.headStyle()
	titles, most := make([][]string, len(g.t.Columns)), 1
	for i, c := range g.t.Columns {
		titles[i] = g.wrap(c.Title, st, g.widths[i]-g.around(i))
		most = max(most, len(titles[i]))
	}
	height := st.height(most) + 2*rowPad
	return piece{height: height, keep: true, draw: func(p *page, y float64) {
		x := side
		for i, lines := range titles {
			g.cell(p, i, cellAt{x, y + rowPad + st.height(most-len(lines))}, lines, st)
			x += g.widths[i]
		}
		p.rule(side, y+height, innerWidth, 0.35, look.Primary.Light)
	}}
}

type cellAt struct{ x, y float64 }

// cell sets lines in column i. The table's outer columns stand on its edges.
func (g *grid) cell(p *page, i int, at cellAt, lines []string, st style) {
	from, to := at.x+g.lead(i), at.x+g.widths[i]-g.pad
	if i == 0 {
		from = at.x
	}
	if i == len(g.widths)-1 {
		to = at.x + g.widths[i]
	}
	if g.t.Columns[i].Left {
		p.lines(from, at.y, lines, st)
	} else {
		p.numbers(to, at.y, figures{lines, g.blocks[i]}, st)
	}
}

// rows are the pieces of the rows. A row that is higher than a page, and only
// such a one, is cut.
func (g *grid) rows() (out []piece) {
	fits := max(1, int(g.room*0.8/g.st.leading()))
	for i, r := range g.t.Rows {
		cells, most := g.cells(r)
		for from := 0; from < most; from += fits {
			to := min(from+fits, most)
			p := g.row(r, cells, span{from, to})
			p.keep = r.Group || i > 0 && g.t.Rows[i-1].Group || to == most && i+1 < len(g.t.Rows) && g.t.Rows[i+1].Total
			out = append(out, p)
		}
	}
	return out
}

// span is lines of a row, from the first to before the last.
type span struct{ from, to int }

func (s span) of(lines []string) []string {
	return lines[min(s.from, len(lines)):min(s.to, len(lines))]
}

// cells is the lines of each cell, and how many the highest has.
func (g *grid) cells(r document.Row) (cells [][]string, most int) {
	for i, c := range r.Cells {
		width := innerWidth
		if !r.Group {
			width = g.widths[i] - g.around(i)
		}
		cells = append(cells, g.wrap(c.Text, g.style(r, c), width))
		most = max(most, len(cells[i]))
		if r.Group {
			break
		}
	}
	return cells, most
}

func (g *grid) row(r document.Row, cells [][]string, lines span) piece {
	height := g.st.height(lines.to-lines.from) + 2*rowPad
	gap := 0.0
	if r.Group {
		gap = 1.5
	}
	return piece{height: height + gap, draw: func(p *page, y float64) {
		y += gap
		x := side
		for i, c := range cells {
			st := g.style(r, r.Cells[i])
			if r.Group {
				p.lines(x, y+rowPad, lines.of(c), st.in(look.Primary.Light))
				break
			}
			g.cell(p, i, cellAt{x, y + rowPad}, lines.of(c), st)
			x += g.widths[i]
		}
		if r.Total {
			p.rule(side, y, innerWidth, 0.35, look.Primary.Light)
		} else {
			p.rule(side, y+height, innerWidth, 0.2, look.Line.Light)
		}
	}}
}

func sum(of []float64) (total float64) {
	for v := range slices.Values(of) {
		total += v
	}
	return total
}
