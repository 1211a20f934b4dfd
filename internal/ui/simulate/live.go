package simulate

import (
	"context"
	"sync"
	"time"
)

// worker runs one piece of work at a time off the window's thread. Asking again
// cancels what was asked before: work that waits is never started, a result that
// comes too late is dropped.
type worker struct {
	do   func(func())  // runs a function on the window's thread
	wait time.Duration // how long typing may go on before work starts

	busy   sync.Mutex // held while something is computed
	cancel context.CancelFunc
}

// slowAfter is how long work may take before it is shown with a way to stop it.
const slowAfter = 100 * time.Millisecond

// ask starts work; show is called once on the window's thread with what it
// gives, unless something else was asked or stop was called since. Slow is
// called there where it takes long. Call it on the window's thread.
func ask[T any](w *worker, work func() T, show func(T), slow func()) {
	w.stop()
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	current := func(f func()) func() {
		return func() {
			if ctx.Err() == nil {
				f()
			}
		}
	}
	go func() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(w.wait):
		}
		long := time.AfterFunc(slowAfter, func() { w.do(current(slow)) })
		defer long.Stop()
		w.busy.Lock()
		if ctx.Err() != nil {
			w.busy.Unlock()
			return
		}
		out := work()
		w.busy.Unlock()
		w.do(current(func() {
			cancel()
			show(out)
		}))
	}()
}

// stop drops what was asked.
func (w *worker) stop() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}
