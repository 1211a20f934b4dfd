package intake

import (
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
)

// percent is the unit in which a lone sign is always the decimal sign.
const percent = "%"

// spaces that stand between groups of three digits: plain, no-break, narrow
// no-break, thin.
var groupSpaces = strings.NewReplacer(" ", " ", "\u00a0", " ", "\u202f", " ", "\u2009", " ")

// parseNum reads a number with a point or a comma, groups of three digits, and a
// percent sign where the unit is one. Where point and comma both stand, the last
// is the decimal sign. One that stands alone before exactly three digits could be
// either and is refused, except in percent and behind a number that begins with
// a zero: 01,234 is one and 234 thousandths.
func parseNum(cell, unit string) (figures.Num, *domain.Problem) {
	refuse := func(key string) (figures.Num, *domain.Problem) {
		return figures.Num{}, domain.Refuse("value", cell, key)
	}
	text := groupSpaces.Replace(cell)
	if unit == percent {
		text = strings.TrimRight(strings.TrimSuffix(text, "%"), " ")
	}
	minus := ""
	for _, sign := range []string{"-", "\u2212", "+"} {
		if rest, ok := strings.CutPrefix(text, sign); ok {
			text = strings.TrimLeft(rest, " ")
			if sign != "+" {
				minus = "-"
			}
			break
		}
	}
	whole, frac, sign, ok := split(text)
	if !ok {
		return refuse("intake.number")
	}
	if sign != 0 && unit != percent && len(frac) == 3 && len(whole) <= 3 && whole != "" && whole[0] != '0' {
		return refuse("intake.ambiguous")
	}
	digits := strings.TrimLeft(whole, "0")
	if digits == "" {
		digits = "0"
	}
	if sign != 0 {
		digits += "." + frac
	}
	n, err := figures.ParseNum(minus + digits)
	if err != nil {
		return refuse("intake.number")
	}
	return n, nil
}

// split takes a number without its minus apart. The whole part comes without its
// groups; sign is the decimal sign, 0 where there is none.
func split(text string) (whole, frac string, sign byte, ok bool) {
	points, commas := strings.Count(text, "."), strings.Count(text, ",")
	at := max(strings.LastIndexByte(text, '.'), strings.LastIndexByte(text, ','))
	if points+commas > 1 && (points == 0 || commas == 0) {
		at = -1 // one sign several times only groups
	}
	whole = text
	if at >= 0 {
		whole, frac, sign = text[:at], text[at+1:], text[at]
	}
	if sign != 0 && (frac == "" || !digits(frac) || strings.IndexByte(whole, sign) >= 0) {
		return "", "", 0, false
	}
	for _, g := range []string{" ", ",", "."} {
		if !strings.Contains(whole, g) {
			continue
		}
		parts := strings.Split(whole, g)
		for i, p := range parts {
			if !digits(p) || i > 0 && len(p) != 3 || i == 0 && (len(p) > 3 || p[0] == '0') {
				return "", "", 0, false
			}
		}
		return strings.Join(parts, ""), frac, sign, true
	}
	return whole, frac, sign, digits(whole)
}

// digits tells whether a text is digits, at least one.
func digits(s string) bool {
	return s != "" && strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}
