package figures

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"atlasp2i/internal/rules"
)

const observationsFile = "figures/observations.csv"

var columns = []string{
	"id", "country", "indicator", "segment", "period", "value", "unit", "series", "role", "chosen", "published",
	"low", "high", "confidence", "preliminary", "source", "note",
}

var (
	roles       = []string{RoleFigure, RoleContext, RoleTrap}
	confidences = []string{rules.OfficialText, rules.OfficialViaPress, rules.Press, rules.Unverified, rules.Inferred}
	marks       = []string{"", rules.Yes}
)

// row is one line of the observations; the first fault is kept.
type row struct {
	cells map[string]string
	line  int
	fault *rules.Fault
}

func (r *row) refuse(column, code, accepted string) {
	if r.fault == nil {
		r.fault = rules.Refuse(rules.Pos{File: observationsFile, Line: r.line}, code, column+" = "+r.cells[column], accepted)
	}
}

func (r *row) choice(column string, accepted []string) string {
	if !slices.Contains(accepted, r.cells[column]) {
		r.refuse(column, "unknown_value", `"`+strings.Join(accepted, `", "`)+`"`)
	}
	return r.cells[column]
}

func (r *row) filled(column string) string {
	if strings.TrimSpace(r.cells[column]) == "" {
		r.refuse(column, "empty", column+" = …")
	}
	return r.cells[column]
}

func (r *row) num(column string) Num {
	n, err := ParseNum(r.cells[column])
	if err != nil {
		r.refuse(column, "bad_number", "26220, 0.2, -12.7")
	}
	return n
}

func (r *row) optionalNum(column string) *Num {
	if r.cells[column] == "" {
		return nil
	}
	n := r.num(column)
	return &n
}

// readObservations reads the CSV: UTF-8 without byte-order mark, comma, the
// header exactly the columns.
func (l *loader) readObservations(data []byte) *rules.Fault {
	for i, line := range bytes.Split(data, []byte("\n")) {
		if !utf8.Valid(line) {
			return rules.Refuse(rules.Pos{File: observationsFile, Line: i + 1}, "syntax", "utf-8", "UTF-8")
		}
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord = len(columns)
	header, err := in.Read()
	if err == nil && !slices.Equal(header, columns) {
		return rules.Refuse(rules.Pos{File: observationsFile, Line: 1}, "unknown_value", strings.Join(header, ","), strings.Join(columns, ","))
	}
	for err == nil {
		var record []string
		if record, err = in.Read(); err != nil {
			break
		}
		r := row{cells: map[string]string{}}
		r.line, _ = in.FieldPos(0)
		for i, c := range columns {
			r.cells[c] = record[i]
		}
		o := l.observation(&r)
		if r.fault != nil {
			return r.fault
		}
		l.book.observations = append(l.book.observations, o)
	}
	if err == io.EOF && header != nil {
		return nil
	}
	line := 1
	var broken *csv.ParseError
	if errors.As(err, &broken) {
		line = broken.Line
	}
	return rules.Refuse(rules.Pos{File: observationsFile, Line: line}, "csv", fmt.Sprint(err), strings.Join(columns, ","))
}

func (l *loader) observation(r *row) Observation {
	o := Observation{
		ID: r.filled("id"), Key: l.rowKey(r), Value: r.num("value"), Low: r.optionalNum("low"), High: r.optionalNum("high"),
		Role: r.choice("role", roles), Chosen: r.choice("chosen", marks) == rules.Yes, Published: r.cells["published"],
		Confidence: r.choice("confidence", confidences), Preliminary: r.choice("preliminary", marks) == rules.Yes,
		Note: r.cells["note"], Line: r.line,
	}
	at := rules.Pos{File: observationsFile, Line: r.line}
	if first, twice := l.observed[o.ID]; twice {
		r.refuse("id", "duplicate_id", fmt.Sprintf("1 × (%s:%d)", observationsFile, first))
	}
	l.observed[o.ID] = r.line
	for _, id := range strings.Split(r.filled("source"), "+") {
		s, known := l.pack.Sources[id]
		if !known {
			r.refuse("source", "unknown_source", "sources.toml")
		}
		o.Sources = append(o.Sources, s)
	}
	if (o.Low == nil) != (o.High == nil) {
		r.refuse("low", "empty", "low + high")
	} else if o.Low != nil && (o.Low.Micros > o.Value.Micros || o.Value.Micros > o.High.Micros) {
		r.refuse("value", "out_of_range", o.Low.String()+" … "+o.High.String())
	}
	if o.Chosen && o.Role == RoleTrap {
		r.refuse("chosen", "unknown_value", `""`)
	}
	if r.fault == nil && o.Chosen {
		if first, twice := l.chosen[o.Key]; twice {
			r.refuse("chosen", "duplicate_id", fmt.Sprintf("1 × (%s:%d)", observationsFile, first))
		}
		l.chosen[o.Key] = r.line
	}
	if o.Note != "" {
		l.needText(at, o.Note)
	}
	return o
}

func (l *loader) rowKey(r *row) Key {
	k := Key{
		Country: r.filled("country"), Indicator: r.choice("indicator", l.indicatorIDs()), Segment: r.filled("segment"),
		Series: r.choice("series", l.seriesIDs()),
	}
	if r.fault != nil {
		return k
	}
	k.Unit = r.choice("unit", l.book.indicator(k.Indicator).Units)
	var err error
	if k.Period, err = ParsePeriod(r.cells["period"]); err != nil {
		r.refuse("period", "bad_form", periodForms)
	}
	l.needNames(rules.Pos{File: observationsFile, Line: r.line}, k)
	return k
}
