package main

import (
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"time"
)

const (
	page    = "docs/benchmarks.md"
	beginAt = "<!-- scripts/versus writes from here -->"
	endAt   = "<!-- scripts/versus writes to here -->"
)

// report is the section of the page: on what was measured, the figures, what was left.
func report(figures []Figure, left []string, rounds int) string {
	var s strings.Builder
	fmt.Fprintf(&s, "Measured on %s: %s. %d rounds, ours and theirs in turn; medians, in brackets the lowest and highest round.\n\n",
		time.Now().UTC().Format(time.DateOnly), machine(), rounds)
	s.WriteString("| What | Ours | Theirs | Ours / theirs |\n|---|---:|---:|---:|\n")
	for i := range figures {
		f := &figures[i]
		mid, low, high := f.relative()
		spread := ratio(mid)
		if len(f.rounds) > 1 {
			spread += fmt.Sprintf(" (%s to %s)", ratio(low), ratio(high))
		}
		fmt.Fprintf(&s, "| %s, beside %s | %s | %s | %s |\n", f.What, f.Theirs,
			f.side(func(r round) float64 { return r.ours }), f.side(func(r round) float64 { return r.theirs }), spread)
	}
	for _, line := range left {
		fmt.Fprintf(&s, "\nNot measured: %s.\n", line)
	}
	return s.String()
}

// side is the median of one of the two, and its ends.
func (f *Figure) side(of func(round) float64) string {
	all := f.each(of)
	mid, low, high := f.amount(median(all)), f.amount(slices.Min(all)), f.amount(slices.Max(all))
	if len(all) == 1 {
		return mid
	}
	return fmt.Sprintf("%s (%s to %s)", mid, low, high)
}

func (f *Figure) amount(v float64) string {
	if f.Unit != "" {
		return digits(v) + " " + f.Unit
	}
	for _, unit := range []struct {
		name string
		per  float64
	}{{"s", 1}, {"ms", 1e3}} {
		if v*unit.per >= 1 {
			return digits(v*unit.per) + " " + unit.name
		}
	}
	return digits(v*1e6) + " \u00b5s"
}

// digits writes three of them, none behind the point where there are three before it.
func digits(v float64) string {
	if v <= 0 {
		return fmt.Sprint(v)
	}
	before := int(math.Floor(math.Log10(v))) + 1
	return fmt.Sprintf("%.*f", min(3, max(0, 3-before)), v)
}

// ratio writes what is far below one as one of so many.
func ratio(v float64) string {
	if v > 0 && v < 0.5 {
		return "1 / " + digits(1/v)
	}
	return digits(v)
}

// machine says on what was measured, and under what load.
func machine() string {
	words := []string{fmt.Sprintf("%d cores (%s, %s)", runtime.NumCPU(), runtime.GOARCH, runtime.GOOS), runtime.Version()}
	if out, err := exec.Command("node", "--version").Output(); err == nil {
		words = append(words, "Node "+strings.TrimSpace(string(out)))
	}
	if out, err := exec.Command("soffice", "--version").Output(); err == nil {
		words = append(words, strings.Join(strings.Fields(string(out))[:2], " "))
	}
	if data, err := os.ReadFile("/proc/loadavg"); err == nil {
		words = append(words, "load "+strings.Fields(string(data))[0])
	}
	return strings.Join(words, ", ")
}

// put replaces the section of the page.
func put(text string) error {
	data, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(data), beginAt)
	_, after, ended := strings.Cut(rest, endAt)
	if !ok || !ended {
		return fmt.Errorf("%s lacks the place for the figures", page)
	}
	return os.WriteFile(page, []byte(before+beginAt+"\n\n"+text+"\n"+endAt+after), 0o644)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
