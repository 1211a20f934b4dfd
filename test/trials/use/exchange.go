package use

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"atlasp2i/internal/desk/share"
)

// Merging is taking a colleague's file.
const Merging = "merge a file"

// Passphrases of the colleague, and of files on the way.
const (
	friends = "six mots de la collegue en tout"
	travel  = "sept autres mots pour le voyage ensemble"
)

// colleague is a user of another laptop, at which nothing is tried.
func (u *User) colleague() (*User, error) {
	if u.friend != nil {
		return u.friend, nil
	}
	dir := filepath.Join(u.Scratch, "colleague")
	if err := os.MkdirAll(filepath.Join(dir, Copies), 0o700); err != nil {
		return nil, err
	}
	p, err := Open(dir, Asked, friends)
	if err != nil {
		return nil, err
	}
	u.friend = NewUser(p, u.Uint64(), 1000+u.IntN(1000)) // whose names are nobody else's
	// The kill of an earlier life may have come between the two.
	if p.Pass == "" {
		p.Pass = friends
		err = p.People.SetPassphrase(friends)
	}
	if err == nil && p.Office.Setup().Officer == "" {
		err = u.friend.setUp().Do()
	}
	if err != nil {
		return nil, err
	}
	return u.friend, nil
}

// works does a few things of a day.
func (u *User) works() error {
	for range 1 + u.IntN(2) {
		now, err := u.Read()
		if err != nil {
			return err
		}
		op, err := u.oneOf([]func(Facts) (Operation, error){
			u.SaveNew, u.saveAgain, u.saveAgain, u.rename, u.correct, u.withdraw, u.meet, u.change, u.change, u.erase, u.Issue,
		}, now)
		if err != nil {
			return err
		}
		if err := op.Do(); err != nil {
			return fmt.Errorf("the colleague: %s: %w", op.Name, err)
		}
	}
	return nil
}

func (p *Program) export() ([]byte, error) {
	out, err := p.room.Export(share.Order{Passphrase: travel, Contacts: true})
	return out.Data, err
}

func (p *Program) take(data []byte, c share.Choice) error {
	seen, err := p.room.Preview(data, travel)
	if err != nil {
		return err
	}
	defer seen.Forget()
	_, err = p.room.Merge(seen, c)
	return err
}

// merge takes the file of a colleague, who took ours before half of the time: else
// both change the same things, not knowing of each other.
func (u *User) merge(now Facts) (Operation, error) {
	c, err := u.colleague()
	if err != nil {
		return Operation{}, err
	}
	if u.IntN(2) == 0 {
		ours, err := u.export()
		if err == nil {
			err = c.take(ours, share.Choice{})
		}
		if err != nil {
			return Operation{}, err
		}
	}
	if err := c.works(); err != nil {
		return Operation{}, err
	}
	theirs, err := c.export()
	if err != nil {
		return Operation{}, err
	}
	how := share.Choice{WithoutContacts: u.IntN(4) == 0}
	changes, err := u.rehearsed(now, func(p *Program) error { return p.take(theirs, how) })
	if err != nil || changes == nil {
		return Operation{}, err
	}
	if err := onlyErased(now, changes); err != nil {
		return Operation{}, err
	}
	// The laptop that made the file is known only after what it says.
	known := maps.Clone(changes)
	maps.DeleteFunc(known, func(name, _ string) bool { return !strings.HasPrefix(name, "device/") })
	maps.DeleteFunc(changes, func(name, _ string) bool { return strings.HasPrefix(name, "device/") })
	var stages []Stage
	for _, f := range []Facts{changes, known} {
		if len(f) > 0 {
			stages = append(stages, stageOf(f, "device", "pack"))
		}
	}
	return Operation{Merging, stages, func() error { return u.take(theirs, how) }}, nil
}

// onlyErased is an error where a merge takes anything away but a person who was erased.
func onlyErased(now, changes Facts) error {
	for name, value := range changes {
		kind, id, _ := strings.Cut(name, "/")
		id, _, _ = strings.Cut(id, "/")
		switch {
		case value != Dropped, kind == "conflict", kind == "own", strings.HasSuffix(name, "/deleted"): // what holds may change
		case kind == "person" && changes["gone/"+id] != "":
		case kind == "paper" && strings.HasSuffix(name, "/for"):
		default:
			return fmt.Errorf("a merge takes %s=%s away", name, now[name])
		}
	}
	return nil
}

// decide ends a conflict: with one version, or with both of a simulation.
func (u *User) decide(now Facts) (Operation, error) {
	list, err := u.room.Conflicts()
	if err != nil {
		return Operation{}, err
	}
	c, ok := some(u, list)
	if !ok {
		return Operation{}, nil
	}
	if c.Kind == share.Simulations && len(c.Versions) == 2 && u.IntN(2) == 0 {
		return u.keepBoth(now, &c)
	}
	of, _ := some(u, c.Versions)
	changes, err := u.rehearsed(now, func(p *Program) error { return p.room.Resolve(&c, of.Identity) })
	if err != nil || changes == nil {
		return Operation{}, err
	}
	return Operation{"decide a conflict", []Stage{stageOf(changes, timed...)}, func() error { return u.room.Resolve(&c, of.Identity) }}, nil
}

func (u *User) keepBoth(now Facts, c *share.Conflict) (Operation, error) {
	list, err := u.Store.Conflicts()
	if err != nil {
		return Operation{}, err
	}
	var other json.RawMessage
	for _, kept := range list {
		if kept.Key == c.Key {
			other = kept.Versions[1].Content.Project
		}
	}
	changes, err := u.rehearsed(now, func(p *Program) error { return p.room.Resolve(c, c.Versions[0].Identity) })
	if err != nil || changes == nil {
		return Operation{}, err
	}
	// The line comes first: that a simulation changes is true of the other one too.
	made := Stage{"line/*/1/kind=created", "line/*/1", "sim/*", "sim/*/name", "rev/*/1", "rev/*/1/project=" + Digest(other)}
	stages := []Stage{append(made, stageOf(changes, timed...)...)}
	return Operation{"keep both versions", stages, func() error { _, err := u.room.KeepBoth(c); return err }}, nil
}
