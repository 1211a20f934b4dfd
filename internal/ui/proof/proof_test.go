package proof

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

const galleryEnv = "ATLAS_GALLERY"

func texts(t testing.TB) *i18n.Catalogue {
	t.Helper()
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	c, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return c.WithTexts(pack.Texts["fr"])
}

// teams is two roles with departures; alone is one without.
func teams() domain.Project {
	a, b := calctest.Role("5500", "2026-01", 40), calctest.Role("12000", "2026-03", 3)
	a.Title, b.Title = "Téléconseiller francophone", "Superviseur"
	a.AnnualAttrition = calctest.Share("0.25")
	return calctest.Project("oujda-shore", a, b)
}

func alone() domain.Project {
	r := calctest.Role("30000", "2026-01", 40)
	r.Title = "Ingénieur"
	return calctest.Project("fes-shore", r)
}

func explain(t testing.TB, p domain.Project, line string, year int) *calc.Explanation {
	t.Helper()
	x, err := calctest.Case(t, calctest.Engine(t), p).Explain(line, year)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func open(t testing.TB, x *calc.Explanation, size fyne.Size) (fyne.Window, *kit.SlideOver, *[]string) {
	t.Helper()
	var copies []string
	spec := Spec(Params{Texts: texts(t), Explanation: x, Copy: func(s string) { copies = append(copies, s) }})
	p := kit.NewSlideOver(spec)
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(size)
	w.Resize(size.SubtractWidthHeight(1, 0))
	w.Resize(size)
	return w, p, &copies
}

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	shots := map[string]*calc.Explanation{
		"air": explain(t, alone(), domain.AIR, 0), "air2": explain(t, teams(), domain.AIR, 2027),
		"pae": explain(t, teams(), domain.PAE, 0), "gain": explain(t, alone(), calc.LineBenefits, 0),
		"charges": explain(t, alone(), calc.LineCharges, 2026), "heads": explain(t, teams(), calc.LineHeads, 2027),
		"ais": explain(t, alone(), domain.AIS, 0),
	}
	for look, th := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		test.NewTempApp(t).Settings().SetTheme(th)
		for name, x := range shots {
			for _, size := range []fyne.Size{fyne.NewSize(560, 768), fyne.NewSize(787, 1900)} {
				w, _, _ := open(t, x, size)
				if size.Width > 560 {
					for _, b := range all[*kit.Button](w.Content()) {
						test.Tap(b)
					}
					w.Resize(size.SubtractWidthHeight(1, 0))
					w.Resize(size)
				}
				f, err := os.Create(filepath.Join(folder, "proof-"+look+"-"+name+map[bool]string{true: "-wide"}[size.Width > 560]+".png"))
				if err != nil {
					t.Fatal(err)
				}
				if err := png.Encode(f, w.Canvas().Capture()); err != nil {
					t.Fatal(err)
				}
				f.Close()
			}
		}
	}
}

// all finds the objects of a kind, from top to bottom.
func all[T fyne.CanvasObject](o fyne.CanvasObject) []T {
	var out []T
	if x, ok := o.(T); ok {
		out = append(out, x)
	}
	var parts []fyne.CanvasObject
	switch x := o.(type) {
	case *fyne.Container:
		parts = x.Objects
	case fyne.Widget:
		parts = test.WidgetRenderer(x).Objects()
	}
	for _, p := range parts {
		if p.Visible() {
			out = append(out, all[T](p)...)
		}
	}
	return out
}

func plain(s string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)
}

// said lists the texts that are drawn.
func said(o fyne.CanvasObject) []string {
	var out []string
	for _, t := range all[*canvas.Text](o) {
		out = append(out, t.Text)
	}
	return out
}

