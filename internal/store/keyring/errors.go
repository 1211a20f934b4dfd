package keyring

import "fmt"

// ExistsError says that a passphrase was set already.
type ExistsError struct{ Path string }

// Key is the catalogue key.
func (*ExistsError) Key() string { return "vault.exists" }

func (e *ExistsError) Error() string { return fmt.Sprintf("there is a ring of keys at %s", e.Path) }

// ReadOnlyError says that a change was asked of a ring that is only read.
type ReadOnlyError struct{ Path string }

// Key is the catalogue key.
func (*ReadOnlyError) Key() string { return "store.readOnly" }

func (e *ReadOnlyError) Error() string { return fmt.Sprintf("the keys at %s are only read", e.Path) }

// StaleCopyError says that a change holds, but that the second copy could not be
// written, or what the first one replaced not be written over: that file still has
// what was destroyed, or opens with the former passphrase.
// The next change and the next Unlock try again.
type StaleCopyError struct {
	Path string
	Err  error
}

// Key is the catalogue key.
func (*StaleCopyError) Key() string { return "vault.copyStale" }

func (e *StaleCopyError) Error() string {
	return fmt.Sprintf("the copy of the keys at %s is of before the change: %v", e.Path, e.Err)
}

// Unwrap gives the system's error.
func (e *StaleCopyError) Unwrap() error { return e.Err }
