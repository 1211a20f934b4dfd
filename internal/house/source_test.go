package house

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

const module = "atlasp2i"

// root is the folder of go.mod, seen from this package.
const root = "../.."

// pkg is what the rules need of `go list`.
type pkg struct {
	ImportPath   string
	Dir          string
	Imports      []string
	TestImports  []string
	XTestImports []string
	Deps         []string
	GoFiles      []string
	CgoFiles     []string
	Ignored      []string `json:"IgnoredGoFiles"`
}

// room is the import path inside the module: "internal/calc".
func (p pkg) room() string { return strings.TrimPrefix(p.ImportPath, module+"/") }

// files are the Go files that are not tests, those of other systems included.
func (p pkg) files() []string {
	var out []string
	for _, list := range [][]string{p.GoFiles, p.CgoFiles, p.Ignored} {
		for _, f := range list {
			if !strings.HasSuffix(f, "_test.go") {
				out = append(out, f)
			}
		}
	}
	return out
}

// buildTags finds the one set of build tags, in the scripts that build.
var buildTags = regexp.MustCompile(`(?m)^TAGS=(\S+)$`)

var packages = sync.OnceValues(func() ([]pkg, error) {
	scripts, err := os.ReadFile(filepath.Join(root, "scripts/lib.sh"))
	if err != nil {
		return nil, err
	}
	tags := buildTags.FindSubmatch(scripts)
	if tags == nil {
		return nil, errors.New("scripts/lib.sh sets no TAGS")
	}
	cmd := exec.Command("go", "list", "-deps", "-tags", string(tags[1]),
		"-json=ImportPath,Dir,Imports,TestImports,XTestImports,Deps,GoFiles,CgoFiles,IgnoredGoFiles", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var ours []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			return ours, nil
		}
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(p.ImportPath, module+"/") {
			ours = append(ours, p)
		}
	}
})

// ours gives the packages of this module.
func ours(t *testing.T) []pkg {
	t.Helper()
	list, err := packages()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			t.Fatalf("go list: %s", failed.Stderr)
		}
		t.Fatal(err)
	}
	if len(list) < 5 {
		t.Fatalf("go list found only %d packages of %s", len(list), module)
	}
	return list
}

// source is one parsed Go file of the program, tests excluded.
type source struct {
	name string // path inside the module
	room string
	fset *token.FileSet
	file *ast.File
}

func (s source) line(p token.Pos) int { return s.fset.Position(p).Line }

func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	for _, p := range ours(t) {
		for _, name := range p.files() {
			fset := token.NewFileSet()
			path := filepath.Join(p.Dir, name)
			file, err := parser.ParseFile(fset, path, nil, parser.ParseComments|parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, source{name: p.room() + "/" + name, room: p.room(), fset: fset, file: file})
		}
	}
	return out
}

// lines counts the lines of a file of the module.
func lines(t *testing.T, name string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Count(string(raw), "\n")
}
