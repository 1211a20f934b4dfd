package seal

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

const (
	codeMark    = "P2I:"
	codeVersion = 1
)

// Sorts of what a device signs: a signature of one is none of the other.
const (
	paperSort  = "atlas-p2i/paper/1\x00"
	codeSort   = "atlas-p2i/code/1\x00"
	bundleSort = "atlas-p2i/bundle/1\x00"
)

// Code is what the check code of a paper carries: enough to see, without a
// store, whether the figures on the paper are those that were issued.
type Code struct {
	Public     PublicKey
	Number     Number // its prefix is that of Public
	IssuedOn   domain.Date
	ValidUntil domain.Date
	Pack       int // number of the rule pack
	Cost       domain.Money
	Benefits   Figure
	AIR        domain.Money
	PAE        domain.Money
	PAF        domain.Money
	AIS        domain.Money
	Incomplete []string          // as in Totals
	Payload    [sha256.Size]byte // SHA-256 of the payload's canonical bytes
	Signature  Signature
}

// wire is the compact form: fixed sizes, big endian, every bit with a meaning
// and one way to write each code.
type wire struct {
	Version    uint8
	Public     PublicKey
	Count      uint32
	Issued     uint32 // YYYYMMDD
	Until      uint32 // YYYYMMDD
	Pack       uint32
	Incomplete uint8    // one bit a benefit, the first the lowest
	Amounts    [8]int64 // centimes: cost, benefits (value, low, high), AIR, PAE, PAF, AIS
	Payload    [sha256.Size]byte
}

// Encode writes the code in upper-case letters and digits, which a QR code packs
// two in eleven bits.
func (c Code) Encode() string {
	return codeMark + crockford.EncodeToString(append(c.compact(), c.Signature[:]...))
}

// ParseCode reads what Encode wrote, with any space around it, and checks its
// form but not its signature. A *domain.Problem says whether the text is no code
// of ours, a damaged one or one of a newer version.
func ParseCode(text string) (Code, error) {
	text = strings.TrimSpace(text)
	body, ours := strings.CutPrefix(text, codeMark)
	if !ours {
		return Code{}, domain.Refuse("code", "", "seal.code.foreign", "mark", codeMark)
	}
	damaged := domain.Refuse("code", "", "seal.code.damaged")
	raw, err := crockford.DecodeString(body)
	if err != nil || len(raw) == 0 {
		return Code{}, damaged
	}
	if raw[0] > codeVersion {
		return Code{}, domain.Refuse("code", "", "seal.code.newer")
	}
	var w wire
	size := binary.Size(w)
	if len(raw) != size+len(Signature{}) {
		return Code{}, damaged
	}
	if _, err := binary.Decode(raw, binary.BigEndian, &w); err != nil {
		return Code{}, damaged
	}
	c := w.code()
	c.Signature = Signature(raw[size:])
	if !c.sound() || c.Encode() != text {
		return Code{}, damaged
	}
	return c, nil
}

// compact is the code without its signature: what is signed.
func (c Code) compact() []byte {
	w := wire{
		Version: codeVersion, Public: c.Public, Count: uint32(c.Number.Count()), Pack: uint32(c.Pack),
		Issued: packDate(c.IssuedOn), Until: packDate(c.ValidUntil), Payload: c.Payload,
	}
	for i, a := range c.amounts() {
		w.Amounts[i] = int64(*a)
	}
	for i, b := range domain.Benefits {
		if slices.Contains(c.Incomplete, b) {
			w.Incomplete |= 1 << i
		}
	}
	out, err := binary.Append(nil, binary.BigEndian, w)
	if err != nil { // only a type without a fixed size can fail, and this one has it
		panic(err)
	}
	return out
}

func (w wire) code() Code {
	c := Code{
		Public: w.Public, Number: numbered(w.Public.Prefix(), int(w.Count)), Pack: int(w.Pack),
		IssuedOn: unpackDate(w.Issued), ValidUntil: unpackDate(w.Until), Payload: w.Payload,
	}
	for i, a := range c.amounts() {
		*a = domain.Money(w.Amounts[i])
	}
	for i, b := range domain.Benefits {
		if w.Incomplete&(1<<i) != 0 {
			c.Incomplete = append(c.Incomplete, b)
		}
	}
	return c
}

// amounts are where the amounts stand, in the order of the compact form.
func (c *Code) amounts() [8]*domain.Money {
	return [8]*domain.Money{
		&c.Cost, &c.Benefits.Value, &c.Benefits.Low, &c.Benefits.High, &c.AIR, &c.PAE, &c.PAF, &c.AIS,
	}
}

// sound tells whether the code could be that of a paper.
func (c Code) sound() bool {
	for _, a := range c.amounts() {
		if *a < 0 {
			return false
		}
	}
	n, err := ParseNumber(string(c.Number))
	return err == nil && n == c.Number && validDate(c.IssuedOn) && validDate(c.ValidUntil) &&
		c.IssuedOn <= c.ValidUntil && c.Pack >= 1 && c.Pack <= maxCounter && c.Benefits.ordered()
}

// codeOf is the unsigned code of a payload whose canonical bytes are given.
func codeOf(p Payload, canonical []byte, public PublicKey) Code {
	t := p.Totals
	return Code{
		Public: public, Number: p.Number, IssuedOn: p.issuedOn(), ValidUntil: p.ValidUntil, Pack: p.Pack.Number,
		Cost: t.Cost, Benefits: t.Benefits, AIR: t.AIR.Value, PAE: t.PAE.Value, PAF: t.PAF.Value, AIS: t.AIS.Value,
		Incomplete: t.Incomplete, Payload: sha256.Sum256(canonical),
	}
}

func packDate(d domain.Date) uint32 {
	var year, month, day uint32
	_, _ = fmt.Sscanf(string(d), "%04d-%02d-%02d", &year, &month, &day) // the date was checked
	return year*10_000 + month*100 + day
}

func unpackDate(n uint32) domain.Date {
	return domain.Date(fmt.Sprintf("%04d-%02d-%02d", n/10_000, n/100%100, n%100))
}
