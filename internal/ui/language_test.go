package ui

import (
	"io/fs"
	"path"
	"testing"
	"testing/fstest"

	"fyne.io/fyne/v2/lang"

	"atlasp2i/assets"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
)

// englishNumbers is a catalogue with the French words and English numbers, so
// that the test is about the switch and not about a translation.
func englishNumbers(t *testing.T) *i18n.Catalogue {
	t.Helper()
	files, err := fs.Glob(assets.I18n, "i18n/fr/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	as := fstest.MapFS{}
	for _, f := range files {
		data, err := fs.ReadFile(assets.I18n, f)
		if err != nil {
			t.Fatal(err)
		}
		as["i18n/en/"+path.Base(f)] = &fstest.MapFile{Data: data}
	}
	c, err := i18n.Load(as, "en")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// also are the further languages of a window.
func also(t *i18n.Catalogue) func() []*i18n.Catalogue {
	return func() []*i18n.Catalogue { return []*i18n.Catalogue{t} }
}

func (r *rig) typed(text string) bool {
	for _, o := range shown(r.w.win.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.Text == text {
			return true
		}
	}
	return false
}

// What was typed is still there after a switch: a number in the way of the
// language, a text that means nothing as it is. The figures do not move.
func TestLanguage_SwitchKeepsWhatWasTyped(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.p.Others = also(englishNumbers(t))
	r.w.begin(Opening{Desk: r.desk})
	r.draft("Centre de Fes")
	for _, o := range shown(r.w.win.Content()) {
		if e, ok := o.(*kit.Entry); ok {
			switch e.PlaceHolder {
			case "60":
				e.SetText("soixante")
			case "100":
				e.SetText("87,5")
			}
		}
	}
	if !r.typed("87,5") || !r.typed("soixante") {
		t.Fatal("the form is not as the test wants it")
	}
	before := r.w.sim.Draft()
	r.w.nextLanguage()
	if r.w.shell.Current() != shell.Simulate {
		t.Errorf("the switch left for %q", r.w.shell.Current())
	}
	for _, text := range []string{"87.5", "soixante", "Centre de Fes bis"} {
		if !r.typed(text) {
			t.Errorf("%q is not on the screen after the switch", text)
		}
	}
	if after := r.w.sim.Draft(); after.Project.Name != before.Project.Name || !r.w.sim.Dirty() {
		t.Error("the form is another one, or counts as saved")
	}
	var kept string
	if !r.desk.Setting(store.SettingLanguage, &kept) || kept != "en" {
		t.Errorf("kept as the language: %q", kept)
	}
	r.w.nextLanguage()
	if !r.typed("87,5") {
		t.Error("the number is not written in French again")
	}
}

// What the window library says itself follows, whatever the system speaks.
func TestLanguage_TheLibraryFollows(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk})
	for theirs, ours := range libraryWords {
		if got := lang.X(theirs, theirs); got != r.texts.Text(ours) {
			t.Errorf("the library says %q, want %q", got, r.texts.Text(ours))
		}
	}
}

func TestLanguage_IsTheOneLeft(t *testing.T) {
	s := openStore(t)
	if err := s.PutSetting(store.SettingLanguage, "en"); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, s)
	r.w.p.Others = also(englishNumbers(t))
	r.w.begin(Opening{Desk: r.desk})
	if got := r.w.desk.Texts().Lang(); got != "en" {
		t.Errorf("starts in %q", got)
	}
}
