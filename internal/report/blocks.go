package report

import (
	"fmt"
	"strings"

	"atlasp2i/internal/document"
	"atlasp2i/internal/look"
)

// layout turns blocks into pieces.
type layout struct {
	setter
	room   float64 // height of a page's room
	pieces []piece
}

func (l *layout) add(p piece) { l.pieces = append(l.pieces, p) }

// block adds the pieces of one block.
func (l *layout) block(b document.Block) error {
	switch b := b.(type) {
	case document.Heading:
		l.heading(b)
	case document.Paragraph:
		l.paragraph(b)
	case document.Answer:
		l.answer(b)
	case document.Cards:
		l.cards(b)
	case document.Pairs:
		l.pairs(b)
	case document.Table:
		return l.table(b)
	case document.Drawing:
		l.drawing(b)
	case document.Checklist:
		l.checklist(b)
	case document.Lists:
		l.lists(b)
	case document.Seal:
		return l.seal(b)
	case document.Spare:
		return l.spare(b)
	default:
		return fmt.Errorf("report: no way to draw a %T", b)
	}
	return nil
}

func (l *layout) heading(h document.Heading) {
	st, gap, after := title, 0.0, 0.0
	switch h.Level {
	case 1:
		st = l.titled(h.Text)
	case 2:
		st, gap, after = part, 8, 1
	case 3:
		st, gap, after = section, 5, 0.5
	}
	lines := l.wrap(h.Text, st, innerWidth)
	l.lines(lines, st, gap)
	first := len(l.pieces) - len(lines)
	l.pieces[first].newPage = h.NewPage
	for i := first; i < len(l.pieces); i++ {
		l.pieces[i].keep = true
	}
	l.pieces[len(l.pieces)-1].height += after
}

// titled is the title of the paper in a size in which it takes no more than two
// lines, if there is one that is still a title's.
func (l *layout) titled(text string) style {
	for _, points := range []float64{21, 18, 15} {
		if st := title.sized(points); len(l.wrap(text, st, innerWidth)) <= 2 {
			return st
		}
	}
	return title.sized(13)
}

// spare marks the pieces of a block as those that may be left out.
func (l *layout) spare(b document.Spare) error {
	from := len(l.pieces)
	if err := l.block(b.Block); err != nil {
		return err
	}
	for i := from; i < len(l.pieces); i++ {
		l.pieces[i].spare, l.pieces[i].keep = true, i < len(l.pieces)-1
	}
	return nil
}

// subtitle is the title that a block carries itself.
func (l *layout) subtitle(text string) {
	if text != "" {
		l.heading(document.Heading{Text: text, Level: 3})
	}
}

// note is small text below a block, on its page.
func (l *layout) note(text string) {
	if text == "" {
		return
	}
	l.pieces[len(l.pieces)-1].keep = true
	l.lines(l.wrap(text, small, innerWidth), small, 1.5)
}

func (l *layout) paragraph(p document.Paragraph) {
	st, gap := body, 2.5
	if p.Small {
		st, gap = small, 1.5
	}
	l.lines(l.wrap(p.Text, st, innerWidth), st, gap)
}

// lines adds a piece for each line. The first two and the last two stay together.
func (l *layout) lines(lines []string, st style, gap float64) {
	for i, text := range lines {
		p := piece{height: st.leading(), draw: func(p *page, y float64) { p.lines(side, y, []string{text}, st) }}
		if i == 0 {
			p.gap = gap
		}
		p.keep = i < len(lines)-1 && (i == 0 || i == len(lines)-2)
		l.add(p)
	}
}

// figure splits the unit off the text of an amount: it is set smaller.
func figure(c document.Cell) (number, unit string) {
	text := line(c.Text)
	if c.Value == nil || c.Value.Unit == "" {
		return text, ""
	}
	if rest, ok := strings.CutSuffix(text, c.Value.Unit); ok {
		return strings.TrimRight(rest, " \u00a0\u202f"), c.Value.Unit
	}
	return text, ""
}

func (l *layout) answer(a document.Answer) {
	const gap, rule, split = 4.0, 0.7, 0.58
	width := innerWidth
	if len(a.More) > 0 {
		width = innerWidth * split
	}
	number, unit := figure(a.Cell)
	big := style{bold: true, color: look.Primary.Light}.sized(32)
	unitStyle := big.sized(14)
	big = l.fit(number, big, width-6-l.width(unit, unitStyle))
	label := l.wrap(a.Label, small, width-6)
	ranged := l.wrap(a.Range, body, width-6)
	note := l.wrap(a.Note, small, width-6)
	below := small.height(len(label)) + big.leading()
	height := below + body.height(len(ranged)) + small.height(len(note))
	more := l.beside(a.More, innerWidth-width)
	moreHeight := 0.0
	for _, m := range more {
		moreHeight += m.height
	}
	l.add(piece{gap: 4, height: max(height, moreHeight) + gap, draw: func(p *page, y float64) {
		p.rule(side, y, innerWidth, rule, look.Primary.Light)
		y += gap
		p.lines(side, y, label, small)
		base := big.baseline(y + small.height(len(label)))
		p.words(side, base, number, big)
		p.words(side+l.width(number, big)+2.5, base, unit, unitStyle)
		p.lines(side, y+below, ranged, body)
		p.lines(side, y+below+body.height(len(ranged)), note, small)
		at := y
		for _, m := range more {
			m.draw(p, at)
			at += m.height
		}
	}})
}

