package ui

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/input"
	screen "atlasp2i/internal/ui/kiosk"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/vault"
)

const officersCode = "250714"

// door is that of the rig's store.
func (r *rig) door() *kiosk.Door {
	return kiosk.New(kiosk.Params{
		Store: r.store, Random: rand.Reader, Now: func() time.Time { return r.now }, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1},
	})
}

// withKiosk is the officer's window with unlocked contacts, of whom one is kept, and
// a saved simulation.
func withKiosk(t *testing.T) *rig {
	t.Helper()
	r := withContacts(t)
	r.contact("Amal Idrissi")
	r.draft("Dossier Cherki")
	r.save()
	r.w.opening.Kiosk = r.door()
	t.Cleanup(func() {
		if r.w.stand != nil {
			close(r.w.stand.stop)
		}
	})
	return r
}

// alone closes the door and leaves the window to visitors.
func (r *rig) alone() {
	r.t.Helper()
	if err := r.w.opening.Kiosk.Close(kiosk.Wish{Code: officersCode, Again: officersCode, Delay: kiosk.UsualDelay}); err != nil {
		r.t.Fatal(err)
	}
	r.w.enterKiosk()
	if r.w.stand == nil {
		r.t.Fatal("the window is the officer's still")
	}
}

// pass lets time go by, a second at a time.
func (r *rig) pass(seconds int) {
	for range seconds {
		r.now = r.now.Add(time.Second)
		r.w.tick()
	}
}

// settings are what the store keeps beside contacts and simulations.
func (r *rig) settings() map[string]string {
	out := map[string]string{}
	for _, name := range []string{
		store.SettingTheme, store.SettingLanguage, store.SettingLastPlace, store.SettingWindow, store.SettingDraft, store.SettingCurrency,
		store.SettingComparison, store.SettingWeightings, store.SettingScenarios, store.SettingRates, store.SettingKiosk,
	} {
		var value json.RawMessage
		if ok, err := r.store.Setting(name, &value); ok && err == nil {
			out[name] = string(value)
		}
	}
	return out
}

func TestKiosk_NothingThatIsKeptIsThere(t *testing.T) {
	r := withKiosk(t)
	r.alone()
	if r.w.opening.Contacts != nil || r.w.contacts != nil || r.w.office != nil || r.w.desk.CanSave() {
		t.Error("contacts, papers or the store can be reached")
	}
	if is, err := r.w.stand.officer.Contacts.State(); err != nil || is != cabinet.Locked {
		t.Errorf("the contacts are %v, %v", is, err)
	}
	var ids []string
	for _, p := range r.w.places() {
		ids = append(ids, p.ID)
	}
	if want := []string{shell.Home, shell.Platforms, shell.Sector, shell.Simulate, shell.Compare, shell.Rules}; !slices.Equal(ids, want) {
		t.Errorf("places %v", ids)
	}
	if r.w.bookTabs(); r.w.copies != nil {
		t.Error("the copies can be reached")
	}
	for _, id := range []string{shell.Home, shell.Simulate, shell.Sector, shell.Rules} {
		r.w.shell.Open(id)
		for _, key := range []string{"home.recent", "home.door.saved", "home.door.contact", "simulate.save", "papers.open", "exhibit.menu", "intake.ui.menu", "rulebook.tab.station"} {
			if text := r.texts.Text(key); r.says(text) {
				t.Errorf("%s shows %q", id, text)
			}
		}
	}
	for _, text := range []string{"cherki", "idrissi"} {
		r.lookFor(text)
		if r.says("Cherki") || r.says("Idrissi") || r.w.shell.Current() != shell.Rules {
			t.Errorf("%q is found", text)
		}
		r.w.shell.ClosePanel()
	}
}

