package rules_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// firstPack gives the files of pack number 1, the first that was shipped.
func firstPack(t testing.TB) fstest.MapFS {
	t.Helper()
	z, err := zip.OpenReader("testdata/pack-1.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // only read from
	files := fstest.MapFS{}
	addAll(t, files, z)
	return files
}

// addAll copies every file of fsys.
func addAll(t testing.TB, files fstest.MapFS, fsys fs.FS) {
	t.Helper()
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sheetPack is the first pack with a few facts and criteria of testdata/format-2
// added, so that the tests of format 2 do not move with what is published. Its
// last region and the site Dakhla in it have facts.
func sheetPack(t testing.TB) fstest.MapFS {
	t.Helper()
	files, sheet := firstPack(t), fstest.MapFS{}
	addAll(t, sheet, os.DirFS("testdata/format-2"))
	for name, file := range sheet {
		switch name {
		case "regions.toml":
			files[name] = joined(files[name], file)
		case "dakhla.toml":
			files["sites/"+name] = joined(files["sites/"+name], file)
		default:
			files[name] = file
		}
	}
	for name, file := range files {
		if strings.HasPrefix(name, "sites/") && name != "sites/dakhla.toml" {
			files[name] = joined(file, &fstest.MapFile{Data: []byte("\n[map]\nlat = \"34\"\nlon = \"-5\"\nprecision_km = \"1\"\n")})
		}
	}
	edit(t, files, "pack.toml", "number = 1", "number = 2\nformat = 2")
	return files
}

func joined(a, b *fstest.MapFile) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte(string(a.Data) + string(b.Data))}
}

