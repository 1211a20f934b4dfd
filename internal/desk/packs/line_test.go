package packs_test

import (
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/desk/packs"
)

// A difference is said as a person reads it: with units, days and names.
func TestLineOf(t *testing.T) {
	c := newCounter(t)
	_, shelf := c.start()
	p, err := shelf.Preview(c.signed(
		newer, rate,
		edit{"sites/fes-shore.toml", `value = "1980"`, `value = "2150"`},
		edit{"figures/observations.csv", "2025-H1,13400,", "2025-H1,13401,"},
		edit{"pack.toml", `best_before = "2026-12-31"`, `best_before = "2027-06-30"`},
	))
	if err != nil {
		t.Fatal(err)
	}
	texts := c.texts.WithTexts(p.Pack.TextsIn("fr"))
	plain := strings.NewReplacer("\u202f", " ", "\u00a0", " ")
	var said []string
	for _, change := range p.Changes {
		l := packs.LineOf(texts, p.Report, change)
		said = append(said, plain.Replace(strings.Join([]string{string(l.Kind), l.What, l.Before, l.After}, " | ")))
	}
	for _, want := range []string{
		"changed | Taux de la PAF · à partir du 01/07/2025 | 3,5 % | 4 %",
		"changed | Fès Shore · Emplois | 1 980 emplois | 2 150 emplois",
		"changed | à jour jusqu'au | 31/12/2026 | 30/06/2027",
	} {
		if !slices.Contains(said, want) {
			t.Errorf("%q is not among\n%s", want, strings.Join(said, "\n"))
		}
	}
	if !slices.ContainsFunc(said, func(s string) bool {
		return strings.Contains(s, "Exportations") && strings.Contains(s, "(o001)") && strings.Contains(s, "13 400 ")
	}) {
		t.Errorf("no figure by its name among\n%s", strings.Join(said, "\n"))
	}
}

// The packs that were ever active are listed, with whom they are by and what was
// computed with them.
func TestHistory(t *testing.T) {
	c := newCounter(t)
	d, shelf := c.start()
	c.sample(d, 2)
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	d, shelf = c.start()
	c.sample(d, 1)
	c.sample(d, 2)
	list, err := shelf.History()
	if err != nil || len(list) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	now, before := list[0], list[1]
	if now.Number != 4 || !now.Active || now.Origin != packs.FromKey || now.Signer.Key != c.keys[0].ID() || now.Simulations != 2 || now.Since.IsZero() {
		t.Errorf("active: %+v", now)
	}
	if before.Number != 3 || before.Active || before.Origin != packs.FromProgram || before.Simulations != 1 {
		t.Errorf("before: %+v", before)
	}
	if err := shelf.Reset(); err != nil {
		t.Fatal(err)
	}
	if list, err = shelf.History(); err != nil || list[0].Active || !list[1].Active {
		t.Errorf("after the reset: %+v, %v", list, err)
	}
}

// What going back would change is the change back.
func TestPreviewReset(t *testing.T) {
	c := newCounter(t)
	_, shelf := c.start()
	p, err := shelf.Preview(c.signed(newer, rate))
	if err != nil {
		t.Fatal(err)
	}
	if err := shelf.Import(p); err != nil {
		t.Fatal(err)
	}
	d, shelf := c.start()
	saved := c.sample(d, 2)
	back, err := shelf.PreviewReset()
	if err != nil {
		t.Fatal(err)
	}
	if len(back.Changes) != len(p.Changes) || back.Changes[0].Before != p.Changes[0].After || back.Pack.Number != 3 {
		t.Errorf("%+v", back.Changes)
	}
	if e := back.Effects[0]; e.ID != saved.ID || e.Next.Value >= e.Now.Value || !e.Moved() {
		t.Errorf("%+v", e)
	}
}
