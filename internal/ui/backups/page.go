// Package backups is the tab of copies in the place of rules and data: those beside
// the store, those in a second folder, and the way back to one of them, which first
// shows what it would change. What is said of copies (model.go) knows no widget.
package backups

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Desk is what the tab asks of the use cases.
type Desk interface {
	Texts() *i18n.Catalogue
	CanSave() bool
}

// Copies are the use cases of copies.
type Copies interface {
	Found(others ...string) ([]backup.Snapshot, error)
	Check(ctx context.Context, s *backup.Snapshot) error
	Look() backup.Standing
	SetMirror(ctx context.Context, dir string) error
	SnapshotError() error
	CopyNow(ctx context.Context) (store.SnapshotInfo, error)
	Preview(ctx context.Context, path string) (*backup.Preview, error)
	Unseen() *store.Recovery
	Seen() error
}

// Shell is what it asks of the window around it.
type Shell interface {
	ShowToast(text, action string, act func())
	Window() fyne.Window
}

// Params is what the tab works with.
type Params struct {
	Desk     Desk
	Copies   Copies // nil where nothing is kept
	Folder   string // of the copies beside the store
	Shell    Shell
	Restore  func(s backup.Snapshot) // goes back to it; Restored or Failed of the page that is there then say how it went
	Copied   func()                  // copies were made, or another second folder was chosen
	Relayout func()                  // the tab has another height
	Do       func(func())            // runs a function on the window's thread
}

// Page is the tab. Its methods belong to the window's thread.
type Page struct {
	p        Params
	t        *i18n.Catalogue
	w        writer
	reader   *parts.Worker // lists and reads copies
	worker   *parts.Worker // copies and compares
	watcher  *parts.Worker // looks at the second folder while it is written to
	found    found
	progress *kit.Progress // copies are being read; nil where not
	asked    *asked        // shown in the place of the list; nil where none is
	refused  refused
	back     *back // a restore that is told of; nil where none is
	open     bool  // the tab is on the screen
	leaving  bool  // whether to stop using the second folder is asked
	most     int   // lines of the list that are shown
	choose   func(chosen func(dir string))
	box      *fyne.Container
}

// found is what was read of both folders.
type found struct {
	read   bool
	second backup.Standing
	rows   []row // newest first
	err    error // why they cannot be listed
}

func (f *found) snapshots() []backup.Snapshot {
	out := make([]backup.Snapshot, len(f.rows))
	for i := range f.rows {
		out[i] = f.rows[i].Snapshot
	}
	return out
}

// asked is a copy with what going back to it would change.
type asked struct {
	from row
	p    *backup.Preview
	all  bool // every name is shown
}

// refused is something that could not be done, by the end of its key.
type refused struct {
	what string
	err  error
}

// back is a restore that was done.
type back struct {
	to time.Time
	r  store.Restored
}

// New makes the tab.
func New(p Params) *Page {
	t := p.Desk.Texts()
	pg := &Page{p: p, t: t, w: writer{t}, reader: &parts.Worker{Do: p.Do}, worker: &parts.Worker{Do: p.Do}, watcher: &parts.Worker{Do: p.Do}, most: firstLines, box: kit.VStack(14)}
	pg.choose = pg.chooseFolder
	pg.fill()
	return pg
}

// Content is what the tab shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.box }

// Follow goes on where the tab before was left.
func (pg *Page) Follow(old *Page) {
	old.worker.Stop()
	old.reader.Stop()
	old.watcher.Stop()
	pg.found, pg.asked, pg.refused, pg.back, pg.leaving, pg.most = old.found, old.asked, old.refused, old.back, old.leaving, old.most
	pg.fill()
}

// off is whether there is nothing to copy.
func (pg *Page) off() bool { return pg.p.Copies == nil || !pg.p.Desk.CanSave() }

// Shown is that the tab comes on the screen: it follows the second folder until Hidden.
func (pg *Page) Shown() {
	pg.open = true
	pg.relist()
}

// Hidden is that the tab is no longer on the screen. A copy that was asked for goes on.
func (pg *Page) Hidden() {
	pg.open = false
	pg.watcher.Stop()
}

// relist lists again which copies there are, and reads those that are new.
func (pg *Page) relist() {
	if pg.off() {
		return
	}
	pg.progress = nil
	parts.Ask(pg.reader, parts.Job[found]{
		Work: func(context.Context, func(done, of int)) found {
			list, err := pg.p.Copies.Found()
			f := found{read: true, second: pg.p.Copies.Look(), err: err}
			for _, s := range list {
				f.rows = append(f.rows, row{Snapshot: s})
			}
			return f
		},
		Slow: func(int, int) {},
		Show: pg.listed,
	})
}

