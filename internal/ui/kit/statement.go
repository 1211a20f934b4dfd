package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Column is one column of a statement.
type Column struct {
	Title string
	Left  bool // text against the left edge; figures stand against the right
	Spare bool // left out where the table has no room for it; its cells open nothing
}

// Cell is one place of a statement.
type Cell struct {
	Text    string
	Muted   bool
	Explain func() // opens where the figure comes from; nil for plain text
}

// Row is one line of a statement.
type Row struct {
	Cells []Cell
	Total bool // bold
}

// Statement is a table of few rows with thin rules: it draws all of them, so
// it is for twenty or so, not for thousands. It is one stop of the focus: the
// arrows go through the figures that open, Enter or Space opens one.
type Statement struct {
	widget.BaseWidget
	Underlined bool // dots under every figure that opens, not only the one pointed at
	// Moved says where the keyboard went: the edges of the column, from the left.
	// A table inside of a scroll follows it.
	Moved func(left, right float32)

	columns []Column
	rows    []Row
	state   statementState
	widths  []float32 // natural, then as laid out
	edges   []float32 // left edge of each column, then the right edge of the last
}

// place is a cell: row and column.
type place struct{ row, col int }

var nowhere = place{-1, -1}

type statementState struct {
	focused, byMouse bool
	at               place // where the keyboard is
	over             place // where the pointer is
}

// NewStatement makes a table.
func NewStatement(columns []Column, rows []Row) *Statement {
	s := &Statement{columns: columns, rows: rows}
	s.state.at, s.state.over = nowhere, nowhere
	s.ExtendBaseWidget(s)
	return s
}

// Set replaces columns and rows; what is drawn is used again.
func (s *Statement) Set(columns []Column, rows []Row) {
	s.columns, s.rows = columns, rows
	if !s.opens(s.state.at) {
		s.state.at = nowhere
	}
	s.state.over = nowhere
	s.Refresh()
}

func (s *Statement) cell(p place) (Cell, bool) {
	if p.row < 0 || p.row >= len(s.rows) || p.col < 0 || p.col >= len(s.rows[p.row].Cells) {
		return Cell{}, false
	}
	return s.rows[p.row].Cells[p.col], true
}

func (s *Statement) opens(p place) bool {
	c, ok := s.cell(p)
	return ok && c.Explain != nil
}

// Disabled is true where no figure opens, so that the focus passes over.
func (s *Statement) Disabled() bool { return s.first() == nowhere }

// Enable is part of what Fyne asks of something that can be passed over.
func (s *Statement) Enable() {}

// Disable is part of what Fyne asks of something that can be passed over.
func (s *Statement) Disable() {}

func (s *Statement) first() place {
	for r := range s.rows {
		for c := range s.rows[r].Cells {
			if p := (place{r, c}); s.opens(p) {
				return p
			}
		}
	}
	return nowhere
}

// FocusGained puts the keyboard on a figure.
func (s *Statement) FocusGained() {
	s.state.focused = true
	if s.state.at == nowhere {
		s.state.at = s.first()
	}
	s.Refresh()
	if !s.state.byMouse {
		reveal(s)
		s.tellMoved()
	}
}

// FocusLost removes the ring and keeps the place.
func (s *Statement) FocusLost() {
	s.state.focused, s.state.byMouse = false, false
	s.Refresh()
}

// TypedRune does nothing.
func (s *Statement) TypedRune(rune) {}

// TypedKey moves between figures or opens one.
func (s *Statement) TypedKey(ev *fyne.KeyEvent) {
	steps := map[fyne.KeyName]place{
		fyne.KeyUp: {-1, 0}, fyne.KeyDown: {1, 0}, fyne.KeyLeft: {0, -1}, fyne.KeyRight: {0, 1},
	}
	if step, ok := steps[ev.Name]; ok {
		s.state.byMouse = false
		s.move(step)
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.state.byMouse = false
		s.open(s.state.at)
	default:
		PassKey(s, ev)
	}
}

