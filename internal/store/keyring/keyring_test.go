package keyring

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
)

const (
	passphrase = "quatre mots pour un salon"
	secret     = "Amina Berrada, amina@exemple.ma"
)

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func options(t testing.TB) Options {
	t.Helper()
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, "copies"), 0o700))
	return Options{
		Path: filepath.Join(dir, "atlas.keys"), Copy: filepath.Join(dir, "copies", "atlas.keys"),
		Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1},
	}
}

// created gives an unlocked ring with one contact, "a", and its sealed secret.
func created(t testing.TB) (o Options, k *Keyring, sealed []byte) {
	t.Helper()
	o = options(t)
	k = Find(o)
	check(t, k.Create(passphrase))
	return o, k, must(k.Seal("a", vault.UseDossier, []byte(secret)))(t)
}

func unlocked(t testing.TB, o Options) *Keyring {
	t.Helper()
	k := Find(o)
	check(t, k.Unlock(passphrase))
	return k
}

func read(t testing.TB, name string) []byte {
	t.Helper()
	return must(os.ReadFile(name))(t)
}

// troubles are the keys of what a Keyring tells.
func troubles(k *Keyring) string {
	var out []string
	for _, m := range k.Troubles() {
		out = append(out, strings.TrimPrefix(m.Key, "vault.copy.")+" "+filepath.Base(filepath.Dir(m.Args["path"].(string))))
	}
	return strings.Join(out, ", ")
}

func TestKeyring_FromNothingToUnlocked(t *testing.T) {
	o := options(t)
	k := Find(o)
	if s := must(k.State())(t); s != Absent {
		t.Errorf("state %v", s)
	}
	if err := k.Unlock(passphrase); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%v", err)
	}
	var weak *domain.Problem
	if err := k.Create("court"); !errors.As(err, &weak) {
		t.Errorf("%v", err)
	}
	if s := must(k.State())(t); s != Absent {
		t.Errorf("a weak passphrase left %v", s)
	}
	check(t, k.Create(passphrase))
	sealed := must(k.Seal("a", vault.UseDossier, []byte(secret)))(t)
	k.Lock()
	if s := must(k.State())(t); s != Locked {
		t.Errorf("state %v", s)
	}
	if _, err := k.Open("a", vault.UseDossier, sealed); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("%v", err)
	}
	if _, err := k.Seal("a", vault.UseDossier, nil); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("%v", err)
	}
	var exists *ExistsError
	if err := k.Create(passphrase); !errors.As(err, &exists) {
		t.Errorf("a second ring: %v", err)
	}
	if err := k.Unlock("une autre phrase"); !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("%v", err)
	}
	k = unlocked(t, o)
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret || troubles(k) != "" {
		t.Errorf("%q, %s", got, troubles(k))
	}
	if s := must(k.State())(t); s != Unlocked {
		t.Errorf("state %v", s)
	}
	if !bytes.Equal(read(t, o.Path), read(t, o.Copy)) {
		t.Error("the copies differ")
	}
}

// Either copy alone opens, and the other is written again from it.
func TestUnlock_MendsACopy(t *testing.T) {
	junk := func(t *testing.T, name string) { check(t, os.WriteFile(name, []byte("junk"), 0o600)) }
	flip := func(t *testing.T, name string) {
		b := read(t, name)
		b[len(b)/2] ^= 1
		check(t, os.WriteFile(name, b, 0o600))
	}
	gone := func(t *testing.T, name string) { check(t, os.Remove(name)) }
	cut := func(t *testing.T, name string) { check(t, os.Truncate(name, 40)) }
	aside := func(t *testing.T, name string) { check(t, os.Rename(name, name+disk.Old)) } // a change that was interrupted
	for name, c := range map[string]struct {
		harm func(*testing.T, string)
		want string
	}{"junk": {junk, "damaged"}, "flip": {flip, "damaged"}, "gone": {gone, "missing"}, "cut": {cut, "damaged"}, "aside": {aside, "missing"}} {
		for i := range 2 {
			t.Run(name, func(t *testing.T) {
				o, _, sealed := created(t)
				names := []string{o.Path, o.Copy}
				good := read(t, o.Path)
				c.harm(t, names[i])
				before := read(t, names[1-i])
				if err := Find(o).Unlock("une autre phrase"); !errors.Is(err, vault.ErrPassphrase) {
					t.Fatalf("%v", err)
				}
				if b, err := os.ReadFile(names[i]); err == nil && bytes.Equal(b, good) {
					t.Error("a copy was mended before the passphrase proved the other")
				}
				k := unlocked(t, o)
				if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
					t.Errorf("%q", got)
				}
				if want := c.want + " " + filepath.Base(filepath.Dir(names[i])); troubles(k) != want {
					t.Errorf("said %q, want %q", troubles(k), want)
				}
				if !bytes.Equal(read(t, names[i]), before) || len(must(os.ReadDir(filepath.Dir(o.Copy)))(t)) != 1 {
					t.Error("the copy was not mended, or something is left beside it")
				}
			})
		}
	}
}

