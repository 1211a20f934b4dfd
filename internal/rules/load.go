package rules

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

// maxFileSize bounds what is read of one file of a pack, in bytes.
const maxFileSize = 1 << 20

const packFile = "pack.toml"

// entryFiles are the fixed files beside pack.toml, in reading order: an entry
// may only refer to what is read before it.
var entryFiles = []string{
	"sources.toml", "readings.toml", "conditions.toml", "exclusions.toml", "segments.toml", "regions.toml", "presets.toml",
}

// Load reads and checks the pack whose pack.toml is at the root of fsys. A pack
// that is refused gives a *Fault; a file that cannot be read gives the error of fsys.
func Load(fsys fs.FS) (*Pack, error) {
	files, err := readFiles(fsys)
	if err != nil {
		return nil, err
	}
	l := loader{
		files: files,
		pack: &Pack{
			SHA256: Hash(files), Params: map[string]*Param{}, Sources: map[string]Source{},
			Texts: map[string]map[string]string{},
		},
		texts: map[string]Pos{}, ids: map[string]Pos{},
	}
	if fault := l.read(); fault != nil {
		return nil, fault
	}
	return l.pack, nil
}

// Hash is the SHA-256, in hex, over the files in path order: path, a zero byte,
// the length as eight bytes (big endian), the content.
func Hash(files map[string][]byte) string {
	paths := make([]string, 0, len(files))
	for p := range files {
		paths = append(paths, p)
	}
	slices.Sort(paths)
	h := sha256.New()
	for _, p := range paths {
		h.Write([]byte(p))
		h.Write([]byte{0})
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(files[p]))))
		h.Write(files[p])
	}
	return hex.EncodeToString(h.Sum(nil))
}

// readFiles reads every file of the pack; one with no place in it is refused.
func readFiles(fsys fs.FS) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("rule pack: %w", err)
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular() || !knownFile(name):
			return newFault(name, 0, "unknown_file", name,
				packFile+", rules/*.toml, sites/*.toml, texts/*.toml, "+among(entryFiles))
		}
		info, err := entry.Info()
		if err != nil {
			return fmt.Errorf("rule pack: %w", err)
		}
		if info.Size() > maxFileSize {
			return newFault(name, 0, "too_large", fmt.Sprint(info.Size()), fmt.Sprintf("<= %d", maxFileSize))
		}
		files[name], err = fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("rule pack: %w", err)
		}
		return nil
	})
	return files, err
}

func knownFile(name string) bool {
	dir, base := path.Split(name)
	switch dir {
	case "rules/", "sites/", "texts/":
		return strings.HasSuffix(base, ".toml") && base != ".toml"
	default:
		return name == packFile || slices.Contains(entryFiles, name)
	}
}

// loader builds one pack. Texts that entries need are collected on the way and
// checked last, in each language of the pack.
type loader struct {
	files map[string][]byte
	pack  *Pack
	texts map[string]Pos // text key -> the first entry that needs it
	ids   map[string]Pos // "site fes-shore" -> where it was read
}

func (l *loader) needText(from Pos, keys ...string) {
	for _, k := range keys {
		if _, known := l.texts[k]; !known {
			l.texts[k] = from
		}
	}
}

// once refuses the second entry of a sort with the same id.
func (l *loader) once(t table, sort, id string) {
	if first, twice := l.ids[sort+" "+id]; twice {
		t.d.refuse(t.lineOf("id"), "duplicate_id", id, at(first))
		return
	}
	l.ids[sort+" "+id] = t.pos()
}

func at(p Pos) string { return fmt.Sprintf("1 × (%s:%d)", p.File, p.Line) }

func (l *loader) read() *Fault {
	readers := map[string]func(*decoder, *node){
		"sources.toml": l.readSources, "readings.toml": l.readReadings, "conditions.toml": l.readConditions,
		"exclusions.toml": l.readExclusions, "segments.toml": l.readSegments, "regions.toml": l.readRegions,
		"presets.toml": l.readPresets,
	}
	if fault := l.file(packFile, l.readPack); fault != nil {
		return fault
	}
	for _, name := range entryFiles {
		if name == "conditions.toml" { // conditions name parameters, so these come first
			if fault := l.folder("rules", l.params); fault != nil {
				return fault
			}
			if fault := l.checkRequired(); fault != nil {
				return fault
			}
		}
		if fault := l.file(name, readers[name]); fault != nil {
			return fault
		}
	}
	if fault := l.folder("sites", l.readSite); fault != nil {
		return fault
	}
	if fault := l.readTexts(); fault != nil {
		return fault
	}
	l.pack.VerifiedOn = oldestVerified(l.pack.Params)
	return nil
}

// file reads one obligatory file.
func (l *loader) file(name string, read func(*decoder, *node)) *Fault {
	data, ok := l.files[name]
	if !ok {
		return newFault(name, 0, "missing_file", name, name)
	}
	root, fault := parseTree(name, data)
	if fault != nil {
		return fault
	}
	d := &decoder{file: name}
	read(d, root)
	return d.fault
}

// folder reads every file of a folder, in path order; at least one.
func (l *loader) folder(dir string, read func(*decoder, *node)) *Fault {
	names := l.in(dir)
	if len(names) == 0 {
		return newFault(dir, 0, "missing_file", dir, dir+"/*.toml")
	}
	for _, name := range names {
		if fault := l.file(name, read); fault != nil {
			return fault
		}
	}
	return nil
}

func (l *loader) in(dir string) []string {
	var names []string
	for name := range l.files {
		if path.Dir(name) == dir {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (l *loader) checkRequired() *Fault {
	for _, r := range Required {
		if l.pack.Params[r.ID] == nil {
			return newFault("rules", 0, "missing_param", r.ID, r.ID+" ("+r.Unit+")")
		}
	}
	last := l.pack.Params["regime.last"]
	for _, first := range l.pack.Params["regime.first"].Dated {
		for _, end := range last.Dated {
			if first.Num > end.Num {
				return newFault(last.Pos.File, last.Pos.Line, "regime_order", end.Raw, ">= "+first.Raw)
			}
		}
	}
	return nil
}

// oldestVerified is the oldest check of a value in force: a pack is as fresh as
// its stalest value.
func oldestVerified(params map[string]*Param) domain.Date {
	var oldest domain.Date
	for _, p := range params {
		for _, v := range p.Dated {
			if v.Status == InForce && (oldest == "" || v.VerifiedOn < oldest) {
				oldest = v.VerifiedOn
			}
		}
	}
	return oldest
}
