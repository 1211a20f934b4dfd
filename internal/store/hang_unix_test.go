//go:build unix

package store

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// A pipe in the place of a file keeps whoever opens it in the system itself, as a stick
// that hangs does: no context reaches there.
func TestMirror_SystemHangs(t *testing.T) {
	o := newOptions(t)
	o.patience = 50 * time.Millisecond
	s, _ := mirrored(t, o)
	keys := must(keysOf(s))(t)
	pipe := filepath.Join(s.Mirror().Folder, filepath.Base(keys))
	accept(t, syscall.Mkfifo(pipe, 0o600))
	writeFile(t, keys, must(ring(t).Marshal())(t))
	must(s.Create("b", content(2)))(t)
	within(t, "an erasure", s.MirrorKeys)
	within(t, "the end", func() { accept(t, s.Close()) })
	f := must(os.OpenFile(pipe, os.O_RDWR, 0))(t) // whoever waits goes on
	accept(t, os.Remove(pipe))
	accept(t, f.Close())
	s = mustOpen(t, o)
	eventually(t, "the keys are there", func() bool { return !s.Mirror().KeysBehind })
	noHalf(t, s.Mirror().Folder)
}
