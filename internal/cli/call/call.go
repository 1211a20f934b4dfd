// Package call is one call of a headless command: what it was given, where it
// writes and how it refuses words. The rooms of internal/cli share it.
package call

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

// Call is one call of a command, after the flags that all commands have.
type Call struct {
	Texts  *i18n.Catalogue // in the language of --lang
	Stdin  io.Reader
	Stdout io.Writer
	Pack   string // path of --pack, "" for the active rules
	Store  string // path of --store, "" for the user's own
	JSON   bool
}

// Wants refuses arguments that are missing or too many; names are those of the
// catalogue, below cli.word.
func (c *Call) Wants(args []string, names ...string) error {
	if len(args) < len(names) {
		return Usage("cli.missing", "word", c.Word(names[len(args)]))
	}
	return c.AtMost(args, len(names))
}

// AtMost refuses arguments beyond the n-th.
func (c *Call) AtMost(args []string, n int) error {
	if len(args) > n {
		return Usage("cli.extra", "given", args[n])
	}
	return nil
}

// Word is what the help calls an argument.
func (c *Call) Word(name string) string { return c.Texts.Text("cli.word." + name) }

// WriteJSON writes a value with sorted keys, two spaces and a final newline: the
// same result gives the same bytes on every machine.
func (c *Call) WriteJSON(v any) error {
	first, err := json.Marshal(v)
	if err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(first))
	dec.UseNumber()
	var sorted any
	if err := dec.Decode(&sorted); err != nil {
		return err
	}
	enc := json.NewEncoder(c.Stdout)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	return enc.Encode(sorted)
}

// Option is a flag of which it counts whether it was given: an empty one is not
// the same as none. It is read later: the flag package speaks English.
type Option struct {
	Text  string
	Given bool
}

// Set is called by the flag package.
func (o *Option) Set(text string) error {
	o.Text, o.Given = text, true
	return nil
}

func (o *Option) String() string { return o.Text }

// UsageError says which of the words typed is refused, and what is accepted.
type UsageError struct{ Msg domain.Msg }

func (e *UsageError) Error() string { return e.Msg.Key }

// Usage makes a *UsageError of a catalogue key and the values of its blanks.
func Usage(key string, pairs ...any) error { return &UsageError{domain.M(key, pairs...)} }

// Failure is bad news that is itself the result: it was printed, and the status is
// that of a failure.
type Failure struct{ Msg domain.Msg }

func (e *Failure) Error() string { return strings.TrimPrefix(e.Msg.Key, "cli.") }

// Fail makes a *Failure of a catalogue key and the values of its blanks.
func Fail(key string, pairs ...any) error { return &Failure{domain.M(key, pairs...)} }
