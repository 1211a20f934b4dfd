package intake

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/domain"
)

// show is a row as the tests write it.
func show(r Row) string {
	if p := r.Refused; p != nil {
		return fmt.Sprintf("%d %s %s %q", r.Line, p.Msg.Key, p.Field, p.Value)
	}
	s := r.Source
	return fmt.Sprintf("%d %s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%q", r.Line, r.Indicator, r.Segment, r.Period, r.Value, r.Unit, r.Series,
		s.Publisher, r.Country, s.Title, s.Date, s.URL, r.Note)
}

// without takes the number of the line off what show gives.
func without(shown string) string {
	_, rest, _ := strings.Cut(shown, " ")
	return rest
}

// Each file of testdata holds these rows, in another habit.
var habits = []string{
	`2 exports|ITO|2024-H1|3456.70|MAD million|OC-2025|Office des changes|MA|Indicateurs mensuels, mars|2025-03|https://oc.gov.ma/i?a=1;b=2|` +
		fmt.Sprintf("%q", "tableau 3 ; \"provisoire\"\nr\u00e9vis\u00e9 \u00e0 l'\u00e9t\u00e9"),
	"4 exportsGrowth|TOTAL|2024|-3.125|%|OC-2025|M\u00e9dias24|||2025-03-03||\"\"",
	"5 jobs|TOTAL|2025-Q3|148500|jobs|none|L'\u00c9conomiste \u2014 \u00e9dition|||2025||\"\"",
	`6 exports|CRM|2024|1234567.8|MAD million|none|X|||||""`,
}

func TestRead_EachHabit(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "*.*"))
	if err != nil || len(files) < 7 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := Read(data)
		if err != nil {
			t.Errorf("%s: %v", file, err)
		}
		var got []string
		moved := 0
		if strings.Contains(file, "sep-line") {
			moved = 1
		}
		for _, r := range rows {
			r.Line -= moved
			got = append(got, show(r))
		}
		if !slices.Equal(got, habits) {
			t.Errorf("%s:\n%s\nwant\n%s", file, strings.Join(got, "\n"), strings.Join(habits, "\n"))
		}
	}
}

const heading = "indicator;segment;period;value;unit;series;publisher;date;url;note\n"

func TestRead_RefusesLines(t *testing.T) {
	good := "exports;ITO;2024;1;MAD million;none;X"
	for _, c := range []struct{ line, want string }{
		{"exports;ITO;2024;1,234;MAD million;none;X", `intake.ambiguous value "1,234"`},
		{"exports;ITO;2024;-1.234;MAD million;none;X", `intake.ambiguous value "-1.234"`},
		{"exports;ITO;2024;1.3E+04;MAD million;none;X", `intake.number value "1.3E+04"`},
		{"exports;ITO;2024;3,5 %;MAD million;none;X", `intake.number value "3,5 %"`},
		{"exports;ITO;sept-24;1;MAD million;none;X", `figures.problem.period period "sept-24"`},
		{"exports;ITO;2024;;MAD million;none;X", `intake.empty value ""`},
		{";ITO;2024;1;MAD million;none;X", `intake.empty indicator ""`},
		{"exports;ITO;2024;1;MAD million;;X", `intake.empty series ""`},
		{"exports;ITO;2024;1;MAD million;none", `intake.empty publisher ""`},
		{good + ";04/03/2025", `intake.dateAmbiguous date "04/03/2025"`},
		{good + ";2025-02-29", `intake.date date "2025-02-29"`},
		{good + ";;javascript:1", `intake.url url "javascript:1"`},
		{good + ";;;;more", `intake.cells  ""`},
		{"exports;ITO;2024;1;MAD million;no\x01ne;X", `intake.words series "no\x01ne"`},
		{`exports;"ITO"x;2024;1;MAD million;none;X`, `intake.quote  ""`},
	} {
		rows, err := Read([]byte(heading + good + "\n\n" + c.line + "\n" + good + "\n"))
		if err != nil || len(rows) != 3 || rows[1].Refused == nil || show(rows[1]) != "4 "+c.want {
			t.Errorf("%s: %v, %d rows, want %s", c.line, err, len(rows), c.want)
			for _, r := range rows {
				t.Log(show(r))
			}
			continue
		}
		if rows[0].Refused != nil || rows[2].Refused != nil || rows[2].Line != 5 {
			t.Errorf("%s: its neighbours: %s, %s", c.line, show(rows[0]), show(rows[2]))
		}
	}
}

