package whatif_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/scenarios"
	"atlasp2i/internal/store"
	"atlasp2i/internal/whatif"
)

// newDesk is a desk over the built-in pack and the store of a folder.
func newDesk(t testing.TB) *desk.Desk {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(t.TempDir(), "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newStudy(t testing.TB, d *desk.Desk) *study.Study {
	t.Helper()
	s, err := study.New(d)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eso is the engineering centre of the specification's worked table.
func eso() desk.Draft {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO"
	return desk.Draft{Project: p, Marks: map[string]string{"roles[0].grossMonthly": "x"}}
}

func typed(t *testing.T, s *study.Study, id, slot string) string {
	t.Helper()
	for _, a := range s.Assumed() {
		if a.ID == id {
			return a.Typed[slot]
		}
	}
	t.Fatalf("no lever %s", id)
	return ""
}

// The scenario in the middle is the estimate itself; the others move what the
// pack says, and opening one computes what it showed.
func TestScenarios(t *testing.T) {
	d := newDesk(t)
	s, dr := newStudy(t, d), eso()
	got, err := s.Scenarios(dr)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range got.Three {
		r, err := d.Estimate(x.Draft)
		if err != nil {
			t.Fatal(err)
		}
		if want := d.Texts().Formatter().Amount(r.Benefits.Value); x.Refused != "" || !strings.Contains(x.Total, want) {
			t.Errorf("%s shows %q (%s), opened it gives %q", x.Title, x.Total, x.Refused, want)
		}
		if x.Period != "MAD sur 60 mois" || x.Cost == "" || x.Share == "" || x.Range == "" {
			t.Errorf("scenario %d is %+v", i, x)
		}
		if _, marked := x.Draft.Marks["roles[0].grossMonthly"]; marked != (i == 1) || x.Draft.ID != "" {
			t.Errorf("%s: the pay is marked as the preset's: %v", x.Title, marked)
		}
	}
	low, base := got.Three[0], got.Three[1]
	for _, want := range []string{"35 %", "6 mois", "10 %", "20 points"} {
		if !strings.Contains(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(strings.Join(low.Moves, "; ")), want) {
			t.Errorf("the low scenario moves %q, not %q", low.Moves, want)
		}
	}
	if !slices.Equal(base.Moves, []string{"comme dans le formulaire"}) || got.Honest != "" {
		t.Errorf("base %q, said %q", base.Moves, got.Honest)
	}
}

func TestScenarios_SaysWhenNotInOrder(t *testing.T) {
	s := newStudy(t, newDesk(t))
	for slot, v := range map[string]string{study.SlotLow: "+10", study.SlotHigh: "-10"} {
		if wrong := s.Put(scenarios.Pay, slot, v); wrong != nil {
			t.Fatal(wrong)
		}
	}
	for _, id := range []string{scenarios.Attrition, scenarios.Delay, scenarios.Export} {
		if wrong := s.Put(id, study.SlotLow, ""); wrong != nil {
			t.Fatal(wrong)
		}
	}
	got, err := s.Scenarios(eso())
	if err != nil || got.Honest == "" {
		t.Errorf("less pay as the high scenario: %+v, %v", got, err)
	}
}

// A scenario that the engine refuses says why; the others stand.
func TestScenarios_Refused(t *testing.T) {
	s := newStudy(t, newDesk(t))
	if wrong := s.Put(scenarios.Export, study.SlotHigh, "10"); wrong != nil {
		t.Fatal(wrong)
	}
	got, err := s.Scenarios(eso())
	if err != nil || got.Three[2].Refused == "" || got.Three[2].Total != "" || got.Three[0].Total == "" || got.Honest == "" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestPut_KeepsAndResets(t *testing.T) {
	d := newDesk(t)
	s := newStudy(t, d)
	pack := typed(t, s, scenarios.Pay, study.SlotFrom)
	for _, c := range []struct{ id, slot, typed, want string }{
		{scenarios.Pay, study.SlotLow, "-12,5 %", "−12,5"},
		{scenarios.Pay, study.SlotFrom, "−20", "−20"},
		{scenarios.Pay, study.SlotTo, "+5", "5"},
		{scenarios.Delay, study.SlotHigh, "3", "3"},
		{scenarios.Attrition, study.SlotLow, "", ""},
		{scenarios.Attrition, study.SlotFrom, " ", "5"}, // the pack's
	} {
		if wrong := s.Put(c.id, c.slot, c.typed); wrong != nil {
			t.Fatal(wrong)
		}
		if got := typed(t, s, c.id, c.slot); got != c.want {
			t.Errorf("%s.%s typed %q reads %q", c.id, c.slot, c.typed, got)
		}
	}
	if wrong := s.PutDelay(domain.AIR, "4"); wrong != nil {
		t.Fatal(wrong)
	}
	if err := s.Keep(); err != nil {
		t.Fatal(err)
	}
	s = newStudy(t, d)
	if typed(t, s, scenarios.Pay, study.SlotLow) != "−12,5" || s.Delay(domain.AIR) != "4" || s.Delay(domain.PAE) != "" {
		t.Errorf("after a restart: %+v, %q", s.Assumed(), s.Delay(domain.AIR))
	}
	s.Reset()
	if got := typed(t, s, scenarios.Pay, study.SlotFrom); got != pack {
		t.Errorf("reset gives %q, the pack has %q", got, pack)
	}
}

func TestPut_Refuses(t *testing.T) {
	s := newStudy(t, newDesk(t))
	for _, c := range []struct{ id, slot, typed string }{
		{scenarios.Pay, study.SlotLow, "dix"},
		{scenarios.Pay, study.SlotLow, "-100"},
		{scenarios.Attrition, study.SlotLow, "-5"},
		{scenarios.Delay, study.SlotLow, "-1"},
		{scenarios.Delay, study.SlotLow, "121"},
		{scenarios.Delay, study.SlotLow, "1,5"},
		{scenarios.Pay, study.SlotFrom, "15"},
		{"luck", study.SlotLow, "1"},
	} {
		before := s.Assumed()
		wrong := s.Put(c.id, c.slot, c.typed)
		if wrong == nil || !strings.HasPrefix(wrong.Field, c.id) {
			t.Errorf("%s.%s takes %q: %v", c.id, c.slot, c.typed, wrong)
		}
		if after := s.Assumed(); !slices.EqualFunc(before, after, func(a, b study.Assumed) bool { return a.Own == b.Own }) {
			t.Errorf("a refused value changed something: %+v", after)
		}
	}
	if wrong := s.PutDelay(domain.PAE, "121"); wrong == nil || wrong.Field != "delays.PAE" {
		t.Errorf("a delay of 121 months: %v", wrong)
	}
}

// What is shown in a field reads back as the same value.
func TestPut_TypedReadsBack(t *testing.T) {
	s := newStudy(t, newDesk(t))
	rapid.Check(t, func(rt *rapid.T) {
		low, high := scenarios.Limits(scenarios.Pay)
		n := rapid.Int64Range(int64(low), int64(high)).Draw(rt, "n")
		q := domain.Quantity(n)
		sign := ""
		if q < 0 {
			sign, q = "-", -q
		}
		if wrong := s.Put(scenarios.Pay, study.SlotLow, sign+strings.ReplaceAll((q*100).String(), ".", ",")); wrong != nil {
			rt.Fatal(wrong)
		}
		once := typed(t, s, scenarios.Pay, study.SlotLow)
		if wrong := s.Put(scenarios.Pay, study.SlotLow, once); wrong != nil || typed(t, s, scenarios.Pay, study.SlotLow) != once {
			rt.Errorf("%q does not read back: %v", once, wrong)
		}
	})
}

func TestTornado(t *testing.T) {
	s := newStudy(t, newDesk(t))
	got, err := s.Tornado(context.Background(), eso())
	if err != nil || len(got.Swings) != len(scenarios.IDs) {
		t.Fatal(got, err)
	}
	last := -1.0
	for i, x := range got.Swings {
		span := x.High.MAD - x.Low.MAD
		if span = max(span, -span); i > 0 && span > last {
			t.Errorf("%s moves more than the one before", x.Name)
		}
		if last = span; x.Span == "" || x.Low.At == "" || x.High.Total == "" {
			t.Errorf("swing %+v", x)
		}
	}
}

func TestAIRStartsAndHeads(t *testing.T) {
	s, dr := newStudy(t, newDesk(t)), eso()
	starts, err := s.AIRStarts(context.Background(), dr)
	if err != nil || len(starts) != 1 {
		t.Fatal(starts, err)
	}
	if a := starts[0]; !a.Found || !a.Reached || len(a.Said) < 2 || !strings.Contains(a.About, "000") {
		t.Errorf("got %+v", a)
	}
	some, err := s.Heads(context.Background(), eso(), whatif.AllRoles, 1_000_000_00)
	if err != nil || !some.Found || some.Draft.Project.Roles[0].Hires[0].Count >= 40 {
		t.Errorf("fewer people for a million: %+v, %v", some, err)
	}
	never, err := s.Heads(context.Background(), eso(), whatif.AllRoles, 1_000_000_000_000_00)
	if err != nil || never.Found || !strings.HasPrefix(never.Said[0], "Impossible") {
		t.Errorf("got %+v, %v", never, err)
	}
	if _, err := s.Heads(context.Background(), eso(), whatif.AllRoles, 0); err == nil || desk.Say(s.Texts(), err) == "" {
		t.Errorf("a goal of nothing: %v", err)
	}
}

func TestPayback(t *testing.T) {
	s := newStudy(t, newDesk(t))
	saving := domain.Money(1_000_00)
	for _, c := range []*domain.Money{nil, &saving} {
		got, err := s.Payback(context.Background(), eso(), 5_000_000_00, c)
		if err != nil || got.Known != (c != nil) || len(got.Months) != 60 || len(got.Said) < 3 {
			t.Fatalf("got %+v, %v", got, err)
		}
		if unknown := strings.Contains(got.Said[0], "inconnu"); unknown == got.Known {
			t.Errorf("known %v says %q", got.Known, got.Said[0])
		}
	}
}

// The calendar adds up to the estimate and dates payments by the user's delays
// alone.
func TestCalendar(t *testing.T) {
	d := newDesk(t)
	s := newStudy(t, d)
	got, err := s.Calendar(eso())
	if err != nil {
		t.Fatal(err)
	}
	r, err := d.Estimate(eso())
	if err != nil {
		t.Fatal(err)
	}
	years := got.Acquired.ByYear()
	if total := years[len(years)-1].Cells[4]; !strings.Contains(total, d.Texts().Formatter().Amount(r.Benefits.Value)) {
		t.Errorf("the years add up to %q, the estimate to %v", total, r.Benefits.Value)
	}
	if all := got.Acquired.ByMonth(0); all[len(all)-1] != years[len(years)-1] {
		t.Errorf("the months add up to %v", all[len(all)-1])
	}
	if got.Dated || got.Undated != "" || len(got.Paid.Years()) != 0 || !strings.Contains(got.Said, "pas publiées") {
		t.Errorf("without delays: %+v", got)
	}
	if wrong := s.PutDelay(domain.AIR, "2"); wrong != nil {
		t.Fatal(wrong)
	}
	if got, err = s.Calendar(eso()); err != nil || !got.Dated {
		t.Fatal(got, err)
	}
	if first := got.Paid.ByMonth(2026)[0].Label; first != "mars 2026" {
		t.Errorf("the first payment is expected in %s", first)
	}
}

// An AIS that is not known is marked, never a nought.
func TestCalendar_UnknownAIS(t *testing.T) {
	s, dr := newStudy(t, newDesk(t)), eso()
	start := domain.NewMonth(2018, 1)
	dr.Project.OperationStart = &start // taxed from the first month, and no profit given
	got, err := s.Calendar(dr)
	if err != nil {
		t.Fatal(err)
	}
	unknown := 0
	for _, row := range got.Acquired.ByYear() {
		if row.Cells[3] == "inconnu" {
			unknown++
		}
	}
	if unknown == 0 {
		t.Errorf("no year says that its AIS is not known: %+v", got.Acquired.ByYear())
	}
}
