package disk

import (
	"errors"
	"os"

	berrors "go.etcd.io/bbolt/errors"
	"golang.org/x/sys/windows"
)

// tryLock locks one byte far behind the content, which stays readable for others.
func tryLock(f *os.File) error {
	at := windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return errHeld
	}
	return err
}

// SyncDir has nothing to do: NTFS writes renames to its journal.
func SyncDir(string) error { return nil }

// IsFull recognises no space, no quota and the size limit given to bbolt.
func IsFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL) ||
		errors.Is(err, windows.ERROR_DISK_QUOTA_EXCEEDED) || errors.Is(err, berrors.ErrMaxSizeReached)
}

// IsReadOnly recognises a medium that is protected against writing.
func IsReadOnly(err error) bool { return errors.Is(err, windows.ERROR_WRITE_PROTECT) }
