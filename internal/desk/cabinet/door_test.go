package cabinet

import (
	"bytes"
	"context"
	"errors"
	"os"
	"testing"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

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
