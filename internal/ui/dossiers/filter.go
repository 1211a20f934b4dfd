package dossiers

import (
	"time"

	"atlasp2i/internal/dossier"
)

// When a next step is due, as a filter asks for it.
const (
	dueLate = "late" // before today
	dueWeek = "week" // today and the six days after
	dueAny  = "any"  // at some day
)

// weekDays is how far ahead dueWeek looks, today included.
const weekDays = 7

// filter is what stands in the search box and beside it.
type filter struct {
	text, fair, grade, owner, due, state string
	before                               time.Time // last changed before then; zero for no matter when
}

// query is what a filter asks for on a day.
func (f filter) query(today time.Time) dossier.Query {
	q := dossier.Query{Text: f.text, Fair: f.fair, Grade: f.grade, Owner: f.owner, State: dossier.State(f.state), Before: f.before}
	switch f.due {
	case dueLate:
		q.To = inDays(today, -1)
	case dueWeek:
		q.From, q.To = inDays(today, 0), inDays(today, weekDays-1)
	case dueAny:
		q.From = "0001-01-01"
	}
	return q
}
