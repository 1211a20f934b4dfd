package lineage

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// laptops is what several laptops know of one thing.
type laptops struct {
	lines [3]Line
	n     int
}

func (l *laptops) put(t *rapid.T, i int, parents []string, before []Version) {
	l.n++
	v := Version{
		At:     time.Unix(int64(rapid.IntRange(-3, 3).Draw(t, "second")), 0), // clocks say anything
		Device: fmt.Sprint(i, l.n), Parents: parents, Content: Of([]byte{byte(rapid.IntRange(0, 2).Draw(t, "content"))}),
	}
	v.Identity = Identify("thing", "key", v)
	l.lines[i].Append(before)
	l.lines[i].List = append(l.lines[i].List, v)
}

func (l *laptops) save(t *rapid.T) {
	i := rapid.IntRange(0, 2).Draw(t, "laptop")
	parents, before := l.lines[i].Next()
	l.put(t, i, parents, before)
}

func (l *laptops) resolve(t *rapid.T) {
	i := rapid.IntRange(0, 2).Draw(t, "laptop")
	if !l.lines[i].Conflict() {
		t.Skip("no conflict")
	}
	parents, before := l.lines[i].Join(l.lines[i].Heads())
	l.put(t, i, parents, before)
	if l.lines[i].Conflict() {
		t.Fatal("the conflict is still there")
	}
}

func take(into *Line, from Line) {
	for _, v := range from.all() {
		if !slices.ContainsFunc(into.all(), func(is Version) bool { return is.Identity == v.Identity }) {
			into.Siblings = append(into.Siblings, v)
		}
	}
	into.Append(into.Settle())
}

func (l *laptops) merge(t *rapid.T) {
	from, to := rapid.IntRange(0, 2).Draw(t, "from"), rapid.IntRange(0, 2).Draw(t, "to")
	take(&l.lines[to], l.lines[from])
	if more := l.lines[to].Settle(); len(more) > 0 {
		t.Fatalf("it is not settled: %v", more)
	}
}

// check finds any break of what the package promises of a line.
func (l *laptops) check(t *rapid.T) {
	for _, line := range l.lines {
		if err := Check(line.all()); err != nil {
			t.Fatal(err)
		}
		if len(line.List) == 0 {
			continue
		}
		place := map[string]int{}
		for i, v := range line.List {
			for _, p := range v.Parents {
				if at, listed := place[p]; !listed || at >= i {
					t.Fatalf("%s stands before its parent", v.Identity)
				}
			}
			place[v.Identity] = i
		}
		current := line.List[len(line.List)-1]
		above := line.ancestors(current.Identity)
		for _, v := range line.List {
			if !above[v.Identity] {
				t.Fatal("the current version does not come from all of the list")
			}
		}
		if !slices.ContainsFunc(line.Heads(), func(v Version) bool { return v.Identity == current.Identity }) {
			t.Fatal("the current version is no head")
		}
		if sides := line.Sides(); (len(sides) > 1) != line.Conflict() || sides[0].Identity != current.Identity {
			t.Fatalf("sides %v", sides)
		}
	}
}

func TestLine_Properties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := &laptops{}
		t.Repeat(map[string]func(*rapid.T){"": l.check, "save": l.save, "resolve": l.resolve, "merge": l.merge, "merge again": l.merge})
		// Any order of merges knows the same and sees the same conflict.
		var a, b Line
		for _, i := range []int{0, 1, 2} {
			take(&a, l.lines[i])
			take(&b, l.lines[2-i])
		}
		if diff := cmp.Diff(Sort(a.all()), Sort(b.all())); diff != "" || a.Conflict() != b.Conflict() {
			t.Fatal("another order: ", diff)
		}
		if !a.Conflict() && len(a.List) > 0 && a.List[len(a.List)-1].Content != b.List[len(b.List)-1].Content {
			t.Fatal("without a conflict the current versions say different things")
		}
	})
}

func TestIdentify_EveryPartCounts(t *testing.T) {
	v := Version{At: time.Unix(1, 2), Device: "a", Parents: []string{"p"}, Content: Of([]byte("x"))}
	seen := map[string]bool{}
	add := func(id string) {
		if seen[id] {
			t.Errorf("%s stands for two versions", id)
		}
		seen[id] = true
	}
	add(Identify("k", "key", v))
	add(Identify("kk", "ey", v))
	add(Identify("k", "other", v))
	for _, change := range []func(*Version){
		func(v *Version) { v.At = time.Unix(1, 3) },
		func(v *Version) { v.Device = "b" },
		func(v *Version) { v.Parents = nil },
		func(v *Version) { v.Parents = []string{"p", "q"} },
		func(v *Version) { v.Parents = []string{"pq"} },
		func(v *Version) { v.Content = Of([]byte("y")) },
		func(v *Version) { v.Content = Of([]byte("x"), nil) },
	} {
		other := v
		change(&other)
		add(Identify("k", "key", other))
	}
}

func TestCheck_Refuses(t *testing.T) {
	for name, bad := range map[string][]Version{
		"twice":          {{Identity: "a"}, {Identity: "a"}},
		"unknown parent": {{Identity: "a", Parents: []string{"b"}}},
		"unsorted":       {{Identity: "a"}, {Identity: "b"}, {Identity: "c", Parents: []string{"b", "a"}}},
		"parent twice":   {{Identity: "a"}, {Identity: "c", Parents: []string{"a", "a"}}},
		"circle":         {{Identity: "a", Parents: []string{"b"}}, {Identity: "b", Parents: []string{"a"}}},
	} {
		if Check(bad) == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
