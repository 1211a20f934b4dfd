package rules

import (
	"fmt"
	"math/big"
	"strings"

	"atlasp2i/internal/domain"
)

// How many decimals an amount and a share may have in the pack.
const (
	amountDecimals = 2
	shareDecimals  = 6
)

// number reads the text of a value in its unit and scales it: centimes,
// millionths, whole numbers or a month.
func (d *decoder) number(line int, raw, unit string) int64 {
	switch unit {
	case UnitShare:
		v := d.fixed(line, raw, shareDecimals)
		if v > int64(domain.ShareOne) {
			d.refuse(line, "share_range", raw, `"0" … "1"`)
		}
		return v
	case UnitMAD, UnitMADMonth, UnitMADYear:
		return d.fixed(line, raw, amountDecimals)
	case UnitMonth:
		m, err := domain.ParseMonth(raw)
		if err != nil {
			d.refuse(line, "bad_month", raw, `"YYYY-MM"`)
		}
		return int64(m)
	default:
		v, ok := smallInt(raw)
		if !ok {
			d.refuse(line, "bad_number", raw, `"0" … "999999" (`+unit+")")
		}
		return int64(v)
	}
}

// fixed reads a decimal and names too many decimals apart from other faults.
func (d *decoder) fixed(line int, raw string, decimals int) int64 {
	sample := `"0.` + strings.Repeat("0", decimals) + `"`
	whole, frac, _ := strings.Cut(raw, ".")
	if len(frac) > decimals && onlyDigits(whole+frac) {
		d.refuse(line, "decimals", raw, sample)
		return 0
	}
	var v int64
	var err error
	if decimals == shareDecimals {
		var s domain.Share
		s, err = domain.ParseShare(raw)
		v = int64(s)
	} else {
		var m domain.Money
		m, err = domain.ParseMoney(raw)
		v = int64(m)
	}
	if err != nil {
		d.refuse(line, "bad_number", raw, sample)
	}
	return v
}

func onlyDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// scale reads the brackets of a progressive scale and checks that they rise,
// that only the last one is open and that the tax does not jump between two.
func (t table) scale(key string) []Bracket {
	var out []Bracket
	nodes := t.entries(key)
	for i, n := range nodes {
		b := t.d.open(n, "upto", "rate", "deduct")
		last := i == len(nodes)-1
		br := Bracket{
			Upto:   -1,
			Rate:   t.d.number(b.lineOf("rate"), b.text("rate"), UnitShare),
			Deduct: t.d.number(b.lineOf("deduct"), b.text("deduct"), UnitMADYear),
		}
		switch {
		case last && b.has("upto"):
			t.d.refuse(b.lineOf("upto"), "bracket_open", b.optional("upto"), "{ rate, deduct }")
		case !last:
			br.Upto = t.d.number(b.lineOf("upto"), b.text("upto"), UnitMADYear)
		}
		if t.d.fault == nil {
			t.d.joins(n.line, out, br)
		}
		out = append(out, br)
	}
	return out
}

// joins checks a bracket against the one before it.
func (d *decoder) joins(line int, before []Bracket, b Bracket) {
	if len(before) == 0 {
		if b.Deduct != 0 {
			d.refuse(line, "bracket_jump", domain.Money(b.Deduct).String(), `deduct = "0.00"`)
		}
		return
	}
	prev := before[len(before)-1]
	if b.Upto >= 0 && b.Upto <= prev.Upto {
		d.refuse(line, "bracket_order", domain.Money(b.Upto).String(), "> "+domain.Money(prev.Upto).String())
		return
	}
	if taxAt(prev.Upto, prev).Cmp(taxAt(prev.Upto, b)) != 0 {
		d.refuse(line, "bracket_jump", domain.Money(b.Deduct).String(), fmt.Sprintf(
			"%s × %s − deduct = %s × %s − %s", domain.Money(prev.Upto), domain.Share(b.Rate),
			domain.Money(prev.Upto), domain.Share(prev.Rate), domain.Money(prev.Deduct)))
	}
}

// taxAt is the tax of a bracket at an income, in millionths of a centime; big,
// because a pack may write amounts whose product leaves an int64.
func taxAt(income int64, b Bracket) *big.Int {
	tax := new(big.Int).Mul(big.NewInt(income), big.NewInt(b.Rate))
	return tax.Sub(tax, new(big.Int).Mul(big.NewInt(b.Deduct), big.NewInt(int64(domain.ShareOne))))
}
