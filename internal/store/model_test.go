package store

import (
	"bytes"
	"errors"
	"maps"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// alike compares bytes at once, not one by one: that is hundreds of times faster.
var alike = cmp.Options{
	cmp.Comparer(func(a, b []byte) bool { return bytes.Equal(a, b) }), // json.RawMessage too
	cmp.Comparer(func(a, b map[string]string) bool { return maps.Equal(a, b) }),
	cmp.Comparer(func(a, b time.Time) bool { return a.Equal(b) }),
}

// model is what a store promises, in memory.
type model struct {
	clock time.Time
	sims  map[ID]*modelSim
	packs map[string]Pack
	theme string

	values map[[2]string][]Value // by place and field, the newest first
}

type modelSim struct {
	sim    Simulation
	revs   []Revision
	events []Event
}

func (m *model) touch(s *modelSim, e *Event) {
	s.sim.Updated, s.sim.Device = m.clock, "device-a"
	if e != nil {
		e.At, e.Device = m.clock, "device-a"
		for _, was := range s.events {
			if e.Kind == EventRenamed && was.Names() && !e.At.After(was.At) {
				e.At = was.At.Add(1) // never older than the name that it takes the place of
			}
		}
		s.events = append(s.events, *e)
	}
}

func (m *model) addRevision(s *modelSim, c Content) {
	s.revs = append(s.revs, Revision{len(s.revs) + 1, m.clock, "device-a", c})
	s.sim.Head = len(s.revs)
}

// TestStore_BehavesLikeModel does random things to a store and to the model,
// closing and reopening in between, and compares everything after each step.
func TestStore_BehavesLikeModel(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		o := newOptions(t)
		m := &machine{t: rt, model: model{
			clock: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), sims: map[ID]*modelSim{}, packs: map[string]Pack{},
			values: map[[2]string][]Value{},
		}}
		o.Now = func() time.Time {
			m.mu.Lock()
			defer m.mu.Unlock()
			return m.clock
		}
		m.open = func() *Store { return mustOpen(t, o) }
		m.s = m.open()
		defer func() { _ = m.s.Close() }()
		rt.Repeat(map[string]func(*rapid.T){
			"": m.compare, "create": m.create, "save": m.save, "rename": m.rename, "delete": m.delete,
			"undelete": m.undelete, "duplicate": m.duplicate, "pack": m.pack, "setting": m.setting, "reopen": m.reopen,
			"put value": m.putValue, "drop value": m.dropValue, "undo value": m.undoValue,
		})
	})
}

type machine struct {
	model
	mu   sync.Mutex // guards the clock
	t    *rapid.T
	s    *Store
	open func() *Store
}

func (m *machine) check(err error) {
	if err != nil {
		m.t.Fatal(err)
	}
}

// step moves the clock, sometimes backwards as laptops do.
func (m *machine) step(t *rapid.T) {
	m.mu.Lock() // the goroutine of the snapshots looks at the clock too
	defer m.mu.Unlock()
	m.clock = m.clock.Add(time.Duration(rapid.IntRange(-3, 60).Draw(t, "seconds")) * time.Second)
}

func (m *machine) pick(t *rapid.T) *modelSim {
	if len(m.sims) == 0 {
		t.Skip("nothing yet")
	}
	m.step(t)
	ids := make([]string, 0, len(m.sims))
	for id := range m.sims {
		ids = append(ids, string(id))
	}
	sort.Slice(ids, func(i, j int) bool { return m.sims[ID(ids[i])].sim.Name < m.sims[ID(ids[j])].sim.Name })
	return m.sims[ID(ids[rapid.IntRange(0, len(ids)-1).Draw(t, "which")])]
}

func name(t *rapid.T) string { return rapid.StringN(0, 12, -1).Draw(t, "name") }

func drawContent(t *rapid.T) Content {
	c := content(rapid.IntRange(0, 4).Draw(t, "content"))
	if rapid.Bool().Draw(t, "unmarked") {
		c.Marks = nil
	}
	return c
}

func (m *machine) add(sim Simulation, c Content, e Event) {
	ms := &modelSim{sim: Simulation{ID: sim.ID, Name: e.New, Created: m.clock}}
	m.addRevision(ms, c)
	m.touch(ms, &e)
	m.sims[sim.ID] = ms
}

