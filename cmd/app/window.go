package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/bundle"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/handover"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/paths"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui"
	"atlasp2i/internal/ui/about"
)

// window reads the flags of the window and opens it. The file of a crash is kept
// in the folder of logs, for the user to send.
func (w *wiring) window(args []string, out, errs io.Writer) int {
	flags, err := readFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, w.texts.Text("cli.help"))
		return cli.ExitOK
	case err != nil:
		fmt.Fprintln(errs, w.texts.Text("cli.flags", "given", fmt.Sprint(args)))
		return cli.ExitRefused
	case !hasDisplay():
		fmt.Fprintln(errs, w.texts.Text("cli.noDisplay"))
		return cli.ExitFailed
	}
	places, err := w.places(flags.store)
	if err != nil {
		fmt.Fprintln(errs, w.texts.Text("cli.noPlace", "why", err.Error()))
		return cli.ExitFailed
	}
	o := opener{w: w, places: places}
	if err = o.load(flags.pack); err != nil {
		fmt.Fprintln(errs, w.texts.Text("cli.noPack", "why", w.faultText(err)))
		return cli.ExitRefused
	}
	if found, lacks := lacksOpenGL(); lacks {
		text := w.texts.Text("app.noOpenGL", "found", cmp.Or(found, "0"))
		fmt.Fprintln(errs, text)
		tell(w.texts.Text("app.name"), text)
		return cli.ExitFailed
	}
	if flags.file != "" && handedOver(places, flags.file) {
		fmt.Fprintln(out, w.texts.Text("app.handedOver"))
		return cli.ExitOK
	}
	open := o.open
	if flags.kiosk {
		first, why := o.kiosk()
		if why != nil {
			fmt.Fprintln(errs, w.texts.T(*why))
			tell(w.texts.Text("app.name"), w.texts.T(*why)) // a shortcut has no terminal
			return cli.ExitRefused
		}
		open = once(first, o.open)
	}
	keepCrashes(places.Logs)
	if err := ui.Run(ui.Params{
		File: flags.file, Handed: func() string { return handover.Take(places.Slot) },
		Texts: w.texts, Others: sync.OnceValue(w.others), Open: open, ReadOnly: o.readOnly, Cache: places.Cache, Trusted: places.Trusted, Theme: flags.theme, Now: time.Now,
		Kiosk: ui.KioskTimes{Idle: flags.idle, Countdown: flags.countdown},
		Build: about.Build{Version: version, Commit: commit, System: runtime.GOOS + "/" + runtime.GOARCH},
	}); err != nil {
		fmt.Fprintln(errs, w.texts.Text("app.failed", "why", err.Error()))
		return cli.ExitFailed
	}
	return cli.ExitOK
}

// others are the catalogues of the languages that the window may change to. They are
// part of the program, and tests read each of them: one that cannot be read is not
// offered.
func (w *wiring) others() (out []*i18n.Catalogue) {
	known, _ := i18n.Languages(assets.I18n)
	for _, lang := range known {
		if lang == w.texts.Lang() {
			continue
		}
		if t, err := i18n.Load(assets.I18n, lang); err == nil {
			out = append(out, t)
		}
	}
	return out
}

// windowFlags are what may follow the program's name when it opens a window. The
// file is one that a double click opens: a rule pack, or a colleague's files.
type windowFlags struct {
	store, pack, theme, file string
	kiosk                    bool
	idle, countdown          time.Duration // of the kiosk, to try it out; zero is as usual
}

// errFlags says that the words after the program's name are not accepted.
var errFlags = errors.New("flags")

func readFlags(args []string) (windowFlags, error) {
	var f windowFlags
	set := flag.NewFlagSet("app", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&f.store, "store", "", "")
	set.StringVar(&f.pack, "pack", "", "")
	set.StringVar(&f.theme, "theme", "", "")
	set.BoolVar(&f.kiosk, "kiosk", false, "")
	set.DurationVar(&f.idle, "kiosk-idle", 0, "")
	set.DurationVar(&f.countdown, "kiosk-countdown", 0, "")
	if err := set.Parse(args); err != nil {
		return f, err
	}
	f.file = set.Arg(0)
	if set.NArg() > 1 || f.idle < 0 || f.countdown < 0 || f.file != "" && !opensInWindow(f.file) || !slices.Contains([]string{"", "light", "dark"}, f.theme) {
		return f, errFlags
	}
	return f, nil
}

// opensInWindow is whether a word after the program's name is a file that the
// window shows.
func opensInWindow(word string) bool {
	return slices.Contains([]string{pack.Extension, bundle.Extension}, strings.ToLower(filepath.Ext(word)))
}

// handWait is how long another window has to take a file; it looks each second.
const handWait = 3 * time.Second

// handedOver gives a file to the window that has the store open, where there is one
// that answers.
func handedOver(places paths.Places, file string) bool {
	if !store.Held(places.Store) {
		return false
	}
	taken, err := handover.Offer(places.Slot, file, handWait)
	return err == nil && taken
}

