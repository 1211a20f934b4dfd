package exhibit

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestFileName(t *testing.T) {
	for _, c := range []struct{ want, title, period string }{
		{"atlas-exports-par-segment-2024.png", "Exports par segment", "2024"},
		{"atlas-exportations-par-segment-1er-semestre-2025.png", "Exportations par segment, 1er semestre 2025", "1er semestre 2025"},
		{"atlas-emplois-a-fes-ca.png", "  Emplois \u00e0 F\u00e8s / \u00e7a\u00a0! ", ""},
		{"atlas.png", "\u0645\u0631\u062d\u0628\u0627", "../.."},
	} {
		if got := FileName("png", c.title, c.period); got != c.want {
			t.Errorf("%q, %q give %q, want %q", c.title, c.period, got, c.want)
		}
	}
	fits := regexp.MustCompile(`^atlas(-[a-z0-9]+)*\.csv$`)
	rapid.Check(t, func(t *rapid.T) {
		name := FileName("csv", rapid.String().Draw(t, "title"), rapid.String().Draw(t, "period"))
		if !fits.MatchString(name) || len(name) > longName+len(".csv") {
			t.Errorf("%q is no name of a file", name)
		}
	})
}

func TestKeep_NeverOverAFileThatIsThere(t *testing.T) {
	folder := t.TempDir()
	for i, want := range []string{"a.png", "a-2.png", "a-3.png"} {
		path, err := Keep(folder, SaveParams{Name: "a.png", Write: func(w io.Writer) error {
			_, err := w.Write([]byte{byte(i)})
			return err
		}})
		if err != nil || filepath.Base(path) != want {
			t.Fatalf("file %d is %s, %v; want %s", i, path, err, want)
		}
	}
	for i, name := range []string{"a.png", "a-2.png", "a-3.png"} {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || !bytes.Equal(got, []byte{byte(i)}) {
			t.Errorf("%s holds %v, %v", name, got, err)
		}
	}
}

func TestKeep_FailureLeavesNothing(t *testing.T) {
	folder := t.TempDir()
	broken := errors.New("the disk is full")
	_, err := Keep(folder, SaveParams{Name: "a.png", Write: func(w io.Writer) error {
		_, _ = w.Write([]byte("half"))
		return broken
	}})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("%d files are left", len(left))
	}
	if _, err := Keep(filepath.Join(folder, "gone"), SaveParams{Name: "a.png", Write: func(io.Writer) error { return nil }}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there gives %v", err)
	}
}

// A table must come back as it was: cells with separators, quotes and new lines too.
func TestTable_CSVReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`[a-z0-9;",' \n\x{e9}]{0,12}`)
		row := rapid.SliceOfN(cell, 3, 3)
		table := Table{Columns: []string{"a", "b", "c"}, Rows: rapid.SliceOf(row).Draw(t, "rows")}
		var file bytes.Buffer
		if err := table.CSV(&file); err != nil {
			t.Fatal(err)
		}
		text, marked := strings.CutPrefix(file.String(), "\ufeff")
		in := csv.NewReader(strings.NewReader(text))
		in.Comma = ';'
		got, err := in.ReadAll()
		if !marked || err != nil || !slices.EqualFunc(got, append([][]string{table.Columns}, table.Rows...), slices.Equal[[]string]) {
			t.Errorf("%q gives %q, mark %v, %v", table, got, marked, err)
		}
	})
}

func TestTable_NoFormula(t *testing.T) {
	table := Table{Columns: []string{"=1+1"}, Rows: [][]string{{"-12,7"}, {"-1+2"}, {"@sum"}, {"26220,5"}, {"a\tb\nc"}}}
	if got, want := table.Tabbed(), "'=1+1\n-12,7\n'-1+2\n'@sum\n26220,5\na b c\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestTools(t *testing.T) {
	env := func(set ...string) func(string) string {
		return func(name string) string {
			if slices.Contains(set, name) {
				return "x"
			}
			return ""
		}
	}
	for _, c := range []struct {
		system string
		env    func(string) string
		want   []string
	}{
		{"linux", env(), nil},
		{"linux", env("DISPLAY"), []string{"xclip"}},
		{"linux", env("DISPLAY", "WAYLAND_DISPLAY"), []string{"wl-copy", "xclip"}},
		{"windows", env(), []string{"powershell.exe"}},
		{"darwin", env(), []string{"osascript"}},
	} {
		var got []string
		for _, x := range tools(c.system, c.env) {
			got = append(got, x.name)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.system, got, c.want)
		}
	}
}

// A tool gets the picture, through its input or a file; one that hangs is ended.
func TestPut(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no shell")
	}
	out := filepath.Join(t.TempDir(), "out")
	for name, x := range map[string]tool{
		"input": {name: "sh", args: []string{"-c", "cat >" + out}, input: true},
		"file":  {name: "sh", args: []string{"-c", "cat \"$" + envImage + "\" >" + out}},
	} {
		if err := x.put(t.Context(), []byte(name)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got, _ := os.ReadFile(out); string(got) != name {
			t.Errorf("%s: the tool got %q", name, got)
		}
	}
	ctx, stop := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer stop()
	if err := (tool{name: "sleep", args: []string{"60"}}).put(ctx, nil); err == nil {
		t.Error("a tool that hangs is waited for")
	}
}
