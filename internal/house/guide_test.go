package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	boldText   = regexp.MustCompile(`\*\*([^*]+)\*\*`)
	linkTarget = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
)

// plainSpaces makes the no-break spaces of the catalogues those that people type.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2019", "'")

// Bold words of the officer's guide are those of the screen, and its pictures and
// pages are there: a guide that names a button nobody finds is worse than none.
func TestGuideSaysWhatTheScreenSays(t *testing.T) {
	for _, lang := range []string{"fr", "en"} {
		said := map[string]bool{}
		for _, text := range catalogue(t, lang).Keys {
			said[plainSpaces.Replace(text)] = true
		}
		folder := filepath.Join("..", "..", "docs")
		guide, err := os.ReadFile(filepath.Join(folder, "guide."+lang+".md"))
		if err != nil {
			t.Fatal(err)
		}
		labels := boldText.FindAllStringSubmatch(string(guide), -1)
		if len(labels) < 30 {
			t.Errorf("guide.%s.md names %d labels only", lang, len(labels))
		}
		for _, l := range labels {
			if !said[plainSpaces.Replace(l[1])] {
				t.Errorf("guide.%s.md: no text of the screen is %q", lang, l[1])
			}
		}
		for _, l := range linkTarget.FindAllStringSubmatch(string(guide), -1) {
			if _, err := os.Stat(filepath.Join(folder, filepath.FromSlash(l[1]))); err != nil {
				t.Errorf("guide.%s.md leads to %s: %v", lang, l[1], err)
			}
		}
	}
}