// A visitor plays with everything; the store is as it was, and the next visitor finds
// nothing of it.
func TestKiosk_ForgetsAVisitor(t *testing.T) {
	r := withKiosk(t)
	r.w.p.Others = also(englishNumbers(t))
	r.alone()
	before := r.settings()
	list, err := r.desk.List()
	if err != nil {
		t.Fatal(err)
	}
	r.draft("Projet du visiteur")
	r.until("a result", func() bool { return r.button("simulate.compare") != nil })
	if r.button("simulate.copy") != nil {
		t.Error("a visitor is offered a copy, which nothing keeps")
	}
	r.w.leaveDraft(r.w.sim.New) // puts it aside
	r.draft("Un autre")
	r.w.sim.Save()
	r.w.toggleTheme()
	r.w.togglePeriod()
	r.w.nextLanguage()
	r.w.comparison().Add("tetouan-shore")
	r.w.shell.Open(shell.Compare)
	r.w.Copy("ce que le visiteur a copie")
	r.w.ShowToast("rattraper", "ici", func() { t.Error("undone") })
	r.w.heard(input.Pressed)

	r.pass(89)
	if r.w.stand.warning != nil {
		t.Fatal("warned too early")
	}
	r.pass(1)
	if r.w.stand.warning == nil {
		t.Fatal("no warning")
	}
	r.pass(20)
	if r.w.stand.warning != nil || r.w.win.Canvas().Overlays().Top() != nil {
		t.Fatal("the warning is still there")
	}
	if r.w.shell.Current() != shell.Home || r.w.theme != "light" || r.w.chips.monthly || r.w.desk.Texts().Lang() != "fr" {
		t.Errorf("at %s, %s, monthly %v, in %s", r.w.shell.Current(), r.w.theme, r.w.chips.monthly, r.w.desk.Texts().Lang())
	}
	if _, aside := r.w.sim.Aside(); aside || r.w.sim.Dirty() || r.w.versus != nil {
		t.Error("something of the visitor is left")
	}
	if r.w.app.Clipboard().Content() != "" {
		t.Error("on the clipboard there is something left")
	}
	look := r.w.app.Settings().Theme()
	if r.w.visit(); r.w.app.Settings().Theme() != look {
		t.Error("the fonts are read again for a visitor who changed nothing of the look")
	}
	r.undo()
	if after := r.settings(); !maps.Equal(before, after) {
		t.Errorf("kept %v, was %v", after, before)
	}
	if now, err := r.desk.List(); err != nil || len(now) != len(list) {
		t.Errorf("%d simulations, were %d: %v", len(now), len(list), err)
	}
}

// Visitors begin with the officer's second currency, at the published rate; what they
// choose is forgotten, and nothing of it is kept.
func TestKiosk_SecondCurrencyAtThePublishedRate(t *testing.T) {
	r := withKiosk(t)
	office, err := issue.New(issue.Params{Desk: r.desk, Store: r.store, Now: func() time.Time { return r.now }})
	if err != nil {
		t.Fatal(err)
	}
	r.w.office = office
	if err := office.PutRate("EUR", "20"); err != nil {
		t.Fatal(err)
	}
	r.w.setCurrency("EUR")
	r.w.opening.Office = office
	r.alone()
	before := r.settings()
	r.wants("chip.money.with", "currency", "EUR")
	if s := r.w.second(); s == nil || s.Rate.Own || r.w.office != nil {
		t.Fatalf("second currency %+v, office %v", s, r.w.office)
	}
	r.draft("Projet du visiteur")
	r.until("the result in euros", func() bool { return r.says("EUR, indicatif") })
	r.w.second().Open()
	if r.overSays(r.texts.Text("currency.change")) {
		t.Error("a visitor is led to the rates of this laptop")
	}
	r.w.shell.ClosePanel()
	test.Tap(r.w.chips.money)
	if r.w.currency == "EUR" {
		t.Error("a visitor cannot choose another")
	}
	if r.w.visit(); r.w.currency != "EUR" {
		t.Errorf("the next visitor begins with %q", r.w.currency)
	}
	r.w.nextCurrency()
	if after := r.settings(); !maps.Equal(before, after) {
		t.Errorf("kept %v, was %v", after, before)
	}
	if r.w.leaveKiosk(); r.w.currency != "EUR" || !r.w.second().Rate.Own {
		t.Errorf("the officer finds %q", r.w.currency)
	}
}

