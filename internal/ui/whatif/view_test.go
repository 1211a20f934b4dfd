package whatif

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/scenarios"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// stage is a view in a window whose thread is the test itself.
type stage struct {
	t       testing.TB
	win     fyne.Window
	view    *View
	study   *study.Study
	todo    chan func()
	taken   []desk.Draft
	opened  []desk.Draft
	back    int
	failure error
}

func newStage(t testing.TB) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	file, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: file})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, todo: make(chan func(), 1000)}
	if s.study, err = study.New(d); err != nil {
		t.Fatal(err)
	}
	do := func(f func()) { s.todo <- f }
	away := exhibit.NewHost(exhibit.Params{Texts: d.Texts(), Copy: func(string) {}, Do: func(func()) {}, Now: time.Now})
	s.view = New(Params{
		Study: s.study, Exhibits: away, Take: func(d desk.Draft) { s.taken = append(s.taken, d) },
		Explain: func(d desk.Draft, _ string) { s.opened = append(s.opened, d) },
		Back:    func() { s.back++ }, Failed: func(err error) { s.failure = err }, Do: do,
	})
	s.win = test.NewTempWindow(t, s.view.Content())
	s.win.Resize(fyne.NewSize(744, 1400))
	return s
}

// eso is the engineering centre of the specification's worked table.
func eso() desk.Draft {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO"
	return desk.Draft{Project: p}
}

// settle runs what comes for the window's thread until nothing is computed.
func (s *stage) settle() {
	s.t.Helper()
	late := time.After(20 * time.Second)
	for s.view.worker.Busy() {
		select {
		case f := <-s.todo:
			f()
		case <-late:
			s.t.Fatal("no answer came")
		}
	}
}

func (s *stage) open(tab int) {
	s.t.Helper()
	s.view.tabs.Select(tab)
	s.settle()
}

func (s *stage) set(dr desk.Draft) {
	s.t.Helper()
	s.view.Set(dr)
	s.settle()
}

func (s *stage) typed(e *kit.Entry, text string) {
	s.t.Helper()
	s.win.Canvas().Focus(e)
	e.SetText("")
	test.Type(e, text)
	s.settle()
}

// texts are all words that stand in an object, in their order.
func texts(o fyne.CanvasObject) string {
	var out []string
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		switch x := o.(type) {
		case *kit.Text:
			out = append(out, x.Text())
		case *kit.Paragraph:
			out = append(out, x.Text())
		case *kit.Figure:
			out = append(out, x.Text())
		case *kit.Button:
			out = append(out, x.Text())
		case *kit.Surface:
			walk(x.Content)
		case *kit.Notice:
			walk(x.Content)
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		}
	}
	walk(o)
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.Join(out, "\n"))
}

func (s *stage) says(want ...string) {
	s.t.Helper()
	said := texts(s.view.Content())
	for _, w := range want {
		if !strings.Contains(said, w) {
			s.t.Errorf("%q is not said in\n%s", w, said)
		}
	}
}

// press presses the button with a label, the nth of them.
func (s *stage) press(label string, n int) {
	s.t.Helper()
	var found []*kit.Button
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch x := o.(type) {
		case *kit.Button:
			if x.Text() == label {
				found = append(found, x)
			}
		case *kit.Surface:
			walk(x.Content)
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		}
	}
	walk(s.view.Content())
	if len(found) <= n {
		s.t.Fatalf("%d buttons %q", len(found), label)
	}
	test.Tap(found[n])
	s.settle()
}

func TestScenarios_SideBySide(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.says("Scénario bas", "Scénario central", "Scénario haut", "14 669 242", "MAD sur 60 mois", "départs de 35 % par an", "supposé")
	s.press("Reprendre dans Simuler", 0)
	if len(s.taken) != 1 || *s.taken[0].Project.Roles[0].AnnualAttrition != 350_000 || s.taken[0].ID != "" {
		t.Errorf("taken %+v", s.taken)
	}
	s.press("Retour au résultat", 0)
	if s.back != 1 {
		t.Error("the way back does not lead back")
	}
}

