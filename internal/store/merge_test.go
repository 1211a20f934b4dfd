package store

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/store/record"
)

// laptop is a store of its own with a clock of its own, which may be years off and
// may go back.
type laptop struct {
	*Store
	device string

	mu    sync.Mutex // the goroutine of the snapshots looks at the clock too
	clock time.Time
}

func newLaptop(t *testing.T, device string, start time.Time) *laptop {
	l := &laptop{device: device, clock: start}
	o := newOptions(t)
	if dir, err := os.MkdirTemp("/dev/shm", "store"); err == nil { // in memory: the test makes hundreds of files
		t.Cleanup(func() { _ = os.RemoveAll(dir) })
		o.Path = filepath.Join(dir, "atlas.db")
	}
	o.Device = device
	o.Now = func() time.Time {
		l.mu.Lock()
		defer l.mu.Unlock()
		return l.clock
	}
	l.Store = mustOpen(t, o)
	return l
}

// fair is several laptops that do random things and share.
type fair struct {
	t       *testing.T
	laptops []*laptop
	erased  map[ID]bool
	n       int
}

func TestMerge_Properties(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := &fair{t: t, erased: map[ID]bool{}}
		for i, year := range []int{2026, 1970, 2031} {
			f.laptops = append(f.laptops, newLaptop(t, string(rune('A'+i)), time.Date(year, 11, 22, 9, 0, 0, 0, time.UTC)))
		}
		defer f.close()
		rt.Repeat(map[string]func(*rapid.T){
			"create": f.create, "save": f.save, "save again": f.save, "rename": f.rename, "bin": f.bin, "value": f.value,
			"create dossier": f.createDossier, "save dossier": f.saveDossier, "erase": f.erase, "paper": f.paper,
			"merge": f.merge, "merge again": f.merge, "resolve": f.resolve,
		})
		f.checkOrder(rt)
		f.converge(rt)
	})
}

func (f *fair) close() {
	for _, l := range f.laptops {
		_ = l.Close()
	}
}

func (f *fair) pick(t *rapid.T) *laptop {
	l := f.laptops[rapid.IntRange(0, len(f.laptops)-1).Draw(t, "laptop")]
	seconds := rapid.IntRange(-5, 60).Draw(t, "seconds")
	l.mu.Lock()
	l.clock = l.clock.Add(time.Duration(seconds) * time.Second)
	l.mu.Unlock()
	f.n++
	return l
}

func check(t *rapid.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("%v", err)
	}
}

func got[T any](v T, err error) func(*rapid.T) T {
	return func(t *rapid.T) T {
		t.Helper()
		check(t, err)
		return v
	}
}

func (f *fair) create(t *rapid.T) {
	l := f.pick(t)
	_ = got(l.Create(fmt.Sprint("sim ", f.n), content(f.n%3)))(t)
}

func (f *fair) sim(t *rapid.T, l *laptop) ID {
	list := append(got(l.List())(t), got(l.ListDeleted())(t)...)
	if len(list) == 0 {
		t.Skip("nothing yet")
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(t, "which")].ID
}

// save draws from few contents, so that two laptops may save the same.
func (f *fair) save(t *rapid.T) {
	l := f.pick(t)
	_ = got(l.Save(f.sim(t, l), "", content(rapid.IntRange(0, 3).Draw(t, "content"))))(t)
}

func (f *fair) rename(t *rapid.T) {
	l := f.pick(t)
	_ = got(l.Rename(f.sim(t, l), rapid.SampledFrom([]string{"un", "deux", "trois"}).Draw(t, "name")))(t)
}

func (f *fair) bin(t *rapid.T) {
	l := f.pick(t)
	id := f.sim(t, l)
	if rapid.Bool().Draw(t, "delete") {
		_ = got(l.Delete(id))(t)
		return
	}
	_ = got(l.Undelete(id))(t)
}

func (f *fair) value(t *rapid.T) {
	l := f.pick(t)
	v := value(rapid.IntRange(0, 5).Draw(t, "value"))
	if rapid.Bool().Draw(t, "drop") {
		check(t, l.DropValue(v.Place, v.Field))
		return
	}
	check(t, l.PutValue(v))
}

// sealedOf is sealed content that can be found again in any file.
func (f *fair) sealedOf(id ID) DossierContent {
	return DossierContent{Clear: fmt.Appendf(nil, `{"n":%d}`, f.n%3), Sealed: fmt.Appendf(nil, "sealed %s %d", id, f.n%3)}
}

