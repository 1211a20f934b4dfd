package desk_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"slices"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// esoTotal is 10,529,241.60 of AIR, 2,040,000 of PAE and 2,100,000 of PAF: the
// specification's worked table.
const esoTotal = "14669241.60"

func save(t *testing.T, d *desk.Desk, dr desk.Draft) desk.Draft {
	t.Helper()
	out, err := d.Save(dr)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func open(t *testing.T, d *desk.Desk, id store.ID) desk.Draft {
	t.Helper()
	out, err := d.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func total(t *testing.T, d *desk.Desk, dr desk.Draft) string {
	t.Helper()
	r, err := d.Estimate(dr)
	if err != nil {
		t.Fatal(err)
	}
	return r.Benefits.Value.String()
}

func list(t *testing.T, d *desk.Desk) []store.Entry {
	t.Helper()
	out, err := d.List()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// What was saved comes back from the disk, not from memory: the store is closed
// and opened between.
func TestSavedSimulationComesBack(t *testing.T) {
	dir := t.TempDir()
	p := eso()
	p.Roles[0].AnnualAttrition = calctest.Share("0.125")
	marks := map[string]string{"roles[0].grossMonthly": "eso.senior"}

	first := openStore(t, dir)
	d := newDesk(t, assets.PackFiles(), first)
	saved := save(t, d, desk.Draft{Project: p, Marks: marks})
	want := total(t, d, saved)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}

	d = newDesk(t, assets.PackFiles(), openStore(t, dir))
	got := open(t, d, saved.ID)
	if diff := cmp.Diff(saved, got); diff != "" {
		t.Error("(-saved +opened)", diff)
	}
	if got := total(t, d, got); got != want {
		t.Errorf("total %s after reopening, %s before", got, want)
	}
}

func TestListShowsWhatTheResultSays(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	saved := save(t, d, desk.Draft{Project: eso()})
	entries := list(t, d)
	if len(entries) != 1 || entries[0].ID != saved.ID || entries[0].Name != "Centre ESO Fès" || entries[0].PackNumber != 3 {
		t.Fatalf("list is %+v", entries)
	}
	got := entries[0].Summary
	// The extremes are those that the engine gives; TestEsoEstimate of the
	// command line and the tests of the engine hold them to the specification.
	r, err := d.Estimate(saved)
	if err != nil {
		t.Fatal(err)
	}
	want := store.Summary{
		Site: "fes-shore", Segment: "ESO", Months: 60, Total: esoTotal, Heads: "40.000000",
		Low: r.Benefits.Low.String(), High: r.Benefits.High.String(),
	}
	if got != want {
		t.Errorf("summary %+v, want %+v", got, want)
	}
}

func TestSaveAgainMakesARevision(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	dr := save(t, d, desk.Draft{Project: eso()})
	if dr.Revision != 1 {
		t.Fatalf("first save is revision %d", dr.Revision)
	}
	dr.Project.Roles[0].Hires[0].Count = 41
	dr.Project.Name = "Centre ESO Fès, variante"
	again := save(t, d, dr)
	if again.ID != dr.ID || again.Revision != 2 {
		t.Errorf("second save is %s revision %d, want %s revision 2", again.ID, again.Revision, dr.ID)
	}
	if got := open(t, d, dr.ID); got.Project.Name != "Centre ESO Fès, variante" || got.Project.Roles[0].Hires[0].Count != 41 {
		t.Errorf("opened %+v", got.Project)
	}
	if n := list(t, d); len(n) != 1 || n[0].Name != "Centre ESO Fès, variante" {
		t.Errorf("list is %+v", n)
	}
	revs, err := s.Revisions(dr.ID)
	if err != nil || len(revs) != 2 {
		t.Fatalf("%d revisions, %v", len(revs), err)
	}
	if !bytes.Contains(revs[0].Project, []byte(`"count": 40`)) {
		t.Errorf("the first revision is no longer as it was saved: %s", revs[0].Project)
	}
	if same := save(t, d, again); same.Revision != 2 {
		t.Errorf("saving without a change made revision %d", same.Revision)
	}
}

func TestRefusedProjectIsNotSaved(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	p := eso()
	p.Site = "nulle-part"
	_, err := d.Save(desk.Draft{Project: p})
	var refused calc.Problems
	if !errors.As(err, &refused) || refused[0].Field != "site" {
		t.Errorf("error is %v, want the site refused", err)
	}
	if n := list(t, d); len(n) != 0 {
		t.Errorf("%d simulations were saved", len(n))
	}
}

func TestRenameDuplicateDeleteUndelete(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir()))
	dr := save(t, d, desk.Draft{Project: eso(), Marks: map[string]string{"roles[0].grossMonthly": "eso.senior"}})
	if err := d.Rename(dr.ID, "Fès, 2e visite"); err != nil {
		t.Fatal(err)
	}
	copied, err := d.Duplicate(dr.ID, "Fès, copie")
	if err != nil {
		t.Fatal(err)
	}
	a, b := open(t, d, dr.ID), open(t, d, copied)
	if a.Project.Name != "Fès, 2e visite" || b.Project.Name != "Fès, copie" || a.ID == b.ID {
		t.Fatalf("names are %q and %q", a.Project.Name, b.Project.Name)
	}
	a.ID, b.ID, b.Opened, b.Project.Name = "", "", a.Opened, a.Project.Name
	if diff := cmp.Diff(a, b); diff != "" {
		t.Error("the copy differs (-original +copy)", diff)
	}

	if err := d.Delete(dr.ID); err != nil {
		t.Fatal(err)
	}
	if left := list(t, d); len(left) != 1 || left[0].ID != copied {
		t.Errorf("after deleting, the list is %+v", left)
	}
	if err := d.Undelete(dr.ID); err != nil {
		t.Fatal(err)
	}
	ids := []store.ID{}
	for _, e := range list(t, d) {
		ids = append(ids, e.ID)
	}
	if len(ids) != 2 || !slices.Contains(ids, dr.ID) {
		t.Errorf("after undeleting, the list is %v", ids)
	}
	var missing *store.NotFoundError
	for what, err := range map[string]error{
		"rename": d.Rename(store.NewID(), "x"), "delete": d.Delete(store.NewID()), "undelete": d.Undelete(store.NewID()),
	} {
		if !errors.As(err, &missing) {
			t.Errorf("%s of an unknown simulation: %v", what, err)
		}
	}
}

