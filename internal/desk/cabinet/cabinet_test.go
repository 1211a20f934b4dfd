package cabinet

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
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

func TestCabinet_WithoutStore(t *testing.T) {
	c := New(Params{})
	if is, err := c.State(); is != NoStore || err != nil {
		t.Errorf("%d, %v", is, err)
	}
	var refused *domain.Problem
	if _, err := c.Save(&dossier.Dossier{}); !errors.As(err, &refused) || refused.Msg.Key != "cabinet.noStore" {
		t.Error(err)
	}
	if list, err := c.Due("2026-01-01"); len(list) > 0 || err != nil {
		t.Errorf("%v, %v", list, err)
	}
	c.Lock()
}

func TestCabinet_States(t *testing.T) {
	b := newBench(t)
	b.wants(NoPassphrase)
	v := visitor()
	var refused *domain.Problem
	if _, err := b.Save(&v); !errors.As(err, &refused) || refused.Msg.Key != "cabinet.noPassphrase" {
		t.Errorf("a contact before a passphrase: %v", err)
	}
	if err := b.SetPassphrase("court"); !errors.As(err, &refused) {
		t.Errorf("a weak passphrase: %v", err)
	}
	b.must(b.SetPassphrase(pass))
	b.wants(Unlocked)
	id := b.save(v).ID
	b.Lock()
	b.wants(Locked)
	if _, err := b.Get(id); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("read while locked: %v", err)
	}
	if len(b.Find(dossier.Query{})) > 0 || len(b.Owners()) > 0 {
		t.Error("found while locked")
	}
	if due, err := b.Due("2026-03-09"); err != nil || len(due) != 1 || due[0].Next.Owner != "KB" || due[0].ID != id {
		t.Errorf("due while locked: %+v, %v", due, err)
	}
	b.must(b.Unlock(context.Background(), pass))
	got, err := b.Get(id)
	b.must(err)
	if got.Contact != v.Contact {
		t.Errorf("%+v", got)
	}
	if err := b.SetPassphrase("une tout autre phrase"); err == nil {
		t.Error("a second passphrase was set")
	}
}

// The keys are gone: that is said, nothing is silently begun anew, and what cannot
// be read can be erased.
// Other rules leave the contacts open, and one lock closes both.
func TestCabinet_Under(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	id := b.save(visitor()).ID
	other := b.Under(b.Texts(), nil)
	if is, err := other.State(); err != nil || is != Unlocked {
		t.Errorf("%v, %v", is, err)
	}
	if _, err := other.Get(id); err != nil {
		t.Error(err)
	}
	other.Lock()
	b.wants(Locked)
}

func TestCabinet_LostKeys(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	b.save(visitor())
	path, copied := b.store.KeyFiles()
	b.must(b.store.Close())
	b.must(os.Remove(path))
	b.must(os.Remove(copied))
	b.open()
	b.wants(Lost)
	var refused *domain.Problem
	for _, err := range []error{b.SetPassphrase(pass), b.Unlock(context.Background(), pass)} {
		if !errors.As(err, &refused) || refused.Msg.Key != "cabinet.lost" {
			t.Error(err)
		}
	}
	if n, err := b.Abandon(); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	b.wants(NoPassphrase)
	b.must(b.SetPassphrase(pass))
	b.save(visitor())
}

// A passphrase that nobody remembers: its wrong tries do not slow the next one.
func TestCabinet_ForgottenPassphrase(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	b.save(visitor())
	b.Lock()
	for range 3 {
		if err := b.Unlock(context.Background(), "un souvenir confus"); !errors.Is(err, vault.ErrPassphrase) {
			t.Fatal(err)
		}
	}
	if n, err := b.Abandon(); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	b.slept = nil
	b.must(b.SetPassphrase("une phrase nouvelle"))
	b.Lock()
	b.must(b.Unlock(context.Background(), "une phrase nouvelle"))
	if len(b.slept) > 0 {
		t.Errorf("slept %v", b.slept)
	}
}

