package sharing

import (
	"strings"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/i18n"
)

// fact is a line of what is known of a file.
type fact struct{ label, value string }

// writer says what is shared, in one language.
type writer struct{ t *i18n.Catalogue }

// count is so many things of a kind: "3 simulations".
func (w writer) count(kind share.Kind, n int) string {
	return w.t.Text("sharing.count."+string(kind), "count", n)
}

// holds is what goes along beside contacts, each kind that there is; "" where there
// is nothing.
func (w writer) holds(c bundle.Counts) string {
	var out []string
	for _, part := range []struct {
		kind share.Kind
		n    int
	}{{share.Simulations, c.Simulations}, {share.Values, c.Values}, {share.Papers, c.Papers}, {share.Packs, c.Packs}} {
		if part.n > 0 {
			out = append(out, w.count(part.kind, part.n))
		}
	}
	return strings.Join(out, " · ")
}

// facts are who made a file, and when.
func (w writer) facts(m *share.Maker) []fact {
	out := []fact{
		{w.t.Text("sharing.maker"), m.Name},
		{w.t.Text("sharing.made"), w.t.T(desk.Stamp(m.At))},
		{w.t.Text("sharing.print"), m.Print},
	}
	if m.Standing == share.Known {
		out = append(out, fact{w.t.Text("sharing.standing"), w.t.Text("sharing.standing.known", "at", desk.Stamp(m.Since))})
	}
	return out
}

// bucket is the things of a kind that fare alike.
type bucket struct {
	title string
	names []string
}

// row is what becomes of the things of one kind.
type row struct {
	kind    share.Kind
	title   string
	counts  []string // new, updated, unchanged, in conflict; a dash for none
	buckets []bucket // by name; those that are empty are left out
}

// rows are the kinds that a file holds.
func (w writer) rows(r *share.Report) []row {
	var out []row
	for i := range r.Parts {
		p := &r.Parts[i]
		if p.Changes()+len(p.Same) == 0 {
			continue
		}
		is := row{kind: p.Kind, title: w.t.T(p.Kind.Msg())}
		for _, b := range []struct {
			key    string
			things []share.Thing
		}{{"new", p.New}, {"updated", p.Updated}, {"same", p.Same}, {"conflicts", p.Conflicts}} {
			is.counts = append(is.counts, w.orNone(len(b.things)))
			if names := w.names(p.Kind, b.things); len(names) > 0 {
				is.buckets = append(is.buckets, bucket{w.t.Text("sharing.column." + b.key), names})
			}
		}
		out = append(out, is)
	}
	return out
}

func (w writer) orNone(n int) string {
	if n == 0 {
		return w.t.Text("sharing.none")
	}
	return w.t.Formatter().Count(n)
}

// names are things as a person calls them. Contacts that are locked have none: they
// are counted.
func (w writer) names(kind share.Kind, things []share.Thing) []string {
	var out []string
	locked := 0
	for _, x := range things {
		switch {
		case kind == share.Packs:
			out = append(out, w.t.Text("sharing.pack", "number", x.Label()))
		case kind == share.Dossiers && x.Name == "":
			locked++
		default:
			out = append(out, x.Label())
		}
	}
	if locked > 0 {
		out = append(out, w.t.Text("sharing.names.locked", "count", locked))
	}
	return out
}

// warnings are what is to be known beside the numbers.
func (w writer) warnings(r *share.Report) []string {
	var out []string
	if n := len(r.Erased); n > 0 {
		text := w.t.Text("share.erased", "count", n)
		if names := w.names(share.Dossiers, r.Erased); r.Erased[0].Name != "" {
			text += " " + strings.Join(names, " · ")
		}
		out = append(out, text)
	}
	for _, number := range r.Clashes {
		out = append(out, w.t.Text("share.clash", "number", number))
	}
	if n := len(r.InBin); n > 0 {
		out = append(out, w.t.Text("share.inBin", "count", n))
	}
	return out
}

// done says what a merge brought, in one line.
func (w writer) done(name string, r *share.Report) string {
	var got []string
	conflicts := 0
	for i := range r.Parts {
		p := &r.Parts[i]
		conflicts += len(p.Conflicts)
		if n := p.Changes(); n > 0 {
			got = append(got, w.count(p.Kind, n))
		}
	}
	out := w.t.Text("sharing.merged.nothing", "name", name)
	if len(got) > 0 {
		out = w.t.Text("sharing.merged", "name", name, "what", strings.Join(got, " · "))
	}
	if n := len(r.Erased); n > 0 {
		out += " " + w.t.Text("sharing.merged.erased", "count", n)
	}
	if conflicts > 0 {
		out += " " + w.t.Text("sharing.merged.conflicts", "count", conflicts)
	}
	return out
}

// title is what a conflict is about: "Simulation « Centre ESO »".
func (w writer) title(c *share.Conflict) string {
	if c.Name == "" {
		return w.t.Text("sharing.about.locked")
	}
	return w.t.Text("sharing.about."+string(c.Kind), "name", c.Name)
}

// heads are the laptop and the time of each version.
func (w writer) heads(c *share.Conflict) (names, times []string) {
	for i := range c.Versions {
		v := &c.Versions[i]
		name := v.Device
		if v.Here {
			name = w.t.Text("sharing.here")
		}
		at := w.t.T(desk.Stamp(v.At))
		if i == 0 {
			at = w.t.Text("sharing.version.now", "at", at)
		}
		names, times = append(names, name), append(times, at)
	}
	return names, times
}

// since is since when a laptop is known.
func (w writer) since(at time.Time) string { return w.t.T(desk.Stamp(at)) }
