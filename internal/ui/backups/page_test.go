package backups

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// bench is the tab over a real store, in a window whose thread is the test.
type bench struct {
	t     *testing.T
	page  *Page
	store *store.Store
	at    store.Options
	stick string // not chosen yet
	texts *i18n.Catalogue
	win   fyne.Window
	todo  chan func()
	said  string
	undo  func()
	saves bool
	fail  error // of a restore
}

func (b *bench) Texts() *i18n.Catalogue                    { return b.texts }
func (b *bench) CanSave() bool                             { return b.saves }
func (b *bench) ShowToast(text, _ string, act func())      { b.said, b.undo = plainly.Replace(text), act }
func (b *bench) Window() fyne.Window                       { return b.win }
func (b *bench) do(f func())                               { b.todo <- f }
func (b *bench) chooses(dir string) func(func(dir string)) { return func(f func(string)) { f(dir) } }

func newBench(t *testing.T) *bench {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	b := &bench{t: t, saves: true, stick: t.TempDir(), todo: make(chan func(), 1000)}
	texts, err := i18n.Load(assets.I18n, "fr")
	b.must(err)
	b.texts = texts
	began, ticks := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), atomic.Int64{}
	b.at = store.Options{
		Path: filepath.Join(t.TempDir(), "atlas.db"), SnapshotDir: t.TempDir(), Device: string(store.NewID()), SnapshotGap: time.Hour,
		Now: func() time.Time { return began.Add(time.Duration(ticks.Add(1)) * time.Second) },
	}
	b.open()
	t.Cleanup(func() { _ = b.store.Close() })
	b.win = test.NewTempWindow(t, nil)
	b.win.SetPadded(false)
	b.win.Resize(fyne.NewSize(1154, 696))
	b.begin(backup.New(b.store))
	return b
}

func (b *bench) must(err error) {
	b.t.Helper()
	if err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) open() {
	b.t.Helper()
	s, err := store.Open(context.Background(), b.at)
	b.must(err)
	b.store = s
}

// begin makes the tab and shows it.
func (b *bench) begin(of Copies) {
	b.t.Helper()
	old := b.page
	b.page = New(Params{
		Desk: b, Copies: of, Folder: b.at.SnapshotDir, Shell: b, Restore: b.restore, Copied: func() {}, Do: b.do,
	})
	if old != nil {
		b.page.Follow(old)
	}
	b.win.SetContent(b.page.Content())
	b.page.Shown()
	if b.saves && of != nil {
		b.read()
	}
}

// restore does what the window does: the store is closed meanwhile.
func (b *bench) restore(s backup.Snapshot) {
	b.must(b.store.Close())
	r, err := backup.Restore(context.Background(), b.at, s.Path)
	if b.fail != nil {
		err = b.fail
	}
	b.open()
	b.begin(backup.New(b.store))
	if err != nil {
		b.page.Failed(err)
		return
	}
	b.page.Restored(s, r)
}

func (b *bench) until(what string, ok func() bool) {
	b.t.Helper()
	late := time.After(10 * time.Second)
	for !ok() {
		select {
		case f := <-b.todo:
			f()
		case <-late:
			b.t.Fatalf("waited in vain: %s", what)
		}
	}
}

// read waits until every copy was read.
func (b *bench) read() {
	b.t.Helper()
	b.until("the list", func() bool { return b.page.found.read && !b.page.reader.Busy() && !b.page.worker.Busy() })
}

func (b *bench) save(name string) {
	b.t.Helper()
	_, err := b.store.Create(name, store.Content{Project: json.RawMessage(fmt.Sprintf(`{"n":%q}`, name)), PackSHA256: strings.Repeat("1", 64)})
	b.must(err)
}

func (b *bench) names() (out []string) {
	b.t.Helper()
	list, err := b.store.List()
	b.must(err)
	for i := range list {
		out = append(out, list[i].Name)
	}
	slices.Sort(out)
	return out
}

func walk(o fyne.CanvasObject, f func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	f(o)
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	for _, child := range inside {
		walk(child, f)
	}
}

// plainly takes the no-break spaces off, which a reader does not see.
var plainly = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

// screen is all that is said, a paragraph cut into lines as one text.
func (b *bench) screen() string {
	var out []string
	walk(b.page.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*canvas.Text); ok {
			out = append(out, plainly.Replace(x.Text))
		}
	})
	return strings.Join(out, " ")
}

func (b *bench) says(text string) bool { return strings.Contains(b.screen(), text) }

func (b *bench) wants(all ...string) {
	b.t.Helper()
	on := b.screen()
	for _, text := range append(all, "") {
		if !strings.Contains(on, text) || strings.Contains(on, "⟦") {
			b.t.Errorf("not on the screen, or another text is missing: %q, but\n%s", text, on)
		}
	}
}

