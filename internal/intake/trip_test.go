package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// habit is how somebody's spreadsheet writes a table.
type habit struct {
	separator rune
	decimal   string
	group     string // between groups of three, "" for none
	end       string
	encode    func(string) []byte
}

func utf16As(mark rune, swap bool) func(string) []byte {
	return func(s string) []byte {
		var out []byte
		for _, u := range utf16.Encode([]rune(string(mark) + s)) {
			if swap {
				u = u<<8 | u>>8
			}
			out = append(out, byte(u), byte(u>>8))
		}
		return out
	}
}

func windows1252(s string) []byte {
	b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

var writers = map[string]habit{
	"english":          {',', ".", "", "\n", func(s string) []byte { return []byte(s) }},
	"english grouped":  {',', ".", ",", "\r\n", func(s string) []byte { return []byte("\ufeff" + s) }},
	"french":           {';', ",", "\u202f", "\r\n", func(s string) []byte { return []byte("\ufeff" + s) }},
	"french windows":   {';', ",", "\u00a0", "\r\n", windows1252},
	"unicode text":     {'\t', ",", " ", "\r\n", utf16As(0xFEFF, false)},
	"unicode text big": {'\t', ".", "\u00a0", "\r\n", utf16As(0xFEFF, true)},
	"sep line":         {';', ",", "", "\n", func(s string) []byte { return []byte("sep=;\n" + s) }},
}

// number writes a number in the habit, with a zero in front where it would
// otherwise be ambiguous.
func (h habit) number(n figures.Num) string {
	text, minus := strings.CutPrefix(n.String(), "-")
	whole, frac, _ := strings.Cut(text, ".")
	if len(frac) == 3 && len(whole) <= 3 {
		whole = "0" + whole
	} else if h.group != "" {
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + h.group + whole[at:]
		}
	}
	// One group alone with a comma is ambiguous too.
	if strings.Count(whole, ",") == 1 && frac == "" {
		whole = strings.ReplaceAll(whole, ",", "")
	}
	if frac != "" {
		whole += h.decimal + frac
	}
	if minus {
		return "-" + whole
	}
	return whole
}

func (h habit) write(order []int, lines [][]string) []byte {
	var buf bytes.Buffer
	w := csv.NewWriter(&buf)
	w.Comma = h.separator
	for _, line := range lines {
		moved := make([]string, len(line))
		for i, at := range order {
			moved[i] = line[at]
		}
		if err := w.Write(moved); err != nil {
			panic(err)
		}
	}
	w.Flush()
	return h.encode(strings.ReplaceAll(buf.String(), "\n", h.end))
}

// What is written in any habit is read back, whatever the order of the columns.
func TestRead_RoundTrip(t *testing.T) {
	places := make([]int, len(Columns))
	for i := range places {
		places[i] = i
	}
	word := rapid.StringMatching(`[A-Za-z0-9\x{e9}\x{e0}\x{c9}"';,.&<>]([A-Za-z0-9 \x{e9}"';,]{0,12}[A-Za-z\x{e9}"])?`)
	for name, h := range writers {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				lines := [][]string{Columns}
				var want []string
				for range rapid.IntRange(1, 5).Draw(rt, "rows") {
					n := figures.Num{
						Micros: rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(rt, "micros"), Decimals: 6,
					}
					n = n.Rounded(-rapid.IntRange(0, 6).Draw(rt, "decimals"))
					period := rapid.SampledFrom([]string{"2024", "2024-H1", "2024-09", "FY2025", "/2027", "~2018", "undated"}).Draw(rt, "period")
					note := rapid.SampledFrom([]string{"", "a\nb", "c"}).Draw(rt, "note")
					date := rapid.SampledFrom([]string{"", "2025", "2025-03", "2025-03-31"}).Draw(rt, "date")
					w := func(label string) string { return word.Draw(rt, label) }
					line := []string{
						w("indicator"), w("segment"), period, h.number(n), w("unit"), w("series"), w("publisher"), w("country"), w("title"), date,
						"https://x.ma/" + rapid.StringMatching(`[a-z;,]*`).Draw(rt, "url"), note,
					}
					lines = append(lines, line)
					line = slices.Clone(line)
					line[3] = n.String()
					want = append(want, strings.Join(line[:11], "|")+fmt.Sprintf("|%q", note))
				}
				data := h.write(rapid.Permutation(places).Draw(rt, "order"), lines)
				rows, err := Read(data)
				if err != nil {
					rt.Fatal(err)
				}
				var got []string
				for _, r := range rows {
					got = append(got, without(show(r)))
				}
				if !slices.Equal(got, want) {
					rt.Fatalf("%q\ngot\n%s\nwant\n%s", data, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
			})
		})
	}
}