func TestUnlock_WithoutAWholeCopyTouchesNothing(t *testing.T) {
	o, _, _ := created(t)
	for _, name := range []string{o.Path, o.Copy} {
		check(t, os.Truncate(name, 60))
	}
	before := read(t, o.Path)
	k := Find(o)
	if err := k.Unlock(passphrase); !errors.Is(err, vault.ErrDamaged) {
		t.Errorf("%v", err)
	}
	if s := must(k.State())(t); s != Locked {
		t.Errorf("state %v", s)
	}
	var exists *ExistsError
	if err := k.Create(passphrase); !errors.As(err, &exists) {
		t.Errorf("a ring was made over a damaged one: %v", err)
	}
	if !bytes.Equal(read(t, o.Path), before) {
		t.Error("the damaged file was changed")
	}
}

func TestDestroy_DoesNotComeBackFromAnOlderCopy(t *testing.T) {
	for i := range 2 {
		o, k, sealed := created(t)
		names := []string{o.Path, o.Copy}
		older := read(t, names[i])
		check(t, k.Destroy("a", "never seen"))
		check(t, k.Destroy("a"))
		check(t, os.WriteFile(names[i], older, 0o600))
		k = unlocked(t, o)
		if _, err := k.Open("a", vault.UseDossier, sealed); !errors.Is(err, vault.ErrErased) {
			t.Errorf("%v", err)
		}
		if want := "older " + filepath.Base(filepath.Dir(names[i])); troubles(k) != want {
			t.Errorf("said %q, want %q", troubles(k), want)
		}
		if bytes.Equal(read(t, names[i]), older) {
			t.Error("the older copy is still there")
		}
		if got := must(k.Destroyed())(t); len(got) != 2 {
			t.Errorf("%q", got)
		}
	}
}

// Where the second copy cannot be written, an erasure is said to be incomplete,
// and the next one that can be completes it.
func TestDestroy_SaysThatACopyIsLeft(t *testing.T) {
	o, k, sealed := created(t)
	check(t, os.Rename(filepath.Dir(o.Copy), filepath.Dir(o.Copy)+"-away"))
	must(k.Seal("b", vault.UseDossier, []byte("x")))(t) // never stops a contact
	var stale *StaleCopyError
	if err := k.Destroy("a"); !errors.As(err, &stale) || stale.Path != o.Copy {
		t.Errorf("%v", err)
	}
	if _, err := k.Open("a", vault.UseDossier, sealed); !errors.Is(err, vault.ErrErased) {
		t.Errorf("%v", err)
	}
	if troubles(k) != "unwritable copies" {
		t.Error(troubles(k))
	}
	check(t, os.Rename(filepath.Dir(o.Copy)+"-away", filepath.Dir(o.Copy)))
	k = unlocked(t, o)
	if troubles(k) != "older copies" || !bytes.Equal(read(t, o.Path), read(t, o.Copy)) {
		t.Error(troubles(k))
	}
}

// Where what was replaced cannot be written over, the change holds all the same:
// to say that it failed would leave somebody with the passphrase that opens nothing.
func TestChange_HoldsThoughTheOldBytesStay(t *testing.T) {
	const next = "cinq autres mots en somme"
	o, k, sealed := created(t)
	check(t, os.Remove(o.Path))
	if err := os.Symlink(t.TempDir(), o.Path); err != nil {
		t.Skip("no links here")
	}
	var stale *StaleCopyError
	if err := k.ChangePassphrase(passphrase, next); !errors.As(err, &stale) || stale.Path != o.Path+disk.Old {
		t.Errorf("%v", err)
	}
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	check(t, os.Remove(o.Path+disk.Old))
	k = Find(o)
	check(t, k.Unlock(next))
	if len(k.Troubles()) > 0 {
		t.Error(troubles(k))
	}
}

func TestChangePassphrase(t *testing.T) {
	const next = "cinq autres mots en somme"
	o, k, sealed := created(t)
	older := read(t, o.Copy)
	if err := k.ChangePassphrase("pas la bonne phrase", next); !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("%v", err)
	}
	check(t, k.ChangePassphrase(passphrase, next))
	check(t, os.WriteFile(o.Copy, older, 0o600)) // interrupted between the two
	k = Find(o)
	if err := k.Unlock(passphrase); !errors.Is(err, vault.ErrPassphrase) {
		t.Errorf("the former passphrase opens the older copy: %v", err)
	}
	check(t, k.Unlock(next))
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
}

