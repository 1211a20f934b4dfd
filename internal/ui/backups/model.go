package backups

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
)

// tone is how much attention a line asks for.
type tone int

const (
	plain tone = iota
	good
	caution
)

// line is something that is said.
type line struct {
	text string
	tone tone
}

// writer says how copies stand, in one language.
type writer struct{ t *i18n.Catalogue }

func (w writer) stamp(at time.Time) string { return w.t.T(desk.StampSecond(at)) }

// newest is when the newest copy on this laptop was taken; zero where there is none.
func newest(list []backup.Snapshot) time.Time {
	for i := range list {
		if list[i].Where == backup.Here {
			return list[i].At
		}
	}
	return time.Time{}
}

// count is how many copies there are in a folder.
func count(list []backup.Snapshot, where backup.Where) (all, damaged int) {
	for i := range list {
		if list[i].Where != where {
			continue
		}
		all++
		var bad *store.DamagedError
		if errors.As(list[i].Err, &bad) {
			damaged++
		}
	}
	return all, damaged
}

// second says how the second folder stands, the state first.
func (w writer) second(s backup.Standing, list []backup.Snapshot) []line {
	out := []line{w.secondState(s)}
	var absent *mirror.AbsentError
	if s.There && s.Err != nil && !errors.As(s.Err, &absent) && !hangs(s) {
		said := backup.SayMirror(mirror.State{Dir: s.Dir, Copied: s.Copied, Err: s.Err})
		out = append(out, line{w.t.T(said[len(said)-1]), caution})
	}
	if s.KeysBehind {
		out = append(out, line{w.t.Text("backup.mirror.keys"), caution})
	}
	if _, n := count(list, backup.Second); n > 0 {
		out = append(out, line{w.t.Text("backups.second.damaged", "count", n), caution})
	}
	return out
}

// alike is whether the second folder is shown the same: what is made anew loses the
// focus and where it was scrolled to.
func (w writer) alike(a, b backup.Standing) bool {
	return a.Dir == b.Dir && a.Folder == b.Folder && a.There == b.There && slices.Equal(w.second(a, nil), w.second(b, nil))
}

// hangs is whether the second folder is there and does not answer.
func hangs(s backup.Standing) bool {
	var hanging *mirror.HangingError
	return errors.As(s.Err, &hanging)
}

func (w writer) secondState(s backup.Standing) line {
	key, how := "backups.second.fresh", good
	switch {
	case hangs(s) && s.Copied.IsZero():
		key, how = "backups.second.hanging.empty", caution
	case hangs(s):
		key, how = "backups.second.hanging", caution
	case !s.There && s.Copied.IsZero():
		key, how = "backups.second.absent.empty", caution
	case !s.There:
		key, how = "backups.second.absent", caution
	case s.Busy && !s.Fresh:
		key, how = "backups.second.busy", plain
	case s.Copied.IsZero():
		key, how = "backups.second.empty", plain
	case s.Err != nil || !s.Fresh:
		key, how = "backups.second.behind", caution
	}
	return line{w.t.Text(key, "at", desk.StampSecond(s.Copied)), how}
}

// copied says how a copy that was asked for went.
func (w writer) copied(s backup.Standing) string {
	switch {
	case s.Dir == "":
		return w.t.Text("backups.copied")
	case s.Err != nil || !s.There || !s.Fresh:
		return w.t.Text("backups.copied.behind")
	}
	return w.t.Text("backups.copied.both")
}

// A size is told in steps of a tenth of a megabyte; the least of a file is one step.
const sizeStep = 100_000

func (w writer) size(bytes int64) string {
	steps := max((bytes+sizeStep/2)/sizeStep, 1)
	tenths := domain.Decimal(strconv.FormatInt(steps/10, 10) + "." + strconv.FormatInt(steps%10, 10))
	return w.t.Text("backups.size", "megabytes", tenths)
}

func (w writer) where(r *row) string {
	if r.both {
		return w.t.Text("backups.where.both")
	}
	return w.t.Text("backups.where." + string(r.Where))
}

// verdict says whether a copy is good; before is the file of the state before the
// last restore.
func (w writer) verdict(r row, before string) line {
	var damaged *store.DamagedError
	var newer *store.NewerSchemaError
	switch {
	case !r.checked:
		return line{w.t.Text("backups.unchecked"), plain}
	case errors.As(r.Err, &damaged):
		return line{w.t.Text("backups.bad.damaged"), caution}
	case errors.As(r.Err, &newer):
		return line{w.t.Text("backups.bad.newer"), caution}
	case r.Err != nil:
		return line{desk.Say(w.t, r.Err), caution}
	case r.Path == before:
		return line{w.t.Text("backups.good.before"), good}
	case !r.Own:
		return line{w.t.Text("backups.good.other"), plain}
	}
	return line{w.t.Text("backups.good"), good}
}

// row is a copy of the list.
type row struct {
	backup.Snapshot
	checked bool // it was read; before that nothing is known of what is in it
	both    bool // the second folder has the same
}

// folded takes two good copies of the same moment, here and in the second folder, for
// one.
func folded(rows []row) []row {
	var out []row
	for _, r := range rows {
		if n := len(out) - 1; n >= 0 && r.Where == backup.Second && out[n].twin(&r) {
			out[n].both = true
			continue
		}
		out = append(out, r)
	}
	return out
}

// twin is whether there is another copy of the same state in the second folder.
func (r *row) twin(of *row) bool {
	good := r.checked && r.Err == nil && r.Own && of.checked && of.Err == nil && of.Own
	return good && r.Where == backup.Here && !r.both && r.At.Equal(of.At)
}

// kind is how many things of a kind a restore changes.
type kind struct {
	name                string
	back, gone, changed int
}

// kinds are those that change.
func (w writer) kinds(p *backup.Preview) []kind {
	var out []kind
	for _, k := range []struct {
		id string
		c  backup.Changes
	}{{"simulations", p.Simulations}, {"contacts", p.Contacts}, {"values", p.Values}, {"figures", p.Figures}, {"papers", p.Papers}} {
		if k.c.Count() > 0 {
			out = append(out, kind{w.t.Text("backups.kind." + k.id), len(k.c.Back), len(k.c.Gone), len(k.c.Changed)})
		}
	}
	return out
}

// named is a thing by its name, and what becomes of it.
type named struct {
	name, what string
	gone       bool
}

// names are the simulations and papers that change. Of contacts there are none: they
// are sealed, and the visitor is looking.
func (w writer) names(p *backup.Preview) []named {
	var out []named
	add := func(list []backup.Item, what string) {
		for _, it := range list {
			name := it.Name
			if name == "" {
				name = w.t.Text("backups.ask.unnamed")
			}
			out = append(out, named{name, w.t.Text("backups.ask." + what), what == "gone"})
		}
	}
	add(p.Simulations.Gone, "gone")
	add(p.Simulations.Back, "back")
	add(p.Simulations.Changed, "changed")
	for _, it := range p.Papers.Back {
		out = append(out, named{w.t.Text("backups.ask.paper", "number", it.ID), w.t.Text("backups.ask.back"), false})
	}
	return out
}

// keys says whether the contacts can be opened after a restore; "" where that needs
// no word.
func (w writer) keys(p *backup.Preview) string {
	switch p.Keys {
	case backup.KeysCome, backup.KeysOther, backup.KeysMissing:
		return w.t.Text("backup.keys." + string(p.Keys))
	}
	return ""
}
