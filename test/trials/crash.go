package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/disk"
	"atlasp2i/test/trials/use"
)

// Columns of the crash trials.
const (
	colKills    = "kills"
	colConfirm  = "confirmed"         // operations that a user was told are done
	colFull     = "refused, full"     // operations refused because the disk was full
	colFlight   = "in an operation"   // kills between its beginning and its confirmation
	colAbsent   = "not there"         // of these, the operation left nothing
	colWhole    = "whole"             // it is there, though nobody had been told
	colPart     = "first steps"       // of several transactions the first ones are there, each whole
	colOpening  = "while opening"     // kills before the program was open
	colRoom     = "opened after room" // the full disk had to be given room first
	colUnsaid   = "not said"          // an older state was opened, and nobody was ever told
	colLost     = "lost"              // a confirmed operation is not there
	colMixed    = "mixed"             // something is there in part, or nobody did it
	colNotOpen  = "not opened"        // a person would have to repair a file
	colReadable = "erased, readable"
	colNumbers  = "number twice"
	colCopies   = "bad snapshots"
)

// mostLives is how many kills the same files go through.
const mostLives = 10

// laptop is the files of one store over several kills, and what is known of them.
type laptop struct {
	dir       string
	scratch   string // of its user
	seed      uint64
	life      int
	small     bool
	confirmed use.Facts
	passes    []string // that were confirmed or tried, the newest last
	last      int      // highest count of a paper's number
	sealed    map[string][][]byte
	words     map[string]bool // of persons
}

// newLaptop is one whose scratch is beside the disk that may be full.
func newLaptop(root string, n int, small bool) *laptop {
	name := fmt.Sprint("laptop-", n)
	return &laptop{
		dir: filepath.Join(root, name), scratch: root + "-scratch-" + name, small: small,
		confirmed: use.Facts{}, sealed: map[string][][]byte{}, words: map[string]bool{},
	}
}

func (l *laptop) remove() {
	for _, dir := range []string{l.dir, use.Stick(l.dir), use.Pocket(l.dir), l.scratch} {
		_ = os.RemoveAll(dir)
	}
}

// flight is the operation that the kill met.
type flight struct {
	name     string
	stages   []use.Stage
	done     bool
	refused  bool
	unopened bool // the program was not open yet
}

// crash kills users of the program until so many were killed.
func crash(t *tally, r *rand.Rand, kills int, root string, small bool) error {
	var l *laptop
	for n := range kills {
		if l == nil || l.life == mostLives || len(t.Faults) > mostFaults {
			if l != nil {
				l.remove()
			}
			l = newLaptop(root, n, small)
			l.seed = r.Uint64()
			if err := os.MkdirAll(filepath.Join(l.dir, use.Copies), 0o700); err != nil {
				return err
			}
		}
		l.life++
		at, err := l.live(t, r)
		if err != nil {
			return err
		}
		faults := len(t.Faults)
		l.check(t, at)
		if len(t.Faults) > faults {
			if small { // they would leave no room for the next ones
				l.remove()
			}
			l = nil // else the files stay, to be looked at
		}
	}
	return nil
}

// live starts a user, kills it at some instant, and tells what it was at.
func (l *laptop) live(t *tally, r *rand.Rand) (flight, error) {
	order, err := json.Marshal(userOrder{Dir: l.dir, Seed: l.seed, Life: l.life, Pass: l.passes, Small: l.small, Scratch: l.scratch})
	if err != nil {
		return flight{}, err
	}
	exe, err := os.Executable()
	if err != nil {
		return flight{}, err
	}
	c := exec.Command(exe, "user", string(order))
	c.Stderr = &t.stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return flight{}, err
	}
	if err := c.Start(); err != nil {
		return flight{}, err
	}
	p := newPlan(r)
	kill := func() { _ = c.Process.Kill() }
	if p.after > 0 {
		defer time.AfterFunc(p.after, kill).Stop()
	}
	at := flight{unopened: true}
	in := bufio.NewReader(out)
	for {
		b, err := in.ReadBytes('\n')
		if err != nil {
			break // the pipe of a dead process ends; half a line was said by nobody
		}
		var said line
		if err := json.Unmarshal(b, &said); err != nil {
			return at, err
		}
		if t.hear(p, said, kill); said.Says == saysDone {
			t.took(at.name, time.Since(p.began))
		}
		l.hear(t, &at, said)
	}
	_ = c.Wait() // it was killed
	t.N[colKills]++
	return at, nil
}