func TestCabinet_WrongPassphraseIsSlowed(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	b.Lock()
	wrong := func() {
		t.Helper()
		if err := b.Unlock(context.Background(), "pas celle que l'on croit"); !errors.Is(err, vault.ErrPassphrase) {
			t.Fatal(err)
		}
	}
	for range 3 {
		wrong()
	}
	b.must(b.store.Close())
	b.open() // a restart resets nothing
	for range 4 {
		wrong()
	}
	want := []time.Duration{1, 2, 4, 8, 16, 30}
	for i := range want {
		want[i] *= time.Second
	}
	for i, d := range b.slept {
		if d > want[i] || d < want[i]-time.Second/2 { // the store's own clock moved on
			t.Errorf("wait %d was %v, want %v", i, d, want[i])
		}
	}
	if len(b.slept) != len(want) {
		t.Errorf("slept %v", b.slept)
	}
	b.clock.moved(-time.Hour) // setting the clock back shortens nothing
	ctx, stop := context.WithCancel(context.Background())
	stop()
	b.p.Sleep = func(ctx context.Context, d time.Duration) error {
		b.slept = append(b.slept, d)
		b.clock.moved(d)
		return ctx.Err()
	}
	if err := b.Unlock(ctx, pass); !errors.Is(err, context.Canceled) || b.slept[len(b.slept)-1] != vault.LongestWait {
		t.Errorf("%v after %v", err, b.slept)
	}
	b.clock.moved(2 * time.Hour)
	n := len(b.slept)
	b.must(b.Unlock(context.Background(), pass))
	if err := b.ChangePassphrase(context.Background(), "pas celle que l'on croit", "une phrase nouvelle"); !errors.Is(err, vault.ErrPassphrase) {
		t.Error(err)
	}
	if len(b.slept) != n { // the first wrong one after a right one
		t.Errorf("waited without reason: %v", b.slept)
	}
	var weak *domain.Problem
	if err := b.ChangePassphrase(context.Background(), pass, "court"); !errors.As(err, &weak) {
		t.Errorf("a weak passphrase: %v", err)
	}
	b.must(b.ChangePassphrase(context.Background(), pass, "une phrase nouvelle"))
	b.Lock()
	if err := b.Unlock(context.Background(), pass); !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("the old passphrase: %v", err)
	}
	b.must(b.Unlock(context.Background(), "une phrase nouvelle"))
}

// noRoom is a store whose disk is full.
type noRoom struct{ Store }

func (noRoom) PutSetting(string, any) error { return &disk.FullError{} }

// A full disk keeps nobody out: the count of wrong tries is not worth that.
func TestCabinet_UnlocksOnAFullDisk(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	b.Lock()
	if err := b.Unlock(context.Background(), "pas celle que l'on croit"); !errors.Is(err, vault.ErrPassphrase) {
		t.Fatal(err)
	}
	b.p.Store = noRoom{b.store}
	b.must(b.Unlock(context.Background(), pass))
	b.wants(Unlocked)
	if err := b.ChangePassphrase(context.Background(), "pas celle que l'on croit", "une phrase nouvelle"); !errors.Is(err, vault.ErrPassphrase) {
		t.Fatal(err)
	}
	b.must(b.ChangePassphrase(context.Background(), pass, "une phrase nouvelle"))
}

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

func content() store.Content {
	return store.Content{Project: []byte(`{"name":"x"}`), PackNumber: 1, PackSHA256: strings.Repeat("a", 64)}
}

func issuePaper(b *bench, id, number string, sim store.ID) error {
	sealed, err := b.SealName(store.ID(id), "Zelmira Quastenberg")
	if err != nil {
		return err
	}
	_, err = b.store.PutPaper(func(int) (store.Paper, error) {
		return store.Paper{PaperHead: store.PaperHead{Number: number, Dossier: store.ID(id), Simulation: sim, Revision: 1}, Payload: []byte("figures"), Sealed: sealed}, nil
	})
	return err
}

