package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
)

const (
	keepNewest = 10 // snapshots kept whatever their day
	keepDays   = 7  // days of which the newest snapshot is kept as well
)

// snapshotFile is a snapshot by its name: atlas-00000012-20260102T150405Z.db.
// The number orders them: the clock of a laptop may go back.
type snapshotFile struct {
	SnapshotInfo
	number int
}

// snapshotFiles lists the snapshots, newest first, without looking inside.
func snapshotFiles(o Options) ([]snapshotFile, error) {
	entries, err := os.ReadDir(o.SnapshotDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileError(o.SnapshotDir, err)
	}
	prefix, ext := filepath.Base(stem(o.Path))+"-", filepath.Ext(o.Path)
	var out []snapshotFile
	for _, e := range entries {
		mid, okPrefix := strings.CutPrefix(e.Name(), prefix)
		mid, okExt := strings.CutSuffix(mid, ext)
		num, at, okDash := strings.Cut(mid, "-")
		n, errNum := strconv.Atoi(num)
		t, errTime := time.Parse(stamp, at)
		if okPrefix && okExt && okDash && errNum == nil && errTime == nil {
			out = append(out, snapshotFile{SnapshotInfo{filepath.Join(o.SnapshotDir, e.Name()), t}, n})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].number > out[j].number })
	return out, nil
}

// newestGood is the newest snapshot of schema from or newer that passes its check
// and holds a simulation or a value; where none holds any, the newest; else nil.
// A store never loses its last record of these, so an empty snapshot above others
// is of a store that came after them.
func newestGood(o Options, from int) *SnapshotInfo {
	files, err := snapshotFiles(o)
	if err != nil {
		return nil // a folder that cannot be read offers nothing
	}
	var empty *SnapshotInfo
	for _, f := range files {
		c, err := verifyFile(f.Path, o.newest(), false)
		switch {
		case err != nil || c.head.Schema < from:
		case c.holds():
			return &f.SnapshotInfo
		case empty == nil:
			empty = &f.SnapshotInfo
		}
	}
	return empty
}

// snapshotsHold says whether a snapshot holds a simulation or a value, or may:
// one that cannot be read is no proof that there was nothing.
func snapshotsHold(o Options) bool {
	files, err := snapshotFiles(o)
	if err != nil {
		return true
	}
	for _, f := range files {
		if c, err := verifyFile(f.Path, o.newest(), false); err != nil || c.holds() {
			return true
		}
	}
	return false
}

// copySnapshot takes a snapshot of a file that bbolt has not opened.
func copySnapshot(path string, o Options) (SnapshotInfo, error) {
	return writeSnapshot(context.Background(), o, func(w io.Writer) error { return copyBytes(path, w) })
}

func copyBytes(path string, w io.Writer) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

// until writes as long as its context has not ended.
type until struct {
	ctx context.Context
	w   io.Writer
}

func (u until) Write(p []byte) (int, error) {
	if err := u.ctx.Err(); err != nil {
		return 0, err
	}
	return u.w.Write(p)
}

// writeSnapshot makes a snapshot of what fill writes. Where ctx ends on the way there
// is none.
func writeSnapshot(ctx context.Context, o Options, fill func(io.Writer) error) (SnapshotInfo, error) {
	files, err := snapshotFiles(o)
	if err != nil {
		return SnapshotInfo{}, err
	}
	number := 1
	if len(files) > 0 {
		number = files[0].number + 1
	}
	at := o.Now().UTC().Truncate(time.Second)
	base, ext := filepath.Base(stem(o.Path)), filepath.Ext(o.Path)
	to := filepath.Join(o.SnapshotDir, fmt.Sprintf("%s-%08d-%s%s", base, number, at.Format(stamp), ext))
	var own checked
	err = disk.New{
		Temp: filepath.Join(o.SnapshotDir, base+disk.Temp), Path: to,
		Fill: func(w io.Writer) error { return fill(until{ctx, w}) },
		Check: func(tmp string) (err error) {
			if own, err = verifyFile(tmp, o.newest(), false); err == nil {
				err = ctx.Err()
			}
			return err
		},
	}.Write()
	if err != nil {
		return SnapshotInfo{}, fileError(to, err)
	}
	info := SnapshotInfo{to, at}
	old := surplus(append([]snapshotFile{{info, number}}, files...))
	for _, f := range dispensable(old, own.head.Store, o) {
		// Another process may be reading an old one; it goes next time.
		_ = os.Remove(f.Path)
	}
	return info, nil
}

