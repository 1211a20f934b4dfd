package store

import (
	"errors"

	berrors "go.etcd.io/bbolt/errors"
	"golang.org/x/sys/windows"
)

// isFull recognises no space, no quota and the size limit given to bbolt.
func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED) || errors.Is(err, berrors.ErrMaxSizeReached)
}

func isReadOnlyMedium(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
