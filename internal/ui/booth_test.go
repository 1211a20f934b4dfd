package ui

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// settle runs what comes for the window's thread until nothing comes any more.
func (r *rig) settle() {
	for {
		select {
		case f := <-r.todo:
			f()
		case <-time.After(40 * time.Millisecond):
			return
		}
	}
}

// area is what can be seen of an object: from where to where.
type area struct{ left, right float32 }

// look calls f with each object that is shown, where it stands in the window and
// what of that can be seen. What scrolls sideways is left out: it is made to be
// wider than its place.
func look(o fyne.CanvasObject, at fyne.Position, seen area, f func(fyne.CanvasObject, fyne.Position, area)) {
	if !o.Visible() {
		return
	}
	f(o, at, seen)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *kit.Entry:
		return // its line scrolls by itself
	case *container.Scroll:
		if o.Direction == container.ScrollHorizontalOnly {
			return
		}
		seen = area{max(seen.left, at.X), min(seen.right, at.X+o.Size().Width)}
		look(o.Content, at.AddXY(0, -o.Offset.Y), seen, f)
		return
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		look(child, at.Add(child.Position()), seen, f)
	}
}

// cut lists the texts of which a part cannot be seen.
func cut(o fyne.CanvasObject, width float32) []string {
	var out []string
	look(o, o.Position(), area{0, width}, func(o fyne.CanvasObject, at fyne.Position, seen area) {
		text, ok := o.(*canvas.Text)
		if !ok || text.Text == "" {
			return
		}
		left, wide := at.X, text.MinSize().Width
		switch text.Alignment {
		case fyne.TextAlignTrailing:
			left += text.Size().Width - wide
		case fyne.TextAlignCenter:
			left += (text.Size().Width - wide) / 2
		}
		if left < seen.left-1 || left+wide > seen.right+1 {
			out = append(out, fmt.Sprintf("%q from %.0f to %.0f of %.0f to %.0f", text.Text, left, left+wide, seen.left, seen.right))
		}
	})
	return out
}

// mouseOnly lists what can be clicked and has no way for the keyboard.
func mouseOnly(o fyne.CanvasObject) []string {
	var out []string
	look(o, fyne.Position{}, area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
		_, clicked := o.(fyne.Tappable)
		_, focused := o.(fyne.Focusable)
		if _, panel := o.(*kit.SlideOver); clicked && !focused && !panel {
			out = append(out, fmt.Sprintf("%T", o))
		}
	})
	return out
}

// tabsIn are the rows of tabs that are shown, the outermost first.
func tabsIn(o fyne.CanvasObject) []*kit.Tabs {
	var out []*kit.Tabs
	look(o, fyne.Position{}, area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
		if t, ok := o.(*kit.Tabs); ok {
			out = append(out, t)
		}
	})
	return out
}

// eachView shows everything that the places have: each place and each of its
// tabs, with a project in Simuler, its what if, and the panels over the window.
func (r *rig) eachView(do func(name string, root fyne.CanvasObject)) {
	again := func() { // Fyne's test window lays out when its size changes
		s := r.w.win.Canvas().Size()
		r.w.win.Resize(s.AddWidthHeight(0, 1))
		r.w.win.Resize(s)
		r.settle()
	}
	for _, place := range shell.Places() {
		r.w.shell.Open(place)
		if place == shell.Simulate {
			r.w.example()
			r.w.shell.HideToast()
		}
		again()
		do(place, r.w.win.Content())
		for i := range slices.Backward(tabsIn(r.w.win.Content())) { // those inside of others first
			for n := 1; ; n++ {
				tabs := tabsIn(r.w.win.Content())
				if i >= len(tabs) {
					break
				}
				if tabs[i].Select(n); tabs[i].Selected() != n {
					tabs[i].Select(0)
					again()
					break
				}
				again()
				do(fmt.Sprintf("%s, tab %d of row %d", place, n, i), r.w.win.Content())
			}
		}
	}
	r.w.shell.Open(shell.Simulate)
	r.w.example()
	r.w.shell.HideToast()
	r.until("the result", func() bool { return r.says(r.texts.Text("papers.open")) })
	r.press("papers.open")
	again()
	do("panel paper", r.w.win.Canvas().Overlays().Top())
	r.w.shell.ClosePanel()
	r.w.explain(r.w.sim.Draft(), calc.LineBenefits)
	r.until("the proof", r.w.shell.PanelOpen)
	again()
	do("panel proof", r.w.win.Canvas().Overlays().Top())
	r.w.shell.ClosePanel()
	r.press("whatifscreen.title")
	again()
	for n := range 5 {
		tabs := tabsIn(r.w.win.Content())
		tabs[len(tabs)-1].Select(n)
		again()
		do(fmt.Sprintf("what if, tab %d", n), r.w.win.Content())
	}
	r.w.shell.Open(shell.Home)
	panels := map[string]func(){"keys": r.w.showKeys, "about": r.w.about, "search": r.w.search, "welcome": r.w.welcome}
	for name, open := range panels {
		open()
		again()
		if top := r.w.win.Canvas().Overlays().Top(); top != nil {
			do("panel "+name, top)
		}
		r.w.shell.ClosePanel()
	}
}

