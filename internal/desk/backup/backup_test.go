package backup

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/vault"
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

func opened(t *testing.T, o store.Options) *store.Store {
	t.Helper()
	s := must(store.Open(t.Context(), o))(t)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// begun is a store with a stick.
func begun(t *testing.T) (*store.Store, store.Options, string) {
	t.Helper()
	o := store.Options{Path: filepath.Join(t.TempDir(), "atlas.db"), Device: string(store.NewID())}
	s := opened(t, o)
	stick := t.TempDir()
	check(t, New(s).SetMirror(t.Context(), stick))
	return s, o, stick
}

func content(n int) store.Content {
	return store.Content{Project: json.RawMessage(fmt.Sprintf(`{"n":%d}`, n)), PackSHA256: fmt.Sprintf("%064d", 1)}
}

func sealed(n int) store.DossierContent {
	return store.DossierContent{Clear: json.RawMessage(`{}`), Sealed: []byte{byte(n), 1, 2}}
}

func names(list []Item) (out []string) {
	for _, it := range list {
		out = append(out, it.Name)
	}
	return out
}

// The preview counts what the restore then does, and says nothing changes where the
// copy is of now.
func TestPreview(t *testing.T) {
	s, o, _ := begun(t)
	stays := must(s.Create("Reste", content(1)))(t)
	gone := must(s.Create("Supprimée depuis", content(2)))(t)
	check(t, s.PutValue(store.Value{Place: "fes-shore", Field: "rent", Text: "10"}))
	kept, erased := store.NewID(), store.NewID()
	must(s.CreateDossier(kept, sealed(1)))(t)
	must(s.CreateDossier(erased, sealed(2)))(t)
	b := New(s)
	then := must(b.CopyNow(t.Context()))(t)
	if p := must(b.Preview(t.Context(), then.Path))(t); p.Count() != 0 || len(p.Msgs()) != 2 || p.Keys != KeysMissing {
		t.Errorf("nothing changed since: %+v", p)
	}
	must(s.Save(stays.ID, "Reste, renommée", content(9)))(t)
	must(s.Delete(gone.ID))(t)
	must(s.Create("Nouvelle", content(3)))(t)
	check(t, s.PutValue(store.Value{Place: "fes-shore", Field: "rent", Text: "12"}))
	check(t, s.PutValue(store.Value{Place: "agadir", Field: "rent", Text: "7"}))
	must(s.PutObservations(t.Context(), "f.csv", []store.Observation{{ID: "x", Value: "1"}}, nil))(t)
	must(s.SaveDossier(kept, sealed(3)))(t)
	check(t, s.EraseDossier(erased))
	p := must(b.Preview(t.Context(), then.Path))(t)
	if !slices.Equal(names(p.Simulations.Back), []string{"Supprimée depuis"}) || !slices.Equal(names(p.Simulations.Gone), []string{"Nouvelle"}) ||
		!slices.Equal(names(p.Simulations.Changed), []string{"Reste, renommée"}) {
		t.Errorf("simulations %+v", p.Simulations)
	}
	if c := p.Contacts; len(c.Back) != 0 || len(c.Gone) != 0 || len(c.Changed) != 1 || c.Changed[0].ID != string(kept) {
		t.Errorf("contacts %+v: who was erased must not come back", c)
	}
	if v := p.Values; len(v.Gone) != 1 || v.Gone[0].ID != "agadir/rent" || len(v.Changed) != 1 || len(v.Back) != 0 {
		t.Errorf("values %+v", v)
	}
	if p.Figures.Count() != 1 || len(p.Figures.Gone) != 1 || p.Papers.Count() != 0 {
		t.Errorf("figures %+v, papers %+v", p.Figures, p.Papers)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(o.Path), "*.tmp*")); len(left) > 0 {
		t.Errorf("left behind %v", left)
	}
	check(t, s.Close())
	r := must(Restore(t.Context(), o, then.Path))(t)
	s = opened(t, o)
	if p := must(New(s).Preview(t.Context(), then.Path))(t); p.Count() != 0 {
		t.Errorf("after the restore it still differs: %+v", p)
	}
	if p := must(New(s).Preview(t.Context(), r.Before.Path))(t); !slices.Equal(names(p.Simulations.Back), []string{"Nouvelle"}) {
		t.Errorf("the way back: %+v", p.Simulations)
	}
}

