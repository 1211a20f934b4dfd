package ui

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/about"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
	"atlasp2i/internal/ui/welcome"
)

// scaleKeys are what makes everything larger, smaller and normal again. Plus is a
// key of its own on the number pad alone: elsewhere it is that of the equals sign.
var scaleKeys = []struct {
	key   fyne.KeyName
	shift bool
	step  int // 0 is back to normal
}{
	{fyne.KeyPlus, false, 1},
	{fyne.KeyPlus, true, 1},
	{fyne.KeyEqual, false, 1},
	{fyne.KeyEqual, true, 1},
	{fyne.KeyMinus, false, -1},
	{fyne.Key0, false, 0},
}

// listenToScale changes the size from wherever the focus is.
func (w *window) listenToScale() {
	for _, k := range scaleKeys {
		modifier := fyne.KeyModifierShortcutDefault
		if k.shift {
			modifier |= fyne.KeyModifierShift
		}
		w.win.Canvas().AddShortcut(&desktop.CustomShortcut{KeyName: k.key, Modifier: modifier}, func(fyne.Shortcut) { w.stepScale(k.step) })
	}
}

// stepScale makes everything larger or smaller, or normal with a step of 0. There
// is nothing beyond the ends.
func (w *window) stepScale(step int) {
	if step == 0 {
		w.setScale(0)
		return
	}
	w.setScale(min(max(w.scale+step, 0), len(theme.Scales)-1))
}

// nextScale goes round the sizes.
func (w *window) nextScale() { w.setScale((w.scale + 1) % len(theme.Scales)) }

// setScale shows everything in another size, and again so at the next start.
func (w *window) setScale(to int) {
	if to == w.scale {
		return
	}
	w.scale = to
	w.setTheme(w.theme)
	w.showScaleChip()
	if err := w.desk.PutSetting(store.SettingScale, theme.Scales[to].ID); err != nil {
		w.failed(err)
	}
}

func (w *window) restoreScale() {
	var id string
	if !w.desk.Setting(store.SettingScale, &id) {
		return
	}
	if i := slices.IndexFunc(theme.Scales, func(s theme.Scale) bool { return s.ID == id }); i >= 0 {
		w.scale = i
		w.setTheme(w.theme)
	}
}

func (w *window) showScaleChip() {
	w.chips.scale.Set(kit.ChipLook{Text: w.desk.Texts().Text("chip.scale." + theme.Scales[w.scale].ID), Active: w.scale > 0})
}

// toggleFull fills the screen, or leaves it. It is not remembered: who starts the
// program finds a window that can be moved and closed.
func (w *window) toggleFull() { w.win.SetFullScreen(!w.win.FullScreen()) }

// showKeys opens the list of shortcuts.
func (w *window) showKeys() { about.OpenKeys(w.aboutParams(nil)) }

// A window is not opened smaller than this, in design pixels: it would be taken
// for a fault.
const (
	leastWidth  = 640
	leastHeight = 400
)

func (w *window) restoreSize() {
	var size store.WindowSize
	if w.desk.Setting(store.SettingWindow, &size) && size.Width >= leastWidth && size.Height >= leastHeight {
		w.size = size
		w.win.Resize(fyne.NewSize(size.Width, size.Height))
	}
}

// rememberSize keeps the size of the window where it changed; that of the full
// screen is none of a window.
func (w *window) rememberSize() {
	s := w.win.Canvas().Size()
	now := store.WindowSize{Width: s.Width, Height: s.Height}
	if w.win.FullScreen() || now == w.size {
		return
	}
	if err := w.desk.PutSetting(store.SettingWindow, now); err != nil {
		fyne.LogError("window size not kept", err)
		return
	}
	w.size = now
}

// lastPlace is where the app was left.
func (w *window) lastPlace() string {
	w.place = shell.Home
	var id string
	if w.desk.Setting(store.SettingLastPlace, &id) && slices.Contains(shell.Places(), id) {
		w.place = id
	}
	return w.place
}