func TestPresent_EveryStepAndRuleOfTheExplanation(t *testing.T) {
	c := texts(t)
	p := &presenter{c, c.Formatter()}
	for _, line := range calc.ExplainLines {
		for _, year := range []int{0, 2027} {
			x := explain(t, teams(), line, year)
			m := p.present(x)
			if money, ok := x.Amount.(domain.Money); ok && plain(m.amount) != plain(c.Formatter().AmountExact(money))+" MAD" {
				t.Errorf("%s %d: amount %q", line, year, m.amount)
			}
			if len(m.steps) != len(x.Steps) || len(m.rules) != len(desk.Rules(x)) || len(m.readings) != len(x.Readings) {
				t.Errorf("%s %d: %d steps of %d, %d rules of %d", line, year, len(m.steps), len(x.Steps), len(m.rules), len(desk.Rules(x)))
			}
			for i, s := range m.steps {
				base, rate := desk.Exact(c, x.Steps[i].Base), desk.Exact(c, x.Steps[i].Rate)
				if (base != "" && s.base+s.asideBase == "") || s.rate+s.asideRate != rate || s.amount == "" {
					t.Errorf("%s %d: step %q lost something: %+v", line, year, s.label, s)
				}
			}
			if strings.Contains(fmt.Sprintf("%+v", *m), "⟦") {
				t.Errorf("%s %d: a text is missing: %+v", line, year, *m)
			}
			if strings.Contains(m.amount, "MAD") != (m.head.amount == c.Text("proof.ui.result")) {
				t.Errorf("%s %d: %q under %q", line, year, m.amount, m.head.amount)
			}
		}
	}
}

// The worked case: 40 engineers at 30,000 MAD in Fès.
func TestPresent_TheWorkedTable(t *testing.T) {
	c := texts(t)
	m := (&presenter{c, c.Formatter()}).present(explain(t, alone(), domain.AIR, 0))
	if plain(m.amount) != "10 529 241,60 MAD" || plain(m.what) != "AIR, sur toute la période" {
		t.Errorf("%q, %q", m.amount, m.what)
	}
	want := map[string]string{
		"Frais professionnels": "−35 000,00", "Revenu net imposable": "313 638,40",
		"Impôt au barème": "88 646,208", "AIR par personne et par an": "52 646,208",
	}
	for _, s := range m.steps {
		if w, ok := want[s.label]; ok {
			if plain(s.amount) != w {
				t.Errorf("%s: %q, want %q", s.label, s.amount, w)
			}
			delete(want, s.label)
		}
	}
	if len(want) > 0 {
		t.Errorf("not in the table: %v", want)
	}
}

func TestWithCentimes(t *testing.T) {
	for in, want := range map[domain.Decimal]domain.Decimal{"360000": "360000.00", "-3225.6": "-3225.60", "88646.208": "88646.208", "1.25": "1.25"} {
		if got := withCentimes(in); got != want {
			t.Errorf("%s gives %s, want %s", in, got, want)
		}
	}
}

func button(t *testing.T, o fyne.CanvasObject, text string) *kit.Button {
	t.Helper()
	for _, b := range all[*kit.Button](o) {
		if plain(b.Text()) == text {
			return b
		}
	}
	t.Fatalf("no button %q", text)
	return nil
}

func TestPanel_CopiesWhatTheCommandPrints(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	x := explain(t, alone(), domain.AIR, 0)
	w, _, copies := open(t, x, fyne.NewSize(1366, 768))
	test.Tap(button(t, w.Content(), "Copier"))
	if want := []string{desk.ExplainText(texts(t), x)}; !slices.Equal(*copies, want) {
		t.Errorf("copied %q", *copies)
	}
	button(t, w.Content(), "Copié")
}

