// Package intake reads a table of figures as spreadsheets and people write it.
// Encoding, separator and decimal sign are taken from the file; what could mean
// two things is refused with its line, never guessed. It knows the columns and
// the forms of numbers, periods and dates, not which indicators a pack has.
package intake
