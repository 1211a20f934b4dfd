package issue

import (
	"errors"
	"maps"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Verdict is what is said of a paper that somebody brings back.
type Verdict struct {
	Finding seal.Finding // what its code says; of a number alone, that of the paper kept here
	Paper   *Paper       // nil where this store does not have it
	Differs bool         // the code is not that of the paper kept under its number
	Exact   bool         // computed again under its own rules, it gives the same centimes
	Failed  error        // why it could not be computed again
	Moved   []Moved      // what the rules of today make of the same project; none where nothing moved
	Refused error        // why the rules of today do not take the project
	Expired bool         // its validity is over

	// Clash says that a known laptop numbers its papers as this one does, so that the
	// number alone does not tell whose the paper is; nil where it does.
	Clash *domain.Msg
}

// Moved is a line that the rules of today give another amount.
type Moved struct {
	Line    string // calc.LineBenefits, or the code of a benefit
	Was, Is domain.Money
}

// Verify reads a check code, or a number as it is typed, and says whether the
// paper is genuine, whether it computes again, and what changed since. A text that
// is neither is a Finding too.
func (o *Office) Verify(typed string) (Verdict, error) {
	var v Verdict
	keys, err := o.keys()
	if err != nil {
		return v, err
	}
	v.Clash = seal.Clash(keys.Own, keys.Known)
	text := strings.TrimSpace(typed)
	number, notNumber := seal.ParseNumber(text)
	if notNumber != nil {
		v.Finding = seal.CheckCode(text, keys)
		number = v.Finding.Code.Number
		if !v.Finding.Genuine() && v.Finding.State != seal.OfUnknown {
			return v, nil
		}
	}
	if o.p.Store == nil {
		return v, nil
	}
	paper, err := o.Open(string(number))
	var gone *store.NotFoundError
	switch {
	case errors.As(err, &gone) && notNumber == nil:
		return v, domain.Refuse("number", string(number), "issue.unknownNumber")
	case errors.As(err, &gone):
		return v, nil
	case err != nil:
		return v, err
	}
	v.Paper = &paper
	if notNumber == nil {
		v.Finding = seal.CheckCode(paper.Code, keys)
	}
	v.Differs = notNumber != nil && text != paper.Code
	v.Expired = string(paper.Stated.ValidUntil) < o.p.Now().UTC().Format("2006-01-02")
	o.replay(&v)
	return v, nil
}

// keys are those of this laptop and of the known ones, whose files were taken here.
func (o *Office) keys() (seal.Keys, error) {
	device, err := o.p.Device()
	if err != nil {
		return seal.Keys{}, err
	}
	out := seal.Keys{Own: device.Public()}
	if o.p.Store == nil {
		return out, nil
	}
	known, err := o.p.Store.Devices()
	if err != nil {
		return out, err
	}
	for i := range known {
		key, err := seal.ParsePublicKey(known[i].PublicKey)
		if err != nil {
			return out, err
		}
		out.Known = append(out.Known, seal.Known{Key: key, Name: known[i].Name})
	}
	return out, nil
}

// replay computes the paper again under its own rules, then under those of today.
func (o *Office) replay(v *Verdict) {
	dr, err := o.Draft(v.Paper)
	if err != nil {
		v.Failed = err
		return
	}
	r, err := o.p.Desk.Estimate(dr)
	if err != nil {
		v.Failed = err
		return
	}
	v.Exact = totals(r).Equal(v.Paper.Stated.Totals) && maps.Equal(answers(r), v.Paper.Stated.Readings)
	dr.Pack = ""
	today, err := o.p.Desk.Estimate(dr)
	if err != nil {
		v.Refused = err
		return
	}
	v.Moved = moved(r, today)
}

func moved(was, is *calc.Result) []Moved {
	var out []Moved
	if was.Benefits.Value != is.Benefits.Value {
		out = append(out, Moved{calc.LineBenefits, was.Benefits.Value, is.Benefits.Value})
	}
	for _, code := range domain.Benefits {
		if a, b := was.Benefit(code).Value, is.Benefit(code).Value; a != b {
			out = append(out, Moved{code, a, b})
		}
	}
	return out
}

// Draft is the simulation that a paper was issued from, as it was then, under its
// own rules. It returns the errors of store.Revision, and a *domain.Problem where
// these are not the project and the rules that were signed.
func (o *Office) Draft(p *Paper) (desk.Draft, error) {
	rev, err := o.p.Store.Revision(p.Head.Simulation, p.Head.Revision)
	if err != nil {
		return desk.Draft{}, err
	}
	if hash, err := seal.Hash(rev.Project); err != nil || hash != p.Stated.Project || rev.PackSHA256 != p.Stated.Pack.SHA256 {
		return desk.Draft{}, domain.Refuse("paper", p.Head.Number, "issue.notExact")
	}
	read, err := project.Read(rev.Project)
	if err != nil {
		return desk.Draft{}, err
	}
	return desk.Draft{ID: p.Head.Simulation, Revision: p.Head.Revision, Opened: read.Name, Project: read, Marks: rev.Marks, Pack: rev.PackSHA256}, nil
}
