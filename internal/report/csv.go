package report

import (
	"encoding/csv"
	"io"
	"strings"

	"atlasp2i/internal/document"
)

// CSV writes one table for other programs: UTF-8 with its mark, semicolons, exact
// numbers with a point and no groups. A text that a spreadsheet would take for a
// formula has an apostrophe before it. Rows that only group others are left out.
func CSV(w io.Writer, t document.Table) error {
	if err := checkRows(t); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	record := make([]string, len(t.Columns))
	for i := range t.Columns {
		record[i] = harmless(columnTitle(t, i))
	}
	if err := out.Write(record); err != nil {
		return err
	}
	for _, r := range t.Rows {
		if r.Group {
			continue
		}
		for i, c := range r.Cells {
			if c.Value != nil {
				record[i] = string(c.Value.Decimal)
			} else {
				record[i] = harmless(c.Text)
			}
		}
		if err := out.Write(record); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// harmless is a text that no spreadsheet runs as a formula.
func harmless(text string) string {
	text = clean(text)
	if strings.HasPrefix(strings.TrimLeft(text, " \u00a0\u202f"), "=") || strings.IndexAny(text, "=+-@\t\r") == 0 {
		return "'" + text
	}
	return text
}
