package sharing

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
	"atlasp2i/internal/vault"
)

const (
	pass   = "quatre mots simples ici"
	travel = "cinq autres mots en route"
)

func must[T any](v T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// clock moves on by itself, so that no two changes have one time.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Second)
	return c.at
}

var (
	rulesOf = sync.OnceValues(func() (*rules.Pack, error) { return rules.Load(assets.PackFiles()) })
	french  = sync.OnceValues(func() (*i18n.Catalogue, error) { return i18n.Load(assets.I18n, "fr") })
)

// laptop is the tab over a real store, in a window whose thread is the test.
type laptop struct {
	t       *testing.T
	store   *store.Store
	desk    *desk.Desk
	cabinet *cabinet.Cabinet
	room    *share.Room
	page    *Page
	win     fyne.Window
	todo    chan func()
	folder  string // where files are written
	wrote   string // the last of them
	said    string // the last toast
	guarded bool
	broken  error // why the window cannot be made anew
}

func (l *laptop) ShowToast(text, _ string, _ func()) { l.said = text }
func (l *laptop) Window() fyne.Window                { return l.win }
func (l *laptop) do(f func())                        { l.todo <- f }

// pair is two laptops that go by one clock.
func pair(t *testing.T) (a, b *laptop) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	c := &clock{at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	return newLaptop(t, "nord", c), newLaptop(t, "sud", c)
}

func newLaptop(t *testing.T, name string, c *clock) *laptop {
	t.Helper()
	dir := t.TempDir()
	l := &laptop{t: t, todo: make(chan func(), 100), folder: t.TempDir()}
	l.store = must(store.Open(context.Background(), store.Options{Path: filepath.Join(dir, name+".db"), Device: name, Now: c.now, SnapshotGap: time.Hour}))(t)
	t.Cleanup(func() { _ = l.store.Close() })
	pack, texts := must(rulesOf())(t), must(french())(t)
	l.desk = must(desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: l.store, Now: c.now}))(t)
	key := must(seal.NewDevice(rand.Reader))(t)
	device := func() (*seal.Device, error) { return key, nil }
	path, copied := l.store.KeyFiles()
	l.cabinet = cabinet.New(cabinet.Params{
		Store: l.store, Texts: l.desk.Texts(), Terms: must(formalities.Load(pack))(t), Now: c.now,
		Keys: keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}}),
	})
	office := must(issue.New(issue.Params{Desk: l.desk, Store: l.store, Device: device, Now: c.now}))(t)
	if err := office.PutSetup(issue.Setup{Officer: "Officier " + name, Agency: "Agence d'essai"}); err != nil {
		t.Fatal(err)
	}
	l.room = share.New(share.Params{Desk: l.desk, Store: l.store, Contacts: l.cabinet, Device: device, ID: name, Program: "1.0", Now: c.now, Work: 1})
	l.win = test.NewTempWindow(t, nil)
	l.win.SetPadded(false)
	l.win.Resize(fyne.NewSize(1154, 696))
	l.begin(l.params())
	return l
}

func (l *laptop) params() Params {
	return Params{
		Texts: l.desk.Texts(), Room: l.room, Contacts: l.cabinet, Shell: l, Do: l.do, Now: time.Now,
		Save: func(p exhibit.SaveParams) {
			l.wrote = must(exhibit.Keep(l.folder, p))(l.t)
			p.Saved(l.wrote)
		},
		Guard: func() { l.guarded = true },
		Changed: func(done func(error)) {
			if l.broken == nil {
				old := l.page
				l.begin(l.params())
				l.page.Follow(old)
			}
			done(l.broken)
		},
	}
}

// begin makes the tab, and shows it as the window does.
func (l *laptop) begin(p Params) {
	l.t.Helper()
	l.page = New(p)
	l.win.SetContent(l.page.Content())
	l.shown()
}

// shown comes to the tab, and waits for what is read then.
func (l *laptop) shown() {
	l.t.Helper()
	l.page.Shown()
	l.rest()
}

// until runs what comes for the window's thread, until something holds.
func (l *laptop) until(what string, ok func() bool) {
	l.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-l.todo:
			f()
		case <-late:
			l.t.Fatalf("waited in vain: %s; on the screen:\n%s", what, strings.Join(l.texted(), "\n"))
		}
	}
}