// surplus picks what may go of the snapshots, given newest first.
func surplus(files []snapshotFile) []snapshotFile {
	days := map[string]bool{}
	var out []snapshotFile
	for i, f := range files {
		day := f.At.Format(time.DateOnly)
		ofDay := !days[day] && len(days) < keepDays
		days[day] = true
		if i >= keepNewest && !ofDay {
			out = append(out, f)
		}
	}
	return out
}

// dispensable takes out of the surplus, given newest first, what no snapshot of
// the store with the id own stands for: the newest of each other store that
// holds something, and what only a newer program can read.
func dispensable(surplus []snapshotFile, own string, o Options) []snapshotFile {
	kept := map[string]bool{own: true}
	var out []snapshotFile
	for _, f := range surplus {
		c, err := verifyFile(f.Path, o.newest(), false)
		var damage *DamagedError
		switch {
		case err == nil && c.holds() && !kept[c.head.Store]:
			kept[c.head.Store] = true
		case err == nil || errors.As(err, &damage):
			out = append(out, f)
		}
	}
	return out
}

// SnapshotsIn lists the files of a folder that are called like snapshots of some
// store, newest first, without looking inside. A folder that is not there has none.
func SnapshotsIn(dir string) ([]SnapshotInfo, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fileError(dir, err)
	}
	var out []SnapshotInfo
	for _, e := range entries {
		if m := snapshotName.FindStringSubmatch(e.Name()); m != nil {
			at, err := time.Parse(stamp, m[2])
			if err == nil {
				out = append(out, SnapshotInfo{filepath.Join(dir, e.Name()), at})
			}
		}
	}
	slices.Reverse(out) // by number, since the names are sorted
	return out, nil
}

// snapshotName gives the stem of the store's name and the time.
var snapshotName = regexp.MustCompile(`^(.+)-[0-9]{8,}-([0-9]{8}T[0-9]{6}Z)\.`)

// Restored says what Restore did.
type Restored struct {
	Path   string       // the new store file, in use from now on; the one before stays where it is
	Before SnapshotInfo // the state before: restoring it takes this back
	Keys   bool         // the keys of contacts came from beside the snapshot: there were none here, or older ones
}

// Restore makes a new store file from the snapshot at path and puts it into use, while
// nobody has the store open. Nothing is overwritten: the state so far is in a snapshot
// and in its own file. What must not go back does not: see carry. Where the program
// ends on the way, the state is that of before or of after. It returns the errors of
// Open, *DamagedError or *NewerSchemaError about the snapshot: nothing has changed then.
func Restore(ctx context.Context, o Options, path string) (Restored, error) {
	o.fill()
	if err := makeDirs(o); err != nil {
		return Restored{}, err
	}
	lock, err := acquire(ctx, o)
	if err != nil {
		return Restored{}, err
	}
	defer lock.Release()
	present, err := openLocked(o)
	if err != nil {
		return Restored{}, err
	}
	defer func() { _ = present.closeDB() }()
	temp := stem(o.Path) + drafted
	defer func() { _ = os.Remove(temp) }()
	if err := present.draft(ctx, restoring{path, temp}, func(*Store) error { return nil }); err != nil {
		return Restored{}, err
	}
	var r Restored
	// Only now: it may be what pushes the chosen snapshot out.
	if r.Before, err = present.take(ctx); err != nil {
		return Restored{}, err
	}
	present.catchUpFor(ctx)
	if r.Keys, err = present.bringKeys(path); err != nil {
		return Restored{}, err
	}
	if r.Path, err = nextReplacement(o); err != nil {
		return Restored{}, err
	}
	if err := disk.MoveInto(temp, r.Path); err != nil {
		return Restored{}, fileError(r.Path, err)
	}
	passOn(present.path, r.Path, o)
	// Recovery must find the state that is in use above the one before. Where it
	// cannot be taken the next save takes it.
	_, _ = copySnapshot(r.Path, o)
	return r, nil
}

