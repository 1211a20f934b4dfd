package issue

import (
	"strings"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// Rate is what one unit of a currency is worth, with where it is from. It is
// indicative: every amount is computed in dirhams.
type Rate struct {
	Currency string
	MAD      domain.Quantity // MAD for one unit
	Written  string          // the same as it is read
	Said     string          // source and date in words
	Note     string          // how the pack's was found, "" where it was read as it is
	Own      bool            // given by the user
}

// Say is the rate in a sentence, with where it is from and how it was found.
func (r Rate) Say(t *i18n.Catalogue) string {
	text := t.Text("paper.rate", "currency", r.Currency, "rate", r.Written, "source", r.Said)
	if r.Note != "" {
		text += " " + r.Note
	}
	return text
}

// ownRate is a rate that the user gave.
type ownRate struct {
	MAD string      `json:"mad"`
	On  domain.Date `json:"on"`
}

// Limits of a rate that is typed: a slip of the comma is refused, no currency is.
const (
	leastRate = domain.QuantityOne / 1000
	mostRate  = 1000 * domain.QuantityOne
)

// Currencies are those that amounts can be shown in beside the dirham.
func (o *Office) Currencies() []string { return o.terms.Currencies() }

// Rate is the rate of a currency: the user's own, else the pack's; false where
// there is neither.
func (o *Office) Rate(currency string) (Rate, bool) {
	t := o.p.Desk.Texts()
	if own, ok := o.ownRates()[currency]; ok {
		if q, err := domain.ParseQuantity(own.MAD); err == nil && q >= leastRate {
			return Rate{Currency: currency, MAD: q, Written: written(t, q), Said: t.Text("issue.rate.own", "date", own.On), Own: true}, true
		}
	}
	r, ok := o.terms.Rate(currency)
	if !ok {
		return Rate{}, false
	}
	said := t.Text("issue.rate.pack", "date", desk.SayAsOf(t, r.AsOf), "sure", desk.SaySure(t, r.Confidence), "source", strings.Join(o.publishers(r.Sources), ", "))
	return Rate{Currency: currency, MAD: r.MAD, Written: written(t, r.MAD), Said: said, Note: t.Optional(r.Note)}, true
}

// PutRate keeps the user's own rate of today; "" goes back to the pack's. It
// refuses what is no rate with a *domain.Problem.
func (o *Office) PutRate(currency, typed string) error {
	all := o.ownRates()
	if typed == "" {
		delete(all, currency)
		return o.p.Desk.PutSetting(store.SettingRates, all)
	}
	// A rate has up to six decimals and no groups: its one sign is the decimal one.
	q, err := domain.ParseQuantity(strings.Replace(strings.TrimSpace(typed), ",", ".", 1))
	if err != nil || q < leastRate || q > mostRate {
		return domain.Refuse("rate", typed, "issue.rate.range", "least", domain.Decimal(leastRate.String()), "most", domain.Decimal(mostRate.String()))
	}
	all[currency] = ownRate{q.String(), domain.Date(o.p.Now().Format(time.DateOnly))}
	return o.p.Desk.PutSetting(store.SettingRates, all)
}

func (o *Office) ownRates() map[string]ownRate {
	all := map[string]ownRate{}
	o.p.Desk.Setting(store.SettingRates, &all)
	return all
}

func written(t *i18n.Catalogue, q domain.Quantity) string {
	return t.Formatter().Decimal(domain.Decimal(q.String()))
}
