package intake

import (
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// stage is an importer over a real store, whose window's thread is the test.
type stage struct {
	t       *testing.T
	im      *Importer
	desk    *desk.Desk
	win     fyne.Window
	todo    chan func()
	panel   *kit.PanelSpec
	toast   string
	act     func()
	changed int
	failed  error
}

func (s *stage) ShowPanel(spec kit.PanelSpec) {
	s.ClosePanel()
	s.panel = &spec
	s.win.SetContent(spec.Content)
	s.win.Resize(fyne.NewSize(980, 700))
}

func (s *stage) ClosePanel() {
	if was := s.panel; was != nil {
		s.panel = nil
		if was.OnClose != nil {
			was.OnClose()
		}
	}
}

func (s *stage) ShowToast(text, _ string, act func()) { s.toast, s.act = text, act }
func (s *stage) Window() fyne.Window                  { return s.win }

func newStage(t *testing.T) *stage {
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
	kept, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "essai.db"), Device: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: kept})
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, desk: d, win: test.NewTempWindow(t, nil), todo: make(chan func(), 100)}
	do := func(f func()) { s.todo <- f }
	s.im = New(Params{
		Desk: d, Shell: s, Changed: func() { s.changed++ }, Failed: func(err error) { s.failed = err }, Do: do, Now: time.Now,
		Exhibits: exhibit.NewHost(exhibit.Params{Texts: d.Texts(), Do: func(func()) {}}),
	})
	return s
}

// run does what comes on the window's thread until it is so.
func (s *stage) run(until func() bool) {
	s.t.Helper()
	for !until() {
		select {
		case f := <-s.todo:
			f()
		case <-time.After(10 * time.Second):
			s.t.Fatal("nothing comes")
		}
	}
}

func (s *stage) open(table string) {
	s.t.Helper()
	s.im.preview, s.panel = nil, nil
	s.im.choose = func(read func(string, io.ReadCloser)) { read("new.csv", io.NopCloser(strings.NewReader(table))) }
	s.im.Open()
	s.run(func() bool { return s.panel != nil && !s.im.worker.Busy() })
}

const heading = "indicator;segment;period;value;unit;series;publisher\n"

func TestImport_WrittenUndoneAndSetAside(t *testing.T) {
	s := newStage(t)
	before, err := s.desk.Figures()
	if err != nil {
		t.Fatal(err)
	}
	s.open(heading + "exports;ITO;2025;12000;MAD million;OC-2025;Somebody\nexports;ITO;2025;abc;MAD million;OC-2025;Somebody\n")
	p := s.im.preview
	if p.count() != 1 || p.counted(0) != 2 || len(p.lines) != 2 {
		t.Fatalf("the preview counts %d of %d lines", p.count(), p.counted(0))
	}
	if now, _ := s.desk.Figures(); now != before {
		t.Error("a preview changes the figures")
	}
	s.im.write()
	s.run(func() bool { return s.toast != "" })
	if now, _ := s.desk.Figures(); now == before || s.changed != 1 || s.panel != nil || s.failed != nil {
		t.Fatalf("nothing was written: changed %d, %v", s.changed, s.failed)
	}
	s.act()
	if now, _ := s.desk.Figures(); len(now.Groups(figures.Query{})) != len(before.Groups(figures.Query{})) || s.changed != 2 {
		t.Errorf("the import is still there after %q", s.toast)
	}

	s.open(heading + "exports;ITO;2025;12000;MAD million;OC-2025;Somebody\n")
	s.toast = ""
	s.im.write()
	s.run(func() bool { return s.toast != "" })
	list, err := s.desk.Imports()
	if err != nil || len(list) != 2 {
		t.Fatalf("%d imports, %v", len(list), err)
	}
	b := s.im.dropButton(list[0])
	b.OnTapped()
	if list, _ := s.desk.Imports(); list[0].Dropped {
		t.Error("one press sets an import aside")
	}
	b.OnTapped()
	if list, _ := s.desk.Imports(); !list[0].Dropped || s.changed != 4 {
		t.Errorf("two presses do not: %+v, changed %d", list[0], s.changed)
	}
}

