package exhibit

import (
	"context"
	"errors"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/theme"
)

// stage is a host whose window's thread is the test.
type stage struct {
	t      *testing.T
	host   *Host
	todo   chan func()
	toasts []string
	opened []string
	copied string
	folder string
	refuse error // to open a folder
}

func newStage(t *testing.T) *stage {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t, todo: make(chan func(), 10), folder: t.TempDir()}
	s.host = NewHost(Params{
		Texts: texts, Do: func(f func()) { s.todo <- f },
		Toast: func(text, _ string, _ func()) { s.toasts = append(s.toasts, text) },
		Copy:  func(text string) { s.copied = text },
		Open: func(u *url.URL) error {
			s.opened = append(s.opened, u.String())
			return s.refuse
		},
		Now: func() time.Time { return time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC) },
	})
	s.host.ask = func(_, _ string, chosen func(string)) { chosen(s.folder) }
	s.run() // what was found for the clipboard
	s.host.clip = nil
	return s
}

// run does the next thing on the window's thread.
func (s *stage) run() {
	s.t.Helper()
	select {
	case f := <-s.todo:
		f()
	case <-time.After(10 * time.Second):
		s.t.Fatal("nothing comes")
	}
}

// until runs things until something is said.
func (s *stage) until(said string) {
	s.t.Helper()
	for len(s.toasts) == 0 {
		s.run()
	}
	if last := s.toasts[len(s.toasts)-1]; !strings.Contains(last, said) {
		s.t.Errorf("said: %q, want %q", last, said)
	}
	s.toasts = nil
}

func sample() Spec {
	return Spec{
		Title: "Exports", Period: "2024", Unit: "M", Source: "Source: MTNRA, 2025-03-31", MinWidth: 200, MinHeight: 150,
		Draw: func(w, h float64, dark bool) *record.Drawing {
			d := &record.Drawing{Width: w, Height: h}
			d.Add(record.Filled(record.Rect(0, 0, w, h), look.Primary.Of(dark)))
			return d
		},
		Table: func() Table { return Table{Columns: []string{"a", "b"}, Rows: [][]string{{"1,5", "x"}}} },
	}
}

func names(list []Action) (out []string) {
	for _, a := range list {
		out = append(out, a.Name)
	}
	return out
}

func (s *stage) act(spec Spec, key string) {
	s.t.Helper()
	list := s.host.actions(spec)
	i := slices.Index(names(list), s.host.p.Texts.Text(key))
	if i < 0 {
		s.t.Fatalf("%s is not offered: %q", key, names(list))
	}
	list[i].Do()
}

func TestActions_OnlyWhatIsPossible(t *testing.T) {
	s := newStage(t)
	spec := sample()
	if got := len(s.host.actions(spec)); got != 3 {
		t.Errorf("%d actions without a tool for the clipboard, want 3", got)
	}
	s.host.clip = func(context.Context, []byte) error { return nil }
	if got := len(s.host.actions(spec)); got != 4 {
		t.Errorf("%d actions with one, want 4", got)
	}
	spec.Draw = nil
	if got := len(s.host.actions(spec)); got != 2 {
		t.Errorf("%d actions of a table alone, want 2", got)
	}
}

func TestSaveImage(t *testing.T) {
	s := newStage(t)
	s.act(sample(), "exhibit.image.save")
	s.until("atlas-exports-2024.png")
	file, err := os.Open(filepath.Join(s.folder, "atlas-exports-2024.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	img, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if w := img.Bounds().Dx(); w < imageWide*imageScale {
		t.Errorf("the picture is %d pixels wide", w)
	}
	if r, g, b, a := img.At(2, 2).RGBA(); r>>8 < 0xf0 || g>>8 < 0xf0 || b>>8 < 0xf0 || a>>8 != 0xff {
		t.Error("the picture has not the ground of the light look")
	}
	if want := "file://" + filepath.ToSlash(s.folder); !slices.Equal(s.opened, []string{want}) {
		t.Errorf("opened %q, want %q", s.opened, want)
	}
}

func TestSave_WhatFailsIsSaid(t *testing.T) {
	s := newStage(t)
	s.refuse = errors.New("no program for folders")
	s.act(sample(), "exhibit.table.save")
	s.until(filepath.Join(s.folder, "atlas-exports-2024.csv"))
	s.folder = filepath.Join(s.folder, "gone")
	s.act(sample(), "exhibit.table.save")
	s.until(s.folder)
}

func TestCopy(t *testing.T) {
	s := newStage(t)
	s.act(sample(), "exhibit.table.copy")
	if s.copied != "a\tb\n1,5\tx\n" {
		t.Errorf("copied %q", s.copied)
	}
	var got []byte
	var failure error
	s.host.clip = func(_ context.Context, file []byte) error {
		got = file
		return failure
	}
	s.act(sample(), "exhibit.image.copy")
	s.until(s.host.p.Texts.Text("exhibit.copied"))
	if _, err := png.Decode(strings.NewReader(string(got))); err != nil {
		t.Error(err)
	}
	failure = errors.New("no clipboard")
	s.act(sample(), "exhibit.image.copy")
	s.until(s.host.p.Texts.Text("exhibit.copy.failed"))
}

func TestNew_TheListOpensFromTheKeyboard(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	s := newStage(t)
	w := test.NewTempWindow(t, New(s.host, sample()))
	w.Resize(fyne.NewSize(500, 400))
	w.Canvas().FocusNext()
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no list opens")
	}
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn} {
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
	if s.copied == "" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("the third of the list copied %q", s.copied)
	}
}
