package use

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing/fstest"
	"time"

	"aead.dev/minisign"

	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store"
)

// visitors closes and opens the door before which visitors use the window alone.
func (u *User) visitors(now Facts) (Operation, error) {
	const set = "set/" + store.SettingKiosk
	switch {
	case now["closed"] == "" || u.IntN(4) == 0:
		w := kiosk.Wish{Code: u.names() + "kw", Delay: kiosk.Delays[u.IntN(len(kiosk.Delays))]}
		w.Again = w.Code
		s := Stage{set}
		if now["closed"] != "true" {
			s = append(s, "closed=true")
		}
		return Operation{"close the door", []Stage{s}, func() error { return u.door.Close(w) }}, nil
	case u.IntN(2) == 0:
		return Operation{"a wrong code", []Stage{{"set/" + store.SettingKioskTries}}, func() error {
			if err := u.door.Answer(context.Background(), "zzzzzz"); !errors.Is(err, kiosk.ErrCode) {
				return fmt.Errorf("a wrong code: %w", err)
			}
			return nil
		}}, nil
	case now["closed"] == "true":
		return Operation{"open the door", []Stage{{set, "closed=false"}}, u.door.Open}, nil
	}
	return Operation{"shut the door", []Stage{{set, "closed=true"}}, u.door.Shut}, nil
}

func today() domain.Date { return domain.Date(time.Now().Format(time.DateOnly)) }

// signer signs the rules of a trial, for one process.
type signer struct {
	private minisign.PrivateKey
	public  []pack.Key
}

var signing = sync.OnceValues(func() (out signer, err error) {
	private, public, _, err := pack.NewKey(rand.Reader)
	if err != nil {
		return out, err
	}
	if out.private, err = pack.ParsePrivate("key", private, ""); err != nil {
		return out, err
	}
	out.public, err = pack.ParseKeys("keys", public)
	return out, err
})

func trusted() ([]pack.Key, error) {
	s, err := signing()
	return s.public, err
}

// newest is by how much the number of the newest rules is above the built-in ones.
const newest = 2

// newer are the built-in rules under a higher number, signed.
func newer(number int) ([]byte, error) {
	with, err := loaded()
	if err != nil {
		return nil, err
	}
	files := fstest.MapFS{}
	err = fs.WalkDir(with.rules.Files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(with.rules.Files, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		return nil, err
	}
	const head = "pack.toml"
	line := func(n int) string { return fmt.Sprintf("number = %d\n", n) }
	files[head].Data = []byte(strings.Replace(string(files[head].Data), line(with.rules.Pack.Number), line(number), 1))
	r, err := packs.Load(files)
	if err != nil {
		return nil, err
	}
	s, err := signing()
	if err != nil {
		return nil, err
	}
	return packs.Build(r, s.private)
}

// rules imports newer rules, or goes back to the built-in ones.
func (u *User) rules(now Facts) (Operation, error) {
	active, own := u.shelf.Active().Pack, u.shelf.BuiltIn().Pack
	again := func(change func() error) func() error {
		return func() error {
			if err := change(); err != nil {
				return err
			}
			return u.under()
		}
	}
	if active.Number == own.Number+newest || active.Number > own.Number && u.IntN(2) == 0 {
		return Operation{"back to the built-in rules", []Stage{{"set/" + store.SettingPack + "=" + settingOf("")}}, again(u.shelf.Reset)}, nil
	}
	data, err := newer(active.Number + 1)
	if err != nil {
		return Operation{}, err
	}
	p, err := u.shelf.Preview(data)
	if err != nil {
		return Operation{}, err
	}
	stages := u.pack(now)
	if name := "pack/" + p.Pack.SHA256; now[name] == "" {
		stages = append(stages, Stage{name})
	}
	signers := map[string]packs.Signer{}
	if _, err := u.Store.Setting(store.SettingPackKeys, &signers); err != nil {
		return Operation{}, err
	}
	signers[p.Pack.SHA256] = packs.Signer{Key: p.Key.ID(), Name: p.Key.Name}
	if by := settingOf(signers); by != now["set/"+store.SettingPackKeys] {
		stages = append(stages, Stage{"set/" + store.SettingPackKeys + "=" + by})
	}
	stages = append(stages, Stage{"set/" + store.SettingPack + "=" + settingOf(p.Pack.SHA256)})
	return Operation{"import rules", stages, again(func() error { return u.shelf.Import(p) })}, nil
}
