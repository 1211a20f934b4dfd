package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"atlasp2i/assets"
)

// programs are what this test binary is under another name: the real main, for
// the scripts of testdata/script.
var programs = map[string]func(){"app": main}

func TestMain(m *testing.M) { testscript.Main(m, programs) }

// TestHeadless runs the scripts. Each finds the built-in rule pack in pack/, to
// be changed, and the sample projects in samples/.
//
// They know three commands of their own:
//
//	status N PROGRAM ARGUMENT...  runs it and wants exit status N
//	lines N FILE                  wants N lines in it (or in stdout, stderr)
//	replace FILE OLD NEW          changes the one place that reads OLD
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
		Cmds:                map[string]func(*testscript.TestScript, bool, []string){"status": status, "lines": lines, "replace": replace},
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
