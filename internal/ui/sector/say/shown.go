package say

import (
	"slices"

	"atlasp2i/internal/figures"
)

// Shown is a figure as the table shows it; its key opens the panel.
type Shown struct {
	Key     figures.Key
	Text    string
	Missing bool // neither published nor derived
	Derived bool
}

// Published is the reading that counts, never a computed value.
func (w Writer) Published(k figures.Key) Shown {
	out := Shown{Key: k, Text: w.T.Text("sector.missing"), Missing: true}
	g := w.Book.Group(k)
	if g == nil {
		return out
	}
	for _, r := range g.Readings {
		if r.Role != figures.RoleTrap {
			return Shown{Key: k, Text: w.Number(r.Value)}
		}
	}
	return out
}

// Computed is a derived level where it says more than what is published. The
// middle of two bounds does not.
func (w Writer) Computed(k figures.Key) Shown {
	out := Shown{Key: k, Missing: true}
	g := w.Book.Group(k)
	if g == nil {
		return out
	}
	v := g.Sum
	if v == nil {
		v = g.Finer()
	}
	if v == nil && len(g.Readings) == 0 && len(g.Derived) > 0 {
		v = &g.Derived[0]
	}
	if v == nil || v.Name == figures.Middle {
		return out
	}
	return Shown{Key: k, Text: w.Number(v.Value), Derived: true}
}

// Either is what is published, else what is derived, which says so.
func (w Writer) Either(k figures.Key) Shown {
	g := w.Book.Group(k)
	if g == nil {
		return Shown{Key: k, Text: w.T.Text("sector.missing"), Missing: true}
	}
	at, ok := g.Point()
	switch {
	case !ok:
		return Shown{Key: k, Text: w.T.Text("sector.missing"), Missing: true}
	case at.Derived:
		return Shown{Key: k, Text: w.T.Text("sector.derived", "value", w.Amount(k, at.Value)), Derived: true}
	}
	return Shown{Key: k, Text: w.Amount(k, at.Value)}
}

// Preliminary tells whether any reading of a quantity is.
func (w Writer) Preliminary(k figures.Key) bool {
	g := w.Book.Group(k)
	return g != nil && slices.ContainsFunc(g.Readings, func(r figures.Result) bool { return r.Preliminary })
}

// Note is the text key of the remark on the reading that counts, "" if none.
func (w Writer) Note(k figures.Key) string {
	if g := w.Book.Group(k); g != nil && g.Canonical() != nil {
		return g.Canonical().Note
	}
	return ""
}

// Point is the value of a quantity, false where there is none.
func (w Writer) Point(k figures.Key) (figures.Point, bool) {
	g := w.Book.Group(k)
	if g == nil {
		return figures.Point{}, false
	}
	return g.Point()
}
