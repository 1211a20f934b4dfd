package house

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// required finds the direct requirements of a go.mod: module and version.
var required = regexp.MustCompile(`(?m)^\t(\S+) (v\S+)$`)

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Each direct dependency has its reason, at the version that is used.
func TestDependenciesAreDocumented(t *testing.T) {
	doc := read(t, "docs/dependencies.md")
	direct := required.FindAllStringSubmatch(read(t, "go.mod"), -1)
	if len(direct) < 5 {
		t.Fatalf("only %d direct requirements found in go.mod", len(direct))
	}
	for _, m := range direct {
		line := regexp.MustCompile(`(?m)^.*` + regexp.QuoteMeta(m[1]) + `\b.*$`).FindString(doc)
		if !strings.Contains(line, m[2]) {
			t.Errorf("docs/dependencies.md does not name %s %s", m[1], m[2])
		}
	}
}

// What our code imports is a direct requirement, not one that a library of ours
// happens to bring.
func TestImportsAreDirect(t *testing.T) {
	var direct []string
	for _, m := range required.FindAllStringSubmatch(read(t, "go.mod"), -1) {
		direct = append(direct, m[1])
	}
	for _, p := range ours(t) {
		for _, imported := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			host, _, _ := strings.Cut(imported, "/")
			if !strings.Contains(host, ".") {
				continue // standard library, or ours
			}
			if !within(imported, direct) {
				t.Errorf("%s imports %s, which go.mod does not require directly", p.room(), imported)
			}
		}
	}
}

func within(imported string, modules []string) bool {
	for _, m := range modules {
		if imported == m || strings.HasPrefix(imported, m+"/") {
			return true
		}
	}
	return false
}
