package main

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"
)

// figure is one whose relative value is v.
func figure(id string, v float64) Figure {
	f := Figure{ID: id, What: "saving", Theirs: "a bare write"}
	f.add(v, 1)
	return f
}

func TestWorse(t *testing.T) {
	base := Baseline{Figures: map[string]float64{"store/save": 2}}
	for _, c := range []struct {
		now   float64
		worse bool
	}{{1, false}, {2, false}, {2.39, false}, {2.41, true}, {20, true}, {math.NaN(), true}, {math.Inf(1), true}} {
		got := base.worse([]Figure{figure("store/save", c.now)})
		if said := got["store/save"]; (said != "") != c.worse {
			t.Errorf("%v beside 2: %q, want worse %v", c.now, said, c.worse)
		}
	}
	if got := base.worse([]Figure{figure("store/new", 1)}); !strings.Contains(got["store/new"], "not in the baseline") {
		t.Errorf("an unknown figure: %v", got)
	}
}

// The ratio is that of a round, so that a round on a slow machine changes nothing.
func TestRelativeIsOfTheRound(t *testing.T) {
	f := Figure{ID: "x"}
	f.add(1, 2)
	f.add(100, 200)
	f.add(3, 4)
	if mid, low, high := f.relative(); mid != 0.5 || low != 0.5 || high != 0.75 {
		t.Errorf("%v, %v to %v", mid, low, high)
	}
}

// scripted is a contest that gives one figure after the other.
func scripted(held *int, values ...float64) contest {
	return contest{"store", func() ([]Figure, error) {
		*held++
		return []Figure{figure("store/save", values[*held-1]), figure("store/steady", 1)}, nil
	}}
}

func TestCheckFailsAndNamesTheLine(t *testing.T) {
	base := Baseline{Figures: map[string]float64{"store/save": 2, "store/steady": 1}}
	var held int
	err := hold([]contest{scripted(&held, 2.5, 2.6, 2.7)}, base, &bytes.Buffer{})
	if err == nil || held != attempts {
		t.Fatalf("after %d attempts: %v", held, err)
	}
	if said := err.Error(); !strings.Contains(said, "store/save: 2.70") || !strings.Contains(said, "35 % worse") || strings.Contains(said, "steady") {
		t.Errorf("it says %q", said)
	}
}

func TestCheckTakesABadMomentForNoise(t *testing.T) {
	base := Baseline{Figures: map[string]float64{"store/save": 2, "store/steady": 1}}
	var held int
	if err := hold([]contest{scripted(&held, 9, 2.1)}, base, &bytes.Buffer{}); err != nil || held != 2 {
		t.Errorf("after %d attempts: %v", held, err)
	}
}

func TestCheckSaysLoudlyWhatIsMissing(t *testing.T) {
	var errs bytes.Buffer
	gone := contest{"spreadsheet", func() ([]Figure, error) { return nil, missing("LibreOffice is not installed") }}
	if err := hold([]contest{gone}, Baseline{}, &errs); err != nil || !strings.Contains(errs.String(), "*** NOT CHECKED: spreadsheet, as LibreOffice is not installed.") {
		t.Errorf("%v: %s", err, errs.String())
	}
	broken := contest{"spreadsheet", func() ([]Figure, error) { return nil, errors.New("another amount") }}
	if err := hold([]contest{broken}, Baseline{}, &errs); err == nil {
		t.Error("a contest that fails is passed over")
	}
}

// An opponent that is a centime off gives no figure.
func TestAgreeFindsACentime(t *testing.T) {
	o, err := newOurs()
	if err != nil {
		t.Fatal(err)
	}
	cases := o.drawn(3)
	var theirs [][]float64
	for _, c := range cases {
		years, err := o.estimate(o.project(c))
		if err != nil {
			t.Fatal(err)
		}
		var row []float64
		for y := range years {
			for _, v := range amounts(&years[y]) {
				row = append(row, float64(v)/100)
			}
		}
		theirs = append(theirs, row)
	}
	if err := o.agree("x", cases, theirs); err != nil {
		t.Error(err)
	}
	theirs[2][3] += 0.01
	if err := o.agree("x", cases, theirs); err == nil || !strings.Contains(err.Error(), "AIR of 2026") {
		t.Errorf("a centime more: %v", err)
	}
	if err := o.agree("x", cases, theirs[:2]); err == nil {
		t.Error("a case less is accepted")
	}
}

// The worked case is the sample, and the drawn ones reach all that the rules hold.
func TestDrawnCasesReachEveryLine(t *testing.T) {
	o, err := newOurs()
	if err != nil {
		t.Fatal(err)
	}
	var zero, more [8]bool
	for i, c := range o.drawn(checked) {
		years, err := o.estimate(o.project(c))
		if err != nil {
			t.Fatal(err)
		}
		total := years[0].Benefits()
		for y := range years {
			if y > 0 {
				total += years[y].Benefits()
			}
			for l, v := range amounts(&years[y]) {
				zero[l], more[l] = zero[l] || v == 0, more[l] || v > 0
			}
		}
		if i == 0 && total.String() != "14669241.60" {
			t.Errorf("the worked case gives %s", total)
		}
	}
	for l, name := range lines {
		if !more[l] || name == "AIR" && !zero[l] || name == "AIS" && !zero[l] {
			t.Errorf("%s: zero %v, more %v", name, zero[l], more[l])
		}
	}
}

func TestWindowFigures(t *testing.T) {
	list, err := windowFigures("start 0.4 0.2\nmemory 146 120\nbinary 60 30\n")
	if err != nil || len(list) != 3 || list[0].ID != "window/start" {
		t.Fatalf("%v, %v", list, err)
	}
	for _, bad := range []string{"", "start 0.4 0.2\n", "start x 0.2\nmemory 1 1\nbinary 1 1\n", "start 0 0.2\nmemory 1 1\nbinary 1 1\n", "other 1 1\nmemory 1 1\nbinary 1 1\n"} {
		if _, err := windowFigures(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func TestAmountsAreReadable(t *testing.T) {
	f := Figure{}
	for v, want := range map[float64]string{1.234: "1.23 s", 0.0123: "12.3 ms", 0.000_003_21: "3.21 \u00b5s", 123: "123 s", 0.25e-6: "0.250 \u00b5s"} {
		if got := f.amount(v); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0.0005: "1 / 2000", 2.5: "2.50", 0.9: "0.900"} {
		if got := ratio(v); got != want {
			t.Errorf("%v is %q, want %q", v, got, want)
		}
	}
}
