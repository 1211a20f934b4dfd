package handover_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atlasp2i/internal/handover"
)

func TestOffered(t *testing.T) {
	slot := filepath.Join(t.TempDir(), "slot")
	want := filepath.Join(t.TempDir(), "règles du 1er janvier.atlaspack")
	got := make(chan string)
	go func() {
		for {
			if path := handover.Take(slot); path != "" {
				got <- path
				return
			}
			time.Sleep(time.Millisecond)
		}
	}()
	taken, err := handover.Offer(slot, want, 10*time.Second)
	if err != nil || !taken {
		t.Fatalf("taken is %v, %v", taken, err)
	}
	if path := <-got; path != want {
		t.Errorf("took %q, want %q", path, want)
	}
	if path := handover.Take(slot); path != "" {
		t.Errorf("took %q a second time", path)
	}
}

// Without a window the slot is empty again: a later one must not show a file that
// nobody asks for any more.
func TestNobodyTakesIt(t *testing.T) {
	slot := filepath.Join(t.TempDir(), "slot")
	taken, err := handover.Offer(slot, "x.atlaspack", 60*time.Millisecond)
	if err != nil || taken {
		t.Fatalf("taken is %v, %v", taken, err)
	}
	if _, err := os.Stat(slot); !os.IsNotExist(err) {
		t.Errorf("the slot is still there: %v", err)
	}
}

// The path is made absolute: the window stands in another folder.
func TestRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	slot := filepath.Join(t.TempDir(), "slot")
	done := make(chan error)
	go func() {
		_, err := handover.Offer(slot, "x.atlaspack", 10*time.Second)
		done <- err
	}()
	var path string
	for path == "" {
		path = handover.Take(slot)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if !filepath.IsAbs(path) || filepath.Base(path) != "x.atlaspack" {
		t.Errorf("took %q", path)
	}
}

func TestNoSlot(t *testing.T) {
	if _, err := handover.Offer(filepath.Join(t.TempDir(), "no", "slot"), "x", time.Millisecond); err == nil {
		t.Error("offered into a folder that is not there")
	}
}

// Whatever lies in the slot, nothing but an absolute path comes out.
func TestForeign(t *testing.T) {
	for name, data := range map[string]string{
		"relative": "x.atlaspack", "empty": "", "nul": "/x\x00y", "long": "/" + strings.Repeat("x", 1<<16),
	} {
		slot := filepath.Join(t.TempDir(), "slot")
		if err := os.WriteFile(slot, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if path := handover.Take(slot); path != "" {
			t.Errorf("%s: took %q", name, path)
		}
		if _, err := os.Stat(slot); !os.IsNotExist(err) {
			t.Errorf("%s: it is still there: %v", name, err)
		}
	}
}

// A link in the slot is not followed.
func TestLink(t *testing.T) {
	slot, secret := filepath.Join(t.TempDir(), "slot"), filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("/etc/passwd"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, slot); err != nil {
		t.Skip("this system makes no links here: " + err.Error())
	}
	if path := handover.Take(slot); path != "" {
		t.Errorf("took %q", path)
	}
}
