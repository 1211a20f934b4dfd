package exhibit

import (
	"encoding/csv"
	"io"
	"strings"
)

// Table is what a chart shows, in words and exact numbers. A number has a decimal
// comma and nothing else but digits and a sign.
type Table struct {
	Columns []string
	Rows    [][]string
}

// CSV writes the table as spreadsheets in French read it without asking: UTF-8
// with a mark, semicolons, lines that end as on Windows. The error is that of the
// writer.
func (t Table) CSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	for _, row := range t.all() {
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// Tabbed is the table as text that a spreadsheet takes from the clipboard.
func (t Table) Tabbed() string {
	var out strings.Builder
	for _, row := range t.all() {
		for i, cell := range row {
			row[i] = strings.Join(strings.Fields(cell), " ")
		}
		out.WriteString(strings.Join(row, "\t") + "\n")
	}
	return out.String()
}

// all are the heading and the rows, safe to be opened.
func (t Table) all() [][]string {
	out := make([][]string, 0, len(t.Rows)+1)
	for _, row := range append([][]string{t.Columns}, t.Rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		out = append(out, safe)
	}
	return out
}

// harmless keeps a spreadsheet from computing what begins like a formula: words of
// an imported file may stand in a table. A number stays one.
func harmless(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) || strings.Trim(cell[1:], "0123456789,") == "" && cell[0] == '-' {
		return cell
	}
	return "'" + cell
}