// A quote that is not closed takes what follows along; that is said.
func TestRead_OpenQuote(t *testing.T) {
	rows, err := Read([]byte(heading + "exports;\"ITO;2024;1;u;none;X\nexports;ITO;2024;1;u;none;X\n"))
	if err != nil || len(rows) != 1 || rows[0].Line != 2 || rows[0].Refused.Msg.Key != "intake.quoteOpen" {
		t.Errorf("%v %+v", err, rows)
	}
}

func TestRead_RefusesFiles(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"empty", "", "intake.columns"},
		{"no table", "Bonjour\nAu revoir\n", "intake.columns"},
		{"column missing", "indicator,segment,period,value,unit,series\n", "intake.columns"},
		{"column twice", strings.Replace(heading, "note", "date", 1), "intake.columnTwice"},
		{"unknown column", strings.Replace(heading, "note", "notes", 1), "intake.column"},
		{"separator", "sep=|\n" + heading, "intake.separator"},
		{"no encoding", heading + "\x81", "intake.encoding"},
		{"marked UTF-8 that is none", "\xef\xbb\xbf" + heading + "\xe9", "intake.encoding"},
		{"UTF-16 without mark", "i\x00n\x00d\x00", "intake.encoding"},
		{"half a UTF-16", "\xff\xfei\x00n", "intake.encoding"},
		{"UTF-16 with half a pair", "\xff\xfei\x00\x00\xd8", "intake.encoding"},
		{"too many lines", heading + strings.Repeat("\n", MaxLines), "intake.long"},
		{"too large", strings.Repeat(" ", MaxBytes+1), "intake.large"},
	} {
		_, err := Read([]byte(c.data))
		var p *domain.Problem
		if !errors.As(err, &p) || p.Msg.Key != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

func TestParseNum(t *testing.T) {
	for _, c := range []struct{ cell, unit, want string }{
		{"13400", "u", "13400"},
		{"10,0", "u", "10.0"},
		{"-12.7", "u", "-12.7"},
		{"\u221212,7", "u", "-12.7"},
		{"+3,5", "u", "3.5"},
		{"1 234", "u", "1234"},
		{"1\u202f234\u00a0567,89", "u", "1234567.89"},
		{"1,234,567", "u", "1234567"},
		{"1.234,5", "u", "1234.5"},
		{"1,234.5", "u", "1234.5"},
		{"1 234,567", "u", "1234.567"},
		{"1234,567", "u", "1234.567"},
		{"0,123", "u", "0.123"},
		{"01,234", "u", "1.234"},
		{"1,234", "%", "1.234"},
		{"46,3 %", "%", "46.3"},
		{"46.3%", "%", "46.3"},
		{"007", "u", "7"},
		{"1,234", "u", "intake.ambiguous"},
		{"123.456", "u", "intake.ambiguous"},
		{"12 34", "u", "intake.number"},
		{"1.23.4", "u", "intake.number"},
		{"1,2,345", "u", "intake.number"},
		{"1,23.4", "u", "intake.number"},
		{"1.234,567.8", "u", "intake.number"},
		{",5", "u", "intake.number"},
		{"5,", "u", "intake.number"},
		{"- -5", "u", "intake.number"},
		{"(5)", "u", "intake.number"},
		{"1'234", "u", "intake.number"},
		{"0,1234567", "u", "intake.number"},
		{"\u0665", "u", "intake.number"},
		{"0 123", "u", "intake.number"},
		{"1234567890123", "u", "intake.number"},
	} {
		n, wrong := parseNum(c.cell, c.unit)
		got := n.String()
		if wrong != nil {
			got = wrong.Msg.Key
		}
		if got != c.want {
			t.Errorf("%q in %q: %s, want %s", c.cell, c.unit, got, c.want)
		}
	}
}

func TestParseDate(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "n.d.": "", "2025": "2025", "2025-03": "2025-03", "2024-02-29": "2024-02-29", "31/12/2025": "2025-12-31", "12/31/2025": "2025-12-31",
		"5/5/2025": "2025-05-05", "5/6/2025": "intake.dateAmbiguous", "31/13/2025": "intake.date", "2025-13": "intake.date",
		"31/04/2025": "intake.date", "hier": "intake.date", "1899": "intake.date",
	} {
		got, wrong := parseDate(cell)
		if wrong != nil {
			got = wrong.Msg.Key
		}
		if got != want {
			t.Errorf("%q: %s, want %s", cell, got, want)
		}
	}
}
