package packs

import (
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
)

// Say is a difference in the reader's words, for the window and the command alike:
// what it is about, and how it was and will be. Texts are those of the new pack.
func Say(t *i18n.Catalogue, c pack.Change) domain.Msg {
	where := Where(t, c)
	switch {
	case c.Kind == pack.Changed:
		return domain.M("packs.change.changed", "where", where, "before", c.Before, "after", c.After)
	case c.Kind == pack.Added && c.After != "":
		return domain.M("packs.change.added.value", "where", where, "after", c.After)
	case c.Kind == pack.Added:
		return domain.M("packs.change.added", "where", where)
	case c.Before != "":
		return domain.M("packs.change.removed.value", "where", where, "before", c.Before)
	}
	return domain.M("packs.change.removed", "where", where)
}

// Where names what a difference is about: area, entry, part. What has no word in
// the catalogue is named as the pack names it.
func Where(t *i18n.Catalogue, c pack.Change) string {
	parts := []string{word(t, "packs.area.", c.Area), subject(t, c)}
	for _, p := range c.Part {
		parts = append(parts, word(t, "packs.part.", p))
	}
	return strings.Join(parts, " · ")
}

func word(t *i18n.Catalogue, prefix, id string) string {
	if t.Has(prefix + id) {
		return t.Text(prefix + id)
	}
	return id
}

// subject is the name of an entry with its id, as "Taux de la PAF (paf.rate)".
func subject(t *i18n.Catalogue, c pack.Change) string {
	if key := c.Sort + "." + c.Subject; t.Has(key) {
		return t.Text(key) + " (" + c.Subject + ")"
	}
	return c.Subject
}
