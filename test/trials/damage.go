package main

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atlasp2i/internal/store"
	"atlasp2i/test/trials/system"
	"atlasp2i/test/trials/use"
)

// Columns of the damage trials.
const (
	colTried    = "tried"
	colDetected = "detected" // said, and something good opened or refused
	colHarmless = "harmless" // nothing of what is kept was hit: all reads equal
	colSilent   = "silent"   // other content was shown without a word
	colPanics   = "panics"
	colEmpty    = "opened empty"
)

// patient is a store that was filled with everything, and what may be read of it.
type patient struct {
	files    files
	final    use.Facts // all of it
	previous use.Facts // without its last transaction
	copied   use.Facts // as its newest snapshot has it
	earlier  use.Facts // as the snapshot before that has it
	pass     string
	dir      string // where damaged ones are opened
}

// admit fills a store; its newest snapshot is a few saves older than it.
func admit(root, scratch string, seed uint64, operations int) (*patient, error) {
	source := filepath.Join(root, "source")
	f, err := fillUp(source, scratch, seed, operations)
	if err != nil {
		return nil, err
	}
	out := &patient{dir: filepath.Join(root, "damaged"), earlier: f.now, pass: f.Pass}
	for i := range 4 {
		out.previous = f.now
		op, err := f.SaveNew(f.now)
		if err == nil {
			err = f.doing(op)
		}
		if err == nil && i == 0 {
			out.copied = f.now
			_, err = f.Store.Snapshot(context.Background())
		}
		if err != nil {
			return nil, err
		}
	}
	out.final = f.now
	if out.files, err = readFiles(source); err != nil {
		return nil, err
	}
	return out, f.Close()
}

// harm is a kind of damage to the file of the store: what it may become, given whole.
type harm struct {
	kind  string
	tries func(good []byte, r *rand.Rand, flips int) iter.Seq[[]byte]
	every bool // all of them even where only some are tried of the others
}

// harms are the kinds of damage that leave a file.
var harms = []harm{
	{"a bit flipped anywhere", func(good []byte, r *rand.Rand, flips int) iter.Seq[[]byte] {
		return times(flips, func(int) []byte { return flipped(good, r.IntN(len(good)), 1<<r.IntN(8)) })
	}, false},
	{"a byte changed anywhere", func(good []byte, r *rand.Rand, flips int) iter.Seq[[]byte] {
		return times(flips, func(int) []byte { return flipped(good, r.IntN(len(good)), byte(1+r.IntN(255))) })
	}, false},
	{"a bit flipped in each page's used part", func(good []byte, r *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte {
			used := len(bytes.TrimRight(good[at:at+pageSize], "\x00"))
			return flipped(good, at+r.IntN(max(1, used)), 1<<r.IntN(8))
		})
	}, false},
	{"cut at each page boundary", func(good []byte, _ *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte { return good[:at] })
	}, false},
	{"cut a byte before each", func(good []byte, _ *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte { return good[:at+pageSize-1] })
	}, false},
	{"cut a byte behind each", func(good []byte, _ *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte { return good[:at+1] })
	}, false},
	{"each page zeroed", func(good []byte, _ *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte {
			out := bytes.Clone(good)
			clear(out[at : at+pageSize])
			return out
		})
	}, false},
	{"each page replaced by another", func(good []byte, r *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte {
			out := bytes.Clone(good)
			copy(out[at:at+pageSize], good[r.IntN(len(good)/pageSize)*pageSize:])
			return out
		})
	}, false},
	{"a sector of each page zeroed", func(good []byte, r *rand.Rand, _ int) iter.Seq[[]byte] {
		return pages(good, func(at int) []byte {
			out := bytes.Clone(good)
			at += r.IntN(pageSize/sectorSize) * sectorSize
			clear(out[at : at+sectorSize])
			return out
		})
	}, false},
	{"both headers damaged", func(good []byte, r *rand.Rand, flips int) iter.Seq[[]byte] {
		return times(max(8, flips/16), func(int) []byte {
			out := flipped(good, metaAt+r.IntN(metaSize), 1<<r.IntN(8))
			return flipped(out, pageSize+metaAt+r.IntN(metaSize), 1<<r.IntN(8))
		})
	}, true},
	{"one header damaged", func(good []byte, r *rand.Rand, flips int) iter.Seq[[]byte] {
		return times(max(8, flips/16), func(i int) []byte { return flipped(good, i%2*pageSize+metaAt+r.IntN(metaSize), 1<<r.IntN(8)) })
	}, true},
}

