package share

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// quarrel is two laptops that know the same simulation and each changed it.
func quarrel(t *testing.T) (a, b *laptop, id store.ID) {
	t.Helper()
	all := laptops(t, "nord", "sud")
	a, b = all[0], all[1]
	saved := must(a.desk.Save(eso("Centre ESO")))(t)
	meet(t, a, b)
	for l, pay := range map[*laptop]string{a: "31000.00", b: "32000.00"} {
		dr := must(l.desk.Open(saved.ID))(t)
		dr.Project.Roles[0].GrossMonthly = calctest.Money(pay)
		must(l.desk.Save(dr))(t)
	}
	meet(t, a, b)
	return a, b, saved.ID
}

func only(t *testing.T, l *laptop) *Conflict {
	t.Helper()
	list := must(l.Conflicts())(t)
	if len(list) != 1 {
		t.Fatalf("%d conflicts", len(list))
	}
	return &list[0]
}

func row(c *Conflict, label string) *Row {
	i := slices.IndexFunc(c.Rows, func(r Row) bool { return r.Label == label })
	if i < 0 {
		return nil
	}
	return &c.Rows[i]
}

func none(t *testing.T, all ...*laptop) {
	t.Helper()
	for _, l := range all {
		if list := must(l.Conflicts())(t); len(list) > 0 {
			t.Errorf("%s: %+v", l.p.ID, list)
		}
	}
}

func TestConflicts_OfASimulation(t *testing.T) {
	a, b, id := quarrel(t)
	for _, l := range []*laptop{a, b} {
		c := only(t, l)
		if c.Kind != Simulations || c.Key != string(id) || c.Name != "Centre ESO" || len(c.Versions) != 2 {
			t.Fatalf("%+v", c)
		}
		if !c.Versions[0].Here || c.Versions[1].Here || c.Versions[0].Device != "Officier "+l.p.ID+", Agence d'essai" ||
			!strings.HasPrefix(c.Versions[1].Device, "Officier ") || c.Versions[1].Device == c.Versions[0].Device {
			t.Errorf("%+v", c.Versions)
		}
		pay := row(c, "Brut par mois (Profil)")
		if pay == nil || !pay.Differs {
			t.Errorf("the pay is not beside each other: %+v", c.Rows)
		}
		for _, key := range []string{"share.row.total", "share.row.low", "share.row.high"} {
			gain := row(c, l.desk.Texts().Text(key))
			if gain == nil || !strings.HasSuffix(strings.Join(strings.Fields(gain.Values[0]), " "), " MAD sur 60 mois") {
				t.Errorf("%s does not say over which months: %+v", key, gain)
			}
		}
		if site := row(c, "Plateforme ou région"); site == nil || site.Differs || site.Values[0] != "Fès Shore" {
			t.Errorf("%+v", site)
		}
		if total := row(c, "Gain total"); total == nil || !total.Differs {
			t.Errorf("%+v", total)
		}
		if from := row(c, "Premier mois"); from != nil {
			t.Errorf("what agrees is shown: %+v", from)
		}
	}
	// One decides for the other's version; the decision travels.
	c := only(t, a)
	check(t, a.Resolve(c, c.Versions[1].Identity))
	none(t, a)
	b.take(t, a.export(t))
	none(t, a, b)
	for _, l := range []*laptop{a, b} {
		if dr := must(l.desk.Open(id))(t); dr.Project.Roles[0].GrossMonthly != calctest.Money("32000.00") {
			t.Errorf("%s has %s", l.p.ID, dr.Project.Roles[0].GrossMonthly)
		}
	}
	var gone *store.NotFoundError
	if err := a.Resolve(c, c.Versions[0].Identity); !errors.As(err, &gone) {
		t.Errorf("decided twice: %v", err)
	}
}

// The name goes with the version that is chosen, the newer name or the older.
func TestResolve_KeepsTheNameOfTheVersion(t *testing.T) {
	for _, chosen := range []string{"Fès nord", "Fès sud"} {
		all := laptops(t, "nord", "sud")
		a, b := all[0], all[1]
		id := must(a.desk.Save(eso("Fès")))(t).ID
		meet(t, a, b)
		for l, name := range map[*laptop]string{a: "Fès nord", b: "Fès sud"} {
			dr := must(l.desk.Open(id))(t)
			dr.Project.Name = name
			must(l.desk.Save(dr))(t)
		}
		meet(t, a, b)
		c := only(t, a)
		for i := range c.Versions {
			if p := must(project.Read(c.kept.Versions[i].Content.Project))(t); p.Name == chosen {
				if said := c.Holds(c.Versions[i].Identity); said != chosen {
					t.Errorf("chose %q, and it is said to be %q", chosen, said)
				}
				check(t, a.Resolve(c, c.Versions[i].Identity))
			}
		}
		meet(t, a, b)
		for _, l := range []*laptop{a, b} {
			none(t, l)
			if dr := must(l.desk.Open(id))(t); dr.Project.Name != chosen {
				t.Errorf("chose %q, it is %q", chosen, dr.Project.Name)
			}
		}
	}
}

