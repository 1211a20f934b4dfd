package cli_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

func TestCompareGoldens(t *testing.T) {
	in := sample(t, "eso-fes")
	golden(t, "compare-eso.json", run(t, in, "compare", "-", "--json", "--published"))
	golden(t, "compare-eso-launch.json", run(t, in, "compare", "-", "--json", "--published", "--sites", "dakhla,fes-shore,technopolis",
		"--weights", "irCap=100,newEntrants=80,airportPassengers=20", "--must", "directParis,charterPremium=0.10", "--draws", "1000", "--seed", "7"))
}

// The keys of the contract, and those that we add.
func TestCompareKeys(t *testing.T) {
	got := decode(t, run(t, sample(t, "eso-fes"), "compare", "-", "--json"))
	keys := func(what string, v any, want ...string) {
		t.Helper()
		if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(maps.Keys(v.(map[string]any)))); diff != "" {
			t.Errorf("%s (-want +got) %s", what, diff)
		}
	}
	keys("compare", got, "preset", "weights", "sites", "stability", "why", "draws", "empty", "leaders", "order", "pack", "points", "tied")
	site := got["sites"].([]any)[0].(map[string]any)
	keys("site", site, "id", "mustHaves", "quality", "rank", "criteria", "cost", "out", "unsure", "mustHavesOwn")
	keys("criterion", site["criteria"].(map[string]any)["irCap"], "raw", "unit", "score", "missing",
		"own", "asOf", "rawLow", "rawHigh", "scoreLow", "scoreHigh")
	keys("cost", site["cost"], "perSeatMonthBefore", "perSeatMonthAfter", "total", "benefits",
		"perSeatMonthAfterLow", "perSeatMonthAfterHigh", "rentIncluded", "belowMinimum", "benefitsAtLeast")
	keys("stability", got["stability"], "weights", "firstShare", "sureShare", "possibleShare")
	keys("limits", got["stability"].(map[string]any)["weights"].(map[string]any)["irCap"], "from", "to", "below", "above")
	keys("why", got["why"].([]any)[0], "ahead", "behind", "for", "against", "points", "contributions", "guessed")
	keys("draws", got["draws"], "count", "seed", "spread")
}

// The numbers printed are those of the comparison that the window shows.
func TestComparePrintsTheResult(t *testing.T) {
	d := newDesk(t)
	rapid.Check(t, func(t *rapid.T) {
		p := genProject().Draw(t, "project")
		in, err := project.Write(p)
		if err != nil {
			t.Fatal(err)
		}
		c, args := genComparison(t, d, p)
		want, err := d.Compare(context.Background(), c, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := decode(t, run(t, in, append([]string{"compare", "-", "--json"}, args...)...))
		equal := func(what string, got, want any) {
			t.Helper()
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s is printed as %v, computed as %v", what, got, want)
			}
		}
		weights, limits := got["weights"].(map[string]any), got["stability"].(map[string]any)["weights"].(map[string]any)
		for _, k := range want.Quality.Criteria {
			equal(k.ID, weights[k.ID], k.Share)
			if l := limits[k.ID].(map[string]any); !k.Stability.Undefined {
				equal(k.ID+" from", l["from"], k.Stability.From)
				equal(k.ID+" to", l["to"], k.Stability.To)
			}
		}
		for i, v := range got["sites"].([]any) {
			checkSite(t, want, i, v.(map[string]any))
		}
		for i, v := range got["order"].([]any) {
			equal("order", v, want.Quality.Sites[want.Quality.Order[i]].ID)
		}
		equal("reasons", len(got["why"].([]any)), len(want.Quality.Why))
	})
}

