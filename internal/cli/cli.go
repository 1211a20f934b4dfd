// Package cli is the headless commands: the same use cases as the window, as
// text or byte-stable JSON. It opens no window and touches no window library.
package cli

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/cli/depot"
	"atlasp2i/internal/cli/exchange"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/paths"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

// Exit statuses of every command.
const (
	ExitOK      = 0
	ExitFailed  = 1
	ExitRefused = 2 // one line on standard error says what was refused
)

// Params is what a run works with. A desk is asked for only by commands that
// compute, with the path of --pack ("" is the built-in pack).
type Params struct {
	Args           []string
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Texts          *i18n.Catalogue // what is said until --lang is read
	Desk           func(pack string) (*desk.Desk, error)
	Places         func(store string) (paths.Places, error)
	Version        string
	Commit         string // of the source it was built from, "" where nobody said

	// Speak gives the catalogue of the language of --lang; the desks speak it from
	// then on. An unknown language is a *domain.Problem.
	Speak func(lang string) (*i18n.Catalogue, error)

	// OwnDesk is a desk that reads the user's values from the store at a path ("" is
	// the user's own store, if there is one), and what closes it. It changes nothing.
	OwnDesk func(pack, store string) (*desk.Desk, func() error, error)

	// StoreDesk is a desk over the store at a path, which is made where it is to be
	// changed and not there.
	StoreDesk func(pack, store string, a Access) (*desk.Desk, func() error, error)

	// Contacts are the contacts of the store at a path, locked. To be changed, the
	// store must be there.
	Contacts func(pack, store string, a Access) (*cabinet.Cabinet, func() error, error)

	// Office issues papers into the store at a path, opened as StoreDesk does.
	Office func(pack, store string, a Access) (*issue.Office, func() error, error)

	// Kiosk is the door between visitors and the officer in the store at a path; nil
	// where there is none yet.
	Kiosk func(store string) (*kiosk.Door, func() error, error)

	// Shelf looks at packs for the store at a path, as StoreDesk opens it.
	Shelf func(store string, a Access) (*packs.Shelf, func() error, error)

	Depot    depot.Params
	Exchange exchange.Params

	// Trusted gives the keys whose packs are taken.
	Trusted func() ([]pack.Key, error)

	Today func() domain.Date
}

// Access is what a command does to a store.
type Access int

// Kinds of Access.
const (
	Nothing Access = iota // no store is opened
	Reads                 // as it is; one that is not there is empty
	Changes
)

// Commands lists the words that Run knows, for main to tell them from flags.
var Commands = []string{"estimate", "explain", "sites", "compare", "figures", "dossier", "issue", "verify", "pack", "store", "kiosk", "paths", "licences", "version", "help"}

// Commands of two words.
const (
	figuresImport = "figures import"
	figuresExport = "figures export"
	dossierList   = "dossier list"
	dossierShow   = "dossier show"
	dossierExport = "dossier export"
	dossierErase  = "dossier erase"
	packBuild     = "pack build"
	packCheck     = "pack check"
	packDiff      = "pack diff"
	packImport    = "pack import"
	packKeygen    = "pack keygen"
	packReset     = "pack reset"
	kioskOff      = "kiosk off"
)

var twoWords = append([]string{
	figuresImport, figuresExport, dossierList, dossierShow, dossierExport, dossierErase,
	packBuild, packCheck, packDiff, packImport, packKeygen, packReset, kioskOff,
}, slices.Concat(depot.Words, exchange.Words)...)

type command struct {
	Params
	flags
	needsStore bool // there is no --published that would do without
}

// call is what the rooms of the commands work with.
func (c *command) call() *call.Call {
	return &call.Call{Texts: c.Texts, Stdin: c.Stdin, Stdout: c.Stdout, Pack: c.pack, Store: c.store, JSON: c.json}
}

// Run runs one command and gives its exit status. Output that cannot be written
// (a full disk, a closed pipe) is a failure: half a statement must not pass for
// a whole one.
func Run(p Params) int {
	out := bufio.NewWriter(p.Stdout)
	c := command{Params: p}
	c.Stdout = out
	err := c.run()
	if unsaid := out.Flush(); err == nil {
		err = unsaid
	}
	if err == nil {
		return ExitOK
	}
	fmt.Fprintln(p.Stderr, c.say(err))
	var refused *domain.Problem
	var many calc.Problems
	var usage *call.UsageError
	if errors.As(err, &refused) || errors.As(err, &many) || errors.As(err, &usage) {
		return ExitRefused
	}
	return ExitFailed
}

