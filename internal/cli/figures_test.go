package cli_test

import (
	"bytes"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

func TestFiguresGoldens(t *testing.T) {
	golden(t, "figures-exports-eso.json", run(t, nil, "figures", "--country", "MA", "--indicator", "exports", "--segment", "ESO", "--json", "--published"))
	golden(t, "figures-exports-total-2024.txt", run(t, nil, "figures", "--country", "MA", "--indicator", "exports", "--segment", "TOTAL", "--period", "2024"))
}

// The example of the contract.
func TestFiguresContract(t *testing.T) {
	list := decodeList(t, run(t, nil, "figures", "--indicator", "exports", "--segment", "TOTAL", "--period", "2025-H1", "--series", "OC-2025", "--json"))
	if len(list) == 0 {
		t.Fatal("nothing is printed")
	}
	first := list[0]
	for key, want := range map[string]any{
		"id": "o001", "country": "MA", "indicator": "exports", "segment": "TOTAL", "period": "2025-H1", "value": "13400", "unit": "MAD million",
		"series": "OC-2025", "class": "canonical", "against": "", "preliminary": true, "derived": nil,
	} {
		if first[key] != want {
			t.Errorf("%s is %v, want %v", key, first[key], want)
		}
	}
	keys := []string{
		"against", "class", "confidence", "country", "derived", "high", "id", "indicator", "low", "note", "period", "preliminary",
		"published", "reason", "role", "segment", "series", "source", "sources", "unit", "value",
	}
	for _, f := range list {
		if diff := cmp.Diff(keys, slices.Sorted(maps.Keys(f))); diff != "" {
			t.Errorf("%v (-want +got) %s", f["id"], diff)
		}
		source, published := f["source"].(map[string]any)
		if published == (f["class"] == "derived") || published && source["publisher"] == "" || f["reason"] == "" {
			t.Errorf("%v has no source or reason: %v", f["id"], f)
		}
	}
}

// Every reading and every derived value of the book is printed, with its numbers
// and its class; nothing else is.
func TestPrintedFiguresAreTheBooks(t *testing.T) {
	book, err := newDesk(t).Figures()
	if err != nil {
		t.Fatal(err)
	}
	printed := map[string]map[string]any{}
	for _, f := range decodeList(t, run(t, nil, "figures", "--json")) {
		printed[f["id"].(string)] = f
	}
	count := 0
	same := func(id string, k figures.Key, class figures.Class, value figures.Num, low, high *figures.Num) {
		count++
		f := printed[id]
		got := []any{f["country"], f["indicator"], f["segment"], f["period"], f["series"], f["unit"], f["class"], f["value"], f["low"], f["high"]}
		want := []any{k.Country, k.Indicator, k.Segment, k.Period.String(), k.Series, k.Unit, string(class), value.String(), digits(low), digits(high)}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-book +printed) %s", id, diff)
		}
	}
	for _, g := range book.Groups(figures.Query{}) {
		for _, r := range g.Readings {
			same(r.ID, g.Key, r.Class, r.Value, r.Low, r.High)
		}
		for _, v := range g.Derived {
			class := figures.Class("derived")
			if g.Sum != nil && g.Sum.ID == v.ID {
				class = figures.Canonical
			}
			same(v.ID, g.Key, class, v.Value, &v.Low, &v.High)
			operands := printed[v.ID]["derived"].(map[string]any)["operands"].([]any)
			if len(operands) != len(v.Steps) || printed[v.ID]["source"] != nil {
				t.Errorf("%s: %v", v.ID, printed[v.ID])
			}
		}
	}
	if count != len(printed) || count == 0 {
		t.Errorf("%d figures printed, the book has %d", len(printed), count)
	}
}

func digits(n *figures.Num) any {
	if n == nil {
		return nil
	}
	return n.String()
}

// Each filter gives exactly the figures that have its word, and all together too.
func TestFilters(t *testing.T) {
	all := decodeList(t, run(t, nil, "figures", "--json"))
	for _, filters := range [][2][]string{
		{{"country"}, {"TN"}},
		{{"indicator"}, {"jobs"}},
		{{"segment"}, {"ITO+CRM"}},
		{{"series"}, {"none"}},
		{{"period"}, {"2024"}},
		{{"country", "indicator", "segment", "series", "period"}, {"MA", "exports", "CRM", "OC-2025", "2025-H1"}},
	} {
		args := []string{"figures", "--json"}
		for i, name := range filters[0] {
			args = append(args, "--"+name, filters[1][i])
		}
		var want []map[string]any
		for _, f := range all {
			takes := true
			for i, name := range filters[0] {
				takes = takes && f[name] == filters[1][i]
			}
			if takes {
				want = append(want, f)
			}
		}
		if diff := cmp.Diff(want, decodeList(t, run(t, nil, args...))); diff != "" || len(want) == 0 || len(want) == len(all) {
			t.Errorf("%v (-want +got) %s", args, diff)
		}
	}
}

func TestUnpublishedIsSaid(t *testing.T) {
	args := []string{"figures", "--indicator", "exports", "--segment", "ESO", "--period", "2031"}
	if text := plainSpaces(string(run(t, nil, args...))); text != "Non publié : aucun chiffre pour --indicator exports, --segment ESO, --period 2031.\n" {
		t.Errorf("%q", text)
	}
	if got := string(run(t, nil, append(args, "--json")...)); got != "[]\n" {
		t.Errorf("%q", got)
	}
}

