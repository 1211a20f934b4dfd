package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func dossierContent(n int) DossierContent {
	return DossierContent{
		Clear:  fmt.Appendf(nil, `{"fair":"salon-%d","grade":"A"}`, n),
		Sealed: bytes.Repeat([]byte{byte(n), 0xA5}, 60),
	}
}

func putDossier(t testing.TB, s *Store, n int) Dossier {
	t.Helper()
	return must(s.CreateDossier(NewID(), dossierContent(n), DossierEvent{Kind: "created"}))(t)
}

func putPaper(t testing.TB, s *Store, dossier ID) Paper {
	t.Helper()
	return must(s.PutPaper(func(n int) (Paper, error) { return paper(n, dossier), nil }))(t)
}

func paper(n int, dossier ID) Paper {
	p := Paper{
		PaperHead: PaperHead{Number: fmt.Sprintf("A7F3-%05d", n), Dossier: dossier, Simulation: NewID(), Revision: 2, PackSHA256: strings.Repeat("a", 64)},
		Payload:   fmt.Appendf(nil, `{"total":"%d.00"}`, 1000+n), Signature: bytes.Repeat([]byte{7}, 64),
	}
	if dossier != "" {
		p.Sealed = []byte("sealed name")
	}
	return p
}

func TestDossier_KeepsEveryRevisionAndItsJournal(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	first := putDossier(t, s, 1)
	second := must(s.SaveDossier(first.ID, dossierContent(2), DossierEvent{Kind: "graded", Ref: "A"}, DossierEvent{Kind: "attached", Ref: "x"}))(t)
	if err := s.NoteDossiers([]ID{first.ID}, DossierEvent{Kind: "exported"}); err != nil {
		t.Fatal(err)
	}
	other := putDossier(t, s, 3)
	_ = s.Close()
	s = mustOpen(t, o)

	list := must(s.Dossiers())(t)
	if len(list) != 2 || list[0].ID != other.ID || list[1].ID != first.ID || list[1].Head != 2 || !bytes.Equal(list[1].Sealed, dossierContent(2).Sealed) {
		t.Errorf("%+v", list)
	}
	got := must(s.Dossier(first.ID))(t)
	if !got.Created.Equal(first.Created) || !got.Updated.Equal(second.Updated) || got.Device != "device-a" || string(got.Clear) != string(dossierContent(2).Clear) {
		t.Errorf("%+v", got)
	}
	revs := must(s.DossierRevisions(first.ID))(t)
	if len(revs) != 2 || revs[0].Number != 1 || !bytes.Equal(revs[0].Sealed, dossierContent(1).Sealed) || !revs[0].At.Equal(first.Created) {
		t.Errorf("%+v", revs)
	}
	if one := must(s.DossierRevision(first.ID, 1))(t); !bytes.Equal(one.Sealed, revs[0].Sealed) {
		t.Errorf("%+v", one)
	}
	kinds := ""
	for _, e := range must(s.DossierHistory(first.ID))(t) {
		kinds += e.Kind + "/" + e.Ref + "/" + e.Device + " "
	}
	if kinds != "created//device-a graded/A/device-a attached/x/device-a exported//device-a " {
		t.Error(kinds)
	}
}

