package desk

import (
	"encoding/csv"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

// Ramp is a straight line of headcount: from people in the first month, to
// people in the last one, as the hires that follow it. Each month's headcount is
// rounded half up; months without a hire are left out. It refuses a last month
// before the first, and a headcount that falls.
func Ramp(first domain.Month, from int, last domain.Month, to int) ([]domain.Hire, *domain.Problem) {
	switch {
	case last < first:
		return nil, domain.Refuse("ramp.last", last.String(), "refuse.ramp.order", "first", first)
	case to < from:
		return nil, domain.Refuse("ramp.to", "", "refuse.ramp.falls", "from", from)
	}
	var out []domain.Hire
	there, steps := 0, int(last-first)
	for k := 0; k <= steps; k++ {
		want := to
		if steps > 0 {
			want = from + (2*(to-from)*k+steps)/(2*steps)
		}
		if n := want - there; n > 0 {
			out = append(out, domain.Hire{Month: first + domain.Month(k), Count: n})
			there = want
		}
	}
	if len(out) == 0 {
		return nil, domain.Refuse("ramp.to", "", "refuse.noHire")
	}
	return out, nil
}

const (
	colTitle = iota
	colMonth
	colCount
	colGross
	colNone
)

// ParsePlan reads a hiring plan as it is pasted from a spreadsheet or read from
// a CSV file. The first row decides what sets columns apart: tabs, else
// semicolons, else commas; a cell may stand in double quotes. A header row may
// name the columns in any order (profil, mois, effectif, brut); other columns
// are then left aside. Without one they come as month and count, or as profile,
// month, count and gross monthly pay. Rows of one profile and pay make one role,
// in the order they first appear. A row with a cell too many is refused: a
// decimal comma may have cut an amount in two. A refused row names its line;
// nothing is kept of a refused plan.
//
// A plan without profiles gives one role with an empty title; without pay, a
// pay of zero: the caller fills in those of the role it is pasted into.
func (d *Desk) ParsePlan(text string) ([]domain.Role, *domain.Problem) {
	var out []domain.Role
	var cols []int
	sep := rune(0)
	text = strings.TrimPrefix(text, "\ufeff")
	for i, line := range strings.Split(lineEnds.Replace(text), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if sep == 0 {
			sep = separator(line)
		}
		cells := splitRow(line, sep)
		if cols == nil {
			var header bool
			if cols, header = d.planHeader(cells); header {
				continue
			}
		}
		row, why := d.planRow(cells, cols)
		if why != nil {
			return nil, domain.Refuse("plan", strings.TrimSpace(line), "refuse.plan.line", "line", i+1, "why", *why)
		}
		out = addRow(out, row)
	}
	if len(out) == 0 {
		return nil, domain.Refuse("plan", "", "refuse.noHire")
	}
	return out, nil
}

// lineEnds brings the line ends of every system to one, so that each line is
// counted once.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// separator is what sets the columns of a row apart, cells in quotes aside.
func separator(line string) rune {
	quoted, semicolon := false, false
	for _, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '\t':
			return r
		case r == ';':
			semicolon = true
		}
	}
	if semicolon {
		return ';'
	}
	return ','
}

// splitRow gives the trimmed cells of a row, empty ones at its end left out; no
// cell where its quotes are not closed.
func splitRow(line string, sep rune) []string {
	r := csv.NewReader(strings.NewReader(line))
	r.Comma, r.FieldsPerRecord = sep, -1
	r.TrimLeadingSpace = sep != '\t' // it would take tabs, and so empty cells, away
	cells, err := r.Read()
	if err != nil {
		return nil
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}

// planHeader reads the first row: the columns it names, or the usual ones. The
// words that name a column are the catalogue's.
func (d *Desk) planHeader(cells []string) (cols []int, header bool) {
	names := map[string]int{}
	for col, key := range [...]string{"plan.words.title", "plan.words.month", "plan.words.count", "plan.words.gross"} {
		for _, word := range strings.Split(d.texts.Text(key), ",") {
			names[strings.TrimSpace(word)] = col
		}
	}
	for _, c := range cells {
		col, ok := names[headerWord(c)]
		if !ok || slices.Contains(cols, col) { // of two of a kind, the first counts
			col = colNone
		}
		header = header || ok
		cols = append(cols, col)
	}
	if header {
		return cols, true
	}
	if len(cells) == 2 {
		return []int{colMonth, colCount}, false
	}
	return []int{colTitle, colMonth, colCount, colGross}, false
}

// headerWord is a column's name without capitals and without the unit that may
// follow it: "Brut mensuel (MAD)".
func headerWord(cell string) string {
	name, _, _ := strings.Cut(strings.ToLower(cell), "(")
	return strings.TrimSpace(name)
}

func (d *Desk) planRow(cells []string, cols []int) (domain.Role, *domain.Msg) {
	var r domain.Role
	h := domain.Hire{}
	f := d.texts.Formatter()
	columns := domain.M("refuse.plan.columns")
	if len(cells) > len(cols) {
		return r, &columns
	}
	var wrong *domain.Problem
	for i, c := range cells {
		switch cols[i] {
		case colTitle:
			r.Title = c
		case colMonth:
			h.Month, wrong = f.ParseMonth(c)
		case colCount:
			h.Count, wrong = f.ParseCount(c)
		case colGross:
			if c != "" {
				r.GrossMonthly, wrong = f.ParseAmount(c)
			}
		}
		if wrong != nil {
			return r, &wrong.Msg
		}
	}
	if h.Month == 0 || h.Count == 0 {
		return r, &columns
	}
	r.Hires = []domain.Hire{h}
	return r, nil
}

func addRow(list []domain.Role, r domain.Role) []domain.Role {
	for i := range list {
		if list[i].Title == r.Title && list[i].GrossMonthly == r.GrossMonthly {
			list[i].Hires = append(list[i].Hires, r.Hires...)
			return list
		}
	}
	return append(list, r)
}
