package house

import (
	"go/ast"
	"path/filepath"
	"slices"
	"testing"
)

// Limits of the house, in files and lines.
const (
	maxFiles         = 15
	maxFileLines     = 400
	maxFunctionLines = 60
)

// longFunctions, longFiles and fullRooms are the accepted exceptions:
// "room/file.go:Func", "room/file.go" or "room", each with its reason.
var (
	longFunctions = map[string]string{}
	longFiles     = map[string]string{}
	fullRooms     = map[string]string{
		"internal/store": "19 files: each kind of record is a file of methods of one Store, and all share its transactions; what needs none of those is in rooms below it",
	}
)

func TestPackagesAreSmall(t *testing.T) {
	for _, p := range ours(t) {
		n := len(p.files())
		if slices.ContainsFunc(p.files(), func(f string) bool { return filepath.Base(f) == "doc.go" }) {
			n-- // it holds the package's description, no code
		}
		if n <= maxFiles && fullRooms[p.room()] != "" {
			t.Errorf("the exception %s is no longer needed", p.room())
		}
		if n > maxFiles && fullRooms[p.room()] == "" {
			t.Errorf("%s has %d files, %d are accepted", p.room(), n, maxFiles)
		}
	}
}

func TestFilesAndFunctionsAreShort(t *testing.T) {
	met := map[string]bool{}
	for _, s := range sources(t) {
		if n := lines(t, s.name); n > maxFileLines {
			if longFiles[s.name] == "" {
				t.Errorf("%s has %d lines, %d are accepted", s.name, n, maxFileLines)
			}
			met[s.name] = true
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			name := s.name + ":" + f.Name.Name
			if n := s.line(f.End()) - s.line(f.Pos()) + 1; n > maxFunctionLines {
				if longFunctions[name] == "" {
					t.Errorf("%s has %d lines, %d are accepted", name, n, maxFunctionLines)
				}
				met[name] = true
			}
		}
	}
	for _, list := range []map[string]string{longFiles, longFunctions} {
		for name := range list {
			if !met[name] {
				t.Errorf("the exception %s is no longer needed", name)
			}
		}
	}
}
