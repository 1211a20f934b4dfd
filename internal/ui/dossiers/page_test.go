package dossiers

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/ui/kit"
)

func TestGuard_NoContactBeforeAPassphrase(t *testing.T) {
	r := newRig(t)
	if !r.says(r.texts.Text("dossiers.first.lost")) {
		t.Error("it is not said that a lost passphrase cannot be recovered")
	}
	r.page.NewContact()
	if r.page.open != nil {
		t.Error("a contact was begun without a passphrase")
	}
	r.enter("dossiers.pass.hint", pass)
	r.enter("dossiers.pass.again.hint", pass+"x")
	r.press("dossiers.pass.set")
	if is, _ := r.cabinet.State(); is != cabinet.NoPassphrase || !r.says(r.texts.Text("dossiers.pass.differ")) {
		t.Error("two different passphrases were accepted")
	}
	r.enter("dossiers.pass.again.hint", pass)
	r.press("dossiers.pass.set")
	r.until("the contacts to open", r.page.unlocked)
	r.until("the list", func() bool { return r.says(r.texts.Text("dossiers.count.none")) })
}

func TestGuard_WrongPassphraseIsSaid(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	r.page.Lock()
	if r.says("Amal") || r.page.open != nil || len(r.page.list.found) > 0 {
		t.Error("somebody is named while contacts are locked")
	}
	r.enter("dossiers.pass.hint", "rien de tout cela")
	r.press("dossiers.unlock")
	r.until("the refusal", func() bool { return r.says("phrase secrète n'ouvre pas") })
	r.enter("dossiers.pass.hint", pass)
	r.press("dossiers.unlock")
	r.until("the contacts", func() bool { return r.says(r.texts.Text("dossiers.count", "count", 1)) })
	if r.says("Amal") {
		t.Error("the list is not folded after unlocking")
	}
}

func TestContact_IsKeptFieldByField(t *testing.T) {
	r := unlocked(t)
	r.setup.Fair = "Salon de Madrid"
	r.page.NewContact()
	if r.win.Canvas().Focused() != fyne.Focusable(r.page.sheet.first) {
		t.Error("the first line has no focus")
	}
	r.enter("dossiers.name.hint", "Amal Idrissi")
	id := r.page.open.is.ID
	if id == "" {
		t.Fatal("nothing was kept when the first line was left")
	}
	r.enter("dossiers.email.hint", "amal@nordwind")
	if !r.says("Adresse à relire") {
		t.Error("a mistyped address is not marked")
	}
	r.enter("dossiers.due.hint", "24/11")
	d, err := r.cabinet.Get(id)
	if err != nil || d.Contact.Name != "Amal Idrissi" || d.Contact.Email != "amal@nordwind" || d.Next.Due != "2026-11-24" || d.Fair != "Salon de Madrid" {
		t.Errorf("kept %+v, %v", d, err)
	}
	r.enter("dossiers.due.hint", "bientôt")
	if d, _ = r.cabinet.Get(id); d.Next.Due != "2026-11-24" || !r.says(r.texts.Text("dossiers.due.form")) {
		t.Error("what is no date changed the date, or nothing is said")
	}
	if !r.says(r.page.savedText(d.Updated)) {
		t.Error("it is not said that it is kept")
	}
}

func TestList_IsFoldedUntilOpened(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	r.page.close()
	if r.says("Amal") {
		t.Error("a name shows in a folded list")
	}
	r.enter("dossiers.search", "idri")
	if len(r.page.list.found) != 1 {
		t.Error("the search finds nobody in a folded list")
	}
	r.enter("dossiers.search", "")
	r.press("dossiers.unfold")
	if len(r.page.list.found) != 1 || !r.says("Amal") {
		t.Error("the list does not unfold")
	}
	r.page.NewContact()
	if r.says("Amal") {
		t.Error("a name shows while another visitor's contact is taken")
	}
	r.press("dossiers.unfold")
	r.page.OnHide()
	r.page.OnShow()
	if r.says("Amal") {
		t.Error("the list is not folded again for the next visitor")
	}
}

