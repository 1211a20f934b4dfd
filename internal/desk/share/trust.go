package share

import (
	"errors"
	"time"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// sound looks at what the store takes without knowing what it is: papers are to be
// those that were signed, and packs those of their hash, or rules that nobody signed
// would compute here under the name of others. The error is a *domain.Problem.
func sound(s *store.Share) error {
	all := revisionsOf(s)
	for i := range s.Papers {
		p := &s.Papers[i]
		kept := store.Paper{PaperHead: p.PaperHead, Payload: p.Payload, Signature: p.Signature}
		stated, _, err := issue.Signed(&kept)
		if err == nil && all.contradict(p, &stated) {
			err = domain.Refuse("file", "", "share.paperHead")
		}
		if err != nil {
			var refused *domain.Problem
			errors.As(err, &refused) // neither refuses with anything else
			return domain.Refuse("file", "", "share.badPaper", "number", p.Number, "why", refused.Msg)
		}
	}
	for i := range s.Packs {
		if p := &s.Packs[i]; !soundPack(p) {
			return domain.Refuse("file", "", "share.badPack", "number", p.Number)
		}
	}
	return nil
}

// sameMoment is how far the time beside a paper may be from the one that was signed:
// the first is taken when the store has its turn, and a laptop may sleep before.
const sameMoment = time.Hour

// revisions are those of a share, by simulation and identity.
type revisions map[[2]string]*store.SharedRevision

func revisionsOf(s *store.Share) revisions {
	out := revisions{}
	for i := range s.Simulations {
		is := &s.Simulations[i]
		for j := range is.Revisions {
			out[[2]string{string(is.ID), is.Revisions[j].Identity}] = &is.Revisions[j]
		}
	}
	return out
}

// contradict is whether what stands unsigned beside a paper, when it was issued and of
// which simulation, says other things than what was signed. Of a revision that does not
// come along nothing can be said here: whoever opens the paper compares it then.
func (all revisions) contradict(p *store.SharedPaper, stated *seal.Payload) bool {
	if p.At.Sub(stated.IssuedAt).Abs() > sameMoment {
		return true
	}
	rev := all[[2]string{string(p.Simulation), p.RevisionIdentity}]
	if rev == nil {
		return false
	}
	hash, err := seal.Hash(rev.Project)
	return err != nil || hash != stated.Project || rev.PackSHA256 != stated.Pack.SHA256
}

// soundPack is whether a pack has its hash and number. Of one that a newer program
// made, which this one cannot read, the hash is enough: nothing is computed with it.
func soundPack(p *store.Pack) bool {
	hash, err := pack.Hash(p.Archive)
	if err != nil || hash != p.SHA256 {
		return false
	}
	files, err := pack.Open(p.Archive)
	if err != nil {
		return false
	}
	read, err := rules.Load(files)
	return err != nil || read.Number == p.Number
}
