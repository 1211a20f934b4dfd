package use

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

// Operation is one thing that a user does, and what each of its transactions
// changes.
type Operation struct {
	Name   string
	Stages []Stage
	Do     func() error
}

// Erases is whether a person is erased by it.
func (op Operation) Erases() bool {
	return slices.ContainsFunc(op.Stages, func(s Stage) bool {
		return slices.ContainsFunc(s, func(want string) bool { return strings.HasPrefix(want, "gone/") })
	})
}

// Operations that change the ring of keys.
const (
	Meeting  = "take a contact"
	Erasing  = "erase a contact"
	Rekeying = "change the passphrase"
)

// User does random things with the program.
type User struct {
	*Program
	*rand.Rand
	Scratch string // a folder for rehearsals and a colleague's laptop; "": neither
	Stays   bool   // in one small file: no snapshot comes back, no second folder is chosen, no rules are imported

	names  func() string // another text at each call, which nobody else's files hold
	friend *User         // the colleague, once there was an exchange
}

// Close ends the program, and the colleague's.
func (u *User) Close() error {
	err := u.Program.Close()
	if u.friend != nil {
		err = errors.Join(err, u.friend.Close())
		u.friend = nil
	}
	return err
}

// NewUser draws everything from a seed; life tells the users of one store apart.
func NewUser(p *Program, seed uint64, life int) *User {
	n := 0
	return &User{Program: p, Rand: rand.New(rand.NewPCG(seed, uint64(life))), Stays: true, names: func() string {
		n++
		return fmt.Sprintf("q%xz%dx%d", seed&0xFFFF, life, n)
	}}
}

// Next chooses an operation. The first ones of a store are what the others need.
func (u *User) Next(now Facts) (Operation, error) {
	switch {
	case now["pass"] == "":
		pass := "quatre mots pour " + u.names()
		return Operation{"first passphrase", []Stage{{"pass=" + pass}}, func() error {
			err := u.People.SetPassphrase(pass)
			if err == nil {
				u.Pass = pass
			}
			return err
		}}, nil
	case now["set/"+store.SettingOffice] == "":
		return u.setUp(), nil
	case now["signing"] == "":
		return Operation{"signing key", []Stage{{"signing", "signing/prefix"}}, func() error { _, err := u.Office.Key(); return err }}, nil
	}
	all := slices.Concat(u.daily(), []func(Facts) (Operation, error){u.passphrase, u.visitors})
	if u.Scratch != "" {
		all = append(all, u.merge, u.decide, u.decide)
		if !u.Stays {
			all = append(all, u.goBack)
		}
	}
	if !u.Stays {
		all = append(all, u.second, u.second, u.rules)
	}
	return u.oneOf(all, now)
}

// daily are what a user does all day.
func (u *User) daily() []func(Facts) (Operation, error) {
	return []func(Facts) (Operation, error){
		u.SaveNew, u.saveAgain, u.saveAgain, u.rename, u.duplicate, u.delete, u.undelete,
		u.correct, u.withdraw, u.intake, u.setting, u.snapshot,
		u.meet, u.meet, u.change, u.attach, u.erase, u.Issue, u.Issue,
	}
}

// oneOf draws one that can be done now.
func (u *User) oneOf(all []func(Facts) (Operation, error), now Facts) (Operation, error) {
	for {
		op, err := all[u.IntN(len(all))](now)
		if err != nil || op.Do != nil {
			return op, err
		}
	}
}

// draft is a sample with other numbers of people and another name.
func (u *User) draft() (desk.Draft, error) {
	samples, err := desk.Samples(u.desk.Texts())
	if err != nil {
		return desk.Draft{}, err
	}
	p := samples[u.IntN(len(samples))]
	p.Name = "Centre " + u.names()
	for i := range p.Roles {
		p.Roles[i].Hires[0].Count = 1 + u.IntN(500)
	}
	return desk.Draft{Project: p}, nil
}

func (u *User) pack(now Facts) []Stage {
	if name := "pack/" + u.desk.Pack().SHA256; now[name] == "" {
		return []Stage{{name}}
	}
	return nil
}

