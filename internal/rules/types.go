// Package rules is the rule pack: its types, its strict reader, its dated
// values and their references. A rate, cap, threshold, date, reading, site or
// preset exists only here and in the pack's files, never in Go code.
package rules

import (
	"sort"

	"atlasp2i/internal/domain"
)

// Units a value may have. The unit decides how the text is read and scaled.
const (
	UnitShare    = "share"     // share of one, at most 6 decimals; Num in millionths
	UnitMADMonth = "MAD/month" // amount a month, 2 decimals; Num in centimes
	UnitMADYear  = "MAD/year"  // amount a year, 2 decimals; Num in centimes
	UnitMAD      = "MAD"       // amount, 2 decimals; Num in centimes
	UnitMonths   = "months"    // whole number of months
	UnitYears    = "years"     // whole number of years
	UnitPersons  = "persons"   // whole number of people
	UnitMonth    = "month"     // a calendar month YYYY-MM; Num is the domain.Month
	UnitScale    = "scale"     // a table of brackets; Num is 0, Brackets is set
)

// Confidence says how good the source of a value is (design, section 4).
const (
	OfficialText     = "official text"
	OfficialViaPress = "official via press"
	Press            = "press"
	Unverified       = "unverified"
	Inferred         = "inferred"
	GeneralKnowledge = "general knowledge"
)

// Statuses of a dated value, and of a site.
const (
	InForce   = "in force"
	Announced = "announced"
	Repealed  = "repealed"

	Operational = "operational"
	Launching   = "launching"
	Planned     = "planned"
)

// Classes of a platform: which AIR cap it has.
const (
	ClassMain      = "main"
	ClassSecondary = "secondary"
)

// Kinds of a site.
const (
	KindP2I        = "p2i"
	KindDataCentre = "datacentre"
)

// Kinds of a condition: the tests the engine knows, and "open" where no source
// settles the condition, so that its state is always unknown.
const (
	CondAIRPlace   = "air.place"   // an AIR cap applies where the site is
	CondAIRLevel   = "air.level"   // the IR share of pay is above the cap
	CondHireWindow = "hire.window" // hired while the regime runs
	CondPAEStay    = "pae.stay"    // the months of stay are reached inside horizon and regime
	CondMoroccan   = "moroccan"    // Moroccan recruits
	CondAISYear    = "ais.year"    // past the exempt years, inside the regime, profit given
	CondOpen       = "open"
)

// Pack is a whole rule pack, read and checked.
type Pack struct {
	ID         string
	Number     int
	Format     int    // 1: rules alone; 2: with facts and what sites are compared by
	SHA256     string // hex, see Hash
	Name       string
	MadeOn     domain.Date
	InForce    domain.Date
	VerifiedOn domain.Date // the oldest verified_on of its values in force
	BestBefore domain.Date // why is the pack text "pack.best_before"
	Languages  []string

	Params     map[string]*Param
	Readings   []Reading // in the order of domain.ReadingIDs
	Conditions []Condition
	Exclusions []Exclusion
	Segments   []Segment
	Regions    []Region
	Sites      []Site
	Presets    []Preset
	Fields     []Field   // in the order of the data sheet; none in format 1
	Comparing  Comparing // empty in format 1
	Sources    map[string]Source
	Texts      map[string]map[string]string // language -> key -> text

	Figures     map[string][]byte         // path in the pack -> content; none where the pack has no figures
	FigureTexts map[string]map[string]Pos // language -> key of a text of the figures -> where it stands

	Formalities    map[string][]byte         // path in the pack -> content; none where the pack has no formalities
	FormalityTexts map[string]map[string]Pos // language -> key of a text of the formalities -> where it stands

	Scenarios     map[string][]byte         // path in the pack -> content; none where the pack has no scenarios
	ScenarioTexts map[string]map[string]Pos // language -> key of a text of the scenarios -> where it stands
}

// Param is one rule parameter with its values over time.
type Param struct {
	ID    string
	Unit  string
	Basis string  // pack text key of what the value applies to: "basis.rbi"
	Dated []Dated // by From, earliest first
	Pos   Pos
}

// Dated is the value of a parameter between two dates, and where it comes from.
type Dated struct {
	From, To   domain.Date // From included, first day of a month; To included, last day of a month, "" is open
	Raw        string      // as written in the pack
	Num        int64       // scaled by the unit
	Brackets   []Bracket   // for UnitScale
	Status     string
	Text       string // the legal text: "Circulaire du Chef du gouvernement n° 15-2025"
	Article    string // may be empty: then the text's article is not known
	Sources    []string
	VerifiedOn domain.Date
	Confidence string
	Note       string // pack text key, "" if none
}

