package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

const ratesFile = "test/versus/sheet/rates.csv"

// inputs are the cells B1 to B8 of a case's sheet.
var inputs = []string{"count", "pay", "raise", "dependants", "moroccan share", "attrition", "export share", "opened"}

// Rows and columns of a case's sheet: one row a month, then beside them one row a year.
const (
	monthRow = 12
	yearRow  = 12
)

// monthly are the columns from A on, {r} the row; {first} is the first row of months,
// so that A counts the months from 0 at the hire. Words in capitals name rates.
var monthly = []struct{ title, formula string }{
	{"month", "ROW()-{first}"},
	{"year", "{year}+INT(A{r}/12)"},
	{"heads", "ROUND($B$1*(1-$B$6)^(A{r}/12),6)"},
	{"pay", "ROUND($B$2*(1+$B$3)^INT(A{r}/12),2)"},
	{"gross", "12*D{r}"},
	{"costs", "IF(E{r}<=COSTS_LIMIT,COSTS_LOW*E{r},MIN(COSTS_HIGH*E{r},COSTS_MAX))"},
	{"taxable", "E{r}-F{r}-CNSS_RATE*12*MIN(D{r},CNSS_CEILING)-AMO_RATE*E{r}"},
	{"IR", "MAX(0,SUMPRODUCT((G{r}>SCALE_FROM)*(G{r}-SCALE_FROM)*SCALE_STEP)-DEPENDANT*MIN($B$4,DEPENDANTS_MAX))"},
	{"grossPay", "D{r}*C{r}"},
	{"employerCharges", "(CNSS_EMPLOYER*MIN(D{r},CNSS_CEILING)+OTHER_EMPLOYER*D{r})*C{r}"},
	{"incomeTax", "H{r}*C{r}/12"},
	{"AIR", "MAX(0,H{r}-AIR_CAP*E{r})*C{r}*$B$7/12"},
	{"PAE", "IF(A{r}=PAE_STAY,PAE_RATE*MIN(12*$B$2,PREMIUM_CEILING)*C{r}*$B$5,0)"},
	{"PAF", "PAF_RATE*MIN(D{r},PREMIUM_CEILING/12)*C{r}*$B$5"},
}

// yearly are the columns from Q on: the year, its profit, then the lines. {sum} adds
// up the months of the year in the column that follows it.
var yearly = []struct{ title, formula string }{
	{"year", "{year}+ROW()-{first}"},
	{"profit", ""},
	{"grossPay", "{sum}I"},
	{"employerCharges", "{sum}J"},
	{"incomeTax", "{sum}K"},
	{"AIR", "{sum}L"},
	{"PAE", "{sum}M"},
	{"PAF", "{sum}N"},
	{"corporateTax", "ROUND(IF(Q{r}<$B$8+IS_EXEMPT,0,R{r}*IF(R{r}>=IS_LIMIT,IS_HIGH,IS_RATE)),2)"},
	{"AIS", "ROUND(AIS_RATE*Y{r}*$B$7,2)"},
}

const firstYearly = 'Q'

// workbook writes one sheet of real formulas for each case, without their values: who
// opens it has to compute them.
func (o *ours) workbook(file string, cases []Case) error {
	f := excelize.NewFile()
	defer f.Close() // nothing of it is on the disk
	w := &sheetWriter{file: f, years: o.years(), year: strconv.Itoa(o.first())}
	if err := w.rates(); err != nil {
		return err
	}
	for i, c := range cases {
		w.sheet = fmt.Sprintf("Case%d", i)
		if _, err := f.NewSheet(w.sheet); err != nil {
			return err
		}
		w.one(c)
	}
	if w.err != nil {
		return w.err
	}
	return f.SaveAs(file)
}

// sheetWriter keeps the first error, as every cell may fail.
type sheetWriter struct {
	file        *excelize.File
	sheet, year string
	years       int
	err         error
}

func (w *sheetWriter) put(cell string, value any) {
	if w.err == nil {
		w.err = w.file.SetCellValue(w.sheet, cell, value)
	}
}