// hasDisplay is whether a window can open: the window library would end the
// program with a stack trace.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// keepCrashes sends the text of a crash to a file: a window has no terminal.
func keepCrashes(dir string) {
	if os.MkdirAll(dir, 0o700) != nil {
		return
	}
	f, err := os.OpenFile(filepath.Join(dir, "crash.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return
	}
	defer f.Close() // the runtime keeps its own copy
	_ = debug.SetCrashOutput(f, debug.CrashOptions{})
}

// opener opens the store for the window.
type opener struct {
	w      *wiring
	places paths.Places
	rules  *packs.Rules // those of --pack, or the built-in ones
	own    *packs.Rules // the built-in ones
	fixed  bool         // by --pack, whatever is active in the store
	id     string       // of this laptop, once a store is open to be written
}

// load reads the rules of the program, and those at path where there is one.
func (o *opener) load(path string) (err error) {
	o.fixed = path != ""
	if o.own, err = loadPack(""); err != nil || !o.fixed {
		o.rules = o.own
		return err
	}
	o.rules, err = loadPack(path)
	return err
}

// shelf looks at other rules than r, for the store that is open.
func (o *opener) shelf(s *store.Store, r *packs.Rules) func(*desk.Desk) *packs.Shelf {
	return func(d *desk.Desk) *packs.Shelf {
		p := packs.Params{Desk: d, Active: r, BuiltIn: o.own, Trusted: o.w.trusted, Today: today}
		if s != nil {
			p.Store = s
		}
		return packs.New(p)
	}
}

// active are the rules that the store says; without one, or where --pack says
// which, the opener's own. So they are where those of the store cannot be read,
// with a notice that says so.
func (o *opener) active(s *store.Store) (*packs.Rules, *domain.Msg) {
	if s == nil || o.fixed {
		return o.rules, nil
	}
	r, err := packs.Active(s, o.rules)
	if err != nil {
		m := domain.M("gate.rules", "why", err.Error())
		return o.rules, &m
	}
	return r, nil
}

func (o *opener) desk(r *packs.Rules, s *store.Store) (*desk.Desk, error) {
	p := desk.Params{Pack: r.Pack, PackFiles: r.Files, Texts: o.w.texts}
	if s != nil {
		p.Store = s
	}
	d, err := desk.New(p)
	if err == nil {
		go readFigures(d)
	}
	return d, err
}

// readFigures reads imported figures before the sector is opened: a hundred
// thousand of them take most of a second. What fails is said there.
func readFigures(d *desk.Desk) {
	if imports, err := d.Imports(); err == nil && len(imports) > 0 {
		_, _ = d.Figures()
	}
}

// open opens the user's own store, or says why not.
func (o *opener) open() ui.Opening {
	at, err := o.options()
	if err != nil {
		return o.refused(err)
	}
	o.id = at.Device
	s, err := store.Open(context.Background(), at)
	if err != nil {
		return o.refused(err)
	}
	out := o.over(s)
	if r := s.Recovery(); r != nil {
		m := backup.SayRecovery(r)
		out.Notice = &m
	}
	return out
}

// kiosk opens the user's store with the door to the officer closed, or says why not.
func (o *opener) kiosk() (ui.Opening, *domain.Msg) {
	out := o.open()
	if out.Err != nil {
		m := domain.M("kiosk.flag.noStore", "why", desk.Say(o.w.texts, out.Err))
		return out, &m
	}
	err := out.Kiosk.Shut()
	if err == nil {
		return out, nil
	}
	m := domain.M("kiosk.flag.noStore", "why", desk.Say(o.w.texts, err))
	if errors.Is(err, kiosk.ErrNoCode) {
		m = domain.M("kiosk.flag.noCode")
	}
	if err := out.Close(); err != nil {
		m = domain.M("kiosk.flag.noStore", "why", desk.Say(o.w.texts, err))
	}
	return out, &m
}

// once gives what is open already the first time that it is asked for.
func once(first ui.Opening, open func() ui.Opening) func() ui.Opening {
	given := false
	return func() ui.Opening {
		if given {
			return open()
		}
		given = true
		return first
	}
}

// over is the app over a store that was just opened; it is closed where that fails.
func (o *opener) over(s *store.Store) ui.Opening {
	out := o.under(s, nil)
	if out.Err != nil {
		return ui.Opening{Err: errors.Join(out.Err, s.Close())}
	}
	return out
}

// under is the app over an open store, under the rules that are active in it.
// Contacts that are there already go on, unlocked as they are.
func (o *opener) under(s *store.Store, contacts *cabinet.Cabinet) ui.Opening {
	r, notice := o.active(s)
	d, err := o.desk(r, s)
	if err != nil {
		return ui.Opening{Err: err}
	}
	if contacts, err = newCabinet(d, s, contacts); err != nil {
		return ui.Opening{Err: err}
	}
	office, err := newOffice(officeParams{desk: d, store: s, names: contacts, key: o.places.Key})
	if err != nil {
		return ui.Opening{Err: err}
	}
	return ui.Opening{
		Desk: d, Office: office, Contacts: contacts, Kiosk: newDoor(s), Saved: s, Notice: notice,
		Shelf: o.shelf(s, r), Fixed: o.fixed,
		Sharing: func(d *desk.Desk) *share.Room {
			return newSharing(sharingParams{desk: d, store: s, contacts: contacts, key: o.places.Key, id: o.id})
		},
		Copies: o.copies(s),
		Again:  func() ui.Opening { return o.under(s, contacts) },
		Close: func() error {
			contacts.Lock()
			return s.Close()
		},
	}
}

// refused is an app without a store: it still computes, and a verified copy can
// be opened read-only where there is one.
func (o *opener) refused(err error) ui.Opening {
	out := ui.Opening{Err: err, Shelf: o.shelf(nil, o.rules), Fixed: o.fixed}
	out.Desk, _ = o.desk(o.rules, nil)
	var locked *store.LockedError
	var damaged *store.DamagedError
	var copied *store.SnapshotInfo
	switch {
	case errors.As(err, &locked):
		copied = locked.Snapshot
	case errors.As(err, &damaged):
		copied = damaged.Snapshot
	}
	if copied != nil {
		out.Snapshot, out.TakenAt = copied.Path, copied.At
	}
	return out
}

func (o *opener) readOnly(path string) ui.Opening {
	s, err := store.OpenReadOnly(path)
	if err != nil {
		return o.refused(err)
	}
	return o.over(s)
}
