package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	// shownPicture is a picture that a document shows, and from where.
	shownPicture = regexp.MustCompile(`!\[[^\]]+\]\(([^)]+\.png)\)`)
	// takenPicture is the name of a screen in a line of the script that takes it.
	takenPicture = regexp.MustCompile(`(?m)\bpicture ([a-z0-9-]+)`)
	// ofScreen are the language, the look and the size in the name of a picture.
	ofScreen = regexp.MustCompile(`(-(en|es))?-(light|dark)-\d+x\d+\.png$`)
)

// A picture that a document shows is there, and one that is there is taken by
// scripts/screenshots or shown: an old one that nobody takes any more would go on
// showing a window that is gone.
func TestPicturesAreTakenOrShown(t *testing.T) {
	docs := filepath.Join(root, "docs")
	shown := shownPictures(t, docs)
	taken := takenScreens(t)
	files, err := filepath.Glob(filepath.Join(docs, "screenshots", "*.png"))
	if err != nil || len(files) == 0 {
		t.Fatalf("pictures: %d, %v", len(files), err)
	}
	there := map[string]bool{}
	for _, f := range files {
		screen := ofScreen.ReplaceAllString(filepath.Base(f), "")
		there[screen] = true
		if !taken[screen] && !shown[filepath.Clean(f)] {
			t.Errorf("%s is neither taken by scripts/screenshots nor shown in a document", filepath.Base(f))
		}
	}
	for screen := range taken {
		if !there[screen] {
			t.Errorf("scripts/screenshots takes %s, and docs/screenshots has no picture of it", screen)
		}
	}
}

// shownPictures are the files that the documents show, each of which has to be there.
func shownPictures(t *testing.T, docs string) map[string]bool {
	t.Helper()
	pages, err := filepath.Glob(filepath.Join(docs, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	shown := map[string]bool{}
	for _, page := range append(pages, filepath.Join(root, "README.md")) {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range shownPicture.FindAllStringSubmatch(string(text), -1) {
			file := filepath.Join(filepath.Dir(page), filepath.FromSlash(p[1]))
			shown[file] = true
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s shows %s: %v", filepath.Base(page), p[1], err)
			}
		}
	}
	if len(shown) == 0 {
		t.Error("no document shows a picture")
	}
	return shown
}

// takenScreens are the screens that the script names, without language, look and size.
func takenScreens(t *testing.T) map[string]bool {
	t.Helper()
	parts, err := filepath.Glob(filepath.Join(root, "scripts", "screenshots.d", "*.sh"))
	if err != nil {
		t.Fatal(err)
	}
	taken := map[string]bool{}
	for _, p := range parts {
		text, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			if strings.HasPrefix(strings.TrimSpace(line), "#") {
				continue
			}
			if m := takenPicture.FindStringSubmatch(line); m != nil {
				taken[m[1]] = true
			}
		}
	}
	return taken
}