// What a window without room for both hid comes back where there is room again,
// whatever was shown meanwhile.
func TestList_StandsBesideTheContactAgain(t *testing.T) {
	narrow, wide := fyne.NewSize(600, 900), fyne.NewSize(1400, 900)
	for name, open := range map[string]bool{"list alone": false, "contact alone": true} {
		t.Run(name, func(t *testing.T) {
			r := unlocked(t)
			if open {
				r.take("Nadia")
			}
			r.win.Resize(narrow)
			if list, contact := r.page.list.box.Visible(), r.page.right.Visible(); list == open || contact != open {
				t.Fatalf("narrow: list %v, contact %v", list, contact)
			}
			r.page.ShowTab(TabSimulations)
			r.win.Resize(wide)
			r.page.ShowTab(TabContacts)
			if !r.page.list.box.Visible() || !r.page.right.Visible() {
				t.Errorf("wide: list %v, contact %v", r.page.list.box.Visible(), r.page.right.Visible())
			}
		})
	}
}

// Who was kept for too long is counted, and shown only when asked.
func TestList_LeadsToThoseKeptTooLong(t *testing.T) {
	r := unlocked(t)
	r.now = time.Now()
	r.take("Amal Idrissi")
	r.take("Bilal Naciri")
	r.page.close()
	said := r.texts.Text("dossiers.overdue", "count", 2, "months", 36)[:20]
	if r.says(said) {
		t.Error("contacts of today are overdue")
	}
	r.now = r.now.AddDate(3, 1, 0)
	r.page.build()
	if !r.says(said) || r.says("Amal") {
		t.Fatal("they are not counted, or named before somebody asks")
	}
	r.press("dossiers.overdue.show")
	if len(r.page.list.found) != 2 || !r.says("Amal") {
		t.Errorf("%d are shown", len(r.page.list.found))
	}
	must(t, erase(r, "Amal"))
	r.page.build()
	if len(r.page.list.found) != 1 || r.says("Amal") {
		t.Errorf("%d are left", len(r.page.list.found))
	}
	r.press("dossiers.overdue.all")
	if r.says("Bilal") || !r.page.list.asked.before.IsZero() {
		t.Error("the list does not fold again")
	}
	r.press("dossiers.overdue.show")
	must(t, erase(r, "Bilal"))
	r.page.build()
	if r.says(said[2:]) || !r.page.list.asked.before.IsZero() {
		t.Error("nobody is left, and it is still asked for them")
	}
}

// erase erases whom a text finds.
func erase(r *rig, text string) error {
	var err error
	for _, d := range r.cabinet.Find(dossier.Query{Text: text}) {
		_, err = r.cabinet.Erase(d.ID)
	}
	return err
}

func TestConsent_RecordsTheWordsAndIsWithdrawn(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	if r.says("loi 09-08") {
		t.Error("a consent is asked for in nobody's name")
	}
	r.enter("dossiers.by.hint", "Salma B.")
	r.enter("papers.agency.hint", "CRI")
	r.enter("dossiers.address.hint", "droits@cri.ma")
	if r.setup.Officer != "Salma B." || r.setup.Agency != "CRI" || r.setup.Email != "droits@cri.ma" {
		t.Errorf("set up %+v", r.setup)
	}
	if !r.says("loi 09-08") {
		t.Fatal("the words are not shown")
	}
	for _, o := range shown(r.page.sheet.asked) {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Text("dossiers.consent.give") && !b.Disabled() {
			t.Error("a consent to no use can be given")
		}
	}
	r.page.open.is.Language = "es"
	r.page.sheet.consent()
	if !r.says("Espagnol. Pour un texte dans une autre langue") {
		t.Error("nothing says that the words are not in the contact's language")
	}
	for _, o := range shown(r.page.sheet.asked) {
		if b, ok := o.(*kit.Tick); ok {
			b.OnTapped()
			break
		}
	}
	r.press("dossiers.consent.give")
	d, err := r.cabinet.Get(r.page.open.is.ID)
	if err != nil || !d.Consent.Stands() || d.Consent.By != "Salma B." || d.Consent.Language != "fr" || len(d.Consent.SHA256) != 64 || len(d.Consent.Purposes) != 1 {
		t.Fatalf("consent %+v, %v", d.Consent, err)
	}
	r.press("dossiers.consent.withdraw")
	if d, _ = r.cabinet.Get(d.ID); d.Consent.Stands() || d.Consent.Withdrawn == nil || !d.Consent.Given {
		t.Errorf("after the withdrawal: %+v", d.Consent)
	}
}

