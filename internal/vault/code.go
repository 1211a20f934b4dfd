package vault

import (
	"crypto/subtle"
	"io"
	"time"
	"unicode"

	"atlasp2i/internal/domain"
)

// MinCode is the fewest digits or letters of a code. A code keeps passers-by from a
// door of the window; what is worth more than that is behind a passphrase.
const MinCode = 6

const (
	distinctCode = 3 // different signs: "111111" is the first one that is tried
	maxCode      = 64
)

// CheckCode refuses what is not a code: *domain.Problem, which never repeats it.
func CheckCode(code string) error {
	signs := map[rune]bool{}
	n := 0
	for _, c := range string(normal(code)) {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			return domain.Refuse("code", "", "vault.code.signs", "min", MinCode)
		}
		signs[c] = true
		n++
	}
	switch {
	case n < MinCode || n > maxCode:
		return domain.Refuse("code", "", "vault.code.length", "min", MinCode, "max", maxCode)
	case len(signs) < distinctCode:
		return domain.Refuse("code", "", "vault.code.plain", "min", distinctCode)
	}
	return nil
}

// Hash is what is kept of a code: enough to know it again, not enough to read it.
type Hash struct {
	Cost Cost   `json:"cost"`
	Salt []byte `json:"salt"` // 16 bytes
	Sum  []byte `json:"sum"`  // argon2id, 32 bytes
}

// HashCode gives what to keep of a code. It takes as long as the cost says, and
// returns *domain.Problem for what is no code and the error of the random source.
func HashCode(code string, cost Cost, random io.Reader) (Hash, error) {
	if err := CheckCode(code); err != nil {
		return Hash{}, err
	}
	h := Hash{Cost: cost, Salt: make([]byte, saltSize)}
	if _, err := io.ReadFull(random, h.Salt); err != nil {
		return Hash{}, err
	}
	sum := cost.derive(code, h.Salt)
	h.Sum = sum[:]
	return h, nil
}

// Matches says whether this is the code. Nothing matches a hash that HashCode did
// not make.
func (h Hash) Matches(code string) bool {
	if !h.Cost.sane() || len(h.Salt) != saltSize || len(h.Sum) != keySize {
		return false
	}
	sum := h.Cost.derive(code, h.Salt)
	return subtle.ConstantTimeCompare(sum[:], h.Sum) == 1
}

// LongestWait bounds the wait after wrong answers: somebody who forgot theirs must
// still be able to try, and a guesser gains nothing more from waiting longer.
const LongestWait = 30 * time.Second

// Tries counts the wrong answers since the last right one. It is kept, so that
// starting the program again does not reset it.
type Tries struct {
	Count int       `json:"count"`
	At    time.Time `json:"at"` // of the last one, UTC
}

// Wait is how long the next try has to wait: 1, 2, 4 seconds and so on from the
// last one. A clock that was set back shortens nothing.
func (t Tries) Wait(now time.Time) time.Duration {
	if t.Count <= 0 {
		return 0
	}
	whole := LongestWait
	if t.Count <= 5 { // 16 s; the next doubling is beyond the longest
		whole = time.Second << (t.Count - 1)
	}
	return min(whole, max(0, whole-now.Sub(t.At)))
}

// After counts one more wrong answer.
func (t Tries) After(now time.Time) Tries { return Tries{t.Count + 1, now.UTC()} }
