package rules

import (
	"cmp"
	"slices"

	"atlasp2i/internal/domain"
)

// Kinds of a field: how its value is written.
const (
	FieldNumber = "number" // a decimal, or a span of two, in the field's unit
	FieldYesNo  = "yes/no"
	FieldText   = "text"  // a sentence of the pack's texts
	FieldNames  = "names" // proper names, kept as they are
)

// Values of a yes/no field.
const (
	Yes = "yes"
	No  = "no"
)

// Scopes of a field: a site's sheet shows its region's facts beside its own.
const (
	ScopeSite   = "site"
	ScopeRegion = "region"
)

// Groups of fields, in the order of a data sheet.
const (
	GroupProfile = "profile" // who runs it, since when, who is there
	GroupSpace   = "space"   // land, offices, rent
	GroupTalent  = "talent"  // people, universities, labour market
	GroupAccess  = "access"  // airport, rail, road, housing
	GroupAid     = "aid"     // charter premium, regional aids
	GroupInfra   = "infra"   // one-stop shop, telecom, energy
)

// Bounds of a published number. Without one the number is the value.
const (
	BoundMoreThan = "more than"
	BoundAbout    = "about"
	BoundUpTo     = "up to"
)

// Kinds of another published reading of a fact.
const (
	OtherValue    = "other value"    // the same quantity at about the same time, published otherwise
	OtherOlder    = "older"          // the same quantity, an earlier vintage
	OtherQuantity = "other quantity" // something near it that is not the same; its label says what
)

// Undated stands where a fact or a source has no date.
const Undated = "n.d."

// Field is one line of a data sheet: one definition for all sites. Its name is
// the pack text "field.<id>", what a good answer looks like "field.<id>.good".
type Field struct {
	ID    string
	Group string
	Kind  string
	Unit  string // FieldNumber only: one of FactUnits
	Scope string
	Min   domain.Quantity // FieldNumber only: what a value must lie in, in the unit
	Max   domain.Quantity
	Pos   Pos
}

// FactUnits are the units a field of numbers may have. The name of a unit is the
// text "unit.<id>" of the catalogue; a share is written as a percentage.
var FactUnits = []string{
	UnitShare, "ha", "m2", "MAD/m2/month", "MAD/m2", "MAD/month", "m2/job", "companies", "jobs", "persons",
	"students", "graduates/year", "passengers/year", "km", "years", "year", "MW",
}

// FactValue is a published or entered value. Text is as the pack writes it: the
// decimal, "yes" or "no", or the key of a text of the pack; it is empty for
// names. A span has To above Num.
type FactValue struct {
	Text  string
	Num   domain.Quantity // FieldNumber
	To    domain.Quantity // FieldNumber: end of a span; equal to Num where it is one number
	Names []string        // FieldNames
	Bound string          // FieldNumber: "" or one of the bounds
}

// Fact is what is published about a place for one field.
type Fact struct {
	Field      string
	Value      FactValue
	AsOf       string // the time it speaks of: YYYY, YYYY-MM or Undated
	Sources    []string
	Confidence string
	Note       string // pack text key, "" if none; obligatory where it is inferred: the rule
	Validity   string // pack text key, only in GroupAid: until when it holds, "" is not published
	Others     []OtherFact
	Pos        Pos
}

// SourceIDs are those of the fact and of its other readings, some perhaps more
// than once; none where nothing is published.
func (f *Fact) SourceIDs() []string {
	if f == nil {
		return nil
	}
	ids := slices.Clone(f.Sources)
	for _, o := range f.Others {
		ids = append(ids, o.Sources...)
	}
	return ids
}

// OtherFact is another published reading of the same fact, kept beside it.
type OtherFact struct {
	Kind       string
	Value      FactValue
	Unit       string // of Value; the field's own but for OtherQuantity
	Label      string // pack text key, OtherQuantity only: what it is
	AsOf       string
	Sources    []string
	Confidence string
	Note       string // pack text key, "" if none
}

// ValueKind is how the value is written: as that of its field, but another quantity
// is names, a number where it has a unit, or a text.
func (o *OtherFact) ValueKind(f *Field) string {
	switch {
	case o.Kind != OtherQuantity:
		return f.Kind
	case len(o.Value.Names) > 0:
		return FieldNames
	case o.Unit != "":
		return FieldNumber
	}
	return FieldText
}

// More is something published about a site that no field asks for. Its name is
// the pack text "more.<site>.<id>", what is said "more.<site>.<id>.text".
type More struct {
	ID         string
	Group      string
	AsOf       string
	Sources    []string
	Confidence string
}

