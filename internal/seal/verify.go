package seal

import (
	"errors"

	"atlasp2i/internal/domain"
)

// State is what a check code turns out to be.
type State int

// The states. Only the first two are genuine. The zero value is not.
const (
	Unreadable State = iota // not a code of ours, damaged, or of a newer version
	Own                     // issued by this device
	OfKnown                 // issued by a device on the list of known ones
	OfUnknown               // well signed, by a device that nobody here knows
	Altered                 // the signature does not fit the content
)

// Msg is the verdict in a word or two; the sentence of a Finding does not say it
// again.
func (s State) Msg() domain.Msg {
	switch s {
	case Own, OfKnown:
		return domain.M("seal.verdict.genuine")
	case OfUnknown:
		return domain.M("seal.verdict.unknown")
	case Altered:
		return domain.M("seal.verdict.altered")
	}
	return domain.M("seal.verdict.unreadable")
}

// Known is another device whose papers are trusted.
type Known struct {
	Key  PublicKey
	Name string // as the user calls it
}

// Keys are whose signatures are trusted.
type Keys struct {
	Own   PublicKey
	Known []Known
}

// Finding is what is said about a check code.
type Finding struct {
	State State
	Code  Code       // empty where it is unreadable; not to be believed unless genuine
	Msg   domain.Msg // the sentence
}

// Genuine is whether the paper was issued by a trusted device and the code is as it was.
func (f Finding) Genuine() bool { return f.State == Own || f.State == OfKnown }

// CheckCode reads a check code and says what it is.
func CheckCode(text string, keys Keys) Finding {
	code, err := ParseCode(text)
	if err != nil {
		var problem *domain.Problem
		errors.As(err, &problem) // ParseCode refuses with nothing else
		return Finding{State: Unreadable, Msg: problem.Msg}
	}
	return Verify(code, keys)
}

// Verify says whether a code is genuine.
func Verify(code Code, keys Keys) Finding {
	f := Finding{Code: code}
	number, issued := string(code.Number), code.IssuedOn
	if !code.signed() {
		f.State, f.Msg = Altered, domain.M("seal.code.altered")
		return f
	}
	if code.Public == keys.Own {
		f.State, f.Msg = Own, domain.M("seal.code.own", "number", number, "issued", issued)
		return f
	}
	for _, k := range keys.Known {
		if k.Key == code.Public {
			f.State, f.Msg = OfKnown, domain.M("seal.code.known", "number", number, "issued", issued, "device", k.Name)
			return f
		}
	}
	f.State, f.Msg = OfUnknown, domain.M("seal.code.unknown", "number", number, "issued", issued)
	return f
}
