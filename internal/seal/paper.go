package seal

import (
	"bytes"

	"atlasp2i/internal/domain"
)

// Paper is the record of an issued paper, as it is kept and handed from one
// device to another.
type Paper struct {
	Payload   []byte    `json:"payload"`   // canonical bytes, see ReadPayload
	Signature Signature `json:"signature"` // of the payload, by the key in the code
	Code      string    `json:"code"`      // as printed, see ParseCode
}

// Issue seals a payload whose number is one of the device's own. The version of
// the payload is set here.
func (d *Device) Issue(p Payload) (Paper, error) {
	p.Version = payloadVersion
	if p.Number.Prefix() != d.Public().Prefix() {
		return Paper{}, domain.Refuse("number", string(p.Number), "seal.number.device", "prefix", d.Public().Prefix())
	}
	canonical, err := p.Bytes()
	if err != nil {
		return Paper{}, err
	}
	code := codeOf(p, canonical, d.Public())
	code.Signature = d.sign(codeSort, code.compact())
	return Paper{Payload: canonical, Signature: d.sign(paperSort, canonical), Code: code.Encode()}, nil
}

// Open reads a paper whose payload, code and signatures belong together; whether
// its device is a known one is for Verify. Anything else is a *domain.Problem.
func (p Paper) Open() (Payload, Code, error) {
	code, err := ParseCode(p.Code)
	if err != nil {
		return Payload{}, Code{}, err
	}
	payload, err := ReadPayload(p.Payload)
	if err != nil {
		return Payload{}, Code{}, err
	}
	same := bytes.Equal(code.compact(), codeOf(payload, p.Payload, code.Public).compact())
	if !same || !code.signed() || !code.Public.verify(paperSort, p.Payload, p.Signature) ||
		payload.Number != code.Number {
		return Payload{}, Code{}, domain.Refuse("paper", string(payload.Number), "seal.paper.altered")
	}
	return payload, code, nil
}

// signed tells whether the signature is that of the key in the code.
func (c Code) signed() bool { return c.Public.verify(codeSort, c.compact(), c.Signature) }
