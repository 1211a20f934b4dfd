package sharing

import (
	"context"
	"io"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// take is what becomes of a file of another laptop: it is chosen, opened with its
// passphrase, looked at, and merged or left.
type take struct {
	pg      *Page
	pass    *kit.Entry
	file    string              // its name
	data    []byte              // nil until one was chosen, and once it is opened
	found   *share.Preview      // what it would do; nil until it is opened
	refused error               // why it is not taken
	open    map[share.Kind]bool // kinds whose things are shown by name
	choose  func(read func(name string, file io.ReadCloser))
}

func (k *take) init(pg *Page) {
	k.pg, k.open = pg, map[share.Kind]bool{}
	k.pass = secret("")
	k.pass.OnSubmitted = func(string) { k.look() }
	k.choose = k.chooseFile
}

func (k *take) follow(old *take) {
	k.file, k.data, k.found, k.refused, k.open = old.file, old.data, old.found, old.refused, old.open
	old.found = nil
}

// forget is as if no file had been chosen.
func (k *take) forget() {
	if k.found != nil {
		k.found.Forget()
	}
	k.file, k.data, k.found, k.refused = "", nil, nil, nil
	k.pass.SetText("")
	clear(k.open)
}

// leave goes back; nothing was taken.
func (k *take) leave() {
	k.pg.worker.Stop()
	k.forget()
	k.pg.fill()
}

// refuse says why a file is not taken; the passphrase may be typed again where that is
// all.
func (k *take) refuse(err error) {
	k.refused = err
	k.pg.fill()
}

// Choose asks for a file of another laptop.
func (pg *Page) Choose() { pg.take.choose(pg.take.read) }

func (k *take) chooseFile(read func(name string, file io.ReadCloser)) {
	t, win := k.pg.t, k.pg.p.Shell.Window()
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			k.pg.failed(err)
		case r != nil:
			read(r.URI().Name(), r)
		}
	}, win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{bundle.Extension}))
	d.SetTitleText(t.Text("sharing.take.file"))
	d.SetConfirmText(t.Text("rulebook.open"))
	d.SetDismissText(t.Text("rulebook.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: win, Do: k.pg.p.Do})
}

// Open asks for the passphrase of a file that was chosen elsewhere.
func (pg *Page) Open(path string) {
	if pg.off() != "" {
		return // the tab says why
	}
	pg.take.load(filepath.Base(path), func() (io.ReadCloser, error) {
		f, err := os.Open(path)
		if err != nil {
			return nil, disk.Error(path, err)
		}
		return f, nil
	})
}

func (k *take) read(name string, file io.ReadCloser) {
	k.load(name, func() (io.ReadCloser, error) { return file, nil })
}

// load reads a file to its end, or to one byte more than one may have.
func (k *take) load(name string, from func() (io.ReadCloser, error)) {
	type result struct {
		data []byte
		err  error
	}
	k.forget()
	run(k.pg, work[result]{
		said: k.pg.t.Text("sharing.take.reading", "file", name), stop: k.leave,
		do: func(context.Context) result {
			f, err := from()
			if err != nil {
				return result{err: err}
			}
			defer f.Close()
			data, err := io.ReadAll(io.LimitReader(f, bundle.MaxBytes+1))
			if err == nil {
				err = bundle.Recognize(data)
			}
			return result{data, err}
		},
		show: func(r result) {
			k.file = name
			if r.err != nil {
				k.refuse(r.err)
				return
			}
			k.data = r.data
			k.pg.fill()
			k.pg.p.Shell.Window().Canvas().Focus(k.pass)
		},
	})
}

// look opens the file and shows what it would do.
func (k *take) look() {
	type result struct {
		found *share.Preview
		err   error
	}
	pg, data, pass := k.pg, k.data, k.pass.Text
	run(pg, work[result]{
		said: pg.t.Text("sharing.take.opening", "file", k.file), stop: k.leave,
		do: func(ctx context.Context) result {
			found, err := pg.p.Room.Preview(data, pass)
			if err == nil && ctx.Err() != nil {
				found.Forget()
			}
			return result{found, err}
		},
		show: func(r result) {
			k.pass.SetText("")
			if r.err != nil {
				k.refuse(r.err)
				pg.p.Shell.Window().Canvas().Focus(k.pass)
				return
			}
			k.data, k.found, k.refused = nil, r.found, nil
			pg.fill()
			pg.reread() // contacts may have been locked or unlocked meanwhile
		},
	})
}

// again names things once more: contacts were unlocked, or another language is spoken.
func (k *take) again() {
	pg, found := k.pg, k.found
	run(pg, work[error]{
		said: pg.t.Text("sharing.take.opening", "file", k.file), stop: k.leave,
		do: func(context.Context) error { return pg.p.Room.Again(found) },
		show: func(err error) {
			k.refused = err
			pg.fill()
		},
	})
}

// merge takes what the file holds. The person has the print of its key before them.
func (k *take) merge(without bool) {
	type result struct {
		report *share.Report
		err    error
	}
	pg, found, name := k.pg, k.found, k.found.Maker.Name
	run(pg, work[result]{
		said: pg.t.Text("sharing.merging"),
		do: func(context.Context) result {
			report, err := pg.p.Room.Merge(found, share.Choice{WithoutContacts: without, OtherKey: found.Maker.Print})
			return result{report, err}
		},
		show: func(r result) {
			if r.report == nil {
				k.refuse(r.err)
				return
			}
			k.forget()
			said := pg.w.done(name, r.report)
			if r.err != nil {
				said += " " + desk.Say(pg.t, r.err)
			}
			pg.changed(said)
		},
	})
}
