package simulate

import (
	"sync/atomic"
	"testing"
	"time"
)

// One goroutine is the window's thread: what comes late must not be shown.
func TestAsk_OnlyTheLastIsShown(t *testing.T) {
	todo := make(chan func(), 10)
	w := &worker{do: func(f func()) { todo <- f }}
	release := make(chan struct{})
	var running, most atomic.Int32
	work := func(n int) func() int {
		return func() int {
			most.Store(max(most.Load(), running.Add(1)))
			<-release
			running.Add(-1)
			return n
		}
	}
	var shown []int
	show := func(n int) { shown = append(shown, n) }
	for n := range 5 {
		ask(w, work(n), show, func() {})
		if n == 0 {
			for running.Load() == 0 {
				time.Sleep(time.Millisecond)
			}
		}
	}
	close(release)
	for len(shown) == 0 {
		(<-todo)()
	}
	if len(shown) != 1 || shown[0] != 4 || most.Load() != 1 {
		t.Errorf("shown %v, %d at a time", shown, most.Load())
	}
}

func TestAsk_SlowWorkSaysSoAndCanBeStopped(t *testing.T) {
	todo := make(chan func(), 10)
	w := &worker{do: func(f func()) { todo <- f }}
	release := make(chan struct{})
	slow := false
	ask(w, func() int { <-release; return 1 }, func(int) { t.Error("a stopped result is shown") }, func() { slow = true })
	(<-todo)()
	if !slow {
		t.Error("slow work is not said")
	}
	w.stop()
	close(release)
	(<-todo)()
}
