package packshelf

import (
	"errors"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
)

// shaShown is how many digits of a SHA-256 tell a pack from the others on a screen.
const shaShown = 12

// fact is a line of what is known of a pack.
type fact struct{ label, value string }

// group is the differences that stand together.
type group struct {
	id    string
	lines []packs.Line
}

// groupIDs are the groups in their order; what is in none of the first stands in
// the last.
var groupIDs = []string{"rules", "sites", "figures", "texts", "other"}

// groupOf is the group of an area of a pack.
var groupOf = map[string]string{
	"rules": "rules", "readings": "rules", "conditions": "rules", "exclusions": "rules",
	"sites": "sites", "regions": "sites", "fields": "sites",
	"figures": "figures", "texts": "texts",
}

// effect is what a saved simulation gives, and would give.
type effect struct {
	name, under, now, next, span string
	why                          string // it is refused, or cannot be computed
}

// writer says what a shelf found, in one language.
type writer struct{ t *i18n.Catalogue }

// under is a writer with the texts of a pack.
func (w writer) under(p *rules.Pack) writer { return writer{w.t.WithTexts(p.TextsIn(w.t.Lang()))} }

// groups sorts the differences of a preview; a group without any is left out.
func (w writer) groups(p *packs.Preview) []group {
	found := map[string][]packs.Line{}
	w = w.under(p.Pack)
	for _, c := range p.Changes {
		id := groupOf[c.Area]
		if id == "" {
			id = "other"
		}
		found[id] = append(found[id], packs.LineOf(w.t, p.Pack, c))
	}
	var out []group
	for _, id := range groupIDs {
		if len(found[id]) > 0 {
			out = append(out, group{id, found[id]})
		}
	}
	return out
}

// effects are the simulations whose figures would be others or cannot be had, and
// how many stay as they are.
func (w writer) effects(p *packs.Preview) (moved []effect, same int) {
	for i := range p.Effects {
		if e := &p.Effects[i]; e.Moved() || e.Failed != nil {
			moved = append(moved, w.effect(e))
			continue
		}
		same++
	}
	return moved, same
}

func (w writer) effect(e *packs.Effect) effect {
	f := w.t.Formatter()
	out := effect{name: e.Name, under: w.t.Text("rulebook.pack.number", "number", e.Pack)}
	if e.Now != nil {
		out.now = f.Amount(e.Now.Value)
	}
	switch {
	case e.Failed != nil:
		out.why = desk.Say(w.t, e.Failed)
	case e.Refused != nil:
		out.why = w.t.Text("packs.ui.effect.refused", "why", desk.Say(w.t, e.Refused))
	default:
		out.next = f.Amount(e.Next.Value)
		out.span = w.t.Text("rulebook.span", "low", f.Amount(e.Next.Low), "high", f.Amount(e.Next.High))
		if e.Next.Low == e.Next.High {
			out.span = w.t.Text("rulebook.span.one")
		}
	}
	return out
}

// facts are what a pack says of itself, and by whom it is.
func (w writer) facts(p *rules.Pack, origin string) []fact {
	t, f := w.t, w.t.Formatter()
	return []fact{
		{t.Text("packs.ui.origin"), origin},
		{t.Text("rulebook.pack.inForce"), f.Date(p.InForce)},
		{t.Text("rulebook.pack.made"), f.Date(p.MadeOn)},
		{t.Text("rulebook.pack.best"), f.Date(p.BestBefore)},
		{t.Text("rulebook.fact.hash"), t.Text("rulebook.hash", "sha", p.SHA256[:shaShown])},
	}
}

// origin says where a kept pack came from.
func (w writer) origin(k *packs.Kept) string {
	if k.Origin == packs.FromKey {
		return w.signed(k.Signer.Key, k.Signer.Name)
	}
	return w.t.Text("packs.ui.origin." + string(k.Origin))
}

// signed says by whom a pack is signed.
func (w writer) signed(key, name string) string {
	if name == "" {
		return w.t.Text("packs.ui.signed", "key", key)
	}
	return w.t.Text("packs.ui.signed.name", "key", key, "name", name)
}

// since says since when a pack is kept.
func (w writer) since(at time.Time) string {
	if at.IsZero() {
		return w.t.Text("packs.ui.since.never")
	}
	return w.t.T(desk.Stamp(at))
}

// unknownKey is whether a pack was refused for the key that signed it alone.
func unknownKey(err error) bool {
	var refused *pack.Refused
	return errors.As(err, &refused) && refused.Why == pack.UnknownKey
}
