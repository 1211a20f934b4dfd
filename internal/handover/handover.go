// Package handover gives a file that was opened by a double click to the window
// that is open already. Two processes of the same user meet in one small file
// beside the store; no socket is opened.
package handover

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"atlasp2i/internal/store/disk"
)

// maxPath is the longest path that is read, in bytes: longer than any system's.
const maxPath = 1 << 16

// look is how often the giver looks whether its file was taken.
const look = 50 * time.Millisecond

// Offer writes the path of a file into the slot and waits until a window took it.
// Where none did in that time the slot is empty again and taken is false: what
// holds the store is no window, or one that does not answer. The error is that of
// the system.
func Offer(slot, path string, wait time.Duration) (taken bool, err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return false, err
	}
	if err := disk.Replace(slot, []byte(path)); err != nil {
		return false, err
	}
	for end := time.Now().Add(wait); time.Now().Before(end); time.Sleep(look) {
		if _, err := os.Stat(slot); errors.Is(err, fs.ErrNotExist) {
			return true, nil
		}
	}
	err = os.Remove(slot)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	return false, err
}

// Take gives the path in the slot and empties it; "" where there is none. What is
// there and is no absolute path is thrown away.
func Take(slot string) string {
	info, err := os.Lstat(slot)
	if err != nil {
		return ""
	}
	var path string
	if info.Mode().IsRegular() && info.Size() <= maxPath {
		data, err := os.ReadFile(slot)
		if err != nil {
			return ""
		}
		path = string(data)
	}
	// Whoever removes it has it: of two windows only one shows the file.
	if os.Remove(slot) != nil || !filepath.IsAbs(path) || strings.ContainsRune(path, 0) {
		return ""
	}
	return path
}
