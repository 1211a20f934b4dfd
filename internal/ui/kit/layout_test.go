package kit

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"

	"atlasp2i/internal/ui/theme"
)

const long = "Sans l’offre, 40 ingénieurs paieraient 24,6 % de leur brut en impôt sur le revenu."

func TestParagraph_WrapsWithoutLosingWords(t *testing.T) {
	p := NewParagraph(long, BodyText)
	window(t, VStack(0, p), 180, 400)
	if len(p.lines) < 3 {
		t.Fatalf("%d lines at 180", len(p.lines))
	}
	if got := strings.Join(p.lines, " "); got != long {
		t.Errorf("wrapped to %q", got)
	}
	for _, line := range p.lines {
		if w := BodyText.measure(line).Width; w > 180 {
			t.Errorf("%q is %v wide", line, w)
		}
	}
	if got, want := p.Size().Height, float32(len(p.lines))*BodyText.measure("").Height; got != want {
		t.Errorf("height %v for %d lines of %v", got, len(p.lines), want)
	}
	p.SetText("court")
	if len(p.lines) != 1 {
		t.Errorf("%d lines for one word", len(p.lines))
	}
}

func TestText_ElidesToItsPlace(t *testing.T) {
	text := NewText(long, BodyText)
	text.Elide = true
	window(t, text, 120, 30)
	if got := text.line.Text; !strings.HasSuffix(got, "…") || BodyText.measure(got).Width > 120 {
		t.Errorf("drawn as %q, %v wide", got, BodyText.measure(got).Width)
	}
	if text.Text() != long {
		t.Error("the text in full is lost")
	}
}

func TestVStack_FillAndSpacer(t *testing.T) {
	a, b := NewText("a", BodyText), NewRule()
	window(t, VStackFill(10, a, b), 200, 300)
	if got, want := b.Position().Y+b.Size().Height, float32(300); got != want {
		t.Errorf("the last object ends at %v, wanted %v", got, want)
	}
	c, d := NewText("c", BodyText), NewText("d", BodyText)
	window(t, VStack(0, c, layout.NewSpacer(), d), 200, 300)
	if got := d.Position().Y + d.Size().Height; got != 300 {
		t.Errorf("behind a spacer the text ends at %v", got)
	}
}

func TestVStack_HiddenTakesNoRoom(t *testing.T) {
	a, b := NewText("a", BodyText), NewText("b", BodyText)
	a.Hide()
	window(t, VStack(10, a, b), 200, 100)
	if b.Position().Y != 0 {
		t.Errorf("a hidden object moved the next to %v", b.Position().Y)
	}
}

func TestSides_StackWhereNarrow(t *testing.T) {
	a, b := NewText("a", BodyText), NewText("b", BodyText)
	box := Sides(20, 300, 400, a, b)
	w := window(t, box, 800, 200)
	if b.Position() != fyne.NewPos(320, 0) || a.Size().Width != 300 {
		t.Errorf("wide: right at %v, left %v wide", b.Position(), a.Size().Width)
	}
	w.Resize(fyne.NewSize(600, 200))
	if b.Position().X != 0 || b.Position().Y == 0 || a.Size().Width != 600 {
		t.Errorf("narrow: right at %v, left %v wide", b.Position(), a.Size().Width)
	}
}

func TestColumns_RowsWhereNarrow(t *testing.T) {
	var texts []fyne.CanvasObject
	for range 4 {
		texts = append(texts, NewText("x", BodyText))
	}
	w := window(t, Columns(10, 150, nil, texts...), 900, 100)
	if texts[3].Position().Y != 0 {
		t.Error("four columns fit into 900")
	}
	w.Resize(fyne.NewSize(500, 100))
	if texts[1].Position().Y != 0 || texts[2].Position().X != 0 || texts[2].Position().Y == 0 {
		t.Errorf("500 holds two columns: third at %v", texts[2].Position())
	}
}

func TestEnds_BelowWhereNarrow(t *testing.T) {
	a, b := NewText("un titre assez long", BodyText), NewButton(Primary, "Enregistrer", nil)
	box := Ends(10, a, b)
	w := window(t, box, 500, 100)
	if got := b.Position().X + b.Size().Width; got != 500 || b.Position().Y != 0 {
		t.Errorf("wide: ends at %v, y %v", got, b.Position().Y)
	}
	w.Resize(fyne.NewSize(150, 100))
	if b.Position().X != 0 || b.Position().Y == 0 {
		t.Errorf("narrow: at %v", b.Position())
	}
}

func TestScrollBy_ShowsWhatGotTheFocus(t *testing.T) {
	window(t, NewRule(), 100, 100)
	for _, c := range []struct{ top, tall, view, want float32 }{
		{100, 30, 400, 0},
		{-50, 30, 400, -66},
		{390, 30, 400, 36},
		{200, 900, 400, 184}, // taller than the view: from its top
	} {
		if got := scrollBy(c.top, c.tall, c.view); got != c.want {
			t.Errorf("at %v, %v tall in %v: moved by %v, wanted %v", c.top, c.tall, c.view, got, c.want)
		}
	}
}

func TestPx_FollowsTheScale(t *testing.T) {
	window(t, NewRule(), 100, 100)
	fyne.CurrentApp().Settings().SetTheme(theme.Light().Scaled(1.5))
	if Px(10) != 15 {
		t.Errorf("10 design pixels are %v at 1.5", Px(10))
	}
}
