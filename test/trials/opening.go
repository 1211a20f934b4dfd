package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"atlasp2i/internal/store"
	"atlasp2i/test/trials/use"
)

// Kinds of openings.
const (
	openDamaged  = "killed, a damaged store opens"
	openMigrated = "killed, a store of schema 4 opens"
)

// wound is a state of the store's file that opening it does something about.
type wound struct {
	file []byte // nil: gone
	good []use.Facts
	keep bool // the file is left as it is
}

// opening kills the program while it opens a store that is damaged, or of schema 4,
// once or several times in a row. Then it is opened and nobody disturbs it.
func opening(damaged, migrated *tally, r *rand.Rand, kills int, root string) error {
	p, err := admit(root, "", r.Uint64(), 20)
	if err != nil {
		return err
	}
	whole := p.files[use.StoreFile]
	older, err := olderSchema(filepath.Join(root, "older.db"), whole)
	if err != nil {
		return err
	}
	for damaged.N[colKills] < kills {
		torn := flipped(whole, int(txidOf(whole)%2)*pageSize+metaAt+r.IntN(metaSize), 1<<r.IntN(8))
		wounds := []wound{
			{[]byte("Bonjour, je suis un texte.\n"), []use.Facts{p.copied}, true},
			{whole[:len(whole)/2], []use.Facts{p.copied, p.final}, true}, // the half that is used
			{torn, []use.Facts{p.final, p.previous}, true},
			{nil, []use.Facts{p.copied}, false},
		}
		if err := p.interrupt(damaged, r, wounds[r.IntN(len(wounds))]); err != nil {
			return err
		}
	}
	for migrated.N[colKills] < kills {
		if err := p.interrupt(migrated, r, wound{older, []use.Facts{p.final}, false}); err != nil {
			return err
		}
	}
	return nil
}

// interrupt kills while a wounded file is opened, and looks what there is after it.
func (p *patient) interrupt(t *tally, r *rand.Rand, w wound) error {
	if err := p.files.with(use.StoreFile, w.file).write(p.dir); err != nil {
		return err
	}
	told := false
	for range 1 + r.IntN(3) {
		said, err := t.openAndKill(r, p.dir, p.pass)
		if err != nil {
			return err
		}
		told = told || said
	}
	got := look(p.dir, nil, p.pass)
	switch {
	case got.panicked != nil || got.refused != nil:
		t.fault(colNotOpen, "%v %v", got.panicked, got.refused)
		return nil
	case !slices.ContainsFunc(w.good, func(f use.Facts) bool { return same(got.facts, f) }):
		changes := w.good[0].Changes(got.facts)
		t.fault(lostOrMixed(changes), "%v", use.Shown(changes))
	case t.Kind == openMigrated && got.recovery != nil:
		t.fault(colNotOpen, "counts as damaged: %v", got.recovery.Damaged)
	case t.Kind == openDamaged && got.recovery == nil && !told && !same(got.facts, p.final):
		t.fault(colUnsaid, "a state of before was opened without a word")
	}
	if b, err := os.ReadFile(filepath.Join(p.dir, use.StoreFile)); w.keep && got.recovery != nil && (err != nil || !bytes.Equal(b, w.file)) {
		t.fault(colMixed, "the damaged file was changed: %v", err)
	}
	return p.copiesAreGood(t)
}

// copiesAreGood checks all snapshots, those taken on the way too.
func (p *patient) copiesAreGood(t *tally) error {
	list, err := store.SnapshotsIn(filepath.Join(p.dir, use.Copies))
	for _, f := range list {
		if _, err := store.Verify(context.Background(), f.Path); err != nil {
			t.fault(colCopies, "%v", err)
		}
		t.Copies++
	}
	return err
}

// openAndKill starts the program over a folder and kills it at a random instant of
// the opening, which may be over by then: told is whether it said that it opened
// something else.
func (t *tally) openAndKill(r *rand.Rand, dir, pass string) (told bool, err error) {
	order, err := json.Marshal(userOrder{Dir: dir, Pass: []string{pass}})
	if err != nil {
		return false, err
	}
	exe, err := os.Executable()
	if err != nil {
		return false, err
	}
	c := exec.Command(exe, "opener", string(order))
	c.Stderr = &t.stderr
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		return false, err
	}
	in := bufio.NewScanner(out)
	usual := t.usual[saysReady]
	part := time.Duration(1.2 * r.Float64() * float64(usual))
	var began time.Time
	open := false
	for in.Scan() {
		var said line
		if err := json.Unmarshal(in.Bytes(), &said); err != nil {
			return told, err
		}
		switch said.Says {
		case saysTry:
			began = time.Now()
			if usual > 0 { // the first time it is only measured
				defer time.AfterFunc(part, func() { _ = c.Process.Kill() }).Stop()
			}
		case saysReady:
			t.took(saysReady, time.Since(began))
			open = true
			told = said.Name != ""
			if usual == 0 {
				_ = c.Process.Kill()
			}
		}
	}
	_ = c.Wait() // it was killed
	t.N[colKills]++
	if !open {
		t.N[colOpening]++
	}
	return told, nil
}

// playOpener opens the program, says what it opened, and waits to be killed.
func playOpener(arg string, out io.Writer) error {
	var o userOrder
	if err := errors.Join(json.Unmarshal([]byte(arg), &o), use.Load()); err != nil {
		return err
	}
	say := json.NewEncoder(out).Encode
	if err := say(line{Says: saysTry}); err != nil {
		return err
	}
	p, err := use.Open(o.Dir, use.Asked, o.Pass...)
	if err != nil {
		return err
	}
	is := line{Says: saysReady}
	if p.Store.Recovery() != nil {
		is.Name = p.Store.Recovery().Damaged.Key()
	}
	if err := say(is); err != nil {
		return err
	}
	time.Sleep(time.Minute)
	return errors.New("nobody killed it")
}
