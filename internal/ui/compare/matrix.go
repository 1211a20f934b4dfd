package compare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/ui/kit"
)

// matrix draws cells in rows and columns, the first row as a head. It is one stop
// of the focus: the arrows go through the cells that open, Enter or Space opens
// one. How tall the rows and how wide the columns are is up to the table.
type matrix struct {
	kit.Pressable
	left  bool // against the left edge: labels
	cells [][]cell
	open  func(opening)
	plain int                       // so many rows at the end have no rule and stand in their middle
	moved func(left, right float32) // where the keyboard went: the edges of the column

	tall  []float32 // of each row
	edges []float32 // of the columns, from 0 on
	at    spot      // where the keyboard is
	over  spot      // where the pointer is
	keyed bool      // the keyboard is in use: its ring shows
}

// spot is a cell: row and column.
type spot struct{ row, col int }

var nowhere = spot{-1, -1}

// Measures of a cell in design pixels.
const (
	cellPad   = 8
	lineTall  = 29
	subTall   = 15 // more where something stands below
	asideGap  = 6
	gaugeText = 34 // room for the number before a bar
	gaugeWide = 76 // of a bar, at least
	gaugeTall = 12
)

func newMatrix(left bool, open func(opening)) *matrix {
	m := &matrix{left: left, open: open, at: nowhere, over: nowhere}
	m.OnTapped = func() { m.openAt(m.at) }
	m.Init(m)
	return m
}

// set replaces the cells; the table lays them out after.
func (m *matrix) set(cells [][]cell) {
	m.cells = cells
	if !m.opens(m.at) {
		m.at = nowhere
	}
	m.over = nowhere
}

// tallness is how tall each row wants to be.
func (m *matrix) tallness() []float32 {
	out := make([]float32, len(m.cells))
	for r, row := range m.cells {
		out[r] = kit.Px(lineTall)
		for _, c := range row {
			if c.sub != "" {
				out[r] = kit.Px(lineTall + subTall)
			}
		}
	}
	return out
}

// columns is how wide each column wants to be, and how much of it is for what
// stands beside the values.
func (m *matrix) columns() (wide, aside []float32) {
	for r, row := range m.cells {
		for c, x := range row {
			if r == 0 {
				wide, aside = append(wide, 0), append(aside, 0)
			}
			if w := width(x.aside, kit.MutedText); x.aside != "" && !m.left {
				aside[c] = max(aside[c], w+kit.Px(asideGap))
			}
		}
	}
	for _, row := range m.cells {
		for c, x := range row {
			w := max(width(x.text, style(x)), width(x.sub, kit.MutedText)) + aside[c]
			switch {
			case x.bar != nil:
				w = max(w, kit.Px(gaugeText+gaugeWide))
			case m.left && x.aside != "":
				w = max(w, width(x.text, style(x))+kit.Px(asideGap)+width(x.aside, kit.MutedText))
			}
			wide[c] = max(wide[c], w+2*kit.Px(cellPad))
		}
	}
	return wide, aside
}

func style(c cell) kit.Style {
	switch {
	case c.bold && !c.muted:
		return kit.TableStrong
	case c.muted:
		return kit.TableMuted
	}
	return kit.TableText
}

func width(text string, s kit.Style) float32 { return kit.NaturalWidth(kit.NewText(text, s)) }

func (m *matrix) cell(p spot) (cell, bool) {
	if p.row < 0 || p.row >= len(m.cells) || p.col < 0 || p.col >= len(m.cells[p.row]) {
		return cell{}, false
	}
	return m.cells[p.row][p.col], true
}

func (m *matrix) opens(p spot) bool {
	c, ok := m.cell(p)
	return ok && c.open != nil && m.open != nil
}

func (m *matrix) openAt(p spot) {
	if c, _ := m.cell(p); m.opens(p) {
		m.open(*c.open)
	}
}

func (m *matrix) first() spot {
	for r := range m.cells {
		for c := range m.cells[r] {
			if m.opens(spot{r, c}) {
				return spot{r, c}
			}
		}
	}
	return nowhere
}

// Disabled is true where nothing opens, so that the focus passes over.
func (m *matrix) Disabled() bool { return m.first() == nowhere || m.Pressable.Disabled() }

// FocusGained puts the keyboard on a cell.
func (m *matrix) FocusGained() {
	m.keyed = true
	if m.at == nowhere {
		m.at = m.first()
	}
	m.Pressable.FocusGained()
	m.tellMoved()
}

// FocusLost removes the ring and keeps the place.
func (m *matrix) FocusLost() {
	m.keyed = false
	m.Pressable.FocusLost()
}

var arrows = map[fyne.KeyName]spot{
	fyne.KeyUp: {-1, 0}, fyne.KeyDown: {1, 0}, fyne.KeyLeft: {0, -1}, fyne.KeyRight: {0, 1},
}

// TypedKey moves between cells or opens one.
func (m *matrix) TypedKey(ev *fyne.KeyEvent) {
	m.keyed = true
	step, arrow := arrows[ev.Name]
	if !arrow {
		m.Pressable.TypedKey(ev)
		return
	}
	for p := m.at; ; {
		p = spot{p.row + step.row, p.col + step.col}
		if _, ok := m.cell(p); !ok {
			return
		}
		if m.opens(p) {
			m.at = p
			m.Refresh()
			m.tellMoved()
			return
		}
	}
}

func (m *matrix) tellMoved() {
	if c := m.at.col; m.moved != nil && c >= 0 && c+1 < len(m.edges) {
		m.moved(m.edges[c], m.edges[c+1])
	}
}

// find is the cell at a position.
func (m *matrix) find(at fyne.Position) spot {
	y := float32(0)
	for r, tall := range m.tall {
		if at.Y >= y && at.Y < y+tall {
			for c := 0; c+1 < len(m.edges); c++ {
				if at.X >= m.edges[c] && at.X < m.edges[c+1] {
					return spot{r, c}
				}
			}
		}
		y += tall
	}
	return nowhere
}

// Tapped opens the cell under the pointer.
func (m *matrix) Tapped(ev *fyne.PointEvent) {
	p := m.find(ev.Position)
	if !m.opens(p) {
		return
	}
	m.at = p
	m.Pressable.Tapped(ev)
	m.keyed = false
	m.Refresh()
}

// MouseIn follows the pointer.
func (m *matrix) MouseIn(ev *desktop.MouseEvent) { m.MouseMoved(ev) }

// MouseMoved follows the pointer.
func (m *matrix) MouseMoved(ev *desktop.MouseEvent) { m.point(m.find(ev.Position)) }

// MouseOut leaves the table.
func (m *matrix) MouseOut() { m.point(nowhere) }

func (m *matrix) point(p spot) {
	if !m.opens(p) {
		p = nowhere
	}
	if m.over != p {
		m.over = p
		m.Refresh()
	}
}

// Cursor is the hand over a cell that opens.
func (m *matrix) Cursor() desktop.Cursor {
	if m.over != nowhere {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// CreateRenderer is for Fyne.
func (m *matrix) CreateRenderer() fyne.WidgetRenderer {
	return &matrixFace{m: m, ring: canvas.NewRectangle(color.Transparent)}
}