// move goes to the next figure in a direction, over cells that do not open.
func (s *Statement) move(step place) {
	p := s.state.at
	for {
		p = place{p.row + step.row, p.col + step.col}
		if _, ok := s.cell(p); !ok {
			return
		}
		if s.opens(p) {
			s.state.at = p
			s.Refresh()
			s.tellMoved()
			return
		}
	}
}

func (s *Statement) tellMoved() {
	if c := s.state.at.col; s.Moved != nil && c >= 0 && c+1 < len(s.edges) {
		s.Moved(s.edges[c], s.edges[c+1])
	}
}

func (s *Statement) open(p place) {
	if c, ok := s.cell(p); ok && c.Explain != nil {
		c.Explain()
	}
}

// Tapped opens the figure under the pointer.
func (s *Statement) Tapped(ev *fyne.PointEvent) {
	p := s.find(ev.Position)
	if !s.opens(p) {
		return
	}
	s.state.at, s.state.byMouse = p, true
	if c := fyne.CurrentApp().Driver().CanvasForObject(s); c != nil {
		c.Focus(s)
	}
	s.Refresh()
	s.open(p)
}

// find is the cell at a position inside the table.
func (s *Statement) find(at fyne.Position) place {
	row := int(at.Y/rowTall()) - 1
	if at.Y < 0 || row < 0 || row >= len(s.rows) {
		return nowhere
	}
	for c := 0; c+1 < len(s.edges); c++ {
		if at.X >= s.edges[c] && at.X < s.edges[c+1] {
			return place{row, c}
		}
	}
	return nowhere
}

// MouseIn follows the pointer.
func (s *Statement) MouseIn(ev *desktop.MouseEvent) { s.MouseMoved(ev) }

// MouseMoved follows the pointer.
func (s *Statement) MouseMoved(ev *desktop.MouseEvent) { s.point(s.find(ev.Position)) }

// MouseOut leaves the table.
func (s *Statement) MouseOut() { s.point(nowhere) }

func (s *Statement) point(p place) {
	if !s.opens(p) {
		p = nowhere
	}
	if s.state.over != p {
		s.state.over = p
		s.Refresh()
	}
}

// Cursor is the hand over a figure that opens.
func (s *Statement) Cursor() desktop.Cursor {
	if s.state.over != nowhere {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// Whole is the width of as many columns as stand whole in a width, of one at least:
// what is shown of a table that scrolls then cuts no figure, which would read as
// another one.
func (s *Statement) Whole(width float32) float32 {
	whole := float32(0)
	for i, w := range s.widths {
		if i > 0 && whole+w > width {
			break
		}
		whole += w
	}
	return whole
}

// rowTall is the height of a row with its rule.
func rowTall() float32 { return TableText.measure("").Height + Px(11) }

// CreateRenderer is for Fyne.
func (s *Statement) CreateRenderer() fyne.WidgetRenderer {
	r := &statementFace{s: s, ring: newRing()}
	r.fill()
	return r
}

// cellStyle is how a cell is written.
func (s *Statement) cellStyle(row Row, c Cell) Style {
	switch {
	case row.Total:
		return TableStrong
	case c.Muted:
		return TableMuted
	}
	return TableText
}

// Wide lets an object that needs more width than there is, such as a statement
// over many years, be scrolled sideways. A statement brings the figure that the
// keyboard is on into view.
func Wide(o fyne.CanvasObject) *container.Scroll {
	scroll := container.NewHScroll(o)
	if s, ok := o.(*Statement); ok {
		s.Moved = func(left, right float32) { Follow(scroll, left, right) }
	}
	return scroll
}

// Follow scrolls sideways as little as shows what lies between two edges.
func Follow(s *container.Scroll, left, right float32) {
	x := min(max(s.Offset.X, right-s.Size().Width), left)
	if x != s.Offset.X {
		s.ScrollToOffset(fyne.NewPos(x, s.Offset.Y))
	}
}
