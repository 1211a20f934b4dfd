package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/store/record"
)

// batchSize is how many simulations come with each Share of sharedBatch.
const batchSize = 5

func batchID(tag string, n, i int) ID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %d %d", tag, n, i))
	return ID(hex.EncodeToString(sum[:16]))
}

// sharedBatch makes a Share of new simulations of another laptop.
func sharedBatch(tag string, n int) Share {
	var out Share
	for i := range batchSize {
		id, c := batchID(tag, n, i), content(n)
		for k := range 20 {
			c.Marks[fmt.Sprint("roles[", k, "].title")] = strings.Repeat("p", 50)
		}
		at := time.Date(2026, 11, 22, 9, 0, n, i, time.UTC)
		out.Simulations = append(out.Simulations, SharedSimulation{
			ID:     id,
			Events: []Event{{Kind: EventCreated, At: at, Device: "elsewhere", New: fmt.Sprint(tag, n)}},
			Revisions: []SharedRevision{{
				SharedVersion: SharedVersion{At: at, Device: "elsewhere", Parents: []string{}},
				Project:       c.Project, Marks: c.Marks, PackNumber: c.PackNumber, PackSHA256: c.PackSHA256, Summary: c.Summary,
			}},
		})
		identifyRevision(&out.Simulations[i].Revisions[0], id)
	}
	return out
}

// identifyRevision gives a revision its true identity, as anybody can.
func identifyRevision(r *SharedRevision, id ID) {
	key, _ := id.Key()
	p, _ := record.WithBody(record.RevisionHeader{
		At: r.At, Device: r.Device, Marks: r.Marks, Pack: r.PackNumber, SHA256: r.PackSHA256, Summary: r.Summary, Parents: r.Parents,
	}, r.Project)
	v, _ := record.Of(kindSimulation, key).Version(p, "")
	r.Identity = v.Identity
}

func identifyValue(v *SharedValueVersion, place, field string) {
	p, _ := json.Marshal(record.ValueRecord{Value: Value{
		Place: place, Field: field, Text: v.Text, AsOf: v.AsOf, Note: v.Note, At: v.At, Device: v.Device, Dropped: v.Dropped,
	}, Parents: v.Parents})
	is, _ := record.Of(record.KindValue, record.ValueRecordKey(place, field)).Version(p, "")
	v.Identity = is.Identity
}

// full is a Share with something of everything, and the store it is of.
func full(t *testing.T) (*Store, Share) {
	t.Helper()
	s := mustOpen(t, newOptions(t))
	ids := fillStore(t, s, 3)
	sh := must(s.Share(ShareOptions{}))(t)
	if len(sh.Simulations) != len(ids)-1 || len(sh.Dossiers) != 2 || len(sh.Values) != 3 || len(sh.Papers) != 2 || len(sh.Packs) != 3 {
		t.Fatalf("the share is not full: %+v", sh)
	}
	return s, sh
}

