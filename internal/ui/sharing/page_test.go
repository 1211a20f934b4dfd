package sharing

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk"
)

func TestGive_WritesAFileThatOnlyThePassphraseOpens(t *testing.T) {
	a, _ := pair(t)
	a.wants("Rien n'est encore enregistré ici")
	must(a.desk.Save(eso("Centre ESO")))(t)
	must(a.desk.Correct(desk.Correction{Place: "fes-shore", Field: "rent", Value: "95", AsOf: "2025", Note: "appel"}))(t)
	a.shown()
	a.wants("1 simulation · 1 valeur saisie", "Restent toujours ici", "Officier nord, Agence d'essai")

	for _, c := range []struct{ one, two, want string }{
		{"court", "court", "Au moins 12 caractères"},
		{"aaaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaaa", "caractères différents"},
		{travel, travel + "x", "Les deux saisies diffèrent"},
	} {
		a.page.give.one.SetText(c.one)
		a.page.give.two.SetText(c.two)
		a.press("Écrire le fichier")
		a.wants(c.want)
		if a.wrote != "" {
			t.Fatalf("%q is written under", c.one)
		}
	}
	a.page.give.two.SetText(travel)
	a.press("Écrire le fichier")
	this := must(a.room.This())(t)
	a.wants("Écrit : "+filepath.Base(a.wrote), this.Print)
	if at := must(os.Stat(a.wrote))(t); at.Mode().Perm() != 0o600 || !strings.HasSuffix(a.wrote, ".atlasbundle") {
		t.Errorf("%s has mode %v", a.wrote, at.Mode())
	}
	if all := must(os.ReadDir(a.folder))(t); len(all) != 1 {
		t.Errorf("%d files are left", len(all))
	}
	if a.page.give.one.Text != "" || a.page.give.two.Text != "" {
		t.Error("the passphrase stays in the form")
	}
	found := must(a.room.Preview(must(os.ReadFile(a.wrote))(t), travel))(t)
	if found.Counts.Simulations != 1 || found.Counts.Values != 1 || found.Contacts {
		t.Errorf("%+v", found.Counts)
	}
}

// Contacts go along only where a person said so, and only unlocked.
func TestGive_Contacts(t *testing.T) {
	a, _ := pair(t)
	a.guard()
	must(a.cabinet.Save(visitor()))(t)
	a.cabinet.Lock()
	a.shown()
	a.wants("Le contact est verrouillé")
	a.page.key.pass.SetText("autre phrase que celle-ci")
	a.press("Ouvrir les contacts")
	a.wants("n'ouvre pas les contacts")
	a.page.key.pass.SetText(pass)
	a.press("Ouvrir les contacts")
	a.wants("Avec le contact")
	for _, with := range []bool{false, true} {
		found := must(a.room.Preview(a.write(with), travel))(t)
		if found.Contacts != with || (found.Counts.Dossiers == 1) != with {
			t.Errorf("%v: %+v", with, found.Counts)
		}
	}
}

func TestTake_FromThePassphraseToTheKnownLaptop(t *testing.T) {
	a, b := pair(t)
	must(a.desk.Save(eso("Centre ESO")))(t)
	data := a.write(false)
	b.choose(data)
	b.wants("Ouvrir nord.atlasbundle")
	b.page.take.pass.SetText(travel + "x")
	b.press("Voir ce qu'il changerait")
	b.wants("Cette phrase secrète n'ouvre pas ce partage")
	b.page.take.pass.SetText(travel)
	b.press("Voir ce qu'il changerait")
	this := must(a.room.This())(t)
	b.wants("rien n'est encore pris", "Officier nord, Agence d'essai", this.Print, "Premier échange", "Simulations", "Règles")
	if b.says("Centre ESO") || len(b.pays()) > 0 {
		t.Error("names unfold by themselves, or something was taken")
	}
	b.press("Voir")
	b.wants("En plus", "Centre ESO")
	b.press("Ne rien prendre")
	b.wants("Reprendre d'un autre poste")
	if known := must(b.room.Known())(t); len(b.pays()) > 0 || len(known) > 0 {
		t.Fatal("something was taken")
	}

	b.merge(data)
	if !strings.Contains(b.said, "Repris de Officier nord") || !strings.Contains(b.said, "1 simulation") {
		t.Errorf("said %q", b.said)
	}
	if pays := b.pays(); pays["Centre ESO"] != "30000.00" {
		t.Errorf("%v", pays)
	}
	b.wants("Postes connus", this.Print)
	b.see(data)
	b.wants("Tout ce que contient ce fichier est déjà ici", "Connu ici", "depuis le 02/03/2026")
	b.press("Fermer")
}

