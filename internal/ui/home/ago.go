package home

import (
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// Ago says how long ago something was, or on which day.
func Ago(t *i18n.Catalogue, now, then time.Time) string {
	switch d := now.Sub(then); {
	case d < time.Minute:
		return t.Text("ago.now")
	case d < time.Hour:
		return t.Text("ago.minutes", "count", int(d/time.Minute))
	case d < 24*time.Hour:
		return t.Text("ago.hours", "count", int(d/time.Hour))
	}
	return t.Text("ago.date", "date", domain.Date(then.Local().Format("2006-01-02")))
}
