package share

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// filled is a laptop with one thing of each kind.
func filled(t *testing.T, l *laptop) (person *dossier.Dossier, paper issue.Paper) {
	t.Helper()
	person = l.save(t, visitor())
	paper, dr, err := l.office.Issue(issue.Order{
		Draft: eso("Centre ESO"), Dossier: store.ID(person.ID), For: person.Contact.Name, Check: seal.Check{Mode: seal.ByChecklist, By: "Officier"},
	})
	check(t, err)
	must(l.cabinet.AttachSimulation(person.ID, dr.ID))(t)
	must(l.desk.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "95", Note: "lettre du gestionnaire"}))(t)
	return person, paper
}

func TestMerge_BringsAllOfTheOther(t *testing.T) {
	all := laptops(t, "nord", "sud")
	a, b := all[0], all[1]
	person, paper := filled(t, a)
	data := a.export(t)

	before := b.sheet(t)
	p := must(b.Preview(data, travel))(t)
	if p.Maker.Standing != Stranger || p.Maker.Print != a.device.Public().Print() || p.Maker.Name != "Officier nord, Agence d'essai" {
		t.Errorf("%+v", p.Maker)
	}
	for kind, want := range map[Kind]string{
		Simulations: "Centre ESO", Dossiers: "Zelmira Quastenberg · Vorlunde SARL", Values: "Fès Shore · Loyer", Papers: paper.Head.Number,
	} {
		if part := p.part(kind); len(part.New) != 1 || part.New[0].Name != want || part.Changes() != 1 {
			t.Errorf("%s: %+v", kind, part)
		}
	}
	if text := b.said(append(p.Maker.Msgs(), p.Msgs()...)); strings.Contains(text, "⟦") || !strings.Contains(text, p.Maker.Print) {
		t.Error(text)
	}
	if diff := cmp.Diff(before, b.sheet(t)); diff != "" {
		t.Errorf("a preview changed the store: %s", diff)
	}

	check(t, func() error { _, err := b.Merge(p, Choice{}); return err }())
	if found := b.cabinet.Find(dossier.Query{Text: "quastenberg"}); len(found) != 1 || found[0].Notes != person.Notes {
		t.Fatalf("the contact is not in the list: %+v", found)
	}
	if list := must(b.desk.List())(t); len(list) != 1 || list[0].Name != "Centre ESO" {
		t.Errorf("%+v", list)
	}
	if values := must(b.store.Values())(t); len(values) != 1 || values[0].Note != "lettre du gestionnaire" {
		t.Errorf("%+v", values)
	}
	if diff := cmp.Diff(a.sheet(t), b.sheet(t)); diff != "" {
		t.Errorf("they do not hold the same: %s", diff)
	}

	// The paper is that of a known laptop now, with the name on it, and computes again.
	v := must(b.office.Verify(paper.Code))(t)
	if v.Finding.State != seal.OfKnown || v.Paper == nil || !v.Exact || v.Paper.For != person.Contact.Name || v.Clash != nil {
		t.Errorf("%+v, %v", v.Finding, v.Failed)
	}
	again := must(b.Preview(data, travel))(t)
	if again.Maker.Standing != Known || again.Changes() != 0 || !strings.Contains(b.said(again.Msgs()), "déjà") {
		t.Errorf("%+v, %d changes", again.Maker, again.Changes())
	}
	// And back: nothing new, but that laptop is known.
	if r := a.take(t, b.export(t)); r.Changes() != 0 {
		t.Errorf("%s", a.said(r.Msgs()))
	}
	if own := must(a.Preview(data, travel))(t); own.Maker.Standing != Own {
		t.Errorf("%+v", own.Maker)
	}
	check(t, func() error { _, err := a.Merge(must(a.Preview(data, travel))(t), Choice{}); return err }())
	if known := must(a.store.Devices())(t); len(known) != 1 || known[0].ID != "sud" {
		t.Errorf("%+v", known)
	}
}

