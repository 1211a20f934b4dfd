package sector

import (
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/exhibit"
)

// What leaves the program says of each number whether it was published, by whom
// and when, and gives none where nobody did.
func TestExhibit_TableAndSources(t *testing.T) {
	w := newWords(t)
	for _, c := range []struct {
		period, segment, value, state string
	}{
		{"2024", "ITO", "10580", "publi\u00e9, provisoire"},
		{"2023", "KPO", "", ""},
		{"2023", "ITO+CRM", "", ""},
	} {
		k := w.overviewKey(exports, million, c.segment, period(t, c.period))
		at, known := w.Point(k)
		row := w.table([]figures.Key{k}).Rows[0]
		switch {
		case !known && (row[4] != "" || row[6] != w.T.Text("sector.missing")):
			t.Errorf("%v is not published, but its row is %q", k, row)
		case known && row[4] != strings.ReplaceAll(at.Value.String(), ".", ","):
			t.Errorf("%v is %s, but its row is %q", k, at.Value, row)
		case known && row[len(row)-1] == "":
			t.Errorf("%v has no source: %q", k, row)
		case known && at.Derived != strings.Contains(row[6], w.T.Text("sector.table.derived")):
			t.Errorf("%v is derived %v, but its row is %q", k, at.Derived, row)
		}
	}
}

// A table says what a number alone would leave out: how it is printed, its remark,
// and a day as a day.
func TestTable_WhatTheNumberLeavesOut(t *testing.T) {
	w := newWords(t)
	var all []figures.Key
	for _, g := range w.Book.Groups(figures.Query{Country: home}) {
		all = append(all, g.Key)
	}
	var got strings.Builder
	for i, row := range w.table(all).Rows {
		if all[i].Unit == "date" && strings.Count(row[4], "/") != 2 {
			t.Errorf("%v: the day is %q", all[i], row[4])
		}
		got.WriteString(strings.Join(row, "|") + "\n")
	}
	for _, want := range []string{"plus de 250", "01/07/2025", w.T.Text("figure.note.jobInTech")} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("no row says %q", want)
		}
	}
}

// Every quantity of the book that has a value has somebody who published it, or
// what it was computed from.
func TestCite_NoValueWithoutSource(t *testing.T) {
	w := newWords(t)
	for _, g := range w.Book.Groups(figures.Query{}) {
		at, known := g.Point()
		if !known {
			continue
		}
		said := w.cite(g.Key)
		if said == "" || said == w.T.Text("sector.cite.derived") {
			t.Errorf("%v says of its source: %q", g.Key, said)
		}
		if at.Derived != strings.Contains(said, w.T.Text("sector.cite.derived")) {
			t.Errorf("%v is derived %v, but says: %q", g.Key, at.Derived, said)
		}
	}
}

func TestExhibit_RemarksOfThePicture(t *testing.T) {
	w := newWords(t)
	for _, c := range []struct {
		period string
		aspect int
		want   []string
	}{
		{"2024", 0, []string{"sector.preliminary"}},
		{"2024", 2, []string{"sector.picture.derived"}},
		{"2023", 0, []string{"sector.picture.missing"}},
	} {
		said := w.exhibit(exhibit.Spec{Notes: []string{"own"}}, w.segmentKeys(period(t, c.period), c.aspect)).Notes
		for _, key := range c.want {
			if !slices.Contains(said, w.T.Text(key)) {
				t.Errorf("%s, aspect %d says %q, without %s", c.period, c.aspect, said, key)
			}
		}
		if said[len(said)-1] != "own" {
			t.Errorf("%s forgets what the chart itself says: %q", c.period, said)
		}
	}
}
