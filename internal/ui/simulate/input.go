package simulate

import (
	"strings"

	"atlasp2i/internal/domain"
)

// input is one field: what was typed, what it means and why it means nothing.
type input[T any] struct {
	text    string
	value   T
	why     *domain.Problem // why the text is not read; nil for an empty one
	touched bool            // typed into: what is missing may be said
	read    func(string) (T, *domain.Problem)
	write   func(T) string
}

// cell is an input whatever it holds.
type cell interface {
	shown() string
	put(text string) // read a text; it does not count as typed
	touch()
	empty() bool
	wrong() *domain.Problem
	saysMissing() bool
	formatted() string
	follow(from cell)
}

func (in *input[T]) shown() string { return in.text }

func (in *input[T]) put(text string) {
	var none T
	in.text, in.value, in.why = text, none, nil
	if in.empty() {
		return
	}
	if v, why := in.read(text); why == nil {
		in.value = v
	} else {
		in.why = why
	}
}

func (in *input[T]) touch()                 { in.touched = true }
func (in *input[T]) empty() bool            { return strings.TrimSpace(in.text) == "" }
func (in *input[T]) wrong() *domain.Problem { return in.why }
func (in *input[T]) saysMissing() bool      { return in.touched }

// formatted is the text in the house's way, as typed where it is not read.
func (in *input[T]) formatted() string {
	if in.empty() || in.why != nil {
		return in.text
	}
	return in.write(in.value)
}

// follow takes what stands in the same field of a form in another language: a
// value in the way of this one, a text that is not read as it was typed.
func (in *input[T]) follow(from cell) {
	old := from.(*input[T])
	in.touched = old.touched
	if v := old.given(); v != nil {
		in.set(*v)
		return
	}
	in.put(old.text)
}

// set puts a value as if it had been typed in the house's way.
func (in *input[T]) set(v T) { in.text, in.value, in.why = in.write(v), v, nil }

// setGiven puts an optional value; nil leaves the field empty.
func (in *input[T]) setGiven(v *T) {
	if v != nil {
		in.set(*v)
	}
}

// given is the value, nil where none was typed or it is not read.
func (in *input[T]) given() *T {
	if in.empty() || in.why != nil {
		return nil
	}
	v := in.value
	return &v
}

// words reads a text as it stands.
func words(s string) (string, *domain.Problem) { return strings.TrimSpace(s), nil }

func (f *Form) textInput() input[string] {
	return input[string]{read: words, write: func(s string) string { return s }}
}

func (f *Form) countInput() input[int] {
	return input[int]{read: f.format.ParseCount, write: f.format.Count}
}

func (f *Form) monthInput() input[domain.Month] {
	return input[domain.Month]{read: f.format.ParseMonth, write: f.format.Month}
}

func (f *Form) moneyInput() input[domain.Money] {
	return input[domain.Money]{read: f.format.ParseAmount, write: f.amount}
}

func (f *Form) shareInput() input[domain.Share] {
	return input[domain.Share]{read: f.format.ParsePercent, write: f.percent}
}

// centimesInDirham tells an amount with centimes from a round one.
const centimesInDirham = 100

// amount writes MAD with centimes only where there are some.
func (f *Form) amount(m domain.Money) string {
	if m%centimesInDirham == 0 {
		return f.format.Amount(m)
	}
	return f.format.AmountExact(m)
}

// percentDigits are the decimals of a percentage: a millionth is 0.0001 %.
const percentDigits = 4

// percent writes a share as a percentage without its sign, which stands beside
// the field.
func (f *Form) percent(s domain.Share) string {
	return f.format.Decimal(domain.Decimal(domain.FormatFixed(int64(s), percentDigits, 0)))
}