// say writes an error in one line, in the reader's language where it has a text.
func (c *command) say(err error) string {
	var many calc.Problems
	var wrong *call.UsageError
	var locked *store.LockedError
	var bad *call.Failure
	var keyed interface{ Key() string }
	text := desk.Say(c.Texts, err)
	switch {
	case errors.As(err, &many):
		if n := len(many) - 1; n > 0 {
			text += " " + c.Texts.Text("cli.more", "count", n)
		}
	case errors.As(err, &wrong):
		text = c.Texts.T(wrong.Msg)
	case errors.As(err, &bad):
		text = c.Texts.T(bad.Msg)
	case errors.As(err, &locked):
		text = c.sayLocked(locked)
	case errors.As(err, &keyed) && c.Texts.Has(keyed.Key()):
		// The file and its state, for whoever helps.
		cause, _ := call.Cause(c.Texts, err)
		text += " (" + cause + ")" + c.without()
	case text == c.Texts.Text("app.failed", "why", err.Error()): // it has no sentence of its own
		cause, _ := call.Cause(c.Texts, err)
		text = c.Texts.Text("app.failed", "why", cause)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "\n", " ; ")), " ")
}

// sayLocked says who has the store, and what can be done without it.
func (c *command) sayLocked(e *store.LockedError) string {
	t := c.Texts
	who := t.Text("cli.locked.unknown")
	if e.PID != 0 {
		who = t.Text("cli.locked.by", "process", fmt.Sprint(e.PID), "host", e.Host, "since", desk.Stamp(e.Since))
	}
	return t.Text("cli.locked", "file", e.Path, "who", who) + c.without()
}

// without says what can be done without the store.
func (c *command) without() string {
	if c.needsStore {
		return ""
	}
	return " " + c.Texts.Text("cli.published")
}

func (c *command) run() error {
	name := "help"
	if len(c.Args) > 0 {
		name = c.Args[0]
	}
	rest := c.Args
	if len(rest) > 0 {
		rest = rest[1:]
	}
	if len(rest) > 0 && slices.Contains(twoWords, name+" "+rest[0]) {
		name, rest = name+" "+rest[0], rest[1:]
	}
	run, ok := c.commands()[name]
	switch {
	case slices.Contains(depot.Words, name):
		run, ok = func(args []string) error {
			return depot.Run(depot.Job{Params: c.Depot, Flags: c.depot, Call: c.call()}, name, args)
		}, true
		c.needsStore = true
	case slices.Contains(exchange.Words, name):
		run, ok = func(args []string) error {
			return exchange.Run(exchange.Job{Params: c.Exchange, Flags: c.exchange, Call: c.call()}, name, args)
		}, true
		c.needsStore = true
	}
	if !ok {
		return unknown(name, rest)
	}
	args, err := c.flags.parse(name, rest)
	if unspoken := c.speak(); err == nil {
		err = unspoken
	}
	switch {
	case errors.Is(err, flag.ErrHelp):
		return c.help(nil)
	case err != nil:
		return err
	}
	return run(args)
}

// commands are what each word, or pair of words, runs.
func (c *command) commands() map[string]func([]string) error {
	return map[string]func([]string) error{
		"estimate": c.estimate, "explain": c.explain, "sites": c.sites, "compare": c.compare,
		"figures": c.figures, figuresImport: c.importFigures, figuresExport: c.exportFigures,
		dossierList: c.listDossiers, dossierShow: c.showDossier, dossierExport: c.exportDossiers, dossierErase: c.eraseDossier,
		"issue": c.issue, "verify": c.verify,
		packBuild: c.buildPack, packCheck: c.checkPack, packDiff: c.diffPacks, packImport: c.importPack, packKeygen: c.newKey, packReset: c.resetPack,
		kioskOff: c.kioskOff,
		"paths":  c.paths, "licences": c.licences, "version": c.version, "help": c.help,
	}
}

