package cabinet

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

const pass = "quatre mots simples ici"

// bench is a cabinet over a real store and keyring, with a clock that only sleeping
// and the test move.
type bench struct {
	*Cabinet
	t     testing.TB
	dir   string
	store *store.Store
	clock *clock
	slept []time.Duration
}

// clock is read by the store's own goroutine of snapshots, too.
type clock struct {
	mu sync.Mutex
	at time.Time
}

// moved moves the clock and reads it.
func (c *clock) moved(d time.Duration) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	return c.at
}

func (c *clock) now() time.Time { return c.moved(0) }

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), clock: &clock{at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}}
	b.open()
	return b
}

// open opens store and cabinet as a new start of the program does.
func (b *bench) open() {
	b.t.Helper()
	s, err := store.Open(context.Background(), store.Options{
		Path: filepath.Join(b.dir, "essai.db"), SnapshotDir: filepath.Join(b.dir, "copies"), Device: "essai", SnapshotGap: time.Nanosecond,
		Now: func() time.Time { return b.clock.moved(time.Millisecond) },
	})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { _ = s.Close() })
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		b.t.Fatal(err)
	}
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		b.t.Fatal(err)
	}
	terms, err := formalities.Load(pack)
	if err != nil {
		b.t.Fatal(err)
	}
	path, copied := s.KeyFiles()
	b.store = s
	b.Cabinet = New(Params{
		Store: s, Texts: texts.WithTexts(pack.TextsIn("fr")), Terms: terms,
		Keys: keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}}),
		Now:  b.clock.now,
		Sleep: func(_ context.Context, d time.Duration) error {
			b.slept = append(b.slept, d)
			b.clock.moved(d)
			return nil
		},
	})
}

// again closes the program and starts it, unlocked.
func (b *bench) again() {
	b.t.Helper()
	b.must(b.store.Close())
	b.open()
	b.must(b.Unlock(context.Background(), pass))
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) save(d dossier.Dossier) *dossier.Dossier {
	b.t.Helper()
	out, err := b.Save(&d)
	b.must(err)
	return out
}

func (b *bench) wants(want State) {
	b.t.Helper()
	if got, err := b.State(); got != want || err != nil {
		b.t.Errorf("state %d, %v; want %d", got, err, want)
	}
}

// visitor is a contact whose every private text is findable.
func visitor() dossier.Dossier {
	return dossier.Dossier{
		Clear: dossier.Clear{Fair: "Salon de Lyon", Grade: "A", Next: dossier.Next{Owner: "KB", Due: "2026-03-09"}},
		Private: dossier.Private{
			Contact:  dossier.Contact{Name: "Zelmira Quastenberg", Company: "Vorlunde SARL", Role: "Directrice", Email: "zelmira@vorlunde.example", Phone: "+33 6 11 22 33 44"},
			Interest: dossier.Interest{Segment: "CRM", Size: "upTo200"},
			Notes:    "Parle de Kroxheim.", Step: "Envoyer le Drummelplan", Language: "fr",
		},
	}
}

// private are the words of visitor that must not be found where it was erased.
var private = []string{"Zelmira", "Quastenberg", "Vorlunde", "11 22 33 44", "Kroxheim", "Drummelplan"}

func (noRoom) PutSetting(string, any) error { return &disk.FullError{} }

func TestCabinet_FindsByEverything(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	sim, err := b.store.Create("Centre de Fès", content())
	b.must(err)
	_, err = b.AttachSimulation(v.ID, sim.ID)
	b.must(err)
	b.must(issuePaper(b, v.ID, "A7K2-0042", sim.ID))
	b.must(b.Refresh(v.ID))
	for range 2 {
		for _, text := range []string{"zelm", "vorlunde", "kroxheim", "relation client", "centre fès", "A7K2-0042", "611223344", ""} {
			if found := b.Find(dossier.Query{Text: text}); len(found) != 1 {
				t.Errorf("%q finds %d", text, len(found))
			}
		}
		b.again()
	}
	if got := b.Fairs(); !slices.Equal(got, []string{"Salon de Lyon"}) {
		t.Error(got)
	}
}

