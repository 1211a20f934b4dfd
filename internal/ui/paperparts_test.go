package ui

import (
	"context"
	"strings"
	"testing"

	"atlasp2i/internal/ui/papers"
)

// A paper offers the scenarios of its project, and the comparison only once there is
// one; that of another project says which.
func TestPartsOf_OnlyWhatThereIs(t *testing.T) {
	r := officed(t, openStore(t))
	r.draft("Centre de Fes")
	dr := r.w.sim.Draft()
	made := func(list []papers.Part) {
		t.Helper()
		for _, p := range list {
			if blocks, err := p.Make(context.Background(), dr); err != nil || len(blocks) == 0 {
				t.Errorf("%s: %d blocks, %v", p.Text, len(blocks), err)
			}
		}
	}
	list := r.w.partsOf(dr)
	if len(list) != 1 || list[0].Text != r.texts.Text("papers.parts.scenarios") {
		t.Fatalf("%+v", list)
	}
	made(list)
	r.w.comparison().Take(dr.Project)
	if list = r.w.partsOf(dr); len(list) != 2 || list[0].Text != r.texts.Text("papers.parts.comparison") {
		t.Fatalf("%+v", list)
	}
	made(list)
	other := dr
	other.Project.Name, other.Project.Segment = "Autre", "CRM"
	if list = r.w.partsOf(other); len(list) != 2 || !strings.Contains(list[0].Text, "Centre de Fes") {
		t.Errorf("%+v", list)
	}
}
