package parts

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"atlasp2i/internal/store/mirror"
)

// filesRig is a window with a stick beside it; the test is the window's thread.
type filesRig struct {
	t     *testing.T
	win   fyne.Window
	todo  chan func()
	disk  *disk
	stick string
	at    string // the folder that was chosen
}

func newFilesRig(t *testing.T) *filesRig {
	t.Helper()
	media := t.TempDir()
	r := &filesRig{
		t: t, todo: make(chan func(), 10), stick: filepath.Join(media, "CLE-SALON"),
		disk: &disk{media: []string{media}, readDir: os.ReadDir, moment: 10 * time.Second},
	}
	if err := os.MkdirAll(filepath.Join(r.stick, "papiers"), 0o700); err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t)
	words := []byte(`{"Home": {"other": "Dossier personnel"}, "file.unread": {"other": "inaccessible"}}`)
	if err := lang.AddTranslationsForLocale(words, lang.SystemLocale()); err != nil {
		t.Fatal(err)
	}
	r.win = test.NewTempWindow(t, nil)
	r.win.Resize(fyne.NewSize(900, 700))
	return r
}

func (r *filesRig) do(f func()) { r.todo <- f }

// run runs the next that comes for the window's thread.
func (r *filesRig) run() {
	r.t.Helper()
	select {
	case f := <-r.todo:
		f()
	case <-time.After(10 * time.Second):
		r.t.Fatal("nothing comes for the window's thread")
	}
}

// show asks for a folder.
func (r *filesRig) show(start string) {
	r.disk.show(FilesParams{Window: r.win, Do: r.do, Start: start, Dialog: dialog.NewFolderOpen(func(u fyne.ListableURI, _ error) {
		if u != nil {
			r.at = filepath.FromSlash(u.Path())
		}
	}, r.win)})
}

func (r *filesRig) places() *widget.List {
	r.t.Helper()
	split := placesOf(r.win.Canvas().Overlays().Top())
	if split == nil {
		r.t.Fatal("no dialog with places is open")
	}
	return split.Leading.(*widget.List)
}

// names are those of the places.
func (r *filesRig) names() (out []string) {
	list := r.places()
	for i := range list.Length() {
		o := list.CreateItem()
		list.UpdateItem(i, o)
		out = append(out, find[*widget.Label](o).Text)
	}
	return out
}

// confirm takes the folder that is shown.
func (r *filesRig) confirm() string {
	r.t.Helper()
	for _, o := range test.LaidOutObjects(r.win.Canvas().Overlays().Top()) {
		if b, ok := o.(*widget.Button); ok && b.Importance == widget.HighImportance {
			test.Tap(b)
			return r.at
		}
	}
	r.t.Fatal("nothing to confirm with")
	return ""
}

// hang lets a folder not answer until the test ends. What reads the others goes on.
func (r *filesRig) hang(folder string) {
	held := make(chan struct{})
	r.disk.readDir = func(name string) ([]os.DirEntry, error) {
		if name == folder {
			<-held
		}
		return os.ReadDir(name)
	}
	r.t.Cleanup(func() { close(held) })
}

func TestShowFiles_EscapeClosesAndIsGivenBack(t *testing.T) {
	r := newFilesRig(t)
	w := r.win
	before := 0
	w.Canvas().SetOnTypedKey(func(*fyne.KeyEvent) { before++ })
	chosen := 0
	r.disk.show(FilesParams{Window: w, Do: r.do, Dialog: dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if u != nil || err != nil {
			chosen++
		}
	}, w)})
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
	r := newFilesRig(t)
	r.show("")
	r.run() // the sticks
	names := r.names()
	if names[0] != "Dossier personnel" || names[len(names)-1] != "CLE-SALON" {
		t.Fatalf("places %q", names)
	}
	r.places().Select(len(names) - 1)
	r.run() // the stick answers
	if at := r.confirm(); at != r.stick {
		t.Errorf("chosen is %q, want %q", at, r.stick)
	}
}

func TestShowFiles_Begins(t *testing.T) {
	t.Run("where it is told to", func(t *testing.T) {
		r := newFilesRig(t)
		r.show(r.stick)
		if at := r.confirm(); at != r.stick {
			t.Errorf("begins in %q, want %q", at, r.stick)
		}
	})
	t.Run("where the last one ended", func(t *testing.T) {
		r := newFilesRig(t)
		r.show(r.stick)
		r.confirm()
		r.at = ""
		r.show("")
		if at := r.confirm(); at != r.stick {
			t.Errorf("begins in %q, want %q", at, r.stick)
		}
	})
	t.Run("at home where that is gone", func(t *testing.T) {
		r := newFilesRig(t)
		home, err := os.UserHomeDir()
		if err != nil {
			t.Fatal(err)
		}
		r.show(r.stick + "-2")
		if at := r.confirm(); at != home {
			t.Errorf("begins in %q, want %q", at, home)
		}
	})
}

// A stick that hangs keeps neither the dialog nor the window waiting.
func TestShowFiles_OpensWhileAStickHangs(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	r := newFilesRig(t)
	r.hang(r.stick)
	r.disk.moment = time.Millisecond
	began := time.Now()
	r.show(r.stick)
	r.run() // the sticks
	names := r.names()
	if last := names[len(names)-1]; last != "CLE-SALON" {
		t.Fatalf("places %q", names)
	}
	r.places().Select(len(names) - 1)
	if at := r.confirm(); at != home {
		t.Errorf("chosen is %q, want %q", at, home)
	}
	if took := time.Since(began); took >= mirror.Patience {
		t.Errorf("the window waits for %s", took)
	}
}

// The names of the sticks may not come either.
func TestShowFiles_OpensWhileTheirFolderHangs(t *testing.T) {
	r := newFilesRig(t)
	r.hang(r.disk.media[0])
	r.show("")
	if names := r.names(); names[0] != "Dossier personnel" {
		t.Errorf("places %q", names)
	}
}

// A stick that was pulled since is not gone to, and it is said.
func TestShowFiles_SaysWhatCannotBeRead(t *testing.T) {
	r := newFilesRig(t)
	r.show("")
	r.run()
	if err := os.RemoveAll(r.stick); err != nil {
		t.Fatal(err)
	}
	list := r.places()
	last := list.Length() - 1
	list.Select(last)
	r.run()
	if name := r.names()[last]; name != "CLE-SALON · inaccessible" {
		t.Errorf("the place is named %q", name)
	}
	if at := r.confirm(); at == r.stick {
		t.Error("it is gone to")
	}
}

// An answer that comes after another place was chosen changes nothing.
func TestShowFiles_DropsALateAnswer(t *testing.T) {
	home, err := os.UserHomeDir()
	if err != nil {
		t.Fatal(err)
	}
	r := newFilesRig(t)
	r.show("")
	r.run()
	list := r.places()
	list.Select(list.Length() - 1)
	list.Select(0)
	r.run()
	if at := r.confirm(); at != home {
		t.Errorf("chosen is %q, want %q", at, home)
	}
}
