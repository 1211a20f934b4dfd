package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"atlasp2i/internal/store"
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

// numbers checks that each paper which is new has a higher number than all before.
func (l *laptop) numbers(t *tally, now use.Facts) {
	most := l.last
	for k := range now {
		number, ok := strings.CutPrefix(k, "paper/")
		if !ok || strings.Contains(number, "/") {
			continue
		}
		n := countOf(number)
		if l.confirmed[k] == "" && n <= l.last {
			t.fault(colNumbers, "%s: paper %s came after number %d", l, number, l.last)
		}
		most = max(most, n)
	}
	for k := range l.confirmed { // issued and confirmed in this life
		if number, ok := strings.CutPrefix(k, "paper/"); ok && !strings.Contains(number, "/") {
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
	err = filepath.WalkDir(l.dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || e.Name() == ballast {
			return err
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for word := range l.words {
			if bytes.Contains(b, []byte(word)) {
				t.fault(colReadable, "%s: %s holds %q", l, e.Name(), word)
			}
		}
		if strings.Contains(e.Name(), ".keys") {
			l.tryKeys(t, e.Name(), b, p.Pass, gone)
		}
		return nil
	})
	if err != nil {
		t.fault(colNotOpen, "%s: %v", l, err)
	}
}

// tryKeys opens a file of keys with every passphrase there was.
func (l *laptop) tryKeys(t *tally, name string, file []byte, pass string, gone []store.Dossier) {
	for _, tried := range l.passes {
		ring, err := vault.Open(file, tried, rand.Reader)
		if err != nil {
			continue
		}
		// A first passphrase that nobody confirmed may have left a ring, of no contact.
		if tried != pass && pass != "" {
			t.fault(colReadable, "%s: %s opens with a passphrase that does not count any more", l, name)
		}
		for _, d := range gone {
			for _, sealed := range l.sealed[string(d.ID)] {
				if _, err := ring.Open(string(d.ID), vault.UseDossier, sealed); err == nil {
					t.fault(colReadable, "%s: %s opens the erased contact %s", l, name, d.ID)
				}
			}
		}
		ring.Lock()
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
