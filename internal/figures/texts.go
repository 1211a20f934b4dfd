package figures

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/rules"
)

const textPrefix = "figure."

func at(p rules.Pos) string { return fmt.Sprintf("1 × (%s:%d)", p.File, p.Line) }

func (l *loader) needText(from rules.Pos, keys ...string) {
	for _, k := range keys {
		if _, known := l.texts[k]; !known {
			l.texts[k] = from
		}
	}
}

// needNames asks for the names of what a key speaks of.
func (l *loader) needNames(from rules.Pos, k Key) {
	l.needText(from, "figure.country."+k.Country, "figure.segment."+k.Segment, "figure.unit."+k.Unit)
}

// checkTexts refuses a text that is missing in a language, one that no entry
// asks for, and a key that is not a text of the figures.
func (l *loader) checkTexts() *rules.Fault {
	needed := slices.Sorted(maps.Keys(l.texts))
	for _, key := range needed {
		if !strings.HasPrefix(key, textPrefix) {
			return rules.Refuse(l.texts[key], "bad_form", key, textPrefix+"…")
		}
		for _, lang := range l.pack.Languages {
			if l.pack.Texts[lang][key] == "" {
				return rules.Refuse(l.texts[key], "missing_text", key, `"`+key+`" = "…" (texts/`+lang+")")
			}
		}
	}
	for _, lang := range l.pack.Languages {
		places := l.pack.FigureTexts[lang]
		for _, key := range slices.Sorted(maps.Keys(places)) {
			if _, asked := l.texts[key]; !asked {
				return rules.Refuse(places[key], "unknown_text", key, "figure.indicator.<id>, figure.segment.<id>, figure.series.<id>, …")
			}
		}
	}
	return nil
}