// In each size of everything, in both windows of the specification and in each
// language, no text is cut at a side and nothing needs the mouse.
func TestScales_CutNoTextAndNeedNoMouse(t *testing.T) {
	cases := []struct {
		wide, tall float32
		scale      int
		lang       string
	}{
		{1366, 768, 0, "fr"},
		{1366, 768, 1, "fr"},
		{1366, 768, 2, "fr"},
		{1920, 1080, 2, "fr"},
		{1366, 768, 0, "en"},
		{1366, 768, 1, "es"},
		{1366, 768, 2, "en"},
	}
	if testing.Short() { // under the race detector: how large the type is makes no race
		cases = cases[2:3]
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%s at %.0f in %s", theme.Scales[c.scale].ID, c.wide, c.lang), func(t *testing.T) {
			r := officed(t, openStore(t))
			spoken, err := i18n.Load(assets.I18n, c.lang)
			if err != nil {
				t.Fatal(err)
			}
			r.w.p.Others, r.texts = also(spoken), spoken
			r.w.choose(c.lang)
			size := fyne.NewSize(c.wide, c.tall)
			r.w.win.Resize(size)
			r.w.setScale(c.scale)
			r.settle()
			views := 0
			r.eachView(func(name string, root fyne.CanvasObject) {
				views++
				if got := r.w.win.Canvas().Size(); got != size {
					t.Fatalf("%s: the window grew to %v", name, got)
				}
				for _, text := range cut(root, size.Width) {
					t.Errorf("%s: cut: %s", name, text)
				}
				for _, text := range shortened(root) {
					t.Errorf("%s: shortened: %s", name, text)
				}
				for _, o := range mouseOnly(root) {
					t.Errorf("%s: only the mouse reaches a %s", name, o)
				}
			})
			if views < 20 {
				t.Errorf("only %d views were looked at", views)
			}
		})
	}
}

// scaleKey makes the step of a key of the size.
func (r *rig) scaleKey(name fyne.KeyName, shift bool) {
	r.t.Helper()
	for _, k := range scaleKeys {
		if k.key == name && k.shift == shift {
			r.w.stepScale(k.step)
			return
		}
	}
	r.t.Fatalf("%s with shift %t changes no size", name, shift)
}

func TestScale_FollowsTheKeysAndIsKept(t *testing.T) {
	r := opened(t)
	unit := func() float32 { return r.w.app.Settings().Theme().Size(theme.SizeUnit) }
	steps := []struct {
		key   fyne.KeyName
		shift bool
		want  int
	}{
		{fyne.KeyPlus, false, 1},
		{fyne.KeyEqual, true, 2},
		{fyne.KeyEqual, false, 2}, // there is no larger one
		{fyne.KeyMinus, false, 1},
		{fyne.Key0, false, 0},
		{fyne.KeyMinus, false, 0},
		{fyne.KeyPlus, false, 1},
	}
	for i, s := range steps {
		r.scaleKey(s.key, s.shift)
		if want := theme.Scales[s.want].Factor; unit() != want {
			t.Fatalf("step %d: a unit is %v, wanted %v", i, unit(), want)
		}
	}
	r.wants("chip.scale.large")
	r.w.toggleTheme()
	if unit() != theme.Scales[1].Factor {
		t.Error("the dark look is not as large")
	}
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	next.wants("chip.scale.large")
	if got := next.w.app.Settings().Theme().Size(theme.SizeUnit); got != theme.Scales[1].Factor {
		t.Errorf("the next start has a unit of %v", got)
	}
}

// The app is not closed here: it loses power.
func TestPlaceAndSize_HoldAfterACrash(t *testing.T) {
	r := opened(t)
	r.w.win.Resize(fyne.NewSize(1200, 700))
	r.w.shell.Open(shell.Sector)
	r.w.shell.Open(shell.Compare)
	r.w.showKeys()
	next := newRig(t, r.store)
	next.w.begin(Opening{Desk: next.desk})
	if got := next.w.shell.Current(); got != shell.Compare || next.w.shell.PanelOpen() {
		t.Errorf("opened on %q, with a panel: %t", got, next.w.shell.PanelOpen())
	}
	if got := next.w.win.Canvas().Size(); got != fyne.NewSize(1200, 700) {
		t.Errorf("opened at %v", got)
	}
}

// A place of another version, or a size that shows nothing, is not gone back to.
func TestPlaceAndSize_StrangeOnesAreLeft(t *testing.T) {
	s := openStore(t)
	r := newRig(t, s)
	for name, value := range map[string]any{
		store.SettingLastPlace: "elsewhere", store.SettingWindow: store.WindowSize{Width: 12, Height: 9}, store.SettingScale: "huge",
	} {
		if err := s.PutSetting(name, value); err != nil {
			t.Fatal(err)
		}
	}
	r.w.begin(Opening{Desk: r.desk})
	if got := r.w.shell.Current(); got != shell.Home {
		t.Errorf("opened on %q", got)
	}
	if got := r.w.win.Canvas().Size(); got.Width < firstWidth {
		t.Errorf("opened at %v", got)
	}
	if r.w.scale != 0 {
		t.Errorf("opened in scale %d", r.w.scale)
	}
}

