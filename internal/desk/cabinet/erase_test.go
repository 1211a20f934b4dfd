package cabinet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
)

func content() store.Content {
	return store.Content{Project: []byte(`{"name":"x"}`), PackNumber: 1, PackSHA256: strings.Repeat("a", 64)}
}

func issuePaper(b *bench, id, number string, sim store.ID) error {
	sealed, err := b.SealName(store.ID(id), "Zelmira Quastenberg")
	if err != nil {
		return err
	}
	_, err = b.store.PutPaper(func(int) (store.Paper, error) {
		return store.Paper{PaperHead: store.PaperHead{Number: number, Dossier: store.ID(id), Simulation: sim, Revision: 1}, Payload: []byte("figures"), Sealed: sealed}, nil
	})
	return err
}

// Nothing of a person is in any file while they are kept, and no file, with the
// right passphrase and any older copy of the store, gives them back once erased.
func TestCabinet_Erased(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	other := visitor()
	other.Contact.Name, other.Contact.Company = "Autre Personne", "Autre"
	kept := b.save(other)
	sim, err := b.store.Create("Simulation", content())
	b.must(err)
	v, err = b.AttachSimulation(v.ID, sim.ID)
	b.must(err)
	b.must(issuePaper(b, v.ID, "A7K2-0042", sim.ID))
	b.again() // closing takes a snapshot
	noPlaintext(t, b.dir)
	before := t.TempDir()
	b.must(os.CopyFS(before, os.DirFS(b.dir)))

	left, err := b.Erase(v.ID)
	b.must(err)
	if diff := cmp.Diff(Left{Papers: []string{"A7K2-0042"}, Simulations: []Named{{sim.ID, "Simulation"}}}, left); diff != "" {
		t.Error(diff)
	}
	if destroyed, err := b.p.Keys.Destroyed(); err != nil || !slices.Equal(destroyed, []string{v.ID}) {
		t.Errorf("destroyed at once: %v, %v", destroyed, err)
	}
	if len(left.Msgs()) != 3 {
		t.Error(left.Msgs())
	}
	gone := func() {
		t.Helper()
		var missing *store.NotFoundError
		if _, err := b.Get(v.ID); !errors.As(err, &missing) {
			t.Errorf("get: %v", err)
		}
		var csv, cards bytes.Buffer
		b.must(b.ExportCSV(&csv, nil))
		b.must(b.ExportVCard(&cards, nil))
		for _, word := range private[:2] {
			if strings.Contains(csv.String()+cards.String(), word) {
				t.Errorf("%q in an export", word)
			}
		}
		if !strings.Contains(csv.String(), "Autre Personne") || !strings.Contains(cards.String(), "Autre Personne") {
			t.Error("the other contact is not in the exports")
		}
		p, err := b.store.Paper("A7K2-0042")
		b.must(err)
		if len(p.Sealed) > 0 || string(p.Payload) != "figures" {
			t.Errorf("%+v", p)
		}
	}
	gone()
	b.again()
	gone()
	noPlaintext(t, b.dir)

	// The store comes back as it was before, the keys as they are: what the keys
	// destroyed is erased again, and the other contact opens.
	b.must(b.store.Close())
	data, err := os.ReadFile(filepath.Join(before, "essai.db"))
	b.must(err)
	b.must(os.WriteFile(filepath.Join(b.dir, "essai.db"), data, 0o600))
	b.open()
	b.must(b.Unlock(context.Background(), pass))
	if said := b.Troubles(); !slices.ContainsFunc(said, func(m domain.Msg) bool { return m.Key == "cabinet.strayed" }) {
		t.Errorf("%+v", said)
	}
	gone()
	if _, err := b.Get(kept.ID); err != nil {
		t.Error(err)
	}
	b.again()
	if said := b.Troubles(); len(said) > 0 {
		t.Errorf("said again: %+v", said)
	}

	// The keys come back as they were before, the store as it is.
	b.must(b.store.Close())
	path, copied := b.store.KeyFiles()
	for _, name := range []string{path, copied} {
		rel, err := filepath.Rel(b.dir, name)
		b.must(err)
		data, err := os.ReadFile(filepath.Join(before, rel))
		b.must(err)
		b.must(os.WriteFile(name, data, 0o600))
	}
	b.open()
	b.must(b.Unlock(context.Background(), pass))
	gone()
	if destroyed, err := b.p.Keys.Destroyed(); err != nil || !slices.Equal(destroyed, []string{v.ID}) {
		t.Errorf("%v, %v", destroyed, err)
	}
}

// noPlaintext looks for the person's words in every file under a folder.
func noPlaintext(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a snapshot that was just taken has its own name now
		}
		files++
		for _, word := range append([]string{pass}, private...) {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%q is in %s", word, filepath.Base(path))
			}
		}
		return err
	})
	if err != nil || files < 4 { // store, snapshot, two copies of the keys
		t.Errorf("%d files, %v", files, err)
	}
}

func TestCabinet_PersonalIsEverything(t *testing.T) {
	b := newBench(t)
	b.must(b.SetPassphrase(pass))
	v := b.save(visitor())
	v.Contact.Phone = "+212 5 37 00 00 00"
	b.save(*v)
	b.must(issuePaper(b, v.ID, "A7K2-0042", ""))
	data, err := b.Personal(v.ID)
	b.must(err)
	for _, word := range append([]string{"+212 5 37 00 00 00", "A7K2-0042", "Salon de Lyon", "Coordonnées"}, private...) {
		if !strings.Contains(string(data), word) {
			t.Errorf("%q is missing: %s", word, data)
		}
	}
	var out personal
	b.must(json.Unmarshal(data, &out))
	if len(out.Earlier) != 1 || len(out.Papers) != 1 || out.Papers[0].Name != v.Contact.Name || len(out.Timeline) < 5 {
		t.Errorf("%+v", out)
	}
	lines, _ := b.History(v.ID)
	if lines[0].Kind != dossier.KindExported {
		t.Errorf("%+v", lines[0])
	}
}
