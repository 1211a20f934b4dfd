package i18n

import (
	"fmt"
	"strings"
	"time"

	"atlasp2i/internal/domain"
)

// narrow is the narrow no-break space: French groups of digits and signs.
const narrow = "\u202f"

// minus is the sign of a negative number, as wide as a digit.
const minus = "\u2212"

// Decimals of the fixed-point types, and of percentages within a sentence.
const (
	centimes                = 2
	millionths              = 6
	percentDecimals         = 4 // a millionth is 0.0001 %
	sentencePercentDecimals = 2
)

// locale is how a language writes numbers and dates. Words (months, "and") are
// in its catalogue.
type locale struct {
	group, decimal string
	percent        string   // after the digits
	date           string   // layout of package time: one place for all days
	tightBefore    string   // signs with a no-break space before them
	tightAfter     string   // signs with a no-break space after them
	forms          []string // plural forms that a text with a number needs
}

// oneOther are the forms of French too: the one that it has for a million is the
// same as "other" but for a word, and no count here comes near.
var oneOther = []string{"one", "other"}

var locales = map[string]locale{
	"fr": {group: narrow, decimal: ",", percent: narrow + "%", date: "02/01/2006", tightBefore: ":;?!%»", tightAfter: "«", forms: oneOther},
	// In English figures alone are ambiguous: 01/07/2026 is January to an American.
	// The names of months in layouts are English already.
	"en": {group: ",", decimal: ".", percent: "%", date: "2 Jan 2006", forms: oneOther},
	// As Moroccan readers write: our digits, not those of the East.
	"ar": {group: narrow, decimal: ",", percent: "%", date: "02/01/2006", forms: []string{"zero", "one", "two", "few", "many", "other"}},
	"es": {group: ".", decimal: ",", percent: narrow + "%", date: "02/01/2006", tightBefore: "%", forms: []string{"one", "many", "other"}},
}

// Formatter writes numbers, months and dates as readers of one language expect
// them, and reads what they type. All screens and the command line share it.
type Formatter struct {
	locale
	months [12]string // "janvier"
	folded [12]string // months without accents or capitals, for reading
	text   func(key string, pairs ...any) string
}

func newFormatter(c *Catalogue) *Formatter {
	f := &Formatter{locale: locales[c.lang], text: c.Text}
	for i := range f.months {
		f.months[i] = c.Text(fmt.Sprintf("month.%d", i+1))
		f.folded[i] = fold(f.months[i])
	}
	return f
}

// Amount is whole MAD, half a dirham up, without unit: "14 669 242".
func (f *Formatter) Amount(m domain.Money) string { return f.fixed(int64(m), centimes, 0, 0) }

// AmountExact is MAD with its centimes: "14 669 241,60".
func (f *Formatter) AmountExact(m domain.Money) string {
	return f.fixed(int64(m), centimes, centimes, centimes)
}

// Compact is a short amount for charts and cards: "14,7 M", "950 k", "600".
func (f *Formatter) Compact(m domain.Money) string {
	const thousand, million = 3, 6 // powers of ten
	size := max(m, -m)
	switch {
	case roundTo(int64(size), centimes+thousand) >= 1000: // 999,500 is a million too
		return f.text("number.million", "n", f.fixed(int64(m), centimes+million, 1, 1))
	case size >= 1000*100:
		return f.text("number.thousand", "n", f.fixed(int64(m), centimes+thousand, 0, 0))
	default:
		return f.Amount(m)
	}
}

// Between is a range of two amounts that this formatter wrote: "1,7 à 4,5 M". A
// unit that both carry is said once.
func (f *Formatter) Between(low, high string) string {
	if i, j := strings.LastIndex(low, narrow), strings.LastIndex(high, narrow); i > 0 && j > 0 && low[i:] == high[j:] && !allDigits(low[i+len(narrow):]) {
		low = low[:i]
	}
	return f.text("number.between", "low", low, "high", high)
}

// Percent is a share with exactly that many decimals, at most four: "17,9 %".
func (f *Formatter) Percent(s domain.Share, decimals int) string {
	return f.fixed(int64(s), percentDecimals, decimals, decimals) + f.percent
}

// percentUpTo leaves out decimals that are zero: "35 %", "4,48 %".
func (f *Formatter) percentUpTo(s domain.Share, decimals int) string {
	return f.fixed(int64(s), percentDecimals, 0, decimals) + f.percent
}

// Heads is people: "40", "38,5"; at most one decimal, half up.
func (f *Formatter) Heads(h domain.Heads) string { return f.fixed(int64(h), millionths, 0, 1) }

// Count is a whole number, grouped: "1 234".
func (f *Formatter) Count(n int) string { return f.fixed(int64(n), 0, 0, 0) }

// Decimal is a number with all the digits it has: "52 646,208". What is not a
// decimal number is given back as it is.
func (f *Formatter) Decimal(d domain.Decimal) string {
	digits, negative := strings.CutPrefix(string(d), "-")
	whole, frac, point := strings.Cut(digits, ".")
	if !allDigits(whole) || (point && !allDigits(frac)) {
		return string(d)
	}
	out := f.grouped(whole)
	if point {
		out += f.decimal + frac
	}
	if negative {
		return minus + out
	}
	return out
}

// Month is a month in words: "janvier 2026".
func (f *Formatter) Month(m domain.Month) string {
	return fmt.Sprintf("%s %04d", f.months[m.Number()-1], m.Year())
}

// Date is a day: "01/07/2025", in English "1 Jul 2025". What is no day is given
// back as it is, "" for no date.
func (f *Formatter) Date(d domain.Date) string {
	day, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		return string(d)
	}
	return day.Format(f.date)
}

// sentenceAmount is an amount inside a sentence: centimes only where they weigh.
func (f *Formatter) sentenceAmount(m domain.Money) string {
	const weighs = 1000 * 100 // centimes
	if m%100 == 0 || m >= weighs || m <= -weighs {
		return f.Amount(m)
	}
	return f.AmountExact(m)
}

// sentenceCount leaves four digits together, so that a year stays one.
func (f *Formatter) sentenceCount(n int64) string {
	if n > -10_000 && n < 10_000 {
		return strings.Replace(fmt.Sprint(n), "-", minus, 1)
	}
	return f.fixed(n, 0, 0, 0)
}

// fixed writes n units of 10^-digits with between least and most decimals,
// half up (away from zero).
func (f *Formatter) fixed(n int64, digits, least, most int) string {
	sign := ""
	if n < 0 {
		sign, n = minus, -n
	}
	most = min(most, digits)
	n = roundTo(n, digits-most)
	if n == 0 {
		sign = ""
	}
	whole, frac, _ := strings.Cut(domain.FormatFixed(n, most, min(least, most)), ".")
	if frac == "" {
		return sign + f.grouped(whole)
	}
	return sign + f.grouped(whole) + f.decimal + frac
}

// roundTo drops the last digits of a number that is not negative, half up.
func roundTo(n int64, drop int) int64 {
	unit := int64(1)
	for range drop {
		unit *= 10
	}
	whole, rest := n/unit, n%unit
	if rest*2 >= unit && unit > 1 {
		whole++
	}
	return whole
}

// grouped puts the group sign between groups of three digits.
func (f *Formatter) grouped(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	var b strings.Builder
	head := len(digits) % 3
	b.WriteString(digits[:head])
	for i := head; i < len(digits); i += 3 {
		if i > 0 {
			b.WriteString(f.group)
		}
		b.WriteString(digits[i : i+3])
	}
	return b.String()
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
