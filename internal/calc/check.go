package calc

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// Limits of the engine itself, not of any rule: inside them every exact sum
// stays below 128 bits (wide.go). They are far above any real project.
const (
	MaxMonths      = 180
	MaxCount       = 100_000
	MaxPeople      = 1_000_000
	MaxPay         = domain.Money(10_000_000_00) // centimes a month, raises included
	MaxDependants  = 20
	lastYear       = 2099
	DefaultMonths  = 60 // the horizon where none is given
	MaxNameLetters = 200
)

// Check lists what is wrong with a project under the engine's pack, in the order
// of the fields; an empty list means that it can be computed. Each problem names
// the field, what stood there and what is accepted.
func (e *Engine) Check(p *domain.Project) []*domain.Problem {
	c := checker{eng: e}
	c.names(p)
	c.place(p)
	c.dates(p)
	c.share("exportShare", p.ExportShare)
	c.roles(p)
	c.profits(p)
	c.readings(p)
	return c.found
}

type checker struct {
	eng   *Engine
	found []*domain.Problem
}

func (c *checker) refuse(field, value, key string, pairs ...any) {
	c.found = append(c.found, domain.Refuse(field, value, key, pairs...))
}

// CheckName is what is wrong with the name of a project, or nil.
func CheckName(name string) *domain.Problem {
	switch {
	case strings.TrimSpace(name) == "":
		return domain.Refuse("name", name, "refuse.empty")
	case len([]rune(name)) > MaxNameLetters:
		return domain.Refuse("name", name, "refuse.long", "max", MaxNameLetters)
	}
	return nil
}

func (c *checker) names(p *domain.Project) {
	if wrong := CheckName(p.Name); wrong != nil {
		c.found = append(c.found, wrong)
	}
	var ids []string
	for _, s := range c.eng.pack.Segments {
		ids = append(ids, s.ID)
	}
	if !slices.Contains(ids, p.Segment) {
		c.refuse("segment", p.Segment, "refuse.oneOf", "accepted", strings.Join(ids, ", "))
	}
}

func (c *checker) place(p *domain.Project) {
	site, region := c.eng.pack.Site(p.Site), c.eng.pack.Region(p.Site)
	if site == nil && region == nil {
		c.refuse("site", p.Site, "refuse.oneOf", "accepted", strings.Join(c.eng.Places(), ", "))
		return
	}
	if site != nil && site.Kind != rules.KindP2I {
		c.refuse("site", p.Site, "refuse.dataCentre", "accepted", strings.Join(c.eng.Places(), ", "))
		return
	}
	if p.InsideP2I != nil && *p.InsideP2I && !c.eng.operates(site, c.eng.today) {
		c.refuse("insideP2I", "true", "refuse.noP2I")
	}
}

// Places lists the ids that a project's site may have: platforms, then regions.
func (e *Engine) Places() []string {
	var ids []string
	for _, s := range e.pack.Sites {
		if s.Kind == rules.KindP2I {
			ids = append(ids, s.ID)
		}
	}
	var regions []string
	for _, r := range e.pack.Regions {
		regions = append(regions, r.ID)
	}
	sort.Strings(regions)
	return append(ids, regions...)
}

func (c *checker) wrongMonth(m domain.Month) bool { return m < c.eng.first || m.Year() > lastYear }

func (c *checker) month(field string, m domain.Month) {
	if c.wrongMonth(m) {
		c.refuse(field, m.String(), "refuse.monthRange", "first", c.eng.first, "last", domain.NewMonth(lastYear, 12))
	}
}

func (c *checker) dates(p *domain.Project) {
	c.month("from", p.From)
	if p.Months != nil && (*p.Months < 1 || *p.Months > MaxMonths) {
		c.refuse("months", strconv.Itoa(*p.Months), "refuse.range", "min", 1, "max", MaxMonths)
	}
	if s := p.OperationStart; s != nil && (s.Year() < 1900 || s.Year() > lastYear) {
		c.refuse("operationStart", s.String(), "refuse.monthRange", "first", domain.NewMonth(1900, 1), "last", domain.NewMonth(lastYear, 12))
	}
}

func (c *checker) share(field string, s *domain.Share) {
	if s != nil && (*s < 0 || *s > domain.ShareOne) {
		c.refuse(field, s.String(), "refuse.share")
	}
}

