//go:build !windows

package parts_test

import (
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"atlasp2i/internal/ui/parts"
)

// The system's wish is heard by us alone: what listened before, as the library does,
// would end the program before anything is kept.
func TestWhenToldIsHeardAlone(t *testing.T) {
	library := make(chan os.Signal, 1)
	signal.Notify(library, syscall.SIGTERM)
	told := make(chan struct{}, 1)
	stop := parts.WhenTold(func() { told <- struct{}{} })
	defer stop()
	for range 2 {
		if err := syscall.Kill(os.Getpid(), syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		select {
		case <-told:
		case <-time.After(10 * time.Second):
			t.Fatal("the wish of the system was not heard")
		}
	}
	if len(library) != 0 {
		t.Error("who listened before heard it too")
	}
}
