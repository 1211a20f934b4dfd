package result

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/paper"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/report"
	"atlasp2i/internal/report/reporttest"
)

// headless is what the command says of a project: amounts in MAD, as written.
type headless struct {
	Totals map[string]json.RawMessage
	Years  []map[string]json.RawMessage
}

// keys are the names that the command gives the lines of a statement.
var keys = map[string]string{
	calc.LineGross: "grossPay", calc.LineCharges: "employerCharges", calc.LineTax: "incomeTax", calc.LineCorpTax: "corporateTax",
	calc.LineBenefits: "benefits", domain.AIR: "AIR", domain.PAE: "PAE", domain.PAF: "PAF", domain.AIS: "AIS",
}

// amount reads an amount, alone or as the value of a range.
func amount(t *testing.T, raw json.RawMessage) domain.Money {
	t.Helper()
	var ranged struct{ Value string }
	text := strings.Trim(string(raw), `"`)
	if json.Unmarshal(raw, &ranged) == nil && ranged.Value != "" {
		text = ranged.Value
	}
	m, err := domain.ParseMoney(text)
	if err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return m
}

func (b *bench) headless(t *testing.T, d *desk.Desk, p domain.Project) headless {
	t.Helper()
	in, err := project.Write(p)
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	status := cli.Run(cli.Params{
		Args: []string{"estimate", "-", "--json"}, Stdin: bytes.NewReader(in), Stdout: &out, Stderr: &errs, Texts: b.texts,
		OwnDesk: func(string, string) (*desk.Desk, func() error, error) { return d, func() error { return nil }, nil },
	})
	if status != cli.ExitOK {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	var said headless
	if err := json.Unmarshal(out.Bytes(), &said); err != nil {
		t.Fatal(err)
	}
	return said
}

// drawn is the words of the PDF and the statement of the workbook of a document.
func drawn(t *testing.T, d *document.Document, sheet string) (words []string, rows [][]string) {
	t.Helper()
	var pdf, book bytes.Buffer
	if err := report.PDF(&pdf, d); err != nil {
		t.Fatal(err)
	}
	for _, page := range reporttest.Pages(t, pdf.Bytes()) {
		words = append(words, page...)
	}
	if err := report.XLSX(&book, d); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&book)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if rows, err = f.GetRows(sheet, excelize.Options{RawCellValue: true}); err != nil {
		t.Fatal(err)
	}
	return words, rows
}

// figuresOf leaves of a paper the tables that are compared: the rest is long to
// draw.
func figuresOf(d *document.Document, texts *i18n.Catalogue) *document.Document {
	out := *d
	out.Blocks = slices.DeleteFunc(slices.Clone(d.Blocks), func(b document.Block) bool {
		table, ok := b.(document.Table)
		return !ok || table.Sheet != texts.Text("paper.sheet.answer") && table.Sheet != texts.Text("paper.sheet.statement")
	})
	return &out
}

// The screen, the PDF, the workbook and the command say the same of a project:
// each amount of the statement by year, and each benefit.
func TestFiguresAreTheSameEverywhere(t *testing.T) {
	projects := 200
	if testing.Short() { // as under the race detector, which draws ten times as slowly
		projects = 20
	}
	b := newBench(t)
	d, err := desk.New(desk.Params{Pack: b.pack, PackFiles: assets.PackFiles(), Texts: b.texts})
	if err != nil {
		t.Fatal(err)
	}
	generated := calctest.Projects(b.eng, calctest.Shape{Months: 60})
	f := b.texts.Formatter()
	for seed := range projects {
		p := generated.Example(seed)
		c := calctest.Case(t, b.eng, p)
		r, said := c.Result(), b.headless(t, d, p)
		screen := newPresenter(b.texts, b.pack).present(r, false)
		whole := paper.Document(paper.Source{Texts: b.texts, Pack: b.pack, Case: c, Result: r, Place: p.Site, Sheet: paper.Sheet{Made: time.Unix(1, 0)}})
		words, rows := drawn(t, figuresOf(whole, b.texts), b.texts.Text("paper.sheet.statement"))
		counts := map[string]int{}
		for _, w := range words {
			counts[w]++
		}
		for i, code := range domain.Benefits {
			want := desk.SayExtent(b.texts, r.Extent(code), f.Amount(amount(t, said.Totals[code])))
			if screen.cards[i].amount != want || counts[want] == 0 {
				t.Errorf("project %d, %s: %s headless, %s on the screen; on paper: %v", seed, code, want, screen.cards[i].amount, counts[want] > 0)
			}
		}
		for _, key := range sheetLines {
			i := slices.IndexFunc(screen.sheet.lines, func(l line) bool { return l.key == key })
			label := b.texts.Text("line." + key)
			inBook := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == label })
			for y := range r.Years {
				exact, extent := amount(t, said.Years[y][keys[key]]), r.Years[y].Extent(key)
				want := desk.SayExtent(b.texts, extent, f.AmountExact(exact))
				if counts[want]--; counts[want] < 0 {
					t.Errorf("project %d, %s: %s headless, not on paper", seed, label, want)
				}
				if i >= 0 { // the screen leaves corporate tax out where it is exempt throughout
					if got, want := screen.sheet.lines[i].cells[y].text, desk.SayExtent(b.texts, extent, f.Amount(exact)); got != want {
						t.Errorf("project %d, %s: %s headless, %s on the screen", seed, label, want, got)
					}
				}
				if got := rows[inBook][y+1]; extent != calc.NotKnown && centimes(t, got) != exact {
					t.Errorf("project %d, %s: %s headless, %s in the workbook", seed, label, exact, got)
				}
			}
		}
	}
}

// centimes reads a number of a workbook.
func centimes(t *testing.T, written string) domain.Money {
	t.Helper()
	x, err := strconv.ParseFloat(written, 64)
	if err != nil {
		t.Fatal(err)
	}
	return domain.Money(math.Round(x * 100))
}
