package depot

import (
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// Each kind of record has its word in every language: a new schema brings new kinds.
func TestKindsHaveWords(t *testing.T) {
	langs, err := i18n.Languages(assets.I18n)
	if err != nil || len(store.Kinds) == 0 {
		t.Fatal(err)
	}
	for _, lang := range langs {
		texts, err := i18n.Load(assets.I18n, lang)
		if err != nil {
			t.Fatal(err)
		}
		for _, kind := range store.Kinds {
			if !texts.Has("depot.kind." + kind) {
				t.Errorf("%s: no depot.kind.%s", lang, kind)
			}
		}
	}
}