func TestFullScreen_IsNoSizeOfTheWindow(t *testing.T) {
	r := opened(t)
	r.w.shell.Open(shell.Sector)
	kept := r.w.size
	r.w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF11})
	if !r.w.win.FullScreen() {
		t.Fatal("F11 does not fill the screen")
	}
	r.w.win.Resize(fyne.NewSize(1920, 1080))
	r.w.shell.Open(shell.Compare)
	if r.w.size != kept {
		t.Errorf("the size of the screen was kept: %v", r.w.size)
	}
	r.w.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF11})
	if r.w.win.FullScreen() {
		t.Error("F11 does not leave it")
	}
}

// untouched is a store in which nothing was ever kept.
func untouched(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestWelcome_ComesOnceAndEscapeSkipsIt(t *testing.T) {
	s := untouched(t)
	r := officed(t, s)
	r.titled(t, "welcome.title")
	r.w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if r.w.shell.PanelOpen() || r.w.shell.Current() != shell.Home {
		t.Error("Escape does not skip it")
	}
	if again := officed(t, s); again.w.shell.PanelOpen() {
		t.Error("it comes again")
	}
	r.w.about()
	r.pressOver("welcome.again")
	r.titled(t, "welcome.title")
}

// The steps, one after the other: what is chosen shows at once, what is typed is
// kept, and the example says where its figure opens.
func TestWelcome_StepsDoWhatTheySay(t *testing.T) {
	r := officed(t, untouched(t))
	choices := func() (out []*parts.Choice) {
		look(r.w.win.Canvas().Overlays().Top(), fyne.Position{}, area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
			if c, ok := o.(*parts.Choice); ok {
				out = append(out, c)
			}
		})
		return out
	}
	right := &fyne.KeyEvent{Name: fyne.KeyRight}
	choices()[1].TypedKey(right)
	choices()[2].TypedKey(right)
	if r.w.currency != r.w.office.Currencies()[0] || r.w.scale != 1 {
		t.Errorf("currency %q, scale %d", r.w.currency, r.w.scale)
	}
	choices()[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) // one always holds
	if c := choices()[1]; r.w.currency == "" || c.Chosen() == "" {
		t.Error("a choice could be taken away")
	}
	choices()[0].TypedKey(right)
	if got := r.w.desk.Texts().Lang(); got != "en" || !r.w.shell.PanelOpen() {
		t.Fatalf("speaks %q, still asking: %t", got, r.w.shell.PanelOpen())
	}
	r.w.choose("fr")
	r.w.welcome()
	r.pressOver("welcome.next")
	officer, ok := r.w.win.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatalf("the focus is on %T", r.w.win.Canvas().Focused())
	}
	test.Type(officer, " Samira ")
	r.pressOver("welcome.keep")
	if got := r.w.office.Setup().Officer; got != "Samira" {
		t.Errorf("papers are issued by %q", got)
	}
	r.pressOver("welcome.example.do")
	r.at(shell.Simulate)
	r.wants("welcome.example.said")
	r.w.shell.Answer()
	r.until("the proof", r.w.shell.PanelOpen)
}

// Passing over keeps nothing.
func TestWelcome_PassingKeepsNothing(t *testing.T) {
	r := officed(t, untouched(t))
	r.pressOver("welcome.pass")
	test.Type(r.w.win.Canvas().Focused().(*kit.Entry), "Nobody")
	r.pressOver("welcome.pass")
	r.pressOver("welcome.pass")
	if r.w.shell.PanelOpen() || r.w.office.Setup().Officer != "" || r.w.shell.Current() != shell.Home {
		t.Errorf("open %t, issued by %q, on %q", r.w.shell.PanelOpen(), r.w.office.Setup().Officer, r.w.shell.Current())
	}
}

// titled wants a panel of that title to be open.
func (r *rig) titled(t *testing.T, key string) {
	t.Helper()
	for _, o := range r.over() {
		if p, ok := o.(*kit.Paragraph); ok && p.Text() == r.texts.Text(key) {
			return
		}
	}
	t.Errorf("no panel is titled %q", r.texts.Text(key))
}

// The same for contacts, which are locked in the other test.
func TestScales_ContactsAreWholeToo(t *testing.T) {
	for i, scale := range theme.Scales {
		r := withContacts(t)
		r.w.setScale(i)
		r.w.shell.Open(shell.Files)
		r.w.dossiers().Open(r.contact("Karim Alaoui"))
		r.w.win.Resize(fyne.NewSize(1366, 769))
		r.w.win.Resize(fyne.NewSize(1366, 768))
		r.settle()
		for _, text := range cut(r.w.win.Content(), 1366) {
			t.Errorf("%s: cut: %s", scale.ID, text)
		}
		for _, o := range mouseOnly(r.w.win.Content()) {
			t.Errorf("%s: only the mouse reaches a %s", scale.ID, o)
		}
	}
}