// MapPoint is where a site stands on the map: geometry to draw with, within
// Precision kilometres, not a published fact.
type MapPoint struct {
	Lat, Lon  float64 // degrees, WGS 84
	Precision float64 // kilometres
}

// What a criterion or a must-have may read beside a field.
const (
	OfIRCap  = "irCap"  // the AIR cap that the engine applies; without one the worst
	OfStatus = "status" // status of the site
)

// Criterion is one thing a comparison can weigh. Its scale is fixed by the pack:
// 0 points at Worst, 100 at Best, straight between, flat beyond; or a number of
// points for each value. Name and reason are the pack texts "criterion.<id>" and
// "criterion.<id>.reason".
type Criterion struct {
	ID          string
	Of          string // OfIRCap, OfStatus or the id of a field of numbers
	Unit        string // of Worst and Best; "" with Levels
	Worst, Best domain.Quantity
	Levels      []Level // of OfStatus
	Pos         Pos
}

// Level is the points, 0 to 100, of one value of a criterion.
type Level struct {
	Value  string
	Points int
}

// Tests of a must-have.
const (
	TestIs      = "is"
	TestAtLeast = "at least"
	TestAtMost  = "at most"
)

// MustHave is something a site can be required to have. Its name is the pack
// text "must.<id>", with the blank {{.value}} where the value can be changed.
type MustHave struct {
	ID         string
	Of         string // OfIRCap, OfStatus or the id of a field
	Test       string
	Value      string          // "yes", "operational", or the decimal of Num
	Num        domain.Quantity // TestAtLeast, TestAtMost
	Unit       string          // of Num
	Adjustable bool            // the user may give another number
}

// Weighting is a set of weights that is proposed: what matters how much for a
// segment. Name and reason are the pack texts "weighting.<id>" and
// "weighting.<id>.reason".
type Weighting struct {
	ID      string
	Segment string
	Author  string
	Date    domain.Date
	Points  map[string]int // criterion -> points, 0 to 100, not all zero
}

// Draws says how the stability of a comparison is tried: Count sets of weights,
// each weight within Spread of the given one ("0.50" is between half and one and
// a half times).
type Draws struct {
	Count  int
	Spread domain.Share
	Seed   uint64
}

// Comparing is what a pack proposes to compare sites by. It is empty in packs of
// format 1.
type Comparing struct {
	Criteria   []Criterion // at most MaxCriteria
	MustHaves  []MustHave
	Weightings []Weighting
	Draws      Draws
}

// MaxCriteria bounds what can be weighed at once.
const MaxCriteria = 8

// Field gives the field with the id, or nil.
func (p *Pack) Field(id string) *Field {
	for i := range p.Fields {
		if p.Fields[i].ID == id {
			return &p.Fields[i]
		}
	}
	return nil
}

// Fact gives what is published for a field about a site, or about its region
// where the field is one of regions; nil is not published.
func (p *Pack) Fact(s *Site, field string) *Fact {
	f := p.Field(field)
	if f == nil || s == nil {
		return nil
	}
	facts := s.Facts
	if f.Scope == ScopeRegion {
		r := p.Region(s.Region)
		if r == nil {
			return nil
		}
		facts = r.Facts
	}
	return factOf(facts, field)
}

// Fact gives what is published for a field about a region; nil is not published.
func (r *Region) Fact(field string) *Fact { return factOf(r.Facts, field) }

func factOf(facts []Fact, field string) *Fact {
	for i := range facts {
		if facts[i].Field == field {
			return &facts[i]
		}
	}
	return nil
}

// NewestFirst gives ids of sources in the order of their dates, each once, those
// without a date last.
func (p *Pack) NewestFirst(ids []string) []string {
	date := func(id string) string {
		if d := p.Sources[id].Date; d != Undated {
			return d
		}
		return ""
	}
	sorted := slices.SortedFunc(slices.Values(ids), func(a, b string) int {
		return cmp.Or(cmp.Compare(date(b), date(a)), cmp.Compare(a, b))
	})
	return slices.Compact(sorted)
}

// Completeness is how many of the fields of the pack something is published for
// about a site, and how many fields there are.
func (p *Pack) Completeness(s *Site) (have, of int) {
	for i := range p.Fields {
		if p.Fact(s, p.Fields[i].ID) != nil {
			have++
		}
	}
	return have, len(p.Fields)
}
