// Package kiosk shows what stands between visitors who use the window alone and the
// officer: the card that begins it, the warning before everything typed is forgotten,
// and the panel that asks for the code. When to warn and when to forget (watch.go)
// knows no widget.
package kiosk

import "time"

// Phase is what the watch sees.
type Phase int

// Phases.
const (
	Fresh  Phase = iota // nobody did anything since it was all forgotten
	Awake               // somebody is there
	Warned              // nobody seems to be: the warning stands
)

// Watch says whether somebody is there. It reads no clock: each method is given the
// time, and a time before the last one counts as the last one.
type Watch struct {
	delay, countdown time.Duration
	phase            Phase
	since            time.Time // the last input, or when the warning began
}

// NewWatch makes a watch before the first visitor: delay is how long nobody may do
// anything before the warning, countdown how long the warning stands.
func NewWatch(delay, countdown time.Duration) *Watch {
	return &Watch{delay: delay, countdown: countdown}
}

// Phase is what it sees.
func (w *Watch) Phase() Phase { return w.phase }

// Seen is told that somebody did something: firm where it cannot be a table that was
// pushed (a key, a button, the wheel). Only that takes the warning away.
func (w *Watch) Seen(now time.Time, firm bool) {
	if w.phase == Warned && !firm {
		return
	}
	w.phase, w.since = Awake, w.later(now)
}

// Tick moves on to a time. Forget is true at the one tick at which everything is to
// be forgotten; a whole countdown with the warning on the screen goes before it,
// however late the ticks come.
func (w *Watch) Tick(now time.Time) (forget bool) {
	now = w.later(now)
	switch {
	case w.phase == Awake && now.Sub(w.since) >= w.delay:
		w.phase, w.since = Warned, now
	case w.phase == Warned && now.Sub(w.since) >= w.countdown:
		w.phase = Fresh
		return true
	}
	return false
}

// Left is how much of the countdown is left, 0 without a warning.
func (w *Watch) Left(now time.Time) time.Duration {
	if w.phase != Warned {
		return 0
	}
	return max(0, w.countdown-w.later(now).Sub(w.since))
}

// later is a time, or the last one where the clock was set back.
func (w *Watch) later(now time.Time) time.Time {
	if now.Before(w.since) {
		return w.since
	}
	return now
}
