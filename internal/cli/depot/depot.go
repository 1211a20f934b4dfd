// Package depot is the commands of the store as a whole: what its file and its
// snapshots hold, a snapshot now, a snapshot back.
package depot

import (
	"flag"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/store"
)

// The commands, each of two words.
const (
	check = "store check"
)

// Words are the commands of this room.
var Words = []string{check}

// Params is what the commands need of the program.
type Params struct {
	// Options say where the store at a path is; "" is the user's own. Nothing is made.
	Options func(store string) (store.Options, error)
}

// Flags are what was asked for beside the words of a command.
type Flags struct{}

// Declare tells the flag package which flags a command of this room has beside
// those of all.
func (f *Flags) Declare(_ *flag.FlagSet, _ string) {}

// Job is one run of a command.
type Job struct {
	Params
	Flags
	*call.Call
}

// Run runs the command of Words. It returns *call.UsageError and *domain.Problem
// where words are refused, and the errors of the store.
func Run(j Job, word string, args []string) error {
	return map[string]func([]string) error{check: j.check}[word](args)
}