func checkSite(t require, want *desk.Compared, i int, got map[string]any) {
	t.Helper()
	s, q := &want.Sites[i], &want.Quality.Sites[i]
	cost, quality := got["cost"].(map[string]any), got["quality"].(map[string]any)
	pairs := map[string][2]any{
		"id": {got["id"], s.Site.ID}, "out": {got["out"], q.Out}, "unsure": {got["unsure"], q.Unsure},
		"quality": {quality["value"], q.Quality.Value}, "low": {quality["low"], q.Quality.Low}, "high": {quality["high"], q.Quality.High},
		"total": {cost["total"], s.Cost.TotalBefore}, "benefits": {cost["benefits"].(map[string]any)["value"], s.Cost.Result.Benefits.Value},
	}
	if s.Cost.Counted {
		pairs["before"] = [2]any{cost["perSeatMonthBefore"], s.Cost.Before}
		pairs["after"] = [2]any{cost["perSeatMonthAfter"], s.Cost.After}
	} else {
		pairs["before"] = [2]any{cost["perSeatMonthBefore"], nil}
	}
	if q.Out {
		pairs["rank"] = [2]any{got["rank"], nil}
	} else {
		pairs["best"] = [2]any{got["rank"].(map[string]any)["best"], q.Rank.Best}
		pairs["worst"] = [2]any{got["rank"].(map[string]any)["worst"], q.Rank.Worst}
	}
	for k, c := range want.Criteria {
		cell := got["criteria"].(map[string]any)[c.ID].(map[string]any)
		pairs[c.ID] = [2]any{cell["score"], q.Scores[k].Value}
		pairs[c.ID+" missing"] = [2]any{cell["missing"], q.Scores[k].Missing}
		if raw := s.Cells[c.ID].Raw; !raw.Known {
			pairs[c.ID+" raw"] = [2]any{cell["raw"], ""}
		}
	}
	for _, m := range s.Must {
		pairs["must "+m.Must.ID] = [2]any{got["mustHaves"].(map[string]any)[m.Must.ID], m.State}
	}
	for what, p := range pairs {
		if fmt.Sprint(p[0]) != fmt.Sprint(p[1]) {
			t.Errorf("%s of %s is printed as %v, computed as %v", what, s.Site.ID, p[0], p[1])
		}
	}
}

// genComparison draws a comparison and the flags that ask for it.
func genComparison(t *rapid.T, d *desk.Desk, p domain.Project) (desk.Comparison, []string) {
	c := d.NewComparison(p)
	var all []string
	for _, s := range d.Comparable() {
		all = append(all, s.ID)
	}
	c.Sites = rapid.SliceOfNDistinct(rapid.SampledFrom(all), 1, 5, rapid.ID).Draw(t, "sites")
	args := []string{"--sites", strings.Join(c.Sites, ",")}
	c.Draws = rapid.IntRange(1, 50).Draw(t, "draws")
	seed := rapid.Uint64Range(0, 1<<62).Draw(t, "seed")
	c.Seed = &seed
	args = append(args, "--draws", fmt.Sprint(c.Draws), "--seed", fmt.Sprint(seed))
	if rapid.Bool().Draw(t, "by hand") {
		c.Weights = map[string]int{"status": rapid.IntRange(1, 100).Draw(t, "status")}
		list := []string{fmt.Sprintf("status=%d", c.Weights["status"])}
		for _, id := range []string{"irCap", "newEntrants"} {
			c.Weights[id] = rapid.IntRange(0, 100).Draw(t, id)
			list = append(list, fmt.Sprintf("%s=%d", id, c.Weights[id]))
		}
		args = append(args, "--weights", strings.Join(list, ","))
	}
	if rapid.Bool().Draw(t, "must") {
		area := domain.Quantity(rapid.IntRange(0, 50_000).Draw(t, "area")) * domain.QuantityOne
		c.Must = []desk.MustChoice{{ID: "directParis"}, {ID: "officeBuilt", Num: &area}}
		args = append(args, "--must", "directParis,officeBuilt="+area.String())
	}
	return c, args
}

// Points without a preset stand alone; with one they change it.
func TestCompareWeights(t *testing.T) {
	in := sample(t, "eso-fes")
	itself := decode(t, run(t, in, "compare", "-", "--json"))
	for args, want := range map[string]struct {
		preset        string
		irCap, status float64
	}{
		"":                                {"ESO", 100, 40},
		"--preset CRM":                    {"CRM", 5, 70},
		"--weights irCap=30":              {"", 30, 0},
		"--preset CRM --weights irCap=30": {"", 30, 70},
		"--preset CRM --weights irCap=5":  {"CRM", 5, 70},
		"--weights irCap=0,status=1 --preset KPO": {"", 0, 1},
	} {
		got := decode(t, run(t, in, append([]string{"compare", "-", "--json"}, strings.Fields(args)...)...))
		points := got["points"].(map[string]any)
		if got["preset"] != want.preset || points["irCap"] != want.irCap || points["status"] != want.status {
			t.Errorf("%q: preset %v, points %v", args, got["preset"], points)
		}
	}
	if itself["preset"] != "ESO" {
		t.Errorf("the preset of the segment is %v", itself["preset"])
	}
}

// The user's value counts and says so; published values alone are the same bytes
// with and without a store.
func TestCompareTakesTheUsersValue(t *testing.T) {
	in := sample(t, "eso-fes")
	args := []string{"compare", "-", "--json", "--sites", "fes-shore,dakhla"}
	plain := run(t, in, args...)
	got := decode(t, runOver(t, ownDesk(t, desk.Correction{Place: "dakhla", Field: "newEntrants", Value: "1200"}), in, args...))
	cell := func(v map[string]any) map[string]any {
		return v["sites"].([]any)[1].(map[string]any)["criteria"].(map[string]any)["newEntrants"].(map[string]any)
	}
	if x := cell(decode(t, plain)); x["own"] != false || x["missing"] != true || x["raw"] != "" {
		t.Errorf("published %v", x)
	}
	if x := cell(got); x["own"] != true || x["missing"] != false || x["raw"] != "1200" {
		t.Errorf("own %v", x)
	}
	d := ownDesk(t, desk.Correction{Place: "dakhla", Field: "newEntrants", Value: "1200"})
	if !bytes.Equal(plain, runOver(t, d, in, append(args, "--published")...)) {
		t.Error("the user's values move what --published prints")
	}
}

