// Package disk is what the store asks of the system: a lock that ends with its
// process, files that have their name only once they are whole, bytes that are
// gone when they are said to be, and what an error of the system means.
package disk

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// FullError says that the disk, the quota or the allowed size is used up. What
// was saved before is intact and readable.
type FullError struct {
	Path string
	Err  error
}

// Key is the catalogue key.
func (*FullError) Key() string { return "store.full" }

func (e *FullError) Error() string { return fmt.Sprintf("no room to write %s: %v", e.Path, e.Err) }

// Unwrap gives the system's error.
func (e *FullError) Unwrap() error { return e.Err }

// AccessError says that the system refused to read or write the file: no
// permission, a write-protected stick, a folder that cannot be made.
type AccessError struct {
	Path string
	Err  error
}

// Key is the catalogue key.
func (*AccessError) Key() string { return "store.access" }

func (e *AccessError) Error() string { return fmt.Sprintf("cannot use %s: %v", e.Path, e.Err) }

// Unwrap gives the system's error.
func (e *AccessError) Unwrap() error { return e.Err }

// Error sorts an error of the file system into the types above.
func Error(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case IsFull(err):
		return &FullError{Path: path, Err: err}
	case errors.Is(err, fs.ErrPermission) || IsReadOnly(err):
		return &AccessError{Path: path, Err: err}
	}
	return fmt.Errorf("store %s: %w", path, err)
}

// Replace puts data in the place of the file at path, or makes it. The name always
// has the old bytes or the new ones, which were read back before they got it. It
// returns *FullError or *AccessError, or an error of the system; the old bytes
// stand then.
func Replace(path string, data []byte) error {
	tmp := path + Temp
	err := writeThrough(tmp, data)
	if err == nil {
		err = os.Rename(tmp, path)
	}
	if err == nil {
		err = SyncDir(filepath.Dir(path))
	}
	if err != nil {
		_ = os.Remove(tmp)
	}
	return Error(path, err)
}

// Write is Replace for a file whose bytes something writes; the folder is made
// where it is not there.
func Write(path string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return Error(path, err)
	}
	return Replace(path, b.Bytes())
}

// writeThrough writes a file to the disk and reads it back.
func writeThrough(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	back := make([]byte, len(data))
	if err == nil {
		_, err = f.ReadAt(back, 0)
	}
	if err == nil && !bytes.Equal(back, data) {
		err = errReadBack
	}
	return errors.Join(err, f.Close())
}

var errReadBack = errors.New("what was written reads back as something else")

// Shred writes over the bytes of a file where they stand and removes it; one that
// is not there is fine. A disk that moves what is written, as solid-state ones do,
// may keep old bytes where only its maker reads them.
func Shred(name string) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return Error(name, err)
	}
	st, err := f.Stat()
	if err == nil {
		_, err = f.Write(make([]byte, st.Size()))
	}
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Remove(name)
	}
	if err == nil {
		err = SyncDir(filepath.Dir(name))
	}
	return Error(name, err)
}

// ReplaceShredding is Replace, after which the bytes of the old file are written
// over. Where the program ends on the way, they are under path + Old, and path may
// be absent.
func ReplaceShredding(path string, data []byte) error {
	tmp := path + Temp
	err := writeThrough(tmp, data)
	if err == nil {
		err = stepAside(path)
	}
	if err == nil {
		if err = os.Rename(tmp, path); err != nil {
			_ = os.Rename(path+Old, path)
		}
	}
	if err != nil {
		_ = os.Remove(tmp)
		return Error(path, err)
	}
	return errors.Join(Error(path, SyncDir(filepath.Dir(path))), Shred(path+Old))
}

// stepAside gives the file at path, if there is one, its old name. What has that
// name already is only needed while there is none at path.
func stepAside(path string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err := Shred(path + Old); err != nil {
		return err
	}
	return os.Rename(path, path+Old)
}

const (
	Old  = ".old" // behind the name of a file that ReplaceShredding is about to destroy
	Temp = ".tmp" // behind the name of a file that is not whole yet
)