// listed shows what there is. A copy that was read before is not read again: nobody
// changes one.
func (pg *Page) listed(f found) {
	known := map[string]row{}
	for _, r := range pg.found.rows {
		known[r.Path] = r
	}
	for i := range f.rows {
		if was, is := known[f.rows[i].Path]; is && was.Size == f.rows[i].Size {
			was.Where = f.rows[i].Where
			f.rows[i] = was
		}
	}
	pg.found = f
	pg.refill()
	pg.check()
	pg.watch()
}

// again reads every copy again.
func (pg *Page) again() {
	pg.found.rows = nil
	pg.relist()
}

// check reads the copies of which nothing is known.
func (pg *Page) check() {
	rows := slices.Clone(pg.found.rows)
	if !slices.ContainsFunc(rows, func(r row) bool { return !r.checked }) {
		return
	}
	parts.Ask(pg.reader, parts.Job[[]row]{
		Work: func(ctx context.Context, progress func(done, of int)) []row {
			for i := range rows {
				progress(i, len(rows))
				if !rows[i].checked {
					rows[i].checked = pg.p.Copies.Check(ctx, &rows[i].Snapshot) == nil
				}
			}
			// The oldest may have made room for a new one meanwhile.
			return slices.DeleteFunc(rows, func(r row) bool { return errors.Is(r.Err, fs.ErrNotExist) })
		},
		Slow: func(done, of int) { pg.reading(done, of, len(rows)) },
		Show: func(rows []row) {
			pg.progress, pg.found.rows = nil, rows
			pg.refill()
		},
	})
}

// reading says how far the reading of all copies has come.
func (pg *Page) reading(done, of, all int) {
	said := pg.t.Text("backups.checking", "done", done, "of", all)
	if pg.progress == nil {
		pg.progress = kit.NewProgress(said, pg.t.Text("backups.checking.stop"), func() {
			pg.reader.Stop()
			pg.progress = nil
			pg.refill()
		})
		pg.refill()
	}
	pg.progress.Set(float64(done)/float64(of), said)
}

// working shows what is being done, how far is not known, in the place of everything
// else.
func (pg *Page) working(said, stopKey string, stop func()) {
	pg.show(kit.NewCard(kit.VStack(8, kit.NewParagraph(said, kit.CardTitleText), kit.HStack(10, kit.NewButton(kit.Secondary, pg.t.Text(stopKey), stop)))))
}

// renew shows what there is now.
func (pg *Page) renew() {
	pg.fill()
	pg.relist()
	pg.p.Copied()
}

// look shows what going back to a copy would change.
func (pg *Page) look(from row) {
	type result struct {
		p   *backup.Preview
		err error
	}
	pg.forget()
	said := pg.t.Text("backups.looking", "at", desk.StampSecond(from.At))
	parts.Ask(pg.worker, parts.Job[result]{
		Work: func(ctx context.Context, _ func(done, of int)) result {
			p, err := pg.p.Copies.Preview(ctx, from.Path)
			return result{p, err}
		},
		Slow: func(int, int) {
			pg.working(said, "backups.looking.stop", pg.leave)
		},
		Show: func(r result) {
			if r.err != nil {
				pg.refuse("preview", r.err)
				return
			}
			pg.asked = &asked{from: from, p: r.p}
			pg.fill()
		},
	})
}

// restore goes back to the copy that is shown.
func (pg *Page) restore() {
	s := pg.asked.from.Snapshot
	pg.forget()
	pg.fill()
	pg.p.Restore(s)
}

// Restored tells of a restore to the copy s, with the way to undo it.
func (pg *Page) Restored(s backup.Snapshot, r store.Restored) {
	pg.back = &back{s.At, r}
	pg.found.read, pg.found.second = false, backup.Standing{} // of before
	pg.renew()
}

// seen is that the officer knows what was opened instead of a damaged file.
func (pg *Page) seen() {
	if err := pg.p.Copies.Seen(); err != nil {
		pg.refuse("seen", err)
		return
	}
	pg.fill()
}

// Failed tells why a restore was not done.
func (pg *Page) Failed(err error) {
	pg.refuse("restore", err)
	pg.relist()
}

// leave goes back to the list; nothing was changed.
func (pg *Page) leave() {
	pg.worker.Stop()
	pg.forget()
	pg.fill()
	pg.relist()
}

func (pg *Page) forget() { pg.asked, pg.refused, pg.leaving = nil, refused{}, false }

func (pg *Page) refuse(what string, err error) {
	pg.forget()
	pg.refused = refused{what, err}
	pg.fill()
}
