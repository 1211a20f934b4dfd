package ui

import (
	"crypto/rand"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/shell"
)

// officed is the window with an office that issues papers.
func officed(t *testing.T, s *store.Store) *rig {
	t.Helper()
	r := newRig(t, s)
	device, err := seal.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	office, err := issue.New(issue.Params{
		Desk: r.desk, Store: s, Device: func() (*seal.Device, error) { return device, nil }, Now: func() time.Time { return r.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	r.w.p.Others = also(englishNumbers(t))
	r.w.begin(Opening{Desk: r.desk, Office: office})
	return r
}

// The chip goes round the currencies; what it shows is kept, survives another
// language and follows a rate of one's own.
func TestMoney_ChipGoesRound(t *testing.T) {
	s := openStore(t)
	r := officed(t, s)
	r.draft("Centre de Fes")
	test.Tap(r.w.chips.money)
	r.wants("chip.money.with", "currency", "EUR")
	r.until("the result in euros", func() bool { return r.says("EUR, indicatif") })
	if p := r.w.paperParams(); p.Currency != "EUR" {
		t.Errorf("a paper starts with %q", p.Currency)
	}
	r.w.nextLanguage()
	if !r.says("MAD + EUR") || r.w.second() == nil {
		t.Error("another language forgets the currency")
	}
	r.until("the result in the other language", func() bool { return r.says("EUR, indicatif") })
	was := r.w.second().About(1_000_000_00)
	if err := r.w.office.PutRate("EUR", "20"); err != nil {
		t.Fatal(err)
	}
	r.w.showMoney()
	if r.w.second().About(1_000_000_00) == was || !r.says("EUR, indicatif") {
		t.Error("the amounts do not follow the rate")
	}
	again := officed(t, s)
	if again.w.currency != "EUR" {
		t.Errorf("starts with %q", again.w.currency)
	}
	for range again.w.office.Currencies() {
		test.Tap(again.w.chips.money)
	}
	if again.w.currency != "" || again.w.second() != nil {
		t.Errorf("never back at dirhams alone: %q", again.w.currency)
	}
}

func TestMoney_RateLeadsToWhereItIsChanged(t *testing.T) {
	r := officed(t, openStore(t))
	test.Tap(r.w.chips.money)
	r.w.second().Open()
	r.pressOver("currency.change")
	r.at(shell.Rules)
	r.wants("rulebook.rates")
}

// Without an office there is no rate, and no chip that does nothing.
func TestMoney_NoneWithoutAnOffice(t *testing.T) {
	r := opened(t)
	if r.w.chips.money != nil || r.says(r.texts.Text("chip.money")+" +") {
		t.Error("a chip without a rate")
	}
	r.w.shell.Open(shell.Rules)
	r.wants("rulebook.values")
}