func (c *checker) roles(p *domain.Project) {
	if len(p.Roles) == 0 {
		c.refuse("roles", "", "refuse.noRole")
	}
	people := 0
	for i := range p.Roles {
		r, at := &p.Roles[i], fmt.Sprintf("roles[%d].", i)
		if strings.TrimSpace(r.Title) == "" {
			c.refuse(at+"title", r.Title, "refuse.empty")
		}
		if r.GrossMonthly <= 0 || r.GrossMonthly > MaxPay {
			c.refuse(at+"grossMonthly", r.GrossMonthly.String(), "refuse.pay", "max", MaxPay)
		}
		c.share(at+"annualRaise", r.AnnualRaise)
		c.share(at+"moroccanShare", r.MoroccanShare)
		c.share(at+"annualAttrition", r.AnnualAttrition)
		if d := r.Dependants; d != nil && (*d < 0 || *d > MaxDependants) {
			c.refuse(at+"dependants", strconv.Itoa(*d), "refuse.range", "min", 0, "max", MaxDependants)
		}
		people += c.hires(at, r)
		c.raised(at, p, r)
	}
	if people > MaxPeople {
		c.refuse("roles", strconv.Itoa(people), "refuse.people", "max", MaxPeople)
	}
}

func (c *checker) hires(at string, r *domain.Role) (people int) {
	if len(r.Hires) == 0 {
		c.refuse(at+"hires", "", "refuse.noHire")
	}
	for j, h := range r.Hires {
		if c.wrongMonth(h.Month) {
			c.month(fmt.Sprintf("%shires[%d].month", at, j), h.Month)
		}
		if h.Count < 1 || h.Count > MaxCount {
			c.refuse(fmt.Sprintf("%shires[%d].count", at, j), strconv.Itoa(h.Count), "refuse.range", "min", 1, "max", MaxCount)
			continue
		}
		people = min(people+h.Count, MaxPeople+1)
	}
	return people
}

// raised refuses raises that would carry pay past what the engine computes.
func (c *checker) raised(at string, p *domain.Project, r *domain.Role) {
	if len(c.found) > 0 || r.AnnualRaise == nil || *r.AnnualRaise == 0 {
		return
	}
	end := p.From + DefaultMonths
	if p.Months != nil {
		end = p.From + domain.Month(*p.Months)
	}
	years := 0
	for _, h := range r.Hires {
		years = max(years, int(end-1-h.Month)/12)
	}
	if _, ok := raise(r.GrossMonthly, *r.AnnualRaise, years); !ok {
		c.refuse(at+"annualRaise", r.AnnualRaise.String(), "refuse.raise", "max", MaxPay)
	}
}

func (c *checker) profits(p *domain.Project) {
	seen := map[int]bool{}
	for i, x := range p.Profits {
		at := fmt.Sprintf("profits[%d].", i)
		year := strconv.Itoa(x.Year)
		if x.Year < c.eng.profitFirst || x.Year > lastYear {
			c.refuse(at+"year", year, "refuse.range", "min", c.eng.profitFirst, "max", lastYear)
		} else if seen[x.Year] {
			c.refuse(at+"year", year, "refuse.twice")
		}
		if x.Taxable < 0 {
			c.refuse(at+"taxable", x.Taxable.String(), "refuse.amount")
		}
		seen[x.Year] = true
	}
}

func (c *checker) readings(p *domain.Project) {
	ids := make([]string, 0, len(p.Readings))
	for id := range p.Readings {
		ids = append(ids, id)
	}
	sort.Strings(ids)
	known := strings.Join(domain.ReadingIDs[:], ", ")
	for _, id := range ids {
		k := readingIndex(id)
		if k < 0 {
			c.refuse("readings."+id, p.Readings[id], "refuse.oneOf", "accepted", known)
			continue
		}
		if vs := c.eng.pack.Readings[k].Values; !slices.Contains(vs, p.Readings[id]) {
			c.refuse("readings."+id, p.Readings[id], "refuse.oneOf", "accepted", strings.Join(vs, ", "))
		}
	}
	for i, id := range p.Settled {
		at := fmt.Sprintf("settled[%d]", i)
		if readingIndex(id) < 0 {
			c.refuse(at, id, "refuse.oneOf", "accepted", known)
		} else if slices.Contains(p.Settled[:i], id) {
			c.refuse(at, id, "refuse.twice")
		}
	}
}