// A laptop with an older program decides too, for its own version and for one that only
// the newer program can read.
func TestResolve_OfANewerProgram(t *testing.T) {
	for _, ours := range []bool{true, false} {
		all := laptops(t, "nord", "sud")
		a, b := all[0], all[1]
		id := must(a.desk.Save(eso("Fès")))(t).ID
		meet(t, a, b)
		dr := must(a.desk.Open(id))(t)
		dr.Project.Name = "Fès nord"
		must(a.desk.Save(dr))(t)
		sim, rev, err := b.store.Get(id)
		check(t, err)
		newer := rev.Content
		newer.Project = bytes.Replace(newer.Project, []byte("{"), []byte(`{"ofANewerProgram":1,`), 1)
		must(b.store.Save(sim.ID, "", newer))(t)
		meet(t, a, b)
		c := only(t, a)
		i := slices.IndexFunc(c.Versions, func(v Version) bool { return v.Here == ours })
		check(t, a.Resolve(c, c.Versions[i].Identity))
		none(t, a)
		if sim, _, err := a.store.Get(id); err != nil || ours && sim.Name != "Fès nord" {
			t.Errorf("it is %q, %v", sim.Name, err)
		}
	}
}

func TestKeepBoth(t *testing.T) {
	a, b, id := quarrel(t)
	c := only(t, b)
	made := must(b.KeepBoth(c))(t)
	if len(made) != 1 {
		t.Fatalf("%+v", made)
	}
	none(t, b)
	a.take(t, b.export(t))
	none(t, a)
	if diff := cmp.Diff(a.sheet(t), b.sheet(t)); diff != "" {
		t.Error(diff)
	}
	for pay, id := range map[string]store.ID{"32000.00": id, "31000.00": made[0].ID} {
		if dr := must(a.desk.Open(id))(t); dr.Project.Roles[0].GrossMonthly != calctest.Money(pay) {
			t.Errorf("%s: %s", dr.Project.Name, dr.Project.Roles[0].GrossMonthly)
		}
	}
	if _, err := b.KeepBoth(&Conflict{Kind: Values}); refused(t, err) != "share.keepBoth" {
		t.Error(err)
	}
}

// What cannot be decided leaves nothing behind: not even the copies.
func TestKeepBoth_AllOrNothing(t *testing.T) {
	_, b, _ := quarrel(t)
	seen := only(t, b)
	check(t, b.Resolve(seen, seen.Versions[1].Identity))
	before := b.sheet(t)
	var gone *store.NotFoundError
	if made, err := b.KeepBoth(seen); !errors.As(err, &gone) || len(made) > 0 {
		t.Errorf("decided before: %+v, %v", made, err)
	}
	if diff := cmp.Diff(before, b.sheet(t)); diff != "" {
		t.Error(diff)
	}
}

// Names stay as long as the form takes them, or nothing of the kept could be saved again.
func TestKeepBoth_OfALongName(t *testing.T) {
	a, b, id := quarrel(t)
	check(t, b.desk.Rename(id, strings.Repeat("é", calc.MaxNameLetters)))
	for _, l := range []*laptop{a, b} {
		check(t, l.office.PutSetup(issue.Setup{Officer: strings.Repeat("o", 150), Agency: strings.Repeat("a", 150)}))
	}
	b.take(t, a.export(t))
	for _, s := range must(b.KeepBoth(only(t, b)))(t) {
		if wrong := calc.CheckName(s.Name); wrong != nil {
			t.Errorf("%v", wrong)
		}
	}
}

func TestConflicts_OfAContact(t *testing.T) {
	all := laptops(t, "nord", "sud")
	a, b := all[0], all[1]
	person := a.save(t, visitor())
	meet(t, a, b)
	for l, notes := range map[*laptop]string{a: "Veut visiter Fès.", b: "Veut visiter Oujda."} {
		d := must(l.cabinet.Get(person.ID))(t)
		d.Notes = notes
		l.save(t, *d)
	}
	meet(t, a, b)
	c := only(t, a)
	if c.Kind != Dossiers || c.Locked || c.Name != "Zelmira Quastenberg · Vorlunde SARL" {
		t.Errorf("%+v", c)
	}
	if want := []Row{{"Notes", []string{"Veut visiter Fès.", "Veut visiter Oujda."}, true}}; !cmp.Equal(c.Rows, want) {
		t.Errorf("%+v", c.Rows)
	}
	a.cabinet.Lock()
	locked := only(t, a)
	if !locked.Locked || locked.Name != "" || len(locked.Rows) > 0 {
		t.Errorf("%+v", locked)
	}
	if err := a.Resolve(locked, locked.Versions[0].Identity); !errors.Is(err, vault.ErrLocked) {
		t.Errorf("%v", err)
	}
	check(t, a.cabinet.Unlock(t.Context(), pass+"nord"))
	check(t, a.Resolve(c, c.Versions[1].Identity))
	if d := must(a.cabinet.Get(person.ID))(t); d.Notes != "Veut visiter Oujda." {
		t.Errorf("the list still has %q", d.Notes)
	}
	b.take(t, a.export(t))
	none(t, a, b)
}

func TestConflicts_OfAValue(t *testing.T) {
	all := laptops(t, "nord", "sud")
	a, b := all[0], all[1]
	for l, rent := range map[*laptop]string{a: "95", b: "110"} {
		must(l.desk.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: rent, AsOf: "2025", Note: "appel à " + l.p.ID}))(t)
	}
	meet(t, a, b)
	c := only(t, a)
	if c.Kind != Values || c.Name != "Fès Shore · Loyer" || len(c.Rows) != 2 {
		t.Fatalf("%+v", c)
	}
	if note := row(c, "Origine"); note == nil || !cmp.Equal(note.Values, []string{"appel à nord", "appel à sud"}) {
		t.Errorf("%+v", note)
	}
	check(t, a.Resolve(c, c.Versions[0].Identity))
	b.take(t, a.export(t))
	none(t, a, b)
	if values := must(b.store.Values())(t); len(values) != 1 || values[0].Text != "95" {
		t.Errorf("%+v", values)
	}
}
