package mirror

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
)

const (
	// Patience is how long the folder is waited for by whoever has something else to
	// do: the end of the program, an erasure, a list.
	Patience = 3 * time.Second

	// grace is how long work that was given up may take to clean up behind itself.
	grace = 300 * time.Millisecond
)

// HangingError says that the folder is there and does not answer: a stick that is
// worn out, a share of a machine that is off.
type HangingError struct{ Path string }

// Key is the catalogue key.
func (*HangingError) Key() string { return "store.mirror.hanging" }

func (e *HangingError) Error() string { return fmt.Sprintf("%s does not answer", e.Path) }

// StoppedError says that somebody stopped what was written to the folder.
type StoppedError struct{}

// Key is the catalogue key.
func (*StoppedError) Key() string { return "store.mirror.stopped" }

func (*StoppedError) Error() string { return "the copy was stopped" }

// lanes holds a channel for each folder, filled while something works in it. They
// outlive a store: what hangs in a folder does so whoever opens the store again, and
// nothing else may write there meanwhile.
var lanes sync.Map

// In runs work in a folder and waits for it until ctx ends. The system may keep work
// for as long as it likes, and nothing can take it away from there: it goes on alone
// then, and keeps all other work out of the folder. So it must look at its context
// after each step. Then In returns *HangingError, or *StoppedError where ctx was
// cancelled; else the error of work.
func In(ctx context.Context, folder string, work func(ctx context.Context) error) error {
	if ctx.Err() != nil {
		return givenUp(ctx, folder)
	}
	got, _ := lanes.LoadOrStore(folder, make(chan struct{}, 1))
	lane, _ := got.(chan struct{})
	select {
	case lane <- struct{}{}:
	case <-ctx.Done():
		return givenUp(ctx, folder)
	}
	done := make(chan error, 1)
	go func() {
		err := work(ctx)
		<-lane
		done <- err
	}()
	select {
	case err := <-done:
		return told(ctx, folder, err)
	case <-ctx.Done():
	}
	select {
	case err := <-done:
		return told(ctx, folder, err)
	case <-time.After(grace):
		return givenUp(ctx, folder)
	}
}

// told is the error of work that ended; of work that ended because of ctx, why.
func told(ctx context.Context, folder string, err error) error {
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return givenUp(ctx, folder)
	}
	return err
}

func givenUp(ctx context.Context, folder string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &HangingError{Path: folder}
	}
	return &StoppedError{}
}

// Read gives what read finds at a path, a folder or a file; it does not wait for what
// is written there, and only one reads it at a time. The errors are those of In and of
// read.
func Read[T any](ctx context.Context, path string, read func() (T, error)) (T, error) {
	found := make(chan T, 1)
	err := In(ctx, "read "+path, func(context.Context) error {
		v, err := read()
		found <- v
		return err
	})
	var hanging *HangingError
	var stopped *StoppedError
	if errors.As(err, &hanging) || errors.As(err, &stopped) {
		var none T
		if hanging != nil {
			hanging.Path = path
		}
		return none, err
	}
	return <-found, err
}
