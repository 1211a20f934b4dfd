// Command versus measures the program beside what people would use instead, and says
// where it became slower relative to that. scripts/versus builds what it needs:
//
//	versus [--write | --check] [CONTEST...]
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

const (
	baselineFile = "test/versus/baseline.json"
	rounds       = 5
	attempts     = 3
)

// contest is one opponent, who gives one figure or several.
type contest struct {
	name string
	hold func() ([]Figure, error)
}

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string, out, errs io.Writer) error {
	flags := flag.NewFlagSet("versus", flag.ContinueOnError)
	write := flags.Bool("write", false, "write the figures into "+page+" and the baseline")
	check := flags.Bool("check", false, "fail where a relative figure is a fifth worse than the baseline")
	app := flags.String("app", "bin/atlas-p2i", "the program")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *write && (*check || flags.NArg() > 0) {
		return errors.New("--write takes every contest, without --check")
	}
	o, err := newOurs()
	if err != nil {
		return err
	}
	work, err := os.MkdirTemp("bin", "versus-work-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work) // what is left is in a folder that is not kept
	chosen, err := choose(contests(&bench{ours: o, rounds: rounds, work: work, app: *app}), flags.Args())
	if err != nil {
		return err
	}
	if *check {
		base, err := readBaseline(baselineFile)
		if err != nil {
			return err
		}
		return hold(chosen, base, errs)
	}
	figures, left, err := all(chosen, errs)
	if err != nil {
		return err
	}
	text := report(figures, left, rounds)
	fmt.Fprint(out, text)
	if !*write {
		return nil
	}
	return errors.Join(put(text), keep(figures))
}

// contests are all of them, in the order of the report.
func contests(b *bench) []contest {
	bound := func(f func(*bench) ([]Figure, error)) func() ([]Figure, error) {
		return func() ([]Figure, error) { return f(b) }
	}
	return []contest{
		{"publicodes", bound(publicodes)},
		{"spreadsheet", bound(spreadsheet)},
		{"store", bound(confirmedSave)},
		{"window", bound(window)},
	}
}

func choose(known []contest, names []string) ([]contest, error) {
	if len(names) == 0 {
		return known, nil
	}
	var chosen []contest
	for _, name := range names {
		at := slices.IndexFunc(known, func(c contest) bool { return c.name == name })
		if at < 0 {
			return nil, fmt.Errorf("no contest %s", name)
		}
		chosen = append(chosen, known[at])
	}
	return chosen, nil
}

// all holds every contest. What is missing on this machine is left, with the reason.
func all(list []contest, errs io.Writer) (figures []Figure, left []string, err error) {
	for _, c := range list {
		fmt.Fprintln(errs, "Beside", c.name)
		found, err := c.hold()
		var gone missing
		if errors.As(err, &gone) {
			left = append(left, c.name+", as "+gone.Error())
			continue
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.name, err)
		}
		figures = append(figures, found...)
	}
	return figures, left, nil
}

// hold fails where a figure is worse than the baseline allows in every attempt: a busy
// machine has bad moments. Only the contests with such a figure are held again.
func hold(list []contest, base Baseline, errs io.Writer) error {
	var bad []string
	for _, c := range list {
		figures, left, err := all([]contest{c}, errs)
		if err != nil {
			return err
		}
		for _, reason := range left {
			fmt.Fprintf(errs, "\n*** NOT CHECKED: %s. Its figures may have become worse. ***\n\n", reason)
		}
		worse := base.worse(figures)
		for n := 1; n < attempts && len(worse) > 0; n++ {
			fmt.Fprintln(errs, "Again, as it may be noise:", strings.Join(sortedKeys(worse), ", "))
			if figures, _, err = all([]contest{c}, errs); err != nil {
				return err
			}
			again := base.worse(figures)
			maps.DeleteFunc(worse, func(id, _ string) bool { return again[id] == "" })
			for id := range worse {
				worse[id] = again[id]
			}
		}
		for _, id := range sortedKeys(worse) {
			bad = append(bad, worse[id])
		}
	}
	if len(bad) > 0 {
		return fmt.Errorf("slower than the baseline:\n  %s", strings.Join(bad, "\n  "))
	}
	fmt.Fprintln(errs, "No relative figure is worse than the baseline allows.")
	return nil
}

// keep puts the figures into the baseline. Those that could not be measured stay.
func keep(figures []Figure) error {
	base, err := readBaseline(baselineFile)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	base.Machine = machine()
	for i := range figures {
		base.Figures[figures[i].ID], _, _ = figures[i].relative()
	}
	return base.write(baselineFile)
}
