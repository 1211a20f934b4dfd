package ui

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/shell"
)

const travel = "cinq autres mots en route"

// sharing is what a window over a store shares through, under the name of a laptop.
func (r *rig) sharing(name string) (func(*desk.Desk) *share.Room, *cabinet.Cabinet) {
	r.t.Helper()
	key, err := seal.NewDevice(rand.Reader)
	if err != nil {
		r.t.Fatal(err)
	}
	c := cabinet.New(cabinet.Params{Texts: r.desk.Texts()})
	return func(d *desk.Desk) *share.Room {
		return share.New(share.Params{
			Desk: d, Store: r.store, Contacts: c, Device: func() (*seal.Device, error) { return key, nil }, ID: name, Program: "1.0", Now: time.Now, Work: 1,
		})
	}, c
}

// bundle is a file of what a window keeps.
func (r *rig) bundle(room *share.Room) string {
	r.t.Helper()
	out, err := room.Export(share.Order{Passphrase: travel})
	if err != nil {
		r.t.Fatal(err)
	}
	path := filepath.Join(r.t.TempDir(), "nord.atlasbundle")
	if err := os.WriteFile(path, out.Data, 0o600); err != nil {
		r.t.Fatal(err)
	}
	return path
}

// repay saves a simulation with another pay.
func (r *rig) repay(id store.ID, pay string) {
	r.t.Helper()
	dr, err := r.desk.Open(id)
	if err == nil {
		dr.Project.Roles[0].GrossMonthly = calctest.Money(pay)
		_, err = r.desk.Save(dr)
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

// take merges a file that a double click opened.
func (r *rig) take(path string) {
	r.t.Helper()
	r.w.receive(path)
	r.until("the question", func() bool { return r.says(r.texts.Text("sharing.take.look")) })
	line, ok := r.w.win.Canvas().Focused().(interface {
		fyne.Focusable
		SetText(string)
	})
	if !ok {
		r.t.Fatal("the passphrase cannot be typed at once")
	}
	line.SetText(travel)
	r.press("sharing.take.look")
	r.until("what it would change", func() bool { return r.says(r.texts.Text("sharing.merge")) })
	before := r.w.sharing
	r.press("sharing.merge")
	r.until("the window made anew", func() bool { return r.w.sharing != nil && r.w.sharing != before })
}

// A file of another laptop opens with a double click; what it brings is on the
// screen at once, and what both changed is marked where it is found.
func TestOpenBundle_BringsTheWorkOfAnother(t *testing.T) {
	a, b := newRig(t, openStore(t)), newRig(t, openStore(t))
	roomOf, _ := a.sharing("nord")
	there := roomOf(a.desk)
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO"
	saved, err := a.desk.Save(desk.Draft{Project: p})
	if err != nil {
		t.Fatal(err)
	}
	first := a.bundle(there)

	opening := Opening{Desk: b.desk}
	opening.Sharing, opening.Contacts = b.sharing("sud")
	opening.Again = func() Opening { return opening }
	b.w.begin(opening)
	b.take(first)
	if b.w.shell.Current() != shell.Rules || len(b.w.disputed) > 0 {
		t.Errorf("at %q, %v", b.w.shell.Current(), b.w.disputed)
	}
	b.w.openSaved(saved.ID)
	if got := b.w.sim.Draft(); got.Project.Name != "Centre ESO" {
		t.Errorf("%+v", got.Project)
	}

	a.repay(saved.ID, "31000.00")
	b.repay(saved.ID, "32000.00")
	b.take(a.bundle(there))
	b.until("the mark", func() bool { return b.w.disputed[string(saved.ID)] == 2 })
	b.w.openSaved(saved.ID)
	b.w.shell.Open(shell.Simulate)
	b.wants("sharing.settle")
	b.press("sharing.settle")
	b.until("both versions", func() bool { return b.says(b.texts.Text("sharing.keepBoth")) })
	if b.w.shell.Current() != shell.Rules {
		t.Errorf("the decision is at %q", b.w.shell.Current())
	}
}

// Without a store the tab says why, and a double click takes nothing.
func TestOpenBundle_NothingKept(t *testing.T) {
	r := newRig(t, openStore(t))
	r.w.begin(Opening{Desk: r.desk})
	r.w.receive(filepath.Join(t.TempDir(), "nord.atlasbundle"))
	r.wants("sharing.off")
}
