package compare

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/proof"
)

// openCell opens where a figure of the table comes from.
func (v *rightView) openCell(o opening) {
	if v.model == nil {
		return
	}
	p, s := &v.pg.p, &v.model.made.Sites[o.site]
	switch {
	case o.field != "":
		if p.Fact != nil {
			p.Fact(o.place, o.field)
		}
	case o.status:
		v.pg.openStatus(s)
	case o.note == noteCap && p.Cap != nil:
		p.Cap(s.Site.ID)
	default:
		v.pg.explain(s, o)
	}
}

// openStatus opens what is known of a site's status: since when, and by whom.
func (pg *Page) openStatus(s *desk.ComparedSite) {
	t := pg.t
	head := kit.VStack(4, kit.NewParagraph(t.Text("lead.status."+s.Status.Status), kit.PanelTotalText),
		kit.NewParagraph(t.Text("compare.status.since", "site", s.Site.Name, "date", s.Status.From), kit.BodyText),
		kit.NewParagraph(t.Text("platforms.panel.sure", "sure", desk.SaySure(t, s.Status.Confidence)), kit.MutedText))
	room := kit.VStack(14, head)
	if n := len(s.Status.Sources); n > 0 {
		room.Add(kit.NewText(t.Text("platforms.panel.sources", "count", n), kit.CardTitleText))
		list := kit.VStack(8)
		for _, id := range s.Status.Sources {
			said := desk.SaySource(t, pg.p.Desk.Pack().Sources[id])
			list.Add(kit.VStack(1, kit.NewParagraph(said.Title, kit.TableText), kit.NewParagraph(said.By, kit.MutedText), pg.address(said.URL)))
		}
		room.Add(kit.NewInset(list))
	}
	pg.p.Shell.ShowPanel(kit.PanelSpec{Title: t.Text("criterion.status"), Close: t.Text("proof.ui.close"), Content: room})
}

// address is where a source was read, to copy; nothing where there is none.
func (pg *Page) address(url string) fyne.CanvasObject {
	if url == "" {
		return kit.VStack(0)
	}
	return kit.VStack(1, kit.NewParagraph(url, kit.MutedText),
		kit.HStack(0, kit.NewButton(kit.Link, pg.t.Text("proof.ui.url"), func() { pg.p.Shell.Copy(url) })))
}

// explain opens where an amount of a site comes from.
func (pg *Page) explain(s *desk.ComparedSite, o opening) {
	type found struct {
		x   *calc.Explanation
		err error
	}
	d, draft := pg.p.Desk, desk.Draft{Project: s.Cost.Result.Project}
	note := proofNote(pg.t, s, o.note)
	parts.Ask(pg.panel, parts.Job[found]{
		Work: func(context.Context, func(done, of int)) found {
			x, err := d.Explain(draft, o.line, 0)
			return found{x, err}
		},
		Show: func(f found) {
			if f.err != nil {
				pg.p.Failed(f.err)
				return
			}
			spec := proof.Spec(proof.Params{Texts: pg.t, Explanation: f.x, Copy: pg.p.Shell.Copy})
			spec.Content = kit.VStack(14, kit.NewParagraph(note, kit.BodyText), spec.Content)
			pg.p.Shell.ShowPanel(spec)
		},
		Slow: func(int, int) {},
	})
}

// proofNote says the amount of the table and how it follows from the one that is
// explained below it: to the centime, so that it can be checked.
func proofNote(t *i18n.Catalogue, s *desk.ComparedSite, key string) string {
	cost := &s.Cost
	r, exact := cost.Result, t.Formatter().AmountExact
	seat, counted := r.CostPerSeatMonth(false)
	if !counted && key != noteCap {
		key = noteTotal // there is no seat to divide by
	}
	amount, rent := cost.After, cost.Before-seat
	switch key {
	case noteBefore:
		amount = cost.Before
	case noteTotal:
		amount, rent = cost.TotalAfter, cost.TotalBefore-r.EmploymentCost
	}
	written := exact(amount)
	if cost.AtLeast && key != noteBefore {
		written = t.Text("compare.atMost", "amount", written)
	}
	said := []string{t.Text(key, "site", s.Site.Name, "amount", written, "months", r.PersonMonths, "seat", exact(seat),
		"aid", exact(cost.Before-cost.After), "cost", exact(r.EmploymentCost), "aids", exact(cost.TotalBefore-cost.TotalAfter))}
	if cost.HasRent && key != noteCap {
		said = append(said, t.Text("compare.proof.rent", "rent", *cost.Rent, "amount", exact(rent)))
	}
	if cost.Pay != nil && key != noteCap {
		said = append(said, t.Text("compare.proof.pay", "share", *cost.Pay))
	}
	return strings.Join(said, " ")
}
