package seal

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"atlasp2i/internal/domain"
)

// payloadVersion is the form of a payload; a reader of another one refuses it.
const payloadVersion = 1

// How a paper was checked before it was issued.
const (
	ByChecklist = "checklist" // the officer ticked a list
	BySecond    = "second"    // another person read it
)

// Payload is what an issued paper states, without the visitor's name: that can
// be erased while the paper stays provable. It is immutable once sealed.
type Payload struct {
	Version    int               `json:"version"` // set by Device.Issue
	Number     Number            `json:"number"`
	IssuedAt   time.Time         `json:"issuedAt"` // UTC, whole seconds
	ValidUntil domain.Date       `json:"validUntil"`
	Officer    string            `json:"officer"`
	Agency     string            `json:"agency"`
	Fair       string            `json:"fair"`     // empty away from a fair
	Language   string            `json:"language"` // "fr"
	Project    string            `json:"project"`  // Hash of the project's JSON
	Pack       Pack              `json:"pack"`
	Readings   map[string]string `json:"readings"` // one answer for each of domain.ReadingIDs
	Totals     Totals            `json:"totals"`
	Check      Check             `json:"check"`
}

// Pack names the rules that the totals were computed under.
type Pack struct {
	Number int    `json:"number"`
	SHA256 string `json:"sha256"` // 64 lower-case hexadecimal digits
}

// Totals are the headline figures over the whole horizon, in MAD.
type Totals struct {
	From       domain.Month `json:"from"`
	Months     int          `json:"months"`
	Cost       domain.Money `json:"cost"` // employment cost without the benefits
	Benefits   Figure       `json:"benefits"`
	AIR        Figure       `json:"air"`
	PAE        Figure       `json:"pae"`
	PAF        Figure       `json:"paf"`
	AIS        Figure       `json:"ais"`
	Incomplete []string     `json:"incomplete"` // benefits, in their order, whose amount leaves out what was not given
}

// Figure is an amount with its extremes over the readings that are not settled.
type Figure struct {
	Value domain.Money `json:"value"`
	Low   domain.Money `json:"low"`
	High  domain.Money `json:"high"`
}

// Check is how the paper was checked, and by whom.
type Check struct {
	Mode string `json:"mode"` // ByChecklist or BySecond
	By   string `json:"by"`
}

// Bytes is the canonical form: the bytes that are hashed, signed and kept. A
// payload that is not whole is refused with a *domain.Problem.
func (p Payload) Bytes() ([]byte, error) {
	if problem := p.problem(); problem != nil {
		return nil, problem
	}
	if p.Totals.Incomplete == nil {
		p.Totals.Incomplete = []string{} // one form for "none"
	}
	data, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	return Canonical(data)
}

// ReadPayload reads the canonical form and nothing else: not another order of
// keys, not a key more or less.
func ReadPayload(data []byte) (Payload, error) {
	var p Payload
	refused := domain.Refuse("payload", "", "seal.payload.form")
	var version struct {
		Version int `json:"version"`
	}
	if json.Unmarshal(data, &version) == nil && version.Version > payloadVersion {
		return p, domain.Refuse("version", strconv.Itoa(version.Version), "seal.payload.newer", "accepted", payloadVersion)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return Payload{}, refused
	}
	again, err := p.Bytes()
	if err != nil {
		return Payload{}, err
	}
	if !bytes.Equal(again, data) {
		return Payload{}, refused
	}
	return p, nil
}

// figures are the amounts in their order on the paper: the sum, then the benefits.
func (t Totals) figures() []Figure { return []Figure{t.Benefits, t.AIR, t.PAE, t.PAF, t.AIS} }

// Equal is whether two totals say the same.
func (t Totals) Equal(o Totals) bool {
	return t.From == o.From && t.Months == o.Months && t.Cost == o.Cost &&
		slices.Equal(t.figures(), o.figures()) && slices.Equal(t.Incomplete, o.Incomplete)
}

func (f Figure) ordered() bool { return 0 <= f.Low && f.Low <= f.Value && f.Value <= f.High }

// inOrder tells whether codes are benefits, each once, in the order of domain.Benefits.
func inOrder(codes []string) bool {
	before := -1
	for _, c := range codes {
		at := slices.Index(domain.Benefits[:], c)
		if at <= before {
			return false
		}
		before = at
	}
	return true
}
