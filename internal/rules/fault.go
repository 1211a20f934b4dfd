package rules

import (
	"fmt"
	"strings"

	"atlasp2i/internal/domain"
)

// Fault is a pack that is refused: where, what stands there and what is
// accepted. Msg has a key "rules.fault.<code>" and the args file, line, value
// and accepted; what is accepted is written as in the file, without a language.
type Fault struct {
	File string // path inside the pack
	Line int    // from 1; 0 where the file as a whole is meant
	Msg  domain.Msg
}

const faultPrefix = "rules.fault."

func newFault(file string, line int, code, value, accepted string) *Fault {
	return &Fault{File: file, Line: line, Msg: domain.M(faultPrefix+code,
		"file", file, "line", line, "value", value, "accepted", accepted)}
}

// Refuse makes the fault of a pack's file that another room reads. The code is
// one of the catalogue's "rules.fault.<code>".
func Refuse(at Pos, code, value, accepted string) *Fault {
	return newFault(at.File, at.Line, code, value, accepted)
}

// Error is one English line for logs; screens render Msg through the catalogue.
func (f *Fault) Error() string {
	code := strings.TrimPrefix(f.Msg.Key, faultPrefix)
	return fmt.Sprintf("%s:%d: %s %q; accepted: %s", f.File, f.Line,
		strings.ReplaceAll(code, "_", " "), f.Msg.Args["value"], f.Msg.Args["accepted"])
}

// among writes a list of accepted words.
func among(words []string) string { return strings.Join(words, ", ") }
