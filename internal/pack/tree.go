package pack

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
)

// tree is what a pack says, without the files that it is spread over: areas,
// sorts of entries, entries by their ids, and what an entry says. A leaf has no
// kids.
type tree struct {
	text string
	kids map[string]*tree
}

func (t *tree) at(names ...string) *tree {
	for _, name := range names {
		if t.kids == nil {
			t.kids = map[string]*tree{}
		}
		if t.kids[name] == nil {
			t.kids[name] = &tree{}
		}
		t = t.kids[name]
	}
	return t
}

// Areas of a pack that differ in how they are written.
const (
	areaPack  = "pack"
	areaTexts = "texts"
	areaSites = "sites"
)

// read gives the tree of a pack that a strict reader has read before.
func read(files fs.FS) (*tree, error) {
	root := &tree{}
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		area, _, inFolder := strings.Cut(name, "/")
		if !inFolder {
			area = strings.TrimSuffix(name, path.Ext(name))
		}
		if path.Ext(name) == ".csv" {
			return readTable(root.at(area), name, data)
		}
		var said map[string]any
		if err := toml.Unmarshal(data, &said); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		switch {
		case area == areaTexts:
			readTexts(root.at(area, "text"), name, said)
		case area == areaSites:
			put(root.at(area, "site", leaf(said["id"])), said)
		default:
			readEntries(root.at(area), name, said)
		}
		return nil
	})
	return root, err
}

// readTexts reads texts/<language>.toml and texts/<language>/*.toml.
func readTexts(into *tree, name string, said map[string]any) {
	language, _, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(name, areaTexts+"/"), ".toml"), "/")
	for key, text := range said {
		into.at(key, language).text = leaf(text)
	}
}

// readEntries reads lists of entries; what stands beside them is an entry of the
// file's own.
func readEntries(into *tree, name string, said map[string]any) {
	for key, v := range said {
		if list := tables(v); list != nil {
			putList(into.at(key), list)
			continue
		}
		put(into.at("file", strings.TrimSuffix(path.Base(name), path.Ext(name)), key), v)
	}
}

func readTable(into *tree, name string, data []byte) error {
	rows, err := csv.NewReader(strings.NewReader(string(data))).ReadAll()
	if err != nil || len(rows) == 0 {
		return fmt.Errorf("%s: %w", name, cmp.Or(err, fs.ErrInvalid))
	}
	sort := strings.TrimSuffix(path.Base(name), ".csv")
	for _, row := range rows[1:] {
		for i, column := range rows[0] {
			if i > 0 && row[i] != "" {
				into.at(sort, row[0], column).text = row[i]
			}
		}
	}
	return nil
}

func put(into *tree, v any) {
	if table, ok := v.(map[string]any); ok {
		for key, inner := range table {
			put(into.at(key), inner)
		}
		return
	}
	if list := tables(v); list != nil {
		putList(into, list)
		return
	}
	into.text = leaf(v)
}

func putList(into *tree, list []map[string]any) {
	seen := map[string]int{}
	for _, entry := range list {
		id := identity(entry)
		if seen[id]++; seen[id] > 1 || id == "" {
			id = fmt.Sprintf("%s#%d", id, seen[id])
		}
		put(into.at(id), entry)
	}
}

// identities are the keys that tell one entry of a list from the others.
var identities = [][]string{{"id"}, {"field"}, {"currency", "as_of"}, {"from"}, {"status"}, {"kind", "as_of"}}

// identity tells an entry from its neighbours, as a reader would; "" where only
// its place does.
func identity(entry map[string]any) string {
	for _, keys := range identities {
		var parts []string
		for _, k := range keys {
			if v, ok := entry[k].(string); ok {
				parts = append(parts, v)
			}
		}
		if len(parts) == len(keys) {
			return strings.Join(parts, " ")
		}
	}
	return ""
}

// tables is v as a list of tables, nil where it is something else.
func tables(v any) []map[string]any {
	list, ok := v.([]any)
	if !ok {
		return nil
	}
	var out []map[string]any
	for _, item := range list {
		table, ok := item.(map[string]any)
		if !ok {
			return nil
		}
		out = append(out, table)
	}
	return out
}

func leaf(v any) string {
	list, ok := v.([]any)
	if !ok {
		return fmt.Sprint(v)
	}
	parts := make([]string, len(list))
	for i, item := range list {
		parts[i] = leaf(item)
	}
	return strings.Join(parts, ", ")
}

// names are those of the kids of both, in order.
func names(a, b *tree) []string {
	var all []string
	for _, t := range []*tree{a, b} {
		for name := range t.kids {
			if t == a || a.kids[name] == nil {
				all = append(all, name)
			}
		}
	}
	slices.Sort(all)
	return all
}
