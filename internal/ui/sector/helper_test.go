package sector

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/sector/say"
	"atlasp2i/internal/ui/theme"
)

const home = "MA" // of the built-in pack

// builtIn is a desk over the pack that ships.
type builtIn struct {
	texts *i18n.Catalogue
	book  *figures.Book
	err   error
}

func (b *builtIn) Texts() *i18n.Catalogue          { return b.texts }
func (b *builtIn) Figures() (*figures.Book, error) { return b.book, b.err }

func newDesk(t testing.TB) *builtIn {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	book, err := figures.Load(pack)
	if err != nil {
		t.Fatal(err)
	}
	return &builtIn{texts: texts.WithTexts(pack.Texts["fr"]), book: book}
}

func newWords(t testing.TB) words {
	d := newDesk(t)
	return words{say.Writer{T: d.texts, Book: d.book}}
}

// stage is a page in a window.
type stage struct {
	t      testing.TB
	win    fyne.Window
	page   *Page
	panels []kit.PanelSpec
	copied string
	todo   chan func()
}

// wait does what comes on the window's thread until the figures are read.
func (s *stage) wait() {
	s.t.Helper()
	for s.page.reader.Busy() {
		select {
		case f := <-s.todo:
			f()
		case <-time.After(10 * time.Second):
			s.t.Fatal("no figures come")
		}
	}
}

func (s *stage) ShowPanel(spec kit.PanelSpec) { s.panels = append(s.panels, spec) }

func newStage(t testing.TB, d Desk, look fyne.Theme, size fyne.Size) *stage {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(look)
	s := &stage{t: t, win: test.NewTempWindow(t, nil), todo: make(chan func(), 10)}
	s.win.SetPadded(false)
	away := exhibit.NewHost(exhibit.Params{Texts: d.Texts(), Copy: func(text string) { s.copied = text }, Do: func(func()) {}, Now: time.Now})
	s.page = New(Params{
		Desk: d, Shell: s, Copy: func(text string) { s.copied = text }, Exhibits: away,
		Do:     func(f func()) { s.todo <- f },
		Button: func() fyne.CanvasObject { return kit.NewButton(kit.Link, "import", nil) },
		Fault:  func(why string) fyne.CanvasObject { return kit.NewNotice(d.Texts().Text("sector.refused"), why) },
	})
	s.wait()
	s.win.SetContent(container.New(margins{}, s.page.Content()))
	s.win.Resize(size)
	return s
}

// margins are those of the shell around a page.
type margins struct{}

// Layout is for Fyne.
func (margins) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(24, 20))
	o[0].Resize(s.SubtractWidthHeight(48, 40))
}

// MinSize is for Fyne.
func (margins) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(100, 100) }

func (s *stage) capture(name string) {
	s.t.Helper()
	size := s.win.Canvas().Size()
	s.win.Resize(size.SubtractWidthHeight(1, 0))
	s.win.Resize(size)
	file, err := os.Create(name)
	if err != nil {
		s.t.Fatal(err)
	}
	defer file.Close()
	if err := png.Encode(file, s.win.Canvas().Capture()); err != nil {
		s.t.Fatal(err)
	}
}

// galleryEnv names a folder: where it is set, the tabs are painted there.
const galleryEnv = "ATLAS_GALLERY"

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	d := newDesk(t)
	for look, th := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		for name, size := range map[string]fyne.Size{"laptop": fyne.NewSize(1178, 716), "wide": fyne.NewSize(1732, 1028)} {
			s := newStage(t, d, th, size)
			paint := func(view string) { s.capture(filepath.Join(folder, view+"-"+name+"-"+look+".png")) }
			for i := range aspects {
				for _, k := range kinds {
					for _, p := range s.page.words.periods(k.kind) {
						s.page.period, s.page.aspect = p, i
						s.page.again()
						paint("overview-" + p.String() + "-" + aspects[i].id)
					}
				}
			}
			for i := range subjects {
				s.page.tabs.Select(4)
				s.page.topic = i
				s.page.again()
				paint("elsewhere-" + subjects[i].id)
			}
			for i := 1; i < len(s.page.views); i++ {
				s.page.tabs.Select(i)
				paint("tab" + string(rune('1'+i)))
				s.page.scroll.ScrollToBottom()
				paint("tab" + string(rune('1'+i)) + "-end")
			}
			for _, id := range []string{"ESO", total} {
				s.page.open(figures.Key{Country: home, Indicator: exports, Segment: id, Period: s.page.words.periods(figures.Year)[0], Series: newSeries, Unit: million})
				s.win.SetContent(container.NewVScroll(container.New(margins{}, s.panels[len(s.panels)-1].Content)))
				s.win.Resize(fyne.NewSize(560, 1600))
				paint("panel-" + id)
			}
		}
	}
}
