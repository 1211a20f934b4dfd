package ui

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
)

// tall is a window that shows the whole table of a comparison.
var tall = fyne.NewSize(1366, 1500)

// click presses where a text stands on the screen.
func (r *rig) click(text string) {
	r.t.Helper()
	for _, o := range shown(r.w.win.Content()) {
		if c, ok := o.(*canvas.Text); ok && c.Text == text {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c)
			test.TapCanvas(r.w.win.Canvas(), at.AddXY(c.Size().Width/2, c.Size().Height/2))
			return
		}
	}
	r.t.Fatalf("not on the screen: %q", text)
}

// button is the one with a text, nil where there is none.
func (r *rig) button(key string) *kit.Button {
	for _, o := range shown(r.w.win.Content()) {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Text(key) {
			return b
		}
	}
	return nil
}

// over lists what is on the panel over the page.
func (r *rig) over() []fyne.CanvasObject {
	r.t.Helper()
	top := r.w.win.Canvas().Overlays().Top()
	if top == nil {
		r.t.Fatal("no panel is open")
	}
	return shown(top)
}

func (r *rig) pressOver(key string) {
	r.t.Helper()
	for _, o := range r.over() {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Text(key) {
			test.Tap(b)
			return
		}
	}
	r.t.Fatalf("no button %q on the panel", key)
}

// typeOver types into the first entry of the panel.
func (r *rig) typeOver(text string) {
	r.t.Helper()
	for _, o := range r.over() {
		if e, ok := o.(*kit.Entry); ok {
			e.SetText(text)
			return
		}
	}
	r.t.Fatal("nothing to type into on the panel")
}

// keep makes the comparison that comes up one of a sample on these sites.
func (r *rig) keep(sites ...string) {
	r.t.Helper()
	samples, err := desk.Samples(r.texts)
	if err != nil {
		r.t.Fatal(err)
	}
	c := r.desk.NewComparison(samples[0])
	c.Sites = sites
	if err := r.desk.KeepComparison(c); err != nil {
		r.t.Fatal(err)
	}
}

func (r *rig) at(place string) {
	r.t.Helper()
	if got := r.w.shell.Current(); got != place {
		r.t.Errorf("the place is %q, not %q", got, place)
	}
}

func TestDoorsAndRailOpenThePlaces(t *testing.T) {
	r := opened(t)
	for place, key := range map[string]string{shell.Platforms: "sites", shell.Compare: "compare", shell.Files: "saved"} {
		r.w.shell.Open(shell.Home)
		r.click(r.texts.Text("home.door." + key))
		r.at(place)
		r.w.shell.Open(shell.Home)
		r.click(r.texts.Text("place." + place))
		r.at(place)
	}
}

func TestSectorOpensItsFigures(t *testing.T) {
	r := opened(t)
	r.click(r.texts.Text("place.sector"))
	r.at(shell.Sector)
	r.until("the figures", func() bool { return r.says(r.texts.Text("sector.tab.overview")) })
	for _, o := range shown(r.w.win.Content()) {
		if table, ok := o.(*kit.Statement); ok {
			r.w.win.Canvas().Focus(table)
			table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
			break
		}
	}
	r.pressOver("proof.ui.url")
	if got := r.w.app.Clipboard().Content(); !strings.HasPrefix(got, "http") {
		t.Errorf("copied %q", got)
	}
}

func TestSheetGoesIntoTheComparison(t *testing.T) {
	r := opened(t)
	r.keep("fes-shore", "oujda-shore")
	r.w.shell.Open(shell.Platforms) // on its first sheet
	r.press("platforms.compare")
	r.at(shell.Compare)
	r.wants("compare.title.3")
	r.until("the table", func() bool { return r.says("Casanearshore") && r.says(r.texts.Text("compare.row.rank")) })
	again := r.texts.Text("platforms.compared", "name", "Casanearshore")
	if r.says(again) {
		t.Errorf("%q is said of what was not compared", again)
	}
	r.w.shell.Open(shell.Platforms)
	r.press("platforms.compare")
	r.at(shell.Compare)
	if !r.says(again) {
		t.Errorf("%q is not said", again)
	}
}

