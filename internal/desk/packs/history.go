package packs

import (
	"cmp"
	"slices"
	"time"

	"atlasp2i/internal/store"
)

// Origin says where a pack came from.
type Origin string

// Where a pack can come from.
const (
	FromProgram Origin = "program" // it ships with the program
	FromKey     Origin = "key"     // it was imported, signed
	FromElse    Origin = "else"    // not known: of an earlier program, or given at a start
)

// Signer is who signed a pack, as it was read when the pack was imported.
type Signer struct {
	Key  string `json:"key"`  // 16 hexadecimal digits
	Name string `json:"name"` // what the file of the key says of it, "" if nothing
}

// Kept is a pack of the store, or the active one.
type Kept struct {
	Number      int
	SHA256      string
	Since       time.Time // when the store first kept it; zero where it did not yet
	Simulations int       // saved simulations whose newest revision was computed with it
	Origin      Origin
	Signer      Signer // of FromKey
	Active      bool
}

// History lists the packs that the store ever kept and the active one, the highest
// number first.
func (s *Shelf) History() ([]Kept, error) {
	out := []Kept{{Number: s.p.Active.Pack.Number, SHA256: s.p.Active.Pack.SHA256, Active: true}}
	if s.p.Store == nil {
		out[0].Origin = s.origin(out[0].SHA256, nil)
		return out, nil
	}
	heads, err := s.p.Store.Packs()
	if err != nil {
		return nil, err
	}
	for _, h := range heads {
		if h.SHA256 == out[0].SHA256 {
			out[0].Since = h.SavedAt
			continue
		}
		out = append(out, Kept{Number: h.Number, SHA256: h.SHA256, Since: h.SavedAt})
	}
	signers, err := s.signers()
	if err != nil {
		return nil, err
	}
	used, err := s.used()
	if err != nil {
		return nil, err
	}
	for i := range out {
		k := &out[i]
		k.Origin, k.Signer, k.Simulations = s.origin(k.SHA256, signers), signers[k.SHA256], used[k.SHA256]
	}
	slices.SortFunc(out, func(a, b Kept) int {
		return cmp.Or(cmp.Compare(b.Number, a.Number), b.Since.Compare(a.Since), cmp.Compare(a.SHA256, b.SHA256))
	})
	return out, nil
}

func (s *Shelf) origin(sha256 string, signers map[string]Signer) Origin {
	_, signed := signers[sha256]
	switch {
	case sha256 == s.p.BuiltIn.Pack.SHA256:
		return FromProgram
	case signed:
		return FromKey
	}
	return FromElse
}

// used counts the saved simulations of each pack.
func (s *Shelf) used() (map[string]int, error) {
	list, err := s.p.Desk.List()
	if err != nil {
		return nil, err
	}
	out := map[string]int{}
	for i := range list {
		draft, err := s.p.Desk.Open(list[i].ID)
		if err != nil {
			continue // the list of simulations says that it cannot be read
		}
		out[draft.Pack]++
	}
	return out, nil
}

// signers are who signed what was imported, by SHA-256.
func (s *Shelf) signers() (map[string]Signer, error) {
	out := map[string]Signer{}
	_, err := s.p.Store.Setting(store.SettingPackKeys, &out)
	return out, err
}

func (s *Shelf) keepSigner(p *Preview) error {
	all, err := s.signers()
	if err != nil {
		return err
	}
	all[p.Pack.SHA256] = Signer{p.Key.ID(), p.Key.Name}
	return s.p.Store.PutSetting(store.SettingPackKeys, all)
}
