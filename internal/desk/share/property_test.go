package share

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/dossier"
)

// Whatever three laptops do with their contacts and in whatever order their files are
// taken, old ones too: who was erased is reachable nowhere that heard of it, and in the
// end nowhere at all; and all three then hold the same.
func TestMerge_InAnyOrder(t *testing.T) {
	root := t.TempDir()
	runs := 0
	few(t, 10) // each opens three stores: the disk is what takes the time
	rapid.Check(t, func(t *rapid.T) {
		runs++
		dir := fmt.Sprintf("%s/%d", root, runs)
		check(t, os.Mkdir(dir, 0o700))
		w := &world{heard: map[*laptop]map[string]bool{}}
		c := &clock{at: laptopStart}
		for _, name := range []string{"nord", "sud", "est"} {
			l := newLaptop(t, dir, name, c)
			defer func() { check(t, l.store.Close()) }()
			check(t, l.cabinet.SetPassphrase(pass))
			w.all, w.heard[l] = append(w.all, l), map[string]bool{}
		}
		for range rapid.IntRange(1, 14).Draw(t, "steps") {
			w.step(t)
		}
		w.settle(t)
	})
}

// few bounds how often a property is tried, unless somebody asked for a number.
func few(t *testing.T, checks int) {
	t.Helper()
	f := flag.Lookup("rapid.checks")
	if was := f.Value.String(); was == f.DefValue {
		check(t, f.Value.Set(strconv.Itoa(checks)))
		t.Cleanup(func() { check(t, f.Value.Set(was)) })
	}
}

// file is one that was made, with who was erased where it was made.
type file struct {
	data   []byte
	erased map[string]bool
}

type world struct {
	all   []*laptop
	ids   []string
	files []file
	heard map[*laptop]map[string]bool // who was erased, as far as a laptop was told
}

func (w *world) step(t *rapid.T) {
	l := rapid.SampledFrom(w.all).Draw(t, "laptop")
	switch rapid.SampledFrom([]string{"new", "change", "erase", "export", "take", "take"}).Draw(t, "what") {
	case "new":
		w.ids = append(w.ids, l.save(t, visitor()).ID)
	case "change":
		if d := w.any(t, l); d != nil {
			d.Notes = rapid.SampledFrom([]string{"un", "deux", "trois"}).Draw(t, "notes")
			l.save(t, *d)
		}
	case "erase":
		if d := w.any(t, l); d != nil {
			must(l.cabinet.Erase(d.ID))(t)
			w.heard[l][d.ID] = true
		}
	case "export":
		w.files = append(w.files, file{l.export(t), maps.Clone(w.heard[l])})
	case "take":
		if len(w.files) > 0 {
			f := rapid.SampledFrom(w.files).Draw(t, "file")
			l.take(t, f.data)
			maps.Copy(w.heard[l], f.erased)
		}
	}
	for id := range w.heard[l] {
		unreachable(t, l, id)
	}
}

// any is a contact that a laptop has, or nil.
func (w *world) any(t *rapid.T, l *laptop) *dossier.Dossier {
	found := l.cabinet.Find(dossier.Query{})
	if len(found) == 0 {
		return nil
	}
	slices.SortFunc(found, func(a, b *dossier.Dossier) int { return slices.Index(w.ids, a.ID) - slices.Index(w.ids, b.ID) })
	return must(l.cabinet.Get(rapid.SampledFrom(found).Draw(t, "contact").ID))(t)
}

// settle brings everybody's files to everybody, and holds what must be true then.
func (w *world) settle(t *rapid.T) {
	erased := map[string]bool{}
	for range 2 {
		for _, from := range w.all {
			data := from.export(t)
			for _, to := range w.all {
				to.take(t, data)
			}
			maps.Copy(erased, w.heard[from])
		}
	}
	for _, l := range w.all {
		if diff := cmp.Diff(w.all[0].sheet(t), l.sheet(t)); diff != "" {
			t.Fatalf("%s and %s differ: %s", w.all[0].p.ID, l.p.ID, diff)
		}
		for _, id := range w.ids {
			if erased[id] {
				unreachable(t, l, id)
			} else if _, err := l.cabinet.Get(id); err != nil {
				t.Errorf("%s lost a contact: %v", l.p.ID, err)
			}
		}
		if said := l.cabinet.Troubles(); len(said) > 0 {
			t.Errorf("%s: %+v", l.p.ID, said)
		}
		if r := l.take(t, w.all[0].export(t)); r.Changes() > 0 {
			t.Errorf("%s changes again: %+v", l.p.ID, r)
		}
	}
}
