// Package credits is what the program is made of beside itself: the modules that
// it links, the fonts and the map, each at its version, with the terms it is used
// under. Tools/licences gathers them.
package credits

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Kind is what a component is.
type Kind string

// The kinds.
const (
	Module   Kind = "module"
	Language Kind = "language" // with its standard library
	Font     Kind = "font"
	Map      Kind = "map"
)

// Component is one thing that others made.
type Component struct {
	Kind    Kind     `json:"kind"`
	Name    string   `json:"name"`    // of a module its path
	Version string   `json:"version"` // of a module as in go.mod
	Licence string   `json:"licence"` // SPDX expression
	Credit  string   `json:"credit,omitempty"`
	Home    string   `json:"home"`
	Systems []string `json:"systems,omitempty"` // GOOS of the builds that hold it; none: all of them
	Texts   []string `json:"texts"`             // names for Book.Text
}

// Book is all components with their texts.
type Book struct {
	Components []Component
	files      fs.FS
}

// Load reads a folder that tools/licences made. It fails where a component names
// no licence or no text, or a text that is not there.
func Load(files fs.FS) (*Book, error) {
	raw, err := fs.ReadFile(files, "index.json")
	if err != nil {
		return nil, err
	}
	b := &Book{files: files}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b.Components); err != nil {
		return nil, fmt.Errorf("index.json: %w", err)
	}
	for _, c := range b.Components {
		if c.Name == "" || c.Version == "" || c.Licence == "" || len(c.Texts) == 0 {
			return nil, fmt.Errorf("index.json: %q lacks its name, version, licence or texts", c.Name)
		}
		for _, name := range c.Texts {
			if _, err := fs.Stat(files, path.Join("texts", name)); err != nil {
				return nil, err
			}
		}
	}
	return b, nil
}

// Find gives the component of that name, or the only one whose name ends so.
func (b *Book) Find(name string) (Component, bool) {
	var found []Component
	for _, c := range b.Components {
		if c.Name == name {
			return c, true
		}
		if strings.EqualFold(path.Base(c.Name), name) || strings.HasSuffix(c.Name, "/"+name) {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return Component{}, false
	}
	return found[0], true
}

// Text is the terms of a component in full, its texts one after the other.
func (b *Book) Text(c Component) (string, error) {
	var all []string
	for _, name := range c.Texts {
		raw, err := fs.ReadFile(b.files, path.Join("texts", name))
		if err != nil {
			return "", err
		}
		all = append(all, string(raw))
	}
	return strings.Join(all, "\n----\n\n"), nil
}
