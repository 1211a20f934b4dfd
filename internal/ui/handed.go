package ui

import (
	"path/filepath"
	"strings"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/ui/parts"
)

// lookEach is how often the window looks whether a second start of the program hands
// it a file.
const lookEach = time.Second

// listen shows what is handed over and heeds what the system tells, until it is stopped.
func (w *window) listen() (stop func()) {
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(lookEach)
		defer tick.Stop()
		deaf := func() {}
		defer func() { deaf() }()
		for first := true; ; first = false {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if first { // the library listens by now
				deaf = parts.WhenTold(func() { w.raw(w.told) })
			}
			if path := w.p.Handed(); path != "" {
				w.raw(func() {
					w.win.RequestFocus()
					w.receive(path)
				})
			}
		}
	}()
	return func() { close(done) }
}

// told closes the window because the system wants it: nobody is asked then, and what the
// officer typed is kept as ever. What visitors typed is theirs.
func (w *window) told() {
	if w.opening.Desk == nil || w.stand != nil || w.door.Begun() {
		w.door.Close()
		return
	}
	w.leave()
}

// receive shows a file of ours where it is looked at before anything of it is taken.
func (w *window) receive(path string) {
	if w.opening.Desk == nil || w.stand != nil { // no store is open: the window asks about that first; or a visitor is alone
		return
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case pack.Extension:
		w.openPack(path)
	case bundle.Extension:
		w.openBundle(path)
	}
}
