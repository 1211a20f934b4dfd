package packs

import (
	"errors"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store"
)

// Params is what a shelf works with.
type Params struct {
	Desk    *desk.Desk // under the active pack, over the same store
	Store   Store      // nil where nothing can be kept
	Active  *Rules
	BuiltIn *Rules
	Trusted func() ([]pack.Key, error) // the keys whose packs are taken, as they are now
	Today   func() domain.Date
}

// Shelf is where packs are looked at before they are taken. Not for several
// goroutines at once.
type Shelf struct{ p Params }

// New makes a shelf.
func New(p Params) *Shelf { return &Shelf{p} }

// Active is the pack that was made active last; the desk works under the one that
// was when it was made.
func (s *Shelf) Active() *Rules { return s.p.Active }

// BuiltIn is the pack that ships with the program.
func (s *Shelf) BuiltIn() *Rules { return s.p.BuiltIn }

// Preview is what a pack would change. Nothing was changed yet.
type Preview struct {
	*Verified               // of the built-in pack its rules alone
	Changes   []pack.Change // beside the active pack
	Effects   []Effect      // on each saved simulation, the newest first
}

// Effect is what a saved simulation gives, and would give if it were saved again
// under the new pack. As long as it is not, it stays as it is.
type Effect struct {
	ID     store.ID
	Name   string
	Pack   int          // number of the pack that it was computed with
	Now    *calc.Figure // benefits over the horizon; nil where Failed says why
	Next   *calc.Figure // nil where Refused or Failed says why
	Failed error        // it cannot be read, or computed as it was

	Refused error // calc.Problems: the new pack does not take the project
}

// Moved is whether the figures would be others.
func (e *Effect) Moved() bool {
	return e.Failed == nil && (e.Refused != nil || e.Now.Value != e.Next.Value || e.Now.Low != e.Next.Low || e.Now.High != e.Next.High)
}

// Preview reads a signed pack and says what it would change. It changes nothing.
// The error is a *pack.Refused where the pack is not taken.
func (s *Shelf) Preview(data []byte) (*Preview, error) {
	keys, err := s.p.Trusted()
	if err != nil {
		return nil, err
	}
	v, err := Verify(s.p.Desk.Texts(), data, keys)
	if err != nil {
		return nil, err
	}
	if err := s.fits(v); err != nil {
		return nil, err
	}
	return s.beside(v)
}

// PreviewReset says what going back to the built-in pack would change.
func (s *Shelf) PreviewReset() (*Preview, error) {
	return s.beside(&Verified{Report: &Report{Rules: s.p.BuiltIn}})
}

// beside says what a pack would change of the active one and of what is saved.
func (s *Shelf) beside(v *Verified) (*Preview, error) {
	out := &Preview{Verified: v}
	var err error
	if out.Changes, err = pack.Diff(s.p.Active.Files, v.Files); err != nil {
		return nil, err
	}
	out.Effects, err = s.effects(v)
	return out, err
}

// fits is whether a pack may take the place of the active one.
func (s *Shelf) fits(v *Verified) error {
	now, next := s.p.Active.Pack, v.Pack
	switch {
	case next.ID != now.ID:
		return pack.Refuse(pack.Foreign, "packs.refused.foreign", "given", next.ID, "active", now.ID)
	case next.SHA256 == now.SHA256:
		return pack.Refuse(pack.Active, "packs.refused.active", "number", next.Number)
	case next.Number < now.Number:
		return pack.Refuse(pack.Older, "packs.refused.older", "given", next.Number, "active", now.Number)
	case next.Number == now.Number:
		return pack.Refuse(pack.SameNumber, "packs.refused.sameNumber", "number", next.Number)
	case expired(next, s.p.Today()):
		return pack.Refuse(pack.Expired, "packs.refused.expired", "number", next.Number, "last", next.BestBefore)
	}
	return nil
}

func (s *Shelf) effects(v *Verified) ([]Effect, error) {
	engine, err := calc.New(v.Pack)
	if err != nil {
		return nil, err
	}
	list, err := s.p.Desk.List()
	if err != nil {
		return nil, err
	}
	out := []Effect{}
	for _, entry := range list {
		e := Effect{ID: entry.ID, Name: entry.Name, Pack: entry.PackNumber}
		e.Failed = s.effect(&e, engine)
		out = append(out, e)
	}
	return out, nil
}

// effect fills in what a simulation gives now and would give next.
func (s *Shelf) effect(e *Effect, next *calc.Engine) error {
	draft, err := s.p.Desk.Open(e.ID)
	if err != nil {
		return err
	}
	now, err := s.p.Desk.Estimate(draft)
	if err != nil {
		return err
	}
	e.Now = &now.Benefits
	c, err := next.Case(draft.Project)
	var refused calc.Problems
	if errors.As(err, &refused) {
		e.Refused = refused
		return nil
	}
	if err != nil {
		return err
	}
	e.Next = &c.Result().Benefits
	return nil
}

// Import makes the pack of a preview the active one; the store keeps it, and the
// one that was active. What was saved under another stays as it was computed. The
// rules hold from the next desk that is made over the store. The error is a
// *pack.Refused where a newer pack was made active since the preview, and a
// *store.ReadOnlyError without a store.
func (s *Shelf) Import(p *Preview) error {
	if s.p.Store == nil {
		return &store.ReadOnlyError{}
	}
	if err := s.fits(p.Verified); err != nil {
		return err
	}
	before, err := pack.Archive(s.p.Active.Files)
	if err != nil {
		return err
	}
	for _, kept := range []store.Pack{kept(s.p.Active, before), kept(p.Rules, p.archive)} {
		if err := s.p.Store.SavePackOnce(kept); err != nil {
			return err
		}
	}
	if err := s.keepSigner(p); err != nil {
		return err
	}
	if err := s.p.Store.PutSetting(store.SettingPack, p.Pack.SHA256); err != nil {
		return err
	}
	s.p.Active = p.Rules
	return nil
}

// Reset goes back to the built-in pack; the imported ones stay kept for what was
// computed with them. Without a store the error is *store.ReadOnlyError.
func (s *Shelf) Reset() error {
	if s.p.Store == nil {
		return &store.ReadOnlyError{}
	}
	if err := s.p.Store.PutSetting(store.SettingPack, ""); err != nil {
		return err
	}
	s.p.Active = s.p.BuiltIn
	return nil
}

func kept(r *Rules, archive []byte) store.Pack {
	return store.Pack{Number: r.Pack.Number, SHA256: r.Pack.SHA256, Archive: archive}
}