func TestFiguresAsText(t *testing.T) {
	text := plainSpaces(string(run(t, nil, "figures")))
	for _, want := range []string{"Exportations de l'offshoring (exports), Maroc", "1er semestre 2025", "tronqué (o063), provisoire", "31/07/2025", "rang 28", "trompeur", "calculé"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in the text", want)
		}
	}
	for _, args := range [][]string{{"figures"}, {"figures", "--check"}, {"figures", "--json"}, {"figures", "--check", "--json"}} {
		got := run(t, nil, args...)
		if at := strings.Index(string(got), "⟦"); at >= 0 {
			t.Errorf("%v: a text is missing: %s", args, got[at:at+60])
		}
		if !bytes.Equal(got, run(t, nil, args...)) {
			t.Errorf("%v gives other bytes", args)
		}
	}
}

// The report has every quantity with several readings and every check, with the
// numbers of the book; all come out as expected.
func TestCheckFigures(t *testing.T) {
	book, err := newDesk(t).Figures()
	if err != nil {
		t.Fatal(err)
	}
	report := decode(t, run(t, nil, "figures", "--check", "--json"))
	several := 0
	for _, g := range book.Groups(figures.Query{}) {
		if len(g.Readings) > 1 || g.Sum != nil {
			several++
		}
	}
	groups := report["groups"].([]any)
	if len(groups) != several || several == 0 {
		t.Errorf("%d quantities, the book has %d", len(groups), several)
	}
	for _, g := range groups {
		g := g.(map[string]any)
		for _, r := range g["readings"].([]any) {
			r := r.(map[string]any)
			if (r["class"] == "canonical") != (r["id"] == g["canonical"]) {
				t.Errorf("%v of %v: class %v", r["id"], g["canonical"], r["class"])
			}
		}
	}
	checks := report["checks"].([]any)
	if len(checks) != len(book.Checks()) || len(checks) == 0 {
		t.Fatalf("%d checks, the book has %d", len(checks), len(book.Checks()))
	}
	for i, o := range book.Checks() {
		c := checks[i].(map[string]any)
		if c["id"] != o.ID || c["computed"] != o.Got.String() || c["ok"] != true || c["holds"] != o.Holds || len(c["expected"].(map[string]any)) == 0 {
			t.Errorf("%v, the book has %s %s", c, o.ID, o.Got)
		}
	}
}

// A figure that the user imported stands among the others; --published leaves it
// out.
func TestFiguresShowTheUsers(t *testing.T) {
	s, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "essai.db"), Device: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	own := store.Observation{
		ID: "own-1", Country: "MA", Indicator: "exports", Segment: "ESO", Period: "2025", Value: "5000", Unit: "MAD million",
		Series: "none", Publisher: "Essai", Line: 2,
	}
	if _, err := s.PutObservations(t.Context(), "essai.csv", []store.Observation{own}, nil); err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: newDesk(t).Pack(), PackFiles: assets.PackFiles(), Texts: newDesk(t).Texts(), Store: s})
	if err != nil {
		t.Fatal(err)
	}
	list := decodeList(t, runOver(t, d, nil, "figures", "--segment", "ESO", "--period", "2025", "--json"))
	if len(list) != 1 || list[0]["id"] != "own-1" || list[0]["confidence"] != "unverified" || list[0]["class"] != "canonical" {
		t.Errorf("%v", list)
	}
	if text := plainSpaces(string(runOver(t, d, nil, "figures", "--segment", "ESO", "--period", "2025"))); !strings.Contains(text, "ESO  2025  5 000 M MAD  retenu") {
		t.Errorf("%s", text)
	}
	if !bytes.Equal(runOver(t, d, nil, "figures", "--published", "--json"), run(t, nil, "figures", "--json")) {
		t.Error("published alone is not what is published")
	}
}

// packWith is a desk over the built-in pack with one file changed.
func packWith(t *testing.T, file, from, to string) *desk.Desk {
	t.Helper()
	files := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.PackFiles(), name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(files[file].Data), from, to, 1)
	if changed == string(files[file].Data) {
		t.Fatalf("%q is not in %s", from, file)
	}
	files[file].Data = []byte(changed)
	pack, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: files, Texts: newDesk(t).Texts()})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Arithmetic that does not come out is printed, and is a failure.
func TestCheckFails(t *testing.T) {
	d := packWith(t, "figures/checks.toml", `equals = "26219"`, `equals = "26218"`)
	for _, form := range []string{"--check", "--check --json"} {
		var out, errs bytes.Buffer
		p := params(d, nil, append([]string{"figures"}, strings.Fields(form)...))
		p.Stdout, p.Stderr = &out, &errs
		status := cli.Run(p)
		if status != cli.ExitFailed || out.Len() == 0 || !strings.Contains(errs.String(), "sum-2024.") || strings.Count(errs.String(), "\n") != 1 {
			t.Errorf("%s: status %d, %q", form, status, errs.String())
		}
		if word := "inattendu"; form == "--check" && !strings.Contains(out.String(), word) {
			t.Errorf("%q is not in\n%s", word, out.String())
		}
	}
}

// Figures that a pack says wrongly are refused input, with file and line.
func TestFiguresOfABadPack(t *testing.T) {
	d := packWith(t, "figures/observations.csv", "o001,MA,exports,TOTAL,2025-H1,13400", "o001,MA,exports,TOTAL,2025-H1,beaucoup")
	var out, errs bytes.Buffer
	p := params(d, nil, []string{"figures"})
	p.Stdout, p.Stderr = &out, &errs
	if status := cli.Run(p); status != cli.ExitRefused || out.Len() > 0 || !strings.Contains(errs.String(), "figures/observations.csv:2:") {
		t.Errorf("status %d, %q", status, errs.String())
	}
}
