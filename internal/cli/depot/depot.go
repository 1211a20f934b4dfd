// Package depot is the commands of the store as a whole: what its file and its
// snapshots hold, a snapshot now, a snapshot back.
package depot

import (
	"context"
	"errors"
	"flag"
	"os"
	"os/signal"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
)

// The commands, each of two words.
const (
	check    = "store check"
	snapshot = "store snapshot"
	restore  = "store restore"
)

// Words are the commands of this room.
var Words = []string{check, snapshot, restore}

// Params is what the commands need of the program.
type Params struct {
	// Options say where the store at a path is; "" is the user's own. Nothing is made.
	Options func(store string) (store.Options, error)

	// Device is the id of this laptop, made at its first use: for what changes a store.
	Device func(store string) (string, error)
}

// Flags are what was asked for beside the words of a command.
type Flags struct {
	to     call.Option // of snapshot
	dryRun bool        // of restore
}

// Declare tells the flag package which flags a command of this room has beside
// those of all.
func (f *Flags) Declare(fs *flag.FlagSet, word string) {
	switch word {
	case snapshot:
		fs.Var(&f.to, "to", "")
	case restore:
		fs.BoolVar(&f.dryRun, "dry-run", false, "")
	}
}

// Job is one run of a command.
type Job struct {
	Params
	Flags
	*call.Call
}

// Run runs the command of Words. It returns *call.UsageError and *domain.Problem
// where words are refused, *call.Failure where it is stopped, and the errors of the
// store.
func Run(j Job, word string, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends the program at once
	return j.run(ctx, word, args)
}

func (j Job) run(ctx context.Context, word string, args []string) error {
	err := map[string]func(context.Context, []string) error{check: j.check, snapshot: j.snapshot, restore: j.restore}[word](ctx, args)
	var stopped *mirror.StoppedError
	if errors.Is(err, context.Canceled) || errors.As(err, &stopped) {
		return call.Fail("depot.stopped")
	}
	return err
}

// options say where the store is that a command changes.
func (j Job) options() (store.Options, error) {
	o, err := j.Options(j.Store)
	if err == nil {
		o.Device, err = j.Device(j.Store)
	}
	return o, err
}
