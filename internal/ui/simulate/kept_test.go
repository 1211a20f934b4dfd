package simulate

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
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
