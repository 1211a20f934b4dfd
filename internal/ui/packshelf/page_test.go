package packshelf

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"aead.dev/minisign"
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// counter is the tab over a real store, in a window whose thread is the test.
type counter struct {
	t      *testing.T
	page   *Page
	store  *store.Store
	texts  *i18n.Catalogue
	desk   *desk.Desk
	win    fyne.Window
	todo   chan func()
	said   string
	copied string
	key    minisign.PrivateKey
	keys   []pack.Key
	wrong  error // why the new rules cannot be worked with
}

func (c *counter) ShowToast(text, _ string, _ func()) { c.said = text }
func (c *counter) Copy(text string)                   { c.copied = text }
func (c *counter) Window() fyne.Window                { return c.win }
func (c *counter) do(f func())                        { c.todo <- f }

func newCounter(t *testing.T) *counter {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	c := &counter{t: t, todo: make(chan func(), 100)}
	var err error
	if c.store, err = store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.store.Close() })
	if c.texts, err = i18n.Load(assets.I18n, "fr"); err != nil {
		t.Fatal(err)
	}
	c.key, c.keys = c.newKey()
	c.win = test.NewTempWindow(t, nil)
	c.win.SetPadded(false)
	c.win.Resize(fyne.NewSize(1154, 696))
	c.begin(Params{})
	return c
}

func (c *counter) newKey() (minisign.PrivateKey, []pack.Key) {
	c.t.Helper()
	private, public, _, err := pack.NewKey(rand.Reader)
	if err != nil {
		c.t.Fatal(err)
	}
	key, err := pack.ParsePrivate("key", private, "")
	if err != nil {
		c.t.Fatal(err)
	}
	keys, err := pack.ParseKeys("keys", public)
	if err != nil {
		c.t.Fatal(err)
	}
	return key, keys
}