// beside is names and values at the end side of the answer.
func (l *layout) beside(pairs []document.Pair, width float64) (out []piece) {
	const most = 0.6 // of the width, for values
	block := 0.0
	for _, pair := range pairs {
		block = max(block, min(l.widest(pair.Cell.Text, body.strong()), width*most))
	}
	for _, pair := range pairs {
		value := l.wrap(pair.Cell.Text, body.strong(), width*most)
		name := l.wrap(pair.Name, body, width-block-4)
		out = append(out, piece{
			height: body.height(max(len(name), len(value))) + 1.6,
			draw: func(p *page, y float64) {
				p.lines(side+innerWidth-width, y, name, body)
				p.numbers(side+innerWidth, y, figures{value, block}, body.strong())
			},
		})
	}
	return out
}

func (l *layout) cards(c document.Cards) {
	const gutter, most = 6.0, 4
	perRow := min(len(c.Cards), most)
	if n := len(c.Cards); n > most { // 5 cards stand as 3 and 2
		rows := (n + most - 1) / most
		perRow = (n + rows - 1) / rows
	}
	gap := 4.0
	for from := 0; from < len(c.Cards); from += perRow {
		row := c.Cards[from:min(from+perRow, len(c.Cards))]
		width := (innerWidth - gutter*float64(perRow-1)) / float64(perRow)
		var drawn []piece
		height := 0.0
		for _, card := range row {
			drawn = append(drawn, l.card(card, width))
			height = max(height, drawn[len(drawn)-1].height)
		}
		l.add(piece{gap: gap, height: height, draw: func(p *page, y float64) {
			for i := range drawn {
				x := side + float64(i)*(width+gutter)
				p.rule(x, y, width, 0.35, look.Primary.Light)
				l.drawCard(p, row[i], cardAt{x, y, width})
			}
		}})
	}
}

type cardAt struct{ x, y, width float64 }

// card measures one; drawCard draws it.
func (l *layout) card(c document.Card, width float64) piece {
	return piece{height: l.drawCard(newPage(l.setter), c, cardAt{width: width})}
}

func (l *layout) drawCard(p *page, c document.Card, at cardAt) (height float64) {
	y := at.y + 2
	put := func(text string, st style) {
		if text == "" {
			return
		}
		lines := l.wrap(text, st, at.width)
		p.lines(at.x, y, lines, st)
		y += st.height(len(lines))
	}
	put(c.Label, small)
	number, unit := figure(c.Cell)
	big := style{bold: true, color: look.Primary.Light}.sized(16)
	unitStyle := big.sized(9)
	big = l.fit(number, big, at.width-2-l.width(unit, unitStyle))
	base := big.baseline(y)
	p.words(at.x, base, number, big)
	p.words(at.x+l.width(number, big)+1.5, base, unit, unitStyle)
	y += big.leading()
	put(c.Range, small.in(look.Ink.Light))
	put(c.Note, small)
	return y - at.y + 2
}

func (l *layout) pairs(b document.Pairs) {
	const names, pad = 0.42, 1.0
	l.subtitle(b.Title)
	for i, pair := range b.Pairs {
		st := cellStyle(body, pair.Cell)
		if pair.Assumed {
			st = st.in(look.Caution.Light)
		}
		name := l.wrap(pair.Name, body.in(look.Muted.Light), innerWidth*names-4)
		value := l.wrap(pair.Cell.Text, st, innerWidth*(1-names))
		l.add(piece{
			height: body.height(max(len(name), len(value))) + 2*pad,
			keep:   i == 0 && len(b.Pairs) > 1,
			draw: func(p *page, y float64) {
				p.lines(side, y+pad, name, body.in(look.Muted.Light))
				p.lines(side+innerWidth*names, y+pad, value, st)
				p.rule(side, y+body.height(max(len(name), len(value)))+2*pad, innerWidth, 0.2, look.Line.Light)
			},
		})
	}
}

func (l *layout) drawing(b document.Drawing) {
	const pixel = 0.26 // of the design, in millimetres
	l.subtitle(b.Title)
	d := b.Draw(innerWidth / pixel)
	if !(d.Width > 0 && d.Height > 0) {
		return
	}
	width := innerWidth
	if most := l.room * 0.8; width/d.Width*d.Height > most {
		width = most / d.Height * d.Width
	}
	l.add(piece{gap: 2, height: width / d.Width * d.Height, draw: func(p *page, y float64) {
		p.draw(d, side, y, width)
	}})
	l.note(b.Caption)
}
