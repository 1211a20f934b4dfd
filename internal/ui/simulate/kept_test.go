package simulate

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
)

// What is kept holds the texts as typed, also those that mean nothing, and the
// pay that is shown as net.
func TestForm_KeptAndBackIsAsItWasTyped(t *testing.T) {
	f := typed(t, [2]string{pathMonths, "4O"}, [2]string{"roles[0].hires[0].count", "quarante"}, [2]string{profitPath(2027), "12"})
	f.SetNet(0, true)
	f.AddRole()
	f.SetInside(insideNo)
	raw, err := json.Marshal(f.write(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	var w written
	if err := json.Unmarshal(raw, &w); err != nil {
		t.Fatal(err)
	}
	back := formOf(f.desk, &w)
	for _, path := range f.paths() {
		if got, want := back.Text(path), f.Text(path); got != want {
			t.Errorf("%s: %q, typed was %q", path, got, want)
		}
	}
	if diff := cmp.Diff(f.Draft(true), back.Draft(true)); diff != "" || !back.Net(0) || back.Text(pathMonths) != "4O" {
		t.Error("(-typed +back)", diff)
	}
}

// Leaving a field keeps the form without waiting for a pause.
func TestPage_LeavingAFieldKeepsTheForm(t *testing.T) {
	d := newDesk(t, openStore(t))
	s := newStage(t, d)
	s.fill(pathName, "Centre")
	s.win.Canvas().Unfocus()
	late := time.Now().Add(10 * time.Second)
	for {
		if _, ok := d.KeptDraft(); ok {
			return
		}
		if time.Now().After(late) {
			t.Fatal("nothing is kept")
		}
		time.Sleep(time.Millisecond)
	}
}

// What two laptops changed says so above the form, with the way to the decision; what
// nobody disputes says nothing.
func TestPage_DisputedLeadsToTheDecision(t *testing.T) {
	d := newDesk(t, openStore(t))
	saved, err := d.Save(desk.Draft{Project: sample(t, "eso-fes.json")})
	if err != nil {
		t.Fatal(err)
	}
	versions, went := map[store.ID]int{}, 0
	s := newStage(t, d)
	s.page.p.Disputed, s.page.p.Settle = func(id store.ID) int { return versions[id] }, func() { went++ }
	s.page.Start(saved)
	if s.page.rivals.Visible() {
		t.Error("a simulation without a conflict says that it has one")
	}
	versions[saved.ID], versions[""] = 2, 2
	s.page.ShowDisputed()
	if !s.page.rivals.Visible() || s.page.rivals.title.Text() != "2 versions à trancher" {
		t.Errorf("says %q", s.page.rivals.title.Text())
	}
	s.press("Trancher")
	if went != 1 {
		t.Error("the way leads nowhere")
	}
	s.page.New()
	if s.page.rivals.Visible() {
		t.Error("a new simulation says that it has versions")
	}
}