func load(t testing.TB, files fs.FS) *rules.Pack {
	t.Helper()
	p, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What was saved under the first pack names it by this hash for ever.
func TestLoad_FirstPackForEver(t *testing.T) {
	p := load(t, firstPack(t))
	const hash = "52a8125aa70a5fbcf6e7bccf99c68b36464eb1c438d02274dcd17242723bf713"
	if p.SHA256 != hash || p.Format != 1 || p.Number != 1 {
		t.Errorf("pack %d of format %d, %s", p.Number, p.Format, p.SHA256)
	}
	if len(p.Fields) != 0 || !cmp.Equal(p.Comparing, rules.Comparing{}) {
		t.Errorf("%d fields and %+v out of nothing", len(p.Fields), p.Comparing)
	}
	for _, s := range p.Sites {
		if s.Map != nil || s.Facts != nil || s.More != nil {
			t.Errorf("%s has a sheet: %+v", s.ID, s)
		}
		if have, of := p.Completeness(&s); have != 0 || of != 0 {
			t.Errorf("%s: %d of %d", s.ID, have, of)
		}
	}
	for _, r := range p.Regions {
		if r.Facts != nil {
			t.Errorf("%s: %+v", r.ID, r.Facts)
		}
	}
}

func TestLoad_RefusesUnknownFormats(t *testing.T) {
	for _, format := range []string{"3", "1", "0", "22", `"2"`, "2.0", "true", "[2]"} {
		files := sheetPack(t)
		edit(t, files, "pack.toml", "format = 2", "format = "+format+"\nnew_key = 1")
		files["new.toml"] = &fstest.MapFile{}
		f := refusal(t, files)
		if code(f) != "unknown_format" || f.Line != 3 || f.Msg.Args["accepted"] != "format = 2" {
			t.Errorf("format = %s: %v", format, f)
		}
	}
}

func TestLoad_RefusesSecondFormatInFirst(t *testing.T) {
	for name, data := range map[string]string{
		"fields.toml": "", "criteria.toml": "", "sources/x.toml": "", "texts/fr/x.toml": "",
	} {
		files := firstPack(t)
		files[name] = &fstest.MapFile{Data: []byte(data)}
		f := refusal(t, files)
		if accepted := f.Msg.Args["accepted"].(string); code(f) != "unknown_file" || f.File != name || strings.Contains(accepted, "fields") {
			t.Errorf("%s: %v", name, f)
		}
	}
	for name, more := range map[string]string{
		"sites/dakhla.toml": "\n[map]\nlat = \"1\"\n", "sites/agadir.toml": "\n[[fact]]\nfield = \"x\"\n",
		"sites/fes-shore.toml": "\n[[more]]\nid = \"x\"\n", "regions.toml": "\n[[region.fact]]\nfield = \"x\"\n",
	} {
		files := firstPack(t)
		files[name] = joined(files[name], &fstest.MapFile{Data: []byte(more)})
		if f := refusal(t, files); code(f) != "unknown_key" || f.File != name || f.Line != lineOf(t, files, name, more) {
			t.Errorf("%s: %v", name, f)
		}
	}
}

func TestLoad_FactsOfASite(t *testing.T) {
	p := load(t, sheetPack(t))
	s := p.Site("dakhla")
	if p.Format != 2 || *s.Map != (rules.MapPoint{Lat: 23.7, Lon: -15.93, Precision: 2.5}) {
		t.Errorf("format %d, %+v", p.Format, s.Map)
	}
	read := []string{"facts-2025-06"}
	want := &rules.Fact{
		Field: "rent", AsOf: "2025", Sources: read, Confidence: rules.Inferred, Note: "fact.dakhla.rent.note",
		Value: rules.FactValue{Text: "80", Num: 80_000_000, To: 120_500_000, Bound: rules.BoundAbout},
		Others: []rules.OtherFact{
			{
				Kind: rules.OtherOlder, Unit: "MAD/m2/month", AsOf: "2019", Sources: read, Confidence: rules.Press,
				Value: rules.FactValue{Text: "70", Num: 70_000_000, To: 70_000_000},
			},
			{
				Kind: rules.OtherQuantity, Unit: "MAD/m2", Label: "fact.dakhla.rent.other.2", AsOf: "n.d.",
				Sources: []string{"facts-undated"}, Confidence: rules.Unverified,
				Value: rules.FactValue{Text: "9000", Num: 9000_000_000, To: 9000_000_000},
			},
			{
				Kind: rules.OtherQuantity, Label: "fact.dakhla.rent.other.3", AsOf: "2024", Sources: read,
				Confidence: rules.Press, Value: rules.FactValue{Text: "fact.dakhla.rent.other.3.value"},
			},
			{
				Kind: rules.OtherQuantity, Label: "fact.dakhla.rent.other.4", AsOf: "2024", Sources: read,
				Confidence: rules.Press, Value: rules.FactValue{Names: []string{"Port de Dakhla"}},
			},
		},
	}
	if diff := cmp.Diff(want, p.Fact(s, "rent"), cmpopts.IgnoreFields(rules.Fact{}, "Pos")); diff != "" {
		t.Error(diff)
	}
	for field, want := range map[string]rules.FactValue{
		"operator": {Text: "fact.dakhla.operator"}, "airport": {Names: []string{"Dakhla (VIL)"}},
		"directParis": {Text: rules.No}, "occupancy": {Text: "0.78", Num: 780_000, To: 780_000},
		"regionPay": {Text: "5200", Num: 5200_000_000, To: 5200_000_000},
	} {
		if diff := cmp.Diff(want, p.Fact(s, field).Value); diff != "" {
			t.Errorf("%s: %s", field, diff)
		}
	}
	if v := p.Fact(s, "regionalAid").Validity; v != "fact.dakhla.regionalAid.validity" {
		t.Errorf("validity %q", v)
	}
	more := []rules.More{{ID: "port", Group: rules.GroupAccess, AsOf: "2025", Sources: read, Confidence: rules.Press}}
	if diff := cmp.Diff(more, s.More); diff != "" {
		t.Error(diff)
	}
}

func TestPack_FactAndCompleteness(t *testing.T) {
	p := load(t, sheetPack(t))
	for site, want := range map[string]int{"dakhla": 7, "igoudar-dakhla": 1, "fes-shore": 0} {
		if have, of := p.Completeness(p.Site(site)); have != want || of != 7 {
			t.Errorf("%s: %d of %d, want %d of 7", site, have, of, want)
		}
	}
	dakhla := p.Site("dakhla")
	for what, f := range map[string]*rules.Fact{
		"unknown field": p.Fact(dakhla, "rente"), "no site": p.Fact(nil, "rent"),
		"nothing published": p.Fact(p.Site("fes-shore"), "rent"), "region of another site": p.Fact(p.Site("agadir"), "regionPay"),
		"site in no region": p.Fact(&rules.Site{Region: "x"}, "regionPay"),
	} {
		if f != nil {
			t.Errorf("%s: %+v", what, f)
		}
	}
	if r := p.Region(dakhla.Region); r.Fact("regionPay") == nil || r.Fact("rent") != nil {
		t.Errorf("the region's own facts: %+v", r.Facts)
	}
}

func TestLoad_Criteria(t *testing.T) {
	want := rules.Comparing{
		Criteria: []rules.Criterion{
			{ID: "charges", Of: rules.OfIRCap, Unit: rules.UnitShare, Worst: 370_000, Best: 100_000},
			{ID: "readiness", Of: rules.OfStatus, Levels: []rules.Level{
				{Value: rules.Operational, Points: 100}, {Value: rules.Launching, Points: 40}, {Value: rules.Planned},
			}},
			{ID: "rent", Of: "rent", Unit: "MAD/m2/month", Worst: 200_000_000, Best: 60_000_000},
		},
		MustHaves: []rules.MustHave{
			{ID: "cap", Of: rules.OfIRCap, Test: rules.TestAtMost, Value: "0.20", Num: 200_000, Unit: rules.UnitShare, Adjustable: true},
			{ID: "open", Of: rules.OfStatus, Test: rules.TestIs, Value: rules.Operational},
			{ID: "paris", Of: "directParis", Test: rules.TestIs, Value: rules.Yes},
			{ID: "space", Of: "occupancy", Test: rules.TestAtMost, Value: "0.95", Num: 950_000, Unit: rules.UnitShare},
		},
		Weightings: []rules.Weighting{
			{ID: "eso", Segment: "ESO", Author: "Essai", Date: "2026-11-22", Points: map[string]int{"charges": 60, "rent": 0}},
		},
		Draws: rules.Draws{Count: 5000, Spread: domain.ShareOne / 2, Seed: 15},
	}
	got := load(t, sheetPack(t)).Comparing
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(rules.Criterion{}, "Pos")); diff != "" {
		t.Error(diff)
	}
}
