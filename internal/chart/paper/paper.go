// Package paper paints a drawing on a page of a PDF: curves as curves and letters
// as letters, which can be searched and copied.
package paper

import (
	"image/color"
	"math"

	"codeberg.org/go-pdf/fpdf"

	"atlasp2i/assets"
	"atlasp2i/internal/chart/record"
)

// Family is the name under which Fonts adds the embedded fonts, with the styles
// "" and "B".
const Family = "atlas"

const pointsPer = 72 / 25.4 // in a millimetre

// Fonts adds the embedded fonts to a document, once; the file carries only the
// letters that are used.
func Fonts(pdf *fpdf.Fpdf) {
	pdf.AddUTF8FontFromBytes(Family, "", assets.FontRegular)
	pdf.AddUTF8FontFromBytes(Family, "B", assets.FontBold)
}

// Place is where on the page a drawing goes, in millimetres from the upper left
// corner; the height follows from the width.
type Place struct{ X, Y, Width float64 }

// Height is that of a drawing at a width, in millimetres.
func Height(d *record.Drawing, width float64) float64 {
	if d.Width <= 0 {
		return 0
	}
	return width / d.Width * d.Height
}

// Paint puts the drawing on the current page of a document that counts in
// millimetres. Colours, lines and font of the document are afterwards what they
// were; its cursor is not moved. A drawing without area paints nothing. Faults
// are the document's own error (pdf.Error).
func Paint(pdf *fpdf.Fpdf, d *record.Drawing, at Place) {
	scale := at.Width / d.Width
	if !(scale > 0) || math.IsInf(scale, 0) {
		return
	}
	Fonts(pdf)
	defer restore(pdf)()
	pdf.SetLineCapStyle("butt")
	pdf.SetLineJoinStyle("round")
	p := painter{pdf: pdf, at: at, scale: scale}
	for _, m := range d.Marks {
		switch m := m.(type) {
		case *record.Path:
			p.path(m)
		case *record.Text:
			p.text(m)
		}
	}
}

// restore remembers the document's state and gives what sets it again.
func restore(pdf *fpdf.Fpdf) func() {
	x, y := pdf.GetXY()
	dr, dg, db := pdf.GetDrawColor()
	fr, fg, fb := pdf.GetFillColor()
	tr, tg, tb := pdf.GetTextColor()
	width, lineCap, lineJoin := pdf.GetLineWidth(), pdf.GetLineCapStyle(), pdf.GetLineJoinStyle()
	alpha, blend := pdf.GetAlpha()
	family, style := pdf.GetFontFamily(), pdf.GetFontStyle()
	size, _ := pdf.GetFontSize()
	return func() {
		pdf.SetDrawColor(dr, dg, db)
		pdf.SetFillColor(fr, fg, fb)
		pdf.SetTextColor(tr, tg, tb)
		pdf.SetLineWidth(width)
		pdf.SetLineCapStyle(lineCap)
		pdf.SetLineJoinStyle(lineJoin)
		pdf.SetAlpha(alpha, blend)
		if family != "" {
			pdf.SetFont(family, style, size)
		}
		pdf.SetXY(x, y)
	}
}

type painter struct {
	pdf   *fpdf.Fpdf
	at    Place
	scale float64 // millimetres for a pixel of the design
}

func (p *painter) path(m *record.Path) {
	if len(m.Segs) == 0 {
		return
	}
	if m.Fill.A > 0 {
		p.pdf.SetFillColor(p.color(m.Fill))
		p.outline(m.Segs)
		p.pdf.DrawPath("f")
	}
	if m.Hatch.A > 0 {
		p.hatch(m)
	}
	if m.Stroke.A == 0 || m.Width <= 0 {
		return
	}
	if len(m.Dash) > 0 {
		dash := make([]float64, len(m.Dash))
		for i, length := range m.Dash {
			dash[i] = length * p.scale
		}
		p.pdf.SetDashPattern(dash, 0)
		defer p.pdf.SetDashPattern(nil, 0)
	}
	p.stroke(m.Segs, m.Stroke, m.Width)
}

func (p *painter) stroke(segs []record.Seg, c color.NRGBA, width float64) {
	p.pdf.SetDrawColor(p.color(c))
	p.pdf.SetLineWidth(width * p.scale)
	p.outline(segs)
	p.pdf.DrawPath("S")
}

// color sets how clear the paint is and gives its parts.
func (p *painter) color(c color.NRGBA) (r, g, b int) {
	want := math.Round(float64(c.A)/255*1000) / 1000
	if alpha, _ := p.pdf.GetAlpha(); alpha != want {
		p.pdf.SetAlpha(want, "Normal")
	}
	return int(c.R), int(c.G), int(c.B)
}

func (p *painter) place(q record.Point) (x, y float64) {
	return p.at.X + q.X*p.scale, p.at.Y + q.Y*p.scale
}

func (p *painter) outline(segs []record.Seg) {
	for _, s := range segs {
		x, y := p.place(s.P[0])
		switch s.Op {
		case record.Move:
			p.pdf.MoveTo(x, y)
		case record.Line:
			p.pdf.LineTo(x, y)
		case record.Cubic:
			bx, by := p.place(s.P[1])
			cx, cy := p.place(s.P[2])
			p.pdf.CurveBezierCubicTo(x, y, bx, by, cx, cy)
		case record.Close:
			p.pdf.ClosePath()
		}
	}
}

// hatch draws slanted lines that the outline cuts off. They start at the
// drawing's corner, so that those of neighbours meet.
func (p *painter) hatch(m *record.Path) {
	outlines, _ := record.Flatten(m.Segs, 1)
	box := record.Around(outlines...)
	if !(box.X0 < box.X1 && box.Y0 < box.Y1) {
		return
	}
	gap := record.HatchGap * math.Sqrt2
	var lines []record.Seg
	for at := math.Floor((box.X0+box.Y0)/gap) * gap; at <= box.X1+box.Y1; at += gap {
		lines = append(lines, record.MoveTo(at-box.Y0, box.Y0), record.LineTo(at-box.Y1, box.Y1))
	}
	p.pdf.TransformBegin() // keeps the cut to this shape
	p.outline(m.Segs)
	p.pdf.RawWriteStr("W n")
	p.stroke(lines, m.Hatch, 1)
	p.pdf.TransformEnd()
}

func (p *painter) text(m *record.Text) {
	if m.Text == "" || m.Color.A == 0 {
		return
	}
	if m.Halo.A > 0 { // as an outline, so that the words stand in the file once
		p.stroke(m.Outline(), m.Halo, 2*record.HaloWidth*m.Size)
	}
	style := ""
	if m.Bold {
		style = "B"
	}
	p.pdf.SetFont(Family, style, m.Size*p.scale*pointsPer)
	p.pdf.SetTextColor(p.color(m.Color))
	x, y := p.place(m.Start())
	if m.Angle == 0 {
		p.pdf.Text(x, y, m.Text)
		return
	}
	p.pdf.TransformBegin()
	p.pdf.TransformRotate(-m.Angle*180/math.Pi, x, y)
	p.pdf.Text(x, y, m.Text)
	p.pdf.TransformEnd()
}
