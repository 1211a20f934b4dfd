package main

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/store"
	"atlasp2i/test/trials/use"
)

// secondFolder damages files in the second folder: the copy of the newest snapshot,
// which is never offered as a good one, and the keys.
func (p *patient) secondFolder(r *rand.Rand, flips int) ([]*tally, error) {
	if err := p.files.write(p.dir); err != nil {
		return nil, err
	}
	first, err := use.Open(p.dir, use.Asked, p.pass)
	if err != nil {
		return nil, err
	}
	err = first.Choose()
	if err == nil {
		_, err = first.Store.Snapshot(context.Background())
	}
	folder := first.Store.Mirror().Folder
	if err = errors.Join(err, first.Close()); err != nil {
		return nil, err
	}
	own, err := readFiles(p.dir)
	if err != nil {
		return nil, err
	}
	stick, err := readFiles(folder)
	if err != nil {
		return nil, err
	}
	name := slices.Max(slices.Collect(maps.Keys(stick.with(ringFile, nil))))
	s := second{p, own, stick, folder, name}
	copied, keys := newTally(groupDamage, "second folder: the copy"), newTally(groupDamage, "second folder: the keys")
	for _, bad := range s.bad(r, flips) {
		s.copy(copied, bad)
	}
	for _, bad := range mangled(stick[ringFile], r, flips) {
		s.keys(keys, bad)
	}
	return []*tally{copied, keys}, nil
}

// second is a patient with a second folder.
type second struct {
	*patient
	own, stick files
	folder     string
	name       string // of the newest copy in it
}

// bad are what may become of a copy.
func (s *second) bad(r *rand.Rand, flips int) [][]byte {
	good := s.stick[s.name]
	out := mangled(good, r, flips)
	for range flips / 4 {
		page := r.IntN(len(good)/pageSize) * pageSize
		zeroed := bytes.Clone(good)
		clear(zeroed[page : page+pageSize])
		out = append(out, zeroed, good[:page])
	}
	return out
}

// open opens the program with other bytes in a file of the second folder.
func (s *second) open(t *tally, name string, bad []byte) *use.Program {
	t.N[colTried]++
	err := s.own.write(s.dir)
	for file, data := range s.stick.with(name, bad) {
		err = errors.Join(err, os.WriteFile(filepath.Join(s.folder, file), data, 0o600))
	}
	if err == nil {
		var again *use.Program
		if again, err = use.Open(s.dir, use.Asked, s.pass); err == nil {
			return again
		}
	}
	t.fault(colNotOpen, "%v", err)
	return nil
}

// copy damages the newest copy: it is offered as a bad one or holds what it should, no
// state is made of it, and the next snapshot has a good copy again.
func (s *second) copy(t *tally, bad []byte) {
	again := s.open(t, s.name, bad)
	if again == nil {
		return
	}
	path := filepath.Join(s.folder, s.name)
	list, err := again.Backup().List(context.Background())
	at := slices.IndexFunc(list, func(x backup.Snapshot) bool { return x.Path == path })
	if err != nil || at < 0 {
		t.fault(colNotOpen, "not listed: %v", err)
		_ = again.Close()
		return
	}
	var restored use.Facts
	_, refused := again.Backup().Preview(context.Background(), path)
	if err := again.Close(); err != nil {
		t.fault(colNotOpen, "%v", err)
	}
	if refused == nil {
		restored, err = s.restored(path)
	}
	var damaged *store.DamagedError
	switch {
	case err != nil:
		t.fault(colNotOpen, "%v", err)
	case list[at].Err == nil && refused == nil && same(restored, s.final):
		t.N[colHarmless]++
	case errors.As(list[at].Err, &damaged) && errors.As(refused, &damaged):
		t.N[colDetected]++
	default:
		t.fault(colSilent, "offered with %v, gone back to with %v", list[at].Err, refused)
	}
	s.mended(t)
}

// restored is what going back to a copy gives, on a laptop that has the keys.
func (s *second) restored(path string) (use.Facts, error) {
	p, err := use.Open(s.dir, use.Asked, s.pass)
	if err != nil {
		return nil, err
	}
	if err = p.Restore(path); err != nil {
		return nil, err
	}
	f, err := p.Read()
	delete(f, "mirror")
	return f, errors.Join(err, p.Close())
}

// mended takes the next snapshot, after which the folder is as good as before.
func (s *second) mended(t *tally) {
	p, err := use.Open(s.dir, use.Asked, s.pass)
	if err != nil {
		t.fault(colNotOpen, "%v", err)
		return
	}
	info, err := p.Backup().CopyNow(context.Background())
	is := p.Store.Mirror()
	there, bad := store.SnapshotsIn(s.folder)
	if err = errors.Join(err, is.Err, bad, p.Close()); err != nil || is.KeysBehind || len(there) == 0 {
		t.fault(colSilent, "not mended: %v", err)
		return
	}
	if v, err := store.Verify(context.Background(), there[0].Path); err != nil || !there[0].At.Equal(info.At) || v.Records["simulations"] == 0 {
		t.fault(colSilent, "the newest copy is not good: %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(s.folder, ringFile)); err != nil || !bytes.Equal(b, s.own[ringFile]) {
		t.fault(colSilent, "the keys are not as here: %v", err)
	}
	for _, f := range there { // of this trial alone
		if !strings.HasSuffix(f.Path, s.name) {
			_ = os.Remove(f.Path)
		}
	}
}

// keys damages the keys there: they are replaced by the good ones from here, and never
// taken from there.
func (s *second) keys(t *tally, bad []byte) {
	again := s.open(t, ringFile, bad)
	if again == nil {
		return
	}
	got, err := again.Read()
	delete(got, "mirror")
	if err = errors.Join(err, again.Close()); err != nil || !same(got, s.final) {
		t.fault(colSilent, "the contacts here are not as before: %v", err)
		return
	}
	t.N[colDetected]++
	s.mended(t)
}