// A must-have that the user's value decides says so.
func TestCompareMarksTheMustHavesOfTheUser(t *testing.T) {
	in := sample(t, "eso-fes")
	args := []string{"compare", "-", "--json", "--sites", "fes-shore,dakhla", "--must", "directParis,officeBuilt"}
	own := ownDesk(t, desk.Correction{Place: "dakhla", Field: "directParis", Value: "yes"})
	for i, want := range []string{"[]", "[directParis]"} {
		site := decode(t, runOver(t, own, in, args...))["sites"].([]any)[i].(map[string]any)
		if got := fmt.Sprint(site["mustHavesOwn"]); got != want {
			t.Errorf("%s: %s, want %s", site["id"], got, want)
		}
	}
	if state := decode(t, run(t, in, append(args, "--published")...))["sites"].([]any)[1].(map[string]any)["mustHavesOwn"]; fmt.Sprint(state) != "[]" {
		t.Errorf("published values alone: %v", state)
	}
}

// A number of which only one end was published does not pass for the number.
func TestCompareSaysThatANumberIsABound(t *testing.T) {
	got := decode(t, run(t, sample(t, "eso-fes"), "compare", "-", "--json", "--sites", "technopolis"))
	x := got["sites"].([]any)[0].(map[string]any)["criteria"].(map[string]any)["airportPassengers"].(map[string]any)
	if x["raw"] != "2000000" || x["bound"] != "more than" {
		t.Errorf("%v", x)
	}
}

// A platform without a cap says so, and what the other reading of the text gives;
// it is not a missing value.
func TestCompareSaysThatNoCapApplies(t *testing.T) {
	got := decode(t, run(t, sample(t, "eso-fes"), "compare", "-", "--json", "--sites", "casablanca-tech-valley"))
	x := got["sites"].([]any)[0].(map[string]any)["criteria"].(map[string]any)["irCap"].(map[string]any)
	if x["raw"] != "none" || x["rawLow"] != "0.20" || x["rawHigh"] != "none" || x["missing"] != false || x["score"] != "0.00" {
		t.Errorf("%v", x)
	}
}

func TestCompareAsText(t *testing.T) {
	in := sample(t, "eso-fes")
	text := string(run(t, in, "compare", "-"))
	plain := plainSpaces(text)
	for _, want := range []string{"En tête dans 80 % des tirages", "Fès Shore : qualité", "après aides 28 060", "15,3 %, 09/2025", "Poids, et jusqu'où", "graine 15"} {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if strings.Contains(text, "⟦") {
		t.Errorf("a text is missing in\n%s", text)
	}
	alone := string(run(t, in, "compare", "-", "--sites", "fes-shore", "--weights", "irCap=1", "--must", "operational"))
	if !strings.Contains(alone, "seul à peser") || strings.Contains(alone, "⟦") {
		t.Errorf("%s", alone)
	}
	if !bytes.Equal([]byte(text), run(t, in, "compare", "-")) {
		t.Error("twice is not the same")
	}
}

// What was typed wrong is said even while a window holds the store.
func TestRefusedBeforeTheLock(t *testing.T) {
	d := newDesk(t)
	for args, want := range map[string]int{
		"sites nowhere":                        cli.ExitRefused,
		"compare - --draws 0":                  cli.ExitRefused,
		"compare - --sites nowhere":            cli.ExitRefused,
		"compare - --weights moon=3":           cli.ExitRefused,
		"compare - --preset own:a":             cli.ExitFailed,
		"compare - --preset own:a --must moon": cli.ExitRefused,
		"compare -":                            cli.ExitFailed,
		"sites fes-shore":                      cli.ExitFailed,
	} {
		var out, errs bytes.Buffer
		p := params(d, []byte(taxed), strings.Fields(args))
		p.Stdout, p.Stderr = &out, &errs
		p.OwnDesk = func(string, string) (*desk.Desk, func() error, error) {
			return nil, nil, &store.LockedError{Path: "a.db"}
		}
		if status := cli.Run(p); status != want || out.Len() > 0 {
			t.Errorf("%s: status %d, want %d: %s", args, status, want, errs.String())
		}
	}
}
