package rules_test

import (
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// shipped gives the files of the built-in pack, for tests to change.
func shipped(t testing.TB) fstest.MapFS {
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
	return files
}

func shippedPack(t testing.TB) *rules.Pack {
	t.Helper()
	p, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestLoad_ShippedPackHead(t *testing.T) {
	p := shippedPack(t)
	type head struct {
		ID                                      string
		Number                                  int
		MadeOn, InForce, VerifiedOn, BestBefore domain.Date
		Languages                               []string
	}
	got := head{p.ID, p.Number, p.MadeOn, p.InForce, p.VerifiedOn, p.BestBefore, p.Languages}
	want := head{"atlas-p2i-maroc", 3, "2026-11-22", "2025-07-01", "2026-11-22", "2026-12-31", []string{"fr", "en", "es"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every site has a place to be drawn at and something published, and is offered
// in a comparison that can be made.
func TestShippedPack_HasSheetsAndCriteria(t *testing.T) {
	p := shippedPack(t)
	if p.Format != 2 || len(p.Fields) == 0 || len(p.Comparing.Criteria) == 0 || p.Comparing.Draws.Count == 0 {
		t.Fatalf("format %d, %d fields, %+v", p.Format, len(p.Fields), p.Comparing)
	}
	for _, s := range p.Sites {
		if have, of := p.Completeness(&s); s.Map == nil || have == 0 || have > of {
			t.Errorf("%s: %d of %d, map %v", s.ID, have, of, s.Map)
		}
	}
	for _, segment := range p.Segments {
		weighted := func(w rules.Weighting) bool { return w.Segment == segment.ID }
		if !slices.ContainsFunc(p.Comparing.Weightings, weighted) {
			t.Errorf("nothing is proposed to weigh for %s", segment.ID)
		}
	}
}

func TestLoad_FolderSameAsBuiltIn(t *testing.T) {
	p, err := rules.Load(os.DirFS("../../assets/pack"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shippedPack(t), p); diff != "" {
		t.Error(diff)
	}
}

func TestLoad_NoFolder(t *testing.T) {
	if _, err := rules.Load(os.DirFS("testdata/absent")); err == nil {
		t.Fatal("a folder that is not there was read")
	}
}

func TestShippedPack_EveryParamHasSourceAndUnit(t *testing.T) {
	p := shippedPack(t)
	if len(p.Params) != len(rules.Required) {
		t.Errorf("%d parameters, the engine reads %d", len(p.Params), len(rules.Required))
	}
	for _, r := range rules.Required {
		param := p.Params[r.ID]
		if param == nil || param.Unit != r.Unit || p.Texts["fr"]["param."+r.ID] == "" {
			t.Errorf("%s: %+v", r.ID, param)
			continue
		}
		for _, v := range param.Dated {
			if len(v.Sources) == 0 || v.Confidence == "" || v.VerifiedOn == "" || v.Text == "" {
				t.Errorf("%s from %s: %+v", r.ID, v.From, v)
			}
		}
	}
}

// A source that nothing cites is noise on the paper, so the pack has none.
func TestShippedPack_EverySourceIsCited(t *testing.T) {
	p := shippedPack(t)
	cited := map[string]bool{}
	cite := func(ids []string) {
		for _, id := range ids {
			cited[id] = true
		}
	}
	citeFacts := func(facts []rules.Fact) {
		for _, f := range facts {
			cite(f.Sources)
			for _, o := range f.Others {
				cite(o.Sources)
			}
		}
	}
	for _, param := range p.Params {
		for _, v := range param.Dated {
			cite(v.Sources)
		}
	}
	for _, r := range p.Readings {
		cite(r.Sources)
	}
	for _, c := range p.Conditions {
		cite(c.Sources)
	}
	for _, e := range p.Exclusions {
		cite(e.Sources)
	}
	for _, s := range p.Segments {
		cite(s.Sources)
	}
	for _, r := range p.Regions {
		cite(r.Sources)
		citeFacts(r.Facts)
	}
	for _, s := range p.Sites {
		citeFacts(s.Facts)
		for _, m := range s.More {
			cite(m.Sources)
		}
		for _, h := range s.History {
			cite(h.Sources)
		}
	}
	for _, pr := range p.Presets {
		cite(pr.Sources)
	}
	others := string(p.Figures["figures/observations.csv"]) // other rooms read them; here it is enough that an id stands there
	for _, file := range p.Formalities {
		others += "\n" + string(file)
	}
	for _, id := range strings.FieldsFunc(others, func(r rune) bool { return strings.ContainsRune(",+\n\" []", r) }) {
		cite([]string{id})
	}
	for id := range p.Sources {
		if !cited[id] {
			t.Errorf("source %s is cited nowhere", id)
		}
	}
}

// Every month from the first that the project may start in has all payroll values.
func TestShippedPack_FirstComputableMonth(t *testing.T) {
	p := shippedPack(t)
	latest := domain.Month(0)
	for _, id := range []string{
		"cnss.ceiling", "cnss.employee.rate", "cnss.employer.rate", "family.employer.rate", "amo.employee.rate",
		"amo.employer.rate", "tfp.employer.rate", "ir.scale", "ir.fp.threshold", "ir.fp.low.rate", "ir.fp.high.rate",
		"ir.fp.high.max", "ir.dependant.amount", "ir.dependant.max",
	} {
		first, ok := p.Params[id].First()
		if !ok {
			t.Fatalf("%s has no value in force", id)
		}
		latest = max(latest, first)
		if _, ok := p.Params[id].At(domain.NewMonth(2045, 12)); !ok {
			t.Errorf("%s ends before the longest horizon", id)
		}
	}
	if want := domain.NewMonth(2025, 1); latest != want {
		t.Errorf("first computable month %s, want %s", latest, want)
	}
}

func TestParam_AtChangesWithTheMonth(t *testing.T) {
	smig := shippedPack(t).Params["smig.month"]
	for _, c := range []struct {
		year, month int
		want        domain.Money
	}{{2023, 9, 3111_39}, {2024, 12, 3111_39}, {2025, 1, 3266_10}, {2025, 12, 3266_10}, {2026, 1, 3422_72}, {2040, 1, 3422_72}} {
		v, ok := smig.At(domain.NewMonth(c.year, c.month))
		if !ok || domain.Money(v.Num) != c.want {
			t.Errorf("%d-%02d: %v %v, want %s", c.year, c.month, v, ok, c.want)
		}
	}
	if _, ok := smig.At(domain.NewMonth(2023, 8)); ok {
		t.Error("August 2023 has a value, the decree starts in September")
	}
}

// An announced value is in the pack to be seen, not to be counted.
func TestParam_AtLeavesAnnouncedValuesOut(t *testing.T) {
	files := shipped(t)
	edit(t, files, "rules/ais.toml", `value = "0.56"
status = "in force"`, `value = "0.56"
status = "in force"
text = "Circulaire du Chef du gouvernement n° 15-2025"
sources = ["S3"]
verified_on = "2026-11-22"
confidence = "press"

[[param.value]]
from = "2026-01-01"
value = "0.60"
status = "announced"`)
	p, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if v, ok := p.Params["ais.rate"].At(domain.NewMonth(2026, 1)); !ok || v.Raw != "0.56" {
		t.Errorf("%+v", v)
	}
}

func TestSite_AtFollowsTheHistory(t *testing.T) {
	files := shipped(t)
	edit(t, files, "sites/agadir.toml", "[[status]]\nfrom = \"2026-01-01\"\n", `[[status]]
from = "2028-04-01"
status = "operational"
class = "secondary"
sources = ["S9"]
verified_on = "2026-11-22"
confidence = "press"

[[status]]
from = "2026-01-01"
to = "2028-03-31"
`)
	p, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	s := p.Site("agadir")
	if _, ok := s.At(domain.NewMonth(2025, 12)); ok {
		t.Error("a status before the announcement")
	}
	for month, want := range map[domain.Month][2]string{
		domain.NewMonth(2028, 3): {rules.Launching, ""},
		domain.NewMonth(2028, 4): {rules.Operational, rules.ClassSecondary},
	} {
		if st, ok := s.At(month); !ok || st.Status != want[0] || st.Class != want[1] {
			t.Errorf("%s: %+v, want %v", month, st, want)
		}
	}
	if s.History[0].From > s.History[1].From {
		t.Error("the history is not in time order")
	}
}

func TestHash_MovesWithNameAndContent(t *testing.T) {
	base := map[string][]byte{"a": []byte("bc"), "d": nil}
	same := map[string][]byte{"d": {}, "a": []byte("bc")}
	if rules.Hash(base) != rules.Hash(same) {
		t.Error("the order of files changes the hash")
	}
	for name, other := range map[string]map[string][]byte{
		"content": {"a": []byte("bd"), "d": nil}, "name": {"ab": []byte("c"), "d": nil}, "fewer": {"a": []byte("bc")},
	} {
		if rules.Hash(base) == rules.Hash(other) {
			t.Errorf("%s: same hash", name)
		}
	}
}

// edit replaces the first occurrence of a text in a file of the pack.
func edit(t testing.TB, files fstest.MapFS, name, old, with string) {
	t.Helper()
	before := string(files[name].Data)
	if !strings.Contains(before, old) {
		t.Fatalf("%s does not hold %q", name, old)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(before, old, with, 1))}
}

func sortedNames(files fstest.MapFS) []string { return slices.Sorted(maps.Keys(files)) }

func TestPack_TextsIn(t *testing.T) {
	p := &rules.Pack{Languages: []string{"fr", "en"}, Texts: map[string]map[string]string{"fr": {"k": "fr"}, "en": {"k": "en"}}}
	for lang, want := range map[string]string{"fr": "fr", "en": "en", "es": "fr"} {
		if got := p.TextsIn(lang)["k"]; got != want {
			t.Errorf("%s: texts in %q, want %q", lang, got, want)
		}
	}
}