// A contact is overdue once nothing changed for longer than the wording promises;
// handing its data out is no change.
func TestCabinet_Overdue(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	old := b.save(visitor())
	term := b.Overdue(b.clock.now()).Months
	if wording, err := b.Consent("CRI", "droits@cri.ma"); err != nil || term == 0 || !strings.Contains(wording.Text, strconv.Itoa(term)+" mois") {
		t.Fatalf("%d months, %v", term, err)
	}
	wants := func(day time.Time, want int) {
		t.Helper()
		if got := b.Overdue(day); got.Count != want || len(b.Find(dossier.Query{Before: got.Before})) != want {
			t.Errorf("on %s: %+v, want %d", day, got, want)
		}
	}
	end := old.Updated.AddDate(0, term, 0)
	wants(end, 0)
	wants(end.Add(time.Second), 1)
	b.clock.moved(24 * time.Hour)
	b.must(b.ExportCSV(io.Discard, []string{old.ID}))
	wants(end.Add(time.Second), 1)
	old.Notes = "A rappelé."
	b.save(*old)
	wants(end.Add(time.Second), 0)
	b.Lock()
	if got := b.Overdue(end.AddDate(9, 0, 0)); got.Count != 0 || got.Months != term {
		t.Errorf("locked: %+v", got)
	}
}

