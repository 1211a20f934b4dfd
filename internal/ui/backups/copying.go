package backups

import (
	"context"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/ui/parts"
)

// CopyNow takes a copy here, and into the second folder where one is chosen.
func (pg *Page) CopyNow() { pg.copy("", pg.t.Text("backups.copying")) }

// Choose asks for the second folder and copies into it.
func (pg *Page) Choose() {
	pg.choose(func(dir string) { pg.copy(dir, pg.t.Text("backups.choosing", "folder", dir)) })
}

// copy takes a copy, into a second folder that is chosen first unless it is "".
func (pg *Page) copy(dir, said string) {
	type result struct {
		what   string
		err    error
		second backup.Standing
	}
	pg.forget()
	pg.working(said, "backups.copying.stop", pg.stopCopy)
	parts.Ask(pg.worker, parts.Job[result]{
		Work: func(ctx context.Context, _ func(done, of int)) result {
			if dir != "" {
				if err := pg.p.Copies.SetMirror(ctx, dir); err != nil {
					return result{what: "folder", err: err}
				}
			}
			_, err := pg.p.Copies.CopyNow(ctx)
			return result{"copy", err, pg.p.Copies.Look()}
		},
		Slow: func(int, int) {},
		Show: func(r result) {
			if r.err != nil {
				pg.refused = refused{r.what, r.err}
			} else {
				pg.p.Shell.ShowToast(pg.w.copied(r.second), "", nil)
			}
			pg.renew()
		},
	})
}

// stopCopy ends a copy on its way; what is not whole by then is no copy.
func (pg *Page) stopCopy() {
	pg.worker.Stop()
	pg.p.Shell.ShowToast(pg.t.Text("backups.copying.stopped"), "", nil)
	pg.renew()
}

// stop ends the use of the second folder; where that leaves keys behind it asks.
func (pg *Page) stop() {
	if pg.found.second.KeysBehind && !pg.leaving {
		pg.leaving = true
		pg.fill()
		return
	}
	was := pg.found.second.Dir
	pg.forget()
	if err := pg.p.Copies.SetMirror(context.Background(), ""); err != nil {
		pg.refused = refused{"folder", err}
	} else {
		pg.p.Shell.ShowToast(pg.t.Text("backups.second.left"), pg.t.Text("backups.second.undo"), func() {
			pg.copy(was, pg.t.Text("backups.choosing", "folder", was))
		})
	}
	pg.renew()
}

func (pg *Page) chooseFolder(chosen func(dir string)) {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		switch {
		case err != nil:
			pg.refuse("folder", err)
		case u != nil:
			chosen(filepath.FromSlash(u.Path()))
		}
	}, pg.p.Shell.Window())
	d.SetTitleText(pg.t.Text("backups.dialog"))
	d.SetConfirmText(pg.t.Text("backups.dialog.take"))
	d.SetDismissText(pg.t.Text("backups.dialog.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: pg.p.Shell.Window(), Do: pg.p.Do, Start: pg.startsIn()})
}

// startsIn is where the choice of a second folder begins; "" for wherever the dialog
// likes: one that does not answer would only be waited for.
func (pg *Page) startsIn() string {
	if s := pg.found.second; s.There && !hangs(s) {
		return s.Dir
	}
	return ""
}

// glance is how often the second folder is looked at while it is written to.
const glance = time.Second

// watch tells how the second folder stands as long as that changes by itself: after a
// start, or going back, it is brought up to date while the tab is there.
func (pg *Page) watch() {
	if !pg.open || !pg.found.second.Busy {
		return
	}
	parts.Ask(pg.watcher, parts.Job[backup.Standing]{
		Work: func(ctx context.Context, _ func(done, of int)) backup.Standing {
			select {
			case <-ctx.Done():
			case <-time.After(glance):
			}
			return pg.p.Copies.Look()
		},
		Slow: func(int, int) {},
		Show: func(is backup.Standing) {
			if !is.Busy { // there may be one more copy to list
				pg.relist()
				return
			}
			was := pg.found.second
			pg.found.second = is
			if !pg.w.alike(was, is) {
				pg.refill()
			}
			pg.watch()
		},
	})
}