// changedPack is the built-in pack with PAF at 4 % instead of 3.5 %, under the
// next number.
func changedPack(t *testing.T) fstest.MapFS {
	files := builtIn(t)
	replace(t, files, "rules/premiums.toml", `value = "0.035"`, `value = "0.04"`)
	replace(t, files, "pack.toml", "number = 3\n", "number = 4\n")
	return files
}

// A paper handed over yesterday must come out the same today, whatever the
// rules are today; a new save is computed under those.
func TestOldSimulationKeepsItsRules(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	d := newDesk(t, assets.PackFiles(), s)
	saved := save(t, d, desk.Draft{Project: eso()})
	before, err := d.Estimate(saved)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	d = newDesk(t, changedPack(t), openStore(t, dir))
	old := open(t, d, saved.ID)
	after, err := d.Estimate(old)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, after); diff != "" {
		t.Error("(-saved +replayed)", diff)
	}
	if after.Benefits.Value.String() != esoTotal {
		t.Errorf("replayed total %s, want %s", after.Benefits.Value, esoTotal)
	}
	x, err := d.Explain(old, domain.PAF, 0)
	if err != nil || x.Amount != calctest.Money("2100000.00") {
		t.Errorf("explained under the old rules: %v, %v", x, err)
	}

	// 4 % of 40 x 30,000 is 48,000 a month, held to 25,000 a head: 40,000 a month
	// for 60 months, 300,000 more than at 3.5 %.
	fresh := save(t, d, old)
	if fresh.Revision != 2 || fresh.Pack != d.Pack().SHA256 || fresh.Pack == saved.Pack {
		t.Errorf("saved again: revision %d, pack %s", fresh.Revision, fresh.Pack)
	}
	if got := total(t, d, fresh); got != "14969241.60" {
		t.Errorf("total under the new rules %s, want 14969241.60", got)
	}
	if entries := list(t, d); entries[0].PackNumber != 4 || entries[0].Summary.Total != "14969241.60" {
		t.Errorf("the list shows %+v", entries[0])
	}
}

