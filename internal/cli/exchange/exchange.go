// Package exchange is the commands that take what one laptop keeps to another: write
// it into a file, merge a file, list what a person has to decide.
package exchange

import (
	"context"
	"errors"
	"flag"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/vault"
)

// The commands, each of two words.
const (
	export    = "store export"
	merge     = "store merge"
	conflicts = "store conflicts"
)

// Words are the commands of this room.
var Words = []string{export, merge, conflicts}

// Access is what a command does to a store.
type Access int

// Kinds of Access.
const (
	Reads   Access = iota // as it is; one that is not there is refused
	Tries                 // a change that is not kept; one that is not there is refused
	Changes               // one that is not there is made
)

// Opened is a store that is open for sharing, with its contacts locked.
type Opened struct {
	Room     *share.Room
	Contacts *cabinet.Cabinet
	Texts    *i18n.Catalogue // of the rules that are active there
	Close    func() error
}

// Params is what the commands need of the program.
type Params struct {
	// Open opens the store at a path, "" for the user's own, under a pack.
	Open func(pack, store string, a Access) (Opened, error)
}

// Flags are what was asked for beside the words of a command.
type Flags struct {
	passphrase, contacts call.Option // files that hold passphrases
	otherKey             call.Option // the print of a key that takes the place of a known one
	without, dryRun      bool
}

// Declare tells the flag package which flags a command of this room has beside
// those of all.
func (f *Flags) Declare(fs *flag.FlagSet, name string) {
	if name != export && name != merge && name != conflicts {
		return
	}
	fs.Var(&f.contacts, "contacts-passphrase-file", "")
	if name == conflicts {
		return
	}
	fs.Var(&f.passphrase, "passphrase-file", "")
	fs.BoolVar(&f.without, "without-contacts", false, "")
	if name == merge {
		fs.Var(&f.otherKey, "other-key", "")
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
// where words are refused, and the errors of package share.
func Run(j Job, word string, args []string) error {
	return map[string]func([]string) error{export: j.export, merge: j.merge, conflicts: j.conflicts}[word](args)
}

// passphraseOf is that of the file that travels, which each command wants.
func (j *Job) passphraseOf() (string, error) {
	if !j.passphrase.Given {
		return "", call.Usage("cli.dossier.passphrase")
	}
	return j.Secret("--passphrase-file", j.passphrase)
}

// with opens the store, unlocks its contacts where their passphrase was given, and
// runs f. Whoever unlocks changes the store: tries are counted there.
func (j *Job) with(a Access, f func(Opened) error) (err error) {
	if j.contacts.Given {
		a = max(a, Tries)
	}
	o, err := j.Open(j.Pack, j.Store, a)
	if err != nil {
		return err
	}
	defer func() {
		o.Contacts.Lock()
		if bad := o.Close(); err == nil {
			err = bad
		}
	}()
	j.Texts = o.Texts
	if err := j.unlock(o.Contacts, a == Changes); err != nil {
		return err
	}
	return f(o)
}

// unlock opens the contacts. Where there are none yet their passphrase is set only by
// what may take some; to anything else there is nothing to open.
func (j *Job) unlock(contacts *cabinet.Cabinet, takes bool) error {
	if !j.contacts.Given {
		return nil
	}
	const name = "--contacts-passphrase-file"
	typed, err := j.Secret(name, j.contacts)
	if err != nil {
		return err
	}
	switch is, err := contacts.State(); {
	case err != nil:
		return err
	case is == cabinet.NoPassphrase && takes:
		return contacts.SetPassphrase(typed)
	case is == cabinet.NoPassphrase:
		return nil
	}
	err = contacts.Unlock(context.Background(), typed)
	if errors.Is(err, vault.ErrPassphrase) {
		return domain.Refuse(name, "", vault.ErrPassphrase.Key())
	}
	return err
}
