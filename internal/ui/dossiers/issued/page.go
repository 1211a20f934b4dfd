// Package issued is the list of issued papers: each can be opened, handed over
// again and verified. Numbers stay readable while contacts are locked; names do not
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
	Verify(typed string) (issue.Verdict, error)
}

// Params is what the list works with. Name is that of a simulation, "" for one that
// is gone.
type Params struct {
	Office Office
	Papers papers.Params // to hand a paper over
	Name   func(store.ID) string
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
	typed   *kit.Entry
	content fyne.CanvasObject
}

// New makes the list; it is read at each OnShow.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Papers.Texts, worker: &parts.Worker{Do: p.Papers.Do}, opened: map[string]issue.Paper{}}
	t := pg.t
	pg.typed = kit.NewEntry(t.Text("dossiers.verify.hint"))
	pg.typed.OnSubmitted = func(string) { pg.verify() }
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
	check := container.NewBorder(nil, nil, kit.HStack(0, kit.NewText(t.Text("dossiers.verify"), kit.BodyText), kit.Gap(1)), kit.HStack(8, kit.NewButton(kit.Secondary, t.Text("dossiers.verify.do"), pg.verify)), pg.typed)
	pg.content = kit.NewCard(container.NewBorder(
		kit.VStack(10, check, kit.HStack(8, layout.NewSpacer(), pg.count), head, kit.NewRule(), pg.none), nil, nil, nil, pg.list))
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
	Show(pg.p, pg.worker, func() (issue.Verdict, error) { return pg.p.Office.Verify(number) })
}

func (pg *Page) verify() {
	typed := pg.typed.Text
	if typed == "" {
		return
	}
	Show(pg.p, pg.worker, func() (issue.Verdict, error) { return pg.p.Office.Verify(typed) })
}

// Show asks for a verdict off the window's thread and opens it.
func Show(p Params, w *parts.Worker, ask func() (issue.Verdict, error)) {
	type found struct {
		verdict issue.Verdict
		err     error
	}
	parts.Ask(w, parts.Job[found]{
		Work: func(context.Context, func(done, of int)) found {
			v, err := ask()
			return found{v, err}
		},
		Show: func(f found) {
			if f.err != nil {
				p.Failed(f.err)
				return
			}
			p.Papers.Shell.ShowPanel(kit.PanelSpec{
				Title: p.Papers.Texts.Text("dossiers.verify"), Close: p.Papers.Texts.Text("proof.ui.close"), Content: panel(p, &f.verdict),
			})
		},
		Slow: func(int, int) {},
	})
}