func (m *machine) create(t *rapid.T) {
	m.step(t)
	n, c := name(t), drawContent(t)
	sim, err := m.s.Create(n, c)
	m.check(err)
	m.add(sim, c, Event{Kind: EventCreated, New: n})
}

func (m *machine) duplicate(t *rapid.T) {
	from, n := m.pick(t), name(t)
	sim, err := m.s.Duplicate(from.sim.ID, n)
	m.check(err)
	m.add(sim, from.revs[len(from.revs)-1].Content, Event{Kind: EventDuplicated, New: n, Old: from.sim.Name, From: from.sim.ID})
}

func (m *machine) save(t *rapid.T) {
	ms, c, n := m.pick(t), drawContent(t), ""
	if rapid.Bool().Draw(t, "named") {
		n = name(t)
	}
	got, err := m.s.Save(ms.sim.ID, n, c)
	m.check(err)
	if !cmp.Equal(ms.revs[len(ms.revs)-1].Content, c, alike) {
		m.addRevision(ms, c)
		m.touch(ms, nil)
	}
	if ms.sim.Deleted != nil {
		ms.sim.Deleted = nil
		m.touch(ms, &Event{Kind: EventUndeleted})
	}
	if n != "" && n != ms.sim.Name {
		m.touch(ms, &Event{Kind: EventRenamed, Old: ms.sim.Name, New: n})
		ms.sim.Name = n
	}
	if diff := cmp.Diff(ms.sim, got, alike); diff != "" {
		t.Fatal(diff)
	}
}

func (m *machine) rename(t *rapid.T) {
	ms, n := m.pick(t), name(t)
	_, err := m.s.Rename(ms.sim.ID, n)
	m.check(err)
	if n != ms.sim.Name {
		m.touch(ms, &Event{Kind: EventRenamed, Old: ms.sim.Name, New: n})
		ms.sim.Name = n
	}
}

func (m *machine) delete(t *rapid.T) {
	ms := m.pick(t)
	_, err := m.s.Delete(ms.sim.ID)
	m.check(err)
	if ms.sim.Deleted == nil {
		at := m.clock
		ms.sim.Deleted = &at
		m.touch(ms, &Event{Kind: EventDeleted})
	}
}

func (m *machine) undelete(t *rapid.T) {
	ms := m.pick(t)
	_, err := m.s.Undelete(ms.sim.ID)
	m.check(err)
	if ms.sim.Deleted != nil {
		ms.sim.Deleted = nil
		m.touch(ms, &Event{Kind: EventUndeleted})
	}
}

func (m *machine) pack(t *rapid.T) {
	n := rapid.IntRange(0, 2).Draw(t, "pack")
	p := Pack{Number: n, SHA256: content(n).PackSHA256, Archive: make([]byte, 5000*n)}
	kept, known := m.packs[p.SHA256]
	if known && rapid.Bool().Draw(t, "other number") {
		p.Number += 10
		var conflict *ConflictError
		if err := m.s.SavePackOnce(p); !errors.As(err, &conflict) {
			t.Fatalf("another number under the same hash gave %v", err)
		}
		return
	}
	if known && rapid.Bool().Draw(t, "other archive") { // of the same files: the first stays
		p.Archive = append(p.Archive, 1)
	}
	m.check(m.s.SavePackOnce(p))
	if p.SavedAt = m.clock; known {
		p = kept
	}
	m.packs[p.SHA256] = p
}

func (m *machine) setting(t *rapid.T) {
	m.theme = rapid.SampledFrom([]string{"light", "dark"}).Draw(t, "theme")
	m.check(m.s.PutSetting(SettingTheme, m.theme))
}

// drawField has few ids, some the beginning of others, so that their keys meet.
func drawField(t *rapid.T) (place, field string) {
	ids := rapid.SampledFrom([]string{"a", "aa", "a.b", "b"})
	return ids.Draw(t, "place"), ids.Draw(t, "field")
}