// What is simulated, and not saved, goes to the comparison and comes back on the
// site that was found there; the form that it came from is one press away.
func TestSimulationGoesToTheComparisonAndBack(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	r.until("a result", func() bool { return r.button("simulate.compare") != nil })
	r.press("simulate.compare")
	r.at(shell.Compare)
	r.until("the comparison", func() bool { return r.says("Centre bis") && r.says("Oujda Shore") })
	r.press("compare.simulate")
	r.at(shell.Simulate)
	if got := r.w.sim.Draft().Project; got.Name != "Centre bis" || got.Site != "oujda-shore" || got.Roles[0].GrossMonthly != 30_000_00 {
		t.Errorf("simulated is %+v", got)
	}
	r.wants("app.left")
	r.click(r.texts.Text("app.left.back"))
	if got := r.w.sim.Draft().Project; got.Name != "Centre bis" || got.Site != "fes-shore" || !r.w.sim.Dirty() {
		t.Errorf("the form came back as %+v", got)
	}
}

// What is simulated is more to the point than an example; what somebody compares on
// purpose stays.
func TestSimulationTakesThePlaceOfAnExample(t *testing.T) {
	r := opened(t)
	r.w.shell.Open(shell.Compare)
	example := r.w.versus.Comparison().Project.Name
	r.draft("Centre")
	r.w.shell.Open(shell.Compare) // before there is a result
	if got := r.w.versus.Comparison().Project.Name; got != example {
		t.Errorf("compared is %q, which has no result yet", got)
	}
	r.w.shell.Open(shell.Simulate)
	r.until("a result", func() bool { return r.button("simulate.compare") != nil })
	r.w.shell.Open(shell.Compare)
	r.until("the comparison", func() bool { return r.says("Centre bis") })
	r.w.shell.Open(shell.Simulate)
	r.rename("Autre")
	r.until("a result", func() bool { p, there := r.w.sim.Current(); return there && p.Name == "Autre bis" })
	r.w.shell.Open(shell.Compare)
	if got := r.w.versus.Comparison().Project.Name; got != "Centre bis" {
		t.Errorf("compared is %q, without being asked for", got)
	}
}

func TestComparedProjectIsEditedWhereItCameFrom(t *testing.T) {
	r := opened(t)
	r.draft("Centre")
	saved := r.save()
	r.w.sendToCompare(saved.Project)
	r.until("the comparison", func() bool { return r.says("Centre bis") })
	r.press("compare.project.edit")
	r.at(shell.Simulate)
	if got := r.w.sim.Draft(); got.ID != saved.ID || r.w.sim.Dirty() {
		t.Errorf("edited is another project than the saved one: %+v", got)
	}
}

// A value missing in the table is given in the panel over it, and counted at once.
func TestFactCorrectedOverTheComparison(t *testing.T) {
	r := opened(t)
	r.w.win.Resize(tall)
	r.keep("fes-shore", "dakhla")
	r.w.shell.Open(shell.Compare)
	missing := r.texts.Text("datum.none")
	r.until("a missing value", func() bool { return r.says(missing) })
	r.click(missing)
	r.pressOver("platforms.panel.complete")
	r.typeOver("777")
	r.pressOver("platforms.form.save")
	r.until("the value in the table", func() bool { return r.says("777") && r.says(r.texts.Text("compare.own")) })
	r.at(shell.Compare)
	if r.says(missing) {
		t.Error("still missing")
	}
	if x, err := r.desk.Datum("dakhla", "newEntrants"); err != nil || x.Own == nil {
		t.Errorf("not kept: %+v, %v", x, err)
	}
}

func TestComparisonIsKeptWhenTheWindowCloses(t *testing.T) {
	r := opened(t)
	r.w.shell.Open(shell.Compare)
	r.w.comparison().Add("agadir")
	r.w.close()
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	if c, kept := next.desk.KeptComparison(); !kept || !slices.Contains(c.Sites, "agadir") {
		t.Errorf("kept: %v, %v", c.Sites, kept)
	}
}
