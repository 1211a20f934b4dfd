package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"atlasp2i/assets"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/paths"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// language is the one the app speaks unless told otherwise; the catalogues decide
// which there are.
const language = "fr"

// wiring makes what a run needs, in the language of texts.
type wiring struct{ texts *i18n.Catalogue }

func newWiring() (*wiring, error) {
	t, err := i18n.Load(assets.I18n, language)
	if err != nil {
		return nil, err
	}
	return &wiring{t}, nil
}

// speak changes the language of everything that is made from here on.
func (w *wiring) speak(lang string) (*i18n.Catalogue, error) {
	known, err := i18n.Languages(assets.I18n)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(known, lang) {
		return nil, domain.Refuse("--lang", lang, "cli.lang", "languages", known)
	}
	w.texts, err = i18n.Load(assets.I18n, lang)
	return w.texts, err
}

// headlessDesk computes without a store, under the pack at path or the built-in
// one. A pack that is refused is a *domain.Problem: input, not a failure.
func (w *wiring) headlessDesk(path string) (*desk.Desk, error) { return w.deskOver(path, nil) }

// deskOver computes under the pack at path, over a store or none.
func (w *wiring) deskOver(path string, s desk.Store) (*desk.Desk, error) {
	r, err := loadPack(path)
	if err != nil {
		return nil, domain.Refuse("--pack", path, "cli.noPack", "why", w.faultText(err))
	}
	return desk.New(desk.Params{Pack: r.Pack, PackFiles: r.Files, Texts: w.texts, Store: s})
}

// deskOf computes over a store, under the pack at path or the one that is active
// in it; nil is no store. Where it fails the store is closed.
func (w *wiring) deskOf(path string, s *store.Store) (d *desk.Desk, closeStore func() error, err error) {
	closeStore = func() error { return nil }
	if s != nil {
		closeStore = s.Close
	}
	switch {
	case s == nil:
		d, err = w.headlessDesk(path)
	case path == "":
		d, _, err = w.activeDesk(s)
	default:
		d, err = w.deskOver(path, s)
	}
	if err != nil {
		return nil, nil, errors.Join(err, closeStore())
	}
	return d, closeStore, nil
}

// ownDesk computes with what the store at path holds; "" is the user's own store,
// which need not be there yet. The store is read as it is, never made or changed.
func (w *wiring) ownDesk(pack, path string) (*desk.Desk, func() error, error) {
	places, err := w.places(path)
	if err != nil {
		return nil, nil, err
	}
	s, err := store.OpenAsIs(context.Background(), store.Options{Path: places.Store, SnapshotDir: places.Snapshots})
	switch {
	case errors.Is(err, fs.ErrNotExist) && path == "":
		return w.deskOf(pack, nil)
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, domain.Refuse("--store", path, "cli.noStore")
	case err != nil:
		return nil, nil, err
	}
	return w.deskOf(pack, s)
}

// storeDesk is a desk over the store at path, or the user's own.
func (w *wiring) storeDesk(pack, path string, a cli.Access) (*desk.Desk, func() error, error) {
	return w.accessDesk(pack, path, a, func(*desk.Desk, *store.Store) error { return nil })
}

// accessDesk is a desk over the store at path, or the user's own, and what with
// makes of the two, under the pack that is named or active there. To be changed, the
// store is made where it is not there; one that is damaged is left to the window,
// which says what it does about it. To be read, it is read as it is, and one that is
// not there is empty: with gets none then.
func (w *wiring) accessDesk(pack, path string, a cli.Access, with func(*desk.Desk, *store.Store) error) (*desk.Desk, func() error, error) {
	s, err := w.accessStore(path, a)
	if err != nil {
		return nil, nil, err
	}
	d, closeStore, err := w.deskOf(pack, s)
	if err != nil {
		return nil, nil, err
	}
	if err := with(d, s); err != nil {
		return nil, nil, errors.Join(err, closeStore())
	}
	return d, closeStore, nil
}

