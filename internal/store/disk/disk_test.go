package disk

import (
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// holds checks that a folder has these files and no others.
func holds(t *testing.T, dir string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != len(want) {
		t.Errorf("%v, %v", entries, err)
	}
	for name, content := range want {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(b) != content {
			t.Errorf("%s: %q, %v", name, b, err)
		}
	}
}

func TestReplace(t *testing.T) {
	for name, replace := range map[string]func(string, []byte) error{"plain": Replace, "shredding": ReplaceShredding} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "keys")
			for _, content := range []string{"first", "second and longer", "third"} {
				if err := replace(path, []byte(content)); err != nil {
					t.Fatal(err)
				}
				holds(t, dir, map[string]string{"keys": content})
			}
		})
	}
}

// A program that ended between the two renames left the old bytes aside.
func TestReplaceShredding_AfterAnEnd(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys")
	write(t, path+Old, "left behind")
	write(t, path+".tmp", "half")
	if err := ReplaceShredding(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, map[string]string{"keys": "new"})
}

// The bytes are written over where they stand, not only let go of.
func TestShred_WritesOver(t *testing.T) {
	dir := t.TempDir()
	name, witness := filepath.Join(dir, "keys"), filepath.Join(dir, "witness")
	write(t, name, "secret")
	if err := os.Link(name, witness); err != nil {
		t.Skip("no second name for one file here: ", err)
	}
	if err := Shred(name); err != nil {
		t.Fatal(err)
	}
	holds(t, dir, map[string]string{"witness": "\x00\x00\x00\x00\x00\x00"})
	if err := Shred(name); err != nil {
		t.Errorf("a file that is gone: %v", err)
	}
}

func TestReplace_SaysWhyNot(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "keys")
	write(t, path, "old")
	if err := os.Mkdir(path+".tmp", 0o700); err != nil { // nothing can be written under that name
		t.Fatal(err)
	}
	for _, replace := range []func(string, []byte) error{Replace, ReplaceShredding} {
		if err := replace(path, []byte("new")); err == nil {
			t.Error("nothing was said")
		}
		_ = os.Mkdir(path+".tmp", 0o700)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "old" {
		t.Errorf("%q, %v", b, err)
	}
}
