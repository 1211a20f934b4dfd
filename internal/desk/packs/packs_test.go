package packs_test

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store"
)

// edit is one place of a pack that reads otherwise.
type edit struct{ file, was, is string }

// The number of the built-in pack and its last day, as they are written.
var (
	newer = edit{"pack.toml", "number = 3\n", "number = 4\n"}
	rate  = edit{"rules/premiums.toml", `value = "0.035"`, `value = "0.04"`}
)

func edited(t *testing.T, edits ...edit) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.PackFiles(), name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range edits {
		text := string(out[e.file].Data)
		if !strings.Contains(text, e.was) {
			t.Fatalf("%s does not hold %q", e.file, e.was)
		}
		out[e.file].Data = []byte(strings.Replace(text, e.was, e.is, 1))
	}
	return out
}

func load(t *testing.T, files fs.FS) *packs.Rules {
	t.Helper()
	r, err := packs.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// counter is a laptop: a store, the rules that are active in it, a key it trusts.
type counter struct {
	t     *testing.T
	store *store.Store
	today domain.Date
	key   minisign.PrivateKey
	keys  []pack.Key
	texts *i18n.Catalogue
}

func newCounter(t *testing.T) *counter {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "essai.db"), Device: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	private, public, _, err := pack.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{t: t, store: s, today: "2026-11-23", texts: texts}
	if c.key, err = pack.ParsePrivate("key", private, ""); err != nil {
		t.Fatal(err)
	}
	if c.keys, err = pack.ParseKeys("keys", public); err != nil {
		t.Fatal(err)
	}
	return c
}

// start is the program as it starts now: the desk and the shelf under the rules
// that are active.
func (c *counter) start() (*desk.Desk, *packs.Shelf) {
	c.t.Helper()
	builtIn := load(c.t, assets.PackFiles())
	active, err := packs.Active(c.store, builtIn)
	if err != nil {
		c.t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: active.Pack, PackFiles: active.Files, Texts: c.texts, Store: c.store})
	if err != nil {
		c.t.Fatal(err)
	}
	return d, packs.New(packs.Params{
		Desk: d, Store: c.store, Active: active, BuiltIn: builtIn, Trusted: func() ([]pack.Key, error) { return c.keys, nil }, Today: func() domain.Date { return c.today },
	})
}

func (c *counter) signed(edits ...edit) []byte {
	c.t.Helper()
	data, err := packs.Build(load(c.t, edited(c.t, edits...)), c.key)
	if err != nil {
		c.t.Fatal(err)
	}
	return data
}

func (c *counter) sample(d *desk.Desk, at int) desk.Draft {
	c.t.Helper()
	list, err := desk.Samples(c.texts)
	if err != nil {
		c.t.Fatal(err)
	}
	saved, err := d.Save(desk.Draft{Project: list[at]})
	if err != nil {
		c.t.Fatal(err)
	}
	return saved
}

func total(t *testing.T, d *desk.Desk, dr desk.Draft) domain.Money {
	t.Helper()
	r, err := d.Estimate(dr)
	if err != nil {
		t.Fatal(err)
	}
	return r.Benefits.Value
}

func TestPreview_ChangesNothing(t *testing.T) {
	c := newCounter(t)
	d, shelf := c.start()
	saved := c.sample(d, 2) // eso-fes
	was := total(t, d, saved)
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if len(p.Changes) != 2 || len(p.Effects) != 1 {
		t.Fatalf("%+v %+v", p.Changes, p.Effects)
	}
	e := p.Effects[0]
	if e.ID != saved.ID || e.Now.Value != was || e.Next.Value <= was || !e.Moved() || e.Failed != nil || e.Refused != nil {
		t.Errorf("%+v, total %s", e, was)
	}
	if _, kept := c.store.Pack(p.Pack.SHA256); kept == nil {
		t.Error("the pack is in the store")
	}
	if d, _ = c.start(); d.Pack().Number != 3 {
		t.Errorf("pack %d is active", d.Pack().Number)
	}
}

