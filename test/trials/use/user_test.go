package use

import (
	"os"
	"path/filepath"
	"testing"
)

// A user who is not disturbed: each operation changes exactly what it says it
// does, so that the trials look for the right thing.
func TestUser_ChangesWhatItSays(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "laptop")
	if err := os.MkdirAll(filepath.Join(dir, Copies), 0o700); err != nil {
		t.Fatal(err)
	}
	p, err := Open(dir, Often)
	if err != nil {
		t.Fatal(err)
	}
	u := NewUser(p, 7, 1)
	u.Scratch, u.Stays = t.TempDir(), false
	defer u.Close()
	did := map[string]int{}
	now, err := p.Read()
	if err != nil {
		t.Fatal(err)
	}
	for range 100 {
		op, err := u.Next(now)
		if err != nil {
			t.Fatal(op.Name, err)
		}
		if err := op.Do(); err != nil {
			t.Fatal(op.Name, err)
		}
		after, err := p.Read()
		if err != nil {
			t.Fatal(op.Name, err)
		}
		if n, err := Judge(now.Changes(after), op.Stages); err != nil || n != len(op.Stages) {
			t.Fatal(op.Name, n, err)
		}
		now = after
		did[op.Name]++
	}
	if len(did) < 25 {
		t.Errorf("only %d kinds of operation were done: %v", len(did), did)
	}
	pass := p.Pass
	if err := u.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(dir, Often, pass)
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	got, err := again.Read()
	if err != nil {
		t.Fatal(err)
	}
	if changed := now.Changes(got); len(changed) > 0 {
		t.Errorf("closing and opening changed %v", Shown(changed))
	}
}
