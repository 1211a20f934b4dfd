package calc

import (
	"fmt"
	"math"
	"sort"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Engine computes under one rule pack. It is immutable and safe for use by
// several goroutines.
type Engine struct {
	pack        *rules.Pack
	eras        []era
	first       domain.Month // first month the pack has payroll values for
	today       domain.Month // month in which the pack was verified
	regime      window
	profitFirst int     // the first year whose corporate tax the pack has
	combos      []combo // every combination of the readings, defaults first
}

// window is a range of months, both ends included.
type window struct{ first, last domain.Month }

func (w window) has(m domain.Month) bool { return m >= w.first && m <= w.last }

// era is a range of months in which every value of the pack is the same.
type era struct {
	from domain.Month
	val  values
}

// values are the pack's values of one month, scaled as the package comment says.
// A benefit value of -1 is absent in that month.
type values struct {
	cnssCeiling, cnssEmployee, amoEmployee      int64
	cnssEmployer, family, amoEmployer, training int64
	scale                                       []rules.Bracket
	fpThreshold, fpLow, fpHigh, fpMax           int64
	dependant, dependantMax                     int64
	airMain, airSecondary                       int64
	pae, paf, ceiling                           int64
	paeStay, paeAnnual, pafMonths               int64
	ais, is, isHigh, isThreshold, isExempt      int64
	smig                                        int64
}

// field ties a parameter of the pack to the place it is kept in; payroll values
// must exist in every month from the first on, benefit values may end.
type field struct {
	id      string
	unit    string
	payroll bool
	at      func(*values) *int64
}

const scaleParam = "ir.scale"

func fields() []field {
	pay := func(id, unit string, at func(*values) *int64) field { return field{id, unit, true, at} }
	ben := func(id, unit string, at func(*values) *int64) field { return field{id, unit, false, at} }
	return []field{
		pay("cnss.ceiling", rules.UnitMADMonth, func(v *values) *int64 { return &v.cnssCeiling }),
		pay("cnss.employee.rate", rules.UnitShare, func(v *values) *int64 { return &v.cnssEmployee }),
		pay("amo.employee.rate", rules.UnitShare, func(v *values) *int64 { return &v.amoEmployee }),
		pay("cnss.employer.rate", rules.UnitShare, func(v *values) *int64 { return &v.cnssEmployer }),
		pay("family.employer.rate", rules.UnitShare, func(v *values) *int64 { return &v.family }),
		pay("amo.employer.rate", rules.UnitShare, func(v *values) *int64 { return &v.amoEmployer }),
		pay("tfp.employer.rate", rules.UnitShare, func(v *values) *int64 { return &v.training }),
		pay("ir.fp.threshold", rules.UnitMADYear, func(v *values) *int64 { return &v.fpThreshold }),
		pay("ir.fp.low.rate", rules.UnitShare, func(v *values) *int64 { return &v.fpLow }),
		pay("ir.fp.high.rate", rules.UnitShare, func(v *values) *int64 { return &v.fpHigh }),
		pay("ir.fp.high.max", rules.UnitMADYear, func(v *values) *int64 { return &v.fpMax }),
		pay("ir.dependant.amount", rules.UnitMADYear, func(v *values) *int64 { return &v.dependant }),
		pay("ir.dependant.max", rules.UnitPersons, func(v *values) *int64 { return &v.dependantMax }),
		ben("air.cap.main", rules.UnitShare, func(v *values) *int64 { return &v.airMain }),
		ben("air.cap.secondary", rules.UnitShare, func(v *values) *int64 { return &v.airSecondary }),
		ben("pae.rate", rules.UnitShare, func(v *values) *int64 { return &v.pae }),
		ben("pae.stay", rules.UnitMonths, func(v *values) *int64 { return &v.paeStay }),
		ben("pae.annual.months", rules.UnitMonths, func(v *values) *int64 { return &v.paeAnnual }),
		ben("paf.rate", rules.UnitShare, func(v *values) *int64 { return &v.paf }),
		ben("paf.months", rules.UnitMonths, func(v *values) *int64 { return &v.pafMonths }),
		ben("premium.ceiling", rules.UnitMAD, func(v *values) *int64 { return &v.ceiling }),
		ben("ais.rate", rules.UnitShare, func(v *values) *int64 { return &v.ais }),
		ben("is.rate", rules.UnitShare, func(v *values) *int64 { return &v.is }),
		ben("is.high.rate", rules.UnitShare, func(v *values) *int64 { return &v.isHigh }),
		ben("is.high.threshold", rules.UnitMAD, func(v *values) *int64 { return &v.isThreshold }),
		ben("is.exempt.years", rules.UnitYears, func(v *values) *int64 { return &v.isExempt }),
		ben("smig.month", rules.UnitMADMonth, func(v *values) *int64 { return &v.smig }),
	}
}

// New prepares a pack for calculation. It fails where the pack lacks a
// parameter the calculation needs, gives it another unit, or names a reading
// that this engine does not know.
func New(pack *rules.Pack) (*Engine, error) {
	e := &Engine{pack: pack}
	if pack.VerifiedOn == "" {
		return nil, fmt.Errorf("pack %s: no verification date", pack.ID)
	}
	e.today = pack.VerifiedOn.Month()
	if err := e.readRegime(); err != nil {
		return nil, err
	}
	if err := e.readEras(); err != nil {
		return nil, err
	}
	combos, err := allCombos(pack.Readings)
	if err != nil {
		return nil, err
	}
	e.combos = combos
	return e, nil
}

// Pack is the rule pack the engine computes under.
func (e *Engine) Pack() *rules.Pack { return e.pack }

// FirstMonth is the first month a project may start or hire in.
func (e *Engine) FirstMonth() domain.Month { return e.first }

// FirstProfitYear is the first year a taxable profit may be given for: corporate
// tax is complete in the pack from its January on.
func (e *Engine) FirstProfitYear() int { return e.profitFirst }

// MinimumPay is the legal minimum monthly pay (SMIG, MAD a month) in month m,
// and whether the pack has one for that month.
func (e *Engine) MinimumPay(m domain.Month) (domain.Money, bool) {
	v := e.valuesAt(m).smig
	return domain.Money(v), v >= 0
}

func (e *Engine) param(id, unit string) (*rules.Param, error) {
	p := e.pack.Params[id]
	if p == nil {
		return nil, fmt.Errorf("pack %s: parameter %s is missing", e.pack.ID, id)
	}
	if p.Unit != unit {
		return nil, fmt.Errorf("%s:%d: parameter %s has unit %s; accepted: %s", p.Pos.File, p.Pos.Line, id, p.Unit, unit)
	}
	return p, nil
}

func (e *Engine) readRegime() error {
	for _, b := range []struct {
		id string
		to *domain.Month
	}{{"regime.first", &e.regime.first}, {"regime.last", &e.regime.last}} {
		p, err := e.param(b.id, rules.UnitMonth)
		if err != nil {
			return err
		}
		found := false
		for i := range p.Dated {
			if p.Dated[i].Status == rules.InForce {
				*b.to, found = domain.Month(p.Dated[i].Num), true
			}
		}
		if !found {
			return fmt.Errorf("%s:%d: parameter %s has no value in force", p.Pos.File, p.Pos.Line, b.id)
		}
	}
	return nil
}

// readEras cuts time wherever a value, a site's status or the regime changes.
func (e *Engine) readEras() error {
	cuts := map[domain.Month]bool{e.regime.first: true, e.regime.last + 1: true}
	fs := fields()
	for _, f := range fs {
		p, err := e.param(f.id, f.unit)
		if err != nil {
			return err
		}
		cutAt(cuts, p)
		if first, ok := p.First(); f.payroll && ok && first > e.first {
			e.first = first
		}
	}
	scale, err := e.param(scaleParam, rules.UnitScale)
	if err != nil {
		return err
	}
	cutAt(cuts, scale)
	for i := range e.pack.Sites {
		for _, h := range e.pack.Sites[i].History {
			cuts[h.From.Month()] = true
			if h.To != "" {
				cuts[h.To.Month()+1] = true
			}
		}
	}
	months := make([]domain.Month, 0, len(cuts))
	for m := range cuts {
		if m >= e.first {
			months = append(months, m)
		}
	}
	sort.Slice(months, func(i, j int) bool { return months[i] < months[j] })
	if len(months) == 0 || months[0] != e.first {
		months = append([]domain.Month{e.first}, months...)
	}
	for _, m := range months {
		v, err := e.readValues(fs, scale, m)
		if err != nil {
			return err
		}
		e.eras = append(e.eras, era{m, v})
	}
	if err := e.readProfitFirst(fs); err != nil {
		return err
	}
	for i := range e.eras {
		if err := e.complete(fs, e.eras[i].from, &e.eras[i].val); err != nil {
			return err
		}
	}
	return nil
}

const corporateParams = "is."

// readProfitFirst finds the first year in whose January every value of corporate
// tax is there: a fiscal year is taxed by the values of its January.
func (e *Engine) readProfitFirst(fs []field) error {
	missing := ""
	for year := (e.first + 11).Year(); year <= lastYear; year++ {
		v := e.valuesAt(domain.NewMonth(year, 1))
		missing = ""
		for _, f := range fs {
			if strings.HasPrefix(f.id, corporateParams) && *f.at(v) < 0 {
				missing = f.id
			}
		}
		if missing == "" {
			e.profitFirst = year
			return nil
		}
	}
	return fmt.Errorf("pack %s: no January has every value of corporate tax; %s is missing", e.pack.ID, missing)
}

// complete refuses a pack that leaves a benefit without a value inside the
// regime: the months there must all be computable. Corporate tax is asked for
// from the first year a profit may be given; AIS and the minimum wage may lack.
func (e *Engine) complete(fs []field, m domain.Month, v *values) error {
	for _, f := range fs {
		corporate := strings.HasPrefix(f.id, corporateParams)
		needed := e.regime.has(m)
		if corporate {
			needed = m.Year() >= e.profitFirst
		}
		if f.payroll || f.id == "ais.rate" || f.id == "smig.month" || !needed || *f.at(v) >= 0 {
			continue
		}
		return fmt.Errorf("pack %s: parameter %s has no value in %s", e.pack.ID, f.id, m)
	}
	return nil
}

func cutAt(cuts map[domain.Month]bool, p *rules.Param) {
	for _, d := range p.Dated {
		cuts[d.From.Month()] = true
		if d.To != "" {
			cuts[d.To.Month()+1] = true
		}
	}
}

func (e *Engine) readValues(fs []field, scale *rules.Param, m domain.Month) (values, error) {
	var v values
	for _, f := range fs {
		d, ok := e.pack.Params[f.id].At(m)
		switch {
		case ok:
			*f.at(&v) = d.Num
		case f.payroll:
			return v, fmt.Errorf("pack %s: parameter %s has no value in %s", e.pack.ID, f.id, m)
		default:
			*f.at(&v) = -1
		}
	}
	d, ok := scale.At(m)
	if !ok {
		return v, fmt.Errorf("pack %s: parameter %s has no value in %s", e.pack.ID, scaleParam, m)
	}
	v.scale = d.Brackets
	return v, nil
}

// eraAt is the index of the era that month m lies in; m is not before first.
func (e *Engine) eraAt(m domain.Month) int {
	i := sort.Search(len(e.eras), func(i int) bool { return e.eras[i].from > m })
	return max(i-1, 0)
}

func (e *Engine) valuesAt(m domain.Month) *values { return &e.eras[e.eraAt(m)].val }

// inRegime is the month whose benefit values apply in month m: a right that runs
// on after the end of the regime keeps the values of the last month.
func (e *Engine) inRegime(m domain.Month) *values { return e.valuesAt(min(m, e.regime.last)) }

// inRegimeUntil is inRegime, and the first month in which it may differ.
func (e *Engine) inRegimeUntil(m domain.Month) (*values, domain.Month) {
	i := e.eraAt(min(m, e.regime.last))
	if m >= e.regime.last || i+1 == len(e.eras) {
		return &e.eras[i].val, domain.Month(math.MaxInt32)
	}
	return &e.eras[i].val, e.eras[i+1].from
}

// caps is the AIR cap at a place in month m under the two values of air.outside,
// in millionths; -1 is none.
func (e *Engine) caps(site *rules.Site, region string, inside bool, m domain.Month, v *values) [2]int64 {
	if !e.regime.has(m) {
		return [2]int64{-1, -1}
	}
	if inside && e.operates(site, m) {
		st, _ := site.At(m)
		return [2]int64{v.cap(st.Class), v.cap(st.Class)}
	}
	class := e.class(region, m)
	if class == "" {
		return [2]int64{v.airSecondary, v.airSecondary}
	}
	return [2]int64{-1, v.cap(class)}
}

// cap is the AIR cap of a class of platforms.
func (v *values) cap(class string) int64 {
	if class == rules.ClassMain {
		return v.airMain
	}
	return v.airSecondary
}

// Cap is an AIR cap: the share of gross taxable pay above which the State bears
// the income tax. Where none applies there is no AIR and Share says nothing.
type Cap struct {
	Share   domain.Share
	Applies bool
}

func newCap(n int64) Cap { return Cap{domain.Share(max(n, 0)), n >= 0} }

// AIRCap is the cap of month m for a company in a place (a platform or a region)
// under the reading "none" of air.outside and under "region". Inside is whether
// it stands in the platform, where that is in operation. The two differ only
// outside a platform in a region that has one; outside the regime and for an
// unknown place none applies.
func (e *Engine) AIRCap(place string, inside bool, m domain.Month) (none, region Cap) {
	site := e.pack.Site(place)
	if site != nil {
		place = site.Region
	}
	if e.pack.Region(place) == nil || m < e.first {
		return Cap{}, Cap{}
	}
	both := e.caps(site, place, inside, m, e.valuesAt(m))
	return newCap(both[0]), newCap(both[1])
}

// ClassCap is the cap of a class of platforms in month m.
func (e *Engine) ClassCap(class string, m domain.Month) Cap {
	if m < e.first || !e.regime.has(m) {
		return Cap{}
	}
	return newCap(e.valuesAt(m).cap(class))
}

// Today is the month the pack was verified in: what a screen without a project
// calls "today", so that the same pack always says the same.
func (e *Engine) Today() domain.Month { return e.today }

// RegimeLast is the last month of the regime.
func (e *Engine) RegimeLast() domain.Month { return e.regime.last }