func (u *User) SaveNew(now Facts) (Operation, error) {
	dr, err := u.draft()
	if err != nil {
		return Operation{}, err
	}
	b, err := project.Write(dr.Project)
	created := Stage{
		"sim/*", "sim/*/name=" + dr.Project.Name, "rev/*/1", "rev/*/1/project=" + Digest(json.RawMessage(b)),
		"line/*/1", "line/*/1/kind=created",
	}
	return Operation{"save new", append(u.pack(now), created), func() error { _, err := u.desk.Save(dr); return err }}, err
}

// some picks one of a list; false where it is empty.
func some[T any](u *User, list []T) (out T, ok bool) {
	if len(list) == 0 {
		return out, false
	}
	return list[u.IntN(len(list))], true
}

// listed picks a simulation of the list, and the number of lines of its journal.
func (u *User) listed(now Facts, list func() ([]store.Entry, error)) (e store.Entry, lines int, ok bool, err error) {
	entries, err := list()
	if err != nil {
		return e, 0, false, err
	}
	e, ok = some(u, entries)
	return e, len(under(now, "line/"+string(e.ID), "")) / 2, ok, nil
}

// revised is a draft of a kept simulation with one number changed.
func (u *User) revised(id store.ID) (desk.Draft, Stage, error) {
	dr, err := u.desk.Open(id)
	if err != nil {
		return dr, nil, err
	}
	for was := dr.Project.Roles[0].Hires[0].Count; dr.Project.Roles[0].Hires[0].Count == was; {
		dr.Project.Roles[0].Hires[0].Count = 1 + u.IntN(500)
	}
	b, err := project.Write(dr.Project)
	rev := fmt.Sprintf("rev/%s/%d", id, dr.Revision+1)
	return dr, Stage{"sim/" + string(id), rev, rev + "/project=" + Digest(json.RawMessage(b)), conflict(string(id))}, err
}

// conflict is the form of a change on several laptops, which any change joins or ends.
func conflict(key string) string { return "conflict/" + key + "/?" }

func (u *User) saveAgain(now Facts) (Operation, error) {
	e, _, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok {
		return Operation{}, err
	}
	dr, s, err := u.revised(e.ID)
	return Operation{"save again", append(u.pack(now), s), func() error { _, err := u.desk.Save(dr); return err }}, err
}

// journaled is what a change of a simulation beside its figures changes.
func journaled(id store.ID, lines int, kind store.EventKind, more ...string) []Stage {
	line := fmt.Sprintf("line/%s/%d", id, lines+1)
	return []Stage{append(Stage{"sim/" + string(id), line, line + "/kind=" + string(kind), conflict(string(id))}, more...)}
}

func (u *User) rename(now Facts) (Operation, error) {
	e, lines, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok {
		return Operation{}, err
	}
	name := "Autre " + u.names()
	return Operation{
		"rename", journaled(e.ID, lines, store.EventRenamed, "sim/"+string(e.ID)+"/name="+name),
		func() error { return u.desk.Rename(e.ID, name) },
	}, nil
}

func (u *User) duplicate(now Facts) (Operation, error) {
	e, _, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok {
		return Operation{}, err
	}
	name := "Copie " + u.names()
	same := now[fmt.Sprintf("rev/%s/%d/project", e.ID, e.Head)]
	return Operation{
		"duplicate",
		[]Stage{{"sim/*", "sim/*/name=" + name, "rev/*/1", "rev/*/1/project=" + same, "line/*/1", "line/*/1/kind=duplicated"}},
		func() error { _, err := u.desk.Duplicate(e.ID, name); return err },
	}, nil
}

func (u *User) delete(now Facts) (Operation, error) {
	e, lines, ok, err := u.listed(now, u.Store.List)
	if err != nil || !ok {
		return Operation{}, err
	}
	return Operation{
		"delete", journaled(e.ID, lines, store.EventDeleted, "sim/"+string(e.ID)+"/deleted=yes"),
		func() error { return u.desk.Delete(e.ID) },
	}, nil
}

func (u *User) undelete(now Facts) (Operation, error) {
	e, lines, ok, err := u.listed(now, u.Store.ListDeleted)
	if err != nil || !ok {
		return Operation{}, err
	}
	return Operation{
		"undelete", journaled(e.ID, lines, store.EventUndeleted, "-sim/"+string(e.ID)+"/deleted"),
		func() error { return u.desk.Undelete(e.ID) },
	}, nil
}

