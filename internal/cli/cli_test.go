package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

var update = flag.Bool("update", false, "write the golden files anew, to be read before they are kept")

var builtIn = sync.OnceValues(func() (*desk.Desk, error) {
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		return nil, err
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		return nil, err
	}
	return desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts})
})

func newDesk(t require) *desk.Desk {
	t.Helper()
	d, err := builtIn()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// require is what testing.T and rapid.T share.
type require interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// run runs one command that must succeed and say nothing beside its output.
func run(t require, in []byte, args ...string) []byte {
	t.Helper()
	return runOver(t, newDesk(t), in, args...)
}

// runOver does the same with a desk that has a store, say.
func runOver(t require, d *desk.Desk, in []byte, args ...string) []byte {
	t.Helper()
	var out, errs bytes.Buffer
	p := params(newDesk(t), in, args)
	p.Stdout, p.Stderr = &out, &errs
	p.OwnDesk = func(string, string) (*desk.Desk, func() error, error) { return d, kept, nil }
	if status := cli.Run(p); status != cli.ExitOK || errs.Len() > 0 {
		t.Fatalf("%v: status %d, %s", args, status, errs.String())
	}
	return out.Bytes()
}

// kept stands for closing a store that the test goes on using.
func kept() error { return nil }

// params are those of a run over one desk; where it writes to is left open.
func params(d *desk.Desk, in []byte, args []string) cli.Params {
	return cli.Params{
		Args: args, Stdin: bytes.NewReader(in), Texts: d.Texts(),
		Desk:    func(string) (*desk.Desk, error) { return d, nil },
		OwnDesk: func(string, string) (*desk.Desk, func() error, error) { return d, kept, nil },

		StoreDesk: func(string, string, cli.Access) (*desk.Desk, func() error, error) { return d, kept, nil },
	}
}

func decode(t require, data []byte) map[string]any {
	t.Helper()
	var v map[string]any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func sample(t require, name string) []byte {
	t.Helper()
	data, err := fs.ReadFile(assets.Samples, path.Join("samples", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func samples(t require) []string {
	t.Helper()
	found, err := fs.Glob(assets.Samples, "samples/*.json")
	if err != nil || len(found) == 0 {
		t.Fatalf("no sample: %v", err)
	}
	for i, f := range found {
		found[i] = strings.TrimSuffix(path.Base(f), ".json")
	}
	return found
}

// The full output of each sample. The hash of the pack is left out: it moves
// with every comment of a pack file, the figures must not.
func TestSampleGoldens(t *testing.T) {
	hash := newDesk(t).Pack().SHA256
	for _, name := range samples(t) {
		t.Run(name, func(t *testing.T) {
			got := run(t, sample(t, name), "estimate", "-", "--json")
			if !bytes.Contains(got, []byte(hash)) {
				t.Error("the output does not name its pack")
			}
			got = bytes.ReplaceAll(got, []byte(hash), []byte("SHA256"))
			golden := filepath.Join("testdata", "estimate-"+name+".json")
			if *update {
				if err := os.WriteFile(golden, got, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), string(got)); diff != "" {
				t.Error("(-want +got)", diff)
			}
		})
	}
}

// The ESO sample is the third row of the specification's worked table; incomes
// and charges are its per-head figures times 40 people and five years.
func TestEsoEstimate(t *testing.T) {
	totals := decode(t, run(t, sample(t, "eso-fes"), "estimate", "-", "--json"))["totals"].(map[string]any)
	for key, want := range map[string]string{
		"grossPay":        "72000000.00", // 30,000 x 12 x 40 x 5
		"employerCharges": "10012320.00", // (538.80 + 3,633) x 12 x 40 x 5
		"employmentCost":  "82012320.00",
		"incomeTax":       "17729241.60", // 88,646.208 x 40 x 5
		"corporateTax":    "0.00",
		// 14,669,241.60 / 82,012,320
		"benefitsShareOfEmploymentCost": "0.1789",
	} {
		if totals[key] != want {
			t.Errorf("%s = %v, want %s", key, totals[key], want)
		}
	}
	for key, want := range map[string]string{
		"AIR": "10529241.60", "PAE": "2040000.00", "PAF": "2100000.00", "AIS": "0.00", "benefits": "14669241.60",
	} {
		if got := totals[key].(map[string]any)["value"]; got != want {
			t.Errorf("%s = %v, want %s", key, got, want)
		}
	}
	// Under `annual` and `yearly` all of the 30,000 counts, for the 61,200 of a
	// year stay under the ceiling: 5,100 a month for 40 people and 60 months.
	if high := totals["PAE"].(map[string]any)["high"]; high != "12240000.00" {
		t.Errorf("highest PAE %v, want 12240000.00", high)
	}
}

// The keys of section 8 of the specification, and those that we add: they are a
// contract with whoever reads the output.
func TestEstimateKeys(t *testing.T) {
	figure := []string{"high", "highReadings", "low", "lowReadings", "value"}
	got := decode(t, run(t, sample(t, "existant-agadir"), "estimate", "-", "--json"))
	keys := func(what string, v any, want ...string) {
		t.Helper()
		have := slices.Sorted(maps.Keys(v.(map[string]any)))
		want = slices.Sorted(slices.Values(want)) // a copy: it may be the list of the readings itself
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("%s (-want +got) %s", what, diff)
		}
	}
	keys("estimate", got, "pack", "site", "readings", "totals", "years", "conditions", "assumed", "notCounted",
		"settled", "narrowing", "unknown") // the last three are ours
	keys("pack", got["pack"], "id", "number", "sha256", "inForce", "verifiedOn")
	keys("readings", got["readings"], domain.ReadingIDs[:]...)
	totals := got["totals"].(map[string]any)
	keys("totals", totals, "grossPay", "employerCharges", "employmentCost", "incomeTax", "AIR", "PAE", "PAF",
		"corporateTax", "AIS", "benefits", "benefitsShareOfEmploymentCost")
	for _, line := range []string{"AIR", "PAE", "PAF", "AIS", "benefits"} {
		keys(line, totals[line], figure...)
		for _, extreme := range []string{"lowReadings", "highReadings"} {
			keys(line+" "+extreme, totals[line].(map[string]any)[extreme], domain.ReadingIDs[:]...)
		}
	}
	for _, y := range got["years"].([]any) {
		keys("year", y, "year", "grossPay", "employerCharges", "incomeTax", "AIR", "PAE", "PAF", "corporateTax", "AIS", "headcountEnd",
			"employmentCost", "benefits") // the last two are ours
	}
	for _, c := range got["conditions"].([]any) {
		keys("condition", c, "benefit", "id", "state", "text", "source",
			"detail", "threshold", "given", "gap", "sourceIds") // the last five are ours
	}
	for _, n := range got["notCounted"].([]any) {
		keys("not counted", n, "benefit", "amount", "reason")
	}
}

// Every key of the totals and of a year can be explained, and the explanation
// ends in the printed figure.
func TestExplainEveryKey(t *testing.T) {
	for _, name := range samples(t) {
		in := sample(t, name)
		got := decode(t, run(t, in, "estimate", "-", "--json"))
		same := func(line string, printed any, args ...string) {
			t.Helper()
			if f, ok := printed.(map[string]any); ok {
				printed = f["value"]
			}
			x := decode(t, run(t, in, append([]string{"explain", "-", line, "--json"}, args...)...))
			want, isText := printed.(string)
			if !isText {
				t.Fatalf("%s is printed as %v", line, printed)
			}
			// A share is printed with four decimals, and explained without its zeros.
			if x["amount"] != want && strings.TrimRight(want, "0") != strings.TrimRight(x["amount"].(string), "0") {
				t.Errorf("%s: %s %v explained as %v, printed as %s", name, line, args, x["amount"], want)
			}
		}
		for line, printed := range got["totals"].(map[string]any) {
			same(line, printed)
		}
		for _, y := range got["years"].([]any) {
			year := y.(map[string]any)
			for line, printed := range year {
				if line != "year" {
					same(line, printed, "--year", jsonText(t, year["year"]))
				}
			}
		}
	}
}

func jsonText(t require, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func (broken) Write([]byte) (int, error) { return 0, errors.New("no room") }

// The Agadir sample by hand. AIS is example 3 of the facts: 6,000,000 x 20 % =
// 1,200,000 of tax, x 80 % exported x 56 % = 537,600.
func TestAgadirByHand(t *testing.T) {
	got := decode(t, run(t, sample(t, "existant-agadir"), "estimate", "-", "--json"))
	years := got["years"].([]any)
	for i, want := range []struct{ tax, ais string }{
		{"1200000.00", "537600.00"}, // 2026: 6,000,000
		{"1200000.00", "537600.00"}, // 2027: 6,000,000
		{"1300000.00", "582400.00"}, // 2028: 6,500,000 x 20 % = 1,300,000, x 80 % x 56 %
		{"1300000.00", "582400.00"}, // 2029: 6,500,000
		{"1400000.00", "627200.00"}, // 2030: 7,000,000 x 20 % = 1,400,000, x 80 % x 56 %
	} {
		y := years[i].(map[string]any)
		if y["corporateTax"] != want.tax || y["AIS"] != want.ais {
			t.Errorf("%v: tax %v and AIS %v, by hand %s and %s", y["year"], y["corporateTax"], y["AIS"], want.tax, want.ais)
		}
	}
	totals := got["totals"].(map[string]any)
	// 2 x 1,200,000 + 2 x 1,300,000 + 1,400,000
	if totals["corporateTax"] != "6400000.00" {
		t.Errorf("corporate tax %v", totals["corporateTax"])
	}
	for _, want := range []struct{ line, key, amount string }{
		{"AIS", "value", "2867200.00"}, // 6,400,000 x 80 % x 56 %
		{"AIS", "high", "3584000.00"},  // 6,400,000 x 56 %, on all of the tax
		// 5,500 x 12 = 66,000; less 35 %, CNSS 2,956.80 and AMO 1,491.60 leaves
		// 38,451.60, under the first 40,000 that are free of tax
		{"AIR", "value", "0.00"},
		// 200 x 0.79^1.5 = 140.433472 people after 18 months, x 66,000 x 17 %
		{"PAE", "value", "1575663.56"},
	} {
		if amount := totals[want.line].(map[string]any)[want.key]; amount != want.amount {
			t.Errorf("%s %s = %v, by hand %s", want.line, want.key, amount, want.amount)
		}
	}
}
