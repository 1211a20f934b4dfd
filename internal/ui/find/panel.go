package find

import (
	"context"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/dossier"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Shell is what the search asks of the window around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ClosePanel()
	Window() fyne.Window
}

// Params is what the search works with.
type Params struct {
	Texts *i18n.Catalogue
	Shell Shell
	// Items lists all but contacts. It is called off the window's thread.
	Items func() ([]Item, error)
	// Contacts gives those that match a text; false while they are locked.
	Contacts func(text string) ([]*dossier.Dossier, bool)
	Open     func(Item)
	Alone    bool // a visitor uses the window alone: only what is public is named
	Failed   func(error)
	Do       func(func()) // runs a function on the window's thread
}

// panel is the search while it is open.
type panel struct {
	p      Params
	t      *i18n.Catalogue
	worker *parts.Worker
	entry  *kit.Entry
	body   *fyne.Container
	items  []Item
	hits   []Item
	rows   []*hit
	chosen int
}

// Open opens the search, ready to be typed into.
func Open(p Params) { open(p) }

func open(p Params) *panel {
	pl := &panel{p: p, t: p.Texts, worker: &parts.Worker{Do: p.Do}, body: kit.VStack(2)}
	hint := "find.hint"
	if p.Alone {
		hint = "find.hint.alone"
	}
	pl.entry = kit.NewEntry(pl.t.Text(hint))
	pl.entry.Changed = func(string) { pl.chosen = 0; pl.show() }
	pl.entry.OnSubmitted = func(string) { pl.press(pl.chosen) }
	pl.entry.Step = func(_ string, up int) (string, bool) { pl.choose(pl.chosen - up); return "", false }
	p.Shell.ShowPanel(kit.PanelSpec{
		Title: pl.t.Text("find.title"), Close: pl.t.Text("proof.ui.close"), OnClose: pl.worker.Stop,
		Content: kit.VStack(12, pl.entry, kit.NewParagraph(pl.t.Text("find.how"), kit.MutedText), pl.body),
	})
	p.Shell.Window().Canvas().Focus(pl.entry)
	pl.read()
	return pl
}

// read lists what can be found; typing goes on meanwhile.
func (pl *panel) read() {
	type listed struct {
		items []Item
		err   error
	}
	list := pl.p.Items
	parts.Ask(pl.worker, parts.Job[listed]{
		Work: func(context.Context, func(done, of int)) listed {
			items, err := list()
			for i := range items {
				items[i] = items[i].with()
			}
			return listed{items, err}
		},
		Show: func(l listed) {
			if l.err != nil {
				pl.p.Failed(l.err)
			}
			pl.items = l.items
			pl.show()
		},
		Slow: func(int, int) { pl.say(pl.t.Text("find.busy")) },
	})
}

func (pl *panel) say(text string) {
	pl.body.Objects = []fyne.CanvasObject{kit.NewParagraph(text, kit.MutedText)}
	pl.body.Refresh()
}

// show lists what matches what is typed. Nobody is named before something is typed.
func (pl *panel) show() {
	typed := pl.entry.Text
	var contacts []*dossier.Dossier
	unlocked := true
	if len(dossier.Fold(typed)) > 0 {
		contacts, unlocked = pl.p.Contacts(typed)
	}
	pl.hits, pl.rows, pl.body.Objects = nil, nil, nil
	for _, g := range search(typed, pl.items, contacts) {
		pl.body.Add(kit.VStack(0, kit.Gap(8), kit.NewText(pl.t.Text("find.kind."+string(g.kind)), kit.MutedText)))
		for _, i := range g.hits {
			n := len(pl.hits)
			row := newHit(i, func() { pl.press(n) })
			pl.hits, pl.rows = append(pl.hits, i), append(pl.rows, row)
			pl.body.Add(row)
		}
		if g.more > 0 {
			pl.body.Add(kit.NewText(pl.t.Text("find.more", "count", g.more), kit.MutedText))
		}
	}
	if len(pl.hits) == 0 && !pl.worker.Busy() {
		pl.body.Add(kit.NewParagraph(pl.t.Text("find.none"), kit.BodyText))
	}
	if !unlocked {
		pl.body.Add(kit.VStack(0, kit.Gap(8), kit.NewParagraph(pl.t.Text("find.locked"), kit.MutedText)))
	}
	pl.choose(pl.chosen)
	pl.body.Refresh()
}

// choose marks a hit: Enter opens it.
func (pl *panel) choose(n int) {
	pl.chosen = max(min(n, len(pl.rows)-1), 0)
	for i, r := range pl.rows {
		r.mark(i == pl.chosen)
	}
}

func (pl *panel) press(n int) {
	if n >= len(pl.hits) {
		return
	}
	pl.p.Shell.ClosePanel()
	pl.p.Open(pl.hits[n])
}