// Nothing of a person is in any file while they are kept, and no file, with the
// right passphrase and any older copy of the store, gives them back once erased.
func TestCabinet_Erased(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	other := visitor()
	other.Contact.Name, other.Contact.Company = "Autre Personne", "Autre"
	kept := b.save(other)
	sim, err := b.store.Create("Simulation", content())
	b.must(err)
	v, err = b.AttachSimulation(v.ID, sim.ID)
	b.must(err)
	b.must(issuePaper(b, v.ID, "A7K2-0042", sim.ID))
	b.again() // closing takes a snapshot
	noPlaintext(t, b.dir)
	before := t.TempDir()
	b.must(os.CopyFS(before, os.DirFS(b.dir)))

	left, err := b.Erase(v.ID)
	b.must(err)
	if diff := cmp.Diff(Left{Papers: []string{"A7K2-0042"}, Simulations: []Named{{sim.ID, "Simulation"}}}, left); diff != "" {
		t.Error(diff)
	}
	if destroyed, err := b.p.Keys.Destroyed(); err != nil || !slices.Equal(destroyed, []string{v.ID}) {
		t.Errorf("destroyed at once: %v, %v", destroyed, err)
	}
	if len(left.Msgs()) != 3 {
		t.Error(left.Msgs())
	}
	gone := func() {
		t.Helper()
		var missing *store.NotFoundError
		if _, err := b.Get(v.ID); !errors.As(err, &missing) {
			t.Errorf("get: %v", err)
		}
		var csv, cards bytes.Buffer
		b.must(b.ExportCSV(&csv, nil))
		b.must(b.ExportVCard(&cards, nil))
		for _, word := range private[:2] {
			if strings.Contains(csv.String()+cards.String(), word) {
				t.Errorf("%q in an export", word)
			}
		}
		if !strings.Contains(csv.String(), "Autre Personne") || !strings.Contains(cards.String(), "Autre Personne") {
			t.Error("the other contact is not in the exports")
		}
		p, err := b.store.Paper("A7K2-0042")
		b.must(err)
		if len(p.Sealed) > 0 || string(p.Payload) != "figures" {
			t.Errorf("%+v", p)
		}
	}
	gone()
	b.again()
	gone()
	noPlaintext(t, b.dir)

	// The store comes back as it was before, the keys as they are: what the keys
	// destroyed is erased again, and the other contact opens.
	b.must(b.store.Close())
	data, err := os.ReadFile(filepath.Join(before, "essai.db"))
	b.must(err)
	b.must(os.WriteFile(filepath.Join(b.dir, "essai.db"), data, 0o600))
	b.open()
	b.must(b.Unlock(context.Background(), pass))
	if said := b.Troubles(); !slices.ContainsFunc(said, func(m domain.Msg) bool { return m.Key == "cabinet.strayed" }) {
		t.Errorf("%+v", said)
	}
	gone()
	if _, err := b.Get(kept.ID); err != nil {
		t.Error(err)
	}
	b.again()
	if said := b.Troubles(); len(said) > 0 {
		t.Errorf("said again: %+v", said)
	}

	// The keys come back as they were before, the store as it is.
	b.must(b.store.Close())
	path, copied := b.store.KeyFiles()
	for _, name := range []string{path, copied} {
		rel, err := filepath.Rel(b.dir, name)
		b.must(err)
		data, err := os.ReadFile(filepath.Join(before, rel))
		b.must(err)
		b.must(os.WriteFile(name, data, 0o600))
	}
	b.open()
	b.must(b.Unlock(context.Background(), pass))
	gone()
	if destroyed, err := b.p.Keys.Destroyed(); err != nil || !slices.Equal(destroyed, []string{v.ID}) {
		t.Errorf("%v, %v", destroyed, err)
	}
}

