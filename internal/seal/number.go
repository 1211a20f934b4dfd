package seal

import (
	"crypto/sha256"
	"fmt"
	"strconv"
	"strings"

	"atlasp2i/internal/domain"
)

const (
	prefixSize = 4
	printSize  = 4 * prefixSize
	maxCounter = 999_999 // six digits: more papers than a laptop will see
)

// Number names an issued paper: "A7K2-0042", the prefix of the device and the
// count of its papers, with at least four digits. Values come from ParseNumber
// or Device.Number and have this one form, so that they can be compared.
type Number string

// misread are the letters that base 32 leaves out because they are taken for
// digits; whoever types one meant the digit.
var misread = strings.NewReplacer("O", "0", "I", "1", "L", "1")

// ParseNumber reads a number as it is typed: case, spaces around the dash and the
// letters O, I and L for digits do not matter, nor do leading zeros of the count.
func ParseNumber(s string) (Number, error) {
	refused := domain.Refuse("number", s, "seal.number.form")
	prefix, count, dash := strings.Cut(misread.Replace(strings.ToUpper(strings.TrimSpace(s))), "-")
	prefix, count = strings.TrimSpace(prefix), strings.TrimSpace(count)
	if !dash || len(prefix) != prefixSize || count == "" || strings.Trim(count, "0123456789") != "" {
		return "", refused
	}
	if strings.Trim(prefix, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") != "" {
		return "", refused
	}
	n, err := strconv.Atoi(count)
	if err != nil || n < 1 || n > maxCounter {
		return "", refused
	}
	return numbered(prefix, n), nil
}

// Number is the number of the device's paper with this count, 1 to 999 999.
func (d *Device) Number(count int) (Number, error) {
	if count < 1 || count > maxCounter {
		return "", domain.Refuse("number", strconv.Itoa(count), "seal.number.count", "max", maxCounter)
	}
	return numbered(d.Public().Prefix(), count), nil
}

func numbered(prefix string, count int) Number {
	return Number(fmt.Sprintf("%s-%04d", prefix, count))
}

// Prefix is the part of the device.
func (n Number) Prefix() string {
	prefix, _, _ := strings.Cut(string(n), "-")
	return prefix
}

// Count is the part that counts the device's papers.
func (n Number) Count() int {
	_, count, _ := strings.Cut(string(n), "-")
	c, _ := strconv.Atoi(count) // digits only: see ParseNumber
	return c
}

// Print names a key so that two people can compare it over the table: the first
// eighty bits of its SHA-256 in groups of four, of which Prefix is the first.
func (k PublicKey) Print() string {
	sum := sha256.Sum256(k[:])
	all := crockford.EncodeToString(sum[:])[:printSize]
	var groups []string
	for len(all) > 0 {
		groups, all = append(groups, all[:prefixSize]), all[prefixSize:]
	}
	return strings.Join(groups, "-")
}
