//go:build unix

package store

import (
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/mirror"
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

// A look at a copy that hangs keeps nobody from looking at others, and what it leaves is
// swept at the next start.
func TestPreview_OneHangs(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	must(s.Create("a", content(1)))(t)
	good := must(s.Snapshot(t.Context()))(t)
	pipe := filepath.Join(t.TempDir(), filepath.Base(good.Path))
	accept(t, syscall.Mkfifo(pipe, 0o600))
	look := func(ctx context.Context, path string) error {
		_, err := mirror.Read(ctx, path, func() (struct{}, error) {
			return struct{}{}, s.Preview(ctx, path, func(*Store) error { return nil })
		})
		return err
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if err := look(ctx, pipe); err == nil {
		t.Fatal("it does not hang")
	}
	within(t, "a look at another copy", func() { accept(t, look(t.Context(), good.Path)) })
	f := must(os.OpenFile(pipe, os.O_RDWR, 0))(t) // whoever waits goes on
	accept(t, f.Close())
	accept(t, s.Close())
	for _, end := range []string{disk.Temp, disk.Temp + disk.Temp} {
		writeFile(t, stem(o.Path)+previewed+"left"+end, nil)
	}
	mustOpen(t, o)
	if left := must(filepath.Glob(stem(o.Path) + previewed + "*"))(t); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
