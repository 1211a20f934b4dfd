package whatif_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// engineers is two roles in Fes, one above the pay at which AIR starts there.
func engineers() domain.Project {
	p := calctest.Project("fes-shore", calctest.Role("30000", "2026-01", 40), calctest.Role("9000", "2026-04", 100))
	p.ExportShare = calctest.Share("0.9")
	return p
}

func fewer(m string) *domain.Share { return calctest.Share(m) }

func TestScenariosMoveTogether(t *testing.T) {
	e, p := calctest.Engine(t), engineers()
	out := whatif.Scenarios{
		Low:  whatif.Move{Attrition: fewer("0.30"), HiringDelayMonths: 6, PayChange: -100_000, ExportShareChange: -200_000},
		Base: whatif.Move{Attrition: fewer("0.15")},
		High: whatif.Move{Attrition: fewer("0.05"), PayChange: 50_000, ExportShareChange: 100_000, HeadcountChange: 250_000},
	}.Run(e, p)
	low := out[0].Project
	if low.Roles[0].GrossMonthly != calctest.Money("27000") || low.Roles[1].Hires[0].Month != calctest.Month("2026-10") ||
		*low.ExportShare != 700_000 || *low.Roles[1].AnnualAttrition != 300_000 {
		t.Errorf("low is %+v", low)
	}
	if high := out[2].Project; high.Roles[0].Hires[0].Count != 50 || high.Roles[1].Hires[0].Count != 125 {
		t.Errorf("high is %+v", high)
	}
	for i, o := range out {
		if want := calctest.Case(t, e, o.Project).Result().Benefits; o.Refused != nil || o.Result.Benefits != want {
			t.Errorf("%d: %+v", i, o)
		}
	}
	if !whatif.InOrder(out) || whatif.InOrder([3]whatif.Outcome{out[2], out[1], out[0]}) {
		t.Error("the order is not seen")
	}
}

// An export share that is not given is the whole, and moves from there.
func TestExportShareMovesFromTheWhole(t *testing.T) {
	p := engineers()
	p.ExportShare = nil
	if got := (whatif.Move{ExportShareChange: -250_000}).Apply(p).ExportShare; got == nil || *got != 750_000 {
		t.Errorf("moved to %v", got)
	}
}

// Heads are sought up to what the engine accepts beside those of other roles, and
// in one hire.
func TestMostHeads(t *testing.T) {
	e, p := calctest.Engine(t), engineers()
	q := whatif.Question{Find: whatif.Heads, Line: domain.PAF, AtLeast: 1}
	if a := solve(t, e, p, q); a.To != calc.MaxCount || a.Present != 40 {
		t.Errorf("%+v", a)
	}
	p.Roles[1].Hires = nil
	for i := range 10 {
		p.Roles[1].Hires = append(p.Roles[1].Hires, domain.Hire{Month: p.From + domain.Month(i), Count: 95_000})
	}
	if a := solve(t, e, p, q); a.To != 50_000 {
		t.Errorf("%+v", a)
	}
	q.Role = whatif.AllRoles
	if a := solve(t, e, p, q); a.To != calc.MaxPeople || a.Present != 950_040 {
		t.Errorf("%+v", a)
	}
}

// A settled reading is left as it is: PAE once brings the cost back in month 19.
func TestPaybackKeepsSettledReadings(t *testing.T) {
	p := calctest.Project("casanearshore", calctest.Role("12000", "2026-01", 100))
	p.Settled = []string{domain.ReadingPAEFrequency}
	saving := calctest.Money("2000")
	b, err := whatif.FindPayback(context.Background(), calctest.Engine(t), p, whatif.PaybackParams{Cost: calctest.Money("5000000"), Saving: &saving})
	if err != nil || b.With.Soonest.After != 19 || b.With.Latest.After != 19 {
		t.Errorf("%+v, %v", b.With, err)
	}
}

