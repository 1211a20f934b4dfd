package dossier

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"time"
)

// Columns of the table of contacts, which keep their names and order: imports are
// set up once. Ids stay the same from one table to the next, so that an import
// brings a contact up to date instead of doubling it. Dates and times are ISO 8601,
// times in UTC; consent is yes, no, withdrawn, or empty where it was never asked.
var Columns = []string{
	"id", "name", "company", "role", "email", "phone", "language",
	"segment", "size", "horizon", "fair", "grade", "state",
	"next_step", "next_owner", "next_due", "next_done",
	"consent", "consent_at", "consent_by", "consent_wording", "consent_version", "consent_language", "consent_purposes",
	"notes", "simulations", "created", "updated",
}

// WriteCSV writes contacts as CSV (RFC 4180: commas, CRLF) in UTF-8 with a byte
// order mark, without which spreadsheets take it for another encoding. No cell is a
// formula: see safe. It returns the error of w.
func WriteCSV(w io.Writer, list []*Dossier) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	if err := c.Write(Columns); err != nil {
		return err
	}
	for _, d := range list {
		if err := c.Write(d.row()); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func (d *Dossier) row() []string {
	var sims []string
	for _, l := range d.Simulations {
		sims = append(sims, l.ID+"/"+strconv.Itoa(l.Revision))
	}
	row := []string{
		d.ID, d.Contact.Name, d.Contact.Company, d.Contact.Role, d.Contact.Email, "", d.Language,
		d.Interest.Segment, d.Interest.Size, d.Interest.Horizon, d.Fair, d.Grade, string(d.State),
		d.Step, d.Next.Owner, string(d.Next.Due), yesNo(d.Next.Due != "" || d.Step != "", d.Next.Done),
	}
	row = append(row, d.Consent.cells()...)
	row = append(row, d.Notes, strings.Join(sims, " "), isoTime(d.Created), isoTime(d.Updated))
	for i := range row {
		row[i] = safe(row[i])
	}
	row[phoneColumn] = phoneCell(d.Contact.Phone)
	return row
}

const phoneColumn = 5

func (c *Consent) cells() []string {
	if c == nil {
		return make([]string, 7)
	}
	is := yesNo(true, c.Given)
	if c.Withdrawn != nil {
		is = "withdrawn"
	}
	return []string{is, isoTime(c.At), c.By, c.Wording, c.Version, c.Language, strings.Join(c.Purposes, " ")}
}

// phoneCell leaves a number that can be dialled as plus and digits, which no
// spreadsheet can take for anything but a number, so that its plus is not spoilt.
func phoneCell(p string) string {
	if n, ok := dialled(p); ok {
		return n
	}
	return safe(p)
}

// safe puts an apostrophe before a cell that a spreadsheet would run as a formula.
// Spaces in front do not hide one from every spreadsheet.
func safe(cell string) string {
	if t := strings.TrimLeft(cell, " \u00a0"); t != "" && strings.ContainsRune("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20", []rune(t)[0]) {
		return "'" + cell
	}
	return cell
}

func yesNo(said, is bool) string {
	switch {
	case !said:
		return ""
	case is:
		return "yes"
	}
	return "no"
}

func isoTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
