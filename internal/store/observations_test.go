package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

// observation makes an imported figure that differs for each n.
func observation(n int) Observation {
	return Observation{
		ID: fmt.Sprintf("i%d", n), Country: "MA", Indicator: "exports", Segment: "ITO", Period: "2024-H1",
		Value: fmt.Sprintf("%d.5", 1000+n), Unit: "MAD million", Series: "OC-2025",
		Publisher: "Office des changes", Title: "Indicateurs <mensuels> & annexes", Date: "2025-03", Note: "table\n3", Line: n + 2,
	}
}

func putFigures(t testing.TB, s *Store, list ...Observation) Import {
	t.Helper()
	return must(s.PutObservations(t.Context(), "export.csv", list, nil))(t)
}

func TestObservations_ALaterImportHoldsUntilItIsDropped(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	first := putFigures(t, s, observation(1), observation(2))
	changed := observation(2)
	changed.Value = "7"
	second := putFigures(t, s, changed, observation(3))
	if first.Number != 1 || second.Number != 2 || second.Count != 2 || second.File != "export.csv" || second.Device != "device-a" {
		t.Errorf("imports %+v, %+v", first, second)
	}
	holds := func(want ...Observation) {
		t.Helper()
		if got := must(s.Observations())(t); !slices.Equal(got, want) {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
	holds(observation(1), changed, observation(3))
	for range 2 { // the second time changes nothing
		if err := s.DropImport(2); err != nil {
			t.Fatal(err)
		}
	}
	holds(observation(1), observation(2))
	_ = s.Close()
	s = mustOpen(t, o)
	holds(observation(1), observation(2))
	if got := must(s.Imports())(t); len(got) != 2 || !got[0].Dropped || got[1].Dropped || got[1].Count != 2 {
		t.Errorf("imports %+v", got)
	}
}

func TestObservations_Refused(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	long, bad, nameless := observation(1), observation(2), observation(3)
	long.Note, bad.Title, nameless.ID = strings.Repeat("x", maxObservationText+1), "\xff", ""
	for _, o := range []Observation{long, bad, nameless} {
		var wrong *domain.Problem
		if _, err := s.PutObservations(t.Context(), "f", []Observation{observation(0), o}, nil); !errors.As(err, &wrong) || !strings.HasPrefix(wrong.Field, "observations[1].") {
			t.Errorf("got %v", err)
		}
	}
	var missing *NotFoundError
	for _, n := range []int{-1, 0, 1} {
		if err := s.DropImport(n); !errors.As(err, &missing) {
			t.Errorf("import %d: %v", n, err)
		}
	}
	if got := must(s.Imports())(t); len(got) != 0 {
		t.Errorf("imports %+v", got)
	}
	if none := putFigures(t, s); none.Number != 0 || len(must(s.Imports())(t)) != 0 {
		t.Errorf("an empty import was written: %+v", none)
	}
}

// A cancelled import leaves nothing, and the store goes on.
func TestObservations_Cancelled(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	ctx, cancel := context.WithCancel(t.Context())
	list := make([]Observation, 3*cancelEvery)
	for i := range list {
		list[i] = observation(i)
	}
	_, err := s.PutObservations(ctx, "f", list, func(done int) {
		if done == cancelEvery {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if got := must(s.Observations())(t); len(got) != 0 || len(must(s.Imports())(t)) != 0 {
		t.Errorf("%d observations are left", len(got))
	}
	if is := putFigures(t, s, observation(1)); is.Number != 1 {
		t.Errorf("import %+v", is)
	}
}

// What holds is what the imports that were not dropped say, the newest last.
func TestObservations_AsTheModelSays(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := mustOpen(t, newOptions(t))
		defer func() { _ = s.Close() }()
		var imports [][]Observation
		dropped := map[int]bool{}
		for range rapid.IntRange(1, 6).Draw(rt, "steps") {
			if n := len(imports); n > 0 && rapid.Bool().Draw(rt, "drop") {
				i := rapid.IntRange(1, n).Draw(rt, "which")
				if err := s.DropImport(i); err != nil {
					rt.Fatal(err)
				}
				dropped[i] = true
				continue
			}
			var list []Observation
			for _, n := range rapid.SliceOfNDistinct(rapid.IntRange(0, 5), 1, 4, rapid.ID).Draw(rt, "figures") {
				o := observation(n)
				o.Value = fmt.Sprint(len(imports))
				list = append(list, o)
			}
			putFigures(t, s, list...)
			imports = append(imports, list)
		}
		want := map[string]Observation{}
		for i, list := range imports {
			for _, o := range list {
				if !dropped[i+1] {
					want[o.ID] = o
				}
			}
		}
		got := must(s.Observations())(t)
		for _, o := range got {
			if want[o.ID] != o {
				rt.Fatalf("got %+v, want %+v", o, want[o.ID])
			}
		}
		if len(got) != len(want) {
			rt.Fatalf("%d observations, want %d", len(got), len(want))
		}
	})
}

func BenchmarkPutObservations100000(b *testing.B) {
	list := make([]Observation, 100_000)
	for i := range list {
		list[i] = observation(i)
	}
	for b.Loop() {
		s := mustOpen(b, newOptions(b))
		putFigures(b, s, list...)
		if got := must(s.Observations())(b); len(got) != len(list) {
			b.Fatal(len(got))
		}
		_ = s.Close()
	}
}
