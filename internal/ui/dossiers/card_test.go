package dossiers

import (
	"errors"
	"slices"
	"testing"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
)

func TestCommit_SavesOnceAndKeepsWhatIsRefused(t *testing.T) {
	var saved []dossier.Dossier
	var refuse error
	save := func(d *dossier.Dossier) (*dossier.Dossier, error) {
		if refuse != nil {
			return nil, refuse
		}
		out := *d
		out.ID = "x"
		saved = append(saved, out)
		return &out, nil
	}
	c := newCard("Salon", "fr")
	if ok, err := c.commit(save); ok || err != nil || len(saved) != 0 {
		t.Fatal("an empty contact was saved")
	}
	c.is.Grade = "A" // says nothing about who it is
	if ok, _ := c.commit(save); ok {
		t.Error("a contact of nobody was saved")
	}
	*c.field("name") = "Amal"
	if ok, err := c.commit(save); !ok || err != nil || c.is.ID != "x" || c.dirty() {
		t.Fatalf("saved %v, %v, id %q", ok, err, c.is.ID)
	}
	if ok, _ := c.commit(save); ok {
		t.Error("what did not change was saved again")
	}
	refuse = errors.New("full")
	*c.field("phone") = "1"
	if ok, err := c.commit(save); ok || err == nil || c.is.Contact.Phone != "1" || !c.dirty() {
		t.Error("what was refused is gone")
	}
	if len(saved) != 1 || saved[0].Fair != "Salon" || saved[0].Language != "fr" {
		t.Errorf("saved %+v", saved)
	}
}

func TestFields_AllHaveAPlace(t *testing.T) {
	c := newCard("", "")
	for _, name := range append(slices.Clone(fields), "fair", "owner", "step") {
		*c.field(name) = name
	}
	d := c.is
	if d.Contact != (dossier.Contact{Name: "name", Company: "company", Role: "role", Email: "email", Phone: "phone"}) ||
		d.Fair != "fair" || d.Next.Owner != "owner" || d.Step != "step" {
		t.Errorf("%+v", d)
	}
}

func TestDay(t *testing.T) {
	today := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for typed, want := range map[string]domain.Date{
		"": "", "24/11/2026": "2026-11-24", " 24.11.2026 ": "2026-11-24", "2026-11-24": "2026-11-24", "1/2/2027": "2027-02-01",
		"24/11": "2026-11-24", "22/11": "2026-11-22", "21/11": "2027-11-21", "5 Jan 2027": "2027-01-05",
	} {
		if got, ok := day(typed, today); !ok || got != want {
			t.Errorf("%q is %q, %v; want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"demain", "31/02/2026", "24/13", "24", "2026-11"} {
		if got, ok := day(typed, today); ok {
			t.Errorf("%q was read as %q", typed, got)
		}
	}
}

func TestTick_KeepsTheOrderOfTheWording(t *testing.T) {
	all := []string{"a", "b", "c"}
	ticked := tick(all, tick(all, nil, "c"), "a")
	if !slices.Equal(ticked, []string{"a", "c"}) {
		t.Errorf("ticked %v", ticked)
	}
	if ticked = tick(all, ticked, "c"); !slices.Equal(ticked, []string{"a"}) {
		t.Errorf("after c was taken out: %v", ticked)
	}
}

// What is late, due and neither must be told apart by the index itself.
func TestFilter_Due(t *testing.T) {
	today := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	index := dossier.NewIndex()
	for id, due := range map[string]domain.Date{"late": "2026-11-21", "today": "2026-11-22", "week": "2026-11-28", "later": "2026-11-29", "none": ""} {
		d := dossier.Dossier{ID: id}
		d.Next.Due = due
		index.Put(d)
	}
	for due, want := range map[string][]string{
		dueLate: {"late"}, dueWeek: {"today", "week"}, dueAny: {"late", "later", "today", "week"}, "": {"late", "later", "none", "today", "week"},
	} {
		var got []string
		for _, d := range index.Find(filter{due: due}.query(today)) {
			got = append(got, d.ID)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("due %q finds %v, want %v", due, got, want)
		}
	}
}