func (b *bench) buttons(label string) (out []*kit.Button) {
	walk(b.page.Content(), func(o fyne.CanvasObject) {
		if x, ok := o.(*kit.Button); ok && plainly.Replace(x.Text()) == label {
			out = append(out, x)
		}
	})
	return out
}

// press presses the first button with that label.
func (b *bench) press(label string) {
	b.t.Helper()
	found := b.buttons(label)
	if len(found) == 0 {
		b.t.Fatalf("no button %q on\n%s", label, b.screen())
	}
	test.Tap(found[0])
}

// copied makes a copy with the button.
func (b *bench) copied() {
	b.t.Helper()
	b.said = ""
	b.press("Copier maintenant")
	b.until("the copy", func() bool { return b.said != "" })
	b.read()
}

func (b *bench) looks() {
	b.t.Helper()
	b.press("Voir ce qui changerait")
	b.until("the preview", func() bool { return b.page.asked != nil })
}

// A copy is compared, gone back to, and the state before is one of the copies, so
// that going back can be taken back.
func TestRestore_AndTheWayBack(t *testing.T) {
	b := newBench(t)
	b.wants("Aucune copie encore", "Aucun second dossier")
	b.save("Centre de Fès")
	b.copied()
	if b.said != "Copie faite et relue sur ce poste." {
		t.Errorf("said %q", b.said)
	}
	b.looks()
	b.wants("rien ne changerait")
	if len(b.buttons("Revenir à cet état")) > 0 {
		t.Error("going back to what is there now is offered")
	}
	b.press("Ne rien changer")
	b.read()
	b.save("Venue après")
	b.looks()
	b.wants("Revenir à l'état du", "Simulations 0 1 0", "Venue après Disparaîtrait", "un contact effacé reste effacé")
	b.press("Ne rien changer")
	b.read()
	if got := b.names(); len(got) != 2 || b.says("Revenir à l'état du") {
		t.Errorf("it is still asked, or done: %v", got)
	}
	b.looks()
	b.press("Revenir à cet état")
	b.read()
	b.wants("Revenu à l'état du", "L'état d'avant est gardé", "relue, bonne ; état d'avant le retour")
	if got := b.names(); !slices.Equal(got, []string{"Centre de Fès"}) {
		t.Fatalf("after going back: %v", got)
	}
	b.press("Voir ce que changerait un retour")
	b.until("the preview", func() bool { return b.page.asked != nil })
	b.wants("Simulations 1 0 0", "Venue après Reviendrait")
	b.press("Revenir à cet état")
	b.read()
	if got := b.names(); !slices.Equal(got, []string{"Centre de Fès", "Venue après"}) {
		t.Errorf("after the way back: %v", got)
	}
	b.press("Compris")
	if b.says("Revenu à l'état du") {
		t.Error("it is still told")
	}
}

func TestRestore_Failed(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	b.copied()
	b.save("Venue après")
	b.fail = &store.FullError{}
	b.looks()
	b.press("Revenir à cet état")
	b.read()
	b.wants("Rien n'est revenu en arrière", "Toutes les copies")
	if b.says("L'état d'avant est gardé") {
		t.Error("told as if it were done")
	}
}

// The second folder from its choice over its absence to its end.
func TestSecond_ComesAndGoes(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	choose := func(dir string) {
		b.page.choose = b.chooses(dir)
		b.said, b.page.refused = "", refused{}
		b.press("Choisir un dossier…")
		b.until("the choice", func() bool { return b.said != "" || b.page.refused.err != nil })
		b.read()
	}
	choose(b.at.SnapshotDir)
	b.wants("Ce dossier n'est pas choisi", "Aucun second dossier")
	choose(b.stick)
	if b.said != "Copie faite et relue, sur ce poste et dans le second dossier." {
		t.Errorf("said %q", b.said)
	}
	b.wants("Présent et à jour", b.stick, "ce poste et second dossier", "Les contacts y sont scellés")
	if b.says("n'est pas choisi") {
		t.Error("the refusal stays")
	}

	away := b.stick + "-away"
	b.must(os.Rename(b.stick, away))
	b.save("Pendant l'absence")
	b.copied()
	b.wants("Absent. Sa dernière copie est du")
	if !strings.Contains(b.said, "Le second dossier ne l'a pas encore") || len(b.buttons("Copier maintenant")) != 1 {
		t.Errorf("said %q", b.said)
	}
	b.must(os.Rename(away, b.stick))
	b.page.Shown()
	b.read()
	b.wants("Présent, en retard")
	b.copied()
	b.wants("Présent et à jour")

	b.press("Ne plus l'utiliser")
	b.read()
	b.wants("Aucun second dossier")
	b.undo()
	b.until("the undo", func() bool { return !b.page.worker.Busy() })
	b.read()
	b.wants("Présent et à jour")
}

