package pack_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/pack"
)

func diff(t interface{ Fatal(...any) }, a, b fstest.MapFS) []pack.Change {
	changes, err := pack.Diff(a, b)
	if err != nil {
		t.Fatal(err)
	}
	return changes
}

func TestDiff_SaysWhatChanged(t *testing.T) {
	a := builtIn(t)
	for _, c := range []struct {
		name, was, is string
		want          pack.Change
	}{
		{"rules/premiums.toml", `value = "0.035"`, `value = "0.04"`, pack.Change{
			Area: "rules", Sort: "param", Subject: "paf.rate", Part: []string{"value", "2025-07-01", "value"}, Kind: pack.Changed, Before: "0.035", After: "0.04",
		}},
		{"formalities/rates.toml", "[[rate]]\ncurrency = \"EUR\"\nmad = \"10.5475\"\nas_of = \"2025-04-24\"\nsources = [\"S60\"]\nconfidence = \"press\"\n", "", pack.Change{
			Area: "formalities", Sort: "rate", Subject: "EUR 2025-04-24", Part: []string{}, Kind: pack.Removed, Before: "10.5475",
		}},
		{"figures/observations.csv", "o001,MA,exports,TOTAL,2025-H1,13400", "o001,MA,exports,TOTAL,2025-H1,13401", pack.Change{
			Area: "figures", Sort: "observations", Subject: "o001", Part: []string{"value"}, Kind: pack.Changed, Before: "13400", After: "13401",
		}},
		{"pack.toml", "number = 3", "number = 4", pack.Change{
			Area: "pack", Sort: "file", Subject: "pack", Part: []string{"number"}, Kind: pack.Changed, Before: "3", After: "4",
		}},
		{"sites/fes-shore.toml", "[[fact]]\nfield = \"address\"", "[[fact]]\nfield = \"postal\"", pack.Change{
			Area: "sites", Sort: "site", Subject: "fes-shore", Part: []string{"fact", "address"}, Kind: pack.Removed, Before: "fact.fes-shore.address",
		}},
		{"texts/fr.toml", "\n", "\n\"zzz.new\" = \"Nouveau\"\n", pack.Change{
			Area: "texts", Sort: "text", Subject: "zzz.new", Part: []string{"fr"}, Kind: pack.Added, After: "Nouveau",
		}},
		{"formalities/wordings.toml", "version = 1", "version = 2", pack.Change{
			Area: "formalities", Sort: "wording", Subject: "consent", Part: []string{"version"}, Kind: pack.Changed, Before: "1", After: "2",
		}},
	} {
		got := diff(t, a, with(t, a, c.name, c.was, c.is))
		at := slices.IndexFunc(got, func(g pack.Change) bool { return cmp.Equal(g, c.want) })
		if at < 0 || len(got) > 2 {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

// Rules may be spread over files in another way, and stand in another order.
func TestDiff_FilesDoNotCount(t *testing.T) {
	a := builtIn(t)
	b := fstest.MapFS{}
	for name, f := range a {
		b[strings.Replace(name, "rules/premiums.toml", "rules/zz.toml", 1)] = f
	}
	if got := diff(t, a, b); len(got) > 0 {
		t.Error(got)
	}
}

// A pack does not differ from itself, and seen from the other side each change is
// the opposite one.
func TestDiff_Symmetric(t *testing.T) {
	files := fstest.MapFS{}
	var names []string
	for name, f := range builtIn(t) {
		if name == "pack.toml" || strings.HasPrefix(name, "rules/") || strings.HasPrefix(name, "sites/") || strings.HasPrefix(name, "formalities/") {
			files[name], names = f, append(names, name)
		}
	}
	slices.Sort(names)
	other := map[pack.Kind]pack.Kind{pack.Added: pack.Removed, pack.Removed: pack.Added, pack.Changed: pack.Changed}
	rapid.Check(t, func(t *rapid.T) {
		changed := func(label string) fstest.MapFS {
			out := fstest.MapFS{}
			gone := rapid.SliceOfN(rapid.SampledFrom(names), 0, 3).Draw(t, label+" gone")
			digits := rapid.SampledFrom(names).Draw(t, label+" digits")
			for name, f := range files {
				switch {
				case slices.Contains(gone, name):
				case name == digits:
					out[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), "2025", "2024"))}
				default:
					out[name] = f
				}
			}
			return out
		}
		a, b := changed("a"), changed("b")
		if same := diff(t, a, a); len(same) > 0 {
			t.Fatalf("a pack differs from itself: %v", same)
		}
		there, back := diff(t, a, b), diff(t, b, a)
		for i, c := range back {
			c.Kind, c.Before, c.After = other[c.Kind], c.After, c.Before
			back[i] = c
		}
		if d := cmp.Diff(there, back); d != "" {
			t.Fatal(d)
		}
	})
}