// The ring of somebody else in the place of the copy is neither used nor lost.
func TestUnlock_SetsAnotherRingAside(t *testing.T) {
	o, _, sealed := created(t)
	foreign, k, _ := created(t)
	for range 5 {
		must(k.Seal(string(store.NewID()), vault.UseDossier, nil))(t)
	}
	theirs := read(t, foreign.Path)
	check(t, os.WriteFile(o.Copy, theirs, 0o600))
	k = unlocked(t, o)
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	if troubles(k) != "other copies" || !bytes.Equal(read(t, o.Copy+other), theirs) || !bytes.Equal(read(t, o.Copy), read(t, o.Path)) {
		t.Error(troubles(k))
	}
}

func TestReadOnly_WritesNothing(t *testing.T) {
	o, _, sealed := created(t)
	check(t, os.Remove(o.Copy))
	before := read(t, o.Path)
	o.ReadOnly = true
	k := unlocked(t, o)
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	var refused *ReadOnlyError
	_, sealErr := k.Seal("new", vault.UseDossier, nil)
	for i, err := range []error{sealErr, k.Destroy("a"), k.Discard(), k.ChangePassphrase(passphrase, passphrase+"2")} {
		if !errors.As(err, &refused) {
			t.Errorf("%d: %v", i, err)
		}
	}
	must(k.Seal("a", vault.UseDossier, nil))(t) // its key is there
	if _, err := os.Stat(o.Copy); err == nil || !bytes.Equal(read(t, o.Path), before) {
		t.Error("something was written")
	}
}

func TestDiscard_StartsAgain(t *testing.T) {
	o, k, sealed := created(t)
	k.Lock()
	check(t, os.WriteFile(o.Path+disk.Old, []byte("left"), 0o600))
	check(t, k.Discard())
	for _, dir := range []string{filepath.Dir(o.Path), filepath.Dir(o.Copy)} {
		for _, e := range must(os.ReadDir(dir))(t) {
			if !e.IsDir() {
				t.Errorf("%s is left", e.Name())
			}
		}
	}
	check(t, k.Create(passphrase))
	if _, err := k.Open("a", vault.UseDossier, sealed); !errors.Is(err, vault.ErrNoKey) {
		t.Errorf("%v", err)
	}
}

// After an erasure nothing on the disk gives the person, even to who knows the
// passphrase: not the store, not its snapshots, not the copies of the ring.
func TestErasure_HoldsInEveryFile(t *testing.T) {
	dir := t.TempDir()
	s := must(store.Open(t.Context(), store.Options{Path: filepath.Join(dir, "atlas.db"), Device: "d"}))(t)
	path, copied := s.KeyFiles()
	o := options(t)
	o.Path, o.Copy = path, copied
	k := Find(o)
	check(t, k.Create(passphrase))
	id := store.NewID()
	sealed := must(k.Seal(string(id), vault.UseDossier, []byte(secret)))(t)
	name := must(k.Seal(string(id), vault.UsePaper, []byte(secret)))(t)
	must(s.CreateDossier(id, store.DossierContent{Clear: []byte(`{}`), Sealed: sealed}))(t)
	must(s.PutPaper(func(int) (store.Paper, error) {
		return store.Paper{PaperHead: store.PaperHead{Number: "A-1", Dossier: id}, Payload: []byte("figures"), Sealed: name}, nil
	}))(t)
	snap := must(s.Snapshot(t.Context()))(t)

	check(t, s.EraseDossier(id))
	check(t, k.Destroy(string(id)))
	check(t, s.Close())

	inSnapshot := false
	check(t, filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b := read(t, name)
		inSnapshot = inSnapshot || name == snap.Path && bytes.Contains(b, sealed)
		for _, word := range []string{"Amina", "exemple.ma", passphrase} {
			if bytes.Contains(b, []byte(word)) {
				t.Errorf("%q is in %s", word, name)
			}
		}
		ring, err := vault.Open(b, passphrase, rand.Reader)
		if err != nil {
			return nil // no ring
		}
		if _, err := ring.Open(string(id), vault.UseDossier, sealed); !errors.Is(err, vault.ErrErased) {
			t.Errorf("%s opens the contact: %v", name, err)
		}
		return nil
	}))
	if !inSnapshot {
		t.Error("the test proves nothing: the snapshot does not hold what was sealed")
	}
	old := must(store.OpenReadOnly(snap.Path))(t)
	defer old.Close()
	d := must(old.Dossier(id))(t)
	k = unlocked(t, o)
	if _, err := k.Open(string(id), vault.UseDossier, d.Sealed); !errors.Is(err, vault.ErrErased) {
		t.Errorf("the snapshot gives the person: %v", err)
	}
	if list := must(old.Papers())(t); len(list) != 1 {
		t.Errorf("%+v", list)
	}
}

// A new contact in a ring of ten thousand.
func BenchmarkSealNew(b *testing.B) {
	o, k, _ := created(b)
	ring := k.ring.Clone()
	for range 10_000 {
		check(b, ring.Add(string(store.NewID())))
	}
	k = &Keyring{o: o}
	check(b, k.keep(ring))
	for b.Loop() {
		must(k.Seal(string(store.NewID()), vault.UseDossier, []byte(secret)))(b)
	}
}