// Whatever the bytes are: every line is read or refused once, in order, and what
// is read is a figure that the text forms, and a table written of it, give back.
func FuzzRead(f *testing.F) {
	for _, h := range writers {
		f.Add(h.write([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, [][]string{
			Columns, {"exports", "ITO", "2024", "1" + h.decimal + "5", "MAD million", "none", "X", "", "", "2025", "", "a\nb"},
		}))
	}
	f.Add([]byte(heading + "exports;\"ITO;2024;1;u;none;X\n"))
	f.Add([]byte(heading + "exports;ITO;2024;1\u202f234\u00a0567,89;u;none;X\nexports;ITO;2024;-1,234,567.8;u;none;X\n"))
	f.Add(windows1252(heading + "exports;ITO;~2018;12,7 %;%;none;Le Mat\u00e9n\n"))
	f.Add([]byte(heading + "exports;ITO;2024;1;u;none;\"\u2028=\"\"X\"\"\"\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := Read(data)
		last := 1
		var taken []Row
		for _, r := range rows {
			if err != nil || r.Line <= last {
				t.Fatalf("line %d behind %d, error %v", r.Line, last, err)
			}
			last = r.Line
			if r.Refused != nil {
				continue
			}
			n, wrong := figures.ParseNum(r.Value.String())
			p, bad := figures.ParsePeriod(r.Period.String())
			if wrong != nil || bad != nil || n != r.Value || p != r.Period || r.Indicator == "" || r.Source.Publisher == "" {
				t.Fatalf("%+v: %v %v", r, wrong, bad)
			}
			taken = append(taken, r)
		}
		var again bytes.Buffer
		if err := Write(&again, taken); err != nil {
			t.Fatal(err)
		}
		back, err := Read(again.Bytes())
		options := []cmp.Option{cmp.AllowUnexported(figures.Period{}), cmpopts.IgnoreFields(Row{}, "Line"), cmpopts.EquateEmpty()}
		if diff := cmp.Diff(taken, back, options...); err != nil || diff != "" {
			t.Fatalf("%v\n%s\n%s", err, again.String(), diff)
		}
	})
}

// What the program writes, it reads back as it was: every figure that a file can
// bring, and every number of a pack.
func TestWrite_ReadBack(t *testing.T) {
	word := rapid.StringMatching(`[A-Za-z\x{e9}"=;,]([A-Za-z0-9 \x{e9}"';,]{0,12}[A-Za-z\x{e9}"])?`)
	periods := []string{"2024", "2024-H1", "2024-Q3", "2024-09", "2014/2020", "/2027", "2025/", "FY2025", "~2018", "undated"}
	rapid.Check(t, func(rt *rapid.T) {
		var want []Row
		line := 2
		for range rapid.IntRange(0, 5).Draw(rt, "rows") {
			n := figures.Num{Micros: rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(rt, "micros"), Decimals: 6}
			p, err := figures.ParsePeriod(rapid.SampledFrom(periods).Draw(rt, "period"))
			if err != nil {
				rt.Fatal(err)
			}
			r := Row{
				Line: line,
				Key: figures.Key{
					Indicator: word.Draw(rt, "indicator"), Segment: word.Draw(rt, "segment"), Period: p,
					Unit:   rapid.SampledFrom([]string{"MAD million", "%"}).Draw(rt, "unit"),
					Series: word.Draw(rt, "series"), Country: rapid.SampledFrom([]string{"", "MA"}).Draw(rt, "country"),
				},
				Value: n.Rounded(-rapid.IntRange(0, 6).Draw(rt, "decimals")),
				Source: rules.Source{
					Publisher: word.Draw(rt, "publisher"), Title: rapid.SampledFrom([]string{"", "a, b", "\"q\""}).Draw(rt, "title"),
					Date: rapid.SampledFrom([]string{"", "2025", "2025-03", "2025-03-04"}).Draw(rt, "date"),
					URL:  rapid.SampledFrom([]string{"", "https://x.ma/?a=1,2"}).Draw(rt, "url"),
				},
				Note: rapid.SampledFrom([]string{"", "a\nb", "c;\"d\"\n\ne"}).Draw(rt, "note"),
			}
			line += 1 + strings.Count(r.Note, "\n")
			want = append(want, r)
		}
		var data bytes.Buffer
		if err := Write(&data, want); err != nil {
			rt.Fatal(err)
		}
		got, err := Read(data.Bytes())
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(figures.Period{})); err != nil || diff != "" {
			rt.Fatalf("%v\n%s\n%s", err, data.String(), diff)
		}
	})
}

func TestWrite_CutsALongNote(t *testing.T) {
	r := row(t)
	r.Note = strings.Repeat("\u00e9", maxNote) + "x"
	var data bytes.Buffer
	if err := Write(&data, []Row{r}); err != nil {
		t.Fatal(err)
	}
	got, err := Read(data.Bytes())
	if err != nil || len(got) != 1 || got[0].Refused != nil || len([]rune(got[0].Note)) != maxNote {
		t.Errorf("%+v %v", got, err)
	}
}

// row is a line that is read without a fault.
func row(t *testing.T) Row {
	t.Helper()
	rows, err := Read([]byte(heading + "exports;ITO;2024;1;MAD million;none;X\n"))
	if err != nil || len(rows) != 1 || rows[0].Refused != nil {
		t.Fatal(rows, err)
	}
	return rows[0]
}

func BenchmarkRead100000(b *testing.B) {
	data := []byte(heading + strings.Repeat("exports;ITO;2024;3\u202f456,7;MAD million;OC-2025;Office des changes;2025-03;https://oc.gov.ma;tableau\n", 100_000))
	for b.Loop() {
		if rows, err := Read(data); err != nil || len(rows) != 100_000 || rows[7].Refused != nil {
			b.Fatal(len(rows), err)
		}
	}
}