func (f *fair) createDossier(t *rapid.T) {
	l, id := f.pick(t), NewID()
	_ = got(l.CreateDossier(id, f.sealedOf(id), DossierEvent{Kind: "created"}))(t)
}

func (f *fair) contact(t *rapid.T, l *laptop) ID {
	list := got(l.Dossiers())(t)
	if len(list) == 0 {
		t.Skip("nobody yet")
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(t, "who")].ID
}

func (f *fair) saveDossier(t *rapid.T) {
	l := f.pick(t)
	id := f.contact(t, l)
	_ = got(l.SaveDossier(id, f.sealedOf(id), DossierEvent{Kind: "graded", Ref: fmt.Sprint(f.n)}))(t)
}

func (f *fair) erase(t *rapid.T) {
	l := f.pick(t)
	id := f.contact(t, l)
	check(t, l.EraseDossier(id))
	f.erased[id] = true
}

func (f *fair) paper(t *rapid.T) {
	l := f.pick(t)
	who, what := f.contact(t, l), f.sim(t, l)
	sim, _, err := l.Get(what)
	check(t, err)
	_ = got(l.PutPaper(func(n int) (Paper, error) {
		p := paper(n, who)
		p.Number, p.Simulation, p.Revision = fmt.Sprintf("%s-%05d", l.device, n), what, sim.Head
		p.Sealed = fmt.Appendf(nil, "sealed %s name", who)
		return p, nil
	}))(t)
}

// sent is what arrives of a Share elsewhere.
func sent(t *rapid.T, sh Share) Share {
	b, err := json.Marshal(sh)
	check(t, err)
	return got(ReadShare(b))(t)
}

func headNow(t *rapid.T, s *Store) string {
	var out string
	check(t, s.view(func(r reader) error {
		h, err := r.head()
		b, _ := json.Marshal(h)
		out = string(b)
		return err
	}))
	return out
}

func (f *fair) merge(t *rapid.T) {
	from, to := f.pick(t), f.pick(t)
	sh := sent(t, got(from.Share(ShareOptions{WithoutDossiers: rapid.Bool().Draw(t, "without dossiers")}))(t))
	f.mergeInto(t, to.Store, sh)
	f.noTrace(t, to.Store)
}

// mergeInto merges and checks what holds of any merge.
func (f *fair) mergeInto(t *rapid.T, to *Store, sh Share) {
	before := got(to.Share(ShareOptions{bin: true}))(t)
	head := headNow(t, to)
	tried := got(to.TryMerge(sh))(t)
	if headNow(t, to) != head {
		t.Fatal("trying a merge wrote something")
	}
	done := got(to.Merge(sh))(t)
	if diff := cmp.Diff(tried, done); diff != "" {
		t.Fatal("the merge did not do what was said: ", diff)
	}
	head = headNow(t, to)
	again := got(to.Merge(sh))(t)
	if headNow(t, to) != head || len(again.Simulations.New)+len(again.Simulations.Updated)+len(again.Dossiers.Updated)+len(again.Erased) > 0 {
		t.Fatalf("the second merge did something: %+v", again)
	}
	after := got(to.Share(ShareOptions{bin: true}))(t)
	has := versionsOf(after)
	for _, side := range []Share{before, sh} {
		for id, owner := range versionsOf(side) {
			if has[id] == "" && !erasedIn(after, ID(owner)) {
				t.Fatalf("version %s of %s is lost", id, owner)
			}
		}
	}
	checkConflicts(t, to, after)
	checkPapers(t, to, after)
}

func erasedIn(sh Share, id ID) bool {
	return slices.ContainsFunc(sh.Dossiers, func(d SharedDossier) bool { return d.ID == id && d.Erased != nil })
}

// versionsOf gives what each version is of.
func versionsOf(sh Share) map[string]string {
	out := map[string]string{}
	for _, is := range sh.Simulations {
		for _, r := range is.Revisions {
			out[r.Identity] = string(is.ID)
		}
	}
	for _, d := range sh.Dossiers {
		for _, r := range d.Revisions {
			out[r.Identity] = string(d.ID)
		}
	}
	for _, v := range sh.Values {
		for _, r := range v.Versions {
			out[r.Identity] = v.Place + v.Field
		}
	}
	return out
}