// remarshal is a copy of a Share that a test may change.
func remarshal(t *testing.T, sh Share) Share {
	t.Helper()
	var out Share
	b := must(json.Marshal(sh))(t)
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// One bad part, and nothing of the Share is taken.
func TestMerge_RefusesAsAWhole(t *testing.T) {
	_, good := full(t)
	to := mustOpen(t, newOptions(t))
	fillStore(t, to, 2)
	before := must(dump(to))(t)
	rev := func(sh *Share) *SharedRevision { return &sh.Simulations[1].Revisions[1] }
	living := slices.IndexFunc(good.Dossiers, func(d SharedDossier) bool { return d.Erased == nil })
	for name, spoil := range map[string]func(*Share){
		"simulation twice": func(sh *Share) { sh.Simulations = append(sh.Simulations, sh.Simulations[0]) },
		"bad id":           func(sh *Share) { sh.Simulations[1].ID = "x" },
		"capital id":       func(sh *Share) { sh.Simulations[1].ID = ID(strings.Repeat("A", 32)) },
		"other id":         func(sh *Share) { sh.Simulations[1].ID = NewID() },
		"other project":    func(sh *Share) { rev(sh).Project = []byte("{}") },
		"other summary":    func(sh *Share) { rev(sh).Summary.Total = "1.00" },
		"other time":       func(sh *Share) { rev(sh).At = rev(sh).At.Add(1) },
		"other zone":       func(sh *Share) { rev(sh).At = rev(sh).At.In(time.FixedZone("x", 3600)) },
		"no parents":       func(sh *Share) { rev(sh).Parents = nil },
		"unknown parent":   func(sh *Share) { rev(sh).Parents = []string{strings.Repeat("a", 64)} },
		"parent left out":  func(sh *Share) { sh.Simulations[1].Revisions = sh.Simulations[1].Revisions[1:] },
		"no revision":      func(sh *Share) { sh.Simulations[1].Revisions = nil },
		"no name":          func(sh *Share) { sh.Simulations[1].Events = nil },
		"deletion":         func(sh *Share) { sh.Simulations[1].Events[0].Kind = EventDeleted },
		"blank name":       func(sh *Share) { sh.Simulations[1].Events[0].New = " \n" },
		"long name":        func(sh *Share) { sh.Simulations[1].Events[0].New = strings.Repeat("n", 5000) },
		"long total": func(sh *Share) {
			rev(sh).Summary.Total = strings.Repeat("9", 5000)
			identifyRevision(rev(sh), sh.Simulations[1].ID)
		},
		"name of nobody":      func(sh *Share) { sh.Papers[0].Sealed, sh.Papers[0].Dossier = []byte("sealed"), "" },
		"no text":             func(sh *Share) { sh.Simulations[1].Events[0].New = "\xff" },
		"year":                func(sh *Share) { sh.Simulations[1].Events[0].At = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC) },
		"bad project":         func(sh *Share) { rev(sh).Project = []byte("{"); identifyRevision(rev(sh), sh.Simulations[1].ID) },
		"erased with content": func(sh *Share) { sh.Dossiers[living].Erased = &Erasure{At: good.Papers[0].At, Device: "d"} },
		"empty sealed":        func(sh *Share) { sh.Dossiers[living].Revisions[0].Sealed = nil },
		"other sealed":        func(sh *Share) { sh.Dossiers[living].Revisions[0].Sealed[0]++ },
		"value twice":         func(sh *Share) { sh.Values = append(sh.Values, sh.Values[0]) },
		"value of no field":   func(sh *Share) { sh.Values[0].Field = "" },
		"zero byte":           func(sh *Share) { sh.Values[0].Field = "a\x00b" },
		"paper number":        func(sh *Share) { sh.Papers[0].Number = "a" },
		"paper revision":      func(sh *Share) { sh.Papers[0].Revision = 3 },
		"paper identity":      func(sh *Share) { sh.Papers[0].RevisionIdentity = "3" },
		"pack hash":           func(sh *Share) { sh.Packs[0].SHA256 = "3" },
		"pack twice":          func(sh *Share) { sh.Packs = append(sh.Packs, sh.Packs[0]) },
	} {
		bad := remarshal(t, good)
		spoil(&bad)
		var refused *ShareError
		if _, err := to.TryMerge(bad); !errors.As(err, &refused) {
			t.Errorf("%s: TryMerge gave %v", name, err)
		}
		if _, err := to.Merge(bad); !errors.As(err, &refused) || refused.Where == "" {
			t.Errorf("%s: Merge gave %v", name, err)
		}
	}
	for name, bad := range map[string]string{"unknown field": `{"more":1}`, "two": `{} {}`, "none": ``, "list": `[]`, "null id": `{"simulations":[{}]}`} {
		var refused *ShareError
		if _, err := ReadShare([]byte(bad)); !errors.As(err, &refused) {
			t.Errorf("%s: ReadShare gave %v", name, err)
		}
	}
	if must(dump(to))(t) != before {
		t.Error("something of a refused share was taken")
	}
	if _, err := to.Merge(good); err != nil {
		t.Errorf("the good share: %v", err)
	}
}

func TestMerge_RefusedReadOnly(t *testing.T) {
	s, sh := full(t)
	path := s.Path()
	_ = s.Close()
	again := must(OpenReadOnly(path))(t)
	defer again.Close()
	var ro *ReadOnlyError
	if _, err := again.Merge(sh); !errors.As(err, &ro) {
		t.Errorf("got %v", err)
	}
}