func TestPieces_AttachAndDetach(t *testing.T) {
	r := unlocked(t)
	r.current = r.simulation("Centre ESO")
	r.page.NewContact()
	r.press("dossiers.attach")
	if len(r.toasts) != 1 || r.page.open.is.ID != "" {
		t.Error("something was attached to nobody")
	}
	r.take("Amal Idrissi")
	r.press("dossiers.attach")
	d, _ := r.cabinet.Get(r.page.open.is.ID)
	if len(d.Simulations) != 1 || !r.says("Centre ESO") {
		t.Fatalf("attached %+v", d.Simulations)
	}
	r.press("dossiers.detach")
	if d, _ = r.cabinet.Get(d.ID); len(d.Simulations) != 0 {
		t.Errorf("still attached: %+v", d.Simulations)
	}
}

func TestErase_AsksFirstAndHandsOut(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	id := r.page.open.is.ID
	r.press("dossiers.person.hand")
	var b bytes.Buffer
	if r.saved == nil || r.saved.Write(&b) != nil || !strings.Contains(b.String(), "Amal Idrissi") {
		t.Fatalf("handed out %q", b.String())
	}
	if strings.Contains(r.saved.Name, "amal") {
		t.Errorf("the file is named after the person: %q", r.saved.Name)
	}
	r.press("dossiers.erase")
	if _, err := r.cabinet.Get(id); err != nil || r.panel == nil {
		t.Fatal("erased without a question")
	}
	r.press("dossiers.erase.do")
	if _, err := r.cabinet.Get(id); err == nil || r.page.open != nil || r.says("Amal") || r.failed != nil {
		t.Error("the person is still there")
	}
}

func TestExport_WhatTheFilterShows(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	r.take("Bruno Klein")
	r.enter("dossiers.search", "klein")
	r.press("dossiers.away.csv")
	var b bytes.Buffer
	if r.saved == nil || r.saved.Write(&b) != nil || strings.Contains(b.String(), "Amal") || !strings.Contains(b.String(), "Klein") {
		t.Errorf("exported %q", b.String())
	}
}

// Another language goes on with what was typed, even where it could not be kept.
func TestFollow_KeepsWhatWasTyped(t *testing.T) {
	r := unlocked(t)
	r.take("Amal Idrissi")
	r.page.list.search.SetText("ama")
	r.page.open.is.Notes = strings.Repeat("x", 30_000) // refused
	old := r.page
	r.show(old)
	if r.page.open == nil || len(r.page.open.is.Notes) != 30_000 || r.page.list.asked.text != "ama" || r.page.list.search.Text != "ama" {
		t.Error("what was typed is gone")
	}
}

func TestRow_SaysLateInWords(t *testing.T) {
	r := unlocked(t)
	d := &dossier.Dossier{}
	d.Contact = dossier.Contact{Company: "Nordwind", Role: "DG"}
	d.Next.Due, d.Grade = "2026-11-20", "A"
	row := r.page.p.row(d, r.now)
	if row.name != "Nordwind" || row.company != "DG" || !row.late || !strings.Contains(row.next, "En retard") || !strings.HasPrefix(row.grade, "A") {
		t.Errorf("%+v", row)
	}
	d.Next.Done = true
	if row = r.page.p.row(d, r.now); row.late {
		t.Error("what is done is late")
	}
}

func TestGathered_OneLineForAFormFilledFieldByField(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	line := func(text string, after time.Duration) cabinet.Line {
		return cabinet.Line{Kind: dossier.KindContact, Text: text, At: at.Add(after)}
	}
	got := gathered([]cabinet.Line{line("a", 50*time.Second), line("a", 20*time.Second), line("b", 10*time.Second), line("a", 5*time.Second), line("a", -time.Second)})
	if len(got) != 4 {
		t.Errorf("%d lines, want 4: %+v", len(got), got)
	}
}