// ownField is a value that the trials put in the place of a published one.
type ownField struct{ place, field string }

var ownFields = []ownField{{"fes-shore", "rent"}, {"fes-shore", "serviceCharge"}, {"dakhla", "newEntrants"}}

func (u *User) correct(now Facts) (Operation, error) {
	f, _ := some(u, ownFields)
	value := fmt.Sprint(1 + u.IntN(10_000))
	own := "own/" + f.place + "/" + f.field
	if now[own] == value {
		return Operation{}, nil
	}
	return Operation{"put a value", []Stage{{f.versions(), own + "=" + value, conflict(store.ValueKey(f.place, f.field))}}, func() error {
		_, err := u.desk.Correct(desk.Correction{Place: f.place, Field: f.field, Value: value, AsOf: "11/2026", Note: u.names()})
		return err
	}}, nil
}

// versions are the new ones of a value: one, and before it those of other laptops that
// said the same as ours.
func (f ownField) versions() string { return "val/" + f.place + "/" + f.field + "/+" }

func (u *User) withdraw(now Facts) (Operation, error) {
	f, _ := some(u, ownFields)
	own := "own/" + f.place + "/" + f.field
	if now[own] == "" {
		return Operation{}, nil
	}
	return Operation{"drop a value", []Stage{{f.versions(), "-" + own, conflict(store.ValueKey(f.place, f.field))}}, func() error {
		_, err := u.desk.Withdraw(f.place, f.field)
		return err
	}}, nil
}

// intake imports a table of figures for periods that nobody else has.
func (u *User) intake(now Facts) (Operation, error) {
	const most = 40
	s := Stage{fmt.Sprintf("imp/%d", len(under(now, "imp", ""))+1)}
	var b strings.Builder
	b.WriteString("indicator;segment;period;value;unit;series;publisher;date;note\n")
	by := u.names()
	for i := range 1 + u.IntN(most) {
		value := 2_000 + u.IntN(1_000)
		fmt.Fprintf(&b, "exports;ITO;%d;%d;MAD million;OC-2025;%s;2033;\n", 2040+i, value, by)
		name := fmt.Sprintf("obs/%d/%s", 2040+i, by)
		s = append(s, name, fmt.Sprintf("%s/value=%d", name, value))
	}
	in, err := u.desk.Intake(context.Background(), by+".csv", []byte(b.String()), nil)
	return Operation{"import figures", []Stage{s}, func() error {
		_, err := u.desk.Import(context.Background(), in, nil)
		return err
	}}, err
}

func (u *User) setUp() Operation {
	s := issue.Setup{Officer: "Officier d'essai", Agency: "Agence d'essai", Fair: "Salon " + u.names()}
	return Operation{"set up the office", []Stage{{"set/" + store.SettingOffice + "=" + settingOf(s)}}, func() error { return u.Office.PutSetup(s) }}
}

// settingOf is the fact of a setting with this value.
func settingOf(value any) string {
	b, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	return Digest(json.RawMessage(b))
}

func (u *User) setting(now Facts) (Operation, error) {
	themes := []string{"light", "dark", "booth"}
	at := slices.IndexFunc(themes, func(t string) bool { return settingOf(t) == now["set/"+store.SettingTheme] })
	next := themes[(at+1)%len(themes)]
	name := u.names()
	raw := json.RawMessage(fmt.Sprintf(`{"name":%q}`, name))
	return []Operation{
		u.setUp(),
		{"theme", []Stage{{"set/" + store.SettingTheme + "=" + settingOf(next)}}, func() error { return u.desk.PutSetting(store.SettingTheme, next) }},
		{"keep the form", []Stage{{"set/" + store.SettingDraft + "=" + settingOf(raw)}}, func() error { return u.desk.KeepDraft(raw) }},
		{"keep weights", []Stage{{"set/" + store.SettingWeightings}}, func() error {
			_, err := u.desk.KeepWeighting(name, map[string]int{"rent": 30})
			return err
		}},
	}[u.IntN(4)], nil
}

func (u *User) snapshot(Facts) (Operation, error) {
	return Operation{"snapshot", nil, func() error { _, err := u.Store.Snapshot(context.Background()); return err }}, nil
}