func TestDossier_Refusals(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	var missing *NotFoundError
	for name, err := range map[string]error{
		"get":      second(s.Dossier(NewID())),
		"save":     second(s.SaveDossier(NewID(), dossierContent(1))),
		"note":     s.NoteDossiers([]ID{NewID()}),
		"history":  second(s.DossierHistory(NewID())),
		"bad id":   second(s.Dossier("x")),
		"revision": second(s.DossierRevision(putDossier(t, s, 1).ID, 2)),
	} {
		if !errors.As(err, &missing) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if missing.Key() == "" {
		t.Error("no key")
	}
	d := putDossier(t, s, 1)
	if _, err := s.CreateDossier(d.ID, dossierContent(2)); err == nil {
		t.Error("a dossier was made twice")
	}
	for _, bad := range []DossierContent{{Clear: []byte("{}")}, {Clear: []byte("{"), Sealed: []byte{1}}} {
		if _, err := s.SaveDossier(d.ID, bad); err == nil {
			t.Errorf("%+v was kept", bad)
		}
	}
	if got := must(s.Dossier(d.ID))(t); got.Head != 1 {
		t.Errorf("head %d", got.Head)
	}
}

func second[T any](_ T, err error) error { return err }

func TestErase_LeavesATombstoneThatWins(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	d := putDossier(t, s, 1)
	must(s.SaveDossier(d.ID, dossierContent(2), DossierEvent{Kind: "attached", Ref: "ref-of-a-simulation"}))(t)
	p := putPaper(t, s, d.ID)
	other := putPaper(t, s, putDossier(t, s, 3).ID)
	unseen := NewID()
	for range 2 { // the second time changes nothing
		for _, id := range []ID{d.ID, unseen} {
			if err := s.EraseDossier(id); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = s.Close()
	s = mustOpen(t, o)
	got := must(s.Dossier(d.ID))(t)
	if got.Erased == nil || got.Clear != nil || got.Sealed != nil || !got.Created.Equal(d.Created) || got.Device != "device-a" || got.Head != 2 {
		t.Errorf("%+v", got)
	}
	for _, r := range must(s.DossierRevisions(d.ID))(t) {
		if len(r.Clear)+len(r.Sealed) != 0 || r.At.IsZero() || r.Device == "" {
			t.Errorf("%+v", r)
		}
	}
	events := must(s.DossierHistory(d.ID))(t)
	for _, e := range events {
		if e.Ref != "" || e.At.IsZero() {
			t.Errorf("%+v", e)
		}
	}
	if n := len(events); n != 4 || events[n-1].Kind != EventErased {
		t.Errorf("%+v", events)
	}
	kept := must(s.Paper(p.Number))(t)
	if len(kept.Sealed) != 0 || !bytes.Equal(kept.Payload, p.Payload) || !bytes.Equal(kept.Signature, p.Signature) || kept.Dossier != d.ID {
		t.Errorf("%+v", kept)
	}
	if kept := must(s.Paper(other.Number))(t); string(kept.Sealed) != "sealed name" {
		t.Errorf("another person's paper: %+v", kept)
	}
	if list, gone := must(s.Dossiers())(t), must(s.Erasures())(t); len(list) != 1 || len(gone) != 2 {
		t.Errorf("%d dossiers, %d erased", len(list), len(gone))
	}
	var erased *ErasedError
	for i, err := range []error{
		second(s.SaveDossier(d.ID, dossierContent(1))), s.NoteDossiers([]ID{d.ID}), second(s.CreateDossier(unseen, dossierContent(1))),
		second(s.PutPaper(func(n int) (Paper, error) { return paper(n, d.ID), nil })),
	} {
		if !errors.As(err, &erased) {
			t.Errorf("%d: %v", i, err)
		}
	}
}

func TestPaper_NeverChanges(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	first, second := putPaper(t, s, ""), putPaper(t, s, "")
	if first.Number != "A7F3-00001" || second.Number != "A7F3-00002" || first.Device != "device-a" || first.At.IsZero() {
		t.Errorf("%+v %+v", first, second)
	}
	var conflict *PaperConflictError
	changed := paper(1, "")
	changed.Payload = []byte("other figures")
	if _, err := s.PutPaper(func(int) (Paper, error) { return changed, nil }); !errors.As(err, &conflict) || conflict.Number != first.Number {
		t.Errorf("%v", err)
	}
	stop := errors.New("stop")
	if _, err := s.PutPaper(func(int) (Paper, error) { return Paper{}, stop }); !errors.Is(err, stop) {
		t.Errorf("%v", err)
	}
	for _, number := range []string{"", "a-1", "A 1", strings.Repeat("A", 41), "A/1"} {
		if _, err := s.PutPaper(func(int) (Paper, error) { return Paper{PaperHead: PaperHead{Number: number}}, nil }); err == nil {
			t.Errorf("%q was kept", number)
		}
	}
	if third := putPaper(t, s, ""); third.Number != "A7F3-00003" {
		t.Errorf("a number was used up by refusals: %s", third.Number)
	}
	_ = s.Close()
	s = mustOpen(t, o)
	if got := must(s.Paper(first.Number))(t); !bytes.Equal(got.Payload, first.Payload) || got.PaperHead != first.PaperHead {
		t.Errorf("%+v", got)
	}
	if list := must(s.Papers())(t); len(list) != 3 || list[0].Number != "A7F3-00003" {
		t.Errorf("%+v", list)
	}
	var missing *NotFoundError
	if _, err := s.Paper("B-1"); !errors.As(err, &missing) || missing.Key() != "store.paperNotFound" {
		t.Errorf("%v", err)
	}
}

func TestPaper_StandsInItsDossier(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	d := putDossier(t, s, 1)
	p := putPaper(t, s, d.ID)
	putPaper(t, s, "")
	if got := must(s.PapersOf(d.ID))(t); len(got) != 1 || got[0].Number != p.Number {
		t.Errorf("%+v", got)
	}
	events := must(s.DossierHistory(d.ID))(t)
	if e := events[len(events)-1]; e.Kind != EventPaper || e.Ref != p.Number {
		t.Errorf("%+v", events)
	}
	var missing *NotFoundError
	if _, err := s.PutPaper(func(n int) (Paper, error) { return paper(n, NewID()), nil }); !errors.As(err, &missing) {
		t.Errorf("a paper of nobody: %v", err)
	}
	if got := must(s.Papers())(t); len(got) != 2 {
		t.Errorf("a refused paper was kept: %+v", got)
	}
}

// A store that comes back from an older snapshot has forgotten papers that are in
// somebody's hand: their numbers must not be given again.
func TestPaper_NumbersSurviveARecovery(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	putPaper(t, s, "")
	must(s.Snapshot(t.Context()))(t)
	putPaper(t, s, "")
	putPaper(t, s, "")
	_ = s.closeDB() // no last snapshot: the machine lost power
	s.lock.Release()
	writeFile(t, o.Path, []byte("junk"))
	s = mustOpen(t, o)
	if got := must(s.Papers())(t); len(got) != 1 || s.Recovery() == nil {
		t.Fatalf("%+v", got)
	}
	if p := putPaper(t, s, ""); p.Number != "A7F3-00004" {
		t.Errorf("number %s", p.Number)
	}
	if err := os.Remove(filepath.Join(filepath.Dir(o.Path), "atlas.numbers")); err != nil {
		t.Fatal(err)
	}
	if p := putPaper(t, s, ""); p.Number != "A7F3-00005" {
		t.Errorf("number %s", p.Number)
	}
	// Another laptop with a copy of the store counts for itself.
	_ = s.Close()
	o.Device = "device-b"
	s = mustOpen(t, o)
	numbers := 0
	must(s.PutPaper(func(n int) (Paper, error) { numbers = n; p := paper(n, ""); p.Number = "B-1"; return p, nil }))(t)
	if numbers != 1 {
		t.Errorf("number %d", numbers)
	}
}

// One laptop has one key, so its papers have one series of numbers, in whatever
// store they are: in a second one, and in a new one after the first was thrown away.
func TestPaper_NumbersAreOfTheDevice(t *testing.T) {
	config := t.TempDir()
	numbers := filepath.Join(config, "signing.numbers")
	issued := func(device string) string {
		o := newOptions(t)
		o.Device, o.Numbers = device, numbers
		s := mustOpen(t, o)
		defer s.Close()
		return putPaper(t, s, "").Number
	}
	if a, b, c := issued("device-a"), issued("device-a"), issued("renamed"); a != "A7F3-00001" || b != "A7F3-00002" || c != "A7F3-00003" {
		t.Errorf("%s, %s, %s", a, b, c)
	}
	o := newOptions(t)
	o.Numbers = filepath.Join(config, "gone", "signing.numbers")
	s := mustOpen(t, o)
	if _, err := s.PutPaper(func(n int) (Paper, error) { return paper(n, ""), nil }); err == nil || len(must(s.Papers())(t)) > 0 {
		t.Errorf("a paper whose number nothing keeps: %v", err)
	}
}

// Whatever is done in whatever order, an erased dossier stays erased and a paper
// stays what it was.
func TestProperty_TombstonesWin(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	rapid.Check(t, func(t *rapid.T) {
		id, erased, saved := NewID(), false, 0
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			var err error
			n := rapid.IntRange(0, 3).Draw(t, "step")
			switch n {
			case 0:
				err = s.EraseDossier(id)
				erased = true
			case 1:
				_, err = s.SaveDossier(id, dossierContent(n))
			case 2:
				_, err = s.CreateDossier(id, dossierContent(n))
			case 3:
				_, err = s.PutPaper(func(n int) (Paper, error) { return paper(n, id), nil })
			}
			var gone *ErasedError
			if n > 0 && errors.As(err, &gone) != erased {
				t.Fatalf("step %d, erased %v: %v", n, erased, err)
			}
			if err == nil && (n == 1 || n == 2) {
				saved++
			}
		}
		if saved == 0 {
			return
		}
		d, err := s.Dossier(id)
		if err != nil || d.Head != saved || (d.Erased != nil) != erased || (len(d.Sealed) == 0) != erased {
			t.Fatalf("%+v %v", d, err)
		}
	})
}

func TestDossiers_OfAReadOnlyStore(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	d := putDossier(t, s, 1)
	_ = s.Close()
	ro := must(OpenAsIs(t.Context(), o))(t)
	defer ro.Close()
	var refused *ReadOnlyError
	for i, err := range []error{ro.EraseDossier(d.ID), second(ro.SaveDossier(d.ID, dossierContent(1))), second(ro.PutPaper(func(n int) (Paper, error) { return paper(n, ""), nil }))} {
		if !errors.As(err, &refused) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := must(ro.Dossiers())(t); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}

func BenchmarkDossiers10000(b *testing.B) {
	o := newOptions(b)
	o.Now = time.Now
	s := mustOpen(b, o)
	err := s.update(func(w *writer) error {
		for n := range 10_000 {
			r := dossierRecord{Created: w.now}
			c := dossierContent(n)
			if err := w.saveDossier(NewID(), &r, &c, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if got := must(s.Dossiers())(b); len(got) != 10_000 {
			b.Fatal(len(got))
		}
	}
}
