package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
)

func today() domain.Date { return domain.Date(time.Now().Format(time.DateOnly)) }

// loadPack reads a pack from a folder or an archive, signed or not: whoever names
// a pack trusts it. "" is the built-in one. Links that lead out of a folder are
// not followed.
func loadPack(path string) (*packs.Rules, error) {
	if path == "" {
		return packs.Load(assets.PackFiles())
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path) // stays open: the files are read again when the pack is kept
		if err != nil {
			return nil, err
		}
		return packs.Load(root.FS())
	}
	data, err := upTo(path, pack.MaxBytes)
	if err != nil {
		return nil, err
	}
	files, err := pack.Files(data)
	if err != nil {
		return nil, err
	}
	return packs.Load(files)
}

// upTo reads a file, and no more than a byte too much.
func upTo(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, most+1))
}

// activeDesk computes under the pack that is active in a store, or the built-in
// one without a store.
func (w *wiring) activeDesk(s *store.Store) (*desk.Desk, packs.Params, error) {
	builtIn, err := loadPack("")
	if err != nil {
		return nil, packs.Params{}, err
	}
	p := packs.Params{BuiltIn: builtIn, Active: builtIn, Trusted: w.trusted, Today: today}
	params := desk.Params{Texts: w.texts}
	if s != nil {
		p.Store, params.Store = s, s
		if p.Active, err = packs.Active(s, builtIn); err != nil {
			return nil, packs.Params{}, err
		}
	}
	params.Pack, params.PackFiles = p.Active.Pack, p.Active.Files
	p.Desk, err = desk.New(params)
	return p.Desk, p, err
}

// shelf looks at packs for the store at path, or the user's own, opened as
// accessStore does.
func (w *wiring) shelf(path string, a cli.Access) (*packs.Shelf, func() error, error) {
	s, err := w.accessStore(path, a)
	if err != nil {
		return nil, nil, err
	}
	closeStore := func() error { return nil }
	if s != nil {
		closeStore = s.Close
	}
	_, p, err := w.activeDesk(s)
	if err != nil {
		return nil, nil, errors.Join(err, closeStore())
	}
	return packs.New(p), closeStore, nil
}

// trusted are the keys whose packs are taken: those that ship with the program and
// those of the agency, in a file of the folder of the configuration.
func (w *wiring) trusted() ([]pack.Key, error) {
	keys, err := pack.ParseKeys("trusted.keys", assets.TrustedKeys)
	if err != nil {
		return nil, err
	}
	places, err := w.places("")
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(places.Trusted)
	if errors.Is(err, fs.ErrNotExist) {
		return keys, nil
	}
	if err != nil {
		return nil, disk.Error(places.Trusted, err)
	}
	own, err := pack.ParseKeys(places.Trusted, data)
	return append(keys, own...), err
}
