package ui

import (
	"crypto/rand"
	"io"
	"io/fs"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/vault"
)

// withContacts is the window over a store with unlocked contacts.
func withContacts(t *testing.T) *rig {
	t.Helper()
	s := openStore(t)
	r := newRig(t, s)
	terms, err := formalities.Load(r.desk.Pack())
	if err != nil {
		t.Fatal(err)
	}
	path, copied := s.KeyFiles()
	c := cabinet.New(cabinet.Params{
		Store: s, Texts: r.desk.Texts(), Terms: terms,
		Keys: keyring.Find(keyring.Options{Path: path, Copy: copied, Random: rand.Reader, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1}}),
	})
	if err := c.SetPassphrase("quatre mots simples ici"); err != nil {
		t.Fatal(err)
	}
	r.w.begin(Opening{Desk: r.desk, Contacts: c})
	return r
}

// A paper that was looked at bears a name: no file of it outlives the program.
func TestView_LeavesNoFile(t *testing.T) {
	r := withContacts(t)
	r.w.p.Cache = t.TempDir()
	r.w.view(func(to io.Writer) error { _, err := io.WriteString(to, "Amina Berrada"); return err }, "A7F3-0001.pdf")
	files := func() (out []string) {
		_ = filepath.WalkDir(r.w.p.Cache, func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				out = append(out, name)
			}
			return err
		})
		return out
	}
	r.until("the file", func() bool {
		return len(r.todo) == 0 && len(files()) == 1 && filepath.Base(files()[0]) == "A7F3-0001.pdf"
	})
	if err := r.w.end(); err != nil || len(files()) > 0 {
		t.Errorf("%v, %v", files(), err)
	}
}

// contact keeps one and gives its id.
func (r *rig) contact(name string) string {
	r.t.Helper()
	d := &dossier.Dossier{}
	d.Contact.Name = name
	d, err := r.w.contacts.Save(d)
	if err != nil {
		r.t.Fatal(err)
	}
	return d.ID
}

// lookFor types into the search and presses Enter, once something was listed.
func (r *rig) lookFor(text string) {
	r.t.Helper()
	r.w.search()
	entry, ok := r.w.win.Canvas().Focused().(*kit.Entry)
	if !ok {
		r.t.Fatal("one cannot type into the search")
	}
	r.until("what can be found", func() bool { return len(r.todo) == 0 && r.overSays(r.texts.Text("place.home")) })
	test.Type(entry, text)
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
}

func (r *rig) overSays(text string) bool {
	for _, o := range r.over() {
		if t, ok := o.(*kit.Text); ok && t.Text() == text {
			return true
		}
	}
	return false
}

func TestSearch_OpensContactsPlacesAndSites(t *testing.T) {
	r := withContacts(t)
	r.contact("Amal Idrissi")
	r.lookFor("idri")
	if r.w.shell.Current() != shell.Files || !r.says("Amal Idrissi") {
		t.Error("the contact is not shown")
	}
	r.lookFor("comparer")
	if r.w.shell.Current() != shell.Compare {
		t.Errorf("at %q", r.w.shell.Current())
	}
	r.lookFor("fes")
	if r.w.shell.Current() != shell.Platforms || r.w.sheets().Chosen() != "fes-shore" {
		t.Errorf("at %q, site %q", r.w.shell.Current(), r.w.sheets().Chosen())
	}
}

func TestSearch_NamesNobodyWhileLocked(t *testing.T) {
	r := withContacts(t)
	r.contact("Amal Idrissi")
	r.w.contacts.Lock()
	r.lookFor("idri")
	if r.w.shell.Current() != shell.Home || r.says("Amal") {
		t.Error("a locked contact was found")
	}
}

func TestSpeak_GoesOnWithTheContact(t *testing.T) {
	r := withContacts(t)
	id := r.contact("Amal Idrissi")
	r.w.shell.Open(shell.Files)
	r.w.dossiers().Open(id)
	r.w.speak(r.w.p.Texts)
	if r.w.shell.Current() != shell.Files || !r.says("Amal Idrissi") {
		t.Error("the contact is not open any more")
	}
}

// A contact that is being typed is kept when the window is closed.
func TestClose_KeepsTheContact(t *testing.T) {
	r := withContacts(t)
	r.w.newContact()
	entry, ok := r.w.win.Canvas().Focused().(*kit.Entry)
	if !ok {
		t.Fatal("a new contact cannot be typed at once")
	}
	entry.SetText("Amal Idrissi")
	r.w.close()
	if found := r.w.contacts.Find(dossier.Query{Text: "idrissi"}); r.closed != 1 || len(found) != 1 {
		t.Errorf("closed %d times, %d contacts kept", r.closed, len(found))
	}
}
