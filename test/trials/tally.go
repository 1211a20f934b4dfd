package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"
)

// mostFaults is after how many faults a part keeps no more files to look at.
const mostFaults = 20

// tally is what one kind of trial came to: a row of a table.
type tally struct {
	Group   string // the table
	Kind    string
	N       map[string]int
	Faults  []string
	Skipped string         // why it was not tried
	Ops     map[string]int // confirmed operations by kind
	Copies  int            // snapshots that were opened
	Seconds float64

	stderr bytes.Buffer
	usual  map[string]time.Duration // from the beginning of an operation to its confirmation
}

func newTally(group, kind string) *tally {
	return &tally{Group: group, Kind: kind, N: map[string]int{}, Ops: map[string]int{}, usual: map[string]time.Duration{}}
}

// fault counts something that must not be, and says what, at once too: a long run takes
// its time.
func (t *tally) fault(column, format string, a ...any) {
	t.N[column]++
	said := fmt.Sprintf(t.Kind+": "+column+": "+format, a...)
	t.Faults = append(t.Faults, said)
	fmt.Fprintln(os.Stderr, said)
}

// tables are the columns of each group: what was counted, then what must be 0.
var tables = []struct {
	group         string
	counts, zeros []string
}{
	{
		groupCrash,
		[]string{colKills, colConfirm, colFull, colOpening, colFlight, colAbsent, colWhole, colPart, colRoom},
		[]string{colLost, colMixed, colNotOpen, colReadable, colNumbers, colCopies, colUnsaid},
	},
	{groupTorn, []string{colImages, colBefore, colAfter, colSalvaged, colSnapshot}, []string{colLost, colMixed, colNotOpen, colChanged, colPanics}},
	{groupOrder, []string{colCommits}, []string{colDisorder, colUnconfirms}},
	{
		groupDamage,
		[]string{colTried, colDetected, colSalvaged, colSnapshot, colHarmless},
		[]string{colSilent, colChanged, colNotOpen, colNumbers, colEmpty, colPanics},
	},
}

// writeTables writes what was counted, as Markdown.
func writeTables(w io.Writer, ts []*tally) {
	for _, table := range tables {
		rows := slices.DeleteFunc(slices.Clone(ts), func(t *tally) bool { return t.Group != table.group })
		if len(rows) == 0 {
			continue
		}
		columns := slices.Concat(table.counts, table.zeros)
		fmt.Fprintf(w, "### %s\n\n| | %s |\n|---|%s\n", table.group, strings.Join(columns, " | "), strings.Repeat("---:|", len(columns)))
		total := newTally(table.group, "all")
		for _, t := range rows {
			writeRow(w, t, columns)
			for k, n := range t.N {
				total.N[k] += n
			}
		}
		if len(rows) > 1 {
			writeRow(w, total, columns)
		}
		fmt.Fprintln(w)
	}
}

func writeRow(w io.Writer, t *tally, columns []string) {
	if t.Skipped != "" {
		fmt.Fprintf(w, "| %s: skipped, %s |%s\n", t.Kind, t.Skipped, strings.Repeat(" |", len(columns)))
		return
	}
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = fmt.Sprint(t.N[c])
	}
	fmt.Fprintf(w, "| %s | %s |\n", t.Kind, strings.Join(cells, " | "))
}

// writeOperations says what the users had done when they were killed.
func writeOperations(w io.Writer, ts []*tally) {
	sum, copied := map[string]int{}, 0
	for _, t := range ts {
		copied += t.Copies
		for name, n := range t.Ops {
			sum[name] += n
		}
	}
	if len(sum) == 0 {
		return
	}
	var list []string
	for name, n := range sum {
		list = append(list, fmt.Sprintf("%s %d", name, n))
	}
	slices.Sort(list)
	fmt.Fprintf(w, "Confirmed operations: %s. Snapshots opened and found whole: %d.\n\n", strings.Join(list, ", "), copied)
}
