package domain

import (
	"fmt"
	"sort"
	"strings"
)

// Msg is a sentence without a language: a catalogue key and what fills its
// blanks. Values are typed (Money, Share, Heads, Month, Date, int, Decimal,
// string, or another Msg) so that each language writes them in its own way.
type Msg struct {
	Key  string
	Args Args
}

// Args fills the blanks {{.name}} of a catalogue text; "count" also picks the plural.
type Args map[string]any

// Decimal is a number at full precision, as digits with a point: "52646.208".
// It is used where rounding would hide a step of a calculation.
type Decimal string

// M makes a Msg from a key and pairs of name and value.
func M(key string, pairs ...any) Msg {
	if len(pairs) == 0 {
		return Msg{Key: key}
	}
	a := make(Args, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		a[pairs[i].(string)] = pairs[i+1]
	}
	return Msg{Key: key, Args: a}
}

// Problem is input that is refused: where, what stood there and what is
// accepted, to be said in the reader's language. It is an error.
type Problem struct {
	Field string // JSON path or form field: roles[0].hires[1].count
	Value string // as it was given; empty where the field was absent
	Msg   Msg    // why, and what is accepted
}

// Error is for logs; screens and the command line render Msg through the catalogue.
func (p *Problem) Error() string {
	keys := make([]string, 0, len(p.Msg.Args))
	for k := range p.Msg.Args {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %q: %s", p.Field, p.Value, p.Msg.Key)
	for _, k := range keys {
		fmt.Fprintf(&b, " %s=%v", k, p.Msg.Args[k])
	}
	return b.String()
}

// Refuse makes a Problem.
func Refuse(field, value, key string, pairs ...any) *Problem {
	return &Problem{Field: field, Value: value, Msg: M(key, pairs...)}
}
