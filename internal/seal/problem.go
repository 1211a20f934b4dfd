package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/domain"
)

// maxText bounds a name on a paper, in characters.
const maxText = 200

// problem is the first thing that keeps the payload from being sealed.
func (p Payload) problem() *domain.Problem {
	for _, check := range []func() *domain.Problem{p.wrongForm, p.wrongDates, p.wrongNames, p.wrongRules, p.wrongTotals} {
		if problem := check(); problem != nil {
			return problem
		}
	}
	return nil
}

func (p Payload) wrongForm() *domain.Problem {
	if p.Version != payloadVersion {
		return domain.Refuse("version", strconv.Itoa(p.Version), "seal.payload.version", "accepted", payloadVersion)
	}
	if n, err := ParseNumber(string(p.Number)); err != nil || n != p.Number {
		return domain.Refuse("number", string(p.Number), "seal.number.form")
	}
	return nil
}

func (p Payload) wrongDates() *domain.Problem {
	at := p.IssuedAt
	if at.Location() != time.UTC || at.Nanosecond() != 0 || !writableYear(at.Year()) {
		return domain.Refuse("issuedAt", at.String(), "seal.payload.time")
	}
	if !validDate(p.ValidUntil) || p.ValidUntil < p.issuedOn() {
		return domain.Refuse("validUntil", string(p.ValidUntil), "seal.payload.validity", "issued", p.issuedOn())
	}
	return nil
}

// CheckNames refuses who issues a paper, where and who checked it as Device.Issue
// would: so that nothing is kept before a paper that cannot be signed. It returns a
// *domain.Problem.
func (p Payload) CheckNames() error {
	if wrong := p.wrongNames(); wrong != nil {
		return wrong
	}
	return nil
}

func (p Payload) wrongNames() *domain.Problem {
	for _, text := range []struct {
		field, value string
		optional     bool
	}{
		{"officer", p.Officer, false},
		{"agency", p.Agency, false},
		{"fair", p.Fair, true},
		{"language", p.Language, false},
		{"check.by", p.Check.By, false},
	} {
		if text.optional && text.value == "" {
			continue
		}
		if !printable(text.value) {
			return domain.Refuse(text.field, text.value, "seal.payload.text", "max", maxText)
		}
	}
	if p.Check.Mode != ByChecklist && p.Check.Mode != BySecond {
		return domain.Refuse("check.mode", p.Check.Mode, "seal.payload.check", "accepted", ByChecklist+", "+BySecond)
	}
	return nil
}

// printable tells whether a text is one line that can be read.
func printable(s string) bool {
	return utf8.ValidString(s) && strings.TrimSpace(s) != "" && utf8.RuneCountInString(s) <= maxText &&
		!strings.ContainsFunc(s, unicode.IsControl)
}

func (p Payload) wrongRules() *domain.Problem {
	if !isHash(p.Project) {
		return domain.Refuse("project", p.Project, "seal.payload.hash")
	}
	if !isHash(p.Pack.SHA256) {
		return domain.Refuse("packSHA256", p.Pack.SHA256, "seal.payload.hash")
	}
	if p.Pack.Number < 1 || p.Pack.Number > maxCounter {
		return domain.Refuse("packNumber", strconv.Itoa(p.Pack.Number), "seal.payload.pack", "max", maxCounter)
	}
	for _, id := range domain.ReadingIDs {
		if !printable(p.Readings[id]) {
			return domain.Refuse("readings."+id, p.Readings[id], "seal.payload.reading")
		}
	}
	for id := range p.Readings {
		if !slices.Contains(domain.ReadingIDs[:], id) {
			return domain.Refuse("readings", id, "seal.payload.reading")
		}
	}
	return nil
}

// isHash tells whether s is a SHA-256 in lower-case hexadecimal digits.
func isHash(s string) bool {
	raw, err := hex.DecodeString(s)
	return err == nil && len(raw) == sha256.Size && hex.EncodeToString(raw) == s
}

func (p Payload) wrongTotals() *domain.Problem {
	t := p.Totals
	if t.Months < 1 || t.Months > maxCounter || !writableYear(t.From.Year()) {
		return domain.Refuse("totals.months", strconv.Itoa(t.Months), "seal.payload.horizon")
	}
	if t.Cost < 0 {
		return domain.Refuse("totals.cost", t.Cost.String(), "seal.payload.amounts")
	}
	for i, f := range t.figures() {
		if !f.ordered() {
			field := "totals." + append([]string{"benefits"}, domain.Benefits[:]...)[i]
			return domain.Refuse(field, f.Value.String(), "seal.payload.amounts")
		}
	}
	if !inOrder(t.Incomplete) {
		return domain.Refuse("totals.incomplete", strings.Join(t.Incomplete, ", "), "seal.payload.incomplete")
	}
	return nil
}

// issuedOn is the day of issue, in UTC.
func (p Payload) issuedOn() domain.Date { return domain.Date(p.IssuedAt.Format(time.DateOnly)) }

// validDate tells whether d is a day of the calendar, written YYYY-MM-DD.
func validDate(d domain.Date) bool {
	day, err := time.Parse(time.DateOnly, string(d))
	return err == nil && writableYear(day.Year())
}

// writableYear tells whether a year has four digits on paper.
func writableYear(year int) bool { return 1 <= year && year <= 9999 }
