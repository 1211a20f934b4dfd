package dossiers

import (
	"context"
	"crypto/rand"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
	"atlasp2i/internal/vault"
)

const pass = "quatre mots simples ici"

// rig is the page over a real store and real keys; the test is the window's thread.
type rig struct {
	t       *testing.T
	texts   *i18n.Catalogue
	desk    *desk.Desk
	cabinet *cabinet.Cabinet
	setup   issue.Setup
	page    *Page
	win     fyne.Window
	todo    chan func()
	now     time.Time

	current store.ID
	toasts  []string
	panel   *kit.PanelSpec
	failed  error
	saved   *exhibit.SaveParams
}

// quiet is a tab that is not looked at.
type quiet struct{ box *fyne.Container }

func (q quiet) Content() fyne.CanvasObject { return q.box }
func (quiet) OnShow()                      {}
func (quiet) OnHide()                      {}

func (r *rig) Setup() issue.Setup              { return r.setup }
func (r *rig) PutSetup(s issue.Setup) error    { r.setup = s; return nil }
func (r *rig) ShowPanel(s kit.PanelSpec)       { r.panel = &s }
func (r *rig) ClosePanel()                     { r.panel = nil }
func (r *rig) RefreshHeader()                  {}
func (r *rig) Window() fyne.Window             { return r.win }
func (r *rig) ShowToast(s, _ string, _ func()) { r.toasts = append(r.toasts, s) }

func newRig(t *testing.T) *rig {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	r := &rig{t: t, todo: make(chan func(), 100), now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	r.win = test.NewTempWindow(t, container.NewStack())
	dir := t.TempDir()
	texts, err := i18n.Load(assets.I18n, "fr")
	must(t, err)
	pack, err := rules.Load(assets.PackFiles())
	must(t, err)
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(dir, "t.db"), SnapshotDir: filepath.Join(dir, "copies"), Device: "test"})
	must(t, err)
	t.Cleanup(func() { _ = s.Close() })
	r.desk, err = desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s})
	must(t, err)
	r.texts = r.desk.Texts()
	terms, err := formalities.Load(pack)
	must(t, err)
	path, copied := s.KeyFiles()
	r.cabinet = cabinet.New(cabinet.Params{
		Store: s, Texts: r.texts, Terms: terms, Now: func() time.Time { return r.now }, Sleep: func(context.Context, time.Duration) error { return nil },
		Keys: keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}}),
	})
	r.show(r.page)
	return r
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// show makes the page and puts it into the window.
func (r *rig) show(follow *Page) {
	choices, err := dossier.ParseChoices(assets.DossierChoices)
	must(r.t, err)
	r.page = New(Params{
		Texts: r.texts, Cabinet: r.cabinet, Choices: choices, Segments: []string{"ITO", "CRM"}, Setup: r, Shell: r,
		Simulations: quiet{container.NewStack()}, Papers: quiet{container.NewStack()},
		Save: func(p exhibit.SaveParams) { r.saved = &p }, Failed: func(err error) { r.failed = err },
		SimulationName: func(id store.ID) string {
			d, _ := r.desk.Open(id)
			return d.Project.Name
		},
		Current: func(found func(store.ID)) { found(r.current) }, OpenSimulation: func(store.ID) {},
		Comparison: func() (desk.Comparison, string, bool) { return desk.Comparison{}, "", false },
		Now:        func() time.Time { return r.now }, Do: func(f func()) { r.todo <- f },
	})
	if follow != nil {
		r.page.Follow(follow)
	}
	r.win.SetContent(r.page.Content())
	r.win.Resize(fyne.NewSize(1130, 2400))
	r.page.OnShow()
}

// simulation saves one and gives its id.
func (r *rig) simulation(name string) store.ID {
	r.t.Helper()
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = name
	d, err := r.desk.Save(desk.Draft{Project: p})
	must(r.t, err)
	return d.ID
}

// until runs what comes for the window's thread, until something holds.
func (r *rig) until(what string, ok func() bool) {
	r.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-r.todo:
			f()
		case <-late:
			r.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// shown lists what is on the screen.
func shown(o fyne.CanvasObject) []fyne.CanvasObject {
	if !o.Visible() {
		return nil
	}
	out := []fyne.CanvasObject{o}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		out = append(out, shown(child)...)
	}
	return out
}

func (r *rig) says(text string) bool {
	for _, o := range shown(r.win.Content()) {
		if c, ok := o.(*canvas.Text); ok && strings.Contains(c.Text, text) {
			return true
		}
	}
	return false
}

// press presses the button with a text, on the page or in the panel.
func (r *rig) press(key string) {
	r.t.Helper()
	all := shown(r.win.Content())
	if r.panel != nil {
		all = append(all, shown(r.panel.Content)...)
	}
	for _, o := range all {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Optional(key) && !b.Disabled() {
			test.Tap(b)
			return
		}
	}
	r.t.Fatalf("no button %q", key)
}

// entry is the line with a hint.
func (r *rig) entry(key string) *kit.Entry {
	r.t.Helper()
	for _, o := range shown(r.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == r.texts.Optional(key) {
			return e
		}
	}
	r.t.Fatalf("no line %q", key)
	return nil
}

// enter types into a line and leaves it.
func (r *rig) enter(key, text string) {
	r.t.Helper()
	e := r.entry(key)
	r.win.Canvas().Focus(e)
	e.SetText(text)
	r.win.Canvas().Unfocus()
}

// unlocked sets the passphrase.
func unlocked(t *testing.T) *rig {
	t.Helper()
	r := newRig(t)
	must(t, r.cabinet.SetPassphrase(pass))
	r.page.build()
	return r
}

// take takes a contact.
func (r *rig) take(name string) {
	r.t.Helper()
	r.page.NewContact()
	r.enter("dossiers.name.hint", name)
	if !r.page.Kept() {
		r.t.Fatalf("%q was not kept", name)
	}
}

// lines are those that are typed into, from the top.
func (r *rig) lines() []*kit.Entry {
	var out []*kit.Entry
	for _, o := range shown(r.win.Content()) {
		if e, ok := o.(*kit.Entry); ok {
			out = append(out, e)
		}
	}
	return out
}