// A copy that went bad on the stick is told and not offered.
func TestSecond_DamagedCopy(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	b.must(b.store.SetMirror(context.Background(), b.stick))
	b.copied()
	files, err := store.SnapshotsIn(b.store.Mirror().Folder)
	b.must(err)
	b.must(os.Truncate(files[0].Path, 5000))
	b.press("Tout relire")
	b.read()
	b.wants("abîmée : on ne peut pas y revenir", "1 copie abîmée s'y trouve")
	// One that holds what is there now is not offered either: a background copy may be.
	if n := len(b.buttons("Voir ce qui changerait")); n == 0 || n > len(b.page.found.rows)-1 {
		t.Errorf("%d of %d copies are offered", n, len(b.page.found.rows))
	}
}

func TestOff_SaysWhy(t *testing.T) {
	b := newBench(t)
	b.begin(nil)
	b.wants("Aucune sauvegarde ici")
	b.saves = false
	b.begin(backup.New(b.store))
	b.wants("Aucune sauvegarde ici")
	if len(b.buttons("Copier maintenant")) > 0 {
		t.Error("a copy is offered")
	}
}

// behind are copies whose second folder has keys of before an erasure.
type behind struct{ *backup.Backup }

func (b behind) Look() backup.Standing {
	return backup.Standing{State: mirror.State{Dir: "/stick", Folder: "/stick/atlas-p2i-1", KeysBehind: true, Err: &mirror.AbsentError{}}}
}

// Where an erasure did not reach the stick yet, that is said, and leaving it there
// is asked first.
func TestSecond_ErasureIsBehind(t *testing.T) {
	b := newBench(t)
	b.begin(behind{backup.New(b.store)})
	b.wants("Absent", "qui a été effacé depuis s'ouvre encore")
	b.press("Ne plus l'utiliser")
	b.wants("Ne plus l'utiliser quand même", "/stick/atlas-p2i-1")
	b.press("Le garder")
	b.read()
	if b.page.leaving || b.said != "" {
		t.Error("still asked, or done")
	}
}

// slow are copies of which each takes its time to be read.
type slow struct {
	*backup.Backup
	wait chan struct{}
}