func TestImport_HoldsFromTheNextStart(t *testing.T) {
	c := newCounter(t)
	d, shelf := c.start()
	saved := c.sample(d, 2)
	was := total(t, d, saved)
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	d, shelf = c.start()
	if d.Pack().SHA256 != p.Pack.SHA256 {
		t.Fatalf("pack %d is active", d.Pack().Number)
	}
	old, err := d.Open(saved.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := total(t, d, old); got != was {
		t.Errorf("what was saved gives %s, gave %s", got, was)
	}
	old.Pack = ""
	if got := total(t, d, old); got != p.Effects[0].Next.Value {
		t.Errorf("under the new rules %s, the preview said %s", got, p.Effects[0].Next.Value)
	}
	if err := shelf.Reset(); err != nil {
		t.Fatal(err)
	}
	d, shelf = c.start()
	if d.Pack().Number != 3 {
		t.Errorf("pack %d is active after the reset", d.Pack().Number)
	}
	// What was taken once can be taken again.
	if p, err = shelf.Preview(c.signed(newer, rate)); err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	if d, _ = c.start(); d.Pack().Number != 4 {
		t.Errorf("pack %d is active", d.Pack().Number)
	}
}

// Of two previews on the same shelf the older pack is not taken after the newer.
func TestImport_AfterANewerOne(t *testing.T) {
	c := newCounter(t)
	_, shelf := c.start()
	var seen []*packs.Preview
	for _, number := range []string{"5", "4"} {
		p, err := shelf.Preview(c.signed(edit{newer.file, newer.was, "number = " + number + "\n"}))
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, p)
	}
	if err := shelf.Import(seen[0]); err != nil {
		t.Fatal(err)
	}
	var refused *pack.Refused
	if err := shelf.Import(seen[1]); !errors.As(err, &refused) || refused.Why != pack.Older {
		t.Error(err)
	}
	if d, _ := c.start(); d.Pack().Number != 5 {
		t.Errorf("pack %d is active", d.Pack().Number)
	}
}

// A program that brings rules at least as new as the imported ones works by them.
func TestActive_OlderThanTheProgram(t *testing.T) {
	c := newCounter(t)
	_, shelf := c.start()
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	for _, number := range []string{"4", "5"} {
		later := load(t, edited(t, edit{newer.file, newer.was, "number = " + number + "\n"}))
		if got, err := packs.Active(c.store, later); err != nil || got != later {
			t.Errorf("%v, pack %d is active", err, got.Pack.Number)
		}
	}
	if err := c.store.PutSetting(store.SettingPack, strings.Repeat("0", 64)); err != nil {
		t.Fatal(err)
	}
	var gone *store.NotFoundError
	if _, err := packs.Active(c.store, load(t, assets.PackFiles())); !errors.As(err, &gone) {
		t.Errorf("a pack that is not kept: %v", err)
	}
}

