package store

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"time"
)

// lockPoll is how often a held lock is tried again.
const lockPoll = 20 * time.Millisecond

var errHeld = errors.New("the lock is held")

// fileLock is a lock on the small file beside the store. It covers the whole
// family: making the store, checking it, opening what replaces a damaged one.
// bbolt's own lock comes too late for that, since bbolt maps the file first. The
// system drops the lock when the process dies; the file itself stays.
type fileLock struct{ f *os.File }

// owner is what the file tells other processes.
type owner struct {
	PID   int       `json:"pid"`
	Host  string    `json:"host"`
	Since time.Time `json:"since"`
}

// acquire takes the lock of the store or returns *LockedError after the timeout,
// without a snapshot filled in.
func acquire(ctx context.Context, o Options) (*fileLock, error) {
	name := o.Path + ".lock"
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fileError(name, err)
	}
	if err := take(ctx, f, o); err != nil {
		_ = f.Close()
		return nil, err
	}
	l := &fileLock{f}
	if err := l.write(o.Now()); err != nil {
		l.release()
		return nil, fileError(name, err)
	}
	return l, nil
}

// hold takes the lock without writing a byte: it is for reading. Where there is no
// lock file nobody ever opened the store for writing, and nothing is held.
func hold(ctx context.Context, o Options) (release func(), err error) {
	name := o.Path + ".lock"
	f, err := os.Open(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return func() {}, nil
	case err != nil:
		return nil, fileError(name, err)
	}
	release = func() { _ = f.Close() } // closing drops the lock
	if err := take(ctx, f, o); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// take waits for the lock on f, or says who has it.
func take(ctx context.Context, f *os.File, o Options) error {
	ctx, cancel := context.WithTimeout(ctx, o.LockTimeout)
	defer cancel()
	for {
		err := tryLock(f)
		switch {
		case err == nil:
			return nil
		case !errors.Is(err, errHeld):
			return fileError(f.Name(), err)
		}
		select {
		case <-time.After(lockPoll):
		case <-ctx.Done():
			return heldBy(ctx, f, o.Path)
		}
	}
}

func heldBy(ctx context.Context, f *os.File, path string) error {
	if err := context.Cause(ctx); !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	var o owner
	// The owner may be writing it just now: then nothing is known of it.
	b, _ := io.ReadAll(io.NewSectionReader(f, 0, 4096))
	_ = json.Unmarshal(b, &o)
	return &LockedError{Path: path, PID: o.PID, Host: o.Host, Since: o.Since}
}

func (l *fileLock) write(since time.Time) error {
	host, _ := os.Hostname() // only told to a person; may be unknown
	b, err := json.Marshal(owner{PID: os.Getpid(), Host: host, Since: since.UTC()})
	if err != nil {
		return err
	}
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	// A full disk must not keep anybody out of a store that can still be read.
	if _, err := l.f.WriteAt(b, 0); err != nil && !isFull(err) {
		return err
	}
	return nil
}

// release empties the file and lets go of it.
func (l *fileLock) release() {
	_ = l.f.Truncate(0)
	_ = l.f.Close() // closing drops the lock
}
