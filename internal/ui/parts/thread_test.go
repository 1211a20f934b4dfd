package parts_test

import (
	"sync"
	"sync/atomic"
	"testing"

	"atlasp2i/internal/ui/parts"
)

// What gives to a thread that has ended breaks the program: here it fails the test.
func TestThreadGivesNothingOnceClosed(t *testing.T) {
	var ended atomic.Bool
	var given atomic.Int64
	thread := parts.NewThread(func(f func()) {
		if ended.Load() {
			t.Error("a function was given to a thread that had ended")
		}
		given.Add(1)
		f()
	})
	thread.Do(func() {})
	if given.Load() != 1 {
		t.Fatal("an open thread does not run what it is given")
	}
	var wait sync.WaitGroup
	begun := make(chan struct{})
	for range 8 {
		wait.Go(func() {
			<-begun
			for range 2000 {
				thread.Do(func() {})
			}
		})
	}
	close(begun)
	thread.Close()
	ended.Store(true)
	wait.Wait()
}
