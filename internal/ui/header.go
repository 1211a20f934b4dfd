package ui

import (
	"errors"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// chips are the header items that stand on every page.
type chips struct {
	period  *kit.ChipButton
	look    *kit.ChipButton
	scale   *kit.ChipButton
	money   *kit.ChipButton // nil where no rate is known
	monthly bool
}

func (w *window) makeChips() []fyne.CanvasObject {
	t := w.desk.Texts()
	p := w.desk.Pack()
	pack := kit.NewChipButton(kit.ChipLook{
		Text: t.Text("chip.pack", "number", p.Number, "inForce", p.InForce), Short: t.Text("chip.pack.short", "number", p.Number), Dot: w.freshness(),
	}, w.about)
	w.chips.period = kit.NewChipButton(kit.ChipLook{}, w.togglePeriod)
	w.chips.look = kit.NewChipButton(kit.ChipLook{}, w.toggleTheme)
	w.showThemeChip()
	w.showPeriodChip()
	all := []fyne.CanvasObject{kit.NewChipButton(kit.ChipLook{Text: t.Text("find.chip"), Short: t.Text("find.title")}, w.search), pack, w.chips.period}
	if w.rates() != nil {
		w.chips.money = kit.NewChipButton(kit.ChipLook{}, w.nextCurrency)
		w.showMoneyChip()
		all = append(all, w.chips.money)
	}
	w.chips.scale = kit.NewChipButton(kit.ChipLook{}, w.nextScale)
	w.showScaleChip()
	all = append(all, w.chips.look, w.chips.scale)
	if w.p.Others != nil {
		all = append(all, kit.NewChipButton(kit.ChipLook{Text: t.Text("chip.language"), Short: strings.ToUpper(t.Lang())}, w.nextLanguage))
	}
	if w.stand != nil {
		all = append(all, kit.NewChipButton(kit.ChipLook{Text: t.Text("kiosk.chip")}, w.askCode))
	}
	return all
}

// Days after which a verified pack is no longer fresh, and is old (design,
// section 2): a manner of display, not a rule of the offer.
const (
	freshDays = 90
	oldDays   = 365
)

// freshness is the colour of the pack's light.
func (w *window) freshness() fyne.ThemeColorName {
	p := w.desk.Pack()
	now := w.p.Now()
	if p.BestBefore != "" && now.Format("2006-01-02") > string(p.BestBefore) {
		return theme.ColorError
	}
	verified, err := time.Parse(time.DateOnly, string(p.VerifiedOn))
	switch since := int(now.Sub(verified).Hours() / 24); {
	case err != nil:
		return theme.ColorError
	case since <= freshDays:
		return theme.ColorGood
	case since <= oldDays:
		return theme.ColorCaution
	}
	return theme.ColorError
}

// togglePeriod shows yearly amounts, or their monthly averages.
func (w *window) togglePeriod() {
	w.chips.monthly = !w.chips.monthly
	w.showPeriodChip()
	w.sim.SetMonthly(w.chips.monthly)
}

func (w *window) showPeriodChip() {
	key := "chip.year"
	if w.chips.monthly {
		key = "chip.month"
	}
	w.chips.period.Set(kit.ChipLook{Text: w.desk.Texts().Text(key), Active: w.chips.monthly})
}

func (w *window) toggleTheme() {
	next := "dark"
	if w.theme == "dark" {
		next = "light"
	}
	w.setTheme(next)
	w.showThemeChip()
	if err := w.desk.PutSetting(store.SettingTheme, next); err != nil {
		w.failed(err)
	}
}

func (w *window) showThemeChip() {
	w.chips.look.Set(kit.ChipLook{Text: w.desk.Texts().Text("chip.theme." + w.theme)})
}

// saved is told by Simuler after each confirmed save.
func (w *window) saved() {
	w.rememberOpen()
	w.savedAt = w.p.Now()
	w.status()
}

// status writes the foot of the rail: no network, last save, last checked copy.
func (w *window) status() {
	t := w.desk.Texts()
	lines := []string{t.Text("status.offline")}
	switch {
	case w.stand != nil:
		lines = append(lines, t.Text("kiosk.status"))
	case !w.desk.CanSave():
		lines = append(lines, t.Text("status.readOnly"))
		if at := w.opening.TakenAt; !at.IsZero() {
			l := at.Local() // two lines: the rail is narrow
			lines = append(lines, t.Text("status.readOnly.copy", "date", domain.Date(l.Format(time.DateOnly))), t.Text("status.readOnly.time", "time", l.Format("15:04")))
		}
	case !w.savedAt.IsZero():
		lines = append(lines, t.Text("status.saved", "time", w.savedAt.Local().Format("15:04")))
	}
	if w.opening.Saved != nil {
		if list, err := w.opening.Saved.Snapshots(); err == nil && len(list) > 0 {
			at := list[0].At.Local()
			key := "status.copy.day"
			if w.p.Now().Local().Format("2006-01-02") == at.Format("2006-01-02") {
				key = "status.copy"
			}
			if w.opening.Saved.Uncopied() {
				key = "status.copy.due"
				w.lookAgain()
			}
			lines = append(lines, t.Text(key, "time", at.Format("15:04"), "date", domain.Date(at.Format("2006-01-02"))))
		}
	}
	if behind := w.behind(); behind != "" {
		lines = append(lines, t.Text(behind))
	}
	w.shell.SetStatus(lines...)
}

// copyDueFor is how often the window looks whether a copy that is due was made.
const copyDueFor = 3 * time.Second

// lookAgain tells the status once more a little later: copies are made beside the window.
func (w *window) lookAgain() {
	if w.looking != nil {
		w.looking.Stop()
	}
	do := w.do
	w.looking = time.AfterFunc(copyDueFor, func() { do(w.status) })
}

// behind says that the second folder of copies does not have the newest; "" where it
// does, or where none is chosen.
func (w *window) behind() string {
	if w.opening.Copies.Of == nil || !w.desk.CanSave() {
		return ""
	}
	is := w.opening.Copies.Of.Mirror()
	var absent *mirror.AbsentError
	switch {
	case is.Dir == "" || is.Err == nil:
		return ""
	case errors.As(is.Err, &absent):
		return "status.second.absent"
	}
	return "status.second.behind"
}

func (w *window) restoreLook() {
	var name string
	if w.desk.Setting(store.SettingTheme, &name) && w.p.Theme == "" {
		w.setTheme(name)
	}
	w.restoreScale()
	w.restoreSize()
}
