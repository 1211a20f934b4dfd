package parts_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/parts"
)

// stubborn is a window as the library has it: a second wish to close takes the first
// one back, and nothing closes it any more.
type stubborn struct {
	fyne.Window

	asked int
}

func (s *stubborn) Close() { s.asked++ }

// One wish closes the window; each later one ends the program, whatever became of the
// first.
func TestClosingIsNotTakenBack(t *testing.T) {
	window, quits := &stubborn{}, 0
	door := parts.NewClosing(window, func() { quits++ })
	if door.Begun() {
		t.Error("it closes before it was asked to")
	}
	for i := range 3 {
		door.Close()
		if !door.Begun() || window.asked != 1 || quits != i {
			t.Errorf("wish %d: the window was asked %d times and the program ended %d times", i+1, window.asked, quits)
		}
	}
}
