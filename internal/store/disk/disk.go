// Package disk is what the store asks of the system: a lock that ends with its
// process, files that have their name only once they are whole, bytes that are
// gone when they are said to be, and what an error of the system means.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
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
	case errors.Is(err, fs.ErrPermission) || isReadOnlyMedium(err):
		return &AccessError{Path: path, Err: err}
	}
	return fmt.Errorf("store %s: %w", path, err)
}
