// Package packs is the use case "other rules": it reads a signed pack, says what
// it would change, makes it the active one and goes back to the built-in one.
package packs

import (
	"errors"
	"fmt"
	"io/fs"

	"aead.dev/minisign"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/scenarios"
	"atlasp2i/internal/store"
)

// Rules is a pack with its files.
type Rules struct {
	Files fs.FS
	Pack  *rules.Pack
}

// Store is what is needed of the store: it keeps each pack that was ever active,
// and which one is.
type Store interface {
	SavePackOnce(p store.Pack) error
	Packs() ([]store.PackHead, error)
	Pack(sha256 string) (store.Pack, error)
	Setting(name string, into any) (bool, error)
	PutSetting(name string, value any) error
}

// Load reads the rules of a pack and makes sure that they can be computed with.
// The error is a *rules.Fault where they are refused.
func Load(files fs.FS) (*Rules, error) {
	p, err := rules.Load(files)
	if err != nil {
		return nil, err
	}
	if _, err := calc.New(p); err != nil {
		return nil, err
	}
	return &Rules{files, p}, nil
}

// Active is the pack that was made active in a store, or the built-in one: where
// none was, where the program brings rules at least as new, and without a store.
func Active(s Store, builtIn *Rules) (*Rules, error) {
	if s == nil {
		return builtIn, nil
	}
	var sha256 string
	if chosen, err := s.Setting(store.SettingPack, &sha256); err != nil || !chosen || sha256 == "" {
		return builtIn, err
	}
	kept, err := s.Pack(sha256)
	if err != nil {
		return nil, err
	}
	if kept.Number <= builtIn.Pack.Number {
		return builtIn, nil
	}
	files, err := pack.Open(kept.Archive)
	if err != nil {
		return nil, err
	}
	r, err := Load(files)
	if err == nil && r.Pack.SHA256 != sha256 {
		return nil, fmt.Errorf("pack %d: these are other rules than those that were signed", kept.Number)
	}
	return r, err
}

// Report is what was found of a pack that was read in full.
type Report struct {
	*Rules
	Book        *figures.Book
	Figures     int // quantities
	Checks      int // arithmetic between them, all of it as expected
	Formalities int
	Levers      int
	Samples     []Sample
}

// Sample is a project that ships with the program, computed under the pack.
type Sample struct {
	Name  string
	Total calc.Figure // benefits over the horizon
}

// Check reads all of a pack: rules, figures with their arithmetic, formalities,
// scenarios, and the samples that the engine computes with it. The error is a
// *pack.Refused, Unsound, that says what is wrong and where.
func Check(t *i18n.Catalogue, files fs.FS) (*Report, error) {
	found, err := Load(files)
	if err != nil {
		return nil, Unsound(err)
	}
	r := &Report{Rules: found}
	book, err := figures.Load(r.Pack)
	if err != nil {
		return nil, Unsound(err)
	}
	r.Book, r.Figures, r.Checks = book, len(book.Groups(figures.Query{})), len(book.Checks())
	for _, c := range book.Checks() {
		if !c.OK() {
			return nil, pack.Refuse(pack.Unsound, "packs.refused.arithmetic", "check", c.ID)
		}
	}
	terms, err := formalities.Load(r.Pack)
	if err != nil {
		return nil, Unsound(err)
	}
	levers, err := scenarios.Load(r.Pack)
	if err != nil {
		return nil, Unsound(err)
	}
	r.Formalities, r.Levers = len(terms.Items), len(levers)
	r.Samples, err = samples(t, r.Pack)
	return r, err
}

func samples(t *i18n.Catalogue, p *rules.Pack) ([]Sample, error) {
	engine, err := calc.New(p)
	if err != nil {
		return nil, Unsound(err)
	}
	projects, err := desk.Samples(t)
	if err != nil {
		return nil, err
	}
	var out []Sample
	for _, project := range projects {
		c, err := engine.Case(project)
		if err != nil {
			return nil, pack.Refuse(pack.Unsound, "packs.refused.sample", "name", project.Name, "why", problemOf(err))
		}
		out = append(out, Sample{project.Name, c.Result().Benefits})
	}
	return out, nil
}

// problemOf is why a project is refused under a pack.
func problemOf(err error) any {
	var many calc.Problems
	if errors.As(err, &many) {
		return many[0].Msg
	}
	return err.Error()
}

// Unsound is the refusal of a pack for what Load found in it.
func Unsound(err error) error {
	var fault *rules.Fault
	if errors.As(err, &fault) {
		return pack.Refuse(pack.Unsound, "packs.refused.unsound", "why", fault.Msg)
	}
	return pack.Refuse(pack.Unsound, "packs.refused.unsound", "why", err.Error())
}

// Verified is a signed pack that may be trusted.
type Verified struct {
	*Report
	Key     pack.Key
	archive []byte
}

// Verify reads a signed pack: first whose it is, then what is in it. The error is
// a *pack.Refused.
func Verify(t *i18n.Catalogue, data []byte, trusted []pack.Key) (*Verified, error) {
	sealed, err := pack.Unseal(data)
	if err != nil {
		return nil, err
	}
	key, err := sealed.Signer(trusted)
	if err != nil {
		return nil, err
	}
	files, err := pack.Open(sealed.Archive)
	if err != nil {
		return nil, err
	}
	report, err := Check(t, files)
	if err != nil {
		return nil, err
	}
	return &Verified{report, key, sealed.Archive}, nil
}

// Build signs a pack that was checked into the file that is handed on. It fails
// where what it made cannot be read as that pack.
func Build(r *Rules, key minisign.PrivateKey) ([]byte, error) {
	archive, err := pack.Archive(r.Files)
	if err != nil {
		return nil, err
	}
	data, err := pack.Seal(archive, key, fmt.Sprintf("%s %d %s", r.Pack.ID, r.Pack.Number, r.Pack.SHA256))
	if err != nil {
		return nil, err
	}
	sealed, err := pack.Unseal(data)
	if err != nil {
		return nil, err
	}
	if _, err := sealed.Signer([]pack.Key{pack.PublicOf(key)}); err != nil {
		return nil, err
	}
	_, err = pack.Open(sealed.Archive)
	return data, err
}

// expired is whether the last day of a pack has passed.
func expired(p *rules.Pack, today domain.Date) bool { return today > p.BestBefore }
