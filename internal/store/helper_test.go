package store

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// newOptions names a store in a folder of the test, with a clock that moves one
// second at each look and snapshots only when asked for or at close.
func newOptions(t testing.TB) Options {
	t.Helper()
	return Options{
		Path:        filepath.Join(t.TempDir(), "atlas.db"),
		Device:      "device-a",
		Now:         ticking(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)),
		SnapshotGap: time.Hour,
	}
}

func ticking(start time.Time) func() time.Time {
	c := make(chan time.Time, 1)
	c <- start
	return func() time.Time {
		t := <-c
		c <- t.Add(time.Second)
		return t
	}
}

func mustOpen(t testing.TB, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// content makes content that differs for each n; the project has the size of a
// real one with three roles.
func content(n int) Content {
	project := fmt.Sprintf(`{"name":"Centre <%d>","segment":"ESO","site":"fes-shore","from":"2026-01","roles":[`, n)
	for i := range 3 {
		if i > 0 {
			project += ","
		}
		project += fmt.Sprintf(`{"title":"Ingénieur %d","grossMonthly":"%d.00","annualRaise":"0.02","dependants":1,"moroccanShare":"1.00","annualAttrition":"0.15","hires":[{"month":"2026-01","count":%d},{"month":"2026-07","count":20},{"month":"2027-01","count":30}]}`, i, 12000+n, 10+n%90)
	}
	return Content{
		Project:    json.RawMessage(project + "]}"),
		Marks:      map[string]string{"roles[0].grossMonthly": "pay.eso.junior"},
		PackNumber: 1 + n%3, PackSHA256: fmt.Sprintf("%064x", n%3),
		Summary: Summary{
			Site: "fes-shore", Segment: "ESO", Months: 60,
			Total: fmt.Sprintf("%d.00", 1000000+n), Low: "900000.00", High: "1100000.00", Heads: "40.000000",
		},
	}
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// must gives the value or ends the test.
func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// dump is everything that can be read of a store, as text.
func dump(s *Store) (string, error) {
	out := ""
	for _, list := range []func() ([]Entry, error){s.List, s.ListDeleted} {
		entries, err := list()
		if err != nil {
			return "", err
		}
		for _, e := range entries {
			revs, err := s.Revisions(e.ID)
			if err != nil {
				return "", err
			}
			events, err := s.History(e.ID)
			if err != nil {
				return "", err
			}
			out += fmt.Sprintf("%+v %v\n%+v\n%+v\n", e.Summary, e.Simulation.Deleted, e.Name+string(e.ID)+e.Updated.String(), events)
			for _, r := range revs {
				out += fmt.Sprintf("%d %s %s %s %v %d %s %+v\n", r.Number, r.At, r.Device, r.Project, r.Marks, r.PackNumber, r.PackSHA256, r.Summary)
			}
		}
	}
	for n := range 3 {
		p, err := s.Pack(fmt.Sprintf("%064x", n))
		if err != nil {
			return "", err
		}
		out += fmt.Sprintf("%d %s %x\n", p.Number, p.SavedAt, p.Archive)
	}
	values, err := dumpValues(s)
	if err != nil {
		return "", err
	}
	var theme string
	if _, err := s.Setting(SettingTheme, &theme); err != nil {
		return "", err
	}
	dossiers, err := dumpDossiers(s)
	return out + values + theme + dossiers, err
}

// dumpDossiers covers dossiers, erased ones too, and papers.
func dumpDossiers(s *Store) (string, error) {
	out := ""
	for _, list := range []func() ([]Dossier, error){s.Dossiers, s.Erasures} {
		dossiers, err := list()
		if err != nil {
			return "", err
		}
		for _, d := range dossiers {
			revs, err := s.DossierRevisions(d.ID)
			if err != nil {
				return "", err
			}
			events, err := s.DossierHistory(d.ID)
			if err != nil {
				return "", err
			}
			out += fmt.Sprintf("%s %s %s %+v %+v\n", d.ID, d.Updated, d.Sealed, revs, events)
		}
	}
	papers, err := s.Papers()
	if err != nil {
		return "", err
	}
	for _, h := range papers {
		p, err := s.Paper(h.Number)
		if err != nil {
			return "", err
		}
		out += fmt.Sprintf("%+v\n", p)
	}
	return out, nil
}

// dumpValues covers the fields that fillStore writes, and what else holds.
func dumpValues(s *Store) (string, error) {
	out := ""
	values, err := s.Values()
	if err != nil {
		return "", err
	}
	for _, v := range values {
		out += fmt.Sprintf("%+v\n", v)
	}
	for n := range 3 {
		versions, err := s.ValueHistory(value(n).Place, value(n).Field)
		if err != nil {
			return "", err
		}
		for _, v := range versions {
			out += fmt.Sprintf("%+v\n", v)
		}
	}
	return out, nil
}

// value makes a value that differs for each n, on one of three fields.
func value(n int) Value {
	return Value{
		Place: "fes-shore", Field: fmt.Sprintf("rent.%d", n%3),
		Text: fmt.Sprintf("%d.50", 5_000_000+n), AsOf: "2026-11-20", Note: "Devis du gestionnaire, parcelle <B> & C",
	}
}

// fillStore writes some of everything.
func fillStore(t testing.TB, s *Store, sims int) []ID {
	t.Helper()
	for n := range 3 {
		p := Pack{Number: n + 1, SHA256: fmt.Sprintf("%064x", n), Archive: make([]byte, 9000+n)}
		if err := s.SavePackOnce(p); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.PutSetting(SettingTheme, "dark"); err != nil {
		t.Fatal(err)
	}
	var ids []ID
	for n := range sims {
		sim := must(s.Create(fmt.Sprintf("Dossier %d", n), content(n)))(t)
		ids = append(ids, sim.ID)
		must(s.Save(sim.ID, "", content(1000+n)))(t)
	}
	must(s.Delete(ids[0]))(t)
	must(s.Rename(ids[1], "Autre nom"))(t)
	for n := range 5 {
		if err := s.PutValue(value(n)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.DropValue(value(2).Place, value(2).Field); err != nil {
		t.Fatal(err)
	}
	kept, gone := putDossier(t, s, 1), putDossier(t, s, 2)
	for _, d := range []Dossier{kept, gone} {
		must(s.SaveDossier(d.ID, dossierContent(3), DossierEvent{Kind: "graded", Ref: "A"}))(t)
		putPaper(t, s, d.ID)
	}
	if err := s.EraseDossier(gone.ID); err != nil {
		t.Fatal(err)
	}
	return ids
}