// accessStore opens the store at path, or the user's own; nil where there is none.
func (w *wiring) accessStore(path string, a cli.Access) (*store.Store, error) {
	if a == cli.Nothing {
		return nil, nil
	}
	o, err := w.options(path)
	if err != nil {
		return nil, err
	}
	if a == cli.Changes {
		if o.Device, err = w.device(path); err != nil {
			return nil, err
		}
		return store.Open(context.Background(), o)
	}
	s, err := store.OpenAsIs(context.Background(), o)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return s, err
}

// options say where the store at path is, or the user's own; one that is damaged is
// left to the window.
func (w *wiring) options(path string) (store.Options, error) {
	places, err := w.places(path)
	return store.Options{Path: places.Store, SnapshotDir: places.Snapshots, Numbers: numbersOf(places.Key), NoRecovery: true}, err
}

// device is the id of this laptop, drawn at its first use.
func (w *wiring) device(path string) (string, error) {
	places, err := w.places(path)
	if err != nil {
		return "", err
	}
	return store.DeviceID(places.Device)
}

// contacts are those of the store at path, or the user's own. A passphrase is not
// asked for where nothing is kept: no store is made for it.
func (w *wiring) contacts(pack, path string, a cli.Access) (out *cabinet.Cabinet, closeStore func() error, err error) {
	places, err := w.places(path)
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(places.Store); errors.Is(err, fs.ErrNotExist) {
		if path != "" {
			return nil, nil, domain.Refuse("--store", path, "cli.noStore")
		}
		a = cli.Nothing
	}
	_, closeStore, err = w.accessDesk(pack, path, a, func(d *desk.Desk, s *store.Store) error {
		out, err = newCabinet(d, s, nil)
		return err
	})
	return out, closeStore, err
}

// kiosk is the door of the store at path, or of the user's own; nil where there is no
// store.
func (w *wiring) kiosk(path string) (*kiosk.Door, func() error, error) {
	places, err := w.places(path)
	if err != nil {
		return nil, nil, err
	}
	if _, err := os.Stat(places.Store); errors.Is(err, fs.ErrNotExist) {
		if path != "" {
			return nil, nil, domain.Refuse("--store", path, "cli.noStore")
		}
		return nil, func() error { return nil }, nil
	}
	s, err := w.accessStore(path, cli.Changes)
	if err != nil {
		return nil, nil, err
	}
	return newDoor(s), s.Close, nil
}

// office issues papers into the store at path, or the user's own.
func (w *wiring) office(pack, path string, a cli.Access) (out *issue.Office, closeStore func() error, err error) {
	places, err := w.places(path)
	if err != nil {
		return nil, nil, err
	}
	_, closeStore, err = w.accessDesk(pack, path, a, func(d *desk.Desk, s *store.Store) error {
		out, err = newOffice(officeParams{desk: d, store: s, key: places.Key, reads: a != cli.Changes})
		return err
	})
	return out, closeStore, err
}

// faultText says why a pack is refused: file, line and what is accepted where the
// pack was read, else that it cannot be read or computed with.
func (w *wiring) faultText(err error) string {
	var f *rules.Fault
	if errors.As(err, &f) {
		return fmt.Sprintf("%s:%d: %s", f.File, f.Line, w.texts.T(f.Msg))
	}
	var refused *domain.Problem
	if errors.As(err, &refused) {
		return w.texts.Problem(refused)
	}
	return w.texts.Text("cli.packUnreadable", "why", err.Error())
}

func (w *wiring) places(store string) (paths.Places, error) {
	if store != "" {
		abs, err := filepath.Abs(store)
		if err != nil {
			return paths.Places{}, err
		}
		store = abs
	}
	dir := ""
	if exe, err := os.Executable(); err == nil {
		dir = filepath.Dir(exe)
	}
	exists := func(p string) bool { i, err := os.Stat(p); return err == nil && i.IsDir() }
	return paths.Find(paths.Params{OS: runtime.GOOS, Env: os.Getenv, ExeDir: dir, Exists: exists, Store: store})
}
