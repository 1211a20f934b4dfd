package credits_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"atlasp2i/assets"
	"atlasp2i/internal/credits"
)

func TestLoad_TheBookThatShips(t *testing.T) {
	b, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[credits.Kind]int{}
	for _, c := range b.Components {
		seen[c.Kind]++
		text, err := b.Text(c)
		if err != nil || len(strings.Fields(text)) < 20 {
			t.Errorf("%s: %d words, %v", c.Name, len(strings.Fields(text)), err)
		}
	}
	if seen[credits.Language] != 1 || seen[credits.Font] == 0 || seen[credits.Map] != 1 || seen[credits.Module] < 20 {
		t.Errorf("components by kind: %v", seen)
	}
	for _, c := range b.Components {
		if c.Kind == credits.Map && c.Credit != "\u00a9 OpenStreetMap contributors" {
			t.Errorf("the map is credited %q", c.Credit)
		}
	}
}

func TestFind(t *testing.T) {
	b, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"go.etcd.io/bbolt": "go.etcd.io/bbolt", "bbolt": "go.etcd.io/bbolt", "BBOLT": "go.etcd.io/bbolt", "go": "Go",
		"oksvg": "", // two modules are named so
		"v2":    "", "": "", "unheard": "",
	} {
		c, ok := b.Find(name)
		if c.Name != want || ok != (want != "") {
			t.Errorf("%q is %q, %v", name, c.Name, ok)
		}
	}
}

func TestLoad_RefusesWhatIsNotWhole(t *testing.T) {
	const whole = `[{"kind":"module","name":"a","version":"v1","licence":"MIT","home":"h","texts":["a/LICENSE"]}]`
	text := &fstest.MapFile{Data: []byte("terms")}
	if _, err := credits.Load(fstest.MapFS{"index.json": {Data: []byte(whole)}, "texts/a/LICENSE": text}); err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string]fstest.MapFS{
		"no index":   {"texts/a/LICENSE": text},
		"no text":    {"index.json": {Data: []byte(whole)}},
		"no licence": {"index.json": {Data: []byte(strings.Replace(whole, "MIT", "", 1))}, "texts/a/LICENSE": text},
		"a new key":  {"index.json": {Data: []byte(strings.Replace(whole, "home", "place", 1))}, "texts/a/LICENSE": text},
		"not JSON":   {"index.json": {Data: []byte("[")}, "texts/a/LICENSE": text},
	} {
		if _, err := credits.Load(files); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}