// A known laptop under another key shows both fingerprints; the person's press takes it.
func TestTake_OtherKey(t *testing.T) {
	a, b := pair(t)
	b.merge(a.write(false))
	renewed := newLaptop(t, "nord", &clock{at: time.Date(2026, 3, 3, 10, 0, 0, 0, time.UTC)})
	must(renewed.desk.Save(eso("Centre ESO")))(t)
	was, is := must(a.room.This())(t).Print, must(renewed.room.This())(t).Print
	b.see(renewed.write(false))
	b.wants("Ce poste a une autre clé", was, is)
	b.press("Fusionner")
	b.rest()
	if known := must(b.room.Known())(t); len(known) != 1 || known[0].Print != is {
		t.Errorf("%+v", known)
	}
}

// Each refusal has its own sentence, and one that no passphrase mends asks for none.
func TestTake_Refused(t *testing.T) {
	a, b := pair(t)
	data := a.write(false)
	b.choose([]byte("%PDF-1.7"))
	b.wants("nord.atlasbundle n'est pas repris", "n'est pas un partage")
	bad := append([]byte(nil), data...)
	bad[len(bad)-3] ^= 1
	b.see(bad)
	b.wants("Ce partage est endommagé")
	b.press("Ne rien prendre")
	b.page.Open(filepath.Join(b.folder, "absent.atlasbundle"))
	b.rest()
	b.wants("absent.atlasbundle n'est pas repris")
	path := filepath.Join(b.folder, "nord.atlasbundle")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	b.page.Open(path)
	b.rest()
	b.wants("Ouvrir nord.atlasbundle")
	if b.win.Canvas().Focused() != b.page.take.pass {
		t.Error("the passphrase cannot be typed at once")
	}
}

func TestTake_ContactsNeedToBeUnlocked(t *testing.T) {
	a, b := pair(t)
	a.guard()
	must(a.cabinet.Save(visitor()))(t)
	must(a.desk.Save(eso("Centre ESO")))(t)
	data := a.write(true)
	b.see(data)
	b.wants("Ce fichier apporte un contact", "définissez d'abord leur phrase")
	b.press("Aller aux contacts")
	if !b.guarded {
		t.Error("the way to the contacts leads nowhere")
	}
	b.press("Fusionner sans les contacts")
	if list := must(b.store.Dossiers())(t); len(list) > 0 || len(b.pays()) != 1 {
		t.Fatalf("%d contacts, %v", len(list), b.pays())
	}
	b.guard()
	b.cabinet.Lock()
	b.shown()
	b.see(data)
	b.press("Voir", 1)
	b.wants("son nom se lit une fois")
	b.page.key.pass.SetText(pass)
	b.press("Ouvrir les contacts")
	b.wants("Zelmira Quastenberg")
	b.press("Fusionner")
	list := must(b.store.Dossiers())(t)
	if len(list) != 1 {
		t.Fatalf("%d contacts", len(list))
	}
	if d := must(b.cabinet.Get(string(list[0].ID)))(t); d.Contact.Name != "Zelmira Quastenberg" {
		t.Errorf("%+v", d.Contact)
	}

	// Erased there, the person goes here too, and it is said before and after.
	must(a.cabinet.Erase(string(list[0].ID)))(t)
	b.see(a.write(false))
	b.wants("1 contact effacé sur un autre poste", "Zelmira Quastenberg")
	b.press("Fusionner")
	if !strings.Contains(b.said, "Un contact effacé") || b.says("Zelmira") {
		t.Errorf("said %q", b.said)
	}
	if _, err := b.cabinet.Get(string(list[0].ID)); err == nil {
		t.Error("the contact is still here")
	}
}

// quarrel is two laptops that each changed the same simulation.
func quarrel(t *testing.T) (a, b *laptop) {
	t.Helper()
	a, b = pair(t)
	id := must(a.desk.Save(eso("Centre ESO")))(t).ID
	b.merge(a.write(false))
	a.repay(id, "31000.00")
	b.repay(id, "32000.00")
	b.see(a.write(false))
	b.press("Fusionner")
	if !strings.Contains(b.said, "Un point est à trancher") {
		t.Errorf("said %q", b.said)
	}
	b.wants("À trancher : un point", "Simulation « Centre ESO »", "Ce poste", "Officier nord", "31 000,00", "32 000,00", "Gain total")
	if b.pays()["Centre ESO"] != "32000.00" {
		t.Error("the version of here does not hold meanwhile")
	}
	return a, b
}

