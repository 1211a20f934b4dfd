package house

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// languages are those that have a folder of texts, French among them.
func languages(t *testing.T) []string {
	t.Helper()
	all, err := i18n.Languages(assets.I18n)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(all, "fr") {
		t.Fatalf("no French among %v", all)
	}
	return all
}

// Every language says what French says: the same keys, and in each form the same
// blanks. That a text with forms has those of its language is for the loader.
func TestLanguagesSayTheSame(t *testing.T) {
	fr := french(t)
	for _, lang := range languages(t) {
		c := catalogue(t, lang)
		for _, key := range keysOf(fr) {
			if !c.Has(key) {
				t.Errorf("%s: no text for %q", lang, key)
				continue
			}
			want := fr.Forms(key)
			if len(want) > 1 && len(c.Forms(key)) == 1 {
				t.Errorf("%s: %q has no plural forms", lang, key)
			}
			for form, text := range c.Forms(key) {
				source, ok := want[form]
				if !ok {
					source = want["other"]
				}
				if got, want := blanksIn(text), blanksIn(source); !slices.Equal(got, want) {
					t.Errorf("%s: %q (%s) has the blanks %v, in French %v", lang, key, form, got, want)
				}
			}
		}
		for _, key := range keysOf(c) {
			if !fr.Has(key) {
				t.Errorf("%s: %q is no text of the French catalogue", lang, key)
			}
		}
	}
}

// keysOf lists the keys, each once, sorted.
func keysOf(c *i18n.Catalogue) []string {
	found := map[string]bool{}
	for key := range c.Keys {
		found[key] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// blanksIn lists the blanks of a text, each once, sorted.
func blanksIn(text string) []string {
	found := map[string]bool{}
	for _, m := range blank.FindAllStringSubmatch(text, -1) {
		found[m[1]] = true
	}
	return slices.Sorted(maps.Keys(found))
}

// word finds what has to be translated in a text.
var word = regexp.MustCompile(`\p{L}{2,}`)

// shared are words that no language translates: codes, currencies, units and the
// names of firms and places. A text of nothing else may be the same as in French.
var shared = strings.Fields(`
	AIR AIS PAE PAF RBI CNSS AMO IR IS ITO CRM ESO BPO KPO MAD DH EUR USD ZAR ha km MW
	CSV ID SHA vCard Ctrl
	Atlas Ewane Assets CDG Développement MedZ Nearshore Park Casablanca Sidi Maârouf Rabat
`)

// alike are words that a language writes as French does.
var alike = map[string][]string{
	"en": strings.Fields(`
		OK total source sources date dates segment base conditions point points train tramway
		centres sites hectare hectares simulation simulations contact contacts dossier notes
		horizon logo mail code CODE documents Ghana Kenya Madagascar Portugal
	`),
	"es": strings.Fields(`
		total base prudente en de pers semestre trimestre comités Ghana Madagascar Portugal
	`),
}

func TestLanguagesLeaveNoFrench(t *testing.T) {
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	fr := french(t)
	for _, lang := range languages(t) {
		if lang == "fr" {
			continue
		}
		if pack.Texts[lang] == nil {
			t.Errorf("the built-in pack does not speak %s", lang)
			continue
		}
		c := catalogue(t, lang)
		for _, key := range keysOf(fr) {
			same := c.Has(key) && maps.Equal(c.Forms(key), fr.Forms(key))
			if french := untranslated(lang, fr.Forms(key)["other"]); same && len(french) > 0 {
				t.Errorf("%s: %q is the same as in French: %q", lang, key, french)
			}
		}
	}
}

// untranslated are the words of a French text that the language may not share.
func untranslated(lang, text string) []string {
	words := word.FindAllString(blank.ReplaceAllString(text, ""), -1)
	return slices.DeleteFunc(words, func(w string) bool {
		lower := strings.ToLower(w)
		return slices.Contains(shared, w) || slices.Contains(alike[lang], w) || slices.Contains(alike[lang], lower)
	})
}
