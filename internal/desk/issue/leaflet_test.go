package issue

import (
	"slices"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
)

// Arabic is a language of the page and none of the window.
func TestLeafletLanguages(t *testing.T) {
	langs, err := LeafletLanguages()
	if err != nil || !slices.Equal(langs, []string{"ar"}) {
		t.Errorf("%v, %v", langs, err)
	}
	if window, _ := i18n.Languages(assets.I18n); slices.Contains(window, "ar") {
		t.Error("the window offers a language that it cannot speak")
	}
}

// The Arabic page is one page with the figures of the paper and nothing French.
func TestLeaflet_IsOnePageOfThePaper(t *testing.T) {
	c := open(t)
	c.issue(t)
	for name, p := range hard() {
		paper, _, err := c.Issue(Order{Draft: desk.Draft{Project: p}, Check: checked})
		if err != nil {
			t.Fatal(err)
		}
		d, err := c.Leaflet(&paper, "ar")
		if err != nil {
			t.Fatal(err)
		}
		if a := answer(d); d.Lang != "ar" || string(a.Cell.Value.Decimal) != paper.Stated.Totals.Benefits.Value.String() {
			t.Errorf("%s: the page in %s says %s", name, d.Lang, a.Cell.Text)
		}
		pages := drawn(t, c.Office, d)
		if len(pages) != 1 {
			t.Errorf("%s: %d pages", name, len(pages))
		}
		if said := strings.Join(pages[0], " "); strings.Contains(said, "\u27e6") || strings.Contains(said, c.p.Desk.Texts().Text("paper.measures.note")) {
			t.Errorf("%s: the page says %s", name, said)
		}
	}
	if _, err := c.Leaflet(&Paper{}, "xx"); err == nil {
		t.Error("a page in a language without texts")
	}
}
