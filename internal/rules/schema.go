package rules

import "atlasp2i/internal/domain"

// Requirement is a parameter that the engine reads: it must be in the pack, in
// this unit, with at least one value in force. No other parameter is accepted.
type Requirement struct {
	ID   string
	Unit string
}

// Required is the schema of the parameters. The values are in the pack only.
var Required = []Requirement{
	{"cnss.ceiling", UnitMADMonth},
	{"cnss.employee.rate", UnitShare},
	{"cnss.employer.rate", UnitShare},
	{"amo.employee.rate", UnitShare},
	{"amo.employer.rate", UnitShare},
	{"family.employer.rate", UnitShare},
	{"tfp.employer.rate", UnitShare},
	{"ir.scale", UnitScale},
	{"ir.fp.threshold", UnitMADYear},
	{"ir.fp.low.rate", UnitShare},
	{"ir.fp.high.rate", UnitShare},
	{"ir.fp.high.max", UnitMADYear},
	{"ir.dependant.amount", UnitMADYear},
	{"ir.dependant.max", UnitPersons},
	{"smig.month", UnitMADMonth},
	{"air.cap.main", UnitShare},
	{"air.cap.secondary", UnitShare},
	{"pae.rate", UnitShare},
	{"pae.stay", UnitMonths},
	{"pae.annual.months", UnitMonths},
	{"paf.rate", UnitShare},
	{"paf.months", UnitMonths},
	{"premium.ceiling", UnitMAD},
	{"regime.first", UnitMonth},
	{"regime.last", UnitMonth},
	{"ais.rate", UnitShare},
	{"is.rate", UnitShare},
	{"is.high.rate", UnitShare},
	{"is.high.threshold", UnitMAD},
	{"is.exempt.years", UnitYears},
	{"export.min.share", UnitShare},
	{"export.min.year", UnitYears},
}

// readingValues are the values of each reading that the engine knows how to
// compute. Which one is the default is the pack's choice.
var readingValues = map[string][]string{
	domain.ReadingPAEFrequency: {"once", "annual"},
	domain.ReadingPremiumCap:   {"base", "total", "yearly"},
	domain.ReadingRegimeEnd:    {"cut", "run"},
	domain.ReadingAIROutside:   {"none", "region"},
	domain.ReadingAIRExport:    {"prorata", "full"},
	domain.ReadingAISBase:      {"export", "all"},
}

var (
	confidences    = []string{OfficialText, OfficialViaPress, Press, Unverified, Inferred, GeneralKnowledge}
	factGrades     = []string{OfficialText, OfficialViaPress, Press, Unverified, Inferred} // a fact needs a source
	valueStatuses  = []string{InForce, Announced, Repealed}
	siteStatuses   = []string{Operational, Launching, Planned}
	siteClasses    = []string{ClassMain, ClassSecondary}
	siteKinds      = []string{KindP2I, KindDataCentre}
	fieldKinds     = []string{FieldNumber, FieldYesNo, FieldText, FieldNames}
	fieldScopes    = []string{ScopeSite, ScopeRegion}
	fieldGroups    = []string{GroupProfile, GroupSpace, GroupTalent, GroupAccess, GroupAid, GroupInfra}
	bounds         = []string{BoundMoreThan, BoundAbout, BoundUpTo}
	otherKinds     = []string{OtherValue, OtherOlder, OtherQuantity}
	conditionKinds = []string{CondAIRPlace, CondAIRLevel, CondHireWindow, CondPAEStay, CondMoroccan, CondAISYear, CondOpen}
)

func requiredUnit(id string) (string, bool) {
	for _, r := range Required {
		if r.ID == id {
			return r.Unit, true
		}
	}
	return "", false
}

func requiredIDs() []string {
	ids := make([]string, len(Required))
	for i, r := range Required {
		ids[i] = r.ID
	}
	return ids
}
