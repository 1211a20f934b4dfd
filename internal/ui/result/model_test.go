package result

import (
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/currency"
)

// bench is what results and their texts are made with.
type bench struct {
	texts *i18n.Catalogue
	pack  *rules.Pack
	eng   *calc.Engine
}

func newBench(t testing.TB) *bench {
	t.Helper()
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	return &bench{texts.WithTexts(pack.Texts["fr"]), pack, calctest.Engine(t)}
}

func (b *bench) result(t testing.TB, p domain.Project) *calc.Result {
	t.Helper()
	return calctest.Case(t, b.eng, p).Result()
}

func (b *bench) present(t testing.TB, p domain.Project, monthly bool) (*calc.Result, *model) {
	t.Helper()
	r := b.result(t, p)
	return r, newPresenter(b.texts, b.pack).present(r, monthly)
}

// assumedProject gives only what must be given.
func assumedProject() domain.Project {
	r := calctest.Role("30000", "2026-01", 40)
	r.Title = "Ingénieur"
	return calctest.Project("fes-shore", r)
}

func ptr[T any](v T) *T { return &v }

// givenProject gives every input of the same project: nothing is assumed.
func givenProject() domain.Project {
	p := assumedProject()
	p.InsideP2I, p.Months, p.OperationStart = ptr(true), ptr(60), ptr(calctest.Month("2026-01"))
	p.ExportShare, p.Profits = calctest.Share("1"), []domain.Profit{}
	r := &p.Roles[0]
	r.AnnualRaise, r.Dependants = calctest.Share("0"), ptr(0)
	r.MoroccanShare, r.AnnualAttrition = calctest.Share("1"), calctest.Share("0")
	return p
}

// longProject runs for fifteen years, past the exemption and without a profit.
func longProject() domain.Project {
	p := givenProject()
	p.Profits = nil
	p.Months = ptr(180)
	return p
}

func TestPresent_EveryAmountIsThatOfTheResult(t *testing.T) {
	f := newBench(t).texts.Formatter()
	for name, p := range map[string]domain.Project{"assumed": assumedProject(), "given": givenProject(), "long": longProject(), "taxed": taxedProject(2026, 2027, 2028)} {
		r, m := newBench(t).present(t, p, false)
		if want := f.Amount(r.Benefits.Value); !m.head.ranged && strings.TrimPrefix(m.head.amount, "≥ ") != want {
			t.Errorf("%s: headline %q, want %q", name, m.head.amount, want)
		}
		for i, code := range domain.Benefits {
			if want := f.Amount(r.Benefit(code).Value); !m.cards[i].unknown && m.cards[i].amount != want && m.cards[i].amount != "≥ "+want {
				t.Errorf("%s: card %s %q, want %q", name, code, m.cards[i].amount, want)
			}
		}
		for _, l := range m.sheet.lines {
			var total domain.Money
			for i := range r.Years {
				amount := r.Years[i].Line(l.key)
				total += amount
				if c := l.cells[i]; c.year != r.Years[i].Year || (!c.shut && strings.TrimPrefix(c.text, "≥ ") != f.Amount(amount)) {
					t.Errorf("%s: %s of %d is %q, want %q", name, l.key, c.year, c.text, f.Amount(amount))
				}
			}
			if c := l.cells[len(r.Years)]; c.year != 0 || (!c.shut && c.text != f.Amount(total) && c.text != "≥ "+f.Amount(total)) {
				t.Errorf("%s: total of %s is %q, want %q", name, l.key, c.text, f.Amount(total))
			}
		}
	}
}

func TestHeadline_IsARangeWhileSomethingIsAssumed(t *testing.T) {
	b := newBench(t)
	f := b.texts.Formatter()
	r, m := b.present(t, assumedProject(), false)
	if want := f.Amount(r.Benefits.Low) + " à " + f.Amount(r.Benefits.High); m.head.amount != want || !m.head.ranged {
		t.Errorf("headline %q, want %q", m.head.amount, want)
	}
	for _, word := range []string{"part export", "durée", "départs"} {
		if !strings.Contains(m.head.assumed, word) {
			t.Errorf("%q does not name %q", m.head.assumed, word)
		}
	}
	r, m = b.present(t, givenProject(), false)
	if len(r.Assumed) > 0 || m.head.ranged || m.head.assumed != "" {
		t.Errorf("assumed %v, headline %+v", r.Assumed, m.head)
	}
}

