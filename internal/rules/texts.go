package rules

import (
	"slices"
	"strings"
)

// readTexts reads the texts of each language and checks that they are exactly
// those that the entries of the pack need.
func (l *loader) readTexts() *Fault {
	for _, name := range l.in("texts") {
		lang := strings.TrimSuffix(strings.TrimPrefix(name, "texts/"), ".toml")
		if !slices.Contains(l.pack.Languages, lang) {
			return newFault(name, 0, "unknown_file", name, "texts/"+strings.Join(l.pack.Languages, ".toml, texts/")+".toml")
		}
	}
	for _, lang := range l.pack.Languages {
		texts := map[string]string{}
		l.pack.Texts[lang] = texts
		name := "texts/" + lang + ".toml"
		if fault := l.file(name, func(d *decoder, root *node) { l.language(d, root, texts) }); fault != nil {
			return fault
		}
		if fault := l.missingText(name, texts); fault != nil {
			return fault
		}
	}
	return nil
}

func (l *loader) language(d *decoder, root *node, into map[string]string) {
	t := table{root, d}
	for _, key := range root.keys {
		into[key] = t.optional(key)
		if _, needed := l.texts[key]; !needed {
			d.refuse(t.lineOf(key), "unknown_text", key, "param.<id>, reading.<id>, condition.<id>, …")
		}
	}
}

// missingText names the entry that needs a text the language does not have.
func (l *loader) missingText(name string, texts map[string]string) *Fault {
	keys := make([]string, 0, len(l.texts))
	for k := range l.texts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		if _, ok := texts[k]; !ok {
			return newFault(l.texts[k].File, l.texts[k].Line, "missing_text", k, `"`+k+`" = "…" (`+name+")")
		}
	}
	return nil
}
