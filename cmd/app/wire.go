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
	"atlasp2i/internal/desk"
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
// in it. Where it fails the store is closed.
func (w *wiring) deskOf(path string, s *store.Store) (*desk.Desk, func() error, error) {
	d, err := w.deskOver(path, s)
	if path == "" {
		d, _, err = w.activeDesk(s)
	}
	if err != nil {
		return nil, nil, errors.Join(err, s.Close())
	}
	return d, s.Close, nil
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
		d, err := w.headlessDesk(pack)
		return d, func() error { return nil }, err
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, domain.Refuse("--store", path, "cli.noStore")
	case err != nil:
		return nil, nil, err
	}
	return w.deskOf(pack, s)
}

// importDesk is a desk over the store at path, or the user's own, for importing
// figures. With write the store is opened for that, and made where it is not there;
// one that is damaged is left to the window, which says what it does about it.
// Without write it is read as it is, and one that is not there is empty.
func (w *wiring) importDesk(pack, path string, write bool) (*desk.Desk, func() error, error) {
	s, err := w.importStore(path, write)
	if err != nil {
		return nil, nil, err
	}
	if s == nil {
		d, err := w.headlessDesk(pack)
		return d, func() error { return nil }, err
	}
	return w.deskOf(pack, s)
}

// importStore opens the store at path for an import; it is nil where none is there
// and nothing is to be written.
func (w *wiring) importStore(path string, write bool) (*store.Store, error) {
	places, err := w.places(path)
	if err != nil {
		return nil, err
	}
	o := store.Options{Path: places.Store, SnapshotDir: places.Snapshots, NoRecovery: true}
	if write {
		if o.Device, err = store.DeviceID(places.Device); err != nil {
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
