package disk

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// New is a file that gets its name only once it is complete.
type New struct {
	Temp, Path string // in one folder
	Fill       func(io.Writer) error
	Check      func(temp string) error // of the finished file, before it gets its name
}

// Write fills the temporary file, flushes it, checks it and gives it its name. It
// replaces nothing. It returns the errors of Fill and Check, and those of the system
// as they are: see Error.
func (n New) Write() (err error) {
	defer func() {
		if err != nil {
			_ = os.Remove(n.Temp)
		}
	}()
	// A file of its own: a program that hangs may still be writing one it left there.
	if err := os.Remove(n.Temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	f, err := os.OpenFile(n.Temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	b := bufio.NewWriterSize(f, 1<<18)
	if err = n.Fill(b); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = n.Check(n.Temp)
	}
	if err == nil {
		err = MoveInto(n.Temp, n.Path)
	}
	return err
}

// MoveInto gives a finished file its name, durably. It replaces nothing.
func MoveInto(temp, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "rename", Path: path, Err: fs.ErrExist}
	} else if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(temp, path); err != nil {
		return err
	}
	return SyncDir(filepath.Dir(path))
}