// Two roles that lack the same input name it once.
func TestHeadline_NamesEachAssumptionOnce(t *testing.T) {
	p := assumedProject()
	p.Roles = append(p.Roles, calctest.Role("12000", "2026-02", 5))
	_, m := newBench(t).present(t, p, false)
	if n := strings.Count(m.head.assumed, "départs"); n != 1 {
		t.Errorf("%q names the departures %d times", m.head.assumed, n)
	}
}

func TestHeadline_SaysPrudentOnlyOfTheLowest(t *testing.T) {
	b := newBench(t)
	present := func(change func(*calc.Result)) string {
		r := *b.result(t, givenProject())
		change(&r)
		return newPresenter(b.texts, b.pack).present(&r, false).head.label
	}
	cases := map[string]string{
		"prudente":   present(func(*calc.Result) {}),
		"par défaut": present(func(r *calc.Result) { r.Benefits.Low-- }),
		"choisies":   present(func(r *calc.Result) { r.Benefits.Low--; r.Default = false }),
	}
	for word, label := range cases {
		if !strings.Contains(label, word) || !strings.Contains(label, "60 mois") {
			t.Errorf("%q, want it to say %q and the period", label, word)
		}
	}
}

// taxedProject is past its five exempt years, with a profit in some years.
func taxedProject(years ...int) domain.Project {
	p := givenProject()
	p.OperationStart = ptr(calctest.Month("2015-01"))
	p.Profits = nil
	for _, y := range years {
		p.Profits = append(p.Profits, domain.Profit{Year: y, Taxable: calctest.Money("1000000")})
	}
	return p
}

func lineOf(t *testing.T, m *model, key string) line {
	t.Helper()
	for _, l := range m.sheet.lines {
		if l.key == key {
			return l
		}
	}
	t.Fatalf("no line %s", key)
	return line{}
}

func TestSheet_UnknownIsNeverZero(t *testing.T) {
	_, m := newBench(t).present(t, taxedProject(), false)
	for _, key := range []string{calc.LineCorpTax, domain.AIS} {
		for _, c := range lineOf(t, m, key).cells {
			if c.text != "inconnu" || !c.shut {
				t.Errorf("%s of %d is %+v, want unknown and nothing to open", key, c.year, c)
			}
		}
	}
	if c := m.cards[3]; c.amount != "inconnu" || !c.unknown {
		t.Errorf("card of AIS: %+v", c)
	}
	_, m = newBench(t).present(t, taxedProject(2026), false)
	for _, key := range []string{calc.LineCorpTax, domain.AIS} {
		cells := lineOf(t, m, key).cells
		total := cells[len(cells)-1]
		if cells[0].shut || !cells[1].shut || total.shut || total.text != "≥ "+cells[0].text {
			t.Errorf("%s with one profit of five: %+v", key, cells)
		}
	}
	_, m = newBench(t).present(t, longProject(), false)
	for _, c := range lineOf(t, m, domain.AIS).cells[:5] {
		if c.text != "0" || c.shut {
			t.Errorf("AIS of an exempt year is %+v, want 0", c)
		}
	}
}

// What AIS adds is not known: every sum it is a part of is a lower bound.
func TestPresent_ATotalWithUnknownAISIsALowerBound(t *testing.T) {
	b := newBench(t)
	_, m := b.present(t, taxedProject(2026), false)
	cells := lineOf(t, m, calc.LineBenefits).cells
	for _, text := range []string{m.head.amount, m.head.share, cells[1].text, cells[len(cells)-1].text} {
		if !strings.HasPrefix(text, "≥ ") {
			t.Errorf("%q is not a lower bound", text)
		}
	}
	if strings.Contains(cells[0].text, "≥") {
		t.Errorf("the gain of a known year is %q", cells[0].text)
	}
	if !strings.Contains(m.head.partial, "2027–2030") {
		t.Errorf("%q does not say which years are unknown", m.head.partial)
	}
	if _, m = b.present(t, givenProject(), false); strings.Contains(m.head.amount+m.head.partial, "≥") || m.head.partial != "" {
		t.Errorf("everything is known: %+v", m.head)
	}
}

// Corporate tax has no row while every year is exempt: the card of AIS says so,
// and the gain stands nearer.
func TestSheet_NoRowOfATaxThatIsNotDue(t *testing.T) {
	b := newBench(t)
	has := func(p domain.Project) bool {
		_, m := b.present(t, p, false)
		for _, l := range m.sheet.lines {
			if l.key == calc.LineCorpTax || l.key == domain.AIS {
				return true
			}
		}
		return false
	}
	if has(givenProject()) || !has(taxedProject()) || !has(taxedProject(2026)) || !has(longProject()) {
		t.Error("the rows of corporate tax stand where, and only where, a year is taxed")
	}
	if _, m := b.present(t, givenProject(), false); !strings.Contains(m.cards[3].why, "exonéré") {
		t.Errorf("the card of AIS says %q", m.cards[3].why)
	}
}

