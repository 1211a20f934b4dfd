package find

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

func items(list ...Item) []Item {
	for i := range list {
		list[i] = list[i].with()
	}
	return list
}

func person(name string) *dossier.Dossier {
	d := &dossier.Dossier{ID: name}
	d.Contact.Name = name
	return d
}

func TestSearch_EveryWordBeginsAWord(t *testing.T) {
	all := items(Item{Kind: Simulation, ID: "1", Name: "Centre Été", Note: "ESO · Fès Shore"}, Item{Kind: Site, ID: "fes", Name: "Fès Shore"}, Item{Kind: Place, ID: "home", Name: "Accueil"})
	for typed, want := range map[string]string{"fes": "1 fes", "FÈS cen": "1", "shore fe": "1 fes", "acc": "home", "": "home", "hore": "", "fes accueil": ""} {
		got := ""
		for _, g := range search(typed, all, nil) {
			for _, h := range g.hits {
				if got != "" {
					got += " "
				}
				got += h.ID
			}
		}
		if got != want {
			t.Errorf("%q finds %q, want %q", typed, got, want)
		}
	}
}

func TestSearch_SaysHowManyMore(t *testing.T) {
	var people []*dossier.Dossier
	for range shownEach + 3 {
		people = append(people, person("Amal"))
	}
	g := search("amal", nil, people)
	if len(g) != 1 || len(g[0].hits) != shownEach || g[0].more != 3 {
		t.Errorf("%+v", g)
	}
}

// host is the window around the search.
type host struct {
	win    fyne.Window
	spec   kit.PanelSpec
	closed bool
}

func (h *host) ShowPanel(s kit.PanelSpec) { h.spec = s; h.win.SetContent(s.Content) }
func (h *host) ClosePanel()               { h.closed = true }
func (h *host) Window() fyne.Window       { return h.win }

func TestPanel_ArrowsAndEnterOpen(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	h := &host{win: test.NewTempWindow(t, container.NewStack())}
	h.win.Resize(fyne.NewSize(560, 700))
	todo := make(chan func(), 10)
	var opened Item
	asked := 0
	pl := open(Params{
		Texts: texts, Shell: h, Do: func(f func()) { todo <- f }, Failed: func(err error) { t.Error(err) }, Open: func(i Item) { opened = i },
		Items: func() ([]Item, error) {
			return []Item{{Kind: Simulation, ID: "a", Name: "Alpha"}, {Kind: Simulation, ID: "b", Name: "Alpha deux"}}, nil
		},
		Contacts: func(string) ([]*dossier.Dossier, bool) { asked++; return []*dossier.Dossier{person("Alphonse")}, true },
	})
	for len(pl.items) == 0 {
		select {
		case f := <-todo:
			f()
		case <-time.After(10 * time.Second):
			t.Fatal("nothing was listed")
		}
	}
	if asked != 0 {
		t.Error("people were looked for before anything was typed")
	}
	if h.win.Canvas().Focused() != fyne.Focusable(pl.entry) {
		t.Error("one cannot type at once")
	}
	test.Type(pl.entry, "alp")
	if len(pl.hits) != 3 || pl.hits[0].ID != "Alphonse" {
		t.Fatalf("found %+v", pl.hits)
	}
	pl.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	pl.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	pl.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) // the last one stays
	pl.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	pl.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened.ID != "a" || !h.closed {
		t.Errorf("opened %+v", opened)
	}
}

// A keystroke looks through everything but contacts, which have an index.
func BenchmarkSearch(b *testing.B) {
	var all []Item
	for range 10_000 {
		all = append(all, Item{Kind: Simulation, ID: "1", Name: "Centre de services", Note: "ESO · Fès Shore"}.with())
	}
	for b.Loop() {
		search("fes shore x", all, nil)
	}
}
