package figures

import (
	"cmp"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

// Kind says what sort of time a period is.
type Kind int

// Kinds of a period, those that are known best first.
const (
	Undated Kind = iota // no time is given
	Month
	Quarter
	Half
	Year
	Fiscal // a fiscal year: which months it has depends on the country
	About  // about a year
	Range  // from one time to another, either perhaps open
)

// Period is the time a figure speaks of. Two periods are equal where == says so.
type Period struct {
	text       string // canonical; "" is undated
	kind       Kind
	start, end domain.Month // nominal for Fiscal and About; open ends are 0
}

const undated = "undated"

// ParsePeriod reads the one grammar of periods: "2024", "2024-H1", "2024-Q3",
// "2024-09", "FY2025", "~2018" (about), "undated", and ranges of the first four,
// "2014/2020", "2024-01/2024-09", "/2027" (to), "2025/" (from). Years are 1900 to
// 2199. Otherwise a *domain.Problem.
func ParsePeriod(s string) (Period, error) {
	p, ok := parsePeriod(s)
	if !ok {
		return Period{}, domain.Refuse("period", s, "figures.problem.period")
	}
	return p, nil
}

func parsePeriod(s string) (Period, bool) {
	if s == undated {
		return Period{}, true
	}
	if year, ok := strings.CutPrefix(s, "FY"); ok {
		return yearAs(Fiscal, s, year)
	}
	if year, ok := strings.CutPrefix(s, "~"); ok {
		return yearAs(About, s, year)
	}
	from, to, isRange := strings.Cut(s, "/")
	if !isRange {
		return plain(s)
	}
	p := Period{text: s, kind: Range}
	var before domain.Month // the range's end begins after it
	if from == "" && to == "" {
		return Period{}, false
	}
	if from != "" {
		first, ok := plain(from)
		if !ok {
			return Period{}, false
		}
		p.start, before = first.start, first.end
	}
	if to != "" {
		last, ok := plain(to)
		if !ok || last.start <= before {
			return Period{}, false
		}
		p.end = last.end
	}
	return p, true
}

func yearAs(kind Kind, text, year string) (Period, bool) {
	p, ok := plain(year)
	if !ok || p.kind != Year {
		return Period{}, false
	}
	p.text, p.kind = text, kind
	return p, true
}

// plain reads a year, a half, a quarter or a month.
func plain(s string) (Period, bool) {
	const firstYear, lastYear = 1900, 2199
	year, part, inYear := strings.Cut(s, "-")
	january, err := domain.ParseMonth(year + "-01")
	if err != nil || january.Year() < firstYear || january.Year() > lastYear {
		return Period{}, false
	}
	if !inYear {
		return Period{s, Year, january, january + 11}, true
	}
	if m, err := domain.ParseMonth(s); err == nil {
		return Period{s, Month, m, m}, true
	}
	kind, months := Half, 6
	at := slices.Index(halves, part)
	if at < 0 {
		kind, months = Quarter, 3
		at = slices.Index(quarters, part)
	}
	if at < 0 {
		return Period{}, false
	}
	start := january + domain.Month(at*months)
	return Period{s, kind, start, start + domain.Month(months-1)}, true
}

var (
	halves   = []string{"H1", "H2"}
	quarters = []string{"Q1", "Q2", "Q3", "Q4"}
)

// String prints the canonical form that ParsePeriod reads.
func (p Period) String() string {
	if p.text == "" {
		return undated
	}
	return p.text
}

// Kind is the sort of the period.
func (p Period) Kind() Kind { return p.kind }

// Start is the first month; false where it is open, undated, or of a fiscal year.
func (p Period) Start() (domain.Month, bool) { return p.start, p.kind != Fiscal && p.start != 0 }

// End is the last month; false where it is open, undated, or of a fiscal year.
func (p Period) End() (domain.Month, bool) { return p.end, p.kind != Fiscal && p.end != 0 }

// Compare orders periods by where they end, then by where they begin, shorter
// ones first; an open range stands where its known end is, undated comes last.
func (p Period) Compare(q Period) int {
	return cmp.Or(
		compareBool(p.kind == Undated, q.kind == Undated),
		cmp.Compare(max(p.start, p.end), max(q.start, q.end)),
		cmp.Compare(q.start, p.start),
		cmp.Compare(p.kind, q.kind),
		cmp.Compare(p.text, q.text),
	)
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// MarshalText writes the canonical form.
func (p Period) MarshalText() ([]byte, error) { return []byte(p.String()), nil }
