package rules

import (
	"maps"
	"slices"
	"strings"
)

// valueBlank is where a text takes a value that the user may change.
const valueBlank = "{{.value}}"

// Beginnings of the keys of texts that belong to the figures, the formalities and
// the scenarios. Whether one is missing or not needed is for those who read these.
const (
	figureText    = "figure."
	formalityText = "formality."
	scenarioText  = "scenario."
)

// TextsIn gives the texts in a language, or where the pack does not have it those in
// its first: a pack of an agency in one language is shown in that one, not as gaps.
func (p *Pack) TextsIn(lang string) map[string]string {
	if texts, ok := p.Texts[lang]; ok {
		return texts
	}
	return p.Texts[p.Languages[0]]
}

// readTexts reads the texts of each language and checks that they are exactly
// those that the entries of the pack need.
func (l *loader) readTexts() *Fault {
	if fault := l.strayTexts(); fault != nil {
		return fault
	}
	for _, lang := range l.pack.Languages {
		texts, places := map[string]string{}, map[string]Pos{}
		l.pack.Texts[lang] = texts
		l.pack.FigureTexts[lang], l.pack.FormalityTexts[lang] = map[string]Pos{}, map[string]Pos{}
		l.pack.ScenarioTexts[lang] = map[string]Pos{}
		name := "texts/" + lang + ".toml"
		read := func(d *decoder, root *node) { l.language(d, root, lang, places) }
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
func (l *loader) language(d *decoder, root *node, lang string, places map[string]Pos) {
	t, into := table{root, d}, l.pack.Texts[lang]
	for _, key := range root.keys {
		line := t.lineOf(key)
		if first, twice := places[key]; twice {
			d.refuse(line, "duplicate_key", key, at(first))
		}
		into[key], places[key] = t.optional(key), Pos{d.file, line}
		if others := l.othersTexts(lang, key); others != nil {
			others[key] = places[key]
		} else if _, needed := l.texts[key]; !needed && !l.mayBe[key] {
			d.refuse(line, "unknown_text", key, "param.<id>, reading.<id>, condition.<id>, …")
		}
		if l.blanks[key] && !strings.Contains(into[key], valueBlank) {
			d.refuse(line, "missing_blank", key, valueBlank)
		}
	}
}

// othersTexts is where the key of a text is noted that another room asks for, nil
// for a text of the rules.
func (l *loader) othersTexts(lang, key string) map[string]Pos {
	switch {
	case strings.HasPrefix(key, figureText) && len(l.pack.Figures) > 0:
		return l.pack.FigureTexts[lang]
	case strings.HasPrefix(key, formalityText) && len(l.pack.Formalities) > 0:
		return l.pack.FormalityTexts[lang]
	case strings.HasPrefix(key, scenarioText) && len(l.pack.Scenarios) > 0:
		return l.pack.ScenarioTexts[lang]
	default:
		return nil
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