func TestPreview_Refuses(t *testing.T) {
	c := newCounter(t)
	_, shelf := c.start()
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	_, shelf = c.start()
	six := edit{newer.file, newer.was, "number = 6\n"}
	unchecked := func(edits ...edit) []byte {
		archive, err := pack.Archive(edited(t, edits...))
		if err != nil {
			t.Fatal(err)
		}
		data, err := pack.Seal(archive, c.key, "")
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	bare, err := pack.Archive(edited(t, six))
	if err != nil {
		t.Fatal(err)
	}
	other := newCounter(t)
	for _, x := range []struct {
		what string
		data []byte
		why  pack.Why
		says string
	}{
		{"not signed", bare, pack.Unsigned, "pas signé"},
		{"another key", other.signed(six), pack.UnknownKey, "pas connue"},
		{"no pack", []byte("x"), pack.NotAPack, "n’est pas un paquet"},
		{"older", c.signed(edit{newer.file, newer.was, "number = 2\n"}), pack.Older, "plus ancien"},
		{"the same", c.signed(newer, rate), pack.Active, "déjà"},
		{"the same number", c.signed(newer), pack.SameNumber, "plus grand"},
		{"another offer", c.signed(six, edit{"pack.toml", `"atlas-p2i-maroc"`, `"atlas-p2i-essai"`}), pack.Foreign, "autre offre"},
		{"out of date", c.signed(six, edit{"pack.toml", "2026-12-31", "2026-11-22"}), pack.Expired, "plus à jour"},
		{"refused rules", unchecked(six, edit{rate.file, rate.was, `value = "4 %"`}), pack.Unsound, "premiums.toml"},
		{"refused figures", unchecked(six, edit{"figures/observations.csv", "2025-H1,13400,", "2025-H1,x,"}), pack.Unsound, "observations.csv"},
		{"refused formalities", unchecked(six, edit{"formalities/rates.toml", `"EUR"`, `"euro"`}), pack.Unsound, "rates.toml"},
		{"refused scenarios", unchecked(six, edit{"scenarios/levers.toml", `id = "attrition"`, `id = "luck"`}), pack.Unsound, "levers.toml"},
	} {
		_, err := shelf.Preview(x.data)
		var refused *pack.Refused
		if !errors.As(err, &refused) || refused.Why != x.why {
			t.Errorf("%s: %v, want %s", x.what, err, x.why)
			continue
		}
		said := strings.ReplaceAll(desk.Say(c.texts, err), "'", "’")
		if !strings.Contains(said, x.says) || strings.Contains(said, "⟦") {
			t.Errorf("%s: %q", x.what, said)
		}
	}
	// The last day itself still counts.
	c.today = "2026-12-31"
	if _, err := shelf.Preview(c.signed(six)); err != nil {
		t.Error("on its last day:", err)
	}
}

// A project that the new rules do not take is said to be refused, not left out.
func TestPreview_RefusedSimulation(t *testing.T) {
	c := newCounter(t)
	d, shelf := c.start()
	list, err := desk.Samples(c.texts)
	if err != nil {
		t.Fatal(err)
	}
	own := list[2]
	own.Name, own.Site = "Ailleurs", "technopolis"
	if _, err := d.Save(desk.Draft{Project: own}); err != nil {
		t.Fatal(err)
	}
	files := edited(t, edit{newer.file, newer.was, newer.is})
	delete(files, "sites/technopolis.toml")
	for name, f := range files { // its texts go with it
		if !strings.HasPrefix(name, "texts/") {
			continue
		}
		var kept []string
		for line := range strings.Lines(string(f.Data)) {
			if !strings.Contains(line, ".technopolis.") {
				kept = append(kept, line)
			}
		}
		f.Data = []byte(strings.Join(kept, ""))
	}
	data, err := packs.Build(load(t, files), c.key)
	if err != nil {
		t.Fatal(err)
	}
	p, err := shelf.Preview(data)
	if err != nil {
		t.Fatal(err)
	}
	if e := p.Effects[0]; e.Refused == nil || e.Next != nil || e.Now == nil || !e.Moved() {
		t.Errorf("%+v", e)
	}
}

// Rules that stand under the hash of others are not computed with: what was signed is
// the hash.
func TestActive_OtherRulesUnderTheHash(t *testing.T) {
	c := newCounter(t)
	d, shelf := c.start()
	p, err := shelf.Preview(c.signed(newer))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := pack.Archive(edited(t, newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	sha256 := p.Pack.SHA256
	if err := c.store.SavePackOnce(store.Pack{Number: 4, SHA256: sha256, Archive: archive}); err != nil {
		t.Fatal(err)
	}
	if e, err := d.EngineFor(sha256); err == nil {
		t.Errorf("an engine of %s", e.Pack().SHA256)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	if r, err := packs.Active(c.store, load(t, assets.PackFiles())); err == nil {
		t.Errorf("active is %s", r.Pack.SHA256)
	}
}
