package result

import (
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
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
