package picture

import (
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// heard is what a picture asked of its screen.
type heard struct {
	draws  int
	dark   bool
	width  float64
	tapped []string
	keys   int // that the window got
}

// show puts a picture of three squares in a window: a large one, a small one on
// top of its left upper corner, and one apart.
func show(t *testing.T, change func(*Spec)) (*Picture, *heard, fyne.Window) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	h := &heard{}
	spec := Spec{
		Draw: func(w, height float64, dark bool) *record.Drawing {
			h.draws++
			h.dark, h.width = dark, w
			d := &record.Drawing{Width: w, Height: height}
			d.Add(record.Filled(record.Rect(0, 0, w, height), look.PrimarySoft.Of(dark)))
			d.AddSpot("large", "The large one", record.Corners(10, 10, 100, 100))
			d.AddSpot("small", "The small one, on top", record.Corners(10, 10, 30, 30))
			d.AddSpot("apart", "A label that is long enough to be broken into more than one line of text", record.Corners(w-20, height-20, 20, 20))
			return d
		},
		Tapped: func(id string) { h.tapped = append(h.tapped, id) }, MinWidth: 200, MinHeight: 150,
	}
	if change != nil {
		change(&spec)
	}
	p := New(spec)
	w := test.NewTempWindow(t, p)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { h.keys++ })
	w.Canvas().Capture()
	return p, h, w
}

func tap(p *Picture, x, y float32) {
	p.Tapped(&fyne.PointEvent{Position: fyne.NewPos(x, y)})
}

func point(p *Picture, x, y float32) {
	p.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
}

func key(p *Picture, name fyne.KeyName) { p.TypedKey(&fyne.KeyEvent{Name: name}) }

func TestDraw_OnlyWhenSomethingChanged(t *testing.T) {
	p, h, w := show(t, nil)
	before := h.draws
	for range 5 {
		w.Canvas().Capture()
		p.Refresh()
		point(p, 50, 50)
	}
	if h.draws != before {
		t.Errorf("drawn %d times more though nothing changed", h.draws-before)
	}
	p.Redraw()
	w.Canvas().Capture()
	if h.draws != before+1 {
		t.Errorf("Redraw drew %d times, want once", h.draws-before)
	}
	w.Resize(fyne.NewSize(500, 300))
	w.Canvas().Capture()
	if h.width != 500 {
		t.Errorf("drawn for a width of %v, want 500", h.width)
	}
}

func TestPaint_OncePerSizeAndExact(t *testing.T) {
	p, _, _ := show(t, nil)
	p.Resize(fyne.NewSize(301, 203))
	for _, size := range [][2]int{{301, 203}, {376, 254}, {376, 253}, {602, 406}} {
		a, b := p.paint(size[0], size[1]), p.paint(size[0], size[1])
		if a.Bounds() != image.Rect(0, 0, size[0], size[1]) {
			t.Errorf("for %v the picture is %v", size, a.Bounds())
		}
		if a != b {
			t.Errorf("%v was painted twice", size)
		}
	}
}

func TestTheme_DarkAndLargeType(t *testing.T) {
	_, h, w := show(t, nil)
	if h.dark {
		t.Error("drawn dark in the light look")
	}
	fyne.CurrentApp().Settings().SetTheme(theme.Dark().Scaled(2))
	w.Canvas().Capture()
	if !h.dark || h.width != 200 {
		t.Errorf("after the change of theme: dark %v, width %v; want true and 200 design pixels", h.dark, h.width)
	}
}

func TestTapped_TopmostSpot(t *testing.T) {
	p, h, _ := show(t, nil)
	tap(p, 20, 20)
	tap(p, 90, 90)
	tap(p, 200, 20)
	if len(h.tapped) != 2 || h.tapped[0] != "small" || h.tapped[1] != "large" {
		t.Errorf("tapped %v, want the small one, the large one and nothing", h.tapped)
	}
}