func (m *machine) addVersion(v Value) {
	at := [2]string{v.Place, v.Field}
	newest := Value{Dropped: true}
	if len(m.values[at]) > 0 {
		newest = m.values[at][0]
	}
	v.At, v.Device = m.clock, "device-a"
	newest.Place, newest.Field, newest.At, newest.Device = v.Place, v.Field, v.At, v.Device
	if v != newest {
		m.values[at] = append([]Value{v}, m.values[at]...)
	}
}

func (m *machine) putValue(t *rapid.T) {
	m.step(t)
	v := Value{
		Text: rapid.StringN(1, 5, -1).Draw(t, "text"),
		AsOf: rapid.SampledFrom([]string{"", "2025"}).Draw(t, "as of"),
		Note: rapid.SampledFrom([]string{"", "<Devis> & \u2028\x00"}).Draw(t, "note"),
	}
	v.Place, v.Field = drawField(t)
	m.check(m.s.PutValue(v))
	m.addVersion(v)
}

func (m *machine) dropValue(t *rapid.T) {
	m.step(t)
	v := Value{Dropped: true}
	v.Place, v.Field = drawField(t)
	m.check(m.s.DropValue(v.Place, v.Field))
	m.addVersion(v)
}

// undoValue puts a former version again, as it was read.
func (m *machine) undoValue(t *rapid.T) {
	place, field := drawField(t)
	versions, err := m.s.ValueHistory(place, field)
	m.check(err)
	if len(versions) < 2 || versions[1].Dropped {
		t.Skip("nothing to undo")
	}
	m.step(t)
	m.check(m.s.PutValue(versions[1]))
	m.addVersion(versions[1])
}

func (m *machine) compareValues(t *rapid.T) {
	var want []Value
	for at, versions := range m.values {
		got, err := m.s.ValueHistory(at[0], at[1])
		m.check(err)
		if diff := cmp.Diff(versions, got, alike); diff != "" {
			t.Fatal(diff)
		}
		if !versions[0].Dropped {
			want = append(want, versions[0])
		}
	}
	sort.Slice(want, func(i, j int) bool {
		a, b := want[i], want[j]
		return a.Place < b.Place || a.Place == b.Place && a.Field < b.Field
	})
	got, err := m.s.Values()
	m.check(err)
	if diff := cmp.Diff(want, got, alike, cmpopts.EquateEmpty()); diff != "" {
		t.Fatal(diff)
	}
}

func (m *machine) reopen(*rapid.T) {
	m.check(m.s.Close())
	m.s = m.open()
	if m.s.Recovery() != nil {
		m.t.Fatal(m.s.Recovery().Damaged)
	}
}

func (m *machine) compare(t *rapid.T) {
	for _, deleted := range []bool{false, true} {
		list := m.s.List
		if deleted {
			list = m.s.ListDeleted
		}
		got, err := list()
		m.check(err)
		if diff := cmp.Diff(m.list(deleted), got, alike); diff != "" {
			t.Fatalf("list, deleted %v: %s", deleted, diff)
		}
	}
	for id, ms := range m.sims {
		revs, err := m.s.Revisions(id)
		m.check(err)
		events, err := m.s.History(id)
		m.check(err)
		if diff := cmp.Diff(ms.revs, revs, alike) + cmp.Diff(ms.events, events); diff != "" {
			t.Fatal(diff)
		}
	}
	for sum, want := range m.packs {
		got, err := m.s.Pack(sum)
		m.check(err)
		if diff := cmp.Diff(want, got, alike); diff != "" {
			t.Fatal(diff)
		}
	}
	m.compareValues(t)
	theme := ""
	_, err := m.s.Setting(SettingTheme, &theme)
	m.check(err)
	if theme != m.theme {
		t.Fatalf("theme %q, want %q", theme, m.theme)
	}
}

func (m *machine) list(deleted bool) []Entry {
	out := []Entry{}
	for _, ms := range m.sims {
		if c := ms.revs[len(ms.revs)-1].Content; (ms.sim.Deleted != nil) == deleted {
			out = append(out, Entry{ms.sim, c.PackNumber, c.Summary})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := out[i].Simulation, out[j].Simulation
		return a.Updated.After(b.Updated) || a.Updated.Equal(b.Updated) && a.ID < b.ID
	})
	return out
}
