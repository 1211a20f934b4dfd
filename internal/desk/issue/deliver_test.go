package issue

import (
	"bytes"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"

	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store/disk"
)

// A folder that takes no file is said, what was there stays, nothing is left
// beside it, and the paper can be written elsewhere.
func TestWrite_WhereNothingCanBeWritten(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	d, err := c.PaperDocument(&p, Extra{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	blocked := filepath.Join(dir, "papier.pdf")
	if err := os.Mkdir(blocked+disk.Temp, 0o700); err != nil { // no file can stand under this name
		t.Fatal(err)
	}
	if err := os.WriteFile(blocked, []byte("avant"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := c.Write(blocked, d); err == nil {
		t.Error("nothing was said")
	}
	if was, err := os.ReadFile(blocked); err != nil || string(was) != "avant" {
		t.Errorf("the file before is %q, %v", was, err)
	}
	if os.Geteuid() != 0 { // for the superuser no folder is read-only
		shut := filepath.Join(dir, "shut")
		if err := os.Mkdir(shut, 0o500); err != nil {
			t.Fatal(err)
		}
		var access *disk.AccessError
		if err := c.Write(filepath.Join(shut, "papier.pdf"), d); !errors.As(err, &access) {
			t.Errorf("a read-only folder: %v", err)
		}
		if left, _ := os.ReadDir(shut); len(left) > 0 {
			t.Errorf("left behind: %v", left)
		}
	}
	if v, err := c.Verify(p.Head.Number); err != nil || !v.Exact {
		t.Errorf("the paper is %+v, %v", v, err)
	}
	if err := c.Write(filepath.Join(dir, "ailleurs.pdf"), d); err != nil {
		t.Error(err)
	}
	if err := c.Write(filepath.Join(dir, "papier.doc"), d); err == nil {
		t.Error("a file of another kind is written")
	}
}

// The workbook of a whole paper has its sheets in the order of the paper, and its
// formulas come to the values that stand in them, also where a profit is unknown.
func TestWorkbook_OfAPaper(t *testing.T) {
	c := open(t)
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2028-01", 40), calctest.Role("9000.00", "2028-03", 7))
	eightYears := 96
	p.Months = &eightYears
	d, err := c.DraftDocument(desk.Draft{Project: p}, Extra{Parts: parts(t, c.Office, p)})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := c.Print(&out, XLSX, d); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts := c.p.Desk.Texts()
	sheets := f.GetSheetList()
	for i, key := range []string{"answer", "statement", "roles", "calendar", "compare", "scenarios", "inputs", "sources"} {
		if want := texts.Text("paper.sheet." + key); i >= len(sheets) || sheets[i] != want {
			t.Fatalf("the sheets are %v; %q is not number %d", sheets, want, i+1)
		}
	}
	formulas := 0
	for _, sheet := range sheets {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x, held := range row {
				cell, err := excelize.CoordinatesToCellName(x+1, y+1)
				if err != nil {
					t.Fatal(err)
				}
				if formula, err := f.GetCellFormula(sheet, cell); err != nil || formula == "" {
					continue
				}
				formulas++
				computed, err := f.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
				if err != nil || !near(computed, held) {
					t.Errorf("%s %s holds %s and comes to %s (%v)", sheet, cell, held, computed, err)
				}
			}
		}
	}
	if formulas < 50 {
		t.Errorf("%d formulas", formulas)
	}
}

// near is whether two numbers are the same to the centime.
func near(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return errX == nil && errY == nil && math.Abs(x-y) < 0.005
}

// From the confirmation to the file: issue, document and PDF.
func BenchmarkIssueToPDF(b *testing.B) {
	c := open(b)
	c.issue(b)
	dir := b.TempDir()
	for name, p := range hard() {
		for short, kind := range map[bool]string{true: "one page", false: "whole"} {
			b.Run(name+", "+kind, func(b *testing.B) {
				for b.Loop() {
					paper, _, err := c.Issue(Order{Draft: desk.Draft{Project: p}, Check: checked})
					if err != nil {
						b.Fatal(err)
					}
					d, err := c.PaperDocument(&paper, Extra{Short: short})
					if err != nil {
						b.Fatal(err)
					}
					if err := c.Write(filepath.Join(dir, paper.Head.Number+PDF), d); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
