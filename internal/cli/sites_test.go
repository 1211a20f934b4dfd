package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// golden compares an output with the file that was read and kept. The hash of the
// pack is left out.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	got = bytes.ReplaceAll(got, []byte(newDesk(t).Pack().SHA256), []byte("SHA256"))
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error("(-want +got)", diff)
	}
}

// ownDesk is a desk with a store in which the user put values.
func ownDesk(t *testing.T, values ...desk.Correction) *desk.Desk {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "essai.db"), Device: "essai"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d, err := desk.New(desk.Params{Pack: newDesk(t).Pack(), PackFiles: assets.PackFiles(), Texts: newDesk(t).Texts(), Store: s, Now: today})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range values {
		if _, err := d.Correct(v); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func decodeList(t require, data []byte) []map[string]any {
	t.Helper()
	var v []map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSitesGoldens(t *testing.T) {
	for _, id := range []string{"fes-shore", "igoudar-dakhla"} {
		golden(t, "sites-"+id+".json", run(t, nil, "sites", id, "--json", "--published"))
	}
}

// The example of the contract, as the pack has it today.
func TestSitesContract(t *testing.T) {
	list := decodeList(t, run(t, nil, "sites", "fes-shore", "--json", "--published"))
	if len(list) != 1 {
		t.Fatalf("%d sites", len(list))
	}
	s := list[0]
	for key, want := range map[string]any{
		"id": "fes-shore", "name": "Fès Shore", "kind": "p2i", "status": "operational", "class": "secondary", "region": "fes-meknes",
	} {
		if s[key] != want {
			t.Errorf("%s is %v, want %v", key, s[key], want)
		}
	}
	area := s["facts"].(map[string]any)["landArea"].(map[string]any)
	for key, want := range map[string]any{"value": "22", "unit": "ha", "asOf": "2023-11", "confidence": "press"} {
		if area[key] != want {
			t.Errorf("landArea %s is %v, want %v", key, area[key], want)
		}
	}
	other := area["alternatives"].([]any)[0].(map[string]any)
	if other["value"] != "20" || other["kind"] != "other value" || other["source"].(map[string]any)["publisher"] == "" {
		t.Errorf("the other value is %v", other)
	}
}

// Every fact that the pack has for a site or its region is printed, and nothing
// else is; each says where it was read.
func TestSitesPrintWhatIsPublished(t *testing.T) {
	d := newDesk(t)
	list := decodeList(t, run(t, nil, "sites", "--json", "--published"))
	if len(list) != len(d.Pack().Sites) {
		t.Fatalf("%d sites printed, the pack has %d", len(list), len(d.Pack().Sites))
	}
	for _, s := range list {
		site := d.Pack().Site(s["id"].(string))
		facts := s["facts"].(map[string]any)
		have, _ := d.Pack().Completeness(site)
		if len(facts) != have || have == 0 {
			t.Errorf("%s: %d facts printed, published %d", site.ID, len(facts), have)
		}
		for id, f := range facts {
			f := f.(map[string]any)
			field, fact := d.Pack().Field(id), d.Pack().Fact(site, id)
			if _, region := f["place"]; region != (field.Scope == rules.ScopeRegion) {
				t.Errorf("%s %s: place %v", site.ID, id, f["place"])
			}
			if len(f["sources"].([]any)) != len(fact.Sources) || f["source"].(map[string]any)["publisher"] == "" {
				t.Errorf("%s %s: sources %v", site.ID, id, f["sources"])
			}
			if len(f["alternatives"].([]any)) != len(fact.Others) || f["asOf"] != fact.AsOf || f["unit"] != field.Unit {
				t.Errorf("%s %s: %v", site.ID, id, f)
			}
			if _, one := f["value"]; one == (field.Kind == rules.FieldNames) {
				t.Errorf("%s %s: value %v, names %v", site.ID, id, f["value"], f["names"])
			}
			if field.Kind == rules.FieldNumber && f["value"] != fact.Value.Text {
				t.Errorf("%s %s: %v, the pack writes %s", site.ID, id, f["value"], fact.Value.Text)
			}
		}
	}
	for _, args := range [][]string{{"sites", "--json"}, {"sites"}} {
		if text := string(run(t, nil, args...)); strings.Contains(text, "⟦") {
			t.Errorf("%v: a text is missing: %s", args, text[strings.Index(text, "⟦"):][:60])
		}
	}
}

func TestSitesAsText(t *testing.T) {
	text := plainSpaces(string(run(t, nil, "sites", "fes-shore")))
	for _, want := range []string{"Fès Shore (fes-shore), Fès, région Fès-Meknès", "P2I secondaire, en service au moins depuis janvier 2020", "22 ha", "11/2023", "Non publié : "} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if text := string(run(t, nil, "sites", "igoudar-dakhla")); !strings.Contains(text, newDesk(t).Texts().Text(newDesk(t).Pack().Site("igoudar-dakhla").Note)) {
		t.Errorf("the note of the site is not in\n%s", text)
	}
	if all := plainSpaces(string(run(t, nil, "sites"))); !strings.Contains(all, "centre de données") || strings.Count(all, "Non publié : ") != len(newDesk(t).Pack().Sites) {
		t.Errorf("%s", all)
	}
}

// The user's values stand beside the published ones, which stay as they are.
func TestSitesShowTheUsersValues(t *testing.T) {
	d := ownDesk(t, desk.Correction{Place: "fes-shore", Field: "landArea", Value: "25,5", AsOf: "2026", Note: "Appel"},
		desk.Correction{Place: "fes-meknes", Field: "regionPay", Value: "7000"})
	published := decodeList(t, run(t, nil, "sites", "fes-shore", "--json", "--published"))[0]
	got := decodeList(t, runOver(t, d, nil, "sites", "fes-shore", "--json"))[0]
	own := got["own"].(map[string]any)
	area := own["landArea"].(map[string]any)
	if area["value"] != "25.5" || area["unit"] != "ha" || area["asOf"] != "2026" || area["note"] != "Appel" || area["at"] == "" {
		t.Errorf("own %v", area)
	}
	if len(own) != 2 {
		t.Errorf("own %v", own)
	}
	delete(got, "own")
	if none := published["own"].(map[string]any); len(none) != 0 {
		t.Errorf("published alone has %v", none)
	}
	delete(published, "own")
	if diff := cmp.Diff(published, got); diff != "" {
		t.Error("what is published changes:", diff)
	}
	text := plainSpaces(string(runOver(t, d, nil, "sites", "fes-shore")))
	for _, want := range []string{"votre valeur", "25,5 ha", "Publié : 22 ha"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// today is the day of the tests.
func today() time.Time { return time.Date(2026, time.November, 22, 9, 0, 0, 0, time.Local) }
