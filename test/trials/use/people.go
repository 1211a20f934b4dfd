package use

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/project"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// meet takes a contact with a consent.
func (u *User) meet(Facts) (Operation, error) {
	w, err := u.People.Consent("Agence d'essai", "dpo@agence.example")
	if err != nil {
		return Operation{}, err
	}
	d := &dossier.Dossier{
		Clear: dossier.Clear{Fair: "Salon de Lyon", Grade: "A", Next: dossier.Next{Owner: "KB", Due: "2027-03-09"}},
		Private: dossier.Private{
			Contact: dossier.Contact{Name: "Zelmira " + u.names(), Company: "Vorlunde " + u.names(), Email: u.names() + "@vorlunde.example"},
			Consent: u.People.Answered(w, cabinet.Answer{Given: true, Purposes: []string{w.Purposes[0].ID}, By: "KB"}),
			Notes:   "Parle de " + u.names(), Language: "fr",
		},
	}
	return Operation{
		"take a contact",
		[]Stage{{"dos/*", "dosrev/*/1", "dosline/*/+", "person/*=" + said(d), "person/*/all"}},
		func() error { _, err := u.People.Save(d); return err },
	}, nil
}

// known picks a contact, and gives what a new revision of it changes.
func (u *User) known() (d *dossier.Dossier, s Stage, err error) {
	list, err := u.Store.Dossiers()
	if err != nil {
		return nil, nil, err
	}
	kept, ok := some(u, list)
	if !ok {
		return nil, nil, nil
	}
	d, err = u.People.Get(string(kept.ID))
	id := string(kept.ID)
	return d, Stage{"dos/" + id, fmt.Sprintf("dosrev/%s/%d", id, kept.Head+1), "dosline/" + id + "/+", "person/" + id + "/all", conflict(id)}, err
}

func (u *User) change(Facts) (Operation, error) {
	d, s, err := u.known()
	if err != nil || d == nil {
		return Operation{}, err
	}
	d.Notes = "Parle aussi de " + u.names()
	s = append(s, "person/"+d.ID+"="+said(d))
	return Operation{"change a contact", []Stage{s}, func() error { _, err := u.People.Save(d); return err }}, nil
}

func (u *User) attach(now Facts) (Operation, error) {
	d, s, err := u.known()
	if err != nil || d == nil {
		return Operation{}, err
	}
	e, _, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok || slices.ContainsFunc(d.Simulations, func(l dossier.Link) bool { return l.ID == string(e.ID) && l.Revision == e.Head }) {
		return Operation{}, err
	}
	return Operation{"attach a simulation", []Stage{s}, func() error { _, err := u.People.AttachSimulation(d.ID, e.ID); return err }}, nil
}

// erase erases a person; what the store and the keys know of that is made one when
// the program is opened again.
func (u *User) erase(Facts) (Operation, error) {
	d, _, err := u.known()
	if err != nil || d == nil || u.IntN(2) == 0 {
		return Operation{}, err
	}
	papers, err := u.Store.PapersOf(store.ID(d.ID))
	s := Stage{"dos/" + d.ID, "dosrev/" + d.ID + "/+", "dosline/" + d.ID + "/+", "-person/" + d.ID, "-person/" + d.ID + "/all", "gone/" + d.ID, conflict(d.ID)}
	for _, h := range papers {
		s = append(s, "-paper/"+h.Number+"/for")
	}
	return Operation{Erasing, []Stage{s}, func() error { _, err := u.People.Erase(d.ID); return err }}, err
}

// Issue gives a saved simulation a paper, with a change half of the time, which is
// saved first.
func (u *User) Issue(now Facts) (Operation, error) {
	d, _, err := u.known()
	if err != nil || d == nil {
		return Operation{}, err
	}
	e, _, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok {
		return Operation{}, err
	}
	dr, rev, err := u.toIssue(now, e.ID)
	if err != nil {
		return Operation{}, err
	}
	name := d.Contact.Name
	stages := slices.Concat(u.pack(now), rev, []Stage{{"paper/*", "paper/*/for=" + name, "dos/" + d.ID, "dosline/" + d.ID + "/+"}})
	order := issue.Order{Draft: dr, Dossier: store.ID(d.ID), For: name, Check: seal.Check{Mode: seal.ByChecklist, By: "Officier d'essai"}}
	return Operation{"issue a paper", stages, func() error { _, _, err := u.Office.Issue(order); return err }}, nil
}

// toIssue is a draft of a saved simulation, changed half of the time, and what is
// saved before it is issued: a name that was given since is a change, too, and so are
// other rules.
func (u *User) toIssue(now Facts, id store.ID) (desk.Draft, []Stage, error) {
	dr, rev, err := u.revised(id)
	if err != nil || u.IntN(2) == 0 {
		return dr, []Stage{rev}, err
	}
	if dr, err = u.desk.Open(id); err != nil {
		return dr, nil, err
	}
	b, err := project.Write(dr.Project)
	written := Digest(json.RawMessage(b))
	if err != nil {
		return dr, nil, err
	}
	_, newest, err := u.Store.Get(id)
	same := written == now[fmt.Sprintf("rev/%s/%d/project", id, dr.Revision)] && newest.PackSHA256 == u.desk.Pack().SHA256
	if err != nil || same {
		return dr, nil, err
	}
	rev[2] = rev[1] + "/project=" + written
	return dr, []Stage{rev}, nil
}

func (u *User) passphrase(Facts) (Operation, error) {
	if u.IntN(2) == 0 {
		return Operation{}, nil
	}
	next := "cinq autres mots pour " + u.names()
	return Operation{Rekeying, []Stage{{"pass=" + next}}, func() error {
		err := u.People.ChangePassphrase(context.Background(), u.Pass, next)
		if err == nil {
			u.Pass = next
		}
		return err
	}}, nil
}
