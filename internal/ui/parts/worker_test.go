package parts

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"time"
)

// One goroutine is the window's thread: what comes late must not be shown.
func TestAsk_OnlyTheLastIsShown(t *testing.T) {
	todo := make(chan func(), 10)
	w := &Worker{Do: func(f func()) { todo <- f }}
	release := make(chan struct{})
	var running, most atomic.Int32
	work := func(n int) func(context.Context, func(done, of int)) int {
		return func(context.Context, func(done, of int)) int {
			most.Store(max(most.Load(), running.Add(1)))
			<-release
			running.Add(-1)
			return n
		}
	}
	var shown []int
	show := func(n int) { shown = append(shown, n) }
	for n := range 5 {
		Ask(w, Job[int]{Work: work(n), Show: show, Slow: func(int, int) {}})
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
	w := &Worker{Do: func(f func()) { todo <- f }}
	release := make(chan struct{})
	var slow []int
	told := make(chan struct{})
	Ask(w, Job[int]{
		Work: func(ctx context.Context, progress func(done, of int)) int {
			<-release
			progress(3, 4)
			close(told)
			<-ctx.Done()
			return 1
		},
		Show: func(int) { t.Error("a stopped result is shown") },
		Slow: func(done, of int) { slow = append(slow, done, of) },
	})
	(<-todo)()
	close(release)
	<-told
	(<-todo)()
	if !slices.Equal(slow, []int{0, 1, 3, 4}) || !w.Busy() {
		t.Errorf("slow work says %v", slow)
	}
	w.Stop()
	(<-todo)()
	if w.Busy() {
		t.Error("still busy")
	}
}
