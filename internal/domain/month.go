package domain

import (
	"fmt"
	"strconv"
)

// Month is a calendar month, counted from January of year 0: 12*year + month-1.
// Subtracting two months gives the number of whole months between them.
type Month int

// Date is a calendar day written YYYY-MM-DD; the empty string is "no date".
type Date string

// NewMonth makes a month of a year and a month number from 1 to 12.
func NewMonth(year, month int) Month { return Month(year*12 + month - 1) }

// ParseMonth reads "YYYY-MM".
func ParseMonth(s string) (Month, error) {
	if len(s) != 7 || s[4] != '-' || !digits(s[:4]) || !digits(s[5:]) {
		return 0, fmt.Errorf("%q is not a month YYYY-MM", s)
	}
	y, _ := strconv.Atoi(s[:4]) // digits only, see above
	m, _ := strconv.Atoi(s[5:])
	if m < 1 || m > 12 {
		return 0, fmt.Errorf("%q is not a month YYYY-MM", s)
	}
	return NewMonth(y, m), nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Year is the calendar year of the month.
func (m Month) Year() int { return int(m) / 12 }

// Number is the month of the year, 1 to 12.
func (m Month) Number() int { return int(m)%12 + 1 }

// String prints "YYYY-MM".
func (m Month) String() string { return fmt.Sprintf("%04d-%02d", m.Year(), m.Number()) }

// MarshalText writes "YYYY-MM".
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads "YYYY-MM".
func (m *Month) UnmarshalText(b []byte) (err error) { *m, err = ParseMonth(string(b)); return err }

// Month is the month of the day. The date must have been checked when it was read.
func (d Date) Month() Month {
	m, _ := ParseMonth(string(d)[:7])
	return m
}