// Preview gives look the state that Restore would put into use, to be read and not
// to be kept. It returns the error of look, and those of Restore.
func (s *Store) Preview(ctx context.Context, path string, look func(restored *Store) error) error {
	// A name of its own: one that hangs keeps its file and nobody else.
	temp := stem(s.opts.Path) + previewed + string(NewID()) + disk.Temp
	defer func() { _ = os.Remove(temp) }()
	return s.draft(ctx, restoring{path, temp}, look)
}

// What stands behind the stem in the names of drafts; behind previewed an id follows.
const (
	drafted   = "-restoring" + disk.Temp
	previewed = "-preview-"
)

// sweepDrafts removes what a program that ended in the middle left of drafts.
func sweepDrafts(o Options) {
	_ = os.Remove(stem(o.Path) + drafted)
	_ = os.Remove(stem(o.Path) + drafted + disk.Temp)
	dir, base := filepath.Split(stem(o.Path) + previewed)
	entries, _ := os.ReadDir(filepath.Clean(dir)) // what cannot be listed stays
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), base) && strings.HasSuffix(e.Name(), disk.Temp) {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// restoring names a snapshot and the file that a draft is made in.
type restoring struct{ from, temp string }

// draft makes the state after a snapshot is restored over this one, in a file that is
// whole and verified when draft returns nil.
func (s *Store) draft(ctx context.Context, r restoring, look func(*Store) error) error {
	if err := os.Remove(r.temp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fileError(r.temp, err)
	}
	found, err := verifyFile(r.from, s.opts.newest(), false)
	if err != nil {
		return err
	}
	same := func(temp string) error { _, err := verifyFile(temp, s.opts.newest(), false); return err }
	err = fileError(r.temp, disk.New{
		Temp: r.temp + disk.Temp, Path: r.temp, Check: same,
		Fill: func(w io.Writer) error { return copyBytes(r.from, w) },
	}.Write())
	if err != nil {
		return err
	}
	d := &Store{opts: s.opts, path: r.temp}
	if err := d.openBolt(false); err != nil {
		return err
	}
	if err = d.migrate(found.head.Schema); err == nil {
		err = d.carry(s)
	}
	if err == nil {
		err = look(d)
	}
	if err = errors.Join(err, d.closeDB(), ctx.Err()); err != nil {
		return err
	}
	return same(r.temp)
}

// bringKeys takes the keys of contacts beside a snapshot where there are none here, or
// only older ones of the same ring, which may not open all contacts of the snapshot.
// Those stay until a passphrase has proved the newer: see package keyring.
func (s *Store) bringKeys(snapshot string) (bool, error) {
	keys, err := os.ReadFile(KeysBeside(snapshot))
	if err != nil {
		return false, nil // none there: its contacts stay sealed
	}
	came, err := vault.Inspect(keys)
	if err != nil {
		return false, nil
	}
	path, copied := s.KeyFiles()
	to := path
	for _, name := range []string{path, path + disk.Old, copied, copied + disk.Old} {
		data, err := os.ReadFile(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if is, bad := vault.Inspect(data); err != nil || bad != nil || !vault.Same(is, came) || is.Generation >= came.Generation {
			return false, nil
		}
		if name == path {
			to = copied
		}
	}
	return true, disk.ReplaceShredding(to, keys)
}

// KeysBeside is where the keys of the contacts in a snapshot, or a store, would be.
func KeysBeside(path string) string {
	if m := snapshotName.FindStringSubmatch(filepath.Base(path)); m != nil {
		return filepath.Join(filepath.Dir(path), m[1]+keysExt)
	}
	return stem(path) + keysExt
}
