package report

import (
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"atlasp2i/internal/document"
)

func (b *workbook) table(t document.Table) error {
	if t.Sheet == "" {
		return nil
	}
	if err := checkRows(t); err != nil {
		return err
	}
	s, err := b.sheet(t.Sheet)
	if err != nil {
		return err
	}
	if err := b.heading(s, t.Title, t.Unit); err != nil {
		return err
	}
	for i, c := range t.Columns {
		title := columnTitle(t, i)
		if err := b.write(s, spot{i + 1, s.row}, document.Cell{Text: title}, styleKey{head: true, left: c.Left}); err != nil {
			return err
		}
		s.wide(i+1, title)
	}
	if s.frozen == 0 {
		s.frozen = s.row
	}
	first := s.row + 1
	for i := range t.Rows {
		if err := b.row(s, tableRow{t, i, first}); err != nil {
			return err
		}
	}
	s.row = first + len(t.Rows)
	return b.said(s, t.Note, styleKey{plain: true, muted: true})
}

// columnTitle names the currency of a column's amounts, where it is one.
func columnTitle(t document.Table, column int) string {
	unit := ""
	for _, r := range t.Rows {
		if r.Group {
			continue
		}
		switch u := unitOf(r.Cells[column]); {
		case u == "":
		case unit == "":
			unit = u
		case unit != u:
			return t.Columns[column].Title
		}
	}
	if unit == "" || t.Columns[column].Title == "" {
		return t.Columns[column].Title + unit
	}
	return t.Columns[column].Title + " (" + unit + ")"
}

// tableRow is a row of a table whose first row stands in a row of the sheet.
type tableRow struct {
	t     document.Table
	index int
	first int
}

func (b *workbook) row(s *sheet, r tableRow) error {
	row := r.t.Rows[r.index]
	for i, c := range row.Cells {
		at := spot{i + 1, r.first + r.index}
		if row.Group {
			c.Strong = true
			return b.write(s, at, c, styleKey{plain: true})
		}
		k := styleKey{left: r.t.Columns[i].Left, total: row.Total}
		if err := b.write(s, at, c, k); err != nil {
			return err
		}
		s.needs(i+1, c)
		if c.Sum == nil {
			continue
		}
		formula, err := r.formula(c)
		if err != nil {
			return err
		}
		name, err := at.name()
		if err != nil {
			return err
		}
		if err := b.file.SetCellFormula(s.name, name, formula); err != nil {
			return err
		}
	}
	return nil
}

// formula is the sum of the cells that a cell names, which has to be its value.
func (r tableRow) formula(c document.Cell) (string, error) {
	fault := func(why string) (string, error) {
		return "", fmt.Errorf("report: table %q, row %d: %q %s", r.t.Title, r.index, c.Text, why)
	}
	if c.Value == nil {
		return fault("is a sum without a value")
	}
	want, err := number(c.Value)
	if err != nil {
		return "", err
	}
	total := decimal.Zero
	for _, ref := range c.Sum {
		if ref.Row < 0 || ref.Row >= len(r.t.Rows) || ref.Column < 0 || ref.Column >= len(r.t.Rows[ref.Row].Cells) {
			return fault("is the sum of a cell that is not there")
		}
		v := r.t.Rows[ref.Row].Cells[ref.Column].Value
		if v == nil {
			return fault("is the sum of a cell without a value")
		}
		d, err := number(v)
		if err != nil {
			return "", err
		}
		if ref.Minus {
			d = d.Neg()
		}
		total = total.Add(d)
	}
	if !total.Equal(want) {
		return fault("is not the sum of its cells, " + total.String())
	}
	return r.written(c.Sum)
}

// written is the formula: runs of cells below or beside each other as ranges.
func (r tableRow) written(sum []document.Ref) (string, error) {
	if len(sum) == 0 {
		return "0", nil
	}
	var out strings.Builder
	for i := 0; i < len(sum); {
		n := max(straight(sum[i:], 1, 0), straight(sum[i:], 0, 1))
		from, err := r.at(sum[i]).name()
		if err != nil {
			return "", err
		}
		to, err := r.at(sum[i+n-1]).name()
		if err != nil {
			return "", err
		}
		switch {
		case sum[i].Minus:
			out.WriteString("-")
		case i > 0:
			out.WriteString("+")
		}
		if n > 1 {
			from = "SUM(" + from + ":" + to + ")"
		}
		out.WriteString(from)
		i += n
	}
	return out.String(), nil
}

// straight is how many cells from the first on follow each other in steps of so
// many rows and columns.
func straight(sum []document.Ref, rows, columns int) int {
	n := 1
	for n < len(sum) && sum[n] == (document.Ref{Row: sum[0].Row + n*rows, Column: sum[0].Column + n*columns, Minus: sum[0].Minus}) {
		n++
	}
	return n
}

func (r tableRow) at(ref document.Ref) spot { return spot{ref.Column + 1, r.first + ref.Row} }
