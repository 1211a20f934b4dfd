package i18n

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"atlasp2i/internal/domain"

	"golang.org/x/text/unicode/norm"
)

// maxDigits is how many digits before the decimals are read: 999 billion MAD.
const maxDigits = 12

// maxCountDigits keeps a count within an int of any machine.
const maxCountDigits = 9

// minMonthLetters is how much of a month's name must be typed.
const minMonthLetters = 3

// currency marks that may follow an amount; what is typed or pasted carries them.
var currency = []string{"MAD", "DHS", "DH"}

// ParseAmount reads an amount of MAD as an officer types or pastes it:
// "30 000,50", "30000.5", "1.234.567,89", "1,234.50", "30 000 MAD".
//
// Comma and point are both accepted. Where both stand, the last is the decimal
// sign. One sign alone with exactly three digits after it groups thousands,
// because an amount has at most two decimals: "1.234" and "1,234" are 1234 MAD.
// Groups have three digits; anything else is refused. The Problem has no field:
// the caller knows it.
func (f *Formatter) ParseAmount(s string) (domain.Money, *domain.Problem) {
	text := strings.TrimSpace(s)
	for _, mark := range currency {
		if cut := len(text) - len(mark); cut > 0 && strings.EqualFold(text[cut:], mark) {
			text = strings.TrimSpace(text[:cut])
			break
		}
	}
	if p := signOrNothing(text, s); p != nil {
		return 0, p
	}
	whole, frac, ok := splitNumber(text, centimes)
	switch {
	case !ok:
		return 0, domain.Refuse("", s, "input.amount")
	case len(frac) > centimes:
		return 0, domain.Refuse("", s, "input.amount.decimals")
	case len(whole) > maxDigits:
		return 0, domain.Refuse("", s, "input.amount.large")
	}
	m, err := domain.ParseMoney(joinNumber(whole, frac))
	if err != nil {
		return 0, domain.Refuse("", s, "input.amount")
	}
	return m, nil
}

// ParsePercent reads a percentage from 0 to 100 with at most four decimals,
// with or without its sign: "12%", "12,5 %", "12.5". A single comma or point is
// always the decimal sign here: "1.234" is 1.234 %. The Problem has no field.
func (f *Formatter) ParsePercent(s string) (domain.Share, *domain.Problem) {
	text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(s), "%"))
	if p := signOrNothing(text, s); p != nil {
		return 0, p
	}
	whole, frac, _ := strings.Cut(strings.Replace(text, ",", ".", 1), ".")
	switch {
	case !allDigits(whole) || (frac == "" && whole != text) || (frac != "" && !allDigits(frac)):
		return 0, domain.Refuse("", s, "input.percent")
	case len(frac) > percentDecimals:
		return 0, domain.Refuse("", s, "input.percent.decimals")
	case len(whole) > maxDigits:
		return 0, domain.Refuse("", s, "input.percent.range")
	}
	units := whole + frac + strings.Repeat("0", percentDecimals-len(frac))
	n, err := strconv.ParseInt(units, 10, 64)
	if err != nil || domain.Share(n) > domain.ShareOne {
		return 0, domain.Refuse("", s, "input.percent.range")
	}
	return domain.Share(n), nil
}

// quantityDecimals is how many decimals a quantity may have. With two, a lone sign
// before three digits groups thousands.
const quantityDecimals = 2

// ParseQuantity reads a number with the unit that may follow it: "22", "22 ha",
// "2 000 000 passagers". Words are the ways the unit is written; another word is
// refused, since the number would then mean something else. Signs are read as in
// ParseAmount: two decimals at most. The Problem has no field.
func (f *Formatter) ParseQuantity(s string, words []string) (domain.Quantity, *domain.Problem) {
	text := strings.TrimSpace(s)
	unit := func(r rune) bool { return unicode.IsLetter(r) || r == '%' }
	if cut := strings.IndexFunc(text, unit); cut > 0 {
		given := fold(strings.Join(strings.Fields(text[cut:]), " "))
		if !slices.ContainsFunc(words, func(w string) bool { return fold(w) == given }) {
			return 0, domain.Refuse("", s, "input.unit", "unit", words[0])
		}
		text = strings.TrimSpace(text[:cut])
	}
	if p := signOrNothing(text, s); p != nil {
		return 0, p
	}
	whole, frac, ok := splitNumber(text, quantityDecimals)
	switch {
	case !ok:
		return 0, domain.Refuse("", s, "input.number")
	case len(frac) > quantityDecimals:
		return 0, domain.Refuse("", s, "input.number.decimals")
	case len(whole) > maxDigits:
		return 0, domain.Refuse("", s, "input.number.large")
	}
	q, err := domain.ParseQuantity(joinNumber(whole, frac))
	if err != nil {
		return 0, domain.Refuse("", s, "input.number")
	}
	return q, nil
}

