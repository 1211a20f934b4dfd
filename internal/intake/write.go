package intake

import (
	"encoding/csv"
	"io"
	"strings"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// Write writes rows as a table that Read gives back: the heading is Columns, in
// UTF-8 without mark, with commas and decimal points. A note that is longer than
// a table takes is cut. Rows that are refused are no figures: they must not be
// among them. The error is that of the writer.
func Write(w io.Writer, rows []Row) error {
	out := csv.NewWriter(w)
	if err := out.Write(Columns); err != nil {
		return err
	}
	for i := range rows {
		if err := out.Write(rows[i].cells()); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// cells are those of a row in the order of Columns.
func (r *Row) cells() []string {
	date := r.Source.Date
	if date == "" {
		date = rules.Undated
	}
	return []string{
		r.Indicator, r.Segment, r.Period.String(), formatNum(r.Value, r.Unit), r.Unit, r.Series, r.Source.Publisher,
		r.Country, r.Source.Title, date, r.Source.URL, cutNote(r.Note),
	}
}

// formatNum writes a number so that parseNum cannot take its point for one that
// groups thousands: 1.234 is written 01.234.
func formatNum(n figures.Num, unit string) string {
	text, minus := strings.CutPrefix(n.String(), "-")
	whole, frac, _ := strings.Cut(text, ".")
	if unit != percent && len(frac) == 3 && len(whole) <= 3 && whole[0] != '0' {
		text = "0" + text
	}
	if minus {
		return "-" + text
	}
	return text
}

func cutNote(note string) string {
	letters := []rune(strings.TrimSpace(note))
	if len(letters) <= maxNote {
		return string(letters)
	}
	return strings.TrimSpace(string(letters[:maxNote-1])) + "\u2026"
}