func flipped(good []byte, at int, bits byte) []byte {
	out := bytes.Clone(good)
	out[at] ^= bits
	return out
}

func times(n int, make func(i int) []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for i := range n {
			if !yield(make(i)) {
				return
			}
		}
	}
}

// pages makes one of each page, by its offset.
func pages(good []byte, make func(at int) []byte) iter.Seq[[]byte] {
	return times(len(good)/pageSize, func(i int) []byte { return make(i * pageSize) })
}

// damage tries every kind on the file of a store, with so many random flips, and of
// what is done to each page every so-manieth.
func damage(r *rand.Rand, size extent, root string) ([]*tally, error) {
	p, err := admit(root, filepath.Join(root, "scratch"), r.Uint64(), size.filling)
	if err != nil {
		return nil, err
	}
	var out []*tally
	for _, h := range harms {
		t := newTally(groupDamage, h.kind)
		skip := r.IntN(size.stride)
		for bad := range h.tries(p.files[use.StoreFile], r, size.flips*size.stride) {
			if skip--; skip < 0 || h.every {
				skip = size.stride - 1
				p.try(t, bad)
			}
		}
		out = append(out, t)
	}
	strangers, err := p.strangers(root)
	if err != nil {
		return nil, err
	}
	out = append(out, strangers...)
	small, err := p.smallFiles(r, size.flips)
	if err != nil {
		return nil, err
	}
	second, err := p.secondFolder(r, size.flips)
	return slices.Concat(out, []*tally{p.copies(r, size.flips)}, small, second), err
}

// try opens the store with other bytes in the place of its file.
func (p *patient) try(t *tally, bad []byte) {
	t.N[colTried]++
	got := look(p.dir, p.files.with(use.StoreFile, bad), p.pass)
	untouched := got.recovery != nil || got.refused != nil
	if b, err := os.ReadFile(filepath.Join(p.dir, use.StoreFile)); err != nil || untouched && !bytes.Equal(b, bad) {
		t.fault(colChanged, "%v", err)
	}
	p.judge(t, got)
}

// judge says what became of a damaged file: what is shown must be all of it, or an
// older state that was said to be one.
func (p *patient) judge(t *tally, got seen) {
	var newer *store.NewerSchemaError
	switch {
	case got.panicked != nil:
		t.fault(colPanics, "%v", got.panicked)
	case errors.As(got.refused, &newer):
		t.N[colDetected]++
	case got.refused != nil:
		t.fault(colNotOpen, "%v", got.refused)
	case got.recovery == nil && same(got.facts, p.final):
		t.N[colHarmless]++
	case got.recovery == nil:
		t.fault(colSilent, "%v", use.Shown(p.final.Changes(got.facts)))
	default:
		t.N[colDetected]++
		t.N[how(got)]++
		p.opened(t, got)
	}
}

// opened checks what was opened in the place of a damaged file, and that it is said.
func (p *patient) opened(t *tally, got seen) {
	is := got.recovery
	good := []use.Facts{p.copied}
	switch {
	case is.Salvaged:
		good = []use.Facts{p.final, p.previous}
	case t.Kind == bothDamaged:
		good = append(good, p.earlier) // a flip may have hit nothing
	}
	if !slices.ContainsFunc(good, func(f use.Facts) bool { return same(got.facts, f) }) {
		t.fault(colSilent, "in its place something else was opened: %v", use.Shown(p.final.Changes(got.facts)))
	}
	if !use.Says(is.Damaged.Key()) || is.Damaged.Path != filepath.Join(p.dir, use.StoreFile) {
		t.fault(colSilent, "it is not said: %+v", is)
	}
	if t.N[colDetected]%8 != 1 {
		return
	}
	// The next start has nothing to say: it goes on with what was opened.
	again := look(p.dir, nil, p.pass)
	if again.recovery != nil || again.refused != nil || len(got.facts.Changes(again.facts)) > 0 {
		t.fault(colSilent, "the next start differs: %v", again.refused)
	}
}