func (w *sheetWriter) formula(col rune, row, first int, text string) {
	if after, isSum := strings.CutPrefix(text, "{sum}"); isSum {
		end := monthRow + 12*w.years - 1
		text = fmt.Sprintf("ROUND(SUMIF($B$%d:$B$%d,Q{r},%s$%d:%s$%d),2)", monthRow, end, after, monthRow, after, end)
	}
	text = strings.NewReplacer("{r}", strconv.Itoa(row), "{first}", strconv.Itoa(first), "{year}", w.year).Replace(text)
	if w.err == nil && text != "" {
		w.err = w.file.SetCellFormula(w.sheet, fmt.Sprintf("%c%d", col, row), text)
	}
}

// rates writes the sheet of the rates, each cell with its name; those of the scale of
// IR, which say from where on how much more is due, as two lists.
func (w *sheetWriter) rates() error {
	data, err := os.Open(ratesFile)
	if err != nil {
		return err
	}
	defer data.Close()
	rows, err := csv.NewReader(data).ReadAll()
	if err != nil {
		return err
	}
	w.sheet = "Sheet1"
	scale := 0
	for i, row := range rows {
		value, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			return err
		}
		w.put(fmt.Sprintf("B%d", i+1), value)
		from, isStep := strings.CutPrefix(row[0], "SCALE_")
		if !isStep {
			w.name(row[0], fmt.Sprintf("Sheet1!$B$%d", i+1))
			continue
		}
		if scale == 0 {
			scale = i + 1
		}
		limit, err := strconv.ParseFloat(from, 64)
		if err != nil {
			return err
		}
		w.put(fmt.Sprintf("A%d", i+1), limit)
	}
	w.name("SCALE_FROM", fmt.Sprintf("Sheet1!$A$%d:$A$%d", scale, len(rows)))
	w.name("SCALE_STEP", fmt.Sprintf("Sheet1!$B$%d:$B$%d", scale, len(rows)))
	return w.err
}

func (w *sheetWriter) name(name, cells string) {
	if w.err == nil {
		w.err = w.file.SetDefinedName(&excelize.DefinedName{Name: name, RefersTo: cells})
	}
}

// one writes the sheet of a case.
func (w *sheetWriter) one(c Case) {
	share := func(v int64) float64 { return float64(v) / 1e6 }
	for i, v := range []any{
		c.Count, float64(c.Pay) / 100, share(int64(c.Raise)), c.Dependants,
		share(int64(c.Moroccan)), share(int64(c.Attrition)), share(int64(c.Export)), c.Opened,
	} {
		w.put(fmt.Sprintf("A%d", i+1), inputs[i])
		w.put(fmt.Sprintf("B%d", i+1), v)
	}
	for i, column := range monthly {
		w.put(fmt.Sprintf("%c%d", 'A'+i, monthRow-1), column.title)
		for m := range 12 * w.years {
			w.formula(rune('A'+i), monthRow+m, monthRow, column.formula)
		}
	}
	for i, column := range yearly {
		w.put(fmt.Sprintf("%c%d", firstYearly+i, yearRow-1), column.title)
		for y := range w.years {
			w.formula(rune(firstYearly+i), yearRow+y, yearRow, column.formula)
		}
	}
	for y, taxable := range c.Profits {
		w.put(fmt.Sprintf("%c%d", firstYearly+1, yearRow+y), float64(taxable)/100)
	}
}

// results reads the lines of the first n cases of a computed workbook.
func (o *ours) results(file string, n int) ([][]float64, error) {
	f, err := excelize.OpenFile(file, excelize.Options{RawCellValue: true})
	if err != nil {
		return nil, err
	}
	defer f.Close() // nothing was written to it
	var all [][]float64
	for i := range n {
		var row []float64
		for y := range o.years() {
			for l := range lines {
				cell := fmt.Sprintf("%c%d", firstYearly+2+l, yearRow+y)
				text, err := f.GetCellValue(fmt.Sprintf("Case%d", i), cell)
				if err != nil {
					return nil, err
				}
				v, err := strconv.ParseFloat(text, 64)
				if err != nil {
					return nil, fmt.Errorf("%s, case %d, cell %s: %w", file, i, cell, err)
				}
				row = append(row, v)
			}
		}
		all = append(all, row)
	}
	return all, nil
}
