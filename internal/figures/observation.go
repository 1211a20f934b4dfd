package figures

import (
	"cmp"

	"atlasp2i/internal/rules"
)

// NoSeries is the series of a figure that belongs to none.
const NoSeries = "none"

// Roles of an observation.
const (
	RoleFigure  = "figure"  // a published figure
	RoleContext = "context" // beside the sector: shown, canonical only where there is no figure
	RoleTrap    = "trap"    // wrong or misleading: kept, never canonical, never drawn
)

// Kinds of an indicator: what can be done with its values.
const (
	KindLevel  = "level"
	KindShare  = "share"
	KindGrowth = "growth"
	KindTarget = "target"
	KindRank   = "rank"
	KindOther  = "other"
)

// Key is one quantity: readings with the same key speak of the same thing.
type Key struct {
	Country   string // ISO 3166 alpha-2, or a wider area such as WORLD
	Indicator string
	Segment   string // "ITO", "TOTAL"; compound ones such as "ITO+CRM" are their own
	Period    Period
	Series    string // NoSeries where there is none; two series are never joined
	Unit      string
}

// Compare orders keys by country, indicator, segment, series, unit and period.
func (k Key) Compare(o Key) int {
	return cmp.Or(
		cmp.Compare(k.Country, o.Country), cmp.Compare(k.Indicator, o.Indicator), cmp.Compare(k.Segment, o.Segment),
		cmp.Compare(k.Series, o.Series), cmp.Compare(k.Unit, o.Unit), k.Period.Compare(o.Period),
	)
}

// Observation is one published reading of a quantity.
type Observation struct {
	ID string
	Key
	Value       Num
	Low, High   *Num // what the value may be, where more is known than its digits say; both or none
	Role        string
	Chosen      bool   // the pack says that this reading is canonical
	Published   string // as printed, "" where it was printed like Value
	Confidence  string // one of the confidences of rules
	Preliminary bool
	Sources     []rules.Source // at least one; an imported one has no id
	Note        string         // text key of the pack, "" if none
	Remark      string         // what an imported file says, in its own words
	Line        int            // in its file, 0 where it has none
}

// newest is the date of the newest dated source, "" where none has a date.
func (o *Observation) newest() string {
	date := ""
	for _, s := range o.Sources {
		if s.Date != rules.Undated {
			date = max(date, s.Date)
		}
	}
	return date
}

// Indicator is something that is measured. Its name is the pack text
// "figure.indicator.<id>".
type Indicator struct {
	ID    string
	Units []string // the units its values may have; named by "figure.unit.<unit>"
	Kind  string
	Group string // indicators shown together; named by "figure.group.<group>"
}

// Series is figures of one method and speaker. Its name is the pack text
// "figure.series.<id>".
type Series struct {
	ID       string
	From, To Period // the times it covers; To undated where it goes on
	Basis    string // text key: what is counted, by whom
	Breaks   []Break
}

// Break is why a series may not be joined to an earlier one.
type Break struct {
	After  string // id of the earlier series
	Reason string // text key
}

// Said is something in circulation that misleads.
type Said struct {
	ID           string
	Claim        string   // text key: what is said
	Why          string   // text key: why it misleads
	Instead      string   // text key: what to say instead
	Observations []string // ids of the observations it concerns, perhaps none
}
