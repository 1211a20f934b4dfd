package house

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/credits"
)

// linkedOn lists the modules that the program links on a system, with versions.
func linkedOn(t *testing.T, system string) map[string]string {
	t.Helper()
	tags := buildTags.FindStringSubmatch(read(t, "scripts/lib.sh"))
	if tags == nil {
		t.Fatal("scripts/lib.sh sets no TAGS")
	}
	cmd := exec.Command("go", "list", "-deps", "-tags", tags[1], "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "./cmd/app")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v", system, err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if path, version, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
			found[path] = version
		}
	}
	if len(found) < 20 {
		t.Fatalf("%s: only %d modules found", system, len(found))
	}
	return found
}

// Each module that the program links stands in the book of licences at its
// version, and nothing stands there that it does not link: tools/licences writes
// it anew.
func TestLicencesAreThoseOfTheProgram(t *testing.T) {
	book, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]string{}
	for _, c := range book.Components {
		if c.Kind == credits.Module {
			said[c.Name] = c.Version
		}
	}
	linked := map[string]bool{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		for path, version := range linkedOn(t, system) {
			linked[path] = true
			if said[path] != version {
				t.Errorf("%s links %s %s, assets/licences has %q: run tools/licences", system, path, version, said[path])
			}
		}
	}
	for path := range said {
		if !linked[path] {
			t.Errorf("assets/licences has %s, which no build links: run tools/licences", path)
		}
	}
}
