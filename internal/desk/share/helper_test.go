package share

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/report"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

const (
	pass   = "quatre mots simples ici"
	travel = "cinq autres mots en route"
)

type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Errorf(format string, args ...any)
}

func must[T any](v T, err error) func(fataler) T {
	return func(t fataler) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t fataler, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var (
	rulesOf = sync.OnceValues(func() (*rules.Pack, error) { return rules.Load(assets.PackFiles()) })
	french  = sync.OnceValues(func() (*i18n.Catalogue, error) { return i18n.Load(assets.I18n, "fr") })
)

// clock moves on by itself, so that no two changes have one time; the store's own
// goroutine of snapshots reads it too.
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

// laptop is the program on one machine, over real files.
type laptop struct {
	*Room
	store   *store.Store
	keys    *keyring.Keyring
	cabinet *cabinet.Cabinet
	desk    *desk.Desk
	office  *issue.Office
	device  *seal.Device
}

// newLaptop sets up a machine; all of a test go by one clock.
var laptopStart = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func newLaptop(t fataler, dir, name string, c *clock) *laptop {
	t.Helper()
	l := &laptop{}
	l.store = must(store.Open(context.Background(), store.Options{
		Path: filepath.Join(dir, name+".db"), SnapshotDir: filepath.Join(dir, name+"-copies"), Device: name, Now: c.now, SnapshotGap: time.Hour,
	}))(t)
	pack := must(rulesOf())(t)
	l.desk = must(desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: must(french())(t), Store: l.store, Now: c.now}))(t)
	l.device = must(seal.NewDevice(rand.Reader))(t)
	device := func() (*seal.Device, error) { return l.device, nil }
	path, copied := l.store.KeyFiles()
	l.keys = keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}})
	l.cabinet = cabinet.New(cabinet.Params{Store: l.store, Keys: l.keys, Texts: l.desk.Texts(), Terms: must(formalities.Load(pack))(t), Now: c.now})
	l.office = must(issue.New(issue.Params{Desk: l.desk, Store: l.store, Names: l.cabinet, Printer: report.Printer{}, Device: device, Now: c.now}))(t)
	check(t, l.office.PutSetup(issue.Setup{Officer: "Officier " + name, Agency: "Agence d'essai"}))
	l.Room = New(Params{Desk: l.desk, Store: l.store, Contacts: l.cabinet, Device: device, ID: name, Program: "1.0", Now: c.now, Work: 1})
	return l
}

// laptops sets up machines that are closed at the end of the test, all with their
// contacts unlocked.
func laptops(t *testing.T, names ...string) []*laptop {
	t.Helper()
	c := &clock{at: laptopStart}
	dir := t.TempDir()
	var out []*laptop
	for _, name := range names {
		l := newLaptop(t, dir, name, c)
		check(t, l.cabinet.SetPassphrase(pass+name))
		t.Cleanup(func() { _ = l.store.Close() })
		out = append(out, l)
	}
	return out
}

// export gives a file with contacts.
func (l *laptop) export(t fataler) []byte {
	t.Helper()
	return must(l.Export(Order{Passphrase: travel, Contacts: true}))(t).Data
}

// take merges a file, with the contacts in it.
func (l *laptop) take(t fataler, data []byte) *Report {
	t.Helper()
	p := must(l.Preview(data, travel))(t)
	defer p.Forget()
	return must(l.Merge(p, Choice{}))(t)
}

// meet exchanges files in both directions.
func meet(t fataler, a, b *laptop) {
	t.Helper()
	b.take(t, a.export(t))
	a.take(t, b.export(t))
}

// visitor is a contact whose every private text is findable.
func visitor() dossier.Dossier {
	return dossier.Dossier{
		Clear: dossier.Clear{Fair: "Salon de Lyon", Grade: "A"},
		Private: dossier.Private{
			Contact: dossier.Contact{Name: "Zelmira Quastenberg", Company: "Vorlunde SARL", Email: "zelmira@vorlunde.example"},
			Notes:   "Parle de Kroxheim.",
		},
	}
}

func (l *laptop) save(t fataler, d dossier.Dossier) *dossier.Dossier {
	t.Helper()
	return must(l.cabinet.Save(&d))(t)
}

func eso(name string) desk.Draft {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = name
	return desk.Draft{Project: p}
}

// sheet is what a laptop holds: two that hold the same give the same. Packs are named
// by their hash alone.
func (l *laptop) sheet(t fataler) store.Share {
	t.Helper()
	s := must(l.store.Share(store.ShareOptions{}))(t)
	for i := range s.Packs {
		s.Packs[i].Archive = nil
	}
	return s
}

func (r *Report) part(k Kind) *Part {
	for i := range r.Parts {
		if r.Parts[i].Kind == k {
			return &r.Parts[i]
		}
	}
	return nil
}

// said is every sentence of a report.
func (l *laptop) said(list []domain.Msg) string {
	var out []string
	for _, m := range list {
		out = append(out, l.desk.Texts().T(m))
	}
	return strings.Join(out, "\n")
}

// refused is the key of a refusal; anything else ends the test.
func refused(t fataler, err error) string {
	t.Helper()
	var p *domain.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no refusal", err)
	}
	return p.Msg.Key
}
