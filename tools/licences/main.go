// Command licences gathers assets/licences: what the program is made of beside
// itself, and under which terms. It reads the module cache and needs no network
// once `go mod download` was run.
//
//	go run -C tools ./licences TAGS
//
// TAGS are the build tags of scripts/lib.sh. What is linked differs by system, so
// it asks for each.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	root = ".."
	into = "assets/licences"
)

// component is one row of index.json.
type component struct {
	Kind    string   `json:"kind"` // "module", "language", "font", "map"
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Licence string   `json:"licence"` // SPDX expression
	Credit  string   `json:"credit,omitempty"`
	Home    string   `json:"home"`
	Systems []string `json:"systems,omitempty"` // GOOS; none: all of them
	Texts   []string `json:"texts"`             // files below texts
}

// module is what `go list` says of one.
type module struct {
	Path, Version, Dir string
	Main               bool
}

var systems = []string{"linux", "windows", "darwin"}

// legal is how a file with terms is named.
var legal = regexp.MustCompile(`(?i)^((licen[sc]e|copying|notice|unlicense|patents|ofl)([._-].*)?|ftl\.txt|gpl\.txt)$`)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run -C tools ./licences TAGS")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(tags string) error {
	target := filepath.Join(root, into)
	if err := os.RemoveAll(filepath.Join(target, "texts")); err != nil {
		return err
	}
	all, err := builtIn(target)
	if err != nil {
		return err
	}
	mods, on, err := linked(tags)
	if err != nil {
		return err
	}
	for _, m := range mods {
		c, err := describe(target, m)
		if err != nil {
			return err
		}
		if len(on[m.Path]) < len(systems) {
			c.Systems = on[m.Path]
		}
		all = append(all, c)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(target, "index.json"), out.Bytes(), 0o644)
}

// linked lists the modules that the program links on any system, by path, and on
// which.
func linked(tags string) ([]module, map[string][]string, error) {
	found, on := map[string]module{}, map[string][]string{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-deps", "-tags", tags, "-json=Module", "./cmd/app")
		cmd.Dir = root
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, nil, err
		}
		for dec := json.NewDecoder(bytes.NewReader(out)); ; {
			var p struct{ Module *module }
			if err := dec.Decode(&p); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, nil, err
			}
			if p.Module == nil || p.Module.Main || slices.Contains(on[p.Module.Path], system) {
				continue
			}
			found[p.Module.Path] = *p.Module
			on[p.Module.Path] = append(on[p.Module.Path], system)
		}
	}
	mods := make([]module, 0, len(found))
	for _, m := range found {
		mods = append(mods, m)
	}
	slices.SortFunc(mods, func(a, b module) int { return strings.Compare(a.Path, b.Path) })
	return mods, on, nil
}

// describe copies the terms of a module and names them.
func describe(target string, m module) (component, error) {
	c := component{Kind: "module", Name: m.Path, Version: m.Version, Home: "https://pkg.go.dev/" + m.Path}
	var main string
	err := filepath.WalkDir(m.Dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); name == "testdata" || name == "cmd" || strings.HasPrefix(name, ".") && file != m.Dir { // none of it is linked
				return fs.SkipDir
			}
			return nil
		}
		if !legal.MatchString(d.Name()) {
			return nil
		}
		rel, err := filepath.Rel(m.Dir, file)
		if err != nil {
			return err
		}
		text, err := keep(target, path.Join(m.Path, filepath.ToSlash(rel)), file)
		if err == nil && filepath.Dir(file) == m.Dir {
			main += text
		}
		c.Texts = append(c.Texts, path.Join(m.Path, filepath.ToSlash(rel)))
		return err
	})
	if err != nil {
		return c, err
	}
	if c.Licence = name(m.Path, main); c.Licence == "" {
		return c, fmt.Errorf("%s: terms not recognised: read them and add the module to `read` in tools/licences", m.Path)
	}
	return c, nil
}

// keep copies a text as a person reads it: in UTF-8, with the line ends of this
// repository, without tabs and without blanks at the end of lines.
func keep(target, name, file string) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	text := string(raw)
	if !utf8.Valid(raw) { // the few that are not are in Latin-1
		runes := make([]rune, len(raw))
		for i, b := range raw {
			runes[i] = rune(b)
		}
		text = string(runes)
	}
	text = strings.NewReplacer("\ufeff", "", "\r\n", "\n", "\t", "    ", "\f", "").Replace(text)
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	text = strings.Trim(strings.Join(lines, "\n"), "\n") + "\n"
	to := filepath.Join(target, "texts", filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return "", err
	}
	return text, os.WriteFile(to, []byte(text), 0o644)
}
