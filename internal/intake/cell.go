package intake

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

func itoa(n int) string { return strconv.Itoa(n) }

// cells reads the cells of a line; the first fault is kept.
type cells struct {
	h      *header
	record []string
	wrong  *domain.Problem
}

func (c *cells) refuse(p *domain.Problem) {
	if c.wrong == nil && p != nil {
		c.wrong = p
	}
}

// get gives a cell without the spaces around it, "" where the line or the table
// does not have it.
func (c *cells) get(column string) string {
	i, ok := c.h.at[column]
	if !ok || i >= len(c.record) {
		return ""
	}
	return strings.TrimSpace(c.record[i])
}

// need is get for a cell that must not be empty.
func (c *cells) need(column string) string {
	cell := c.get(column)
	if cell == "" {
		c.refuse(domain.Refuse(column, "", "intake.empty"))
	}
	return cell
}

// words is a cell of words with at most so many letters, on one line except in a
// note. An obligatory one must not be empty: a figure without a series says none.
func (c *cells) words(column string, most int) string {
	cell := c.get(column)
	if slices.Contains(Columns[:obligatory], column) {
		cell = c.need(column)
	}
	control := func(r rune) bool { return unicode.IsControl(r) && (column != "note" || r != '\n') }
	if utf8.RuneCountInString(cell) > most || strings.ContainsFunc(cell, control) {
		c.refuse(domain.Refuse(column, cell, "intake.words", "most", most))
	}
	return strings.Clone(cell) // the record shares the memory of its line
}

func parsePeriod(cell string) (figures.Period, *domain.Problem) {
	p, err := figures.ParsePeriod(cell)
	if err != nil {
		return p, domain.Refuse("period", cell, "figures.problem.period")
	}
	return p, nil
}

var (
	dateForm  = regexp.MustCompile(`^(19|20|21)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$`)
	slashForm = regexp.MustCompile(`^(\d{1,2})/(\d{1,2})/(\d{4})$`)
)

// parseDate reads a date as published: year, month or day. The form with slashes
// that spreadsheets make of a day is read where day and month cannot be taken for
// each other.
func parseDate(cell string) (string, *domain.Problem) {
	if cell == rules.Undated { // as the program writes it
		return "", nil
	}
	date := cell
	if m := slashForm.FindStringSubmatch(cell); m != nil {
		day, _ := strconv.Atoi(m[1])
		month, _ := strconv.Atoi(m[2])
		if day <= 12 && month <= 12 && day != month {
			return "", domain.Refuse("date", cell, "intake.dateAmbiguous")
		}
		if month > 12 {
			day, month = month, day
		}
		date = fmt.Sprintf("%s-%02d-%02d", m[3], month, day)
	}
	if date != "" && (!dateForm.MatchString(date) || !dayExists(date)) {
		return "", domain.Refuse("date", cell, "intake.date")
	}
	return strings.Clone(date), nil
}

// dayExists tells whether a date in its form is in the calendar.
func dayExists(date string) bool {
	if len(date) < len("2006-01-02") {
		return true
	}
	year, _ := strconv.Atoi(date[:4])
	month, _ := strconv.Atoi(date[5:7])
	day, _ := strconv.Atoi(date[8:])
	days := 31
	switch month {
	case 4, 6, 9, 11:
		days = 30
	case 2:
		days = 28
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			days = 29
		}
	}
	return day <= days
}