func TestSheet_SaysWhatASeatCosts(t *testing.T) {
	_, m := newBench(t).present(t, givenProject(), false)
	// 82,012,320 over 40 people and 60 months, and less 14,669,241.60
	for _, want := range []string{"34\u202f172", "28\u202f060"} {
		if !strings.Contains(m.sheet.seat, want) {
			t.Errorf("%q does not say %s", m.sheet.seat, want)
		}
	}
	if _, m = newBench(t).present(t, taxedProject(), false); !strings.Contains(m.sheet.seat, "au plus") {
		t.Errorf("with unknown benefits: %q", m.sheet.seat)
	}
}

// After the regime there is no AIS, so that it is nil and known; corporate tax
// without a profit stays unknown.
func TestSheet_NoAISAfterTheRegime(t *testing.T) {
	r, m := newBench(t).present(t, longProject(), false)
	for i := range r.Years {
		if r.Years[i].Year < 2032 {
			continue
		}
		if c := lineOf(t, m, calc.LineCorpTax).cells[i]; c.text != "inconnu" {
			t.Errorf("corporate tax of %d: %q", c.year, c.text)
		}
		if c := lineOf(t, m, domain.AIS).cells[i]; c.text != "0" {
			t.Errorf("AIS of %d: %q", c.year, c.text)
		}
	}
}

func TestSheet_MonthlyIsTheAverageOfCountedMonths(t *testing.T) {
	p := givenProject()
	p.From = calctest.Month("2026-07") // six months of 2026 are counted
	_, m := newBench(t).present(t, p, true)
	gross := lineOf(t, m, calc.LineGross)
	// 40 people at 30,000 MAD: 1,200,000 MAD in every counted month.
	for _, c := range gross.cells {
		if c.text != "1\u202f200\u202f000" {
			t.Errorf("%d: %q a month", c.year, c.text)
		}
	}
	if !strings.Contains(m.sheet.unit, "MAD par mois, moyenne") {
		t.Errorf("the header says %q", m.sheet.unit)
	}
}

func TestCell_RoundsTheAverageOnce(t *testing.T) {
	b := newBench(t)
	p := newPresenter(b.texts, b.pack)
	month := func(s string) string {
		return p.cell(average(calc.LineGross, calctest.Money(s), 0, 12, 1)).text
	}
	// 5.99 MAD over 12 months is 0.4991..., which is nearer to 0 than to 1.
	if c := month("5.99"); c != "0" {
		t.Errorf("5.99 / 12 is %q", c)
	}
	if c := month("6.00"); c != "1" {
		t.Errorf("6.00 / 12 is %q", c)
	}
}

// A year of which six months are counted: its corporate tax and AIS are those of
// twelve, and its gain a month is the sum of the benefits above it.
func TestSheet_MonthlyTaxOfAFiscalYearIsOverTwelve(t *testing.T) {
	b := newBench(t)
	p := taxedProject(2026, 2027, 2028, 2029, 2030, 2031)
	p.From = calctest.Month("2026-07")
	r, m := b.present(t, p, true)
	y := &r.Years[0]
	if y.Months != 6 || y.CorporateTax == 0 || y.AIS == 0 {
		t.Fatalf("the sample shows too little: %+v", y)
	}
	for key, want := range map[string]domain.Money{
		calc.LineCorpTax: y.CorporateTax / 12, domain.AIS: y.AIS / 12, domain.AIR: y.AIR / 6,
		calc.LineBenefits: (2*(y.AIR+y.PAE+y.PAF) + y.AIS) / 12,
	} {
		if got := lineOf(t, m, key).cells[0].text; got != b.texts.Formatter().Amount(want) {
			t.Errorf("%s is %q a month, want %s", key, got, want)
		}
	}
	var tax domain.Money
	for i := range r.Years {
		tax += r.Years[i].CorporateTax
	}
	// Five and a half years are counted, of six fiscal ones.
	if got := lineOf(t, m, calc.LineCorpTax).cells[6].text; got != b.texts.Formatter().Amount(tax/72) {
		t.Errorf("the average of corporate tax is %q, want %s", got, tax/72)
	}
	for i, want := range []string{"2026 (6 mois)", "2027"} {
		if got := strings.ReplaceAll(m.sheet.years[i], "\u202f", " "); got != want {
			t.Errorf("column %q, want %q", got, want)
		}
	}
}

