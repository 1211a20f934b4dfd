package parts

import "sync"

// Thread runs functions on the window's thread until the window closes. The window
// library ends the program with a panic where something is given to its thread in the
// moment in which that thread ends: a timer, or a result of work beside the window,
// that comes with the closing.
type Thread struct {
	run    func(func())
	mu     sync.RWMutex
	closed bool
}

// NewThread takes what gives a function to the window's thread and does not wait.
func NewThread(run func(func())) *Thread { return &Thread{run: run} }

// Do gives f to the window's thread; after Close nobody is there to see what f does,
// and it is dropped.
func (t *Thread) Do(f func()) {
	t.mu.RLock()
	defer t.mu.RUnlock()
	if !t.closed {
		t.run(f)
	}
}

// Close is for the window's thread, before it ends. Once it returns nothing is given
// to that thread anymore.
func (t *Thread) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.closed = true
}