// The list of shortcuts holds those that do something for who looks.
func TestKiosk_ListsTheShortcutsThatWork(t *testing.T) {
	r := withKiosk(t)
	officers := []string{"keys.places", "keys.find", "keys.full", "keys.save", "keys.new"}
	visitors := []string{"keys.placesAlone", "keys.findAlone", "keys.leave"}
	listed := func(keys []string, want bool) {
		t.Helper()
		r.w.showKeys()
		defer r.w.shell.ClosePanel()
		said := map[string]bool{}
		for _, o := range r.over() {
			if p, ok := o.(*kit.Paragraph); ok {
				said[p.Text()] = true
			}
		}
		for _, key := range append(keys, "keys.help") {
			if said[r.texts.Text(key)] != (want || key == "keys.help") {
				t.Errorf("%s is listed: %t", key, !want)
			}
		}
	}
	listed(officers, true)
	listed(visitors, false)
	r.alone()
	listed(officers, false)
	listed(visitors, true)
}

// What is done while the warning stands takes it away and does nothing else.
func TestKiosk_AnyKeyGoesOn(t *testing.T) {
	r := withKiosk(t)
	r.alone()
	r.draft("Projet du visiteur")
	if !r.w.heard(input.Pressed) {
		t.Error("a key of a visitor does not arrive")
	}
	r.pass(95)
	if r.w.heard(input.Moved); r.w.stand.warning == nil {
		t.Fatal("a moved pointer answers")
	}
	for _, k := range []input.Kind{input.Pressed, input.Typed, input.Released} {
		if r.w.heard(k) {
			t.Errorf("%d of the key that answers arrives at the form", k)
		}
	}
	if r.w.stand.warning != nil || !r.typed("Projet du visiteur bis") {
		t.Error("the warning stands, or the form is gone")
	}
	if !r.w.heard(input.Pressed) || !r.w.heard(input.Typed) || !r.w.heard(input.Held) {
		t.Error("the next key does not arrive")
	}
	r.pass(80)
	r.w.heard(input.Scrolled)
	r.pass(80)
	r.w.heard(input.Moved)
	if r.pass(80); r.w.stand.warning != nil {
		t.Error("warned while somebody is there")
	}
}

// A bag on the keyboard is nobody: it keeps nothing awake.
func TestKiosk_AHeldKeyIsNobody(t *testing.T) {
	r := withKiosk(t)
	r.alone()
	r.draft("Projet du visiteur")
	r.w.heard(input.Pressed)
	held := func(seconds int) {
		for range seconds {
			r.w.heard(input.Held)
			r.w.heard(input.Typed)
			r.pass(1)
		}
	}
	if held(90); r.w.stand.warning == nil {
		t.Fatal("no warning")
	}
	if held(20); r.w.stand.warning != nil || r.w.sim.Dirty() {
		t.Error("the visitor is not forgotten")
	}
}

// overShows is whether a line is on the panel.
func (r *rig) overShows(line string) bool {
	return slices.ContainsFunc(r.over(), func(o fyne.CanvasObject) bool {
		c, ok := o.(*canvas.Text)
		return ok && c.Text == line
	})
}

// code answers the panel.
func (r *rig) code(text string) {
	r.t.Helper()
	entry, ok := r.w.win.Canvas().Focused().(*kit.Entry)
	if !ok {
		r.t.Fatal("one cannot type the code")
	}
	test.Type(entry, text)
	entry.OnSubmitted(text)
}

func TestKiosk_GivesTheWindowBackToTheCode(t *testing.T) {
	r := withKiosk(t)
	r.rename("Dossier Cherki")
	r.w.leaveDraft(r.w.sim.New)
	r.draft("En cours")
	r.alone()
	r.draft("Projet du visiteur")

	r.w.askCode()
	r.code("000000")
	r.until("the refusal", func() bool { return len(r.todo) == 0 && r.overShows(r.texts.Text("kiosk.code.wrong")) })
	if r.w.stand == nil {
		t.Fatal("a wrong code leaves")
	}
	r.now = r.now.Add(time.Minute) // wrong ones slow the next one down
	r.code(officersCode)
	r.until("the officer", func() bool { return r.w.stand == nil })
	if r.w.shell.Current() != shell.Simulate || !r.typed("En cours bis") || r.typed("Projet du visiteur bis") {
		t.Error("the officer's form is not back")
	}
	if !r.w.desk.CanSave() || r.w.contacts == nil || r.w.contactsOpen() {
		t.Error("the officer's store is not back, or its contacts are open")
	}
	if closed(r.w.opening) {
		t.Error("the next start is a kiosk")
	}
	if !r.w.heard(input.Pressed) {
		t.Error("the officer's keys do not arrive")
	}
}

