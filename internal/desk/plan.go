package desk

import (
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

// columns of a hiring plan, by the words a header may use.
var planColumns = map[string]int{
	"profil": colTitle, "poste": colTitle, "role": colTitle, "rôle": colTitle, "title": colTitle,
	"mois": colMonth, "date": colMonth, "month": colMonth, "embauche": colMonth,
	"effectif": colCount, "nombre": colCount, "embauches": colCount, "count": colCount, "personnes": colCount,
	"brut": colGross, "brut mensuel": colGross, "salaire": colGross, "gross": colGross, "grossmonthly": colGross,
}

const (
	colTitle = iota
	colMonth
	colCount
	colGross
	colNone
)

// ParsePlan reads a hiring plan as it is pasted from a spreadsheet or read from
// a CSV file. Columns are set apart by tabs, semicolons, or commas followed by no
// digit; a header row may name them in any order (profil, mois, effectif, brut),
// otherwise they come as month and count, or profile, month, count and gross
// monthly pay. Rows of one profile and pay make one role, in the order they
// first appear. A refused row names its line; nothing is kept of a refused plan.
//
// A plan without profiles gives one role with an empty title; without pay, a
// pay of zero: the caller fills in those of the role it is pasted into.
func (d *Desk) ParsePlan(text string) ([]domain.Role, *domain.Problem) {
	var out []domain.Role
	var cols []int
	text = strings.TrimPrefix(text, "\ufeff")
	for i, line := range strings.Split(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		cells := splitRow(line)
		if cols == nil {
			var header bool
			if cols, header = planHeader(cells); header {
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

func splitRow(line string) []string {
	sep := ","
	for _, s := range []string{"\t", ";"} {
		if strings.Contains(line, s) {
			sep = s
			break
		}
	}
	cells := strings.Split(line, sep)
	for i := range cells {
		cells[i] = strings.Trim(strings.TrimSpace(cells[i]), `"`)
	}
	return cells
}

// planHeader reads the first row: the columns it names, or the usual ones.
func planHeader(cells []string) (cols []int, header bool) {
	for _, c := range cells {
		col, ok := planColumns[strings.ToLower(c)]
		if !ok {
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

func (d *Desk) planRow(cells []string, cols []int) (domain.Role, *domain.Msg) {
	var r domain.Role
	h := domain.Hire{}
	f := d.texts.Formatter()
	var wrong *domain.Problem
	for i, c := range cells {
		if i >= len(cols) || wrong != nil {
			break
		}
		switch cols[i] {
		case colTitle:
			r.Title = c
		case colMonth:
			h.Month, wrong = f.ParseMonth(c)
		case colCount:
			h.Count, wrong = f.ParseCount(c)
		case colGross:
			r.GrossMonthly, wrong = f.ParseAmount(c)
		}
	}
	if wrong != nil {
		return r, &wrong.Msg
	}
	if h.Month == 0 || h.Count == 0 {
		m := domain.M("refuse.plan.columns")
		return r, &m
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