func TestPanel_SourcesOpenAndCanBeCopied(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	x := explain(t, alone(), domain.AIR, 0)
	w, _, copies := open(t, x, fyne.NewSize(1366, 768))
	r := desk.Rules(x)[0]
	src := r.Sources[0]
	if slices.Contains(said(w.Content()), src.Title) {
		t.Fatal("sources are open before they are asked for")
	}
	test.Tap(button(t, w.Content(), fmt.Sprintf("%d sources", len(r.Sources))))
	if !slices.Contains(said(w.Content()), src.Title) {
		t.Errorf("%q is not shown", src.Title)
	}
	labels := all[*widget.Label](w.Content())
	if len(labels) == 0 || labels[0].Text != src.URL || !labels[0].Selectable {
		t.Error("the address cannot be marked")
	}
	test.Tap(button(t, w.Content(), "Copier l'adresse"))
	if !slices.Equal(*copies, []string{src.URL}) {
		t.Errorf("copied %q", *copies)
	}
	test.Tap(button(t, w.Content(), "Fermer les sources"))
	if slices.Contains(said(w.Content()), src.Title) {
		t.Error("the sources stay open")
	}
}

// Opened with the keyboard alone, the tree goes down to each rule value.
func TestPanel_TreeReachesEveryRule(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	x := explain(t, alone(), domain.AIR, 0)
	w, _, _ := open(t, x, fyne.NewSize(1366, 6000))
	button(t, w.Content(), "Arbre complet").TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	for opened := true; opened; {
		opened = false
		for _, b := range all[*twig](w.Content()) {
			if !b.Disabled() && !b.open {
				w.Canvas().Focus(b)
				b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
				opened = true
			}
		}
	}
	c := texts(t)
	met := map[string]bool{}
	for _, b := range all[*twig](w.Content()) {
		met[b.node.label+" "+b.node.amount] = true
	}
	for _, r := range desk.Rules(x) {
		if want := c.Text("param."+r.Param) + " " + desk.RuleValue(c, &r); !met[want] {
			t.Errorf("the tree does not show %q", want)
		}
	}
	button(t, w.Content(), "Fermer l'arbre")
}

// Nothing of the table stands outside of the panel, at both ends of the sizes.
func TestPanel_TableFits(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	for _, line := range []string{domain.AIR, domain.PAE, domain.PAF, calc.LineCharges, calc.LineHeads} {
		for _, p := range []domain.Project{alone(), teams()} {
			for _, size := range []fyne.Size{fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)} {
				spec := Spec(Params{Texts: texts(t), Explanation: explain(t, p, line, 0)})
				wide := max(spec.Width, spec.Share*size.Width) - 48 // the panel's margins
				room := container.NewVScroll(spec.Content)
				w := test.NewTempWindow(t, room)
				w.SetPadded(false)
				w.Resize(fyne.NewSize(wide, size.Height))
				if got := spec.Content.MinSize().Width; got > wide {
					t.Errorf("%s at %v needs %v of %v", line, size, got, wide)
				}
				for _, x := range all[*canvas.Text](spec.Content) {
					if x.Text != "" && x.MinSize().Width > x.Size().Width+0.5 {
						t.Errorf("%s at %v: %q is cut", line, size, x.Text)
					}
				}
			}
		}
	}
}

// The masters are made with our own fonts at a scale of 1. Look at
// testdata/failed before replacing one.
func TestLook(t *testing.T) {
	for name, look := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		test.NewTempApp(t).Settings().SetTheme(look)
		w, _, _ := open(t, explain(t, alone(), domain.AIR, 0), fyne.NewSize(560, 1000))
		test.AssertImageMatches(t, "proof-"+name+".png", w.Canvas().Capture())
	}
}

// Under the range stands which answers give its high end.
func TestPanel_SaysWhatGivesTheHighEnd(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	x := explain(t, alone(), domain.PAE, 0)
	w, _, _ := open(t, x, fyne.NewSize(560, 1000))
	var drawn []string
	for _, s := range all[*canvas.Text](w.Content()) {
		drawn = append(drawn, s.Text)
	}
	want := desk.Ends(texts(t), x)
	if len(want) != 1 || !strings.Contains(strings.Join(drawn, " "), want[0]) {
		t.Errorf("drawn %q\nwant %q", drawn, want)
	}
}
