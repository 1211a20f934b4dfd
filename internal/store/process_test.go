package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// childEnv makes the test binary play another process; see TestMain.
const childEnv = "ATLAS_P2I_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "saver":
		childSaver(os.Args[len(os.Args)-1])
	case "restorer":
		childRestorer(os.Args[len(os.Args)-1])
	case "holder":
		childHolder(os.Args[len(os.Args)-1])
	default:
		os.Exit(m.Run())
	}
}

// childSaver saves without end and says each save that was confirmed.
func childSaver(path string) {
	s, err := Open(context.Background(), Options{Path: path, Device: "child", SnapshotGap: 20 * time.Millisecond})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	say := func(err error, confirmed ...any) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(confirmed...)
	}
	place := NewID() // of this process: its versions count from 1
	for n := 0; ; n++ {
		sim, err := s.Create(fmt.Sprint(n), content(n))
		say(err, "saved", sim.ID, 1, n)
		for k := 1; k <= 3; k++ {
			saved, err := s.Save(sim.ID, "", content(n+1000*k))
			say(err, "saved", sim.ID, saved.Head, n+1000*k)
		}
		say(s.PutValue(Value{Place: string(place), Field: "rent", Text: fmt.Sprint(n)}), "put", place, 2*n+1, n)
		say(s.DropValue(string(place), "rent"), "put", place, 2*n+2, dropped)
		is, err := s.PutObservations(context.Background(), fmt.Sprint(n), crashList(place, n), nil)
		say(err, "imported", place, is.Number, n)
		_, err = s.Merge(sharedBatch(string(place), n))
		say(err, "merged", place, 0, n)
	}
}

// crashSize is how many figures each import of the crash test has.
const crashSize = 25

func crashList(place ID, n int) []Observation {
	list := make([]Observation, crashSize)
	for i := range list {
		list[i] = observation(i)
		list[i].ID = fmt.Sprintf("%s.%d.%d", place, n, i)
	}
	return list
}

// dropped is the seed of a version that was dropped.
const dropped = -1

// childHolder opens the store and holds it until its input ends.
func childHolder(path string) {
	s, err := Open(context.Background(), Options{Path: path})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	fmt.Println("open")
	_, _ = bufio.NewReader(os.Stdin).ReadString('\n')
	_ = s.Close()
}

func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(exe, path)
	c.Env = append(os.Environ(), childEnv+"="+role)
	return c
}

// confirmed is a revision of a simulation ("saved"), a version of a value ("put")
// an import of figures ("imported") or a merge ("merged").
type confirmed struct {
	kind   string
	id     ID // the simulation, or the place of the value; of an import, the process
	number int
	seed   int
}

