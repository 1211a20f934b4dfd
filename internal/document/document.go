// Package document is what a paper or a spreadsheet shows before it is drawn:
// blocks of words, already in the reader's language, each number beside the value
// it was written from. The use cases make one from a result; internal/report
// draws it as PDF, as XLSX and as text, and so the three cannot say different
// things.
package document

import (
	"time"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/domain"
)

// Document is a paper of several pages, or a workbook of several sheets.
type Document struct {
	Lang    string // "fr", "en", "es" or "ar"; "ar" reads from the right
	Title   string // of the file
	Subject string
	Author  string
	Made    time.Time // of the file; nothing here reads a clock
	Draft   string    // written across each page; empty on an issued paper
	Head    string    // at the head of each page but the first
	Foot    string    // at the foot of each page
	PageOf  func(page, of int) string
	Logo    []byte // PNG or JPEG, at the top of the first page; nil for none
	Mast    Mast
	Blocks  []Block
}

// Mast is the top of the first page: whose paper it is, and which one.
type Mast struct {
	Name, Under string
	Right       []string // number, dates; the first stands out
}

// Block is one of the types below.
type Block interface{ block() }

// Heading begins a part. Level 1 is the title of the paper.
type Heading struct {
	Text    string
	Level   int  // 1, 2 or 3
	NewPage bool // the part begins on a page of its own
}

// Paragraph is running text.
type Paragraph struct {
	Text  string
	Small bool // a note: smaller and muted
}

// Answer is the figure that the paper is about, with its range, which never
// stands apart from it.
type Answer struct {
	Label string
	Cell  Cell
	Range string
	Note  string // what it stands on
	More  []Pair // beside it: cost with and without, share
}

// Cards stand side by side, as many as fit in a row.
type Cards struct{ Cards []Card }

// Card is one figure with its range and its state.
type Card struct {
	Label string
	Cell  Cell
	Range string
	Note  string
}

// Pairs are names and values, one below the other.
type Pairs struct {
	Title string
	Sheet string // name of its sheet in a workbook; empty: only on paper
	Pairs []Pair
}

// Pair is a name and its value. Assumed marks an input that was not given.
type Pair struct {
	Name    string
	Cell    Cell
	Assumed bool
}

// Table is rows under columns. A row is never cut by the end of a page, and the
// column titles stand again on the next one.
type Table struct {
	Title   string
	Unit    string // of all amounts, said once
	Sheet   string // name of its sheet in a workbook; empty: only on paper; blocks of one name stand below each other
	Columns []Column
	Rows    []Row
	Note    string
}

// Column is a column's title and how its cells stand.
type Column struct {
	Title string
	Left  bool    // words: set to the reading side; numbers stand on the other
	Share float64 // of the width; 0: what its cells need
}

// Row is a line of a table. Cells are as many as columns.
type Row struct {
	Cells []Cell
	Total bool
	Group bool // a heading over the rows that follow: only its first cell counts
}

// Cell is a text and, where it is a number, the value it was written from.
type Cell struct {
	Text   string
	Value  *Value // nil for words, and for what is not known
	Sum    []Ref  // the cells of this table that it is the sum of; nil where it is no sum
	Muted  bool
	Strong bool
}

// Value is an exact number: Decimal in Unit.
type Value struct {
	Decimal domain.Decimal // as the formatter takes it: point, no groups
	Unit    string         // "MAD", "%", "people", "months", ""
	Places  int            // decimals to show
}

// Ref is a cell of the same table, counted from 0. Minus takes it off.
type Ref struct {
	Row, Column int
	Minus       bool
}

// Drawing is a chart or a map. Draw makes it for a width in design pixels.
type Drawing struct {
	Title   string
	Draw    func(width float64) *record.Drawing
	Caption string // unit, period and source
}

// State of a line of a checklist.
type State int

// The states of a line of a checklist.
const (
	Unknown State = iota
	Met
	NotMet
	ToAsk // nothing published settles it
)

// Checklist is what has to be true or brought, with a box for each line.
type Checklist struct {
	Title string
	Items []Item
}

// Item is one line of a checklist.
type Item struct {
	Text   string
	State  State
	Said   string // the state in words
	Detail string // for this project
	Source string
}

// Lists are short lists that stand side by side, as many as there are.
type Lists struct{ Lists []List }

// List is lines under a title. Of each item only the text counts, and the state
// where Boxes says so.
type List struct {
	Title string
	Boxes bool
	Items []Item
	More  string // below them: how many are not shown
}

// Seal is the check code of a paper: QR is what the code holds, Lines stand small
// beside it. It stands at the foot of the page that it falls on. A draft has no
// code, only the lines.
type Seal struct {
	QR    string
	Lines []string
}

// Spare is a block that is left out where its page has no room for it. It is in no
// workbook.
type Spare struct{ Block Block }

func (Heading) block()   {}
func (Paragraph) block() {}
func (Answer) block()    {}
func (Cards) block()     {}
func (Pairs) block()     {}
func (Table) block()     {}
func (Drawing) block()   {}
func (Checklist) block() {}
func (Lists) block()     {}
func (Seal) block()      {}
func (Spare) block()     {}