// Previews that are asked for at a time do not disturb each other: a window that was
// made anew may still wait for the one before.
func TestPreview_TwoAtATime(t *testing.T) {
	s, _, _ := begun(t)
	must(s.Create("a", content(1)))(t)
	b := New(s)
	then := must(b.CopyNow(t.Context()))(t)
	must(s.Create("b", content(2)))(t)
	errs := make(chan error)
	const askers = 4
	for range askers {
		go func() {
			p, err := b.Preview(t.Context(), then.Path)
			if err == nil && p.Count() != 1 {
				err = fmt.Errorf("%+v", p)
			}
			errs <- err
		}()
	}
	for range askers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

// Both folders are listed; a damaged copy is there and not good; those of another
// laptop on the same stick are told apart.
func TestList(t *testing.T) {
	s, _, stick := begun(t)
	must(s.Create("a", content(1)))(t)
	b := New(s)
	must(b.CopyNow(t.Context()))(t)
	other, _, _ := begun(t)
	check(t, other.SetMirror(t.Context(), stick))
	must(other.Create("b", content(2)))(t)
	must(New(other).CopyNow(t.Context()))(t)
	check(t, other.Close())
	bad := must(store.SnapshotsIn(b.Mirror().Folder))(t)[0]
	check(t, os.Truncate(bad.Path, 5000))
	byWhere := map[Where]int{}
	for _, f := range must(b.List(t.Context()))(t) {
		byWhere[f.Where]++
		var damaged *store.DamagedError
		if is := errors.As(f.Err, &damaged); is != (f.Path == bad.Path) || f.Size == 0 || f.At.IsZero() {
			t.Errorf("%+v", f)
		}
		if f.Err == nil && (f.Own != (f.Where != Elsewhere) || f.Records["simulations"] == 0 && f.Where == Elsewhere) {
			t.Errorf("%+v", f)
		}
	}
	if byWhere[Here] == 0 || byWhere[Second] == 0 || byWhere[Elsewhere] == 0 {
		t.Errorf("%v", byWhere)
	}
	check(t, os.Rename(stick, stick+"-away"))
	if got := must(b.List(t.Context()))(t); len(got) != byWhere[Here] {
		t.Errorf("without the stick: %d, want %d", len(got), byWhere[Here])
	}
}

// Erasing a person while the stick is away says that its keys still open them, and
// they do not once it is back.
func TestErasure_WithTheStickAway(t *testing.T) {
	s, _, stick := begun(t)
	path, copied := s.KeyFiles()
	ring := keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}, Changed: s.MirrorKeys}
	keys := keyring.Find(ring)
	const pass = "quatre mots pour un salon"
	check(t, keys.Create(pass))
	id := string(store.NewID())
	secret := must(keys.Seal(id, vault.UseDossier, []byte("Amina")))(t)
	onStick := func() error {
		name := filepath.Join(t.TempDir(), "atlas.keys")
		data := must(os.ReadFile(filepath.Join(s.Mirror().Folder, mirror.KeysName(path))))(t)
		check(t, disk.Replace(name, data))
		k := keyring.Find(keyring.Options{Path: name, Copy: name + ".copy", Random: rand.Reader})
		check(t, k.Unlock(pass))
		_, err := k.Open(id, vault.UseDossier, secret)
		return err
	}
	check(t, onStick())
	away := stick + "-away"
	check(t, os.Rename(stick, away))
	check(t, s.EraseDossier(store.ID(id)))
	check(t, keys.Destroy(id))
	is := s.Mirror()
	if !is.KeysBehind || len(SayMirror(is)) != 3 {
		t.Errorf("%+v, said %v", is, SayMirror(is))
	}
	left := cabinet.Left{Copy: is.Dir}
	if m := left.Msgs(); m[len(m)-1].Key != "cabinet.left.copy" {
		t.Errorf("%v", m)
	}
	check(t, os.Rename(away, stick))
	check(t, onStick())
	must(New(s).CopyNow(t.Context()))(t)
	if err := onStick(); !errors.Is(err, vault.ErrErased) {
		t.Errorf("after the stick is back: %v", err)
	}
	if s.Mirror().KeysBehind {
		t.Error("still said to be behind")
	}
	check(t, keys.Discard())
	if left := must(os.ReadDir(s.Mirror().Folder))(t); slices.ContainsFunc(left, func(e os.DirEntry) bool { return filepath.Ext(e.Name()) == ".keys" }) {
		t.Error("discarded keys are left on the stick")
	}
}

// Each state has its sentence in every language.
func TestSayMirror(t *testing.T) {
	for _, lang := range must(i18n.Languages(assets.I18n))(t) {
		texts := must(i18n.Load(assets.I18n, lang))(t)
		for _, err := range []error{nil, &mirror.AbsentError{}, &store.FullError{}, &store.AccessError{}, &mirror.StaleError{}, &mirror.HangingError{}, &mirror.StoppedError{}, errors.New("x")} {
			for _, m := range SayMirror(mirror.State{Dir: "d", Err: err, KeysBehind: true}) {
				if !texts.Has(m.Key) {
					t.Errorf("%s: %s", lang, m.Key)
				}
			}
		}
		for want, is := range map[string]mirror.State{
			"backup.mirror.busy": {Dir: "d", Busy: true}, "backup.mirror.behind": {Dir: "d", Copied: time.Unix(0, 0)},
		} {
			if said := SayMirror(is); len(said) != 2 || said[1].Key != want || !texts.Has(want) {
				t.Errorf("%s: %v, want %s", lang, said, want)
			}
		}
		if said := SayMirror(mirror.State{Dir: "d", Copied: time.Unix(0, 0), Fresh: true, Busy: true}); len(said) != 1 {
			t.Errorf("up to date: %v", said)
		}
		p := Preview{Keys: KeysOther, Papers: Changes{Back: []Item{{}}}}
		for _, m := range append(p.Msgs(), domain.M("backup.keys.come"), domain.M("backup.keys.missing")) {
			if !texts.Has(m.Key) {
				t.Errorf("%s: %s", lang, m.Key)
			}
		}
	}
}