func TestCabinet_HistoryInWords(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	sim, err := b.store.Create("Centre de Fès", content())
	b.must(err)
	v, err = b.AttachSimulation(v.ID, sim.ID)
	b.must(err)
	v, err = b.AttachComparison(v.ID, "Fès ou Rabat", desk.Comparison{Sites: []string{"fes-shore"}, Weights: map[string]int{"irCap": 3}})
	b.must(err)
	if kept, err := b.Comparison(v.ID, "Fès ou Rabat"); err != nil || !slices.Equal(kept.Sites, []string{"fes-shore"}) {
		t.Errorf("%+v, %v", kept, err)
	}
	v.State, v.Next.Due = dossier.Active, "2026-04-02"
	b.save(*v)
	_, err = b.DetachComparison(v.ID, "Fès ou Rabat")
	b.must(err)
	_, err = b.DetachSimulation(v.ID, sim.ID)
	b.must(err)
	lines, err := b.History(v.ID)
	b.must(err)
	var said []string
	for _, l := range slices.Backward(lines) {
		said = append(said, strings.ReplaceAll(l.Text, "\u202f", " "))
	}
	want := []string{
		"Dossier ouvert", "Notes modifiées", "Note du dossier : A", "Prochaine étape fixée : 09/03/2026", "Simulation jointe : Centre de Fès",
		"Comparaisons jointes modifiées", "État : En cours", "Prochaine étape fixée : 02/04/2026", "Comparaisons jointes modifiées", "Simulation retirée : Centre de Fès",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	n := len(lines)
	same, err := b.Get(v.ID)
	b.must(err)
	b.save(*same)
	raw, err := b.store.Dossier(store.ID(v.ID))
	b.must(err)
	if lines, _ = b.History(v.ID); len(lines) != n || raw.Head != 6 {
		t.Error("a save that changes nothing was written")
	}
}

// What the screen changes in its copy is not changed in the cabinet's.
func TestCabinet_CopiesAreApart(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := visitor()
	w, err := b.Consent("AMDI", "droits@amdi.example")
	b.must(err)
	if !strings.Contains(w.Text, "droits@amdi.example") || w.Version < 1 || len(w.Purposes) == 0 || w.Language != "fr" {
		t.Fatalf("%+v", w)
	}
	v.Consent = b.Answered(w, Answer{Given: true, Purposes: []string{w.Purposes[0].ID}, By: "KB"})
	kept := b.save(v)
	if kept.Consent.SHA256 == "" || kept.Consent.Version != "1" {
		t.Errorf("%+v", kept.Consent)
	}
	mine, err := b.Get(kept.ID)
	b.must(err)
	now := b.clock.now()
	mine.Consent.Withdrawn, mine.Consent.Purposes[0] = &now, "autre"
	if again, _ := b.Get(kept.ID); !again.Consent.Stands() || again.Consent.Purposes[0] != w.Purposes[0].ID {
		t.Errorf("%+v", again.Consent)
	}
	gone, err := b.Withdraw(kept.ID)
	b.must(err)
	if gone.Consent.Stands() || !gone.Consent.Given {
		t.Errorf("%+v", gone.Consent)
	}
	lines, _ := b.History(kept.ID)
	if lines[0].Kind != dossier.KindWithdrawn {
		t.Errorf("%+v", lines)
	}
	var refused *domain.Problem
	if _, err := b.Consent("", "x"); !errors.As(err, &refused) {
		t.Error(err)
	}
}

// full is a disk on which nothing can be noted.
type full struct{ *store.Store }

func (full) NoteDossiers([]store.ID, ...store.DossierEvent) error { return &store.FullError{} }

// Where it cannot be noted, nothing leaves.
func TestCabinet_ExportsAreNoted(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	first := b.save(visitor())
	second := b.save(visitor())
	var out bytes.Buffer
	b.must(b.ExportCSV(&out, []string{first.ID}))
	if out.Len() == 0 {
		t.Error("nothing was written")
	}
	for id, want := range map[string]bool{first.ID: true, second.ID: false} {
		lines, err := b.History(id)
		b.must(err)
		if got := lines[0].Kind == dossier.KindExported; got != want {
			t.Errorf("noted: %v, want %v", got, want)
		}
	}
	if found := b.Find(dossier.Query{}); found[0].ID != second.ID {
		t.Error("an export moves a contact to the top")
	}
	b.p.Store = full{b.store}
	out.Reset()
	var fullErr *store.FullError
	if err := b.ExportVCard(&out, nil); !errors.As(err, &fullErr) || out.Len() > 0 {
		t.Errorf("%v, %d bytes", err, out.Len())
	}
}

func TestCabinet_SaveAndGetAgree(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	text := rapid.StringMatching(`[\p{L}\p{N} .@+"<>&,;-]{0,30}`)
	rapid.Check(t, func(r *rapid.T) {
		d := dossier.Dossier{
			Clear: dossier.Clear{
				Fair: text.Draw(r, "fair"), Grade: rapid.SampledFrom([]string{"", "A", "B", "C"}).Draw(r, "grade"),
				State: rapid.SampledFrom(dossier.States).Draw(r, "state"), Next: dossier.Next{Owner: text.Draw(r, "owner"), Due: "2026-05-04", Done: rapid.Bool().Draw(r, "done")},
			},
			Private: dossier.Private{
				Contact: dossier.Contact{Name: "N" + text.Draw(r, "name"), Company: text.Draw(r, "company"), Email: text.Draw(r, "email"), Phone: text.Draw(r, "phone")},
				Notes:   text.Draw(r, "notes"), Step: text.Draw(r, "step"),
			},
		}
		kept, err := b.Save(&d)
		if err != nil {
			r.Fatal(err)
		}
		got, err := b.Get(kept.ID)
		if err != nil {
			r.Fatal(err)
		}
		raw, err := b.store.Dossier(store.ID(kept.ID))
		if err != nil {
			r.Fatal(err)
		}
		read, err := b.read(&raw)
		if err != nil {
			r.Fatal(err)
		}
		d.ID, d.Created, d.Updated = kept.ID, kept.Created, kept.Updated
		for _, other := range []dossier.Dossier{*kept, *got, read} {
			if diff := cmp.Diff(d, other); diff != "" {
				r.Fatal(diff)
			}
		}
	})
}

func (readOnly) ReadOnly() bool { return true }
