package share

import (
	"errors"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// sound looks at what the store takes without knowing what it is: papers are to be
// those that were signed, and packs those of their hash, or rules that nobody signed
// would compute here under the name of others. The error is a *domain.Problem.
func sound(s *store.Share) error {
	for i := range s.Papers {
		p := &s.Papers[i]
		kept := store.Paper{PaperHead: p.PaperHead, Payload: p.Payload, Signature: p.Signature}
		if _, _, err := issue.Signed(&kept); err != nil {
			var refused *domain.Problem
			errors.As(err, &refused) // Signed refuses with nothing else
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
