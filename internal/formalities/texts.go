package formalities

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"atlasp2i/internal/rules"
)

var blank = regexp.MustCompile(`\{\{\.([a-zA-Z0-9]+)\}\}`)

// checkTexts refuses a text that is missing in a language, has not the blanks of
// its use, or is asked for by no entry.
func (l *loader) checkTexts() *rules.Fault {
	for _, key := range slices.Sorted(maps.Keys(l.texts)) {
		n := l.texts[key]
		if !strings.HasPrefix(key, textPrefix) {
			return rules.Refuse(n.from, "bad_form", key, textPrefix+"…")
		}
		for _, lang := range l.pack.Languages {
			text := l.pack.Texts[lang][key]
			if text == "" {
				return rules.Refuse(n.from, "missing_text", key, `"`+key+`" = "…" (texts/`+lang+")")
			}
			if !slices.Equal(blanksIn(text), n.blanks) {
				return rules.Refuse(l.pack.FormalityTexts[lang][key], "missing_blank", key, written(n.blanks))
			}
		}
	}
	for _, lang := range l.pack.Languages {
		places := l.pack.FormalityTexts[lang]
		for _, key := range slices.Sorted(maps.Keys(places)) {
			if _, asked := l.texts[key]; !asked {
				return rules.Refuse(places[key], "unknown_text", key, "formality.item.<id>.detail, formality.wording.<id>, …")
			}
		}
	}
	return nil
}

// blanksIn lists the blanks of a text, each once, sorted; nil where it has none.
func blanksIn(text string) []string {
	found := map[string]bool{}
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// written gives blanks as a text has them; a dash where it may have none.
func written(blanks []string) string {
	if len(blanks) == 0 {
		return "–"
	}
	return "{{." + strings.Join(blanks, "}}, {{.") + "}}"
}