func TestImport_StoppedBeforeAnythingIsWritten(t *testing.T) {
	s := newStage(t)
	s.open(heading + "exports;ITO;2025;12000;MAD million;OC-2025;Somebody\n")
	s.im.write()
	writing := s.im.preview.foot.Objects[0]
	s.im.fill(kit.VStack(0)) // another filter
	if s.im.preview.foot.Objects[0] != writing {
		t.Error("what is being written can be written again")
	}
	s.im.stop()
	s.run(func() bool { return s.toast != "" || s.failed != nil })
	list, _ := s.desk.Imports()
	wrote := len(list) == 1
	if said := s.toast == s.im.t.Text("intake.ui.stopped"); said == wrote || s.failed != nil {
		t.Errorf("%d imports, but it says %q, %v", len(list), s.toast, s.failed)
	}
}

func TestOpen_NoTableSaysWhy(t *testing.T) {
	s := newStage(t)
	s.open("a;b\n1;2\n")
	if s.im.preview != nil {
		t.Error("a file that is no table has a preview")
	}
}

// What is shown of each line has its words; nothing is left of a key.
func TestPreview_EveryLineSaysWhatBecomesOfIt(t *testing.T) {
	s := newStage(t)
	s.open(heading + strings.Join([]string{
		"exports;ITO;2025;12000;MAD million;OC-2025;Somebody",
		"exports;ITO;2024;99999;MAD million;OC-2025;Somebody",
		"exports;ITO;2025;12000;MAD million;OC-2025;Somebody",
		"nonsense;ITO;2025;1;MAD million;OC-2025;Somebody",
		"exports;ITO;never;1;MAD million;OC-2025;Somebody",
		"exports;\"ITO;2025;1", "",
	}, "\n"))
	for i := range s.im.preview.in.Lines {
		l := &s.im.preview.in.Lines[i]
		name, value := s.im.figure(l)
		action, class, why := s.im.standing(l)
		all := strings.Join([]string{name, value, action, class, why}, "|")
		if strings.ContainsRune(all, '\u27e6') || action == "" || why == "" {
			t.Errorf("line %d: %s", l.Line, all)
		}
	}
	for i, f := range filters {
		s.im.preview.ask(i)
		if got, want := len(s.im.preview.lines), s.im.preview.counted(i); got != want {
			t.Errorf("%s: %d lines, counted %d", f.id, got, want)
		}
	}
	if s.im.preview.counted(3) != 1 {
		t.Errorf("%d conflicts, want 1", s.im.preview.counted(3))
	}
}

// However long the file is, a page is laid out, and the pages hold every line once.
func TestPreview_Pages(t *testing.T) {
	for _, n := range []int{0, 1, pageLines, pageLines + 1, 100_000} {
		in := &desk.Intake{Lines: make([]desk.IntakeLine, n), Count: map[string]int{}}
		p := newPreview(in)
		seen := 0
		for range p.pages() {
			for _, i := range p.shown() {
				if i != seen {
					t.Fatalf("%d lines: line %d is shown in the place of %d", n, i, seen)
				}
				seen++
			}
			p.turn(1)
		}
		if seen != n || len(p.shown()) > pageLines {
			t.Errorf("%d of %d lines are shown", seen, n)
		}
	}
}

func TestSeldom_TenTimesASecondAndTheEnd(t *testing.T) {
	told := 0
	f := seldom(func(int, int) { told++ })
	for i := range 100_000 {
		f(i, 100_000)
	}
	if told < 1 || told > 3 {
		t.Errorf("told %d times", told)
	}
	f(100_000, 100_000)
	if told < 2 {
		t.Error("the end is not told")
	}
}

func TestFault_OffersTheImportsOnlyWhereThereAreSome(t *testing.T) {
	s := newStage(t)
	count := func() (n int) {
		walk(s.im.Fault("why"), func(o fyne.CanvasObject) {
			if _, is := o.(*kit.Button); is {
				n++
			}
		})
		return n
	}
	if count() != 0 {
		t.Error("without an import there is something to press")
	}
	s.open(heading + "exports;ITO;2025;12000;MAD million;OC-2025;Somebody\n")
	s.im.write()
	s.run(func() bool { return s.toast != "" })
	if got := count(); got != 1 {
		t.Errorf("%d buttons for one import", got)
	}
}

func walk(o fyne.CanvasObject, see func(fyne.CanvasObject)) {
	see(o)
	switch c := o.(type) {
	case *fyne.Container:
		for _, x := range c.Objects {
			walk(x, see)
		}
	case fyne.Widget:
		for _, x := range test.WidgetRenderer(c).Objects() {
			walk(x, see)
		}
	}
}