// strangers are files that are no store of this program.
func (p *patient) strangers(root string) ([]*tally, error) {
	other, err := otherBolt(filepath.Join(root, "other.db"))
	if err != nil {
		return nil, err
	}
	newer, err := newerSchema(filepath.Join(root, "newer.db"), p.files[use.StoreFile])
	if err != nil {
		return nil, err
	}
	var out []*tally
	for _, s := range []struct {
		kind string
		data []byte
	}{
		{"empty file", []byte{}},
		{"a text", []byte("Bonjour, je ne suis pas une base.\n")},
		{"a picture (PNG)", picture()},
		{"a bbolt file of another program", other},
		{"a newer schema", newer},
	} {
		t := newTally(groupDamage, s.kind)
		p.try(t, s.data)
		if t.N[colDetected] != 1 {
			t.fault(colSilent, "%v", t.N)
		}
		out = append(out, t)
	}
	return append(out, p.folder(), p.unreadable(), p.vanished()), nil
}

const bothDamaged = "the file and its newest snapshot"

// copies damages the newest snapshot, too: the one before it is opened.
func (p *patient) copies(r *rand.Rand, flips int) *tally {
	t := newTally(groupDamage, bothDamaged)
	name := slices.Max(slices.Collect(func(yield func(string) bool) {
		for name := range p.files {
			if strings.HasPrefix(name, use.Copies) && strings.HasSuffix(name, ".db") && !yield(name) {
				return
			}
		}
	}))
	whole := p.files
	for _, bad := range mangled(whole[name], r, flips) {
		p.files = whole.with(name, bad)
		p.try(t, whole[use.StoreFile][:r.IntN(8*pageSize)])
	}
	p.files = whole
	return t
}

// vanished takes the file away.
func (p *patient) vanished() *tally {
	t := newTally(groupDamage, "no file, snapshots are there")
	t.N[colTried]++
	got := look(p.dir, p.files.with(use.StoreFile, nil), p.pass)
	if got.recovery == nil || !got.recovery.Damaged.Missing {
		t.fault(colSilent, "%+v", got.recovery)
		return t
	}
	p.judge(t, got)
	return t
}

// folder puts a folder in the place of the file.
func (p *patient) folder() *tally {
	t := newTally(groupDamage, "a folder in its place")
	t.N[colTried]++
	if err := errors.Join(p.files.with(use.StoreFile, nil).write(p.dir), os.Mkdir(filepath.Join(p.dir, use.StoreFile), 0o700)); err != nil {
		t.fault(colNotOpen, "%v", err)
		return t
	}
	got := look(p.dir, nil, p.pass)
	if st, err := os.Stat(filepath.Join(p.dir, use.StoreFile)); err != nil || !st.IsDir() {
		t.fault(colChanged, "%v", err)
	}
	p.judge(t, got)
	return t
}

// unreadable takes the right to read the file away.
func (p *patient) unreadable() *tally {
	t := newTally(groupDamage, "a file that may not be read")
	name := filepath.Join(p.dir, use.StoreFile)
	err := p.files.write(p.dir)
	// Whoever opens it may do everything but read it.
	for _, folder := range []string{filepath.Dir(filepath.Dir(p.dir)), filepath.Dir(p.dir), p.dir, filepath.Join(p.dir, use.Copies)} {
		err = errors.Join(err, os.Chmod(folder, 0o777))
	}
	if err = errors.Join(err, os.Chmod(name, 0)); err != nil {
		t.fault(colNotOpen, "%v", err)
		return t
	}
	err = system.AsNobody(func() error {
		if _, err := os.ReadFile(name); err == nil {
			return nil
		}
		_, err := store.Open(context.Background(), store.Options{Path: name, SnapshotDir: filepath.Join(p.dir, use.Copies), Device: "d"})
		return err
	})
	if err == nil {
		t.Skipped = "whoever runs this may read everything"
		return t
	}
	t.N[colTried]++
	var access *store.AccessError
	if !errors.As(err, &access) || access.Path != name {
		t.fault(colSilent, "%v", err)
		return t
	}
	t.N[colDetected]++
	return t
}