// Out of what the engine accepts is refused, where and by the engine, and leaves
// the other scenarios alone.
func TestScenarioRefused(t *testing.T) {
	for _, c := range []struct {
		field string
		move  whatif.Move
	}{
		{"exportShare", whatif.Move{ExportShareChange: 200_000}},
		{"exportShare", whatif.Move{ExportShareChange: -900_001}},
		{"roles[0].annualAttrition", whatif.Move{Attrition: fewer("1.2")}},
		{"roles[0].grossMonthly", whatif.Move{PayChange: -1_000_000}},
		{"roles[0].grossMonthly", whatif.Move{PayChange: -3_000_000}},
		{"roles[0].grossMonthly", whatif.Move{PayChange: 1 << 62}},
		{"roles[0].hires[0].month", whatif.Move{HiringDelayMonths: -13}},
		{"roles[0].hires[0].month", whatif.Move{HiringDelayMonths: 12_000}},
		{"roles[0].hires[0].count", whatif.Move{HeadcountChange: -1_000_000}},
	} {
		out := whatif.Scenarios{Low: c.move}.Run(calctest.Engine(t), engineers())
		refusedProject(t, out[0].Refused, c.field)
		if out[0].Result != nil || out[1].Refused != nil || out[2].Refused != nil || whatif.InOrder(out) {
			t.Errorf("%s: %+v", c.field, out)
		}
	}
}

// What a move does to the benefits, all else equal: fewer who stay, later hires,
// less pay and less export never bring more.
func TestMovesBringNoMore(t *testing.T) {
	e := calctest.Engine(t)
	inputs := []whatif.Input{
		{ID: "attrition", Low: whatif.Move{Attrition: fewer("0.35")}, High: whatif.Move{Attrition: fewer("0.05")}},
		{ID: "delay", Low: whatif.Move{HiringDelayMonths: 9}, High: whatif.Move{}},
		{ID: "pay", Low: whatif.Move{PayChange: -150_000}, High: whatif.Move{PayChange: 150_000}},
		{ID: "export", Low: whatif.Move{ExportShareChange: -300_000}, High: whatif.Move{ExportShareChange: 100_000}},
		{ID: "heads", Low: whatif.Move{HeadcountChange: -100_000}, High: whatif.Move{HeadcountChange: 100_000}},
	}
	swings, err := whatif.Tornado(context.Background(), e, engineers(), inputs)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range swings.Inputs {
		low, _ := s.Low.MAD()
		high, known := s.High.MAD()
		if span, _ := s.Span(); !known || low >= high || span != s.High.Benefits.Value-s.Low.Benefits.Value {
			t.Errorf("%s: %v to %v", s.ID, low, high)
		}
	}
}

func TestTornadoPutsTheWidestFirst(t *testing.T) {
	e, p := calctest.Engine(t), engineers()
	small, large := whatif.Move{HiringDelayMonths: 1}, whatif.Move{HiringDelayMonths: 12}
	out := whatif.Move{ExportShareChange: 200_000}
	swings, err := whatif.Tornado(context.Background(), e, p, []whatif.Input{
		{ID: "refused", Low: large, High: out},
		{ID: "none"},
		{ID: "small", Low: small},
		{ID: "none too"},
		{ID: "large", Low: large},
	})
	if err != nil {
		t.Fatal(err)
	}
	var order []string
	for _, s := range swings.Inputs {
		order = append(order, s.ID)
	}
	if got := strings.Join(order, ", "); got != "large, small, none, none too, refused" {
		t.Error(got)
	}
	base := calctest.Case(t, e, p).Result()
	if swings.Base.Benefits != base.Benefits || swings.Base.Extent != base.Extent(calc.LineBenefits) {
		t.Errorf("base %+v", swings.Base)
	}
	last := swings.Inputs[4]
	refusedProject(t, last.High.Refused, "exportShare")
	if _, known := last.High.MAD(); known || last.Low.Refused != nil {
		t.Errorf("%+v", last)
	}
	p.Site = "nowhere"
	_, err = whatif.Tornado(context.Background(), e, p, nil)
	refusedProject(t, err, "site")
}