func TestDecide_KeepsTheOther(t *testing.T) {
	a, b := quarrel(t)
	b.press("Garder celle-ci", 1)
	if b.pays()["Centre ESO"] != "31000.00" || !strings.Contains(b.said, "Centre ESO") || b.says("À trancher") {
		t.Errorf("%v, said %q", b.pays(), b.said)
	}
	a.merge(b.write(false)) // the decision travels
	if a.pays()["Centre ESO"] != "31000.00" || a.says("À trancher") {
		t.Errorf("%v", a.pays())
	}
}

func TestDecide_KeepsBoth(t *testing.T) {
	_, b := quarrel(t)
	b.press("Garder les deux")
	pays := b.pays()
	if len(pays) != 2 || pays["Centre ESO"] != "32000.00" || b.says("À trancher") {
		t.Errorf("%v", pays)
	}
	for name, pay := range pays {
		if name != "Centre ESO" && (pay != "31000.00" || !strings.Contains(name, "Officier nord")) {
			t.Errorf("%s: %s", name, pay)
		}
	}
}

// A contact is decided unlocked.
func TestDecide_Contact(t *testing.T) {
	a, b := pair(t)
	a.guard()
	b.guard()
	id := must(a.cabinet.Save(visitor()))(t).ID
	b.merge(a.write(true))
	for l, notes := range map[*laptop]string{a: "Veut visiter Fes.", b: "Veut visiter Oujda."} {
		d := must(l.cabinet.Get(id))(t)
		d.Notes = notes
		must(l.cabinet.Save(d))(t)
	}
	b.merge(a.write(true))
	b.wants("Contact : Zelmira Quastenberg", "Veut visiter Fes.", "Veut visiter Oujda.")
	b.cabinet.Lock()
	b.shown()
	b.wants("Un contact verrouillé", "Ouvrez les contacts")
	if b.says("Zelmira") {
		t.Error("a locked contact is named")
	}
	b.page.key.pass.SetText(pass)
	b.press("Ouvrir les contacts")
	b.press("Garder celle-ci", 1)
	if d := must(b.cabinet.Get(id))(t); d.Notes != "Veut visiter Fes." {
		t.Errorf("%q", d.Notes)
	}
}

func TestOff_SaysWhy(t *testing.T) {
	a, _ := pair(t)
	nothing, copied := a.params(), a.params()
	nothing.Room, copied.ReadOnly = nil, true
	for want, p := range map[string]Params{"Rien n'est enregistré dans cette fenêtre": nothing, "lecture seule": copied} {
		a.begin(p)
		a.wants("Partage indisponible", want)
		a.page.Open(filepath.Join(a.folder, "nord.atlasbundle"))
		if a.page.worker.Busy() || a.says("Choisir un fichier") {
			t.Errorf("%s: a file is taken", want)
		}
	}
}

// What is asked stays where the tab is made anew, in another language or over what
// another tab changed.
func TestFollow(t *testing.T) {
	a, b := pair(t)
	must(a.desk.Save(eso("Centre ESO")))(t)
	b.see(a.write(false))
	old := b.page
	b.begin(b.params())
	b.page.Follow(old)
	b.rest()
	b.wants("Officier nord")
	b.press("Fusionner")
	if len(b.pays()) != 1 {
		t.Errorf("%v", b.pays())
	}
}

// What was merged is merged, whatever becomes of the screen.
func TestTake_HoldsLater(t *testing.T) {
	a, b := pair(t)
	must(a.desk.Save(eso("Centre ESO")))(t)
	b.broken = errors.New("no memory")
	b.merge(a.write(false))
	if !strings.Contains(b.said, "prochain démarrage") || len(b.pays()) != 1 {
		t.Errorf("said %q, %v", b.said, b.pays())
	}
	b.wants("Reprendre d'un autre poste")
}

// A passphrase that was typed and not used does not wait for the next visitor.
func TestShown_ForgetsWhatWasTyped(t *testing.T) {
	a, _ := pair(t)
	test.Type(a.page.give.one, travel)
	a.shown()
	if a.page.give.one.Text != "" {
		t.Error("the passphrase is still there")
	}
}
