package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"atlasp2i/assets"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
)

// programs are what this test binary is under another name: the real main, for
// the scripts of testdata/script.
var programs = map[string]func(){"app": main}

// schemaOne is a store file that the program wrote when its schema was 1.
var schemaOne = filepath.Join("..", "..", "internal", "store", "testdata", "schema1.db.gz")

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// TestHeadless runs the scripts. Each finds the built-in rule pack in pack/, to
// be changed, and the sample projects in samples/.
//
// They know some commands of their own:
//
//	status N PROGRAM ARGUMENT...  runs it and wants exit status N
//	lines N FILE                  wants N lines in it (or in stdout, stderr)
//	replace FILE OLD NEW          changes the one place that reads OLD
//	own STORE PLACE FIELD VALUE   puts a value of the user's into a store
//	contact STORE PASSPHRASE NAME puts a contact into a new store, under a passphrase
//	kiosk STORE CODE              leaves the window over a store to visitors
//	hold STORE                    has a store open from here on
//	older STORE                   makes a store of the first schema
//	copyof FILE WHAT NAME         sets NAME to a path in the output of store restore: that
//	                              of the oldest snapshot in a folder (here, second), or "before"
func TestHeadless(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(e *testscript.Env) error {
			if err := os.CopyFS(filepath.Join(e.WorkDir, "pack"), assets.PackFiles()); err != nil {
				return err
			}
			samples, err := fs.Sub(assets.Samples, "samples")
			if err != nil {
				return err
			}
			return os.CopyFS(filepath.Join(e.WorkDir, "samples"), samples)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status": status, "lines": lines, "replace": replace, "own": own, "contact": contact, "kiosk": alone, "hold": hold, "older": older, "copyof": copyOf,
		},
		RequireUniqueNames:  true,
		RequireExplicitExec: true,
	})
}

func status(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil || len(args) < 2 {
		ts.Fatalf("usage: status N PROGRAM ARGUMENT...")
	}
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			ts.Fatalf("%v", err)
		}
		got = ended.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

func lines(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	if neg || err != nil || len(args) != 2 {
		ts.Fatalf("usage: lines N FILE")
	}
	text := ts.ReadFile(args[1])
	if text != "" && !strings.HasSuffix(text, "\n") {
		ts.Fatalf("%s does not end with a line end", args[1])
	}
	if n := strings.Count(text, "\n"); n != want {
		ts.Fatalf("%s has %d lines, want %d", args[1], n, want)
	}
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	text := ts.ReadFile(args[0])
	if n := strings.Count(text, args[1]); n != 1 {
		ts.Fatalf("%s holds %q %d times", args[0], args[1], n)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], args[2], 1)), 0o600))
}

// opened opens the store of a script as the window does.
func opened(ts *testscript.TestScript, file string) *store.Store {
	s, err := store.Open(context.Background(), store.Options{Path: ts.MkAbs(file), Device: "essai"})
	ts.Check(err)
	return s
}

func own(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: own STORE PLACE FIELD VALUE")
	}
	s := opened(ts, args[0])
	ts.Check(s.PutValue(store.Value{Place: args[1], Field: args[2], Text: args[3]}))
	ts.Check(s.Close())
}

func contact(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: contact STORE PASSPHRASE NAME")
	}
	_, err := putContact(ts.MkAbs(args[0]), args[1], args[2])
	ts.Check(err)
}

// putContact keeps a contact as the window does and gives its id.
func putContact(file, passphrase, name string) (string, error) {
	s, err := store.Open(context.Background(), store.Options{Path: file, Device: "essai"})
	if err != nil {
		return "", err
	}
	w, err := newWiring()
	if err != nil {
		return "", errors.Join(err, s.Close())
	}
	d, err := w.deskOver("", s)
	if err != nil {
		return "", errors.Join(err, s.Close())
	}
	c, err := newCabinet(d, s, nil)
	if err != nil {
		return "", errors.Join(err, s.Close())
	}
	if err := c.SetPassphrase(passphrase); err != nil {
		return "", errors.Join(err, s.Close())
	}
	kept, err := c.Save(&dossier.Dossier{
		Clear:   dossier.Clear{Fair: "Salon de Lyon", Grade: "A", Next: dossier.Next{Owner: "KB", Due: "2026-03-09"}},
		Private: dossier.Private{Contact: dossier.Contact{Name: name, Email: "qui@quelque.example"}, Notes: "Secret de notes"},
	})
	if err != nil {
		return "", errors.Join(err, s.Close())
	}
	return kept.ID, s.Close()
}

func alone(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: kiosk STORE CODE")
	}
	s := opened(ts, args[0])
	ts.Check(newDoor(s).Close(kiosk.Wish{Code: args[1], Again: args[1], Delay: kiosk.UsualDelay}))
	ts.Check(s.Close())
}

func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold STORE")
	}
	s := opened(ts, args[0])
	ts.Defer(func() { _ = s.Close() })
}

func older(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: older STORE")
	}
	f, err := os.Open(schemaOne)
	ts.Check(err)
	defer f.Close()
	z, err := gzip.NewReader(f)
	ts.Check(err)
	data, err := io.ReadAll(z)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// copyOf reads what store restore wrote as JSON.
func copyOf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: copyof FILE WHAT NAME")
	}
	data := []byte(ts.ReadFile(args[0]))
	var done struct{ Before string }
	var list []struct{ File, Where string }
	if args[1] == "before" {
		ts.Check(json.Unmarshal(data, &done))
		ts.Setenv(args[2], done.Before)
		return
	}
	ts.Check(json.Unmarshal(data, &list))
	for _, s := range slices.Backward(list) {
		if s.Where == args[1] {
			ts.Setenv(args[2], s.File)
			return
		}
	}
	ts.Fatalf("no snapshot %s in %s", args[1], data)
}
