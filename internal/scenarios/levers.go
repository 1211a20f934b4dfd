package scenarios

import "atlasp2i/internal/domain"

// Levers, the parts of a simulation that can be moved.
const (
	Attrition = "attrition" // yearly attrition of every role, a share
	Delay     = "delay"     // whole months by which every hire comes later
	Pay       = "pay"       // share of each role's pay that is added
	Export    = "export"    // points added to the export share
	Headcount = "headcount" // share of each hire that is added
)

// IDs lists the levers.
var IDs = []string{Attrition, Delay, Pay, Export, Headcount}

// Values are where a lever stands: in millionths of a share, or for Delay of a
// month. Low and High are the scenarios', nil leaves the project as it is; From
// and To are the ends of the range looked at when it is moved alone.
type Values struct {
	Low  *domain.Quantity
	High *domain.Quantity
	From domain.Quantity
	To   domain.Quantity
}

// Lever is a lever with what the pack assumes.
type Lever struct {
	ID      string
	Values  Values
	Reason  string   // text key
	Sources []string // none: our own assumption
}

// mostMonths is how far the field goes: a limit of the field, not of any rule.
const mostMonths = 120

// Limits are the lowest and the highest that a lever takes; a change takes away
// less than all.
func Limits(id string) (low, high domain.Quantity) {
	switch id {
	case Attrition:
		return 0, domain.QuantityOne
	case Delay:
		return 0, mostMonths * domain.QuantityOne
	default:
		return -99 * domain.QuantityOne / 100, domain.QuantityOne
	}
}

// Accepts is whether a lever takes a value: within its limits, and whole months.
func Accepts(id string, v domain.Quantity) bool {
	low, high := Limits(id)
	return v >= low && v <= high && (id != Delay || v%domain.QuantityOne == 0)
}