// hear takes in what the user's process says.
func (l *laptop) hear(t *tally, at *flight, said line) {
	switch said.Says {
	case saysReady:
		*at = flight{}
		if changed := l.confirmed.Changes(said.Changes); len(changed) > 0 {
			t.fault(colMixed, "%s: opened twice, it is not the same: %v", l, use.Shown(changed))
		}
	case saysTry:
		*at = flight{name: said.Name, stages: said.Stages}
		for _, s := range said.Stages {
			if pass := passOf(s); pass != "" {
				l.passes = append(l.passes, pass)
			}
		}
	case saysDone:
		at.done = true
		t.N[colConfirm]++
		t.Ops[at.name]++
	case saysRefused:
		at.refused = true
		t.N[colFull]++
		if said.Name != "store.full" {
			t.fault(colMixed, "%s: %s was refused with %q", l, at.name, said.Name)
		}
	case saysFacts:
		n, err := use.Judge(said.Changes, at.stages)
		if err == nil && at.done && n < len(at.stages) {
			err = fmt.Errorf("%d of %d steps are there", n, len(at.stages))
		}
		if err != nil {
			t.fault(colMixed, "%s: %s: %v", l, at.name, err)
		}
		l.confirmed = l.confirmed.With(said.Changes)
		*at = flight{}
	case saysError:
		t.fault(colMixed, "%s: %s", l, said.Error)
	}
}

func (l *laptop) String() string { return fmt.Sprintf("%s life %d", filepath.Base(l.dir), l.life) }

// check opens the files as the program does and compares them with what was
// confirmed.
func (l *laptop) check(t *tally, at flight) {
	p, err := l.open(t)
	if err != nil {
		t.fault(colNotOpen, "%s, killed in %q: %v", l, at.name, err)
		return
	}
	if r := p.Store.Recovery(); r != nil {
		t.fault(colNotOpen, "%s, killed in %q: counts as damaged: %v", l, at.name, r.Damaged)
	}
	now, err := p.Read()
	if err != nil {
		t.fault(colNotOpen, "%s, killed in %q: %v", l, at.name, err)
		_ = p.Close()
		return
	}
	l.compare(t, at, now)
	l.numbers(t, now)
	l.erased(t, p)
	l.second(t, p)
	l.snapshots(t, p)
	if err := p.Close(); err != nil && !disk.IsFull(err) {
		t.fault(colNotOpen, "%s: closing: %v", l, err)
	}
	if p.Pass != "" {
		l.passes = []string{p.Pass}
	}
	l.confirmed = now
}

// open opens the files as the program does; where a full disk does not let it, or not
// let it put the keys in order, which is said, after there is room.
func (l *laptop) open(t *tally) (*use.Program, error) {
	p, err := use.Open(l.dir, use.Often, l.passes...)
	var full *disk.FullError
	unable := func(m domain.Msg) bool { return m.Key == "vault.copy.unwritable" }
	switch {
	case errors.As(err, &full):
	case err == nil && l.small && slices.ContainsFunc(p.People.Troubles(), unable):
		_ = p.Close() // its snapshot may find no room
	default:
		return p, err
	}
	t.N[colRoom]++
	if err := os.RemoveAll(filepath.Join(l.dir, ballast)); err != nil {
		return nil, err
	}
	return use.Open(l.dir, use.Often, l.passes...)
}

// compare holds what is there against what was confirmed and what was in flight.
func (l *laptop) compare(t *tally, at flight, now use.Facts) {
	changes := l.confirmed.Changes(now)
	n, err := use.Judge(changes, at.stages)
	switch {
	case err != nil:
		t.fault(lostOrMixed(changes), "%s, killed in %q: %v", l, at.name, err)
	case at.done && n < len(at.stages):
		t.fault(colLost, "%s: %q was confirmed; %d of its %d steps are there", l, at.name, n, len(at.stages))
	}
	for name, v := range changes {
		if v == use.Dropped && use.Stays(name) {
			t.fault(colLost, "%s, killed in %q: %s is gone", l, at.name, name)
		}
	}
	switch {
	case at.unopened:
		t.N[colOpening]++
	case at.name == "" || at.done || at.refused:
	default:
		t.N[colFlight]++
		switch {
		case n == 0:
			t.N[colAbsent]++
		case n == len(at.stages):
			t.N[colWhole]++
		default:
			t.N[colPart]++
		}
	}
}

// lostOrMixed tells what goes, which was confirmed, from what came in part.
func lostOrMixed(changes use.Facts) string {
	for _, v := range changes {
		if v == use.Dropped {
			return colLost
		}
	}
	return colMixed
}
