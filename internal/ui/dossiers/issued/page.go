// Package issued is the list of issued papers: each can be opened and handed over
// again. Numbers stay readable while contacts are locked; names do not
// show here at all.
package issued

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/papers"
	"atlasp2i/internal/ui/parts"
)

// Office is what the list asks of the use cases.
type Office interface {
	Papers(dossier store.ID) ([]store.PaperHead, error)
	Open(number string) (issue.Paper, error)
}

// Params is what the list works with. Name is that of a simulation, "" for one that
// is gone.
type Params struct {
	Office Office
	Papers papers.Params // to hand a paper over
	Name   func(store.ID) string
	Verify func(number string) // goes where a paper is verified
	Failed func(error)
}

// Page is the list. Its methods belong to the window's thread.
type Page struct {
	p       Params
	t       *i18n.Catalogue
	worker  *parts.Worker
	heads   []store.PaperHead
	opened  map[string]issue.Paper // those that were on screen
	list    *parts.Lines
	count   *kit.Text
	content fyne.CanvasObject
}

// New makes the list; it is read at each OnShow.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Papers.Texts, worker: &parts.Worker{Do: p.Papers.Do}, opened: map[string]issue.Paper{}}
	t := pg.t
	pg.count = kit.NewText("", kit.MutedText)
	pg.list = parts.NewLines(parts.LinesParams{
		Columns: pg.columns(), None: t.Text("dossiers.papers.none"), Length: func() int { return len(pg.heads) },
		Put: func(i int, l *parts.Line) { l.Put(pg.row(&pg.heads[i])...) },
		Chosen: func(i int) {
			pg.list.List.UnselectAll()
			pg.Open(pg.heads[i].Number)
		},
	})
	pg.content = kit.NewCard(container.NewBorder(kit.VStack(10, kit.HStack(8, layout.NewSpacer(), pg.count), kit.Gap(0)), nil, nil, nil, pg.list.Box))
	return pg
}

// columns of the list, in the order of a row.
func (pg *Page) columns() []parts.LineColumn {
	t := pg.t
	return []parts.LineColumn{
		{Title: t.Text("dossiers.papers.number"), Share: 0.16, Whole: true, Style: kit.TableText, Folded: parts.BottomLeft},
		{Title: t.Text("dossiers.papers.at"), Share: 0.18, Whole: true, Style: kit.TableText, Folded: parts.BottomRight},
		{Title: t.Text("dossiers.papers.project"), Share: 0.32, Style: kit.TableText, Folded: parts.TopLeft},
		{Title: t.Text("dossiers.papers.total"), Share: 0.22, Right: true, Whole: true, Style: kit.TableText, Folded: parts.TopRight},
		{Title: t.Text("dossiers.papers.dossier"), Share: 0.12, Right: true, Style: kit.TableText, Folded: parts.BottomLeft},
	}
}

// Content is what the place shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.content }

// OnShow reads the list again.
func (pg *Page) OnShow() {
	heads, err := pg.p.Office.Papers("")
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.heads = heads
	count := pg.t.Text("dossiers.papers.count.none")
	if n := len(heads); n > 0 {
		count = pg.t.Text("dossiers.papers.count", "count", n)
	}
	pg.count.SetText(count)
	pg.list.Refresh(len(heads) == 0)
}

// OnHide ends what is still asked for.
func (pg *Page) OnHide() { pg.worker.Stop() }

// row is a paper in words. What was signed is read for the lines that are on
// screen only: a point read each.
func (pg *Page) row(h *store.PaperHead) []string {
	t, at := pg.t, h.At.Local()
	out := []string{h.Number, t.Formatter().Date(domain.Date(at.Format("2006-01-02"))) + " " + at.Format("15:04"), pg.p.Name(h.Simulation), "", ""}
	paper, ok := pg.opened[h.Number]
	if !ok {
		var err error
		if paper, err = pg.p.Office.Open(h.Number); err == nil {
			pg.opened[h.Number] = paper
			ok = true
		}
	}
	if ok {
		total := paper.Stated.Totals
		out[3] = t.Text("dossiers.papers.gain", "amount", t.Formatter().Compact(total.Benefits.Value), "count", total.Months)
	}
	if h.Dossier != "" {
		out[4] = t.Text("dossiers.papers.contact")
	}
	return out
}

// Open shows a paper and the ways to hand it over again.
func (pg *Page) Open(number string) {
	type read struct {
		paper issue.Paper
		err   error
	}
	parts.Ask(pg.worker, parts.Job[read]{
		Work: func(context.Context, func(done, of int)) read {
			p, err := pg.p.Office.Open(number)
			return read{p, err}
		},
		Show: func(r read) {
			if r.err != nil {
				pg.p.Failed(r.err)
				return
			}
			pg.show(&r.paper)
		},
		Slow: func(int, int) {},
	})
}

func (pg *Page) show(p *issue.Paper) {
	t, is := pg.t, &p.Stated
	rows := []fyne.CanvasObject{
		kit.NewText(t.Text("paper.number", "number", p.Head.Number), kit.PanelTotalText),
		kit.NewParagraph(t.Text("dossiers.papers.by", "officer", is.Officer, "agency", is.Agency, "until", is.ValidUntil), kit.BodyText),
		kit.HStack(0, kit.NewButton(kit.Link, t.Text("dossiers.papers.verify"), func() {
			pg.p.Verify(p.Head.Number)
		})),
		kit.NewRule(),
	}
	deliver := papers.Deliver(papers.DeliverParams{Params: pg.p.Papers, Paper: p, Failed: pg.p.Failed})
	pg.p.Papers.Shell.ShowPanel(kit.PanelSpec{
		Title: t.Text("dossiers.papers.title"), Close: t.Text("proof.ui.close"), Content: kit.VStack(14, append(rows, deliver...)...),
	})
}
