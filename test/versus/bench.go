package main

import (
	"fmt"
	"slices"
	"time"
)

// checked is the number of cases in which another's amounts are compared with ours.
const checked = 60

// missing is why a contest cannot be held on this machine.
type missing string

func (m missing) Error() string { return string(m) }

// bench is what the contests share. Each measures ours and theirs in turn, rounds
// times, so that a machine that slows down slows down both.
type bench struct {
	*ours
	rounds int
	work   string // a folder of our own on the disk, ended by the caller
	app    string // the program, as it ships
}

// Figure is one line of the report: what is measured, in seconds unless Unit says
// otherwise, ours and theirs in each round.
type Figure struct {
	ID, What, Theirs string
	Unit             string
	rounds           []round
}

type round struct{ ours, theirs float64 }

func (f *Figure) add(ours, theirs float64) { f.rounds = append(f.rounds, round{ours, theirs}) }

// relative is ours divided by theirs: the median of the rounds, and the two ends.
func (f *Figure) relative() (mid, low, high float64) {
	all := f.each(func(r round) float64 { return r.ours / r.theirs })
	return median(all), slices.Min(all), slices.Max(all)
}

func (f *Figure) each(of func(round) float64) []float64 {
	var list []float64
	for _, r := range f.rounds {
		list = append(list, of(r))
	}
	return list
}

func median(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}

// seconds is the median time of n runs.
func seconds(n int, run func() error) (float64, error) {
	var list []float64
	for range n {
		begun := time.Now()
		if err := run(); err != nil {
			return 0, err
		}
		list = append(list, time.Since(begun).Seconds())
	}
	return median(list), nil
}

// estimates is the median time of one estimate of the worked case, the number of
// people another one each time: batches of a hundred, the first ones for warming up.
func (b *bench) estimates() (float64, error) {
	const batch, warm = 100, 50
	p, count := b.project(b.of(1)), 0
	run := func() error {
		for range batch {
			count++
			p.Roles[0].Hires[0].Count = count
			if years, err := b.estimate(p); err != nil || len(years) != b.years() {
				return fmt.Errorf("an estimate of %d years: %w", len(years), err)
			}
		}
		return nil
	}
	if _, err := seconds(warm, run); err != nil {
		return 0, err
	}
	all, err := seconds(2*warm, run)
	return all / batch, err
}
