package rules

import (
	"maps"
	"slices"
	"strings"
)

// valueBlank is where a text takes a value that the user may change.
const valueBlank = "{{.value}}"

// readTexts reads the texts of each language and checks that they are exactly
// those that the entries of the pack need.
func (l *loader) readTexts() *Fault {
	if fault := l.strayTexts(); fault != nil {
		return fault
	}
	for _, lang := range l.pack.Languages {
		texts, places := map[string]string{}, map[string]Pos{}
		l.pack.Texts[lang] = texts
		name := "texts/" + lang + ".toml"
		read := func(d *decoder, root *node) { l.language(d, root, texts, places) }
		if fault := l.each(append([]string{name}, l.in("texts/"+lang)...), read); fault != nil {
			return fault
		}
		if fault := l.missingText(name, texts); fault != nil {
			return fault
		}
	}
	return nil
}

// strayTexts refuses texts in a language that the pack does not have.
func (l *loader) strayTexts() *Fault {
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		rest, isText := strings.CutPrefix(name, "texts/")
		lang, _, inFolder := strings.Cut(rest, "/")
		if !inFolder {
			lang = strings.TrimSuffix(rest, ".toml")
		}
		if isText && !slices.Contains(l.pack.Languages, lang) {
			return newFault(name, 0, "unknown_file", name, "texts/"+strings.Join(l.pack.Languages, ".toml, texts/")+".toml")
		}
	}
	return nil
}

// language reads one file of texts into what the language has so far.
func (l *loader) language(d *decoder, root *node, into map[string]string, places map[string]Pos) {
	t := table{root, d}
	for _, key := range root.keys {
		line := t.lineOf(key)
		if first, twice := places[key]; twice {
			d.refuse(line, "duplicate_key", key, at(first))
		}
		into[key], places[key] = t.optional(key), Pos{d.file, line}
		if _, needed := l.texts[key]; !needed {
			d.refuse(line, "unknown_text", key, "param.<id>, reading.<id>, condition.<id>, …")
		}
		if l.blanks[key] && !strings.Contains(into[key], valueBlank) {
			d.refuse(line, "missing_blank", key, valueBlank)
		}
	}
}

// missingText names the entry that needs a text the language does not have.
func (l *loader) missingText(name string, texts map[string]string) *Fault {
	for _, k := range slices.Sorted(maps.Keys(l.texts)) {
		if _, ok := texts[k]; !ok {
			return newFault(l.texts[k].File, l.texts[k].Line, "missing_text", k, `"`+k+`" = "…" (`+name+")")
		}
	}
	return nil
}
