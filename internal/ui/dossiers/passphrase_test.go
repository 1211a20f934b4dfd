package dossiers

import (
	"context"
	"testing"

	"atlasp2i/internal/desk/cabinet"
)

// The passphrase is changed by who knows the one before it; then only the new one
// opens the contacts.
func TestPassphraseCard_Changes(t *testing.T) {
	r := newRig(t)
	p := PassphraseParams{Keys: r.cabinet, Texts: r.texts, Toast: r.ShowToast, Do: func(f func()) { r.todo <- f }}
	if PassphraseCard(p) != nil {
		t.Error("a passphrase is changed where there is none")
	}
	must(t, r.cabinet.SetPassphrase(pass))
	r.win.SetContent(PassphraseCard(p))
	lines := r.lines()
	if len(lines) != 3 {
		t.Fatalf("%d lines", len(lines))
	}
	const next = "une autre phrase entiere"
	lines[0].SetText("pas celle qui ouvre tout")
	lines[1].SetText(next)
	lines[2].SetText(next)
	r.press("dossiers.pass.change")
	r.until("the refusal", func() bool { return r.says(r.texts.Text("vault.wrongPassphrase")) })
	lines[0].SetText(pass)
	lines[2].SetText(next + " bis")
	r.press("dossiers.pass.change")
	if !r.says(r.texts.Text("dossiers.pass.differ")) {
		t.Error("two entries that differ are taken")
	}
	lines[2].SetText(next)
	r.press("dossiers.pass.change")
	r.until("the change", func() bool { return len(r.toasts) > 0 })
	r.cabinet.Lock()
	if err := r.cabinet.Unlock(context.Background(), pass); err == nil {
		t.Error("the old passphrase still opens")
	}
	must(t, r.cabinet.Unlock(context.Background(), next))
	if is, err := r.cabinet.State(); err != nil || is != cabinet.Unlocked {
		t.Errorf("%v, %v", is, err)
	}
}