func TestPackThatIsNotKept(t *testing.T) {
	unknown := desk.Draft{Project: eso(), Pack: rules.Hash(nil)}
	var missing *store.NotFoundError
	for name, d := range map[string]*desk.Desk{
		"store":    newDesk(t, assets.PackFiles(), openStore(t, t.TempDir())),
		"no store": newDesk(t, assets.PackFiles(), nil),
	} {
		if _, err := d.Estimate(unknown); !errors.As(err, &missing) || missing.Kind != "pack" {
			t.Errorf("%s: %v, want the pack not found", name, err)
		}
	}
}

// A pack is kept once and must hold the pack it is named after, from whatever
// file system it was packed.
func TestArchiveHoldsThePack(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	save(t, d, desk.Draft{Project: eso()})
	copied := newDesk(t, builtIn(t), s) // the same files from another file system
	save(t, copied, desk.Draft{Project: eso()})
	if d.Pack().SHA256 != copied.Pack().SHA256 {
		t.Fatal("the copied pack has another hash")
	}
	kept, err := s.Pack(d.Pack().SHA256)
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(kept.Archive), int64(len(kept.Archive)))
	if err != nil {
		t.Fatal(err)
	}
	p, err := rules.Load(z)
	if err != nil {
		t.Fatal(err)
	}
	if p.SHA256 != d.Pack().SHA256 || kept.Number != p.Number {
		t.Errorf("the archive holds pack %d %s, want %d %s", p.Number, p.SHA256, kept.Number, d.Pack().SHA256)
	}
}

// A value taken from a preset is assumed, once, though it was filled in.
func TestPresetValuesAreAssumed(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	dr := desk.Draft{Project: eso(), Marks: map[string]string{
		"roles[0].grossMonthly": "eso.senior", "roles[0].annualAttrition": "eso.senior",
	}}
	r, err := d.Estimate(dr)
	if err != nil {
		t.Fatal(err)
	}
	for path := range dr.Marks {
		n := 0
		for _, a := range r.Assumed {
			if a == path {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%s is %d times among the assumed %v", path, n, r.Assumed)
		}
	}
}

func TestWithoutStore(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	if d.CanSave() {
		t.Error("it says that it can save")
	}
	var readOnly *store.ReadOnlyError
	if _, err := d.Save(desk.Draft{Project: eso()}); !errors.As(err, &readOnly) {
		t.Errorf("saving gives %v", err)
	}
	if err := d.PutSetting("theme", "dark"); err != nil {
		t.Error(err)
	}
	var v string
	if d.Setting("theme", &v) || len(list(t, d)) != 0 {
		t.Error("something was kept")
	}
	if got := total(t, d, desk.Draft{Project: eso()}); got != esoTotal {
		t.Errorf("total %s, want %s", got, esoTotal)
	}
}

func TestSettings(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	if err := newDesk(t, assets.PackFiles(), s).PutSetting("theme", "dark"); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	d := newDesk(t, assets.PackFiles(), openStore(t, dir))
	var v string
	if !d.Setting("theme", &v) || v != "dark" {
		t.Errorf("theme is %q", v)
	}
	if d.Setting("scale", &v) || v != "dark" {
		t.Errorf("a setting never put changed the value to %q", v)
	}
}
