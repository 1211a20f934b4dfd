package domain

// Project is what an estimate starts from: the headless file format and the
// saved simulation are both this type (spec: estimate, section 2). A nil
// pointer is an optional value that was not given; the engine then uses the
// default and marks it assumed. Nothing is filled in here.
type Project struct {
	Name           string            `json:"name"`
	Segment        string            `json:"segment"`
	Site           string            `json:"site"`
	InsideP2I      *bool             `json:"insideP2I,omitempty"`
	From           Month             `json:"from"`
	Months         *int              `json:"months,omitempty"`
	OperationStart *Month            `json:"operationStart,omitempty"`
	ExportShare    *Share            `json:"exportShare,omitempty"`
	Roles          []Role            `json:"roles"`
	Profits        []Profit          `json:"profits,omitzero"`
	Readings       map[string]string `json:"readings,omitempty"`
	Settled        []string          `json:"settled,omitempty"`
}

// Role is one kind of job and the months in which people are hired into it.
type Role struct {
	Title           string `json:"title"`
	GrossMonthly    Money  `json:"grossMonthly"`              // MAD a month, at hire, per head
	AnnualRaise     *Share `json:"annualRaise,omitempty"`     // share a year, on each anniversary
	Dependants      *int   `json:"dependants,omitempty"`      // persons per head
	MoroccanShare   *Share `json:"moroccanShare,omitempty"`   // share of the people
	AnnualAttrition *Share `json:"annualAttrition,omitempty"` // share of the people who leave in a year
	Hires           []Hire `json:"hires"`
}

// Hire is a number of people who start in one month.
type Hire struct {
	Month Month `json:"month"`
	Count int   `json:"count"`
}

// Profit is the taxable profit of a fiscal (= calendar) year, in MAD.
type Profit struct {
	Year    int   `json:"year"`
	Taxable Money `json:"taxable"`
}

// Benefits of the offer, in the order in which they are always shown.
const (
	AIR = "AIR" // contribution that lowers income tax on pay
	PAE = "PAE" // employment premium
	PAF = "PAF" // training premium
	AIS = "AIS" // contribution that lowers corporate tax
)

// Benefits lists the four benefits in their order.
var Benefits = [4]string{AIR, PAE, PAF, AIS}

// Ids of the six readings (spec: estimate, section 5), in the order of its table.
const (
	ReadingPAEFrequency = "pae.frequency"
	ReadingPremiumCap   = "premium.cap"
	ReadingRegimeEnd    = "regime.end"
	ReadingAIROutside   = "air.outside"
	ReadingAIRExport    = "air.export"
	ReadingAISBase      = "ais.base"
)

// ReadingIDs is the order of the specification's table: it breaks ties between
// combinations of readings that give the same extreme.
var ReadingIDs = [6]string{
	ReadingPAEFrequency, ReadingPremiumCap, ReadingRegimeEnd,
	ReadingAIROutside, ReadingAIRExport, ReadingAISBase,
}