func TestKeys_GoThroughSpots(t *testing.T) {
	p, h, w := show(t, nil)
	p.Choose("large")
	w.Canvas().Focus(p)
	key(p, fyne.KeyRight)
	key(p, fyne.KeyReturn)
	key(p, fyne.KeyDown)
	key(p, fyne.KeyDown)
	key(p, fyne.KeySpace)
	key(p, fyne.KeyLeft)
	if want := []string{"small", "apart"}; len(h.tapped) != 2 || h.tapped[0] != want[0] || h.tapped[1] != want[1] {
		t.Errorf("pressed %v, want %v", h.tapped, want)
	}
	if p.At() != "small" {
		t.Errorf("the keyboard is on %q", p.At())
	}
	key(p, fyne.KeyEscape)
	if h.keys != 1 {
		t.Error("Escape did not reach the window")
	}
}

func TestKeys_AskNext(t *testing.T) {
	p, _, w := show(t, func(s *Spec) {
		s.Next = func(from string, key fyne.KeyName) string {
			if from == "large" && key == fyne.KeyUp {
				return "apart"
			}
			return ""
		}
	})
	w.Canvas().Focus(p)
	key(p, fyne.KeyUp)
	if p.At() != "apart" {
		t.Errorf("the keyboard is on %q, want where Next says", p.At())
	}
	key(p, fyne.KeyUp)
	if p.At() != "apart" {
		t.Error("where Next gives nothing the keyboard must stay")
	}
}

// The ring must be seen with the keyboard and not after a click.
func TestRing_FollowsTheKeyboard(t *testing.T) {
	p, _, w := show(t, nil)
	f := test.TempWidgetRenderer(t, p).(*face)
	tap(p, 90, 90)
	if !f.ring.Hidden {
		t.Error("a click shows the ring")
	}
	key(p, fyne.KeyRight)
	if f.ring.Hidden || f.at != "small" {
		t.Errorf("after an arrow the ring is on %q, hidden %v", f.at, f.ring.Hidden)
	}
	ring := f.paintRing(400, 300)
	if _, _, _, a := ring.At(40, 25).RGBA(); a == 0 {
		t.Error("nothing is drawn on the edge of the spot")
	}
	w.Canvas().Unfocus()
	if !f.ring.Hidden {
		t.Error("the ring stays without the focus")
	}
}

// A screen draws anew what is chosen with a click: the ring of the keyboard goes.
func TestRing_GoesWithAClickThatDrawsAnew(t *testing.T) {
	var p *Picture
	p, _, w := show(t, func(s *Spec) { s.Tapped = func(string) { p.Redraw() } })
	f := test.TempWidgetRenderer(t, p).(*face)
	w.Canvas().Focus(p)
	key(p, fyne.KeyRight)
	if f.ring.Hidden {
		t.Fatal("no ring after an arrow")
	}
	tap(p, 90, 90)
	if !f.ring.Hidden {
		t.Error("the ring stays where the keyboard was")
	}
}

func TestTip_StaysInside(t *testing.T) {
	p, _, _ := show(t, nil)
	f := test.TempWidgetRenderer(t, p).(*face)
	if !f.said.Hidden {
		t.Error("something is said before the pointer is over a spot")
	}
	for _, at := range [][2]float32{{395, 295}, {12, 12}, {100, 105}} {
		point(p, at[0], at[1])
		if f.said.Hidden || f.said.Text() == "" {
			t.Fatalf("nothing is said at %v", at)
		}
		a, b := f.ground.Position(), f.ground.Position().Add(f.ground.Size())
		if a.X < 0 || a.Y < 0 || b.X > 400 || b.Y > 300 {
			t.Errorf("at %v what is said lies from %v to %v, outside of the picture", at, a, b)
		}
	}
	if p.Cursor() != desktop.PointerCursor {
		t.Error("no hand over a spot")
	}
	p.MouseOut()
	if !f.said.Hidden || p.Cursor() != desktop.DefaultCursor {
		t.Error("the pointer left and something is still said")
	}
}

func TestFocus_PassesOverNoSpots(t *testing.T) {
	p, _, _ := show(t, func(s *Spec) {
		s.Draw = func(w, h float64, _ bool) *record.Drawing { return &record.Drawing{Width: w, Height: h} }
	})
	if !p.Disabled() {
		t.Error("a picture without spots takes the focus")
	}
	if got, want := p.MinSize(), fyne.NewSize(kit.Px(200), kit.Px(150)); got != want {
		t.Errorf("least size %v, want %v", got, want)
	}
}
