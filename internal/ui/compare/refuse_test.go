package compare

import (
	"testing"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

func TestARefusedProjectIsSaid(t *testing.T) {
	s := newLaptop(t)
	s.page.Take(domain.Project{Name: "Vide", Site: "fes-shore", Segment: "ESO"})
	s.settle()
	if !s.page.right.notice.Visible() || !s.page.right.repair.Visible() {
		t.Error("nothing is said of a project without people")
	}
	s.eso()
	if s.page.right.notice.Visible() {
		t.Error("still said")
	}
}

// A number that no site can have is refused beside its field, not as a fault of
// the project.
func TestAMustHaveBeyondItsFieldIsRefused(t *testing.T) {
	s := newLaptop(t)
	var line *mustLine
	for _, l := range s.page.left.mustLines {
		if l.must.ID == "airportPassengers" {
			line = l
		}
	}
	s.page.left.choose.OnTapped()
	s.key(line.tick, fyne.KeySpace)
	s.settle()
	line.in.SetText("999999999999")
	s.settle()
	if line.in.Message() == "" || !s.page.right.notice.Visible() || s.page.right.repair.Visible() || line.tick.tally.Text() != "" {
		t.Errorf("the field says %q, the project is blamed: %v, the count reads %q", line.in.Message(), s.page.right.repair.Visible(), line.tick.tally.Text())
	}
	line.in.SetText("1000")
	s.settle()
	if line.in.Message() != "" || s.page.right.notice.Visible() || line.tick.tally.Text() == "" {
		t.Error("a good number does not bring the result back")
	}
	s.page.left.choose.OnTapped() // folded
	s.key(line.tick, fyne.KeySpace)
	if line.box.Visible() || s.win.Canvas().Focused() != s.page.left.choose {
		t.Errorf("the keyboard is lost with the line: %v", s.win.Canvas().Focused())
	}
}

// said is all paragraphs in an object.
func said(o fyne.CanvasObject) string {
	out := ""
	switch o := o.(type) {
	case *kit.Paragraph:
		out = o.Text()
	case *kit.Surface:
		out = said(o.Content)
	case *fyne.Container:
		for _, child := range o.Objects {
			out += said(child)
		}
	}
	return out
}
