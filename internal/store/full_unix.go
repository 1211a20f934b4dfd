//go:build unix

package store

import (
	"errors"
	"syscall"

	berrors "go.etcd.io/bbolt/errors"
)

// isFull recognises no space, no quota and the size limit given to bbolt.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) ||
		errors.Is(err, syscall.EFBIG) || errors.Is(err, berrors.ErrMaxSizeReached)
}

func isReadOnlyMedium(err error) bool { return errors.Is(err, syscall.EROFS) }
