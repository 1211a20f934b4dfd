// Package packshelf is the tab of rule packs in the place of rules and data: which
// rules are active, which ones were, and what others would change before they are
// taken. What is said of a pack (model.go) knows no widget.
package packshelf

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Desk is what the tab asks of the use cases.
type Desk interface {
	Texts() *i18n.Catalogue
	Pack() *rules.Pack
	CanSave() bool
}

// Shell is what it asks of the window around it.
type Shell interface {
	ShowToast(text, action string, act func())
	Copy(text string)
	Window() fyne.Window
}

// Params is what the tab works with.
type Params struct {
	Desk     Desk
	Shelf    *packs.Shelf
	Fixed    bool   // the rules were given at the start and stay
	Trusted  string // file of the keys that are trusted beside our own
	Shell    Shell
	Changed  func(done func(error)) // other rules are active: everything is made anew under them
	Relayout func()                 // the tab has another height
	Do       func(func())           // runs a function on the window's thread
}

// Page is the tab. Its methods belong to the window's thread.
type Page struct {
	p       Params
	t       *i18n.Catalogue
	w       writer
	worker  *parts.Worker // reads and activates packs
	history *parts.Worker // reads the list of those kept
	kept    []packs.Kept
	unread  error // why the list cannot be had
	file    string
	found   *packs.Preview // shown in the place of the list; nil where none is
	reset   bool           // it is the program's own pack
	refused error          // why a pack was not taken
	open    map[string]int // lines shown of each group that is unfolded
	choose  func(read func(name string, file io.ReadCloser))
	box     *fyne.Container
}

// New makes the tab.
func New(p Params) *Page {
	t := p.Desk.Texts()
	pg := &Page{
		p: p, t: t, w: writer{t}, worker: &parts.Worker{Do: p.Do}, history: &parts.Worker{Do: p.Do},
		open: map[string]int{}, box: kit.VStack(14),
	}
	pg.choose = pg.chooseFile
	pg.fill()
	return pg
}

// Content is what the tab shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.box }

// Shown reads again which packs are kept.
func (pg *Page) Shown() {
	type result struct {
		kept []packs.Kept
		err  error
	}
	parts.Ask(pg.history, parts.Job[result]{
		Work: func(context.Context, func(done, of int)) result {
			kept, err := pg.p.Shelf.History()
			return result{kept, err}
		},
		Slow: func(int, int) {},
		Show: func(r result) {
			pg.kept, pg.unread = r.kept, r.err
			if pg.found == nil && !pg.worker.Busy() {
				pg.fill()
			}
		},
	})
}

// Follow goes on where the tab in another language was left.
func (pg *Page) Follow(old *Page) {
	old.worker.Stop()
	old.history.Stop()
	pg.kept, pg.unread, pg.file, pg.found, pg.reset, pg.refused, pg.open = old.kept, old.unread, old.file, old.found, old.reset, old.refused, old.open
	pg.fill()
}

// off is the key of why no other rules can be taken; "" where they can.
func (pg *Page) off() string {
	switch {
	case pg.p.Fixed:
		return "packs.ui.off.fixed"
	case !pg.p.Desk.CanSave():
		return "packs.ui.off.readonly"
	}
	return ""
}

// Choose asks for a file and shows what it would change.
func (pg *Page) Choose() { pg.choose(pg.read) }

func (pg *Page) chooseFile(read func(name string, file io.ReadCloser)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			pg.refuse("", err)
		case r != nil:
			read(r.URI().Name(), r)
		}
	}, pg.p.Shell.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{pack.Extension}))
	d.SetTitleText(pg.t.Text("packs.ui.file"))
	d.SetConfirmText(pg.t.Text("rulebook.open"))
	d.SetDismissText(pg.t.Text("rulebook.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: pg.p.Shell.Window(), Do: pg.p.Do})
}

// Open shows what a file would change that was chosen elsewhere.
func (pg *Page) Open(path string) {
	if pg.off() != "" {
		return // the tab says why
	}
	pg.look(filepath.Base(path), func() (*packs.Preview, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, disk.Error(path, err)
		}
		return pg.preview(f)
	})
}

func (pg *Page) read(name string, file io.ReadCloser) {
	pg.look(name, func() (*packs.Preview, error) { return pg.preview(file) })
}

// preview reads a file to its end, or to one byte more than a pack may have.
func (pg *Page) preview(file io.ReadCloser) (*packs.Preview, error) {
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, pack.MaxBytes+1))
	if err != nil {
		return nil, err
	}
	return pg.p.Shelf.Preview(data)
}

// Reset shows what going back to the program's own rules would change.
func (pg *Page) Reset() {
	pg.look("", pg.p.Shelf.PreviewReset)
}

// look shows what a pack would change, or why it is refused; "" is the program's
// own.
func (pg *Page) look(name string, find func() (*packs.Preview, error)) {
	type result struct {
		found *packs.Preview
		err   error
	}
	pg.forget()
	said := pg.t.Text("packs.ui.reading", "file", name)
	if name == "" {
		said = pg.t.Text("packs.ui.reading.program")
	}
	parts.Ask(pg.worker, parts.Job[result]{
		Work: func(context.Context, func(done, of int)) result {
			found, err := find()
			return result{found, err}
		},
		Slow: func(int, int) { pg.busy(said) },
		Show: func(r result) {
			if r.err != nil {
				pg.refuse(name, r.err)
				return
			}
			pg.file, pg.found, pg.reset = name, r.found, name == ""
			pg.fill()
		},
	})
}

// activate takes the pack that is shown.
func (pg *Page) activate() {
	found, take := pg.found, pg.p.Shelf.Reset
	if !pg.reset {
		take = func() error { return pg.p.Shelf.Import(found) }
	}
	number := found.Pack.Number
	pg.show(kit.NewCard(kit.NewText(pg.t.Text("packs.ui.activating", "number", number), kit.CardTitleText))) // no way back from here
	parts.Ask(pg.worker, parts.Job[error]{
		Work: func(context.Context, func(done, of int)) error { return take() },
		Slow: func(int, int) {},
		Show: func(err error) {
			if err != nil {
				pg.refuse(pg.file, err)
				return
			}
			pg.forget()
			pg.p.Changed(func(err error) {
				if err != nil {
					pg.fill()
					pg.p.Shell.ShowToast(pg.t.Text("packs.ui.later", "number", number, "why", desk.Say(pg.t, err)), "", nil)
					return
				}
				pg.p.Shell.ShowToast(pg.t.Text("packs.ui.active", "number", number), "", nil)
			})
		},
	})
}

// leave goes back to the list; nothing was changed.
func (pg *Page) leave() {
	pg.worker.Stop()
	pg.forget()
	pg.fill()
	pg.Shown()
}

func (pg *Page) forget() {
	pg.file, pg.found, pg.reset, pg.refused = "", nil, false, nil
	clear(pg.open)
}

func (pg *Page) refuse(name string, err error) {
	pg.forget()
	pg.file, pg.refused = name, err
	pg.fill()
}
