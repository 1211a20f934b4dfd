package report

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

func opened(t testing.TB, d *document.Document) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := XLSX(&out, d); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// raw is what a cell holds, without its format.
func raw(t testing.TB, f *excelize.File, sheet, cell string) string {
	t.Helper()
	v, err := f.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestXLSX_SheetsAndNumbers(t *testing.T) {
	f := opened(t, sample())
	if got := strings.Join(f.GetSheetList(), "|"); got != "Mesures|R\u00f4les|Hypoth\u00e8ses|Calendrier" {
		t.Errorf("the sheets are %s", got)
	}
	for cell, want := range map[string]string{"A1": "Ce que rapporte chaque mesure", "A2": "Montants en MAD", "C3": "Par d\u00e9faut (MAD)", "C4": "10529242", "D4": "\u2013", "A8": "Total", "C8": "14669242"} {
		if got := raw(t, f, "Mesures", cell); got != want {
			t.Errorf("%s holds %q, want %q", cell, got, want)
		}
	}
	if shown, err := f.GetCellValue("Mesures", "C4"); err != nil || shown != "10,529,242.00" {
		t.Errorf("C4 shows %q, %v", shown, err)
	}
	if kind, err := f.GetCellType("Mesures", "C4"); err != nil || kind == excelize.CellTypeSharedString {
		t.Errorf("C4 is of type %v, %v", kind, err)
	}
	if got := raw(t, f, "Hypoth\u00e8ses", "B4"); got != "1" {
		t.Errorf("100 %% is %q", got)
	}
	if shown, err := f.GetCellValue("Hypoth\u00e8ses", "B4"); err != nil || shown != "100.0%" {
		t.Errorf("100 %% shows %q, %v", shown, err)
	}
	if got := raw(t, f, "Hypoth\u00e8ses", "A3"); got != "Brut par mois (MAD)" {
		t.Errorf("the unit of an input is not said: %q", got)
	}
	panes, err := f.GetPanes("Calendrier")
	if err != nil || !panes.Freeze || panes.YSplit != 3 {
		t.Errorf("the column titles do not stay: %+v, %v", panes, err)
	}
	layout, err := f.GetPageLayout("Calendrier")
	if err != nil || *layout.Size != a4 || *layout.Orientation != "landscape" {
		t.Errorf("the sheet prints as %+v, %v", layout, err)
	}
}

// A formula stands where a sum is, holds its value and comes to it.
func TestXLSX_SumsAreFormulas(t *testing.T) {
	f := opened(t, sample())
	for sheet, cells := range map[string]map[string]string{"Mesures": {"C8": "SUM(C4:C7)"}, "Calendrier": {"E5": "SUM(B5:D5)", "E18": "SUM(B18:D18)"}} {
		for cell, want := range cells {
			got, err := f.GetCellFormula(sheet, cell)
			if err != nil || got != want {
				t.Errorf("%s %s is %q, want %q (%v)", sheet, cell, got, want, err)
			}
			computed, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			if err != nil || computed != raw(t, f, sheet, cell) {
				t.Errorf("%s %s holds %s and comes to %s (%v)", sheet, cell, raw(t, f, sheet, cell), computed, err)
			}
			if kind, err := f.GetCellType(sheet, cell); err != nil || kind == excelize.CellTypeFormula || kind == excelize.CellTypeSharedString {
				t.Errorf("%s %s is kept as text (%v, %v)", sheet, cell, kind, err)
			}
		}
	}
}

func sums(value string, refs ...document.Ref) *document.Document {
	cell := func(n string) document.Cell {
		return document.Cell{Text: n, Value: &document.Value{Decimal: domain.Decimal(n), Unit: "MAD", Places: 2}}
	}
	total := cell(value)
	total.Sum = refs
	return &document.Document{Lang: "fr", Made: made, Blocks: []document.Block{document.Table{
		Sheet: "s", Columns: []document.Column{{Title: "a"}, {Title: "b"}, {Title: "c"}},
		Rows: []document.Row{{Cells: []document.Cell{cell("0.10"), cell("0.20"), cell("5")}}, {Cells: []document.Cell{cell("1"), words("-"), total}}},
	}}}
}

func TestXLSX_Sums(t *testing.T) {
	ref := func(row, column int) document.Ref { return document.Ref{Row: row, Column: column} }
	minus := document.Ref{Row: 0, Column: 0, Minus: true}
	for want, d := range map[string]*document.Document{
		"SUM(A2:B2)":    sums("0.3", ref(0, 0), ref(0, 1)),
		"SUM(A2:A3)+C2": sums("6.1", ref(0, 0), ref(1, 0), ref(0, 2)),
		"C2-A2":         sums("4.90", ref(0, 2), minus),
		"-A2+C2":        sums("4.90", minus, ref(0, 2)),
	} {
		if got, err := opened(t, d).GetCellFormula("s", "C3"); err != nil || got != want {
			t.Errorf("%q, want %q (%v)", got, want, err)
		}
	}
	for name, d := range map[string]*document.Document{
		"another sum": sums("0.31", ref(0, 0), ref(0, 1)), "no value": sums("0.1", ref(0, 0), ref(1, 1)), "not there": sums("0.1", ref(2, 0)), "before the first": sums("0.1", ref(0, -1)),
	} {
		var out bytes.Buffer
		if err := XLSX(&out, d); err == nil || out.Len() > 0 {
			t.Errorf("%s is written", name)
		}
	}
}

// A number with two decimals comes back as it was, up to ten million millions.
func TestXLSX_CentimesAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e15, 1e15).Draw(t, "centimes")
		want := fmt.Sprintf("%d.%02d", n/100, max(n%100, -n%100))
		if n < 0 && n > -100 {
			want = "-" + want
		}
		v, err := number(&document.Value{Decimal: domain.Decimal(want), Unit: "MAD"})
		if err != nil {
			t.Fatal(err)
		}
		if got := strconv.FormatFloat(v.InexactFloat64(), 'f', 2, 64); got != want && want != "0.00" {
			t.Fatalf("%s came back as %s", want, got)
		}
	})
	if _, err := number(&document.Value{Decimal: "1 000"}); err == nil {
		t.Error("a text is taken for a number")
	}
}

