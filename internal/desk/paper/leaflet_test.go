package paper

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/i18n"
)

func arabic(t testing.TB) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(assets.Leaflet(), "ar")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// leafletFamilies are texts that one page shows one of: all have to be there.
var leafletFamilies = regexp.MustCompile(`^(because\..*|level\..*|month\.\d+|result\.assumed\.[A-Za-z]+|result\.(prudent|default|chosen)|amount\..*|exclusion\..*\.name|condition\.[a-z.]+|formality\.rate\..*|number\.(million|thousand))$`)

// The page in Arabic has every text that it may show, and none that nothing shows:
// each is a text of the French paper too, with the same blanks.
func TestLeaflet_HasItsTexts(t *testing.T) {
	french, ar := newOffice(t).texts, arabic(t)
	blanks := func(c *i18n.Catalogue, key string) []string {
		found := regexp.MustCompile(`\{\{\.[A-Za-z]+\}\}`).FindAllString(c.Forms(key)["other"], -1)
		slices.Sort(found)
		return slices.Compact(found)
	}
	for key := range ar.Keys {
		if !french.Has(key) {
			t.Errorf("%q is no text of the paper", key)
		} else if got, want := blanks(ar, key), blanks(french, key); !slices.Equal(got, want) {
			t.Errorf("%q has the blanks %v, in French %v", key, got, want)
		}
	}
	for key := range french.Keys {
		if leafletFamilies.MatchString(key) && !ar.Has(key) {
			t.Errorf("no Arabic text for %q", key)
		}
	}
}

// Whatever the project, the page says everything in Arabic.
func TestLeaflet_LeavesNoGap(t *testing.T) {
	o := newOffice(t)
	projects, ar := calctest.Projects(o.engine, calctest.Shape{Months: 96}), arabic(t)
	rapid.Check(t, func(rt *rapid.T) {
		s := o.source(t, projects.Draw(rt, "project"))
		s.Texts, s.Short = ar, true
		s.Sheet.Number, s.Sheet.Issued, s.Sheet.Valid, s.Sheet.Code = "A7K2-0001", "2026-03-02", "2026-06-02", "CODE"
		s.Sheet.Officer = "Officier d'essai"
		d := Document(s)
		all := strings.Join(append(texts(d), d.Title, d.Foot, d.Head, d.PageOf(1, 1)), "\n") + strings.Join(d.Mast.Right, "\n")
		if at := strings.Index(all, "\u27e6"); at >= 0 {
			rt.Fatalf("a text is missing: %s", all[at:min(len(all), at+60)])
		}
	})
}
