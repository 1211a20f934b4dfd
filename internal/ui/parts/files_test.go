package parts

import (
	"os"
	"os/user"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestShowFiles_EscapeClosesAndIsGivenBack(t *testing.T) {
	test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	before := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
	chosen := 0
	ShowFiles(dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u != nil || err != nil {
			chosen++
		}
	}, w), w)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("no dialog opens")
	}
	press := func() { w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape}) }
	press()
	if w.Canvas().Overlays().Top() != nil || before != 0 || chosen != 0 {
		t.Errorf("Escape leaves the dialog open, or goes past it %d times, or chose %d times", before, chosen)
	}
	press()
	if before != 1 {
		t.Error("the window does not get its keys back")
	}
}

// The places of the dialog are named in the language of the window, and a stick that is
// plugged in can be gone to.
func TestShowFiles_NamesPlacesAndListsSticks(t *testing.T) {
	who, err := user.Current()
	if err != nil {
		t.Skip(err)
	}
	media := t.TempDir()
	stick := filepath.Join(media, who.Username, "CLE-SALON")
	if err := os.MkdirAll(filepath.Join(stick, "papiers"), 0o700); err != nil {
		t.Fatal(err)
	}
	usual := stickFolders
	stickFolders = []string{filepath.Join(media, "%s", "*")}
	t.Cleanup(func() { stickFolders = usual })
	test.NewTempApp(t)
	words := []byte(`{"Home": {"other": "Dossier personnel"}}`)
	if err := lang.AddTranslationsForLocale(words, lang.SystemLocale()); err != nil {
		t.Fatal(err)
	}
	w := test.NewTempWindow(t, nil)
	w.Resize(fyne.NewSize(900, 700))
	var at fyne.ListableURI
	ShowFiles(dialog.NewFolderOpen(func(u fyne.ListableURI, _ error) { at = u }, w), w)
	top := w.Canvas().Overlays().Top()
	list := placesOf(top).Leading.(*widget.List)
	var names []string
	for i := range list.Length() {
		o := list.CreateItem()
		list.UpdateItem(i, o)
		names = append(names, find[*widget.Label](o).Text)
	}
	if names[0] != "Dossier personnel" || names[len(names)-1] != "CLE-SALON" {
		t.Fatalf("places %q", names)
	}
	list.Select(len(names) - 1)
	var confirm *widget.Button
	for _, o := range test.LaidOutObjects(top) {
		if b, ok := o.(*widget.Button); ok && b.Importance == widget.HighImportance {
			confirm = b
		}
	}
	if confirm == nil {
		t.Fatal("nothing to confirm with")
	}
	test.Tap(confirm)
	if at == nil || at.Path() != filepath.ToSlash(stick) {
		t.Errorf("chosen is %v, want %s", at, stick)
	}
}
