package desk

import (
	"errors"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// Say writes an error in the reader's language: the first of several problems,
// the text of an error that has one, else what it says of itself.
func Say(t *i18n.Catalogue, err error) string {
	var many calc.Problems
	var one *domain.Problem
	var keyed interface{ Key() string }
	switch {
	case errors.As(err, &many):
		return t.Problem(many[0])
	case errors.As(err, &one):
		return t.Problem(one)
	case errors.As(err, &keyed) && t.Has(keyed.Key()):
		return t.Text(keyed.Key())
	}
	return t.Text("app.failed", "why", err.Error())
}

// Stamp is a time as a person at this place reads it.
func Stamp(at time.Time) domain.Msg {
	l := at.Local()
	return domain.M("app.stamp", "date", domain.Date(l.Format(time.DateOnly)), "time", l.Format("15:04"))
}
