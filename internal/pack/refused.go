package pack

import (
	"strconv"

	"atlasp2i/internal/domain"
)

// Why says for which reason a pack is refused.
type Why string

// Reasons to refuse a pack. Each has its own sentence.
const (
	NotAPack   Why = "not a pack"   // no archive, or one that holds something else
	Hostile    Why = "hostile"      // an archive that no honest program makes
	Unsigned   Why = "unsigned"     // a pack without a signature
	UnknownKey Why = "unknown key"  // signed with a key that is not trusted here
	Tampered   Why = "tampered"     // changed after it was signed
	Unsound    Why = "unsound"      // the rules in it are refused, or cannot be computed with
	Foreign    Why = "another pack" // of another offer than the active one
	Expired    Why = "expired"      // its last day has passed
	Older      Why = "older"        // the active pack is newer
	SameNumber Why = "same number"  // other rules under the number of the active pack
	Active     Why = "active"       // it is the active pack already
)

// Refused is a pack that is not taken. The sentence is that of its problem.
type Refused struct {
	Why     Why
	problem *domain.Problem
}

func (e *Refused) Error() string { return string(e.Why) + ": " + e.problem.Error() }

// Unwrap gives the *domain.Problem.
func (e *Refused) Unwrap() error { return e.problem }

// Refuse makes the refusal of a pack; key is that of its sentence.
func Refuse(why Why, key string, pairs ...any) *Refused {
	return &Refused{why, &domain.Problem{Msg: domain.M(key, pairs...)}}
}

func refuse(why Why, key string, pairs ...any) error { return Refuse(why, key, pairs...) }

// maxShown bounds what is shown of a name that comes from an archive.
const maxShown = 80

// shown is a name from an archive, without what could forge lines on a terminal.
func shown(name string) string {
	if len(name) > maxShown {
		name = name[:maxShown]
	}
	q := strconv.QuoteToASCII(name)
	return q[1 : len(q)-1]
}