// Bracket is one step of a progressive scale, in the "rate and deduction" form:
// tax = income x Rate - Deduct for income above the previous Upto and up to this one.
type Bracket struct {
	Upto   int64 // centimes a year, included; -1 for the last bracket
	Rate   int64 // millionths
	Deduct int64 // centimes a year
}

// At gives the value in force in month m. The second result is false where the
// pack has none for that month.
func (p *Param) At(m domain.Month) (*Dated, bool) {
	for i := range p.Dated {
		d := &p.Dated[i]
		if d.Status != InForce || m < d.From.Month() || (d.To != "" && m > d.To.Month()) {
			continue
		}
		return d, true
	}
	return nil, false
}

// First is the first month for which the parameter has a value in force.
func (p *Param) First() (domain.Month, bool) {
	var months []int
	for i := range p.Dated {
		if p.Dated[i].Status == InForce {
			months = append(months, int(p.Dated[i].From.Month()))
		}
	}
	if len(months) == 0 {
		return 0, false
	}
	sort.Ints(months)
	return domain.Month(months[0]), true
}

// Reading is one way to understand a text that is not settled. Names and
// reasons are texts of the pack under "reading.<id>", "reading.<id>.<value>"
// and "reading.<id>.reason".
type Reading struct {
	ID      string
	Values  []string // the default first
	Moves   []string // the benefits it can move
	Sources []string
	Pos     Pos
}

// Condition is something that must be true to get or keep a benefit. Kind is a
// test the engine knows ("air.place", "hire.window", ...) or "open" where no
// source settles it: then its state is always unknown. The sentence is the
// pack text "condition.<id>".
type Condition struct {
	ID         string
	Benefit    string
	Kind       string
	Param      string // threshold, for the kinds that have one
	Sources    []string
	Confidence string
	Pos        Pos
}

// Exclusion is an aid that is never counted, with its reason in the pack text
// "exclusion.<id>"; Benefit is the short name shown.
type Exclusion struct {
	ID      string
	Benefit string
	Sources []string
}

// Segment is a filière of the offer; its name is the pack text "segment.<id>",
// its examples "segment.<id>.examples".
type Segment struct {
	ID      string
	Sources []string
}

// Region is one of the twelve regions. ID is used as a place outside any P2I.
type Region struct {
	ID      string
	Name    string
	ISO     string // MA-01 ... MA-12
	Sources []string
	Note    string // pack text key, "" if none
	Facts   []Fact // none in format 1
}

// Site is a platform or a data centre with its dated status.
type Site struct {
	ID      string
	Name    string
	City    string
	Region  string
	Kind    string
	History []SiteStatus // by From, earliest first; no two overlap
	Note    string       // pack text key, "" if none
	Map     *MapPoint    // nil in format 1
	Facts   []Fact       // none in format 1
	More    []More       // none in format 1
	Pos     Pos
}

// SiteStatus is the status and class of a site between two dates. Class is
// empty while the site is not operational.
type SiteStatus struct {
	From, To   domain.Date
	Status     string
	Class      string
	Sources    []string
	VerifiedOn domain.Date
	Confidence string
}

// At gives the status of the site in month m.
func (s *Site) At(m domain.Month) (*SiteStatus, bool) {
	for i := range s.History {
		h := &s.History[i]
		if m >= h.From.Month() && (h.To == "" || m <= h.To.Month()) {
			return h, true
		}
	}
	return nil, false
}

// Preset is a pay level proposed for a profile, always marked assumed. Its
// name is the pack text "preset.<id>".
type Preset struct {
	ID         string
	Segment    string
	Gross      domain.Money // MAD a month
	AsOf       string       // year or month of the pay level
	Sources    []string     // empty: our own assumption, said so
	Confidence string
}

// Source is where something was read.
type Source struct {
	ID        string
	Publisher string
	Title     string
	Date      string // as published: YYYY-MM-DD, YYYY-MM, YYYY or Undated
	URL       string
	ReadOn    domain.Date
	Partial   bool // only the beginning of the page was visible
}

// Pos is a place in the pack, for messages.
type Pos struct {
	File string
	Line int
}

// Site gives the site with the id, or nil.
func (p *Pack) Site(id string) *Site {
	for i := range p.Sites {
		if p.Sites[i].ID == id {
			return &p.Sites[i]
		}
	}
	return nil
}

// Region gives the region with the id, or nil.
func (p *Pack) Region(id string) *Region {
	for i := range p.Regions {
		if p.Regions[i].ID == id {
			return &p.Regions[i]
		}
	}
	return nil
}
