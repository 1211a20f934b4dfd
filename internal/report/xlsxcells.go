package report

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
	"github.com/xuri/excelize/v2"

	"atlasp2i/internal/document"
	"atlasp2i/internal/look"
)

// styleKey is what sets a cell's looks apart.
type styleKey struct {
	title, plain, head, total bool // a row of words, column titles, a total; else a cell
	left, strong, muted       bool
	format                    string
}

const sheetFont = "Calibri"

func (b *workbook) style(k styleKey) (int, error) {
	if id, ok := b.styles[k]; ok {
		return id, nil
	}
	st := &excelize.Style{
		Font:      &excelize.Font{Bold: k.head || k.title || k.strong || k.total, Color: hex(look.Ink), Size: 10, Family: sheetFont},
		Alignment: &excelize.Alignment{Vertical: "top", Horizontal: "right", WrapText: k.left || k.head},
	}
	if k.muted {
		st.Font.Color = hex(look.Muted)
	}
	if k.left != (b.doc.Lang == "ar") {
		st.Alignment.Horizontal = "left"
	}
	if k.left {
		st.Alignment.Indent = 1 // from the numbers beside it
	}
	edge := func(side string, thick int, c look.Pair) {
		st.Border = []excelize.Border{{Type: side, Style: thick, Color: hex(c)}}
	}
	switch {
	case k.title:
		st.Font.Size, st.Font.Color = 13, hex(look.Primary)
		st.Alignment = nil
	case k.plain:
		st.Alignment = nil
	case k.head:
		edge("bottom", 2, look.Primary)
	case k.total:
		edge("top", 1, look.Primary)
	default:
		edge("bottom", 4, look.Line)
	}
	if k.format != "" {
		st.CustomNumFmt = &k.format
	}
	id, err := b.file.NewStyle(st)
	if err == nil {
		b.styles[k] = id
	}
	return id, err
}

func hex(c look.Pair) string {
	return fmt.Sprintf("%02X%02X%02X", c.Light.R, c.Light.G, c.Light.B)
}

// format is the format of a value: spreadsheets write groups and decimal sign in
// the way of their reader.
func format(v *document.Value) string {
	places := ""
	if v.Places > 0 {
		places = "." + strings.Repeat("0", v.Places)
	}
	if v.Unit == "%" {
		return "0" + places + "%"
	}
	return "#,##0" + places
}

// number is the value as the sheet keeps it: a percentage as a part of one.
func number(v *document.Value) (decimal.Decimal, error) {
	d, err := decimal.NewFromString(string(v.Decimal))
	if err != nil {
		return d, fmt.Errorf("report: a value is no number: %q", v.Decimal)
	}
	if v.Unit == "%" {
		d = d.Shift(-2)
	}
	return d, nil
}

// spot is a cell of a sheet, both counted from 1.
type spot struct{ column, row int }

func (s spot) name() (string, error) { return excelize.CoordinatesToCellName(s.column, s.row) }

// write puts a cell on the sheet. A text is always a text, whatever it begins
// with: nothing that a visitor typed becomes a formula.
func (b *workbook) write(s *sheet, at spot, c document.Cell, k styleKey) error {
	name, err := at.name()
	if err != nil {
		return err
	}
	k.strong, k.muted = k.strong || c.Strong, k.muted || c.Muted
	if c.Value != nil {
		k.format = format(c.Value)
		exact, err := number(c.Value)
		if err != nil {
			return err
		}
		if err := b.file.SetCellValue(s.name, name, exact.InexactFloat64()); err != nil {
			return err
		}
	} else if err := b.file.SetCellStr(s.name, name, clean(c.Text)); err != nil {
		return err
	}
	id, err := b.style(k)
	if err != nil {
		return err
	}
	return b.file.SetCellStyle(s.name, name, name, id)
}

// needs keeps the room for a cell: the sheet may write a number with more
// decimals than the paper.
func (s *sheet) needs(column int, c document.Cell) {
	s.wide(column, c.Text)
	if c.Value != nil {
		s.wide(column, c.Text+strings.Repeat("0", c.Value.Places+1))
	}
}

// wide keeps how many letters a column needs.
func (s *sheet) wide(column int, text string) {
	for len(s.widths) < column {
		s.widths = append(s.widths, 0)
	}
	s.widths[column-1] = max(s.widths[column-1], float64(utf8.RuneCountInString(text)))
}

// heading is the title of a block and the unit of its amounts.
func (b *workbook) heading(s *sheet, title, unit string) error {
	if err := b.said(s, title, styleKey{title: true}); err != nil {
		return err
	}
	return b.said(s, unit, styleKey{plain: true, muted: true})
}

// said is a row of words that belong to no column, where there are any.
func (b *workbook) said(s *sheet, text string, k styleKey) error {
	if text == "" {
		return nil
	}
	defer func() { s.row++ }()
	return b.write(s, spot{1, s.row}, document.Cell{Text: text}, k)
}

func (b *workbook) pairs(p document.Pairs) error {
	if p.Sheet == "" {
		return nil
	}
	s, err := b.sheet(p.Sheet)
	if err != nil {
		return err
	}
	if err := b.heading(s, p.Title, ""); err != nil {
		return err
	}
	for _, pair := range p.Pairs {
		name, k := document.Cell{Text: pair.Name}, styleKey{left: true}
		if u := unitOf(pair.Cell); u != "" {
			name.Text += " (" + u + ")"
		}
		if err := b.write(s, spot{1, s.row}, name, styleKey{left: true}); err != nil {
			return err
		}
		if err := b.write(s, spot{2, s.row}, pair.Cell, k); err != nil {
			return err
		}
		s.wide(1, name.Text)
		s.needs(2, pair.Cell)
		if pair.Assumed && pair.Cell.Value != nil { // the number cannot say it
			if err := b.write(s, spot{3, s.row}, document.Cell{Text: pair.Cell.Text, Muted: true}, styleKey{left: true}); err != nil {
				return err
			}
			s.wide(3, pair.Cell.Text)
		}
		s.row++
	}
	return nil
}

// unitOf is the unit of a cell that its number format does not show and that is
// written alike in all languages: a currency.
func unitOf(c document.Cell) string {
	if c.Value == nil || len(c.Value.Unit) != 3 || strings.ToUpper(c.Value.Unit) != c.Value.Unit {
		return ""
	}
	return c.Value.Unit
}

// numbered writes the parts of the file with the results of formulas as numbers:
// the library marks each as text, and then a reader that does not compute shows
// text. No text of a cell holds this mark, since there < is escaped.
func numbered(w io.Writer) excelize.ZipWriter { return zipWriter{zip.NewWriter(w)} }

type zipWriter struct{ *zip.Writer }

func (z zipWriter) Create(name string) (io.Writer, error) {
	w, err := z.Writer.Create(name)
	return numbers{w}, err
}

type numbers struct{ io.Writer }

// Write takes a whole part at once, as the library gives it.
func (n numbers) Write(part []byte) (int, error) {
	if _, err := n.Writer.Write(bytes.ReplaceAll(part, []byte(` t="str"><f>`), []byte(`><f>`))); err != nil {
		return 0, err
	}
	return len(part), nil
}
