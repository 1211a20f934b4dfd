package share

import (
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// Msgs says who made a file, and what is known of that laptop.
func (m *Maker) Msgs() []domain.Msg {
	return []domain.Msg{
		domain.M("share.maker", "name", m.Name, "at", desk.Stamp(m.At), "print", m.Print),
		m.Msg(),
	}
}

// Msg says what is known of the laptop.
func (m *Maker) Msg() domain.Msg {
	switch m.Standing {
	case Known:
		return domain.M("share.maker.known")
	case Own:
		return domain.M("share.maker.own")
	case Renewed:
		return domain.M("share.maker.renewed", "was", m.Was)
	}
	return domain.M("share.maker.stranger")
}

// Msg names a kind.
func (k Kind) Msg() domain.Msg { return domain.M("share.kind." + string(k)) }

// Msg says what becomes of the things of one kind, in numbers.
func (p *Part) Msg() domain.Msg {
	return domain.M("share.part", "kind", p.Kind.Msg(),
		"new", len(p.New), "updated", len(p.Updated), "same", len(p.Same), "conflicts", len(p.Conflicts))
}

// empty is whether the file holds nothing of the kind.
func (p *Part) empty() bool { return p.Changes() == 0 && len(p.Same) == 0 }

// Msgs says what a merge does, in numbers: the kinds that the file holds, then what
// is to be known beside them.
func (r *Report) Msgs() []domain.Msg {
	var out []domain.Msg
	if r.Changes() == 0 {
		out = append(out, domain.M("share.nothing"))
	}
	for i := range r.Parts {
		if !r.Parts[i].empty() {
			out = append(out, r.Parts[i].Msg())
		}
	}
	if n := len(r.Erased); n > 0 {
		out = append(out, domain.M("share.erased", "count", n))
	}
	for _, number := range r.Clashes {
		out = append(out, domain.M("share.clash", "number", number))
	}
	if n := len(r.InBin); n > 0 {
		out = append(out, domain.M("share.inBin", "count", n))
	}
	return out
}