func (c *counter) load(files fs.FS) *packs.Rules {
	c.t.Helper()
	r, err := packs.Load(files)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

// begin makes the tab as it is after a start, under the rules that are active.
func (c *counter) begin(p Params) {
	c.t.Helper()
	builtIn := c.load(assets.PackFiles())
	active, err := packs.Active(c.store, builtIn)
	if err != nil {
		c.t.Fatal(err)
	}
	if c.desk, err = desk.New(desk.Params{Pack: active.Pack, PackFiles: active.Files, Texts: c.texts, Store: c.store}); err != nil {
		c.t.Fatal(err)
	}
	p.Shelf = packs.New(packs.Params{
		Desk: c.desk, Store: c.store, Active: active, BuiltIn: builtIn, Today: func() domain.Date { return "2026-11-23" },
		Trusted: func() ([]pack.Key, error) { return c.keys, nil },
	})
	if p.Desk == nil {
		p.Desk = c.desk
	}
	p.Trusted, p.Shell, p.Do = "/etc/trusted.keys", c, c.do
	p.Changed = func(done func(error)) {
		if c.wrong == nil {
			c.begin(Params{})
		}
		done(c.wrong)
	}
	c.page = New(p)
	c.win.SetContent(c.page.Content())
	c.page.Shown()
	c.until("the list", func() bool { return c.page.kept != nil || c.page.unread != nil })
}

func (c *counter) until(what string, ok func() bool) {
	c.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-c.todo:
			f()
		case <-late:
			c.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// signed is the built-in pack with another rate and another fact.
func (c *counter) signed(number string) []byte {
	c.t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.PackFiles(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, e := range [][3]string{
		{"pack.toml", "number = 3\n", "number = " + number + "\n"},
		{"rules/premiums.toml", `value = "0.035"`, `value = "0.04"`},
		{"sites/fes-shore.toml", `value = "1980"`, `value = "2150"`},
	} {
		text := string(files[e[0]].Data)
		if !strings.Contains(text, e[1]) {
			c.t.Fatalf("%s does not hold %q", e[0], e[1])
		}
		files[e[0]].Data = []byte(strings.Replace(text, e[1], e[2], 1))
	}
	data, err := packs.Build(c.load(files), c.key)
	if err != nil {
		c.t.Fatal(err)
	}
	return data
}

// save keeps sample projects, and one after the offer, which no rate moves.
func (c *counter) save(samples ...int) {
	c.t.Helper()
	list, err := desk.Samples(c.texts)
	if err != nil {
		c.t.Fatal(err)
	}
	outside := calctest.Project("fes-shore", calctest.Role("30000.00", "2031-02", 40))
	outside.Name, outside.From = "Après l'offre", domain.NewMonth(2031, 2)
	all := []domain.Project{outside}
	for _, at := range samples {
		all = append(all, list[at])
	}
	for _, p := range all {
		if _, err := c.desk.Save(desk.Draft{Project: p}); err != nil {
			c.t.Fatal(err)
		}
	}
}

// give chooses a file and waits for what is said of it.
func (c *counter) give(data []byte) {
	c.t.Helper()
	c.page.choose = func(read func(string, io.ReadCloser)) { read("essai.atlaspack", io.NopCloser(bytes.NewReader(data))) }
	c.page.Choose()
	c.until("a word on the file", func() bool { return c.page.found != nil || c.page.refused != nil })
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

func (c *counter) texted() []string {
	var out []string
	walk(c.page.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*canvas.Text); ok {
			out = append(out, plain.Replace(x.Text))
		}
	})
	return out
}

func (c *counter) wants(all ...string) {
	c.t.Helper()
	on := strings.Join(c.texted(), "\n")
	for _, text := range all {
		if !strings.Contains(on, text) {
			c.t.Errorf("not on the screen: %q, but\n%s", text, on)
		}
	}
	if strings.Contains(on, "⟦") {
		c.t.Errorf("a text is missing:\n%s", on)
	}
}

func (c *counter) says(text string) bool {
	return slices.ContainsFunc(c.texted(), func(s string) bool { return strings.Contains(s, text) })
}

// press presses a button by what stands on it.
func (c *counter) press(label string) {
	c.t.Helper()
	var found *kit.Button
	walk(c.page.Content(), func(o fyne.CanvasObject) {
		if b, ok := o.(*kit.Button); ok && found == nil && strings.Contains(plain.Replace(b.Text()), label) {
			found = b
		}
	})
	if found == nil {
		c.t.Fatalf("no button %q", label)
	}
	test.Tap(found)
}

func TestImport_FromThePreviewToTheListAndBack(t *testing.T) {
	c := newCounter(t)
	c.save(2)
	c.wants("n° 3, en service", "livrées avec le programme")
	c.give(c.signed("4"))
	c.wants("Règles n° 4", c.keys[0].ID(), "Taux de la PAF · à partir du 01/07/2025", "3,5 %", "4 %", "Fès Shore · Emplois", "1 980", "2 150",
		"1 simulation garderait ses montants", "Autres (1)")
	if c.says("numéro") {
		t.Error("a group that is folded is shown")
	}
	c.press("Voir")
	c.wants("numéro")
	c.press("Ne pas importer")
	if c.says("Ne pas importer") || c.desk.Pack().Number != 3 {
		t.Error("it is still asked, or taken")
	}
	c.give(c.signed("4"))
	c.press("Activer les règles n° 4")
	c.until("the new rules", func() bool { return c.said != "" })
	c.wants("Règles en service : n° 4", "signées par la clé "+c.keys[0].ID(), "2 simulations")
	if c.desk.Pack().Number != 4 {
		t.Errorf("pack %d", c.desk.Pack().Number)
	}

	c.said = ""
	c.press("Revenir aux règles du programme, n° 3")
	c.until("the preview", func() bool { return c.page.found != nil })
	c.wants("2 simulations garderaient leurs montants", "4 %", "3,5 %")
	c.press("Activer les règles n° 3")
	c.until("the old rules", func() bool { return c.said != "" })
	c.wants("Règles en service : n° 3", "n° 4", "0 simulation")
	if c.says("Revenir aux règles du programme") {
		t.Error("the program's rules are offered while they are active")
	}
}

// A refusal has its own sentence; that of a key says where keys are trusted.
func TestImport_Refused(t *testing.T) {
	c := newCounter(t)
	good := c.signed("4")
	c.give(good[:len(good)/2])
	c.wants("essai.atlaspack n'est pas importé", "n'est pas un paquet de règles", "n'ont pas changé", "Importer un paquet")
	if c.says("Copier l'emplacement") {
		t.Error("a file that is no pack asks for a key")
	}
	c.give(c.signed("2"))
	c.wants("plus ancien")
	c.key, _ = c.newKey()
	c.give(c.signed("4"))
	c.wants("n'est pas connue ici", "/etc/trusted.keys")
	c.press("Copier l'emplacement")
	if c.copied != "/etc/trusted.keys" {
		t.Errorf("copied %q", c.copied)
	}
	c.page.Open(filepath.Join(t.TempDir(), "absent.atlaspack"))
	c.until("the refusal", func() bool { return c.page.file == "absent.atlaspack" && c.page.refused != nil })
	c.give(good)
	c.wants("Activer les règles n° 4")
}

func TestOpen_AFileOfTheSystem(t *testing.T) {
	c := newCounter(t)
	path := filepath.Join(t.TempDir(), "offre.atlaspack")
	if err := os.WriteFile(path, c.signed("4"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.page.Open(path)
	c.until("the preview", func() bool { return c.page.found != nil })
	c.wants("offre.atlaspack", "Activer les règles n° 4")
}

type readOnly struct{ *desk.Desk }

func (readOnly) CanSave() bool { return false }

func TestOff_SaysWhy(t *testing.T) {
	c := newCounter(t)
	for why, p := range map[string]Params{"par --pack": {Fixed: true}, "Rien n'est enregistré": {Desk: readOnly{c.desk}}} {
		c.begin(p)
		c.wants(why)
		if c.says("Importer un paquet…") {
			t.Errorf("%s: an import is offered", why)
		}
		c.page.Open("essai.atlaspack")
		if c.page.worker.Busy() {
			t.Errorf("%s: a file is read", why)
		}
	}
}

// Rules that were taken but cannot be worked with at once hold from the next start.
func TestImport_HoldsLater(t *testing.T) {
	c := newCounter(t)
	c.wrong = errors.New("no memory")
	c.give(c.signed("4"))
	c.press("Activer")
	c.until("a word", func() bool { return c.said != "" })
	if !strings.Contains(c.said, "prochain démarrage") {
		t.Errorf("said %q", c.said)
	}
	c.wants("Règles en service : n° 3")
}

// A switch of language keeps what is asked.
func TestFollow(t *testing.T) {
	c := newCounter(t)
	c.give(c.signed("4"))
	old := c.page
	c.begin(Params{})
	c.page.Follow(old)
	c.wants("Activer les règles n° 4")
	c.page.leave()
	c.give([]byte("x"))
	old = c.page
	c.begin(Params{})
	c.page.Follow(old)
	c.wants("essai.atlaspack n'est pas importé")
}