// What is ours stays where a number or a hash stands for something else elsewhere.
func TestMerge_Clashes(t *testing.T) {
	s, sh := full(t)
	other := remarshal(t, sh)
	other.Papers[0].Payload = []byte("another paper")
	other.Packs[1].Number = 77
	before := must(dump(s))(t)
	report := must(s.Merge(other))(t)
	if want := []string{sh.Packs[1].SHA256, sh.Papers[0].Number}; !slices.Equal(report.Clashes, want) {
		t.Errorf("clashes %v, want %v", report.Clashes, want)
	}
	if must(dump(s))(t) != before {
		t.Error("a clash changed something")
	}
}

func TestMerge_StaysInTheBin(t *testing.T) {
	from, sh := full(t)
	to := mustOpen(t, newOptions(t))
	must(to.Merge(sh))(t)
	id := sh.Simulations[0].ID
	must(to.Delete(id))(t)
	must(from.Save(id, "", content(77)))(t)
	report := must(to.Merge(must(from.Share(ShareOptions{}))(t)))(t)
	sim, rev, err := to.Get(id)
	if err != nil || sim.Deleted == nil || !rev.Content.equal(content(77)) || !slices.Equal(report.InBin, []ID{id}) {
		t.Errorf("%+v, %v, report %+v", sim, err, report)
	}
	if left := must(to.Share(ShareOptions{}))(t); slices.ContainsFunc(left.Simulations, func(is SharedSimulation) bool { return is.ID == id }) {
		t.Error("what is in the bin travels")
	}
}