func (s slow) Check(ctx context.Context, c *backup.Snapshot) error {
	select {
	case <-s.wait:
		return s.Backup.Check(ctx, c)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// The list is there before its copies are read; the reading is shown and can be
// stopped.
func TestCheck_ShowsHowFar(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	_, err := b.store.Snapshot(t.Context())
	b.must(err)
	s := slow{backup.New(b.store), make(chan struct{})}
	b.page = New(Params{Desk: b, Copies: s, Shell: b, Copied: func() {}, Do: b.do})
	b.page.Shown()
	b.until("the progress", func() bool { return b.says("Relecture des copies") })
	b.wants("pas encore relue")
	b.press("Arrêter")
	if b.page.reader.Busy() || b.says("Relecture des copies") {
		t.Error("it goes on")
	}
	b.wants("pas encore relue", "Voir ce qui changerait")
	close(s.wait)
	b.press("Tout relire")
	b.read()
	b.wants("relue, bonne")
}

func TestWriter_Size(t *testing.T) {
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	for bytes, want := range map[int64]string{0: "0,1 Mo", 149_999: "0,1 Mo", 150_000: "0,2 Mo", 12_345_678: "12,3 Mo", 1_234_567_890: "1 234,6 Mo"} {
		if got := plainly.Replace(writer{texts}.size(bytes)); got != want {
			t.Errorf("%d bytes: %q, want %q", bytes, got, want)
		}
	}
}

// waiting are copies whose making takes until it is stopped.
type waiting struct {
	*backup.Backup
	began, ended chan struct{}
}

func (w waiting) CopyNow(ctx context.Context) (store.SnapshotInfo, error) {
	defer close(w.ended)
	close(w.began)
	<-ctx.Done()
	return store.SnapshotInfo{}, ctx.Err()
}

// A copy can be stopped while it is made; no bar stands still meanwhile.
func TestCopyNow_CanBeStopped(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	w := waiting{backup.New(b.store), make(chan struct{}), make(chan struct{})}
	b.begin(w)
	b.press("Copier maintenant")
	<-w.began
	b.wants("Copie, puis relecture")
	walk(b.page.Content(), func(o fyne.CanvasObject) {
		if _, is := o.(*kit.Progress); is {
			t.Error("a bar that says nothing")
		}
	})
	b.press("Arrêter")
	<-w.ended
	b.read()
	b.wants("Toutes les copies")
	if b.said != "Copie arrêtée : rien d'incomplet n'est gardé." {
		t.Errorf("said %q", b.said)
	}
}

// following is a second folder that is being written to until it is fresh.
type following struct {
	*backup.Backup
	looks *int
}

func (f following) Look() backup.Standing {
	*f.looks++
	is := backup.Standing{State: mirror.State{Dir: "/stick", Folder: "/stick/atlas-p2i-1", Copied: time.Unix(0, 0), Busy: true}, There: true}
	if *f.looks > 1 {
		is.Busy, is.Fresh = false, true
	}
	return is
}

// The state of the second folder is that of now, also where it changes by itself.
func TestSecond_ComesUpToDateByItself(t *testing.T) {
	b := newBench(t)
	looks := 0
	b.begin(following{backup.New(b.store), &looks})
	b.wants("Une copie y est en cours")
	b.until("up to date", func() bool { return b.says("Présent et à jour") })
}

func TestSecond_Hangs(t *testing.T) {
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	w := writer{texts}
	is := backup.Standing{State: mirror.State{Dir: "d", Copied: time.Unix(0, 0), Err: &mirror.HangingError{}}}
	if l := w.second(is, nil); len(l) != 1 || l[0].tone != caution || !strings.Contains(l[0].text, "Ne répond pas") {
		t.Errorf("%+v", l)
	}
}

// stuck is a second folder that hangs, told anew at each look.
type stuck struct {
	*backup.Backup
	looks *atomic.Int32
}

func (s stuck) Look() backup.Standing {
	s.looks.Add(1)
	return backup.Standing{State: mirror.State{Dir: "/stick", Folder: "/stick/atlas-p2i-1", Busy: true, Err: &mirror.HangingError{}}}
}

// While a folder hangs the tab stays as it is, with the focus and where it was scrolled
// to; the choice of another does not begin in that folder, which would keep the window.
func TestSecond_HangsAndNothingMoves(t *testing.T) {
	b := newBench(t)
	var looks atomic.Int32
	b.begin(stuck{backup.New(b.store), &looks})
	b.wants("Ne répond pas")
	if dir := b.page.startsIn(); dir != "" {
		t.Errorf("the choice begins in %s", dir)
	}
	before := slices.Clone(b.page.box.Objects)
	looked := looks.Load()
	b.until("another look, and what it showed", func() bool { return looks.Load() > looked+1 })
	if !slices.Equal(before, b.page.box.Objects) {
		t.Error("made anew where nothing changed")
	}
}

// Nobody looks at a folder for a tab that was left, also where a list comes late.
func TestHidden_LooksNoMore(t *testing.T) {
	b := newBench(t)
	var looks atomic.Int32
	b.begin(stuck{backup.New(b.store), &looks})
	if !b.page.watcher.Busy() {
		t.Fatal("it does not follow the folder")
	}
	b.page.Hidden()
	b.page.relist()
	b.read()
	if b.page.watcher.Busy() {
		t.Error("it goes on")
	}
	b.page.Shown()
	b.read()
	if !b.page.watcher.Busy() {
		t.Error("back again it does not follow the folder")
	}
}

// The choice begins in the folder before, where that answers.
func TestChoose_StartsInTheFolderBefore(t *testing.T) {
	b := newBench(t)
	b.must(b.store.SetMirror(t.Context(), b.stick))
	b.page.Shown()
	b.read()
	if dir := b.page.startsIn(); dir != b.stick {
		t.Errorf("it begins in %q", dir)
	}
	b.must(os.RemoveAll(b.stick))
	b.page.Shown()
	b.read()
	if dir := b.page.startsIn(); dir != "" {
		t.Errorf("it begins in %q, which is gone", dir)
	}
}

// What was opened instead of a damaged file stays on the tab until the officer says so,
// over a restart too.
func TestLost_StaysUntilSeen(t *testing.T) {
	b := newBench(t)
	b.save("Centre")
	b.must(b.store.Close())
	b.must(os.Truncate(b.at.Path, 5000))
	b.open()
	for range 2 {
		b.begin(backup.New(b.store))
		b.wants("Incident sur la base, le 22/11/2026", "Fichier endommagé : "+b.at.Path, b.store.Path())
		b.must(b.store.Close())
		b.open()
	}
	b.begin(backup.New(b.store))
	b.press("J'en ai pris note")
	if b.says("Incident sur la base") {
		t.Error("it is still there")
	}
	b.must(b.store.Close())
	b.open()
	b.begin(backup.New(b.store))
	if b.says("Incident sur la base") {
		t.Error("it came back")
	}
}