// ParseCount reads a whole number of at most nine digits: "40", "1 200",
// "1.200". The caller checks its range and names the field.
func (f *Formatter) ParseCount(s string) (int, *domain.Problem) {
	text := strings.TrimSpace(s)
	if p := signOrNothing(text, s); p != nil {
		return 0, p
	}
	whole, frac, ok := splitNumber(text, 0)
	if !ok || frac != "" {
		return 0, domain.Refuse("", s, "input.count")
	}
	whole = strings.TrimLeft(whole, "0")
	if len(whole) > maxCountDigits {
		return 0, domain.Refuse("", s, "input.count.large")
	}
	n, _ := strconv.Atoi("0" + whole)
	return n, nil
}

// ParseMonth reads a month with a year of four digits: "01/2026", "1/2026",
// "2026-01", "janv. 2026", "janvier 2026", "enero de 2026", with or without accents,
// in the formatter's language; at least three letters of the name and no two months that begin so. The Problem has no
// field.
func (f *Formatter) ParseMonth(s string) (domain.Month, *domain.Problem) {
	text := strings.TrimSpace(s)
	if text == "" {
		return 0, domain.Refuse("", s, "input.empty")
	}
	parts := strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '/' || r == '-' || r == '.' || r == ','
	})
	if len(parts) == 3 && fold(parts[1]) == "de" { // "enero de 2026"
		parts = slices.Delete(parts, 1, 2)
	}
	if len(parts) != 2 {
		return 0, domain.Refuse("", s, "input.month")
	}
	month, year := parts[0], parts[1]
	if len(month) == 4 && allDigits(month) {
		month, year = year, month
	}
	number := f.monthNumber(month)
	if number == 0 || len(year) != 4 || !allDigits(year) {
		return 0, domain.Refuse("", s, "input.month")
	}
	y, _ := strconv.Atoi(year)
	return domain.NewMonth(y, number), nil
}

// monthNumber gives 1 to 12 for a number or the beginning of a name, else 0.
func (f *Formatter) monthNumber(s string) int {
	if allDigits(s) && len(s) <= 2 {
		n, _ := strconv.Atoi(s)
		if n >= 1 && n <= 12 {
			return n
		}
		return 0
	}
	name, found := fold(s), 0
	if len(name) < minMonthLetters {
		return 0
	}
	for i, month := range f.folded {
		if strings.HasPrefix(month, name) {
			if found != 0 {
				return 0
			}
			found = i + 1
		}
	}
	return found
}

// signOrNothing refuses an empty field and a minus sign with words of their own.
func signOrNothing(text, given string) *domain.Problem {
	switch {
	case text == "":
		return domain.Refuse("", given, "input.empty")
	case strings.HasPrefix(text, "-") || strings.HasPrefix(text, minus):
		return domain.Refuse("", given, "input.negative")
	default:
		return nil
	}
}

// splitNumber takes the group signs out of a number and splits it at its
// decimal sign. decimals is how many the value may have: a lone sign before
// exactly three digits groups where that is more than it may have.
func splitNumber(s string, decimals int) (whole, frac string, ok bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, s)
	sign := strings.LastIndexAny(s, ".,")
	if sign < 0 {
		whole, ok = ungroup(s)
		return whole, "", ok
	}
	head, tail := s[:sign], s[sign+1:]
	repeated := strings.IndexByte(head, s[sign]) >= 0
	alone := !strings.ContainsAny(head, "., ")
	if repeated || (alone && len(tail) == 3 && len(tail) > decimals && groupHead(head)) {
		whole, ok = ungroup(s)
		return whole, "", ok
	}
	whole, ok = ungroup(head)
	return whole, tail, ok && allDigits(tail)
}

// groupHead says whether the digits can be the first group: one to three, no
// zero in front.
func groupHead(s string) bool { return allDigits(s) && len(s) <= 3 && s[0] != '0' }

// ungroup takes out one kind of group sign between groups of three digits.
func ungroup(s string) (string, bool) {
	at := strings.IndexAny(s, " .,")
	if at < 0 {
		return s, allDigits(s)
	}
	groups := strings.Split(s, s[at:at+1])
	for i, g := range groups {
		if (i == 0 && !groupHead(g)) || (i > 0 && (len(g) != 3 || !allDigits(g))) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func joinNumber(whole, frac string) string {
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

// fold takes away accents, capitals and points, so that "Févr." meets "février".
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '.' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(s))
}
