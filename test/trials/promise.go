package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
	"atlasp2i/test/trials/use"
)

// passOf is the passphrase that a stage sets, or "".
func passOf(s use.Stage) string {
	for _, want := range s {
		if pass, ok := strings.CutPrefix(want, "pass="); ok {
			return pass
		}
	}
	return ""
}

// numbers checks that each paper of this laptop which is new has a higher number than all before.
func (l *laptop) numbers(t *tally, now use.Facts) {
	most := l.last
	own := func(name string) (string, bool) {
		number, ok := strings.CutPrefix(name, "paper/")
		return number, ok && !strings.Contains(number, "/") && strings.HasPrefix(number, now["signing/prefix"]+"-")
	}
	for k := range now {
		number, ok := own(k)
		if !ok {
			continue
		}
		n := countOf(number)
		if l.confirmed[k] == "" && n <= l.last {
			t.fault(colNumbers, "%s: paper %s came after number %d", l, number, l.last)
		}
		most = max(most, n)
	}
	for k := range l.confirmed { // issued and confirmed in this life
		if number, ok := own(k); ok {
			most = max(most, countOf(number))
		}
	}
	l.last = most
}

// countOf is the count in the number of a paper: 42 of A7K2-0042.
func countOf(number string) int {
	_, count, _ := strings.Cut(number, "-")
	n, _ := strconv.Atoi(count)
	return n
}

// erased checks that nothing says who a contact is without the passphrase, and that
// no key which ever was opens one that was erased.
func (l *laptop) erased(t *tally, p *use.Program) {
	if err := l.remember(p); err != nil {
		t.fault(colNotOpen, "%s: %v", l, err)
		return
	}
	gone, err := p.Store.Erasures()
	if err != nil {
		t.fault(colNotOpen, "%s: %v", l, err)
		return
	}
	for _, fault := range l.readable(l.dir, p.Pass, gone) {
		t.fault(colReadable, "%s: %s", l, fault)
	}
}

// readable says what the files of a folder tell that nobody may know.
func (l *laptop) readable(dir, pass string, gone []store.Dossier) (out []string) {
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == ballast {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for word := range l.words {
			if bytes.Contains(b, []byte(word)) {
				out = append(out, fmt.Sprintf("%s holds %q", e.Name(), word))
			}
		}
		if strings.Contains(e.Name(), ".keys") {
			for _, fault := range l.tryKeys(b, pass, gone) {
				out = append(out, e.Name()+" "+fault)
			}
		}
		return nil
	})
	if err != nil {
		out = append(out, err.Error())
	}
	return out
}

// tryKeys opens a file of keys with every passphrase there was, and says what that
// shows.
func (l *laptop) tryKeys(file []byte, pass string, gone []store.Dossier) (out []string) {
	for _, tried := range l.passes {
		ring, err := vault.Open(file, tried, rand.Reader)
		if err != nil {
			continue
		}
		// A first passphrase that nobody confirmed may have left a ring, of no contact.
		if tried != pass && pass != "" {
			out = append(out, "opens with a passphrase that does not count any more")
		}
		for _, d := range gone {
			for _, sealed := range l.sealed[string(d.ID)] {
				if _, err := ring.Open(string(d.ID), vault.UseDossier, sealed); err == nil {
					out = append(out, fmt.Sprintf("opens the erased contact %s", d.ID))
				}
			}
		}
		ring.Lock()
	}
	return out
}

// second checks the second folder: what it still tells is said, and gone as soon as
// the folder is there.
func (l *laptop) second(t *tally, p *use.Program) {
	said := p.Store.Mirror()
	if said.Dir == "" {
		return // its user ended it: what is there stays as it is
	}
	gone, err := p.Store.Erasures()
	if err != nil {
		t.fault(colNotOpen, "%s: %v", l, err)
		return
	}
	if _, err := os.Stat(use.Pocket(l.dir)); err == nil {
		if left := l.readable(use.Pocket(l.dir), p.Pass, gone); len(left) > 0 && !said.KeysBehind {
			t.fault(colReadable, "%s: of the folder that is away it is not said: %s", l, left)
		}
		return
	}
	if _, err := p.Store.Snapshot(context.Background()); err != nil && !disk.IsFull(err) {
		t.fault(colCopies, "%s: %v", l, err)
		return
	}
	var full *disk.FullError
	switch is := p.Store.Mirror(); {
	case l.small && (is.Err == nil || errors.As(is.Err, &full)): // what has no room is said
	case is.Err != nil || is.KeysBehind || is.Copied.IsZero():
		t.fault(colCopies, "%s: the second folder: %+v", l, is)
	default:
		for _, left := range l.readable(use.Stick(l.dir), p.Pass, gone) {
			t.fault(colReadable, "%s: in the second folder: %s", l, left)
		}
	}
}

// remember keeps what is sealed of every contact, and the words of its person.
func (l *laptop) remember(p *use.Program) error {
	list, err := p.Store.Dossiers()
	if err != nil {
		return err
	}
	for _, d := range list {
		revs, err := p.Store.DossierRevisions(d.ID)
		if err != nil {
			return err
		}
		l.sealed[string(d.ID)] = nil
		for _, r := range revs {
			l.sealed[string(d.ID)] = append(l.sealed[string(d.ID)], r.Sealed)
		}
		person, err := p.People.Get(string(d.ID))
		if err != nil {
			return err
		}
		for _, word := range []string{person.Contact.Name, person.Contact.Company, person.Contact.Email, person.Notes} {
			l.words[word] = true
		}
	}
	return nil
}

// snapshots checks each copy that has the name of one.
func (l *laptop) snapshots(t *tally, p *use.Program) {
	list, err := p.Store.Snapshots()
	if err == nil && p.Store.Mirror().Dir != "" {
		var there []store.SnapshotInfo
		there, err = store.SnapshotsIn(p.Store.Mirror().Folder)
		list = append(list, there...)
	}
	if err != nil {
		t.fault(colCopies, "%s: %v", l, err)
	}
	for _, info := range list {
		s, err := store.OpenReadOnly(info.Path)
		var older *store.OlderSchemaError
		switch {
		case errors.As(err, &older):
		case err != nil:
			t.fault(colCopies, "%s: %v", l, err)
		default:
			_ = s.Close()
			t.Copies++
		}
	}
}
