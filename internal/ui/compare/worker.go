package compare

import (
	"context"
	"time"
)

// worker runs one comparison at a time off the window's thread. Asking again
// cancels what was asked before; what comes too late is dropped.
type worker struct {
	do     func(func())  // runs a function on the window's thread
	wait   time.Duration // how long changes may go on before work starts
	cancel context.CancelFunc
}

// slowAfter is how long work may take before it is shown with a way to stop it.
const slowAfter = 100 * time.Millisecond

// ask starts work. Show is called once on the window's thread with what it gives,
// unless something else was asked or stop was called since; slow is called there,
// before it, where the work takes long. Call it on the window's thread.
func (w *worker) ask(work func(ctx context.Context, progress func(done, of int)) outcome, show func(outcome), slow func(done, of int)) {
	w.stop()
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	current := func(f func()) {
		w.do(func() {
			if ctx.Err() == nil {
				f()
			}
		})
	}
	go func() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(w.wait):
		}
		began := time.Now()
		long := time.AfterFunc(slowAfter, func() { current(func() { slow(0, 1) }) })
		out := work(ctx, func(done, of int) {
			if time.Since(began) > slowAfter {
				current(func() { slow(done, of) })
			}
		})
		long.Stop()
		current(func() {
			w.stop()
			show(out)
		})
	}()
}

// busy is whether something was asked that has not come yet.
func (w *worker) busy() bool { return w.cancel != nil }

// stop drops what was asked.
func (w *worker) stop() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}
