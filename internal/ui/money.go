package ui

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/rulebook"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// rates are the currencies beside the dirham, and what they are worth.
type rates interface {
	Currencies() []string
	Rate(currency string) (issue.Rate, bool)
}

// rates are those of the officer. Visitors who are alone see the published ones, which
// need no store; nil where none are known.
func (w *window) rates() rates {
	switch {
	case w.stand != nil && w.stand.published != nil:
		return w.stand.published.Speaking(w.desk)
	case w.stand == nil && w.office != nil:
		return w.office
	}
	return nil
}

// nextCurrency goes round dirhams alone and the currencies beside them.
func (w *window) nextCurrency() {
	all := append([]string{""}, w.rates().Currencies()...)
	w.setCurrency(all[(slices.Index(all, w.currency)+1)%len(all)])
}

// setCurrency shows amounts in a currency beside the dirham, "" for none.
func (w *window) setCurrency(code string) {
	w.currency = code
	w.showMoney()
	if err := w.desk.PutSetting(store.SettingCurrency, w.currency); err != nil {
		w.failed(err)
	}
}

// restoreCurrency shows amounts as when the app was left.
func (w *window) restoreCurrency() {
	var code string
	if w.office != nil && w.desk.Setting(store.SettingCurrency, &code) && slices.Contains(w.office.Currencies(), code) {
		w.currency = code
	}
}

// showMoney shows amounts in the chosen currency on every place, with the rate as
// it is now.
func (w *window) showMoney() {
	w.showMoneyChip()
	w.sim.SetCurrency(w.second())
	if w.versus != nil {
		w.versus.SetCurrency(w.second())
	}
}

func (w *window) showMoneyChip() {
	if w.chips.money == nil {
		return
	}
	text := w.desk.Texts().Text("chip.money")
	if w.currency != "" {
		text = w.desk.Texts().Text("chip.money.with", "currency", w.currency)
	}
	w.chips.money.Set(kit.ChipLook{Text: text, Active: w.currency != ""})
}

// second is the currency beside the dirham; nil where none is chosen or its rate
// is not known.
func (w *window) second() *currency.Second {
	known := w.rates()
	if known == nil || w.currency == "" {
		return nil
	}
	rate, ok := known.Rate(w.currency)
	if !ok {
		return nil
	}
	s := &currency.Second{Texts: w.desk.Texts(), Rate: rate}
	change := func() {
		w.rules().ShowRates()
		w.shell.Open(shell.Rules)
	}
	if w.stand != nil {
		change = nil
	}
	s.Open = func() { w.shell.ShowPanel(s.Panel(change)) }
	return s
}

// rules is the place of the rules and of this laptop.
func (w *window) rules() *rulebook.Page {
	if w.book == nil {
		p := rulebook.Params{
			Desk: w.desk, Shell: w, Speak: w.choose, Light: w.freshness(), Fresh: w.fresh(), Rated: w.showMoney, Kiosk: w.kioskCard, Now: w.p.Now, Do: w.do,
		}
		for _, t := range w.languages() {
			p.Languages = append(p.Languages, kit.Option{ID: t.Lang(), Text: t.Text("chip.language")})
		}
		if w.office != nil {
			p.Office = w.office
		}
		if w.contacts != nil {
			p.Contacts = func() fyne.CanvasObject {
				return dossiers.PassphraseCard(dossiers.PassphraseParams{Keys: w.contacts, Texts: w.desk.Texts(), Toast: w.ShowToast, Do: w.do})
			}
		}
		p.Tabs = w.bookTabs()
		w.book = rulebook.New(p)
	}
	return w.book
}

// fresh is the colour of the pack's light in words.
func (w *window) fresh() rulebook.Freshness {
	switch w.freshness() {
	case theme.ColorGood:
		return rulebook.Fresh
	case theme.ColorCaution:
		return rulebook.Aging
	}
	return rulebook.Old
}
