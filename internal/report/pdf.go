package report

import (
	"bytes"
	"errors"
	"io"
	"math"

	"codeberg.org/go-pdf/fpdf"

	"atlasp2i/internal/chart/paper"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/document"
	"atlasp2i/internal/look"
)

// errUndated is a fault of the caller: a file without a date would carry that of
// its printing, and be another file each time.
var errUndated = errors.New("report: the document has no date")

// PDF writes a document on A4 pages: real text in embedded fonts, charts as
// curves. A picture that cannot be read is a *domain.Problem; then, and on every
// other error of the document itself, nothing is written.
func PDF(w io.Writer, d *document.Document) error {
	if d.Made.IsZero() {
		return errUndated
	}
	logo, err := readLogo(d.Logo)
	if err != nil {
		return err
	}
	pages, err := pagesOf(d, logo)
	if err != nil {
		return err
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(d.Made.UTC())
	pdf.SetModificationDate(d.Made.UTC())
	pdf.SetProducer("Atlas P2I", true)
	pdf.SetTitle(line(d.Title), true)
	pdf.SetSubject(line(d.Subject), true)
	pdf.SetAuthor(line(d.Author), true)
	pdf.SetLang(d.Lang)
	pdf.SetAutoPageBreak(false, 0)
	paper.Fonts(pdf)
	for i, p := range pages {
		pdf.AddPage()
		if i == 0 {
			logo.paint(pdf, p)
		}
		p.paint(pdf)
	}
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

func (p *page) paint(pdf *fpdf.Fpdf) {
	paper.Paint(pdf, &p.Drawing, paper.Place{Width: pageWidth})
	for _, pic := range p.pictures {
		paper.Paint(pdf, pic.drawing, paper.Place{X: pic.x, Y: pic.y, Width: pic.width})
	}
	if len(p.ghosts) == 0 {
		return
	}
	pdf.TransformBegin()
	pdf.SetTextRenderingMode(3)
	for _, g := range p.ghosts {
		g.paint(pdf)
	}
	pdf.TransformEnd()
}

// paint sets a ghost as wide as the outlines that it stands for.
func (g ghost) paint(pdf *fpdf.Fpdf) {
	text := line(g.text)
	wide := record.Measure(text, g.style.size, g.style.bold)
	if wide <= 0 {
		return
	}
	weight := ""
	if g.style.bold {
		weight = "B"
	}
	pdf.SetFont(paper.Family, weight, g.style.size/point)
	pdf.TransformBegin()
	pdf.TransformScaleX(100*g.width/wide, g.at.X, g.at.Y)
	pdf.Text(g.at.X, g.at.Y, text)
	pdf.TransformEnd()
}

// pagesOf lays a document out.
func pagesOf(d *document.Document, logo *logo) ([]*page, error) {
	s := setter{fromRight: d.Lang == "ar"}
	foot := s.wrap(d.Foot, small.sized(7.5), innerWidth*0.84)
	if d.Foot == "" {
		foot = nil
	}
	end := pageHeight - footRule - small.sized(7.5).height(max(0, len(foot)-2)) - 4
	mast, first := s.mast(d.Mast, logo)
	l := &layout{setter: s, room: end - nextTop}
	for _, b := range d.Blocks {
		if err := l.block(b); err != nil {
			return nil, err
		}
	}
	f := flow{setter: s, top: nextTop, bottom: end}
	f.begin(first)
	mast(f.pages[0])
	f.run(l.pieces)
	for i, p := range f.pages {
		p.draft(d.Draft)
		if i > 0 && d.Head != "" {
			st := small
			p.words(side, headLine, record.Fit(line(d.Head), st.size, false, innerWidth), st)
			p.rule(side, headLine+3, innerWidth, 0.2, look.Line.Light)
		}
		p.foot(d, foot, [2]int{i + 1, len(f.pages)}, end+4)
	}
	return f.pages, nil
}

// mast lays out the top of the first page and says where the room below begins.
func (s setter) mast(m document.Mast, logo *logo) (draw func(*page), below float64) {
	name := style{bold: true, color: look.Primary.Light}.sized(13)
	x := side
	if logo != nil {
		x += logo.width + 5
	}
	half := innerWidth*0.58 - (x - side)
	names, under := s.wrap(m.Name, name, half), s.wrap(m.Under, small, half)
	var right []string
	for _, r := range m.Right {
		right = append(right, s.wrap(r, small, innerWidth*0.4)...)
	}
	height := max(name.height(len(names))+small.height(len(under)), small.height(len(right)))
	if logo != nil {
		height = max(height, logo.height)
	}
	if logo == nil && m.Name == "" && m.Under == "" && len(right) == 0 {
		return func(*page) {}, firstTop
	}
	draw = func(p *page) {
		p.lines(x, firstTop, names, name)
		p.lines(x, firstTop+name.height(len(names)), under, small)
		for i, r := range right {
			st := small
			if i == 0 {
				st = body.strong()
			}
			p.wordsTo(side+innerWidth, small.baseline(firstTop+small.height(i)), r, st)
		}
	}
	return draw, firstTop + height + 7
}

// draft writes a mark across the page, under everything else.
func (p *page) draft(text string) {
	text = line(text)
	if text == "" {
		return
	}
	const angle, across = -math.Pi / 4, 230
	st := style{size: 40, bold: true, color: look.PrimarySoft.Light}
	if wide := p.width(text, st); wide > across {
		st.size *= across / wide
	}
	sin, cos := math.Sincos(angle)
	half, down := p.width(text, st)/2, record.CapHeight(st.size)/2
	under := newPage(p.setter)
	under.set(record.Point{
		X: pageWidth/2 - half*cos - down*sin,
		Y: pageHeight/2 - half*sin + down*cos,
	}, angle, text, st)
	p.Marks = append(under.Marks, p.Marks...)
}

// foot is the line at the foot of a page, with its number of how many.
func (p *page) foot(d *document.Document, lines []string, number [2]int, y float64) {
	st := small.sized(7.5)
	p.rule(side, y, innerWidth, 0.2, look.Line.Light)
	p.lines(side, y+2, lines, st)
	if d.PageOf != nil {
		p.wordsTo(side+innerWidth, st.baseline(y+2), line(d.PageOf(number[0], number[1])), st)
	}
}
