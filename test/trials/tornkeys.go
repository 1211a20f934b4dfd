package main

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"

	"atlasp2i/internal/store/disk"
	"atlasp2i/test/trials/use"
)

// tornKeys cuts changes of the ring of keys off between any two of the steps in
// which its files are replaced: a new file beside the old one, whole or torn; the
// old one set aside; the new one in its place; the old one written over, in part or
// whole; then the same for the second copy.
func tornKeys(t *tally, r *rand.Rand, changes int, root string) error {
	f, err := fillUp(filepath.Join(root, "source"), "", r.Uint64(), 25)
	if err != nil {
		return err
	}
	for range changes {
		former := f.Pass
		c, err := f.change(func(op use.Operation) bool {
			return slices.Contains([]string{use.Meeting, use.Erasing, use.Rekeying}, op.Name)
		})
		if err != nil {
			return err
		}
		for _, state := range c.ringSteps(r) {
			c.tryRing(t, state, filepath.Join(root, "image"), former, f.Pass)
		}
	}
	return f.Close()
}

// ringSteps are the files after each step.
func (c *commit) ringSteps(r *rand.Rand) []files {
	// A contact's key is kept before its dossier; of an erased one it goes last.
	at := c.before
	if c.name == use.Erasing {
		at = c.after.with(ringFile, c.before[ringFile]).with(filepath.Join(use.Copies, ringFile), c.before[filepath.Join(use.Copies, ringFile)])
	}
	var out []files
	step := func(next files) { at = next; out = append(out, at) }
	for _, name := range []string{ringFile, filepath.Join(use.Copies, ringFile)} {
		was, is := c.before[name], c.after[name]
		half := bytes.Clone(was)
		clear(half[:r.IntN(len(half))])
		step(at)
		step(at.with(name+disk.Temp, is[:r.IntN(len(is))]))
		step(at.with(name+disk.Temp, is))
		step(at.with(name, nil).with(name+disk.Old, was))
		step(at.with(name, is).with(name+disk.Temp, nil))
		step(at.with(name+disk.Old, half))
		step(at.with(name+disk.Old, nil))
	}
	return out
}

// tryRing opens one of these states: one of the two passphrases opens every contact,
// and nothing on the disk has the ring of the other side.
func (c *commit) tryRing(t *tally, state files, dir, former, next string) {
	t.N[colImages]++
	got := look(dir, state, former, next)
	other := c.before[ringFile]
	switch want := c.was; {
	case got.panicked != nil:
		t.fault(colPanics, "%v", got.panicked)
		return
	case got.refused != nil || got.recovery != nil:
		t.fault(colNotOpen, "%s: %v", c.name, got.refused)
		return
	case c.name == use.Erasing:
		want = c.is
		fallthrough
	default:
		if !same(got.facts, want) {
			t.fault(colMixed, "%s: %v", c.name, use.Shown(want.Changes(got.facts)))
		}
	}
	switch {
	case c.name == use.Erasing || got.facts["pass"] == next && former != next:
		t.N[colAfter]++
	case c.name == use.Rekeying:
		t.N[colBefore]++
		other = c.after[ringFile]
	default: // a key that nobody uses yet takes nothing from anybody
		t.N[colBefore]++
		return
	}
	left, err := readFiles(dir)
	if err != nil {
		t.fault(colNotOpen, "%v", err)
	}
	for name, b := range left {
		if bytes.Equal(b, other) {
			t.fault(colMixed, "%s: %s still has the other ring", c.name, name)
		}
	}
}