func TestCardState(t *testing.T) {
	b := newBench(t)
	p := newPresenter(b.texts, b.pack)
	state := func(states ...string) string {
		r := &calc.Result{}
		for _, s := range states {
			r.Conditions = append(r.Conditions, calc.Condition{Benefit: domain.PAE, State: s})
		}
		r.Conditions = append(r.Conditions, calc.Condition{Benefit: domain.AIR, State: calc.No})
		text, _ := p.cardState(r, domain.PAE)
		return text
	}
	moot, _ := p.cardState(&calc.Result{Conditions: []calc.Condition{{Benefit: domain.AIS, State: calc.No, Moot: true}}}, domain.AIS)
	for want, got := range map[string]string{
		"✓ remplies":     state(calc.Yes, calc.Yes),
		"? 1 inconnue":   state(calc.Yes, calc.Unknown),
		"? 2 inconnues":  state(calc.Unknown, calc.Unknown),
		"✕ 1 non rempli": state(calc.No, calc.Unknown),
		"– sans objet":   moot,
	} {
		if plain := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(got); !strings.HasPrefix(plain, want) {
			t.Errorf("%q, want %q", plain, want)
		}
	}
}

func TestConditions_AllInTheirStates(t *testing.T) {
	r, m := newBench(t).present(t, assumedProject(), false)
	marks := map[string]int{}
	for _, g := range m.conditions {
		for _, c := range g.rows {
			marks[c.mark]++
			if c.text == "" || c.detail == "" || !strings.Contains(c.sources, "Selon") {
				t.Errorf("incomplete: %+v", c)
			}
		}
	}
	want := map[string]int{}
	for _, c := range r.Conditions {
		want[map[string]string{calc.Yes: "✓", calc.No: "✕", calc.Unknown: "?"}[c.State]]++
	}
	if !maps.Equal(marks, want) {
		t.Errorf("%v, want %v", marks, want)
	}
}

func TestReadings_ChosenSettledAndRoundedDown(t *testing.T) {
	b := newBench(t)
	p := givenProject()
	p.Readings, p.Settled = map[string]string{"pae.frequency": "annual"}, []string{"regime.end"}
	r := *b.result(t, p)
	r.Narrowing = []calc.Narrowing{{Reading: "premium.cap", AtLeast: 749_999}}
	rs := newPresenter(b.texts, b.pack).readings(&r)
	if len(rs) != len(domain.ReadingIDs) {
		t.Fatalf("%d readings", len(rs))
	}
	for _, x := range rs {
		if wantValue := r.Readings.Get(x.id); x.chosen != wantValue || x.settled != (x.id == "regime.end") {
			t.Errorf("%s: %q settled %v", x.id, x.chosen, x.settled)
		}
		if x.id == "premium.cap" && !strings.Contains(x.effect, "74") {
			t.Errorf("74.9999 %% at least is written %q", x.effect)
		}
	}
}

func TestTexts_NothingIsMissing(t *testing.T) {
	for _, p := range []domain.Project{assumedProject(), givenProject(), longProject(), taxedProject(2026)} {
		_, m := newBench(t).present(t, p, true)
		if s := fmt.Sprintf("%+v", *m); strings.Contains(s, "⟦") {
			t.Error(s)
		}
	}
}

// A second currency says the total, its range and each benefit; the statement and
// what is explained stay in dirhams.
func TestPresent_SecondCurrency(t *testing.T) {
	e := newBench(t)
	r := e.result(t, givenProject())
	p := newPresenter(e.texts, e.pack)
	before := p.present(r, false)
	if before.head.second != "" || strings.Contains(before.cards[0].rng, "EUR") {
		t.Errorf("without a currency: %q, %q", before.head.second, before.cards[0].rng)
	}
	p.second = &currency.Second{Texts: e.texts, Rate: issue.Rate{Currency: "EUR", MAD: 10_000_000}}
	m := p.present(r, false)
	for _, want := range []string{"≈", "EUR", "indicatif", "selon les lectures"} {
		if !strings.Contains(m.head.second, want) {
			t.Errorf("%q without %q", m.head.second, want)
		}
	}
	if !strings.Contains(m.cards[0].rng, "EUR") {
		t.Errorf("a benefit: %q", m.cards[0].rng)
	}
	if m.head.amount != before.head.amount || !reflect.DeepEqual(m.sheet, before.sheet) {
		t.Error("the amounts in dirhams moved")
	}
}
