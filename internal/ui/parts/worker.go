package parts

import (
	"context"
	"sync"
	"time"
)

// Worker runs one piece of work at a time off the window's thread. Asking again
// cancels what was asked before: work that waits is never started, a result that
// comes too late is dropped. Its methods belong to the window's thread.
type Worker struct {
	Do   func(func())  // runs a function on the window's thread
	Wait time.Duration // how long changes may go on before work starts

	turn   sync.Mutex // held while something is worked on
	cancel context.CancelFunc
}

// Job is work to ask for. Work runs on another thread; it may end early where its
// context does. Show is called once on the window's thread with what it gives,
// unless something else was asked or Stop was called since. Slow is called there,
// before Show, where it takes long: first with 0 of 1, then with the progress that
// Work tells.
type Job[T any] struct {
	Work func(ctx context.Context, progress func(done, of int)) T
	Show func(T)
	Slow func(done, of int)
}

// slowAfter is how long work may take before it is shown with a way to stop it.
const slowAfter = 100 * time.Millisecond

// Ask starts a job.
func Ask[T any](w *Worker, j Job[T]) {
	w.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	w.cancel = cancel
	current := func(f func()) {
		w.Do(func() {
			if ctx.Err() == nil {
				f()
			}
		})
	}
	go func() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(w.Wait):
		}
		began := time.Now()
		long := time.AfterFunc(slowAfter, func() { current(func() { j.Slow(0, 1) }) })
		defer long.Stop()
		w.turn.Lock()
		if ctx.Err() != nil {
			w.turn.Unlock()
			return
		}
		out := j.Work(ctx, func(done, of int) {
			if time.Since(began) > slowAfter {
				current(func() { j.Slow(done, of) })
			}
		})
		w.turn.Unlock()
		current(func() {
			w.Stop()
			j.Show(out)
		})
	}()
}

// Busy is whether something was asked that has not come yet.
func (w *Worker) Busy() bool { return w.cancel != nil }

// Stop drops what was asked.
func (w *Worker) Stop() {
	if w.cancel != nil {
		w.cancel()
		w.cancel = nil
	}
}