func TestDelaysRefused(t *testing.T) {
	for field, d := range map[string]whatif.Delays{
		"delays.AIR":  {domain.AIR: -1},
		"delays.PAE":  {domain.PAE: whatif.MaxDelay + 1},
		"delays.AIRS": {"AIRS": 1},
	} {
		_, err := whatif.Cash(nil, d)
		refusedAt(t, err, field)
	}
}

func TestQuestionsRefused(t *testing.T) {
	good := whatif.Question{Find: whatif.Heads, Line: domain.AIR, AtLeast: 1}
	for field, spoil := range map[string]func(*whatif.Question){
		"role":    func(q *whatif.Question) { q.Role = 2 },
		"line":    func(q *whatif.Question) { q.Line = calc.LineTax },
		"atLeast": func(q *whatif.Question) { q.AtLeast = 0 },
		"most":    func(q *whatif.Question) { q.Most = -1 },
	} {
		q := good
		spoil(&q)
		_, err := whatif.Solve(context.Background(), calctest.Engine(t), engineers(), q)
		refusedAt(t, err, field)
	}
	all := whatif.Question{Find: whatif.Pay, Role: whatif.AllRoles, Line: domain.AIR, AtLeast: 1}
	_, err := whatif.Solve(context.Background(), calctest.Engine(t), engineers(), all)
	refusedAt(t, err, "role")
	low := whatif.AIRStarts(0)
	low.Most = 1
	_, err = whatif.Solve(context.Background(), calctest.Engine(t), engineers(), low)
	refusedAt(t, err, "most")
	p := engineers()
	p.Roles = nil
	_, err = whatif.Solve(context.Background(), calctest.Engine(t), p, good)
	refusedProject(t, err, "roles")
}

func TestPaybackRefused(t *testing.T) {
	minus, much := domain.Money(-1), calc.MaxPay+1
	for field, params := range map[string]whatif.PaybackParams{
		"cost":       {},
		"saving":     {Cost: 1, Saving: &minus},
		"delays.PAF": {Cost: 1, Delays: whatif.Delays{domain.PAF: -1}},
	} {
		_, err := whatif.FindPayback(context.Background(), calctest.Engine(t), engineers(), params)
		refusedAt(t, err, field)
	}
	_, err := whatif.FindPayback(context.Background(), calctest.Engine(t), engineers(), whatif.PaybackParams{Cost: 1, Saving: &much})
	refusedAt(t, err, "saving")
	_, err = whatif.FindPayback(context.Background(), calctest.Engine(t), engineers(), whatif.PaybackParams{Cost: whatif.MaxCost + 1})
	refusedAt(t, err, "cost")
}

// Without a saving there is no payback to speak of, only what the benefits cover;
// a delay for one benefit alone dates nothing.
func TestPaybackUnknown(t *testing.T) {
	params := whatif.PaybackParams{Cost: calctest.Money("1000000"), Delays: whatif.Delays{domain.AIR: 2}}
	b, err := whatif.FindPayback(context.Background(), calctest.Engine(t), engineers(), params)
	if err != nil {
		t.Fatal(err)
	}
	if b.Without != nil || b.With != nil || b.Paid || !b.Alone.Chosen.Reached {
		t.Errorf("%+v", b)
	}
	p := engineers()
	p.From, p.OperationStart = calctest.Month("2027-01"), new(domain.Month)
	*p.OperationStart = calctest.Month("2020-01")
	if b, err = whatif.FindPayback(context.Background(), calctest.Engine(t), p, params); err != nil || !b.Partly {
		t.Errorf("AIS is not known, partly %v, %v", b.Partly, err)
	}
}

func TestStopped(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	e, p := calctest.Engine(t), engineers()
	_, tornado := whatif.Tornado(ctx, e, p, make([]whatif.Input, 1))
	_, solved := whatif.Solve(ctx, e, p, whatif.AIRStarts(0))
	_, payback := whatif.FindPayback(ctx, e, p, whatif.PaybackParams{Cost: 1})
	for i, err := range []error{tornado, solved, payback} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%d: %v", i, err)
		}
	}
}
