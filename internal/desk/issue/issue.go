// Package issue is the use cases of a paper: draft, check, issue, print again and
// verify. What was issued never changes, and is computed again under its own
// rules.
package issue

import (
	"encoding/json"
	"io"
	"slices"
	"time"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Store is what issuing needs of a store.
type Store interface {
	PutPaper(issue func(number int) (store.Paper, error)) (store.Paper, error)
	Paper(number string) (store.Paper, error)
	Papers() ([]store.PaperHead, error)
	PapersOf(dossier store.ID) ([]store.PaperHead, error)
	Revision(id store.ID, number int) (store.Revision, error)
	Devices() ([]store.Device, error)
	Setting(name string, into any) (bool, error)
	PutSetting(name string, value any) error
}

// Printer draws a document.
type Printer interface {
	PDF(w io.Writer, d *document.Document) error
	XLSX(w io.Writer, d *document.Document) error
}

// Names seals the name on a paper with the key of the dossier's contact, so that
// it goes when the person is erased.
type Names interface {
	SealName(dossier store.ID, name string) ([]byte, error)
	OpenName(dossier store.ID, sealed []byte) (string, error)
}

// Params is what an office works with. Store and Names may be nil: then papers are
// drafts, or carry no name.
type Params struct {
	Desk    *desk.Desk
	Store   Store
	Names   Names
	Printer Printer
	Device  func() (*seal.Device, error) // the key of this laptop, made at its first use
	Now     func() time.Time
}

// Office drafts, issues and verifies papers in the language of its desk.
type Office struct {
	p     Params
	terms *formalities.Book
	by    *Setup // instead of what was set up; nil for that
}

// New makes an office. It fails where the pack's wordings are refused.
func New(p Params) (*Office, error) {
	terms, err := formalities.Load(p.Desk.Pack())
	if err != nil {
		return nil, err
	}
	return &Office{p: p, terms: terms}, nil
}

// Speaking is the same office in the language of a desk.
func (o *Office) Speaking(d *desk.Desk) *Office {
	other := *o
	other.p.Desk = d
	return &other
}

// Texts speak for the office, with those of its rules.
func (o *Office) Texts() *i18n.Catalogue { return o.p.Desk.Texts() }

// CanIssue is whether there is a store that takes papers.
func (o *Office) CanIssue() bool { return o.p.Store != nil && o.p.Desk.CanSave() }

// Order is a paper to be issued. The draft is saved first where it is not.
type Order struct {
	Draft   desk.Draft
	Dossier store.ID // "" for none
	For     string   // the name to be printed; "" for none
	Check   seal.Check
}

// Paper is an issued paper as it is read again.
type Paper struct {
	Head   store.PaperHead
	Stated seal.Payload // what was signed
	Code   string       // as printed
	For    string       // "" where none was printed, the person was erased, or contacts are locked
}

// Issue gives a project a numbered, signed, immutable paper. It returns the draft
// as it was saved. Refused are: a project that the engine refuses, a check that
// nobody made, names that cannot be signed (*domain.Problem), contacts that are
// locked, a store that takes nothing more. What is refused here saves nothing.
func (o *Office) Issue(order Order) (Paper, desk.Draft, error) {
	if !o.CanIssue() {
		return Paper{}, order.Draft, &store.ReadOnlyError{}
	}
	setup := o.Setup()
	if setup.Officer == "" {
		return Paper{}, order.Draft, domain.Refuse("officer", "", "issue.noOfficer")
	}
	device, err := o.p.Device()
	if err != nil {
		return Paper{}, order.Draft, err
	}
	if err := o.signed(order, setup).CheckNames(); err != nil {
		return Paper{}, order.Draft, err
	}
	var name []byte
	if order.For != "" && order.Dossier != "" && o.p.Names != nil {
		if name, err = o.p.Names.SealName(order.Dossier, order.For); err != nil {
			return Paper{}, order.Draft, err
		}
	}
	saved, err := o.saved(order.Draft)
	if err != nil {
		return Paper{}, order.Draft, err
	}
	payload, err := o.payload(saved, o.signed(order, setup))
	if err != nil {
		return Paper{}, saved, err
	}
	kept, err := o.p.Store.PutPaper(func(count int) (store.Paper, error) {
		number, err := device.Number(count)
		if err != nil {
			return store.Paper{}, err
		}
		payload.Number = number
		issued, err := device.Issue(payload)
		if err != nil {
			return store.Paper{}, err
		}
		bytes, err := json.Marshal(record{issued.Payload, issued.Code})
		return store.Paper{
			PaperHead: store.PaperHead{
				Number: string(number), Dossier: order.Dossier, Simulation: saved.ID, Revision: saved.Revision, PackSHA256: payload.Pack.SHA256,
			},
			Payload: bytes, Signature: issued.Signature[:], Sealed: name,
		}, err
	})
	if err != nil {
		return Paper{}, saved, err
	}
	out, err := o.Open(kept.Number)
	return out, saved, err
}

// record is what the store keeps as the payload of a paper.
type record struct {
	Payload json.RawMessage `json:"payload"` // as it was signed
	Code    string          `json:"code"`    // as it was printed
}

// saved is a draft with a revision that will not change. Nothing is saved again
// where nothing changed since the last revision.
func (o *Office) saved(dr desk.Draft) (desk.Draft, error) {
	if dr.ID != "" && dr.Revision > 0 && dr.Pack == o.p.Desk.Pack().SHA256 {
		rev, err := o.p.Store.Revision(dr.ID, dr.Revision)
		if err != nil {
			return dr, err
		}
		now, err := project.Write(dr.Project)
		if err != nil {
			return dr, err
		}
		if slices.Equal(now, rev.Project) {
			return dr, nil
		}
	}
	return o.p.Desk.Save(dr)
}

// signed is the part of a payload that people say of themselves.
func (o *Office) signed(order Order, s Setup) seal.Payload {
	return seal.Payload{Officer: s.Officer, Agency: s.Agency, Fair: s.Fair, Language: o.p.Desk.Texts().Lang(), Check: order.Check}
}

// payload adds what is computed to it.
func (o *Office) payload(dr desk.Draft, out seal.Payload) (seal.Payload, error) {
	r, err := o.p.Desk.Estimate(dr)
	if err != nil {
		return seal.Payload{}, err
	}
	bytes, err := project.Write(dr.Project)
	if err != nil {
		return seal.Payload{}, err
	}
	hash, err := seal.Hash(bytes)
	if err != nil {
		return seal.Payload{}, err
	}
	at := o.p.Now().UTC().Truncate(time.Second)
	out.IssuedAt, out.ValidUntil = at, domain.Date(at.AddDate(0, 0, o.validDays()).Format(time.DateOnly))
	out.Project, out.Pack = hash, seal.Pack{Number: r.Pack.Number, SHA256: r.Pack.SHA256}
	out.Readings, out.Totals = answers(r), totals(r)
	return out, nil
}

func answers(r *calc.Result) map[string]string {
	out := map[string]string{}
	for _, id := range domain.ReadingIDs {
		out[id] = r.Readings.Get(id)
	}
	return out
}

func totals(r *calc.Result) seal.Totals {
	figure := func(f calc.Figure) seal.Figure { return seal.Figure{Value: f.Value, Low: f.Low, High: f.High} }
	t := seal.Totals{
		From: r.From, Months: r.Months, Cost: r.EmploymentCost, Benefits: figure(r.Benefits),
		AIR: figure(r.AIR), PAE: figure(r.PAE), PAF: figure(r.PAF), AIS: figure(r.AIS),
	}
	for _, code := range domain.Benefits {
		if r.Extent(code) != calc.Whole {
			t.Incomplete = append(t.Incomplete, code)
		}
	}
	return t
}

// Signed gives what a kept paper states, and its code as it was printed. The error is
// a *domain.Problem where what is kept is not what was signed, under that number.
func Signed(kept *store.Paper) (stated seal.Payload, code string, err error) {
	altered := domain.Refuse("paper", kept.Number, "seal.paper.altered")
	var rec record
	if json.Unmarshal(kept.Payload, &rec) != nil || len(kept.Signature) != len(seal.Signature{}) {
		return stated, "", altered
	}
	sealed := seal.Paper{Payload: rec.Payload, Signature: seal.Signature(kept.Signature), Code: rec.Code}
	if stated, _, err = sealed.Open(); err != nil {
		return stated, "", err
	}
	if string(stated.Number) != kept.Number || stated.Pack.SHA256 != kept.PackSHA256 {
		return stated, "", altered
	}
	return stated, rec.Code, nil
}

// Open reads an issued paper. It returns *store.NotFoundError, and a
// *domain.Problem where what is kept is not what was signed.
func (o *Office) Open(number string) (Paper, error) {
	kept, err := o.p.Store.Paper(number)
	if err != nil {
		return Paper{}, err
	}
	payload, code, err := Signed(&kept)
	switch {
	case err != nil:
		return Paper{}, err
	case kept.Number != number:
		return Paper{}, domain.Refuse("paper", number, "seal.paper.altered")
	}
	out := Paper{Head: kept.PaperHead, Stated: payload, Code: code}
	if len(kept.Sealed) > 0 && o.p.Names != nil {
		if name, err := o.p.Names.OpenName(kept.Dossier, kept.Sealed); err == nil {
			out.For = name // locked contacts leave the name out; the figures stay
		}
	}
	return out, nil
}

// Papers lists the issued papers, the newest first; of one dossier where it is
// named.
func (o *Office) Papers(dossier store.ID) ([]store.PaperHead, error) {
	switch {
	case o.p.Store == nil:
		return nil, nil
	case dossier != "":
		return o.p.Store.PapersOf(dossier)
	}
	return o.p.Store.Papers()
}
