package cabinet

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/formalities"
)

// Wording is what a contact is asked to agree to, in the language of the cabinet.
type Wording struct {
	ID         string
	Version    int
	Language   string // of Text
	Text       string // lines are parted by a line feed, paragraphs by two
	ToValidate bool   // the agency has not approved it yet: to be said
	Purposes   []Purpose
}

// Purpose is one use that is agreed to or not, apart from the others.
type Purpose struct{ ID, Text string }

// Consent gives the wording for an agency and the address at which rights are
// exercised. It returns *domain.Problem where one of the two is missing: a consent
// to nobody is none; and where the pack has no wording.
func (c *Cabinet) Consent(agency, contact string) (Wording, error) {
	for _, must := range [][2]string{{"agency", agency}, {"contact", contact}} {
		if must[1] == "" {
			return Wording{}, domain.Refuse(must[0], "", "cabinet.consent.who")
		}
	}
	if c.p.Terms == nil {
		return Wording{}, domain.Refuse("consent", "", "cabinet.consent.none")
	}
	w, there := c.p.Terms.Wording(formalities.Consent)
	kept, limited := c.p.Terms.Term(formalities.ContactKept)
	if !there || !limited {
		return Wording{}, domain.Refuse("consent", "", "cabinet.consent.none")
	}
	t := c.p.Texts
	out := Wording{
		ID: w.ID, Version: w.Version, Language: t.Lang(), ToValidate: w.ToValidate || kept.ToValidate,
		Text: t.Text(w.Text, "agency", agency, "contact", contact, "kept", kept.Length),
	}
	for _, p := range c.p.Terms.Purposes {
		out.Purposes = append(out.Purposes, Purpose{p.ID, t.Text(p.Text)})
	}
	return out, nil
}

// Answer is what a contact said to a wording.
type Answer struct {
	Given    bool
	Purposes []string // ids of the wording's; none where nothing was given
	By       string   // the officer who asked
}

// Answered is a consent to be put into a dossier: which words, which uses, when.
func (c *Cabinet) Answered(w Wording, a Answer) *dossier.Consent {
	sum := sha256.Sum256([]byte(w.Text))
	out := &dossier.Consent{
		Given: a.Given, Wording: w.ID, Version: strconv.Itoa(w.Version), Language: w.Language,
		SHA256: hex.EncodeToString(sum[:]), At: c.p.Now().UTC(), By: a.By,
	}
	if a.Given {
		out.Purposes = slices.Clone(a.Purposes)
	}
	return out
}

// Withdraw ends a consent; what was agreed and when stays known. It returns the
// errors of Save.
func (c *Cabinet) Withdraw(id string) (*dossier.Dossier, error) {
	return c.change(id, func(d *dossier.Dossier) error {
		if d.Consent.Stands() {
			now := c.p.Now().UTC()
			d.Consent.Withdrawn = &now
		}
		return nil
	})
}
