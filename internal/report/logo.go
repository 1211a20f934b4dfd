package report

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a logo may be a photograph
	"image/png"

	"codeberg.org/go-pdf/fpdf"
	scale "golang.org/x/image/draw"

	"atlasp2i/internal/domain"
)

// What a logo may be, and how it stands on the page.
const (
	maxLogoBytes  = 8 << 20
	maxLogoPixels = 4000 // of a side
	logoPixels    = 900  // of the longer side in the file
	maxLogoHeight = 16.0 // millimetres
	maxLogoWidth  = 45.0
)

// logo is a picture made ready for the page, in millimetres.
type logo struct {
	png           []byte
	width, height float64
}

// readLogo reads a PNG or JPEG, or nothing from nothing. It is made again from
// its pixels: small enough, and in the one form that every reader of PDF shows.
func readLogo(data []byte) (*logo, error) {
	if len(data) == 0 {
		return nil, nil
	}
	if len(data) > maxLogoBytes {
		return nil, domain.Refuse("logo", "", "report.logo.big", "most", maxLogoPixels, "megabytes", maxLogoBytes>>20)
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, domain.Refuse("logo", "", "report.logo.damaged")
	}
	if size.Width < 1 || size.Height < 1 {
		return nil, domain.Refuse("logo", "", "report.logo.damaged")
	}
	if size.Width > maxLogoPixels || size.Height > maxLogoPixels {
		return nil, domain.Refuse("logo", "", "report.logo.big", "most", maxLogoPixels, "megabytes", maxLogoBytes>>20)
	}
	whole, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, domain.Refuse("logo", "", "report.logo.damaged")
	}
	return shrink(whole)
}

// shrink puts the picture on white, no larger than the page can show.
func shrink(whole image.Image) (*logo, error) {
	from := whole.Bounds()
	w, h := float64(from.Dx()), float64(from.Dy())
	less := min(1, logoPixels/max(w, h))
	small := image.NewRGBA(image.Rect(0, 0, max(1, int(w*less)), max(1, int(h*less))))
	draw.Draw(small, small.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	scale.CatmullRom.Scale(small, small.Rect, whole, from, draw.Over, nil)
	var out bytes.Buffer
	if err := png.Encode(&out, small); err != nil {
		return nil, err
	}
	factor := min(maxLogoHeight/h, maxLogoWidth/w)
	return &logo{png: out.Bytes(), width: w * factor, height: h * factor}, nil
}

// paint puts the logo at the top of the first page.
func (l *logo) paint(pdf *fpdf.Fpdf, p *page) {
	if l == nil {
		return
	}
	options := fpdf.ImageOptions{ImageType: "png"}
	pdf.RegisterImageOptionsReader("logo", options, bytes.NewReader(l.png))
	pdf.ImageOptions("logo", p.left(side, l.width), firstTop, l.width, l.height, false, options, 0, "")
}
