package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"atlasp2i/test/trials/system"
)

// extent is how much is tried.
type extent struct {
	kills, fullKills int
	openKills        int // of each kind of opening
	commits, images  int // of torn writes: transactions, and images of each kind for each
	filling          int // operations before a store is damaged
	flips, stride    int // random flips of a kind; of what is done to each page every so-manieth
	watched          int // operations under strace
}

var (
	short = extent{kills: 18, fullKills: 6, openKills: 3, commits: 8, images: 3, filling: 30, flips: 30, stride: 12, watched: 20}
	long  = extent{kills: 600, fullKills: 200, openKills: 100, commits: 150, images: 6, filling: 60, flips: 400, stride: 1, watched: 200}
)

// Tables.
const (
	groupCrash  = "Crash"
	groupTorn   = "Torn writes"
	groupOrder  = "Order of writes"
	groupDamage = "Damage"
)

// part is what is tried in a process of its own: one that stops is counted, and
// stops no other.
type part struct {
	Name  string
	Long  bool
	Seed  uint64
	Dir   string
	small bool // needs a small disk
}

var parts = []part{{Name: "crash"}, {Name: "damage"}, {Name: "opening"}, {Name: "full", small: true}, {Name: "torn"}, {Name: "order"}}

// run tries it here.
func (p part) run() ([]*tally, error) {
	size := short
	if p.Long {
		size = long
	}
	r := rand.New(rand.NewPCG(p.Seed, uint64(len(p.Name))))
	switch p.Name {
	case "crash":
		t := newTally(groupCrash, "killed")
		return []*tally{t}, crash(t, r, size.kills, p.Dir, false)
	case "opening":
		damaged, migrated := newTally(groupCrash, openDamaged), newTally(groupCrash, openMigrated)
		return []*tally{damaged, migrated}, opening(damaged, migrated, r, size.openKills, p.Dir)
	case "full":
		t := newTally(groupCrash, "killed, the disk full now and then")
		if err := system.MountSmall(p.Dir); err != nil {
			t.Skipped = "no small disk can be mounted: " + err.Error()
			return []*tally{t}, nil
		}
		return []*tally{t}, crash(t, r, size.fullKills, p.Dir, true)
	case "torn":
		var ts []*tally
		for _, k := range tornImages {
			ts = append(ts, newTally(groupTorn, k.kind))
		}
		err := torn(ts, r, size.commits, size.images, p.Dir)
		if err != nil {
			return ts, err
		}
		keys := newTally(groupTorn, "keys: cut off between two steps")
		return append(ts, keys), tornKeys(keys, r, size.commits, filepath.Join(p.Dir, "keys"))
	case "order":
		t := newTally(groupOrder, "pages, flush, header, flush, confirmed")
		return []*tally{t}, order(t, r, size.watched, p.Dir)
	case "damage":
		return damage(r, size, p.Dir)
	}
	return nil, fmt.Errorf("no part %q", p.Name)
}

// play runs a part that was ordered by apart.
func play(arg string, out io.Writer) error {
	var p part
	if err := json.Unmarshal([]byte(arg), &p); err != nil {
		return err
	}
	ts, err := p.run()
	if err != nil {
		return fmt.Errorf("%s: %w", p.Name, err)
	}
	return json.NewEncoder(out).Encode(ts)
}

// apart runs it in a process of its own and gives what that counted.
func (p part) apart(root string) []*tally {
	began := time.Now()
	p.Dir = filepath.Join(root, p.Name)
	failed := func(err error, said string) []*tally {
		t := newTally(groupDamage, "the part "+p.Name)
		t.fault(colPanics, "its process ended: %v\n%s", err, said)
		return []*tally{t}
	}
	arg, err := json.Marshal(p)
	if err = errors.Join(err, os.MkdirAll(p.Dir, 0o700)); err != nil {
		return failed(err, "")
	}
	exe, err := os.Executable()
	if err != nil {
		return failed(err, "")
	}
	c := exec.Command(exe, "part", string(arg))
	var said strings.Builder
	c.Stderr = io.MultiWriter(&said, os.Stderr)
	if p.small {
		err = system.InOwnMounts(c)
	}
	var out []byte
	if err == nil {
		out, err = c.Output()
	}
	var ts []*tally
	if err == nil {
		err = json.Unmarshal(out, &ts)
	}
	var ended *exec.ExitError
	switch {
	case p.small && err != nil && !errors.As(err, &ended): // it could not even begin
		t := newTally(groupCrash, "killed, the disk full now and then")
		t.Skipped = "no small disk can be mounted: " + err.Error()
		return []*tally{t}
	case err != nil:
		return failed(err, said.String())
	}
	for _, t := range ts {
		t.Seconds = time.Since(began).Seconds() / float64(len(ts))
	}
	return ts
}