// checkConflicts compares the conflicts with those that the Share shows: of versions
// that none names as a parent, two say different things.
func checkConflicts(t *rapid.T, s *Store, all Share) {
	want := map[string]bool{}
	for _, is := range all.Simulations {
		sim, _, err := s.Get(is.ID)
		check(t, err)
		if sim.Deleted == nil && sides(is.Revisions, func(r SharedRevision) (SharedVersion, any) {
			return r.SharedVersion, []any{r.Project, r.Marks, r.PackNumber, r.PackSHA256, r.Summary}
		}) > 1 {
			want[string(is.ID)] = true
		}
	}
	for _, d := range all.Dossiers {
		if sides(d.Revisions, func(r SharedDossierRevision) (SharedVersion, any) {
			return r.SharedVersion, []any{r.Clear, r.Sealed}
		}) > 1 {
			want[string(d.ID)] = true
		}
	}
	for _, v := range all.Values {
		if sides(v.Versions, func(r SharedValueVersion) (SharedVersion, any) {
			return r.SharedVersion, []any{r.Text, r.AsOf, r.Note, r.Dropped}
		}) > 1 {
			want[ValueKey(v.Place, v.Field)] = true
		}
	}
	found := map[string]bool{}
	for _, c := range got(s.Conflicts())(t) {
		if len(c.Versions) < 2 {
			t.Fatalf("a conflict of one: %+v", c)
		}
		found[c.Key] = true
	}
	if diff := cmp.Diff(want, found); diff != "" {
		t.Fatal("conflicts: ", diff)
	}
}

// sides counts what the versions without a child say.
func sides[V any](versions []V, of func(V) (SharedVersion, any)) int {
	superseded := map[string]bool{}
	for _, v := range versions {
		is, _ := of(v)
		for _, p := range is.Parents {
			superseded[p] = true
		}
	}
	say := map[string]bool{}
	for _, v := range versions {
		if is, content := of(v); !superseded[is.Identity] {
			b, _ := json.Marshal(content)
			say[string(b)] = true
		}
	}
	return len(say)
}

// checkPapers compares the revision that each paper has here with the one it names.
func checkPapers(t *rapid.T, s *Store, all Share) {
	for _, p := range all.Papers {
		kept, err := s.Paper(p.Number)
		check(t, err)
		key, _ := keyOf(kept.Simulation)
		if kept.Revision == 0 {
			sim, _, err := s.Get(kept.Simulation)
			for n := 1; err == nil && n <= sim.Head; n++ {
				check(t, s.view(func(r reader) error {
					if id, _ := r.identity(record.Of(kindSimulation, key), n); id == p.RevisionIdentity {
						t.Fatalf("paper %s has no revision, and %d is it", p.Number, n)
					}
					return nil
				}))
			}
			continue
		}
		check(t, s.view(func(r reader) error {
			id, err := r.identity(record.Of(kindSimulation, key), kept.Revision)
			if id != p.RevisionIdentity {
				t.Fatalf("paper %s has revision %d, which is %s and not %s", p.Number, kept.Revision, id, p.RevisionIdentity)
			}
			return err
		}))
	}
}

// noTrace looks for sealed content of the erased in every record and in the Share.
func (f *fair) noTrace(t *rapid.T, s *Store) {
	var all bytes.Buffer
	check(t, s.view(func(r reader) error {
		for _, bucket := range dataBuckets {
			if err := r.all(bucket, func(key, payload []byte) error {
				all.Write(payload)
				return nil
			}); err != nil {
				return err
			}
		}
		return nil
	}))
	for _, d := range got(s.Erasures())(t) {
		if bytes.Contains(all.Bytes(), fmt.Appendf(nil, "sealed %s", d.ID)) {
			t.Fatalf("something is left of %s, who was erased", d.ID)
		}
	}
	b, err := json.Marshal(got(s.Share(ShareOptions{}))(t))
	check(t, err)
	for _, d := range got(s.Erasures())(t) {
		if n := strings.Count(string(b), `"dossier":"`+string(d.ID)); strings.Count(string(b), string(d.ID)) > n+1 {
			t.Fatalf("the share says more of %s than that it was erased", d.ID)
		}
	}
}

func (f *fair) resolve(t *rapid.T) {
	l := f.pick(t)
	conflicts := got(l.Conflicts())(t)
	if len(conflicts) == 0 {
		t.Skip("no conflict")
	}
	c := rapid.SampledFrom(conflicts).Draw(t, "conflict")
	v := rapid.SampledFrom(c.Versions).Draw(t, "version")
	got(l.Resolve(Decision{Conflict: c, Identity: v.Identity}))(t)
	for _, left := range got(l.Conflicts())(t) {
		if left.Key == c.Key {
			t.Fatalf("the conflict is still there: %+v", left)
		}
	}
}

