package ui

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// shortened lists the texts with a number, an amount or a date that end in an ellipsis.
func shortened(o fyne.CanvasObject) []string {
	var out []string
	look(o, o.Position(), area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
		text, ok := o.(*kit.Text)
		if !ok || !strings.ContainsAny(text.Text(), "0123456789") {
			return
		}
		for _, drawn := range test.WidgetRenderer(text).Objects() {
			if c, ok := drawn.(*canvas.Text); ok && c.Text != text.Text() {
				out = append(out, fmt.Sprintf("%q of %q", c.Text, text.Text()))
			}
		}
	})
	return out
}

// sideways lists how much of each table that scrolls sideways cannot be seen, in pixels.
func sideways(o fyne.CanvasObject) []float32 {
	var out []float32
	look(o, o.Position(), area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
		s, ok := o.(*container.Scroll)
		if !ok || s.Direction != container.ScrollHorizontalOnly {
			return
		}
		if over := s.Content.MinSize().Width - s.Size().Width; over > 0.5 {
			out = append(out, over)
		}
	})
	return out
}

// large is the window in the largest size at 1366 x 768, in a language.
func large(t *testing.T, lang string) *rig {
	t.Helper()
	r := officed(t, openStore(t))
	spoken, err := i18n.Load(assets.I18n, lang)
	if err != nil {
		t.Fatal(err)
	}
	r.w.p.Others, r.texts = also(spoken), spoken
	r.w.choose(lang)
	r.w.win.Resize(fyne.NewSize(1366, 768))
	r.w.setScale(len(theme.Scales) - 1)
	r.settle()
	return r
}

func (r *rig) relaid() fyne.CanvasObject {
	r.w.win.Resize(fyne.NewSize(1366, 769))
	r.w.win.Resize(fyne.NewSize(1366, 768))
	r.settle()
	return r.w.win.Content()
}

// In each size the samples and a comparison of three sites stand in the window without
// scrolling sideways.
func TestScales_TablesNeedNoScrollingSideways(t *testing.T) {
	for _, lang := range []string{"fr", "en", "es"} {
		r := large(t, lang)
		for i, scale := range theme.Scales {
			r.w.setScale(i)
			for _, place := range []string{shell.Home, shell.Compare} {
				r.w.shell.Open(place)
				r.settle()
				if over := sideways(r.relaid()); len(over) > 0 {
					t.Errorf("%s, %s, %s: %v pixels are out of view", lang, scale.ID, place, over)
				}
			}
		}
	}
}

// In the largest size the cards of the platforms have room to be read, where the data
// sheet goes below them.
func TestLargest_PlatformsHaveRoom(t *testing.T) {
	r := large(t, "fr")
	r.w.shell.Open(shell.Platforms)
	for tab := 1; tab < 3; tab++ {
		tabsIn(r.relaid())[0].Select(tab)
		tallest := float32(0)
		look(r.relaid(), fyne.Position{}, area{}, func(o fyne.CanvasObject, at fyne.Position, _ area) {
			if s, ok := o.(*container.Scroll); ok && s.Direction == container.ScrollVerticalOnly && at.X > 150 && at.Y < 400 {
				tallest = max(tallest, s.Size().Height)
			}
		})
		if tallest < 400 {
			t.Errorf("tab %d: a list of %v", tab, tallest)
		}
	}
}

// In the largest size total, lowest and highest figure are in view without scrolling:
// on the result, and while one types.
func TestLargest_TotalStaysInView(t *testing.T) {
	r := large(t, "fr")
	r.w.shell.Open(shell.Simulate)
	r.w.example()
	r.w.shell.HideToast()
	r.until("the result", func() bool { return r.says(r.texts.Text("papers.open")) })
	for column, name := range []string{"simulate.tab.form", "simulate.tab.result"} {
		tabs := tabsIn(r.relaid())
		tabs[0].Select(column)
		seen := map[string]bool{}
		look(r.relaid(), fyne.Position{}, area{}, func(o fyne.CanvasObject, at fyne.Position, _ area) {
			if c, ok := o.(*canvas.Text); ok && at.Y > 0 && at.Y+c.MinSize().Height < 768 {
				seen[c.Text] = true
			}
		})
		if !seen[r.texts.Text(name)] {
			t.Fatalf("no column %q", r.texts.Text(name))
		}
		for what, is := range map[string]*regexp.Regexp{"total": totalSaid, "lowest": lowestSaid, "highest": highestSaid} {
			if !slices.ContainsFunc(slices.Collect(maps.Keys(seen)), is.MatchString) {
				t.Errorf("column %d: the %s figure is not in view", column, what)
			}
		}
	}
}

// How the total of a sample and its ends are said in French.
var (
	totalSaid   = regexp.MustCompile(`^[\d\p{Z}]+\p{Z}\d{3}(\p{Z}MAD)?$`)
	lowestSaid  = regexp.MustCompile(`^prudente .*MAD`)
	highestSaid = regexp.MustCompile(`jusqu'à .*MAD$`)
)

// In each size, amounts and dates of the lists of Dossiers are whole.
func TestScales_ListsOfDossiersAreWhole(t *testing.T) {
	s := openStore(t)
	r := officed(t, s)
	if err := r.w.office.PutSetup(issue.Setup{Officer: "Samira", Agency: "Agence"}); err != nil {
		t.Fatal(err)
	}
	for i := range 12 {
		p := calctest.Project("tetouan-shore", calctest.Role("30000.00", "2026-01", 40+i*400))
		p.Name = strings.Repeat("Centre de relation client ", 1+i%4)
		dr, err := r.desk.Save(desk.Draft{Project: p})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := r.w.office.Issue(issue.Order{Draft: dr, Check: seal.Check{Mode: seal.ByChecklist, By: "Samira"}}); err != nil {
			t.Fatal(err)
		}
	}
	for _, size := range []fyne.Size{{Width: 1366, Height: 768}, {Width: 1920, Height: 1080}} {
		for i, scale := range theme.Scales {
			r.w.setScale(i)
			r.w.shell.Open(shell.Files)
			for tab := range 3 {
				tabsIn(r.w.win.Content())[0].Select(tab)
				r.w.win.Resize(size.AddWidthHeight(0, 1))
				r.w.win.Resize(size)
				r.settle()
				amounts := 0
				look(r.w.win.Content(), fyne.Position{}, area{}, func(o fyne.CanvasObject, _ fyne.Position, _ area) {
					if x, ok := o.(*kit.Text); ok && strings.Contains(x.Text(), "sur 60 mois") {
						amounts++
					}
				})
				if tab > 0 && amounts < 2 {
					t.Errorf("%s at %v, tab %d: %d amounts are shown", scale.ID, size, tab, amounts)
				}
				for _, text := range append(shortened(r.w.win.Content()), cut(r.w.win.Content(), size.Width)...) {
					t.Errorf("%s at %v, tab %d: %s", scale.ID, size, tab, text)
				}
			}
		}
	}
}