// The key that a laptop signs with may change; then it is not simply known.
func TestPreview_SaysWhenAKnownLaptopHasAnotherKey(t *testing.T) {
	all := laptops(t, "nord", "sud")
	a, b := all[0], all[1]
	b.take(t, a.export(t))
	a.device = must(seal.NewDevice(strings.NewReader(strings.Repeat("n", 32))))(t)
	if p := must(b.Preview(a.export(t), travel))(t); p.Maker.Standing != Renewed {
		t.Errorf("%+v", p.Maker)
	}
}

// Whatever an officer typed, the file can be read on the other laptop.
func TestExport_OfAnyOffice(t *testing.T) {
	all := laptops(t, "nord", "sud")
	for _, s := range []issue.Setup{
		{Officer: strings.Repeat("é", 250), Agency: strings.Repeat("a", 250)},
		{Officer: "Karim\x07Bennani\n", Agency: "\u200bAgence\tsud"},
		{Officer: "\x01"},
	} {
		check(t, all[0].office.PutSetup(s))
		if p := must(all[1].Preview(all[0].export(t), travel))(t); p.Maker.Name == "" {
			t.Errorf("%+v", p.Maker)
		}
	}
}

func TestPreview_RefusesWhatIsNoFileOfOurs(t *testing.T) {
	all := laptops(t, "nord", "sud")
	data := all[0].export(t)
	bad := append([]byte(nil), data...)
	bad[len(bad)-3] ^= 1
	before := all[1].sheet(t)
	for _, c := range []struct {
		data []byte
		pass string
		want string
	}{
		{data, travel + "x", "bundle.wrongPassphrase"},
		{bad, travel, "bundle.damaged"},
		{[]byte("%PDF-1.7"), travel, "bundle.notBundle"},
	} {
		_, err := all[1].Preview(c.data, c.pass)
		if got := refused(t, err); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
	if diff := cmp.Diff(before, all[1].sheet(t)); diff != "" {
		t.Error(diff)
	}
}

func TestExport_WantsContactsUnlocked(t *testing.T) {
	a := laptops(t, "nord")[0]
	a.save(t, visitor())
	a.cabinet.Lock()
	_, err := a.Export(Order{Passphrase: travel, Contacts: true})
	if got := refused(t, err); got != "share.export.locked" {
		t.Error(got)
	}
	out := must(a.Export(Order{Passphrase: travel}))(t)
	if out.Counts.Dossiers != 0 || len(out.Data) == 0 {
		t.Errorf("%+v", out.Counts)
	}
	if _, err := a.Export(Order{Passphrase: "court"}); !strings.HasPrefix(refused(t, err), "vault.passphrase.") {
		t.Error(err)
	}
}

// Where contacts cannot be taken nothing is, unless the person leaves them aside; they
// come with the same file later.
func TestMerge_WantsContactsUnlocked(t *testing.T) {
	c := &clock{at: laptopStart}
	dir := t.TempDir()
	a, b := newLaptop(t, dir, "nord", c), newLaptop(t, dir, "sud", c)
	t.Cleanup(func() { _, _ = a.store.Close(), b.store.Close() })
	check(t, a.cabinet.SetPassphrase(pass))
	person, paper := filled(t, a)
	data := a.export(t)

	before := b.sheet(t)
	for _, state := range []cabinet.State{cabinet.NoPassphrase, cabinet.Locked} {
		if is := must(b.cabinet.State())(t); is != state {
			t.Fatalf("state %d, want %d", is, state)
		}
		p := must(b.Preview(data, travel))(t)
		if part := p.part(Dossiers); len(part.New) != 1 || part.New[0].Name != "" {
			t.Errorf("a contact is named while locked: %+v", part.New)
		}
		if _, err := b.Merge(p, Choice{}); refused(t, err) != "share.merge.locked" {
			t.Error(err)
		}
		if diff := cmp.Diff(before, b.sheet(t)); diff != "" {
			t.Fatalf("something was taken: %s", diff)
		}
		if state == cabinet.NoPassphrase {
			check(t, b.cabinet.SetPassphrase(pass))
			b.cabinet.Lock()
		}
	}
	check(t, func() error {
		_, err := b.Merge(must(b.Preview(data, travel))(t), Choice{WithoutContacts: true})
		return err
	}())
	if list := must(b.store.Dossiers())(t); len(list) > 0 || len(must(b.desk.List())(t)) != 1 {
		t.Errorf("%+v", list)
	}
	if v := must(b.office.Verify(paper.Code))(t); v.Finding.State != seal.OfKnown || !v.Exact {
		t.Errorf("%+v", v.Finding)
	}
	check(t, b.cabinet.Unlock(t.Context(), pass))
	b.take(t, data)
	if d, err := b.cabinet.Get(person.ID); err != nil || d.Contact != person.Contact {
		t.Errorf("%+v, %v", d, err)
	}
	if p := must(b.office.Open(paper.Head.Number))(t); p.For != person.Contact.Name {
		t.Errorf("the name on the paper: %q", p.For)
	}
}

var errBroken = errors.New("the disk is gone")

// breaking is a store that fails once, where it is told to.
type breaking struct {
	*store.Store
	merge, put bool
}

func (s *breaking) Merge(x store.Share) (store.MergeReport, error) {
	if s.merge {
		return store.MergeReport{}, errBroken
	}
	return s.Store.Merge(x)
}

func (s *breaking) PutDevice(d store.Device) error {
	if s.put {
		return errBroken
	}
	return s.Store.PutDevice(d)
}

// Interrupted between any two of its steps, a merge leaves nothing broken, and the same
// file finishes it.
func TestMerge_Interrupted(t *testing.T) {
	for name, broken := range map[string]breaking{"before the store": {merge: true}, "after the store": {put: true}} {
		t.Run(name, func(t *testing.T) {
			all := laptops(t, "nord", "sud")
			a, b := all[0], all[1]
			gone := a.save(t, visitor())
			meet(t, a, b)
			kept := b.save(t, visitor())
			must(a.cabinet.Erase(gone.ID))(t)
			person, paper := filled(t, a)
			data := a.export(t)

			broken.Store = b.store
			b.p.Store = &broken
			if _, err := b.Merge(must(b.Preview(data, travel))(t), Choice{}); !errors.Is(err, errBroken) {
				t.Fatal(err)
			}
			if _, err := b.cabinet.Get(kept.ID); err != nil {
				t.Errorf("its own contact does not open: %v", err)
			}
			check(t, b.cabinet.Reload())
			if said := b.cabinet.Troubles(); len(said) > 0 {
				t.Errorf("%+v", said)
			}
			b.p.Store = b.store
			b.take(t, data)
			if d, err := b.cabinet.Get(person.ID); err != nil || d.Contact != person.Contact {
				t.Errorf("%+v, %v", d, err)
			}
			unreachable(t, b, gone.ID)
			if v := must(b.office.Verify(paper.Code))(t); v.Finding.State != seal.OfKnown {
				t.Errorf("%+v", v.Finding)
			}
			a.take(t, b.export(t))
			if diff := cmp.Diff(a.sheet(t), b.sheet(t)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// unreachable is whether nothing on a laptop gives a person who was erased.
func unreachable(t fataler, l *laptop, id string) {
	t.Helper()
	var gone *store.NotFoundError
	if _, err := l.cabinet.Get(id); !errors.As(err, &gone) {
		t.Errorf("%s still has the contact: %v", l.p.ID, err)
	}
	if keys := must(l.keys.Keys(id))(t); len(keys) > 0 {
		t.Errorf("%s still has the key", l.p.ID)
	}
	if _, err := l.keys.Seal(id, vault.UseDossier, []byte("x")); !errors.Is(err, vault.ErrErased) {
		t.Errorf("%s would take the contact again: %v", l.p.ID, err)
	}
	for _, d := range l.sheet(t).Dossiers {
		if string(d.ID) == id && (d.Erased == nil || len(d.Revisions)+len(d.Events) > 0) {
			t.Errorf("%s still keeps %+v", l.p.ID, d)
		}
	}
	for _, p := range l.sheet(t).Papers {
		if string(p.Dossier) == id && len(p.Sealed) > 0 {
			t.Errorf("%s still has the name on %s", l.p.ID, p.Number)
		}
	}
}
