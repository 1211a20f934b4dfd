// Package issued is the list of issued papers: each can be opened and handed over
// again. Numbers stay readable while contacts are locked; names do not
// show here at all.
package issued

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

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
	list    *widget.List
	count   *kit.Text
	none    *kit.Paragraph
	content fyne.CanvasObject
}

// New makes the list; it is read at each OnShow.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Papers.Texts, worker: &parts.Worker{Do: p.Papers.Do}, opened: map[string]issue.Paper{}}
	t := pg.t
	pg.count = kit.NewText("", kit.MutedText)
	pg.none = kit.NewParagraph(t.Text("dossiers.papers.none"), kit.MutedText)
	pg.list = widget.NewList(func() int { return len(pg.heads) }, newLine, func(i widget.ListItemID, o fyne.CanvasObject) {
		if i < len(pg.heads) {
			o.(*line).put(pg.row(&pg.heads[i]))
		}
	})
	pg.list.OnSelected = func(i int) {
		pg.list.UnselectAll()
		if i < len(pg.heads) {
			pg.Open(pg.heads[i].Number)
		}
	}
	head := newLine().(*line)
	head.put([columns]string{
		t.Text("dossiers.papers.number"), t.Text("dossiers.papers.at"), t.Text("dossiers.papers.project"), t.Text("dossiers.papers.total"), t.Text("dossiers.papers.dossier"),
	})
	head.mute()
	pg.content = kit.NewCard(container.NewBorder(
		kit.VStack(10, kit.HStack(8, layout.NewSpacer(), pg.count), head, kit.NewRule(), pg.none), nil, nil, nil, pg.list))
	return pg
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
	pg.none.Hidden = len(heads) > 0
	count := pg.t.Text("dossiers.papers.count.none")
	if n := len(heads); n > 0 {
		count = pg.t.Text("dossiers.papers.count", "count", n)
	}
	pg.count.SetText(count)
	pg.list.Refresh()
}

// OnHide ends what is still asked for.
func (pg *Page) OnHide() { pg.worker.Stop() }

// row is a paper in words. What was signed is read for the lines that are on
// screen only: a point read each.
func (pg *Page) row(h *store.PaperHead) [columns]string {
	t, at := pg.t, h.At.Local()
	out := [columns]string{h.Number, t.Formatter().Date(domain.Date(at.Format("2006-01-02"))) + " " + at.Format("15:04"), pg.p.Name(h.Simulation)}
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