// rest waits until nothing is under way.
func (l *laptop) rest() {
	l.t.Helper()
	l.until("what is under way", func() bool { return !l.page.worker.Busy() && !l.page.reader.Busy() })
}

func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		walk(child, f)
	}
}

// plain takes the no-break spaces off, which a reader does not see.
var plain = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

func (l *laptop) texted() []string {
	var out []string
	walk(l.page.Content(), func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Paragraph:
			out = append(out, plain.Replace(o.Text()))
		case *canvas.Text:
			out = append(out, plain.Replace(o.Text))
		}
	})
	return out
}

func (l *laptop) says(text string) bool {
	return slices.ContainsFunc(l.texted(), func(s string) bool { return strings.Contains(s, text) })
}

func (l *laptop) wants(all ...string) {
	l.t.Helper()
	on := strings.Join(l.texted(), "\n")
	for _, text := range all {
		if !strings.Contains(on, text) {
			l.t.Errorf("not on the screen: %q, but\n%s", text, on)
		}
	}
	if strings.Contains(on, "⟦") {
		l.t.Errorf("a text is missing:\n%s", on)
	}
}

// press presses the button of a label, the at-th of those, and waits for what comes.
func (l *laptop) press(label string, at ...int) {
	l.t.Helper()
	var found []*kit.Button
	walk(l.page.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && strings.Contains(plain.Replace(b.Text()), label) {
			found = append(found, b)
		}
	})
	n := append(at, 0)[0]
	if n >= len(found) {
		l.t.Fatalf("no button %q; on the screen:\n%s", label, strings.Join(l.texted(), "\n"))
	}
	test.Tap(found[n])
	l.rest()
}

// tick ticks the first line to confirm.
func (l *laptop) tick() {
	l.t.Helper()
	done := false
	walk(l.page.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*kit.Tick); ok && !done {
			test.Tap(x)
			done = true
		}
	})
	if !done {
		l.t.Fatal("nothing to tick")
	}
}

// write gives a file through the screen, and reads it.
func (l *laptop) write(contacts bool) []byte {
	l.t.Helper()
	l.shown()
	if contacts != l.page.give.contacts {
		l.tick()
	}
	l.page.give.one.SetText(travel)
	l.page.give.two.SetText(travel)
	l.press("Écrire le fichier")
	data := must(os.ReadFile(l.wrote))(l.t)
	l.press("Écrire un autre fichier")
	return data
}

// choose gives a file of another laptop to the screen.
func (l *laptop) choose(data []byte) {
	l.t.Helper()
	l.page.take.choose = func(read func(string, io.ReadCloser)) { read("nord.atlasbundle", io.NopCloser(bytes.NewReader(data))) }
	l.page.Choose()
	l.rest()
}

// see opens a file of another laptop on the screen.
func (l *laptop) see(data []byte) {
	l.t.Helper()
	l.choose(data)
	l.page.take.pass.SetText(travel)
	l.press("Voir ce qu'il changerait")
}

// merge takes one through the screen, with what is in it.
func (l *laptop) merge(data []byte) {
	l.t.Helper()
	l.see(data)
	l.press("Fusionner")
}

func eso(name string) desk.Draft {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = name
	return desk.Draft{Project: p}
}

// pays is the first pay of a saved simulation, with each of its names.
func (l *laptop) pays() map[string]string {
	l.t.Helper()
	out := map[string]string{}
	for _, e := range must(l.desk.List())(l.t) {
		out[e.Name] = must(l.desk.Open(e.ID))(l.t).Project.Roles[0].GrossMonthly.String()
	}
	return out
}

// repay changes the pay in a saved simulation.
func (l *laptop) repay(id store.ID, pay string) {
	l.t.Helper()
	dr := must(l.desk.Open(id))(l.t)
	dr.Project.Roles[0].GrossMonthly = calctest.Money(pay)
	must(l.desk.Save(dr))(l.t)
}

func visitor() *dossier.Dossier {
	return &dossier.Dossier{
		Clear:   dossier.Clear{Fair: "Salon de Lyon", Grade: "A"},
		Private: dossier.Private{Contact: dossier.Contact{Name: "Zelmira Quastenberg", Company: "Vorlunde SARL"}},
	}
}

// guard sets the passphrase of the contacts.
func (l *laptop) guard() {
	l.t.Helper()
	if err := l.cabinet.SetPassphrase(pass); err != nil {
		l.t.Fatal(err)
	}
}
