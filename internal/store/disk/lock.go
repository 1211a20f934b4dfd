package disk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"
)

// Poll is how often a held lock is tried again.
const Poll = 20 * time.Millisecond

var errHeld = errors.New("the lock is held")

// HeldError says that another process has the lock, as far as its file tells.
type HeldError struct {
	PID   int // 0 where the owner could not be read
	Host  string
	Since time.Time // UTC
}

func (e *HeldError) Error() string {
	return fmt.Sprintf("process %d on %q has the lock", e.PID, e.Host)
}

// Wait names a lock and says how long to wait for it.
type Wait struct {
	Name    string        // of the lock's own small file
	Timeout time.Duration // then *HeldError
}

// Lock is a lock on a small file beside the store. It covers the whole
// family: making the store, checking it, opening what replaces a damaged one.
// bbolt's own lock comes too late for that, since bbolt maps the file first. The
// system drops the lock when the process dies; the file itself stays.
type Lock struct{ f *os.File }

// owner is what the file tells other processes.
type owner struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// Acquire takes the lock, and writes since and this process into its file. It
// returns *HeldError after the timeout, the error of the context, *AccessError or
// *FullError.
func Acquire(ctx context.Context, w Wait, since time.Time) (*Lock, error) {
	f, err := os.OpenFile(w.Name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, Error(w.Name, err)
	}
	if err := take(ctx, f, w.Timeout); err != nil {
		_ = f.Close()
		return nil, err
	}
	l := &Lock{f}
	if err := l.write(since); err != nil {
		l.Release()
		return nil, Error(w.Name, err)
	}
	return l, nil
}

// Hold takes the lock without writing a byte: it is for reading. Where there is no
// lock file nobody ever opened the store for writing, and nothing is held. It
// returns the errors of Acquire.
func Hold(ctx context.Context, w Wait) (release func(), err error) {
	f, err := os.Open(w.Name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return func() {}, nil
	case err != nil:
		return nil, Error(w.Name, err)
	}
	release = func() { _ = f.Close() } // closing drops the lock
	if err := take(ctx, f, w.Timeout); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// take waits for the lock on f, or says who has it.
func take(ctx context.Context, f *os.File, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for {
		err := tryLock(f)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errHeld):
			return Error(f.Name(), err)
		}
		select {
		case <-time.After(Poll):
		case <-ctx.Done():
			return heldBy(ctx, f)
		}
	}
}

func heldBy(ctx context.Context, f *os.File) error {
	if err := context.Cause(ctx); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var o owner
	// The owner may be writing it just now: then nothing is known of it.
	b, _ := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	_ = json.Unmarshal(b, &o)
	return &HeldError{PID: o.PID, Host: o.Host, Since: o.Since}
}

func (l *Lock) write(since time.Time) error {
	host, _ := os.Hostname() // only told to a person; may be unknown
	b, err := json.Marshal(owner{PID: os.Getpid(), Host: host, Since: since.UTC()})
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	// A full disk must not keep anybody out of a store that can still be read.
	if _, err := l.f.WriteAt(b, 0); err != nil && !IsFull(err) {
		return err
	}
	return nil
}

// Release empties the file and lets go of it.
func (l *Lock) Release() {
	_ = l.f.Truncate(0)
	_ = l.f.Close() // closing drops the lock
}