// checkOrder merges what the laptops share into empty stores, in two orders, at once
// or through a store between.
func (f *fair) checkOrder(t *rapid.T) {
	var shares []Share
	for _, l := range f.laptops {
		shares = append(shares, sent(t, got(l.Share(ShareOptions{}))(t)))
	}
	var want string
	for i := range 3 {
		order := rapid.Permutation(shares).Draw(t, "order")
		to := newLaptop(f.t, "X", time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
		if i == 2 { // the last two meet first
			between := newLaptop(f.t, "Y", time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC))
			for _, sh := range order[1:] {
				f.mergeInto(t, between.Store, sh)
			}
			order = []Share{order[0], sent(t, got(between.Share(ShareOptions{}))(t))}
			_ = between.Close()
		}
		for _, sh := range order {
			f.mergeInto(t, to.Store, sh)
		}
		f.noTrace(t, to.Store)
		is := everything(t, to.Store)
		for _, e := range got(to.List())(t) { // nothing was done here but merges
			is += fmt.Sprint("\n", e.ID, e.Updated, e.Device)
			if e.Updated.Before(e.Created) {
				t.Fatalf("%s was changed before it was made", e.ID)
			}
		}
		if want == "" {
			want = is
		}
		if is != want {
			t.Fatal("another order gave something else: ", cmp.Diff(want, is))
		}
		path := to.Path()
		_ = to.Close()
		_ = got(verifyFile(path, schema, false))(t)
	}
}

// everything is all that does not depend on the order of merges, as text.
func everything(t *rapid.T, s *Store) string {
	out := ""
	sh := got(s.Share(ShareOptions{bin: true}))(t)
	conflicts := got(s.Conflicts())(t)
	for _, is := range sh.Simulations {
		sim, rev, err := s.Get(is.ID)
		check(t, err)
		out += fmt.Sprint(sim.ID, sim.Name, sim.Created, "\n")
		if !slices.ContainsFunc(conflicts, func(c Conflict) bool { return c.Key == string(is.ID) }) {
			out += fmt.Sprint(string(rev.Project), rev.Summary, "\n")
		}
	}
	b, err := json.MarshalIndent(sh, "", " ")
	check(t, err)
	return out + string(b)
}

// converge lets everybody take back what is in the bin, share with everybody, one
// resolve what is open, and share again: then all are alike.
func (f *fair) converge(t *rapid.T) {
	exchange := func() {
		for range 2 {
			for _, from := range f.laptops {
				sh := sent(t, got(from.Share(ShareOptions{}))(t))
				for _, to := range f.laptops {
					_ = got(to.Merge(sh))(t)
				}
			}
		}
	}
	for _, l := range f.laptops {
		for _, e := range got(l.ListDeleted())(t) {
			_ = got(l.Undelete(e.ID))(t)
		}
	}
	exchange()
	for _, c := range got(f.laptops[0].Conflicts())(t) {
		got(f.laptops[0].Resolve(Decision{Conflict: c, Identity: rapid.SampledFrom(c.Versions).Draw(t, "version").Identity}))(t)
	}
	exchange()
	want := everything(t, f.laptops[0].Store)
	for _, l := range f.laptops {
		if left := got(l.Conflicts())(t); len(left) > 0 {
			t.Fatalf("laptop %s still has conflicts: %+v", l.device, left)
		}
		if is := everything(t, l.Store); is != want {
			t.Fatal("laptops differ: ", cmp.Diff(want, is))
		}
		for id := range f.erased {
			if d := got(l.Dossier(id))(t); d.Erased == nil {
				t.Fatalf("%s was erased and lives on laptop %s", id, l.device)
			}
		}
		f.noTrace(t, l.Store)
	}
}

// A laptop that lost its store goes on behind its own papers once they are back.
func TestMerge_OwnPapersComeBack(t *testing.T) {
	a := mustOpen(t, newOptions(t))
	for range 3 {
		putPaper(t, a, "")
	}
	again := mustOpen(t, newOptions(t))
	must(again.Merge(must(a.Share(ShareOptions{}))(t)))(t)
	if p := putPaper(t, again, ""); p.Number != "A7F3-00004" {
		t.Errorf("the next is %s", p.Number)
	}
	if p := putPaper(t, again, ""); p.Number != "A7F3-00005" {
		t.Errorf("then %s", p.Number)
	}
}