// moved is told of each place that is opened: what the rail says of copies, which are
// made beside the window, is of then.
func (w *window) moved(id string) {
	w.rememberPlace(id)
	w.status()
}

// rememberPlace keeps the place at once, so that a power cut does not forget it.
// It is the place alone: no panel over it, and contacts are locked at each start.
func (w *window) rememberPlace(id string) {
	if id == w.place {
		return
	}
	if err := w.desk.PutSetting(store.SettingLastPlace, id); err != nil {
		fyne.LogError("last place not kept", err)
		return
	}
	w.place = id
	w.rememberSize()
}

// rememberOpen keeps which saved simulation is open in Simuler, none while it is a new
// one.
func (w *window) rememberOpen() {
	id := w.sim.Saved()
	if id == w.open || !w.desk.CanSave() {
		return
	}
	if err := w.desk.PutSetting(store.SettingOpen, id); err != nil {
		fyne.LogError("open simulation not kept", err)
		return
	}
	w.open = id
}

// reopen shows the saved simulation that was open when the window was left, unless
// something typed waits to be resumed.
func (w *window) reopen() {
	w.open = ""
	if _, typed := w.desk.KeptDraft(); typed || !w.desk.Setting(store.SettingOpen, &w.open) || w.open == "" {
		return
	}
	if d, err := w.desk.Open(w.open); err == nil { // it may be in the bin by now
		w.sim.Start(d)
	}
}

// firstStart is whether nothing was ever kept here and nobody was welcomed.
func (w *window) firstStart() bool {
	var welcomed bool
	if !w.desk.CanSave() || w.desk.Setting(store.SettingWelcomed, &welcomed) {
		return false
	}
	list, err := w.desk.List()
	return err == nil && len(list) == 0
}

// welcome goes through the first start, over Accueil.
func (w *window) welcome() {
	w.shell.Open(shell.Home)
	p := welcome.Params{
		Texts: w.desk.Texts(), Show: w.shell.ShowPanel, Close: w.shell.ClosePanel, Failed: w.failed, Example: w.example,
		Done: func() {
			if err := w.desk.PutSetting(store.SettingWelcomed, true); err != nil {
				w.failed(err)
			}
		},
	}
	p.Language.Chosen, p.Scale.Chosen = w.desk.Texts().Lang(), theme.Scales[w.scale].ID
	for _, t := range w.languages() {
		p.Language.Options = append(p.Language.Options, kit.Option{ID: t.Lang(), Text: t.Text("chip.language")})
	}
	p.Language.Choose = func(lang string) {
		w.choose(lang)
		w.welcome() // the window was made anew
	}
	for _, s := range theme.Scales {
		p.Scale.Options = append(p.Scale.Options, kit.Option{ID: s.ID, Text: w.desk.Texts().Text("welcome.scale." + s.ID)})
	}
	p.Scale.Choose = func(id string) {
		w.setScale(slices.IndexFunc(theme.Scales, func(s theme.Scale) bool { return s.ID == id }))
	}
	if w.office != nil {
		p.Office, p.Currency.Chosen, p.Currency.Choose = w.office, w.currency, w.setCurrency
		for _, code := range w.office.Currencies() {
			p.Currency.Options = append(p.Currency.Options, kit.Option{ID: code, Text: code})
		}
	}
	welcome.Open(p)
}

// example opens a sample in Simuler and says where its figure opens.
func (w *window) example() {
	t := w.desk.Texts()
	samples, err := desk.Samples(t)
	if err != nil || len(samples) == 0 {
		w.failed(err)
		return
	}
	dirty, shown := w.sim.Dirty(), desk.Draft{Project: samples[0]}
	w.sample(shown)
	if !dirty { // else it is said how to go back to what was typed
		w.shell.ShowNote(t.Text("welcome.example.said"), t.Text("welcome.example.open"), func() { w.explain(shown, calc.LineBenefits) })
	}
}
