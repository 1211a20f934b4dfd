package house

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"

	"golang.org/x/image/font/sfnt"
)

// Every character that the program can say must be in both embedded fonts: a
// character that is not falls to a font of the machine, or to a box.
func TestFontsHaveEveryCharacter(t *testing.T) {
	said := map[rune]string{}
	note := func(where, text string) {
		for _, r := range text {
			if _, known := said[r]; !known && !unicode.IsControl(r) {
				said[r] = where
			}
		}
	}
	for _, lang := range languages(t) {
		c := catalogue(t, lang)
		for key, text := range c.Keys {
			note(lang+" "+key, text)
		}
		f := c.Formatter()
		note("formatter of "+lang, f.AmountExact(-123_456_789)+f.Percent(domain.ShareOne, 2)+c.Text("no.such")+c.Text("problem.absent"))
	}
	noteNames(t, note)
	for name, file := range map[string][]byte{"regular": assets.FontRegular, "bold": assets.FontBold} {
		font, err := sfnt.Parse(file)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		var buf sfnt.Buffer
		for r, where := range said {
			if at, err := font.GlyphIndex(&buf, r); err != nil || at == 0 {
				t.Errorf("%s has no %q (U+%04X), said by %s", name, r, r, where)
			}
		}
	}
}

// noteNames adds the words of the pack that are shown as they stand.
func noteNames(t *testing.T, note func(where, text string)) {
	t.Helper()
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	facts := func(of string, list []rules.Fact) {
		for _, f := range list {
			note(of+" "+f.Field, strings.Join(f.Value.Names, ""))
			for _, o := range f.Others {
				note(of+" "+f.Field, strings.Join(o.Value.Names, ""))
			}
		}
	}
	for _, s := range pack.Sites {
		note("site "+s.ID, s.Name+s.City)
		facts("site "+s.ID, s.Facts)
	}
	for _, r := range pack.Regions {
		note("region "+r.ID, r.Name)
		facts("region "+r.ID, r.Facts)
	}
	for _, w := range pack.Comparing.Weightings {
		note("weighting "+w.ID, w.Author)
	}
	for _, s := range pack.Sources {
		note("source "+s.ID, fmt.Sprint(s.Publisher, s.Title, s.Date, s.URL))
	}
	for _, p := range pack.Params {
		for _, d := range p.Dated {
			note("parameter "+p.ID, d.Text+d.Article+d.Note+d.Raw)
		}
	}
}
