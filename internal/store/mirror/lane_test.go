package mirror

import (
	"context"
	"errors"
	"testing"
	"time"
)

// What hangs is left alone, keeps everything else out of its folder, and nothing out of
// any other.
func TestIn_LeavesWhatHangs(t *testing.T) {
	dir, other := t.TempDir(), t.TempDir()
	gone, ended := make(chan struct{}), make(chan struct{})
	short := func() context.Context {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		t.Cleanup(cancel)
		return ctx
	}
	var hanging *HangingError
	err := In(short(), dir, func(context.Context) error { <-gone; close(ended); return nil })
	if !errors.As(err, &hanging) || hanging.Path != dir {
		t.Errorf("%v", err)
	}
	if err := In(short(), dir, func(context.Context) error { t.Error("beside what hangs"); return nil }); !errors.As(err, &hanging) {
		t.Errorf("%v", err)
	}
	for _, free := range []func() error{
		func() error { return In(short(), other, func(context.Context) error { return nil }) },
		func() error { _, err := Read(short(), dir, func() (int, error) { return 1, nil }); return err },
	} {
		if err := free(); err != nil {
			t.Error(err)
		}
	}
	close(gone)
	<-ended
	if err := In(t.Context(), dir, func(context.Context) error { return nil }); err != nil {
		t.Errorf("after it went on: %v", err)
	}
}

// Work that notices that it was stopped is waited for: it cleans up.
func TestIn_Stopped(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	cleaned := false
	err := In(ctx, t.TempDir(), func(ctx context.Context) error {
		stop()
		<-ctx.Done()
		cleaned = true
		return ctx.Err()
	})
	var stopped *StoppedError
	if !errors.As(err, &stopped) || !cleaned {
		t.Errorf("%v, cleaned %v", err, cleaned)
	}
	if err := In(ctx, t.TempDir(), func(context.Context) error { t.Error("begun"); return nil }); !errors.As(err, &stopped) {
		t.Errorf("%v", err)
	}
}

// What is read comes with its own error, and late answers are dropped.
func TestRead(t *testing.T) {
	bad := errors.New("bad")
	if v, err := Read(t.Context(), "f", func() (int, error) { return 7, bad }); v != 7 || !errors.Is(err, bad) {
		t.Errorf("%d, %v", v, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	gone := make(chan struct{})
	defer close(gone)
	var hanging *HangingError
	if v, err := Read(ctx, "f", func() (int, error) { <-gone; return 7, nil }); v != 0 || !errors.As(err, &hanging) || hanging.Path != "f" {
		t.Errorf("%d, %v", v, err)
	}
}
