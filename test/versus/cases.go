package main

import (
	"fmt"
	"math"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
	"atlasp2i/internal/rules"
)

const sample = "samples/eso-fes.json"

// Case is what differs from one estimate to the next. The rest is that of the worked
// case: one role in Fes, hired in January 2026, five calendar years, default readings.
type Case struct {
	Count, Dependants                  int
	Pay                                domain.Money
	Raise, Moroccan, Attrition, Export domain.Share
	Opened                             int // year in which operation starts
	Profits                            []domain.Money
}

// lines are the keys of what every contestant computes for each year.
var lines = []string{"grossPay", "employerCharges", "incomeTax", "AIR", "PAE", "PAF", "corporateTax", "AIS"}

// ours is the engine and the worked case it is measured with.
type ours struct {
	engine *calc.Engine
	worked domain.Project
}

func load() (*calc.Engine, error) {
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		return nil, err
	}
	return calc.New(pack)
}

func newOurs() (*ours, error) {
	engine, err := load()
	if err != nil {
		return nil, err
	}
	data, err := assets.Samples.ReadFile(sample)
	if err != nil {
		return nil, err
	}
	worked, err := project.Read(data)
	return &ours{engine: engine, worked: worked}, err
}

func (o *ours) first() int { return o.worked.From.Year() }
func (o *ours) years() int { return *o.worked.Months / 12 }

// of is the worked case with count people.
func (o *ours) of(count int) Case {
	r := &o.worked.Roles[0]
	return Case{
		Count: count, Pay: r.GrossMonthly, Dependants: *r.Dependants, Raise: *r.AnnualRaise,
		Moroccan: *r.MoroccanShare, Attrition: *r.AnnualAttrition, Export: domain.ShareOne,
		Opened: o.worked.OperationStart.Year(), Profits: make([]domain.Money, o.years()),
	}
}

// drawn are n cases that reach every branch of the rules, the worked case first. Where
// all agree, it is on the rules and not on one figure. Profits are whole hundreds:
// half a centime is a matter of luck in the binary fractions of the others.
func (o *ours) drawn(n int) []Case {
	pays := []domain.Money{3_000_000, 350_000, 610_050, 900_000, 1_255_400, 1_450_075, 2_141_800, 2_500_001, 6_000_000}
	shares := []domain.Share{0, 30_000, 125_000, 333_333}
	list := []Case{o.of(o.worked.Roles[0].Hires[0].Count)}
	for i := 1; i < n; i++ {
		c := o.of(i)
		c.Pay, c.Dependants = pays[i%len(pays)], i%8
		c.Raise, c.Attrition = shares[i%3], shares[i/3%4]
		c.Moroccan, c.Export = domain.ShareOne-shares[i/2%4], domain.ShareOne-shares[i/5%4]
		c.Opened -= i % 7
		for y := range c.Profits {
			c.Profits[y] = domain.Money(i%4*(y+1)) * 12_345_600_00
		}
		list = append(list, c)
	}
	return list
}

func (o *ours) project(c Case) domain.Project {
	p, role := o.worked, o.worked.Roles[0]
	role.GrossMonthly, role.Dependants = c.Pay, &c.Dependants
	role.AnnualRaise, role.MoroccanShare, role.AnnualAttrition = &c.Raise, &c.Moroccan, &c.Attrition
	role.Hires = []domain.Hire{{Month: p.From, Count: c.Count}}
	opened := domain.NewMonth(c.Opened, 1)
	p.OperationStart, p.ExportShare, p.Roles, p.Profits = &opened, &c.Export, []domain.Role{role}, nil
	for y, taxable := range c.Profits {
		p.Profits = append(p.Profits, domain.Profit{Year: o.first() + y, Taxable: taxable})
	}
	return p
}

// estimate is the work that is measured: the project checked and prepared, every line
// of every year.
func (o *ours) estimate(p domain.Project) ([]calc.Year, error) {
	c, err := o.engine.Case(p)
	if err != nil {
		return nil, err
	}
	return c.Years(), nil
}

// agree fails where a line of another's differs from ours by a centime. Amounts are in
// MAD: for each case the lines of the first year, then those of the next.
func (o *ours) agree(who string, cases []Case, theirs [][]float64) error {
	if len(theirs) != len(cases) {
		return fmt.Errorf("%s gives %d results for %d cases", who, len(theirs), len(cases))
	}
	for i, c := range cases {
		years, err := o.estimate(o.project(c))
		if err != nil {
			return err
		}
		if len(theirs[i]) != len(years)*len(lines) {
			return fmt.Errorf("%s gives %d amounts for case %d, want %d", who, len(theirs[i]), i, len(years)*len(lines))
		}
		for y := range years {
			for l, want := range amounts(&years[y]) {
				got := theirs[i][y*len(lines)+l]
				if domain.Money(math.Round(got*100)) != want {
					return fmt.Errorf("%s: %s of %d is %.2f, ours is %s, in case %d: %+v", who, lines[l], years[y].Year, got, want, i, c)
				}
			}
		}
	}
	return nil
}

// amounts are the lines of a year, in the order of lines.
func amounts(y *calc.Year) []domain.Money {
	return []domain.Money{y.GrossPay, y.EmployerCharges, y.IncomeTax, y.AIR, y.PAE, y.PAF, y.CorporateTax, y.AIS}
}