// A program that was killed comes back as it was: for visitors.
func TestKiosk_ComesBackAfterAKill(t *testing.T) {
	r := withKiosk(t)
	r.draft("En cours")
	r.alone()
	again := newRig(t, r.store)
	again.w.begin(Opening{Desk: again.desk, Kiosk: again.door()})
	defer func() { close(again.w.stand.stop) }()
	if again.w.stand == nil || again.w.desk.CanSave() || again.says("En cours") {
		t.Fatal("the officer's window is open")
	}
	again.w.leaveKiosk()
	at, aside := again.w.sim.Aside()
	if !aside {
		t.Error("what the officer had typed is lost")
	}
	again.wants("app.back", "at", desk.Stamp(at))
	if !again.w.desk.CanSave() {
		t.Error("nothing can be saved")
	}
	again.alone()
}

// A contact that is refused is not thrown away with the pages.
func TestKiosk_WaitsForAContactThatIsNotKept(t *testing.T) {
	r := withKiosk(t)
	r.w.shell.Open(shell.Files)
	r.w.newContact()
	test.Type(r.w.win.Canvas().Focused(), "Amal Idrissi")
	r.w.contacts.Lock() // nothing can be kept
	if r.w.nothingLost() {
		t.Error("what was typed of a contact would be lost")
	}
	r.wants("dossiers.unsaved")
}

// Who looks at the program is not asked what its first start asks.
func TestKiosk_WelcomesNobody(t *testing.T) {
	r := withKiosk(t)
	r.alone()
	r.w.about()
	r.titled(t, "about.title")
	for _, o := range r.over() {
		if b, ok := o.(*kit.Button); ok && b.Text() == r.texts.Text("welcome.again") {
			t.Error("a visitor can go through the first start")
		}
	}
}

// Beginning twice, while a save runs, loses nobody.
func TestKiosk_BeginsOnce(t *testing.T) {
	r := withKiosk(t)
	r.draft("En cours")
	r.w.sim.Save()
	r.w.enterKiosk()
	r.w.enterKiosk()
	r.until("the kiosk", func() bool { return r.w.stand != nil && len(r.todo) == 0 })
	if r.w.stand.officer.Kiosk == nil {
		t.Fatal("the officer is lost")
	}
}

// The card refuses at the field, and begins.
func TestKiosk_CardBegins(t *testing.T) {
	r := withKiosk(t)
	began := false
	card := screen.Card(screen.Params{Door: r.door(), Texts: r.texts, Ready: func() bool { return true }, Passed: func() { began = true }, Failed: func(err error) { t.Error(err) }, Do: r.w.do})
	r.w.win.SetContent(card)
	begin := r.button("kiosk.begin")
	var codes []*kit.Entry
	for _, o := range shown(card) {
		if e, ok := o.(*kit.Entry); ok {
			codes = append(codes, e)
		}
	}
	for _, c := range []struct{ code, again, said string }{
		{"", "", "kiosk.code.none"},
		{officersCode, "250715", "kiosk.code.differ"},
	} {
		codes[0].SetText(c.code)
		codes[1].SetText(c.again)
		test.Tap(begin)
		r.until(c.said, func() bool { return r.says(r.texts.Text(c.said)) })
	}
	codes[1].SetText(officersCode)
	test.Tap(begin)
	r.until("the kiosk", func() bool { return began })
	if codes[0].Text+codes[1].Text != "" {
		t.Error("the code stays on the screen")
	}
}
