package report

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"atlasp2i/internal/document"
)

// XLSX writes a workbook: a sheet for each name that the tables and pairs of the
// document give, in their order. Numbers are numbers with a format, a cell with
// Sum is a formula that holds its value too. What is said of the document has to
// be true: a sum that is not that of its cells is an error. Nothing is written
// then.
func XLSX(w io.Writer, d *document.Document) error {
	if d.Made.IsZero() {
		return errUndated
	}
	book := &workbook{doc: d, file: excelize.NewFile(), sheets: map[string]*sheet{}, styles: map[styleKey]int{}}
	defer book.file.Close() // nothing of it is on the disk
	for _, b := range d.Blocks {
		var err error
		switch b := b.(type) {
		case document.Table:
			err = book.table(b)
		case document.Pairs:
			err = book.pairs(b)
		}
		if err != nil {
			return err
		}
	}
	if err := book.finish(); err != nil {
		return err
	}
	var out bytes.Buffer
	book.file.SetZipWriter(numbered)
	if err := book.file.Write(&out); err != nil {
		return err
	}
	_, err := out.WriteTo(w)
	return err
}

// workbook is the file and the sheets begun in it.
type workbook struct {
	doc    *document.Document
	file   *excelize.File
	sheets map[string]*sheet // by the name that the document gives
	order  []*sheet
	styles map[styleKey]int
}

// sheet is one of them, with the row that is written next, counted from 1.
type sheet struct {
	name   string
	row    int
	frozen int // rows that stay in sight: up to the first column titles
	widths []float64
}

const a4 = 9 // in the list of paper sizes of the format

// sheet is that of a name, begun where it is new.
func (b *workbook) sheet(named string) (*sheet, error) {
	if s := b.sheets[named]; s != nil {
		s.row++ // a blank row between blocks
		return s, nil
	}
	s := &sheet{name: b.free(named), row: 1}
	if len(b.order) == 0 {
		if err := b.file.SetSheetName("Sheet1", s.name); err != nil {
			return nil, err
		}
	} else if _, err := b.file.NewSheet(s.name); err != nil {
		return nil, err
	}
	b.sheets[named], b.order = s, append(b.order, s)
	return s, b.setUp(s)
}

// free is a name that the format takes and that no sheet has.
func (b *workbook) free(named string) string {
	const most = 31 // letters
	named = strings.Trim(strings.NewReplacer(":", " ", `\`, " ", "/", " ", "?", " ", "*", " ", "[", " ", "]", " ").Replace(line(named)), "' ")
	if named == "" {
		named = "1"
	}
	for n := 1; ; n++ {
		end := ""
		if n > 1 {
			end = fmt.Sprintf(" (%d)", n)
		}
		letters := []rune(named)
		name := strings.Trim(string(letters[:min(len(letters), most-len(end))]), "' ") + end
		taken := false
		for _, s := range b.order {
			taken = taken || strings.EqualFold(s.name, name)
		}
		if !taken {
			return name
		}
	}
}

// setUp is how a sheet prints and from which side it is read.
func (b *workbook) setUp(s *sheet) error {
	size, across, down, landscape, fit, fromRight := a4, 1, 0, "landscape", true, b.doc.Lang == "ar"
	if err := b.file.SetPageLayout(s.name, &excelize.PageLayoutOptions{
		Size: &size, Orientation: &landscape, FitToWidth: &across, FitToHeight: &down,
	}); err != nil {
		return err
	}
	if err := b.file.SetSheetProps(s.name, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.file.SetSheetView(s.name, 0, &excelize.ViewOptions{RightToLeft: &fromRight})
}

// finish sets what depends on all rows.
func (b *workbook) finish() error {
	for _, s := range b.order {
		if err := b.close(s); err != nil {
			return err
		}
	}
	at := b.doc.Made.UTC().Format(time.RFC3339)
	if err := b.file.SetDocProps(&excelize.DocProperties{
		Title: line(b.doc.Title), Subject: line(b.doc.Subject), Creator: line(b.doc.Author),
		Language: b.doc.Lang, Created: at, Modified: at,
	}); err != nil {
		return err
	}
	always := true
	return b.file.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &always})
}

// close sets the widths of a sheet's columns and what of it stays in sight.
func (b *workbook) close(s *sheet) error {
	for i, width := range s.widths {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := b.file.SetColWidth(s.name, name, name, min(max(width+2, 10), 60)); err != nil {
			return err
		}
	}
	if s.frozen == 0 {
		return nil
	}
	below, err := excelize.CoordinatesToCellName(1, s.frozen+1)
	if err != nil {
		return err
	}
	if err := b.file.SetDefinedName(&excelize.DefinedName{
		Name: "_xlnm.Print_Titles", Scope: s.name, RefersTo: fmt.Sprintf("'%s'!$%d:$%d", strings.ReplaceAll(s.name, "'", "''"), s.frozen, s.frozen),
	}); err != nil {
		return err
	}
	return b.file.SetPanes(s.name, &excelize.Panes{Freeze: true, YSplit: s.frozen, TopLeftCell: below, ActivePane: "bottomLeft"})
}
