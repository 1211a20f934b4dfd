package kiosk

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func at(seconds int) time.Time { return noon.Add(time.Duration(seconds) * time.Second) }

func newWatch() *Watch { return NewWatch(90*time.Second, 20*time.Second) }

func TestWatch_WarnsThenForgets(t *testing.T) {
	w := newWatch()
	if w.Tick(at(1000)) || w.Phase() != Fresh {
		t.Fatal("there is nothing to forget before the first visitor")
	}
	w.Seen(at(1000), false)
	for second := 1001; second < 1090; second++ {
		if w.Tick(at(second)); w.Phase() != Awake {
			t.Fatalf("warned after %d s", second-1000)
		}
	}
	if w.Tick(at(1090)) || w.Phase() != Warned || w.Left(at(1090)) != 20*time.Second {
		t.Fatalf("phase %d, %v left", w.Phase(), w.Left(at(1090)))
	}
	if w.Tick(at(1109)) || w.Left(at(1109)) != time.Second {
		t.Fatalf("%v left", w.Left(at(1109)))
	}
	if !w.Tick(at(1110)) || w.Phase() != Fresh || w.Left(at(1110)) != 0 {
		t.Fatal("not forgotten")
	}
	if w.Tick(at(2000)) {
		t.Fatal("forgotten twice")
	}
}

func TestWatch_OnlyAKeyOrAButtonTakesTheWarningAway(t *testing.T) {
	w := newWatch()
	w.Seen(at(0), true)
	w.Tick(at(90))
	w.Seen(at(95), false)
	if w.Phase() != Warned || w.Left(at(95)) != 15*time.Second {
		t.Fatal("a pushed table is not a visitor")
	}
	w.Seen(at(96), true)
	if w.Phase() != Awake || w.Tick(at(185)) || w.Phase() != Awake {
		t.Fatal("the visitor is back, and has the whole delay again")
	}
}

// A laptop that slept wakes up hours later: whoever is before it sees the warning.
func TestWatch_NeverForgetsWithoutWarning(t *testing.T) {
	w := newWatch()
	w.Seen(at(0), true)
	if w.Tick(at(100_000)) || w.Phase() != Warned || w.Left(at(100_000)) != 20*time.Second {
		t.Fatal("no warning")
	}
}

func TestWatch_OverAnyHistory(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := newWatch()
		now := 0
		firm, anything := -1, -1 // when something was last done, -1 for never
		warned := -1             // when the warning began
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			now += rapid.IntRange(-5, 60).Draw(t, "seconds")
			now = max(now, 0)
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				w.Seen(at(now), true)
				firm, anything, warned = max(anything, now), max(anything, now), -1
			case 1:
				if w.Seen(at(now), false); w.Phase() == Awake {
					anything = max(anything, now)
				}
			default:
				before := w.Phase()
				forget := w.Tick(at(now))
				if forget && (before != Warned || now-warned < 20 || firm > warned) {
					t.Fatalf("forgotten at %d, warned at %d, last key at %d", now, warned, firm)
				}
				if before != Warned && w.Phase() == Warned {
					if warned = now; now-anything < 90 {
						t.Fatalf("warned at %d, last input at %d", now, anything)
					}
				}
				if w.Phase() == Awake && now-anything >= 90 {
					t.Fatalf("awake at %d, last input at %d", now, anything)
				}
			}
			if left := w.Left(at(now)); left < 0 || left > 20*time.Second || left > 0 && w.Phase() != Warned {
				t.Fatalf("%v left", left)
			}
		}
	})
}