// noPlaintext looks for the person's words in every file under a folder.
func noPlaintext(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a snapshot that was just taken has its own name now
		}
		files++
		for _, word := range append([]string{pass}, private...) {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%q is in %s", word, filepath.Base(path))
			}
		}
		return err
	})
	if err != nil || files < 4 { // store, snapshot, two copies of the keys
		t.Errorf("%d files, %v", files, err)
	}
}

func TestCabinet_PersonalIsEverything(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	v.Contact.Phone = "+212 5 37 00 00 00"
	b.save(*v)
	b.must(issuePaper(b, v.ID, "A7K2-0042", ""))
	data, err := b.Personal(v.ID)
	b.must(err)
	for _, word := range append([]string{"+212 5 37 00 00 00", "A7K2-0042", "Salon de Lyon", "Coordonnées"}, private...) {
		if !strings.Contains(string(data), word) {
			t.Errorf("%q is missing: %s", word, data)
		}
	}
	var out personal
	b.must(json.Unmarshal(data, &out))
	if len(out.Earlier) != 1 || len(out.Papers) != 1 || out.Papers[0].Name != v.Contact.Name || len(out.Timeline) < 5 {
		t.Errorf("%+v", out)
	}
	lines, _ := b.History(v.ID)
	if lines[0].Kind != dossier.KindExported {
		t.Errorf("%+v", lines[0])
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

// A contact that these keys do not open is told and left alone; the others open.
func TestCabinet_ContactOfOtherKeys(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	kept := b.save(visitor())
	_, err := b.store.CreateDossier(store.NewID(), store.DossierContent{Clear: []byte(`{"v":1}`), Sealed: []byte("of another laptop")})
	b.must(err)
	b.again()
	if said := b.Troubles(); len(said) != 1 || said[0].Key != "cabinet.unread" || said[0].Args["count"] != 1 {
		t.Errorf("%+v", said)
	}
	if found := b.Find(dossier.Query{}); len(found) != 1 || found[0].ID != kept.ID {
		t.Errorf("%+v", found)
	}
	if heads, err := b.Heads(); err != nil || len(heads) != 2 {
		t.Errorf("%+v, %v", heads, err)
	}
}

// readOnly is a copy that is only looked at.
type readOnly struct{ *store.Store }

func (readOnly) ReadOnly() bool { return true }

func TestCabinet_OnlyRead(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	b.p.Store = readOnly{b.store}
	var refused *store.ReadOnlyError
	v.Notes = "autre"
	if _, err := b.Save(v); !errors.As(err, &refused) {
		t.Error(err)
	}
	lines, err := b.History(v.ID)
	b.must(err)
	var out bytes.Buffer
	b.must(b.ExportCSV(&out, nil))
	if after, _ := b.History(v.ID); len(after) != len(lines) || out.Len() == 0 {
		t.Errorf("%d lines, %d bytes", len(after), out.Len())
	}
}

// interrupted locks the cabinet while its contacts are read.
type interrupted struct {
	*store.Store
	lock func()
}

func (s interrupted) List() ([]store.Entry, error) {
	s.lock()
	return s.Store.List()
}

func TestCabinet_LockedWhileUnlocking(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	b.save(visitor())
	b.Lock()
	b.p.Store = interrupted{b.store, b.Lock}
	if err := b.Unlock(context.Background(), pass); !errors.Is(err, vault.ErrLocked) {
		t.Error(err)
	}
	b.wants(Locked)
	if len(b.Find(dossier.Query{})) > 0 {
		t.Error("found while locked")
	}
}

func BenchmarkUnlock(b *testing.B) {
	x := newBench(b)
	x.must(x.SetPassphrase(pass))
	for range 1000 {
		v := visitor()
		x.save(v)
	}
	for b.Loop() {
		x.Lock()
		x.must(x.Unlock(context.Background(), pass))
	}
}