// unknown refuses a word that is no command, with those that are: for the first of
// two words, those that it goes with.
func unknown(name string, rest []string) error {
	accepted := Commands
	if slices.Contains(Commands, name) {
		accepted = slices.DeleteFunc(slices.Clone(twoWords), func(w string) bool { return !strings.HasPrefix(w, name+" ") })
		name = strings.Join(append([]string{name}, rest[:min(1, len(rest))]...), " ")
	}
	return call.Usage("cli.usage", "commands", join(accepted), "given", name)
}

// speak takes the language of --lang, also for saying what else is refused.
func (c *command) speak() error {
	if !c.lang.Given {
		return nil
	}
	texts, err := c.Speak(c.lang.Text)
	if err == nil {
		c.Texts = texts
	}
	return err
}

// wants refuses arguments that are missing or too many; names are those of the
// catalogue.
func (c *command) wants(args []string, names ...string) error {
	return c.call().Wants(args, names...)
}

func (c *command) word(name string) string { return c.Texts.Text("cli.word." + name) }

// read reads and prepares a project file.
func (c *command) read(file string) (*desk.Desk, *calc.Case, error) {
	d, err := c.rulesDesk()
	if err != nil {
		return nil, nil, err
	}
	c.Texts = d.Texts()
	p, err := c.project(file)
	if err != nil {
		return nil, nil, err
	}
	cs, err := d.Case(desk.Draft{Project: p})
	return d, cs, err
}

// rulesDesk is a desk of which only the rules are used: those of --pack, the built-in
// ones where that was asked for, else those that are active in the store.
func (c *command) rulesDesk() (*desk.Desk, error) {
	return c.rulesOf(func() (*desk.Desk, func() error, error) { return c.OwnDesk("", c.store) })
}

// rulesOf does the same with a desk over the store, which is closed.
func (c *command) rulesOf(open func() (*desk.Desk, func() error, error)) (*desk.Desk, error) {
	if c.published || c.pack != "" {
		return c.Desk(c.pack)
	}
	d, closeStore, err := open()
	if err != nil {
		return nil, err
	}
	return d, closeStore()
}

// ownDesk is a desk with the user's values and the active rules, or with the
// published ones alone where that was asked for. What was typed is checked too
// where the store cannot be had: one that another window holds must not hide a
// wrong word.
func (c *command) ownDesk(check func(*desk.Desk) error) (d *desk.Desk, closeStore func() error, err error) {
	closeStore = func() error { return nil }
	var unopened error
	if !c.published {
		d, closeStore, unopened = c.OwnDesk(c.pack, c.store)
	}
	if c.published || unopened != nil {
		if d, err = c.Desk(c.pack); err != nil {
			return nil, nil, err
		}
	}
	c.Texts = d.Texts()
	if err := errors.Join(check(d), unopened); err != nil {
		if unopened == nil {
			err = errors.Join(err, closeStore())
		}
		return nil, nil, err
	}
	return d, closeStore, nil
}

func (c *command) project(file string) (domain.Project, error) {
	data, err := c.input(file)
	if err != nil {
		return domain.Project{}, err
	}
	return project.Read(data)
}

// input reads a project file.
func (c *command) input(file string) ([]byte, error) { return c.upTo(file, project.MaxBytes) }

// upTo reads a file, "-" for standard input, and no more than a byte too much.
func (c *command) upTo(file string, most int64) ([]byte, error) { return c.call().UpTo(file, most) }

func (c *command) estimate(args []string) error {
	if err := c.wants(args, "FILE"); err != nil {
		return err
	}
	d, cs, err := c.read(args[0])
	if err != nil {
		return err
	}
	r := cs.Result()
	if c.json {
		return c.writeJSON(resultView(c.Texts, d.Pack().Sources, r))
	}
	return c.statement(r)
}

func (c *command) explain(args []string) error {
	if err := c.wants(args, "FILE", "LINE"); err != nil {
		return err
	}
	_, cs, err := c.read(args[0])
	if err != nil {
		return err
	}
	x, err := cs.Explain(args[1], c.year)
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(explainView(c.Texts, x))
	}
	_, err = io.WriteString(c.Stdout, desk.ExplainText(c.Texts, x))
	return err
}
