package rules

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

// MaxFileSize bounds what is read of one file of a pack, in bytes.
const MaxFileSize = 1 << 20

const packFile = "pack.toml"

// Formats of a pack. A pack of format 1 is read for ever: what was saved under
// it is computed again under it.
const (
	formatRules = 1 // rules alone
	formatFacts = 2 // with facts and what sites are compared by
)

// layout is which files a format has. Files beside pack.toml are in reading
// order: an entry may only refer to what is read before it.
type layout struct {
	files   []string
	folders []string // their files *.toml; "*" stands for a language
	kept    []string // folders of files that another room reads; optional
}

// Folders that other rooms read: the figures of the sector, what is needed to ask
// for the benefits, and how far a simulation is moved to ask what if. Here they
// are only kept and counted in the identity of the pack.
const (
	figuresFolder     = "figures"
	formalitiesFolder = "formalities"
	scenariosFolder   = "scenarios"
)

var layouts = map[int]layout{
	formatRules: {
		files: []string{
			"sources.toml", "readings.toml", "conditions.toml", "exclusions.toml", "segments.toml", "regions.toml", "presets.toml",
		},
		folders: []string{"rules", "sites", "texts"},
	},
	formatFacts: {
		files: []string{
			"sources.toml", "readings.toml", "conditions.toml", "exclusions.toml", "segments.toml", "fields.toml",
			"regions.toml", "presets.toml", "criteria.toml",
		},
		folders: []string{"rules", "sites", "sources", "texts", "texts/*"},
		kept:    []string{figuresFolder, formalitiesFolder, scenariosFolder},
	},
}

// accepts tells whether a file has a place in the format.
func (y layout) accepts(name string) bool {
	if name == packFile || slices.Contains(y.files, name) {
		return true
	}
	dir, base := path.Split(name)
	if slices.Contains(y.kept, strings.TrimSuffix(dir, "/")) {
		return true
	}
	if !strings.HasSuffix(base, ".toml") || base == ".toml" {
		return false
	}
	return slices.ContainsFunc(y.folders, func(folder string) bool {
		match, err := path.Match(folder, strings.TrimSuffix(dir, "/"))
		return err == nil && match
	})
}

func (y layout) String() string {
	all := packFile + ", " + strings.Join(y.folders, "/*.toml, ") + "/*.toml, " + among(y.files)
	for _, folder := range y.kept {
		all += ", " + folder + "/*"
	}
	return all
}

// Load reads and checks the pack whose pack.toml is at the root of fsys. A pack
// that is refused gives a *Fault; a file that cannot be read gives the error of fsys.
func Load(fsys fs.FS) (*Pack, error) {
	format, err := readFormat(fsys)
	if err != nil {
		return nil, err
	}
	files, err := readFiles(fsys, layouts[format])
	if err != nil {
		return nil, err
	}
	l := loader{
		files: files,
		pack: &Pack{
			Format: format, SHA256: Hash(files), Params: map[string]*Param{}, Sources: map[string]Source{},
			Texts:   map[string]map[string]string{},
			Figures: kept(files, figuresFolder), FigureTexts: map[string]map[string]Pos{},
			Formalities: kept(files, formalitiesFolder), FormalityTexts: map[string]map[string]Pos{},
			Scenarios: kept(files, scenariosFolder), ScenarioTexts: map[string]map[string]Pos{},
		},
		texts: map[string]Pos{}, mayBe: map[string]bool{}, ids: map[string]Pos{}, blanks: map[string]bool{},
	}
	if fault := l.read(); fault != nil {
		return nil, fault
	}
	return l.pack, nil
}

// kept gives the files of a folder that another room reads.
func kept(files map[string][]byte, folder string) map[string][]byte {
	in := map[string][]byte{}
	for name, data := range files {
		if path.Dir(name) == folder {
			in[name] = data
		}
	}
	return in
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

// readFormat looks at the format before anything else, because what may stand
// in a pack depends on it.
func readFormat(fsys fs.FS) (int, error) {
	info, err := fs.Stat(fsys, packFile)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, newFault(packFile, 0, "missing_file", packFile, packFile)
	}
	if err != nil {
		return 0, fmt.Errorf("rule pack: %w", err)
	}
	data, err := readFile(fsys, packFile, info)
	if err != nil {
		return 0, err
	}
	root, fault := parseTree(packFile, data)
	if fault != nil {
		return 0, fault
	}
	n := root.fields["format"]
	switch {
	case n == nil:
		return formatRules, nil
	case n.kind != kindInteger || n.text != fmt.Sprint(formatFacts):
		return 0, newFault(packFile, n.line, "unknown_format", n.text, fmt.Sprintf("format = %d", formatFacts))
	default:
		return formatFacts, nil
	}
}

// readFiles reads every file of the pack; one with no place in it is refused.
func readFiles(fsys fs.FS, accepted layout) (map[string][]byte, error) {
	files := map[string][]byte{}
	err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("rule pack: %w", err)
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular() || !accepted.accepts(name):
			return newFault(name, 0, "unknown_file", name, accepted.String())
		}
		info, err := entry.Info()
		if err != nil {
			return fmt.Errorf("rule pack: %w", err)
		}
		files[name], err = readFile(fsys, name, info)
		return err
	})
	return files, err
}

func readFile(fsys fs.FS, name string, info fs.FileInfo) ([]byte, error) {
	if info.Size() > MaxFileSize {
		return nil, newFault(name, 0, "too_large", fmt.Sprint(info.Size()), fmt.Sprintf("<= %d", MaxFileSize))
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("rule pack: %w", err)
	}
	return data, nil
}

// loader builds one pack. Texts that entries need are collected on the way and
// checked last, in each language of the pack.
type loader struct {
	files  map[string][]byte
	pack   *Pack
	texts  map[string]Pos  // text key -> the first entry that needs it
	mayBe  map[string]bool // text keys that a pack may have or not
	blanks map[string]bool // text keys whose text must have the blank {{.value}}
	ids    map[string]Pos  // "site fes-shore" -> where it was read
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
	if fault := l.file(packFile, l.readPack); fault != nil {
		return fault
	}
	for _, name := range layouts[l.pack.Format].files {
		if fault := l.readEntries(name); fault != nil {
			return fault
		}
	}
	if fault := l.readTexts(); fault != nil {
		return fault
	}
	l.pack.VerifiedOn = oldestVerified(l.pack.Params)
	return nil
}

// readEntries reads one of the fixed files, and the folder that goes with it:
// sources before what cites them, parameters before the conditions that name
// them, sites once all that they refer to is read.
func (l *loader) readEntries(name string) *Fault {
	readers := map[string]func(*decoder, *node){
		"sources.toml": l.readSources, "readings.toml": l.readReadings, "conditions.toml": l.readConditions,
		"exclusions.toml": l.readExclusions, "segments.toml": l.readSegments, "fields.toml": l.readFields,
		"regions.toml": l.readRegions, "presets.toml": l.readPresets, "criteria.toml": l.readCriteria,
	}
	if name == "conditions.toml" {
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
	switch name {
	case "sources.toml":
		return l.each(l.in("sources"), l.readSources)
	case "presets.toml":
		return l.folder("sites", l.readSite)
	default:
		return nil
	}
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
	return l.each(names, read)
}

func (l *loader) each(names []string, read func(*decoder, *node)) *Fault {
	for _, name := range names {
		if fault := l.file(name, read); fault != nil {
			return fault
		}
	}
	return nil
}

// in gives the files that stand in a folder, in path order.
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
