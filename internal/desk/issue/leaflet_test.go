package issue

import (
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/document"

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
		d, err := c.Leaflet(&paper, "ar", "Nordwind")
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
		if said := strings.Join(pages[0], " "); !strings.Contains(said, "Nordwind") {
			t.Errorf("%s: the page does not say for whom it is: %s", name, said)
		}
		if said := strings.Join(pages[0], " "); strings.Contains(said, "\u27e6") || strings.Contains(said, c.p.Desk.Texts().Text("paper.measures.note")) {
			t.Errorf("%s: the page says %s", name, said)
		}
	}
	if _, err := c.Leaflet(&Paper{}, "xx", ""); err == nil {
		t.Error("a page in a language without texts")
	}
}

// The file to submit is a checklist of its own: it needs no officer and no number,
// and is no draft of a paper.
func TestFileDocument(t *testing.T) {
	c := open(t)
	d, err := c.FileDocument(eso())
	if err != nil {
		t.Fatal(err)
	}
	items, open := 0, 0
	for _, b := range d.Blocks {
		if list, ok := b.(document.Checklist); ok {
			items += len(list.Items)
			for _, i := range list.Items {
				if i.State == document.ToAsk {
					open++
				}
			}
		}
	}
	if d.Draft != "" || items < 20 || open == 0 || open == items {
		t.Errorf("draft %q, %d lines of which %d are to be asked", d.Draft, items, open)
	}
}