func TestXLSX_SameDocumentSameBytes(t *testing.T) {
	var first bytes.Buffer
	if err := XLSX(&first, sample()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		var again bytes.Buffer
		if err := XLSX(&again, sample()); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Fatal("the same document gives another workbook", err)
		}
	}
}

var nasty = []string{`=HYPERLINK("http://x")`, "+1+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1"}

func TestXLSX_WordsAreNeverFormulas(t *testing.T) {
	for _, text := range nasty {
		d := sums("0.3", document.Ref{}, document.Ref{Column: 1})
		table := d.Blocks[0].(document.Table)
		table.Columns[0].Title, table.Rows[1].Cells[1] = text, words(text)
		f := opened(t, d)
		for _, cell := range []string{"A1", "B3"} {
			formula, err := f.GetCellFormula("s", cell)
			kind, other := f.GetCellType("s", cell)
			if err != nil || other != nil || formula != "" || kind != excelize.CellTypeSharedString {
				t.Errorf("%q became %q, of type %v", text, formula, kind)
			}
		}
	}
}

func TestXLSX_NamesOfSheets(t *testing.T) {
	d := sample()
	d.Blocks = nil
	for _, name := range []string{"a/b:c*[d]", "A B C D", longName, longName + "x", "'x'", "x", "x", "???"} {
		table := measures()
		table.Sheet = name
		d.Blocks = append(d.Blocks, table)
	}
	got := opened(t, d).GetSheetList()
	if len(got) != 7 {
		t.Errorf("%d sheets: %q", len(got), got)
	}
	for _, name := range got {
		if len([]rune(name)) > 31 || strings.ContainsAny(name, `:\/?*[]`) {
			t.Errorf("%q is no name of a sheet", name)
		}
	}
}

func TestXLSX_FromTheRight(t *testing.T) {
	d := arabicSample()
	table := measures()
	d.Blocks = append(d.Blocks, table)
	view, err := opened(t, d).GetSheetView(table.Sheet, 0)
	if err != nil || !*view.RightToLeft {
		t.Errorf("the sheet is read from the left: %v", err)
	}
}

func TestCSV(t *testing.T) {
	table := measures()
	table.Rows[0].Cells[0] = words(nasty[0])
	var out bytes.Buffer
	if err := CSV(&out, table); err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff")))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil || len(rows) != 6 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if rows[0][2] != "Par d\u00e9faut (MAD)" || rows[1][2] != "10529242.00" || rows[1][0] != "'"+nasty[0] {
		t.Errorf("the table says %q", rows[:2])
	}
	for _, text := range nasty {
		if strings.ContainsAny(harmless(text)[:1], "=+-@\t ") {
			t.Errorf("%q is left as it is", text)
		}
	}
}
