package desk_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
)

// A form opened before a rename does not take the new name back, unless its own
// name was changed.
func TestSaveKeepsNameGivenMeanwhile(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	first := save(t, d, desk.Draft{Project: eso()})
	for name, dr := range map[string]desk.Draft{"since saved": first, "since opened": open(t, d, first.ID)} {
		if err := d.Rename(first.ID, "Fès, 2e visite"); err != nil {
			t.Fatal(err)
		}
		dr.Project.Roles[0].Hires[0].Count++
		got := save(t, d, dr)
		if got.Project.Name != "Fès, 2e visite" || got.Opened != "Fès, 2e visite" {
			t.Errorf("%s: the draft is %q, opened as %q", name, got.Project.Name, got.Opened)
		}
		if l := list(t, d); l[0].Name != "Fès, 2e visite" {
			t.Errorf("%s: the list shows %q", name, l[0].Name)
		}
		if again := save(t, d, got); again.Revision != got.Revision {
			t.Errorf("%s: saving without a change made revision %d", name, again.Revision)
		}
	}
	first.Project.Name = "Fès, variante"
	if got := save(t, d, first); got.Project.Name != "Fès, variante" || list(t, d)[0].Name != "Fès, variante" {
		t.Errorf("a name typed in the form gives %q, listed as %q", got.Project.Name, list(t, d)[0].Name)
	}
}

// "Enregistré" of a simulation that no list shows would be a lie.
func TestSaveBringsDeletedBack(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	dr := save(t, d, desk.Draft{Project: eso()})
	if err := d.Delete(dr.ID); err != nil {
		t.Fatal(err)
	}
	if got := save(t, d, dr); got.ID != dr.ID {
		t.Errorf("saved as %s, want %s", got.ID, dr.ID)
	}
	if l := list(t, d); len(l) != 1 || l[0].ID != dr.ID {
		t.Errorf("list is %+v", l)
	}
}

// failing refuses one call, as a full disk does.
type failing struct {
	desk.Store
	pack, save error
}

func (f *failing) SavePackOnce(p store.Pack) error {
	if f.pack != nil {
		return f.pack
	}
	return f.Store.SavePackOnce(p)
}

func (f *failing) Save(id store.ID, name string, c store.Content) (store.Simulation, error) {
	if f.save != nil {
		return store.Simulation{}, f.save
	}
	return f.Store.Save(id, name, c)
}

func TestFailedSaveLeavesNothing(t *testing.T) {
	full := &store.FullError{}
	s := &failing{Store: openStore(t, t.TempDir()), pack: full}
	d := newDesk(t, assets.PackFiles(), s)
	if got, err := d.Save(desk.Draft{Project: eso()}); !errors.Is(err, full) || got.ID != "" || len(list(t, d)) != 0 {
		t.Errorf("without room for the pack: %v, draft %q, list %v", err, got.ID, list(t, d))
	}
	s.pack = nil
	first := save(t, d, desk.Draft{Project: eso()})
	s.save = full
	changed := first
	changed.Project.Name = "Autre nom"
	got, err := d.Save(changed)
	if !errors.Is(err, full) {
		t.Fatalf("error is %v", err)
	}
	if diff := cmp.Diff(changed, got); diff != "" {
		t.Error("the draft of a failed save (-before +after)", diff)
	}
	if diff := cmp.Diff(first, open(t, d, first.ID)); diff != "" {
		t.Error("the simulation of a failed save (-before +after)", diff)
	}
}

func TestNamesAreCheckedEverywhere(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	dr := save(t, d, desk.Draft{Project: eso()})
	for name, want := range map[string]string{"": "refuse.empty", " \t": "refuse.empty", strings.Repeat("é", 201): "refuse.long"} {
		_, copied := d.Duplicate(dr.ID, name)
		for what, err := range map[string]error{"rename": d.Rename(dr.ID, name), "duplicate": copied} {
			var refused calc.Problems
			if !errors.As(err, &refused) || refused[0].Field != "name" || refused[0].Msg.Key != want {
				t.Errorf("%s to %q: %v, want %s", what, name, err, want)
			}
		}
	}
	if l := list(t, d); len(l) != 1 || l[0].Name != dr.Project.Name {
		t.Errorf("list is %+v", l)
	}
	if err := d.Rename(dr.ID, strings.Repeat("é", 200)); err != nil {
		t.Errorf("200 letters: %v", err)
	}
}

// The copy of the longest name can be opened and saved like any other.
func TestDuplicateShortensTheLongestName(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	p := eso()
	p.Name = strings.Repeat("é", 200)
	id, err := d.Duplicate(save(t, d, desk.Draft{Project: p}).ID, p.Name+" (copie)")
	if err != nil {
		t.Fatal(err)
	}
	got := open(t, d, id) // 200 letters: 8 behind, 1 for the ellipsis
	if want := strings.Repeat("é", 191) + "… (copie)"; got.Project.Name != want {
		t.Errorf("the copy is %q, want %q", got.Project.Name, want)
	}
	save(t, d, got)
}
