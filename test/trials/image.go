package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atlasp2i/internal/store"
	"atlasp2i/test/trials/use"
)

// Sizes in the file of a store, in bytes.
const (
	pageSize   = 4096
	sectorSize = 512
	metaAt     = 16 // of the header in its page
	metaSize   = 64
	txidAt     = metaAt + 48
)

// txidOf is the number of the newest transaction that a whole file holds.
func txidOf(file []byte) uint64 {
	return max(binary.NativeEndian.Uint64(file[txidAt:]), binary.NativeEndian.Uint64(file[pageSize+txidAt:]))
}

// files are those of a folder by their names, which may have the folder of
// snapshots before them.
type files map[string][]byte

// readFiles reads a folder, and the newest snapshots in it.
func readFiles(dir string) (files, error) {
	const newest = 2
	out := files{}
	snapshots, err := filepath.Glob(filepath.Join(dir, use.Copies, "*.db"))
	if err != nil {
		return nil, err
	}
	slices.Sort(snapshots)
	snapshots = snapshots[max(0, len(snapshots)-newest):]
	small, err := filepath.Glob(filepath.Join(dir, use.Copies, "*s")) // keys and numbers
	if err != nil {
		return nil, err
	}
	own, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Concat(snapshots, small, own) {
		if st, err := os.Stat(name); err != nil || !st.Mode().IsRegular() || strings.HasSuffix(name, ".lock") {
			continue
		}
		if out[strings.TrimPrefix(name, dir+string(filepath.Separator))], err = os.ReadFile(name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// with is the same with other bytes under a name; nil takes the file away.
func (f files) with(name string, data []byte) files {
	out := maps.Clone(f)
	out[name] = data
	if data == nil {
		delete(out, name)
	}
	return out
}

// write makes a folder of them in the place of what is there.
func (f files) write(dir string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, use.Copies), 0o700); err != nil {
		return err
	}
	for name, data := range f {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}

// seen is what the program made of a folder of files.
type seen struct {
	facts    use.Facts
	recovery *store.Recovery // what was said to be opened instead
	troubles []string        // with keys and contacts, that were said
	refused  error           // why it did not open at all
	panicked error
}

// look opens files as the program does, and reads everything. That a bug stops the
// process is seen by whoever started it; a panic that can be caught is told.
func look(dir string, f files, passes ...string) (out seen) {
	defer func() {
		if r := recover(); r != nil {
			out.panicked = fmt.Errorf("%v", r)
		}
	}()
	if f != nil {
		if err := f.write(dir); err != nil {
			return seen{panicked: err}
		}
	}
	p, err := use.Open(dir, use.Asked, passes...)
	if err != nil {
		return seen{refused: err}
	}
	out.recovery = p.Store.Recovery()
	for _, m := range p.People.Troubles() {
		out.troubles = append(out.troubles, m.Key)
	}
	out.facts, out.refused = p.Read()
	return out.closed(p.Close())
}

// closed adds what closing said.
func (s seen) closed(err error) seen {
	s.refused = errors.Join(s.refused, err)
	return s
}

// same compares what is in the store: passphrase and signing key have files of
// their own, which no older copy of the store brings back.
func same(a, b use.Facts) bool {
	for k := range a.Changes(b) {
		if k != "pass" && !strings.HasPrefix(k, "signing") {
			return false
		}
	}
	return true
}

// filled is a program in use, with a history of what it held.
type filled struct {
	*use.User
	now use.Facts
}

// fillUp uses a new store for so many operations, and until everything is in it. Where
// there is a scratch folder, files are exchanged with a colleague.
func fillUp(dir, scratch string, seed uint64, operations int) (*filled, error) {
	if err := os.MkdirAll(filepath.Join(dir, use.Copies), 0o700); err != nil {
		return nil, err
	}
	p, err := use.Open(dir, use.Asked)
	if err != nil {
		return nil, err
	}
	f := &filled{use.NewUser(p, seed, 0), nil}
	f.Scratch = scratch
	if f.now, err = p.Read(); err != nil {
		return nil, err
	}
	for n := 0; n < operations || !holdsEverything(f.now, scratch != ""); n++ {
		if _, err := f.step(); err != nil {
			return nil, err
		}
	}
	_, err = p.Store.Snapshot(context.Background())
	return f, err
}

// holdsEverything is whether each kind of thing that the program keeps is there.
func holdsEverything(f use.Facts, shared bool) bool {
	kinds := []string{"sim/", "val/", "own/", "imp/", "person/", "gone/", "paper/", "set/", "closed"}
	if shared {
		kinds = append(kinds, "device/", "conflict/")
	}
	for _, kind := range kinds {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(f)), func(name string) bool { return strings.HasPrefix(name, kind) }) {
			return false
		}
	}
	return true
}

// step does one more operation.
func (f *filled) step() (use.Operation, error) {
	op, err := f.Next(f.now)
	if err != nil {
		return op, err
	}
	return op, f.doing(op)
}

func (f *filled) doing(op use.Operation) error {
	err := op.Do()
	if err == nil {
		f.now, err = f.Read()
	}
	if err != nil {
		return fmt.Errorf("%s: %w", op.Name, err)
	}
	return nil
}
