package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"atlasp2i/internal/vault"
	"atlasp2i/test/trials/use"
)

// Small files beside the store: the ring of keys and the last number of a paper,
// with their use.Copies, and the signing key.
const (
	ringFile    = "atlas.keys"
	numbersFile = "atlas.numbers"
)

// mangled are the ways in which a small file is damaged.
func mangled(good []byte, r *rand.Rand, flips int) [][]byte {
	out := [][]byte{{}, []byte("Bonjour, je suis un texte.\n"), picture(), make([]byte, len(good)), append(bytes.Clone(good), 'x')}
	for range flips / 4 {
		out = append(out, flipped(good, r.IntN(len(good)), 1<<r.IntN(8)))
	}
	for range flips / 8 {
		out = append(out, good[:r.IntN(len(good))])
	}
	return out
}

func (p *patient) smallFiles(r *rand.Rand, flips int) ([]*tally, error) {
	out := []*tally{
		p.oneRing("keys: the first copy", ringFile, r, flips),
		p.oneRing("keys: the second copy", filepath.Join(use.Copies, ringFile), r, flips),
		p.bothRings(r, flips),
		p.numbers(r, flips),
		p.signing(r, flips),
	}
	for _, name := range []string{ringFile, numbersFile, use.NumberFile, use.KeyFile} {
		if len(p.files[name]) == 0 {
			return out, errors.New("the trials know no file " + name)
		}
	}
	return out, nil
}

// oneRing damages one copy of the keys: the other opens every contact, and it is
// said.
func (p *patient) oneRing(kind, name string, r *rand.Rand, flips int) *tally {
	t := newTally(groupDamage, kind)
	for _, bad := range mangled(p.files[name], r, flips) {
		t.N[colTried]++
		got := look(p.dir, p.files.with(name, bad), p.pass)
		switch {
		case got.panicked != nil:
			t.fault(colPanics, "%v", got.panicked)
		case got.refused != nil || got.recovery != nil:
			t.fault(colNotOpen, "%v", got.refused)
		case len(p.final.Changes(got.facts)) > 0:
			t.fault(colSilent, "%v", use.Shown(p.final.Changes(got.facts)))
		case !slices.Contains(got.troubles, "vault.copy.damaged"):
			t.fault(colSilent, "it is not said: %v", got.troubles)
		default:
			t.N[colDetected]++
		}
		if b, err := os.ReadFile(filepath.Join(p.dir, name)); err != nil || !bytes.Equal(b, p.files[name]) {
			t.fault(colSilent, "the copy was not made good: %v", err)
		}
	}
	return t
}

// bothRings damages both copies: the contacts stay shut, that is said, and the files
// stay as they are for whoever can help.
func (p *patient) bothRings(r *rand.Rand, flips int) *tally {
	t := newTally(groupDamage, "keys: both copies")
	second := filepath.Join(use.Copies, ringFile)
	others := mangled(p.files[second], r, flips)
	for i, bad := range mangled(p.files[ringFile], r, flips) {
		t.N[colTried]++
		f := p.files.with(ringFile, bad).with(second, others[i])
		got := look(p.dir, f, p.pass)
		switch {
		case got.panicked != nil:
			t.fault(colPanics, "%v", got.panicked)
		case !errors.Is(got.refused, vault.ErrDamaged):
			t.fault(colSilent, "%v", got.refused)
		default:
			t.N[colDetected]++
		}
		for _, name := range []string{ringFile, second} {
			if b, err := os.ReadFile(filepath.Join(p.dir, name)); err != nil || !bytes.Equal(b, f[name]) {
				t.fault(colChanged, "%s: %v", name, err)
			}
		}
	}
	return t
}

// numbers damages the files that keep the last number of a paper: the next paper
// still has a higher one.
func (p *patient) numbers(r *rand.Rand, flips int) *tally {
	t := newTally(groupDamage, "numbers of papers")
	names := []string{numbersFile, filepath.Join(use.Copies, numbersFile), use.NumberFile}
	for i, bad := range mangled(p.files[numbersFile], r, flips) {
		t.N[colTried]++
		f := p.files.with(names[i%3], bad)
		if i%2 == 0 { // all of them
			for _, name := range names {
				f = f.with(name, bad)
			}
		}
		if err := p.nextPaper(f); err != nil {
			t.fault(colNumbers, "%v", err)
			continue
		}
		t.N[colHarmless]++ // the store itself and the other files know
	}
	return t
}

var errNumber = errors.New("the next paper has no higher number")

// nextPaper issues one more paper over the files.
func (p *patient) nextPaper(f files) error {
	if err := f.write(p.dir); err != nil {
		return err
	}
	again, err := use.Open(p.dir, use.Asked, p.pass)
	if err != nil {
		return err
	}
	defer again.Close()
	u := use.NewUser(again, 1, 1)
	for range 100 { // until there is somebody to issue to and something to issue
		op, err := u.Issue(p.final)
		if err != nil {
			return err
		}
		if op.Do == nil {
			continue
		}
		if err := op.Do(); err != nil {
			return err
		}
		break
	}
	now, err := again.Read()
	if err != nil {
		return err
	}
	was, is := laptop{}, laptop{}
	t := newTally("", "")
	was.numbers(t, p.final)
	is.numbers(t, now)
	if is.last <= was.last {
		return errNumber
	}
	return nil
}

// signing damages the key of the laptop: it is refused, never replaced, for a new
// one would make every paper so far a stranger's.
func (p *patient) signing(r *rand.Rand, flips int) *tally {
	t := newTally(groupDamage, "signing key")
	for _, bad := range mangled(p.files[use.KeyFile], r, flips) {
		t.N[colTried]++
		if err := p.files.with(use.KeyFile, bad).write(p.dir); err != nil {
			t.fault(colNotOpen, "%v", err)
			continue
		}
		again, err := use.Open(p.dir, use.Asked, p.pass)
		if err != nil {
			t.fault(colNotOpen, "%v", err)
			continue
		}
		got, err := again.Office.Key()
		whole, good := use.SigningKey(filepath.Join(p.dir, use.KeyFile))
		switch {
		case err != nil:
			t.N[colDetected]++
		case good == nil && use.Digest(whole.Public()) == p.final["signing"] && got == whole.Public():
			t.N[colHarmless]++
		default:
			t.fault(colSilent, "another key is used")
		}
		if b, err := os.ReadFile(filepath.Join(p.dir, use.KeyFile)); err != nil || !bytes.Equal(b, bad) {
			t.fault(colChanged, "%v", err)
		}
		_ = again.Close()
	}
	return t
}
