package compare

import (
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// galleryEnv names a folder: where it is set, the screen is painted there in many
// states, to be looked at.
const galleryEnv = "ATLAS_GALLERY"

type scene struct {
	name   string
	act    func(s *stage)
	scroll float32 // of the result
	left   float32 // of what is set
}

func scenes() []scene {
	return []scene{
		{"example", func(*stage) {}, 0, 0},
		{"eso", func(s *stage) { s.page.Take(sample(s.t, "ESO")) }, 0, 0},
		{"eso-down", func(*stage) {}, 560, 500},
		{"eso-end", func(*stage) {}, 2000, 2000},
		{"must", func(s *stage) {
			s.page.left.choose.OnTapped()
			for _, id := range []string{"operational", "directParis", "irCap"} {
				s.page.board.ask(id, true)
			}
			s.page.Add("casablanca-tech-valley")
			s.page.Add("laayoune")
		}, 0, 0},
		{"nine", func(s *stage) {
			for _, x := range s.page.p.Desk.Comparable() {
				s.page.board.add(x.ID)
			}
			s.page.changed()
		}, 0, 0},
		{"nine-down", func(*stage) {}, 520, 0},
		{"nine-end", func(*stage) {}, 1500, 0},
		{"tie", func(s *stage) {
			s.page.board.c = desk.Comparison{Project: sample(s.t, "ITO"), Sites: []string{"fes-shore", "dakhla", "casablanca-tech-valley"}, Weights: map[string]int{"irCap": 60, "newEntrants": 40}}
			s.page.changed()
		}, 0, 0},
		{"zero", func(s *stage) {
			for id := range s.page.board.c.Weights {
				s.page.board.setWeight(id, 0)
			}
			s.page.changed()
		}, 0, 0},
		{"focus", func(s *stage) {
			s.page.Take(sample(s.t, "BPO"))
			s.page.board.remove("casanearshore")
			s.page.Add("casablanca-tech-valley")
			s.page.Add("laayoune")
			s.settle()
			s.page.left.open = true
			s.key(s.page.left.mustLines[3].tick, fyne.KeySpace)
			s.settle()
			s.key(s.page.right.table.values, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown)
		}, 60, 0},
		{"slider", func(s *stage) {
			s.key(s.weight("irCap").bar, fyne.KeyEnd)
			s.page.left.preset.ask()
			s.page.left.weights[1].box.Objects[2].(*fyne.Container).Objects[1].(*kit.Figure).OnTapped()
			s.key(s.weight("irCap").bar, fyne.KeyEnd)
		}, 900, 420},
		{"rent", func(s *stage) {
			s.page.board.weigh("ESO")
			s.page.board.typing(pathArea, "10")
			s.page.board.typing(pathRent("fes-shore"), "75,50")
			s.page.board.typing(pathPay("dakhla"), "90")
			s.page.board.typing(pathRent("dakhla"), "x")
			s.page.changed()
		}, 420, 100},
	}
}

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	for look, th := range map[string]*theme.Theme{"light": theme.Light(), "dark": theme.Dark()} {
		for name, size := range map[string]fyne.Size{"laptop": laptop, "wide": fyne.NewSize(1684, 988)} {
			s := newStage(t, newDesk(t), th, size)
			for _, x := range scenes() {
				x.act(s)
				s.settle()
				s.page.split.Right.Offset.Y, s.page.split.Left.Offset.Y = x.scroll, x.left
				s.page.split.Box.Refresh()
				s.capture(filepath.Join(folder, x.name+"-"+name+"-"+look+".png"))
			}
		}
	}
}
