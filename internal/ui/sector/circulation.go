package sector

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
)

// readingsOf are the published readings that something said is about, each with
// its quantity.
func (w words) readingsOf(s *figures.Said) []reading {
	var out []reading
	for _, id := range s.Observations {
		if r := w.result(id); r != nil {
			out = append(out, w.reading(r, true))
		}
	}
	return out
}

// circulation shows what is said of the sector and misleads.
func (pg *Page) circulation() fyne.CanvasObject {
	t := pg.t
	var cards []fyne.CanvasObject
	for i := range pg.words.Book.Circulation {
		s := &pg.words.Book.Circulation[i]
		box := kit.VStack(8, kit.NewParagraph(t.Text(s.Claim), kit.StrongText),
			kit.NewText(t.Text("sector.said.why"), kit.MutedText), kit.NewParagraph(t.Text(s.Why), kit.TableText),
			kit.NewText(t.Text("sector.said.instead"), kit.MutedText), kit.NewParagraph(t.Text(s.Instead), kit.TableStrong))
		if n := len(pg.words.readingsOf(s)); n > 0 {
			box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("sector.said.readings", "count", n), func() { pg.openSaid(s) })))
		}
		cards = append(cards, kit.NewCard(box))
	}
	out := kit.VStack(14, kit.NewParagraph(t.Text("sector.said.about"), kit.MutedText))
	for row := range slices.Chunk(cards, 2) {
		if len(row) == 1 {
			row = append(row, kit.Gap(0))
		}
		out.Add(kit.Columns(14, cardLeast, equal(2), row...))
	}
	return out
}

// saidNotice warns of something said where its figures are shown.
func (pg *Page) saidNotice(s *figures.Said) fyne.CanvasObject {
	t := pg.t
	return kit.NewNotice(t.Text(s.Claim), t.Text(s.Why), kit.NewParagraph(t.Text(s.Instead), kit.StrongText),
		kit.HStack(0, kit.NewButton(kit.Link, t.Text("sector.said.readings", "count", len(s.Observations)), func() { pg.openSaid(s) })))
}

// openSaid slides the readings of something said over the page.
func (pg *Page) openSaid(s *figures.Said) {
	t := pg.t
	box := kit.VStack(14, kit.NewParagraph(t.Text(s.Claim), kit.CardTitleText), kit.NewParagraph(t.Text(s.Why), kit.BodyText),
		kit.NewParagraph(t.Text(s.Instead), kit.StrongText), kit.NewText(t.Text("sector.said.published"), kit.CardTitleText))
	for _, r := range pg.words.readingsOf(s) {
		box.Add(pg.readingBox(&r))
	}
	pg.panel(t.Text("sector.tab.circulation"), box)
}
