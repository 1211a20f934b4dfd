package report

import (
	"image/color"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/document"
	"atlasp2i/internal/look"
	"atlasp2i/internal/seal"
)

func (l *layout) checklist(b document.Checklist) {
	l.subtitle(b.Title)
	for i, item := range b.Items {
		p := l.item(item)
		p.keep = i == 0 && len(b.Items) > 1
		l.add(p)
	}
}

// item is a line of a checklist: its box, its words, its state at the end.
func (l *layout) item(item document.Item) piece {
	const box, indent, gap = 3.2, 6.0, 1.0
	said := small.in(stateColor(item.State))
	saidLines := l.wrap(item.Said, said, innerWidth*0.25)
	saidWidth := 0.0
	for _, s := range saidLines {
		saidWidth = max(saidWidth, l.width(s, said))
	}
	text := l.wrap(item.Text, body, innerWidth-indent-saidWidth-4)
	var under []string
	for _, more := range []string{item.Detail, item.Source} {
		if more != "" {
			under = append(under, l.wrap(more, small, innerWidth-indent-saidWidth-4)...)
		}
	}
	height := max(body.height(len(text))+small.height(len(under)), small.height(len(saidLines)))
	return piece{gap: gap, height: height + gap, draw: func(p *page, y float64) {
		p.tick(side, y+(body.leading()-box)/2, box, item.State)
		p.lines(side+indent, y, text, body)
		p.lines(side+indent, y+body.height(len(text)), under, small)
		p.linesTo(side+innerWidth, y+(body.leading()-said.leading())/2, saidLines, said)
	}}
}

func stateColor(s document.State) color.NRGBA {
	switch s {
	case document.Met:
		return look.Good.Light
	case document.NotMet:
		return look.Error.Light
	case document.ToAsk:
		return look.Caution.Light
	}
	return look.Muted.Light
}

// tick is the box of a line: ticked, crossed, with a bar where somebody has to be
// asked, or empty for the pen of the reader.
func (p *page) tick(x, y, size float64, s document.State) {
	c := stateColor(s)
	left := p.left(x, size)
	p.Add(record.Stroked(record.Rect(left, y, size, size), c, 0.25))
	at := func(dx, dy float64) record.Point { return record.Point{X: left + dx*size, Y: y + dy*size} }
	line := func(points ...record.Point) { p.Add(record.Stroked(record.Polyline(points...), c, 0.45)) }
	switch s {
	case document.Met:
		line(at(0.2, 0.52), at(0.42, 0.75), at(0.82, 0.25))
	case document.NotMet:
		line(at(0.25, 0.25), at(0.75, 0.75))
		line(at(0.75, 0.25), at(0.25, 0.75))
	case document.ToAsk:
		line(at(0.25, 0.5), at(0.75, 0.5))
	}
}

// seal is the check code with its lines, at the foot of its page.
func (l *layout) seal(b document.Seal) error {
	const square, gutter, pad = 26.0, 5.0, 3.4
	size, indent := 0.0, 0.0
	var code [][]bool
	if b.QR != "" {
		var err error
		if code, err = seal.Matrix(b.QR); err != nil {
			return err
		}
		size, indent = square, square+gutter
	}
	st := small.sized(7)
	var lines []string
	for _, s := range b.Lines {
		lines = append(lines, l.wrap(s, st, innerWidth-indent)...)
	}
	l.add(piece{gap: 3, height: max(size, st.height(len(lines))) + pad + 1, foot: true, draw: func(p *page, y float64) {
		p.rule(side, y, innerWidth, 0.2, look.Line.Light)
		y += pad
		if code != nil {
			p.code(code, side, y, size)
		}
		p.lines(side+indent, y+max(0, (size-st.height(len(lines)))/2), lines, st)
	}})
	return nil
}

// lists is one piece: short lists side by side.
func (l *layout) lists(b document.Lists) {
	const gutter, box, indent, gap = 10.0, 2.6, 5.0, 0.4
	st := small.sized(7.5)
	n := float64(len(b.Lists))
	width := (innerWidth - gutter*(n-1)) / n
	draw := func(p *page, y float64) (below float64) {
		for i, list := range b.Lists {
			x, at := side+float64(i)*(width+gutter), y
			head := l.wrap(list.Title, section, width)
			p.lines(x, at, head, section)
			at += section.height(len(head)) + 1
			for _, item := range list.Items {
				from := x
				if list.Boxes {
					p.tick(x, at+(st.leading()-box)/2, box, item.State)
					from += indent
				}
				lines := l.wrap(item.Text, st, width-(from-x))
				p.lines(from, at, lines, st.in(look.Ink.Light))
				at += st.height(len(lines)) + gap
			}
			more := l.wrap(list.More, st, width)
			p.lines(x, at, more, st)
			if list.More != "" {
				at += st.height(len(more))
			}
			below = max(below, at)
		}
		return below
	}
	if len(b.Lists) > 0 {
		l.add(piece{gap: 4, height: draw(newPage(l.setter), 0), draw: func(p *page, y float64) { draw(p, y) }})
	}
}

// code draws a QR code as one path: each row's runs of dark squares. Around it
// the paper stays bare, of the mark of a draft too, for the eye of a camera.
func (p *page) code(rows [][]bool, x, y, size float64) {
	const bare = 3.2
	p.box(x-bare, y-bare, size+2*bare, size+2*bare, look.Surface.Light)
	square := size / float64(len(rows))
	left := p.left(x, size)
	var segs []record.Seg
	for row, dark := range rows {
		for from := 0; from < len(dark); from++ {
			to := from
			for to < len(dark) && dark[to] {
				to++
			}
			if to > from {
				segs = append(segs, record.Rect(left+float64(from)*square, y+float64(row)*square, float64(to-from)*square, square)...)
			}
			from = to
		}
	}
	p.Add(record.Filled(segs, look.Ink.Light))
}
