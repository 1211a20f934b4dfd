package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// damaged is a store with a save and a snapshot, whose file was then spoiled.
func damaged(t *testing.T, spoil func(file string) error) store.Options {
	t.Helper()
	dir := t.TempDir()
	o := store.Options{Path: filepath.Join(dir, "atlas.db"), SnapshotDir: filepath.Join(dir, "Copies"), Device: "essai"}
	s, err := store.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Create("Essai", store.Content{Project: []byte(`{}`), PackSHA256: strings.Repeat("0", 64), PackNumber: 1}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := spoil(o.Path); err != nil {
		t.Fatal(err)
	}
	return o
}

func cut(file string) error { return os.Truncate(file, 5000) }

// lastHeader spoils the newer of the two headers.
func lastHeader(file string) error {
	const page, number = 4096, 16 + 48
	b, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	at := number
	if b[page+number] > b[number] {
		at += page
	}
	b[at] ^= 0xFF
	return os.WriteFile(file, b, 0o600)
}

// The window says what was opened instead of a file, in every language, with the time
// of the copy.
func TestRecovered_Says(t *testing.T) {
	gone := func(o store.Options) error { return os.RemoveAll(o.SnapshotDir) }
	spoilAll := func(o store.Options) error {
		list, err := store.SnapshotsIn(o.SnapshotDir)
		for _, f := range list {
			if err == nil {
				err = cut(f.Path)
			}
		}
		return err
	}
	none := func(store.Options) error { return nil }
	for key, c := range map[string]struct {
		spoil  func(string) error
		copies func(store.Options) error
	}{
		"gate.restored":      {cut, none},
		"gate.salvaged":      {lastHeader, gone},
		"gate.empty":         {cut, gone},
		"gate.missing":       {os.Remove, none},
		"gate.missing.empty": {os.Remove, spoilAll},
	} {
		o := damaged(t, c.spoil)
		if err := c.copies(o); err != nil {
			t.Fatal(err)
		}
		s, err := store.Open(context.Background(), o)
		if err != nil {
			t.Fatal(key, err)
		}
		if s.Recovery() == nil {
			t.Fatal(key, "nothing is said")
		}
		m := backup.SayRecovery(s.Recovery())
		if m.Key != key {
			t.Errorf("%v, want %s", m, key)
		}
		for _, lang := range []string{"fr", "en", "es"} {
			texts, err := i18n.Load(assets.I18n, lang)
			if err != nil {
				t.Fatal(err)
			}
			text := texts.T(m)
			if is := s.Recovery().Snapshot; is != nil && !strings.Contains(text, texts.T(desk.Stamp(is.At))) || strings.Contains(text, "{{") || len(text) < 40 {
				t.Errorf("%s: %q", lang, text)
			}
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if s, err = store.Open(context.Background(), o); err != nil || s.Recovery() != nil {
			t.Errorf("%s: said again, %v", key, err)
		}
		_ = s.Close()
	}
}