// A changed assumption is computed at once, marked, and taken back.
func TestScenarios_OwnAssumption(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	before := texts(s.view.Content())
	row := s.view.pages[0].(*scenarioPage).levers.rows[0]
	s.typed(row.entries[0], "50")
	s.says("départs de 50 % par an", "à vous", "Votre valeur")
	s.typed(row.entries[0], "150")
	s.says("est attendu")
	s.win.Canvas().Unfocus()
	s.press("Revenir aux hypothèses proposées", 0)
	if after := texts(s.view.Content()); after != before {
		t.Errorf("reset leaves\n%s\ninstead of\n%s", after, before)
	}
	if s.failure != nil {
		t.Error(s.failure)
	}
}

func TestTornado_ChartAndTable(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.open(1)
	x, err := s.study.Tornado(context.Background(), eso())
	if err != nil {
		t.Fatal(err)
	}
	m := tornado{s.view, x}
	drawing := m.draw(640, 260, false)
	if len(drawing.Spots) != 2*len(scenarios.IDs) || len(m.table().Rows) != len(scenarios.IDs) {
		t.Errorf("%d spots, %d rows", len(drawing.Spots), len(m.table().Rows))
	}
	for i, row := range m.table().Rows {
		if row[0] != x.Swings[i].Name || strings.ContainsAny(row[2], " \u202f\u00a0") {
			t.Errorf("row %q", row)
		}
	}
}

// An end that the engine refuses has no bar; why is said below the table.
func TestTornado_RefusedEnd(t *testing.T) {
	s := newStage(t)
	if wrong := s.study.Put(scenarios.Export, study.SlotTo, "10"); wrong != nil {
		t.Fatal(wrong)
	}
	s.set(eso())
	s.open(1)
	s.says("Part export, +10 points : ")
}

// Twelve roles are asked about within what a person waits.
func TestSolve_TwelveRoles(t *testing.T) {
	s, dr := newStage(t), eso()
	for len(dr.Project.Roles) < 12 {
		dr.Project.Roles = append(dr.Project.Roles, dr.Project.Roles[0])
	}
	s.set(dr)
	began := time.Now()
	s.open(2)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v", took)
	}
	if n := len(s.view.pages[2].(*solvePage).starts.Objects); n != 12 {
		t.Errorf("%d answers", n)
	}
}

func TestSolve(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.open(2)
	s.says("aujourd'hui 30 000 MAD brut par mois", "La simulation y est déjà", "Saisir le gain visé")
	p := s.view.pages[2].(*solvePage)
	s.typed(p.amount.entry, "1000000")
	s.says("Effectif de")
	s.typed(p.amount.entry, "100000000000")
	s.says("Impossible")
	s.typed(p.amount.entry, "0")
	s.says("supérieure à zéro")
}

func TestPayback(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.open(3)
	s.says("Saisir le coût")
	p := s.view.pages[3].(*paybackPage)
	s.typed(p.cost.entry, "5 000 000")
	s.says("inconnu", "Par les aides seules")
	s.typed(p.saving.entry, "1500")
	s.says("Sans l'offre", "Avec l'offre")
	s.typed(p.cost.entry, "0")
	s.says("supérieur à zéro")
	s.view.Reset()
	if p.cost.given() || p.cost.entry.Text != "" {
		t.Error("the cost of one visitor is shown to the next")
	}
}

func TestCalendar(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.open(4)
	s.says("ne sont pas publiées", "lecture prudente", "25 289 242 MAD")
	c := s.view.pages[4].(*calendarPage)
	if table := c.table(c.dates()); table == nil || len(c.last.Acquired.Years()) != 5 {
		t.Errorf("years %v", c.last.Acquired.Years())
	}
	c.kinds.Select(1)
	s.says("Aucun versement daté")
	s.typed(c.delays.entries[0], "3")
	s.says("délais que vous avez saisis", "Sans date de versement : PAE et PAF.")
}

// A form that gives no result holds what is shown, and says why.
func TestHold(t *testing.T) {
	s := newStage(t)
	s.set(eso())
	s.view.Hold("Il manque le salaire.")
	s.says("ne sont pas à jour", "Il manque le salaire.")
	s.set(eso())
	if strings.Contains(texts(s.view.Content()), "ne sont pas à jour") {
		t.Error("still held")
	}
}
