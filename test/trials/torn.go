package main

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"atlasp2i/test/trials/use"
)

// Columns of the torn writes.
const (
	colImages   = "images"
	colBefore   = "before"   // the state before the last transaction
	colAfter    = "after"    // that after it
	colSalvaged = "salvaged" // from the file itself, and said
	colSnapshot = "snapshot" // from the newest snapshot, and said
	colChanged  = "file changed"
)

// commit is one transaction: the files and what the program showed before and after.
type commit struct {
	name          string // of the operation
	before, after files
	was, is       use.Facts
	old, new      []byte // the store file, both as long as the longer one
	meta          int    // where the header lies that the transaction wrote
}

// tornImages are how a disk may leave a transaction whose power failed. bbolt writes
// pages that nobody uses yet and flushes them, then one header and flushes that: so
// either any of the new pages' sectors are on the disk and the header is the old
// one, or all of them are and the header is torn.
var tornImages = []struct {
	kind  string
	image func(*commit, *rand.Rand) []byte
}{
	{"pages torn, old header", func(c *commit, r *rand.Rand) []byte { return c.tearPages(r, c.old) }},
	{"header torn between sectors", func(c *commit, r *rand.Rand) []byte {
		out := bytes.Clone(c.new)
		for at := c.meta; at < c.meta+pageSize; at += sectorSize {
			if r.IntN(2) == 0 {
				copy(out[at:at+sectorSize], c.old[at:])
			}
		}
		return out
	}},
	{"header torn inside a sector", func(c *commit, r *rand.Rand) []byte {
		out := bytes.Clone(c.new)
		from, to := r.IntN(metaAt+metaSize), metaAt+metaSize
		if r.IntN(2) == 0 {
			from, to = 0, from
		}
		copy(out[c.meta+from:c.meta+to], c.old[c.meta+from:])
		return out
	}},
	{"header sector lost", func(c *commit, r *rand.Rand) []byte {
		out := bytes.Clone(c.new)
		sector := out[c.meta : c.meta+sectorSize]
		clear(sector)
		if r.IntN(2) == 0 {
			for i := range sector {
				sector[i] = byte(r.Uint32())
			}
		}
		return out
	}},
	{lyingDisk, func(c *commit, r *rand.Rand) []byte { return c.tearPages(r, c.new) }},
}

// lyingDisk is a disk that says a flush is done when it is not, which nothing can
// defend against: the newest snapshot is what is left.
const lyingDisk = "pages torn, new header (a disk that lies)"

// tearPages is the file with any of the new pages' sectors, and the headers of
// another one.
func (c *commit) tearPages(r *rand.Rand, headers []byte) []byte {
	out := bytes.Clone(c.old)
	keep := r.Float64()
	for at := 2 * pageSize; at < len(out); at += sectorSize {
		if r.Float64() < keep {
			copy(out[at:at+sectorSize], c.new[at:])
		}
	}
	copy(out[:2*pageSize], headers)
	if len(bytes.Trim(out[len(c.before[use.StoreFile]):], "\x00")) == 0 && bytes.Equal(headers, c.old) && r.IntN(2) == 0 {
		out = out[:len(c.before[use.StoreFile])] // it had not grown yet
	}
	return out
}

// torn tries images of random transactions.
func torn(ts []*tally, r *rand.Rand, commits, images int, root string) error {
	source := filepath.Join(root, "source")
	var f *filled
	var history []use.Facts
	for n := 0; n < commits; {
		if f == nil || len(history) > 80 {
			if f != nil {
				_ = f.Close()
			}
			var err error
			if err = errors.Join(os.RemoveAll(source), os.RemoveAll(source+"-scratch")); err != nil {
				return err
			}
			if f, err = fillUp(source, source+"-scratch", r.Uint64(), 25); err != nil {
				return err
			}
			history = []use.Facts{f.now}
		}
		c, err := f.commit()
		if err != nil {
			return err
		}
		history = append(history, f.now)
		if c == nil {
			continue
		}
		n++
		for i, kind := range tornImages {
			for range images {
				c.try(ts[i], kind.image(c, r), history, filepath.Join(root, "image"), f.Pass)
			}
		}
	}
	return f.Close()
}

// commit does one operation; nil where it was not one transaction, or left none in
// the store. Persons are not erased here, nor by a colleague's file: an older state of the store would be
// erased again when it is opened, rightly, and be like neither side.
func (f *filled) commit() (*commit, error) {
	c, err := f.change(func(op use.Operation) bool { return !op.Erases() })
	if err != nil {
		return nil, err
	}
	c.old, c.new = c.before[use.StoreFile], c.after[use.StoreFile]
	if txidOf(c.new) != txidOf(c.old)+1 {
		return nil, nil
	}
	if grown := len(c.new) - len(c.old); grown > 0 {
		c.old = append(bytes.Clone(c.old), make([]byte, grown)...)
	}
	c.meta = int(txidOf(c.new)%2) * pageSize
	return c, nil
}

// change does one operation that is wanted.
func (f *filled) change(wanted func(use.Operation) bool) (*commit, error) {
	op, err := f.Next(f.now)
	for err == nil && !wanted(op) {
		op, err = f.Next(f.now)
	}
	if err != nil {
		return nil, err
	}
	c := &commit{name: op.Name, was: f.now}
	if c.before, err = readFiles(f.Dir); err != nil {
		return nil, err
	}
	if err := f.doing(op); err != nil {
		return nil, err
	}
	c.is = f.now
	c.after, err = readFiles(f.Dir)
	return c, err
}

// try opens an image beside the other files, which were written before it.
func (c *commit) try(t *tally, image []byte, history []use.Facts, dir, pass string) {
	t.N[colImages]++
	got := look(dir, c.after.with(use.StoreFile, image), pass)
	switch {
	case got.panicked != nil:
		t.fault(colPanics, "%v", got.panicked)
	case got.refused != nil:
		t.fault(colNotOpen, "%v", got.refused)
	case got.recovery == nil:
		t.count(c, got.facts, nil)
	default:
		t.N[how(got)]++
		if t.Kind != lyingDisk {
			history = nil
		}
		t.count(c, got.facts, history)
		if b, err := os.ReadFile(filepath.Join(dir, use.StoreFile)); err != nil || !bytes.Equal(b, image) {
			t.fault(colChanged, "%v", err)
		}
	}
}

// how says what was opened in the place of a damaged file.
func how(got seen) string {
	switch {
	case got.recovery.Salvaged:
		return colSalvaged
	case got.recovery.Snapshot != nil:
		return colSnapshot
	}
	return colEmpty
}

// count holds what an image showed against both sides, and against the earlier
// states where one of these is all there can be.
func (t *tally) count(c *commit, got use.Facts, earlier []use.Facts) {
	switch {
	case same(got, c.is):
		t.N[colAfter]++
	case same(got, c.was):
		t.N[colBefore]++
	case slices.ContainsFunc(earlier, func(state use.Facts) bool { return same(got, state) }):
	default:
		changes := c.was.Changes(got)
		t.fault(lostOrMixed(changes), "differs from before by %v", use.Shown(changes))
	}
}