// A decision with a new name and a copy is in the file at once, or not at all.
func TestResolve_OneTransaction(t *testing.T) {
	a, sh := full(t)
	id := sh.Simulations[0].ID
	o := newOptions(t)
	o.Device = "device-b"
	b := mustOpen(t, o)
	must(b.Merge(sh))(t)
	must(a.Save(id, "", content(11)))(t)
	must(b.Save(id, "", content(12)))(t)
	must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t)
	shown := must(a.Conflicts())(t)[0]
	transaction := func() (n int) {
		if err := a.view(func(r reader) error { n = r.tx.ID(); return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	listed, before := len(must(a.List())(t)), transaction()
	d := Decision{Conflict: shown, Identity: shown.Versions[0].Identity, Name: "Chosen", Copies: []Copy{{shown.Versions[1].Identity, "Copied"}, {"none", "Not there"}}}
	var missing *NotFoundError
	if made, err := a.Resolve(d); !errors.As(err, &missing) || made != nil || len(must(a.List())(t)) != listed || transaction() != before {
		t.Errorf("refused, and yet: %+v, %v", made, err)
	}
	d.Copies = d.Copies[:1]
	made := must(a.Resolve(d))(t)
	if n := transaction() - before; n != 1 {
		t.Errorf("%d transactions", n)
	}
	if len(made) != 1 || len(must(a.Conflicts())(t)) != 0 {
		t.Fatalf("made %+v", made)
	}
	for id, want := range map[ID]string{id: "Chosen", made[0].ID: "Copied"} {
		if sim, rev, err := a.Get(id); err != nil || sim.Name != want || !rev.Content.equal(content(map[string]int{"Chosen": 11, "Copied": 12}[want])) {
			t.Errorf("%s: %+v %v", want, sim, err)
		}
	}
}

// A conflict that was looked at before more came is not resolved unseen.
func TestResolve_OnlyWhatWasShown(t *testing.T) {
	a, sh := full(t)
	id := sh.Simulations[0].ID
	o := newOptions(t)
	o.Device = "device-b"
	b := mustOpen(t, o)
	must(b.Merge(sh))(t)
	must(a.Save(id, "", content(11)))(t)
	must(b.Save(id, "", content(12)))(t)
	report := must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t)
	if !slices.Equal(report.Simulations.Conflicts, []string{string(id)}) {
		t.Fatalf("report %+v", report)
	}
	shown := must(a.Conflicts())(t)[0]
	if len(shown.Versions) != 2 || shown.Name == "" || !shown.Versions[0].Content.equal(content(11)) || !shown.Versions[1].Content.equal(content(12)) {
		t.Fatalf("conflict %+v", shown)
	}
	must(a.Save(id, "", content(13)))(t)
	var missing *NotFoundError
	if _, err := a.Resolve(Decision{Conflict: shown, Identity: shown.Versions[1].Identity}); !errors.As(err, &missing) {
		t.Errorf("what was saved since would have been passed over: %v", err)
	}
	shown = must(a.Conflicts())(t)[0]
	if _, err := a.Resolve(Decision{Conflict: shown, Identity: shown.Versions[1].Identity}); err != nil {
		t.Fatal(err)
	}
	sim, rev, err := a.Get(id)
	if err != nil || !rev.Content.equal(content(12)) || sim.Head != 6 || len(must(a.Conflicts())(t)) != 0 {
		t.Errorf("%+v %v", sim, err)
	}
	if _, err := a.Resolve(Decision{Conflict: shown, Identity: shown.Versions[1].Identity}); !errors.As(err, &missing) {
		t.Errorf("resolved twice: %v", err)
	}
	must(b.Merge(must(a.Share(ShareOptions{}))(t)))(t)
	if _, rev, _ := b.Get(id); !rev.Content.equal(content(12)) || len(must(b.Conflicts())(t)) != 0 {
		t.Error("the other laptop does not see it as resolved")
	}
}

// What both sides said of a person goes when the person is erased, here or there.
func TestErase_TakesBothSidesOfAConflict(t *testing.T) {
	for _, here := range []bool{true, false} {
		a, b := mustOpen(t, newOptions(t)), openOther(t)
		id := putDossier(t, a, 1).ID
		must(b.Merge(must(a.Share(ShareOptions{}))(t)))(t)
		must(a.SaveDossier(id, DossierContent{Clear: []byte("{}"), Sealed: []byte("first secret")}))(t)
		must(b.SaveDossier(id, DossierContent{Clear: []byte("{}"), Sealed: []byte("second secret")}))(t)
		must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t)
		if c := must(a.Conflicts())(t); len(c) != 1 || len(c[0].Versions) != 2 || string(c[0].Versions[1].Dossier.Sealed) != "second secret" {
			t.Fatalf("conflicts %+v", c)
		}
		if here {
			if err := a.EraseDossier(id); err != nil {
				t.Fatal(err)
			}
		} else {
			if err := b.EraseDossier(id); err != nil {
				t.Fatal(err)
			}
			if report := must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t); !slices.Equal(report.Erased, []ID{id}) {
				t.Errorf("report %+v", report)
			}
		}
		err := a.view(func(r reader) error {
			for _, bucket := range dataBuckets {
				if err := r.all(bucket, func(_, payload []byte) error {
					if strings.Contains(string(payload), "secret") {
						t.Errorf("%s still holds %q", bucket, payload)
					}
					return nil
				}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil || len(must(a.Conflicts())(t)) != 0 {
			t.Errorf("%v", err)
		}
	}
}

// A clock that went back does not bring an old name back.
func TestMerge_KeepsTheNameGivenLast(t *testing.T) {
	clock := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	o := newOptions(t)
	o.Now = func() time.Time { return clock }
	a, b := mustOpen(t, o), mustOpen(t, newOptions(t))
	sim := must(a.Create("one", content(1)))(t)
	must(a.Rename(sim.ID, "two"))(t)
	clock = clock.AddDate(-20, 0, 0)
	must(a.Rename(sim.ID, "three"))(t)
	must(b.Merge(must(a.Share(ShareOptions{}))(t)))(t)
	must(a.Merge(must(b.Share(ShareOptions{}))(t)))(t)
	for _, s := range []*Store{a, b} {
		if got, _, err := s.Get(sim.ID); err != nil || got.Name != "three" {
			t.Errorf("%+v %v", got, err)
		}
	}
}

func TestDevices(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	d := Device{ID: "b", PublicKey: "key", Name: "Poste 2"}
	for _, d := range []Device{d, {ID: "a", PublicKey: "other"}} {
		if err := s.PutDevice(d); err != nil {
			t.Fatal(err)
		}
	}
	before := must(s.Devices())(t)
	if err := s.PutDevice(d); err != nil || cmp.Diff(before, must(s.Devices())(t)) != "" || len(before) != 2 || before[1].Name != d.Name {
		t.Errorf("%v %+v", err, before)
	}
	if s.PutDevice(Device{}) == nil || s.PutDevice(Device{ID: strings.Repeat("x", 5000)}) == nil {
		t.Error("a device without an id, or with an absurd one, is taken")
	}
	_ = s.Close()
	if s = mustOpen(t, o); len(must(s.Devices())(t)) != 2 {
		t.Error("the devices are gone")
	}
}

// Anybody can make versions with true identities, whatever their order and times.
func TestMerge_AnyGraph(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		is := SharedValue{Place: fmt.Sprint("place-", n), Field: "rent"}
		for i := range rapid.IntRange(1, 9).Draw(t, "versions") {
			v := SharedValueVersion{
				SharedVersion: SharedVersion{
					At:     time.Date(rapid.IntRange(1900, 2200).Draw(t, "year"), 1, 1, 0, 0, 0, i, time.UTC),
					Device: rapid.SampledFrom([]string{"", "device-a", "x"}).Draw(t, "device"), Parents: []string{},
				},
				Text: rapid.SampledFrom([]string{"1", "2"}).Draw(t, "text"),
			}
			for _, p := range is.Versions {
				if rapid.IntRange(0, 3).Draw(t, "parent") == 0 {
					v.Parents = append(v.Parents, p.Identity)
				}
			}
			slices.Sort(v.Parents)
			identifyValue(&v, is.Place, is.Field)
			is.Versions = append(is.Versions, v)
		}
		half := is
		half.Versions = is.Versions[:1+len(is.Versions)/2]
		for _, in := range []SharedValue{half, is, half} {
			_ = got(s.Merge(sent(t, Share{Values: []SharedValue{in}})))(t)
		}
		if rapid.Bool().Draw(t, "put") {
			check(t, s.PutValue(Value{Place: is.Place, Field: is.Field, Text: "3"}))
		}
		all := got(s.Share(ShareOptions{}))(t)
		_ = got(all.Check())(t)
		for id, of := range versionsOf(Share{Values: []SharedValue{is}}) {
			if versionsOf(all)[id] == "" {
				t.Fatalf("version %s of %s is lost", id, of)
			}
		}
	})
	path := s.Path()
	_ = s.Close()
	must(verifyFile(path, schema, false))(t)
}

func FuzzShare(f *testing.F) {
	o := newOptions(f)
	s := mustOpen(f, o)
	fillStore(f, s, 2)
	sh := must(s.Share(ShareOptions{}))(f)
	f.Add(must(json.Marshal(sh))(f))
	f.Add(must(json.Marshal(sharedBatch("fuzz", 1)))(f))
	f.Add([]byte(`{"values":[{"place":"a","field":"b","versions":[{"identity":"","at":"2026-01-01T00:00:00Z","parents":[]}]}]}`))
	f.Add([]byte(`{"dossiers":[{"id":"00000000000000000000000000000001","erased":{"at":"2026-01-01T00:00:00Z","device":""}}]}`))
	f.Add([]byte(`{"papers":[{"number":"A","at":"2026-01-01T00:00:00Z","device":"","pack":"","payload":"","signature":""}]}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		var refused *ShareError
		sh, err := ReadShare(b)
		if err != nil {
			if !errors.As(err, &refused) {
				t.Fatalf("%v is no *ShareError", err)
			}
			return
		}
		if _, err := s.Merge(sh); err != nil {
			t.Fatalf("a share that was read is not merged: %v", err)
		}
		if _, err := must(s.Share(ShareOptions{bin: true}))(t).Check(); err != nil {
			t.Fatalf("what was merged cannot be shared: %v", err)
		}
		report := must(s.Merge(sh))(t)
		if len(report.Simulations.New)+len(report.Values.New)+len(report.Papers.New)+len(report.Erased) > 0 {
			t.Fatalf("merged twice: %+v", report)
		}
	})
}

// openOther opens an empty store of another laptop.
func openOther(t *testing.T) *Store {
	t.Helper()
	o := newOptions(t)
	o.Device = "device-b"
	return mustOpen(t, o)
}