// A process killed at any instant loses nothing that it had confirmed, over
// thirty kills of the same store.
func TestCrash_NoConfirmedSaveIsLost(t *testing.T) {
	o := newOptions(t)
	r := rand.New(rand.NewPCG(20261122, 1))
	var all []confirmed
	for trial := range 30 {
		c := child(t, "saver", o.Path)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		killed := time.AfterFunc(time.Duration(5+r.IntN(90))*time.Millisecond, func() { _ = c.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var got confirmed
			if n, _ := fmt.Sscan(lines.Text(), &got.kind, &got.id, &got.number, &got.seed); n == 4 {
				all = append(all, got)
			} else if strings.HasPrefix(lines.Text(), "error") {
				t.Errorf("trial %d: %s", trial, lines.Text())
			}
		}
		_ = c.Wait()
		killed.Stop()
		checkConfirmed(t, trial, o, all)
	}
	if len(all) < 30 {
		t.Errorf("only %d saves were confirmed: too few to prove anything", len(all))
	}
	t.Logf("%d confirmed saves, none lost", len(all))
}

func checkConfirmed(t *testing.T, trial int, o Options, all []confirmed) {
	t.Helper()
	s := mustOpen(t, o)
	defer s.Close()
	if r := s.Recovery(); r != nil {
		t.Errorf("trial %d: the file counts as damaged: %v", trial, r.Damaged)
	}
	imports, figures := must(s.Imports())(t), must(s.Observations())(t)
	if len(figures) != crashSize*len(imports) {
		t.Errorf("trial %d: %d imports with %d figures: one is not whole", trial, len(imports), len(figures))
	}
	versions := map[ID][]Value{}
	for _, want := range all {
		if want.kind == "imported" {
			if i := len(imports) - want.number; i < 0 || imports[i].File != fmt.Sprint(want.seed) {
				t.Fatalf("trial %d: %+v is not among %d imports", trial, want, len(imports))
			}
			continue
		}
		if want.kind == "merged" {
			checkBatch(t, s, want.id, want.seed, true)
			checkBatch(t, s, want.id, want.seed+1, false)
			continue
		}
		if want.kind == "put" {
			if versions[want.id] == nil {
				versions[want.id] = must(s.ValueHistory(string(want.id), "rent"))(t)
			}
			checkVersion(t, trial, want, versions[want.id])
			continue
		}
		rev, err := s.Revision(want.id, want.number)
		if err != nil || !rev.Content.equal(content(want.seed)) {
			t.Fatalf("trial %d: %+v: %v", trial, want, err)
		}
	}
}

// checkBatch looks for all of a merge, or for none where it was not confirmed.
func checkBatch(t *testing.T, s *Store, of ID, n int, confirmed bool) {
	t.Helper()
	there := 0
	for i := range batchSize {
		if _, rev, err := s.Get(batchID(string(of), n, i)); err == nil && rev.PackNumber == content(n).PackNumber {
			there++
		}
	}
	if there != batchSize && (confirmed || there != 0) {
		t.Fatalf("%d of %d simulations of a merge are there, confirmed %v", there, batchSize, confirmed)
	}
}

// checkVersion looks for a confirmed version among all, given newest first.
func checkVersion(t *testing.T, trial int, want confirmed, versions []Value) {
	t.Helper()
	if want.number > len(versions) {
		t.Fatalf("trial %d: %+v is not among %d versions", trial, want, len(versions))
	}
	v := versions[len(versions)-want.number]
	if v.Device != "child" || v.Dropped != (want.seed == dropped) || !v.Dropped && v.Text != fmt.Sprint(want.seed) {
		t.Fatalf("trial %d: %+v, found %+v", trial, want, v)
	}
}

func TestSecondProcess(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	fillStore(t, s, 3)
	want := must(dump(s))(t)
	_ = s.Close()
	c := child(t, "holder", o.Path)
	in, _ := c.StdinPipe()
	out, _ := c.StdoutPipe()
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "open\n" {
		t.Fatal(line, err)
	}
	o.LockTimeout = 100 * time.Millisecond
	began := time.Now()
	_, err := Open(t.Context(), o)
	var locked *LockedError
	if !errors.As(err, &locked) {
		t.Fatalf("a second open gave %v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("it took %v to say so", took)
	}
	if locked.PID != c.Process.Pid || locked.Since.IsZero() || locked.Path != o.Path || locked.Snapshot == nil {
		t.Errorf("%+v, want process %d", locked, c.Process.Pid)
	}
	checkReadOnly(t, locked.Snapshot.Path, want)
	_ = in.Close()
	if err := c.Wait(); err != nil {
		t.Error(err)
	}
	if again := mustOpen(t, o); again.Recovery() != nil {
		t.Error("not the same store")
	}
}

func checkReadOnly(t *testing.T, path, want string) {
	t.Helper()
	before := readFile(t, path)
	s := must(OpenReadOnly(path))(t)
	if got := must(dump(s))(t); got != want || !s.ReadOnly() {
		t.Error("the snapshot holds something else")
	}
	var ro *ReadOnlyError
	if _, err := s.Create("x", content(1)); !errors.As(err, &ro) {
		t.Errorf("Create gave %v", err)
	}
	if err := s.PutValue(value(9)); !errors.As(err, &ro) {
		t.Errorf("PutValue gave %v", err)
	}
	if err := s.DropValue("dakhla", "rent"); !errors.As(err, &ro) {
		t.Errorf("DropValue gave %v", err)
	}
	if _, err := s.Snapshot(t.Context()); !errors.As(err, &ro) {
		t.Errorf("Snapshot gave %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if string(readFile(t, path)) != string(before) {
		t.Error("reading changed the snapshot")
	}
}

func TestOpen_ContextEndsTheWait(t *testing.T) {
	o := newOptions(t)
	mustOpen(t, o)
	ctx, cancel := context.WithCancel(t.Context())
	o.LockTimeout = time.Minute
	time.AfterFunc(30*time.Millisecond, cancel)
	if _, err := Open(ctx, o); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
