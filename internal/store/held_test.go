package store

import (
	"context"
	"path/filepath"
	"testing"
)

func TestHeld(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fair.db")
	if Held(path) {
		t.Error("a store that is not there is held")
	}
	s, err := Open(context.Background(), Options{Path: path, Device: "d"})
	if err != nil {
		t.Fatal(err)
	}
	if !Held(path) {
		t.Error("an open store is not held")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if Held(path) {
		t.Error("a closed store is held")
	}
}
