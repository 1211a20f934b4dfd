package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// Limits of a file.
const (
	MaxBytes = 64 << 20
	MaxLines = 1_000_000

	maxCell = 500  // letters of a name, title or address
	maxNote = 1000 // letters of a note
)

// Row is one line of a table. Country is empty where the file says none; which
// indicators, units and names there are, the caller knows.
type Row struct {
	Line int // where it begins, from 1; the header has one too
	figures.Key
	Value   figures.Num
	Source  rules.Source // publisher, title, date and address
	Note    string
	Refused *domain.Problem // Field is the column; then nothing else but Line counts
}

// Read reads a table with a header. A line that is refused is a Row that says so;
// the error is a *domain.Problem where the file is no such table at all.
func Read(data []byte) ([]Row, error) {
	return ReadLook(data, func(int, int) error { return nil })
}

// lookEvery is how many lines are read between two looks.
const lookEvery = 1_000

// ReadLook is Read for a long table, which it gives up with the error of the look.
func ReadLook(data []byte, look figures.Look) ([]Row, error) {
	if len(data) > MaxBytes {
		return nil, domain.Refuse("", "", "intake.large", "megabytes", MaxBytes>>20)
	}
	text, wrong := decode(data)
	if wrong != nil {
		return nil, wrong
	}
	lines := strings.Count(text, "\n")
	if lines > MaxLines {
		return nil, domain.Refuse("", "", "intake.long", "lines", MaxLines)
	}
	h, wrong := readHeader(text)
	if wrong != nil {
		return nil, wrong
	}
	return h.rows(text, func(line int) error { return look(min(line, lines), lines) })
}

// rows reads every line behind the header. Lines with nothing in them are left out.
func (h *header) rows(text string, look func(line int) error) ([]Row, error) {
	in := newReader(text[h.skip:], h.separator)
	in.ReuseRecord = true
	var out []Row
	for first := true; ; first = false {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			out = append(out, h.broken(broken))
		case first || blank(record):
		default:
			line, _ := in.FieldPos(0)
			out = append(out, h.row(record, line+h.before))
			if len(out)%lookEvery == 1 {
				if err := look(line); err != nil {
					return nil, err
				}
			}
		}
	}
}

func newReader(text string, separator rune) *csv.Reader {
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = separator
	in.FieldsPerRecord = -1
	return in
}

// broken is a line with quotes out of place. An open quote takes the lines behind
// it along, which is said.
func (h *header) broken(e *csv.ParseError) Row {
	from, to := e.StartLine+h.before, e.Line+h.before
	why := domain.Refuse("", "", "intake.quote")
	if to > from {
		why = domain.Refuse("", "", "intake.quoteOpen", "from", fmt.Sprint(from), "to", fmt.Sprint(to))
	}
	return Row{Line: from, Refused: why}
}

// row reads one line; the first fault counts.
func (h *header) row(record []string, line int) Row {
	r := Row{Line: line}
	if !blank(record[min(len(h.columns), len(record)):]) {
		r.Refused = domain.Refuse("", "", "intake.cells", "want", len(h.columns), "have", len(record))
		return r
	}
	c := cells{h: h, record: record}
	unit := c.words("unit", maxCell)
	r.Key = figures.Key{
		Indicator: c.words("indicator", maxCell), Segment: c.words("segment", maxCell), Unit: unit,
		Country: c.words("country", maxCell), Series: c.words("series", maxCell),
	}
	var err *domain.Problem
	r.Period, err = parsePeriod(c.get("period"))
	c.refuse(err)
	r.Value, err = parseNum(c.need("value"), unit)
	c.refuse(err)
	r.Source = rules.Source{Publisher: c.words("publisher", maxCell), Title: c.words("title", maxCell), URL: c.words("url", maxCell)}
	r.Source.Date, err = parseDate(c.get("date"))
	c.refuse(err)
	if r.Source.URL != "" && !isURL(r.Source.URL) {
		c.refuse(domain.Refuse("url", r.Source.URL, "intake.url"))
	}
	r.Note = c.words("note", maxNote)
	if c.wrong != nil {
		return Row{Line: line, Refused: c.wrong}
	}
	return r
}

func isURL(s string) bool {
	return (strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")) && !strings.ContainsAny(s, " \t")
}

func blank(record []string) bool {
	for _, cell := range record {
		if strings.TrimSpace(cell) != "" {
			return false
		}
	}
	return true
}
