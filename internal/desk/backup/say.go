package backup

import (
	"errors"
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
)

// Msgs says what a restore would change, a line each; one line where it is nothing.
func (p *Preview) Msgs() []domain.Msg {
	var out []domain.Msg
	for _, k := range []struct {
		kind string
		c    Changes
	}{{"simulations", p.Simulations}, {"contacts", p.Contacts}, {"values", p.Values}, {"figures", p.Figures}, {"papers", p.Papers}} {
		if k.c.Count() > 0 {
			out = append(out, domain.M("backup."+k.kind, "back", len(k.c.Back), "gone", len(k.c.Gone), "changed", len(k.c.Changed)))
		}
	}
	if len(out) == 0 {
		out = append(out, domain.M("backup.same"))
	}
	switch p.Keys {
	case KeysCome, KeysOther, KeysMissing:
		out = append(out, domain.M("backup.keys."+string(p.Keys)))
	}
	return out
}

// SayRecovery says what was opened instead of a damaged or vanished file.
func SayRecovery(r *store.Recovery) domain.Msg {
	restored, empty := "gate.restored", "gate.empty"
	if r.Damaged.Missing {
		restored, empty = "gate.missing", "gate.missing.empty"
	}
	switch {
	case r.Snapshot != nil:
		return domain.M(restored, "at", desk.Stamp(r.Snapshot.At))
	case r.Salvaged:
		return domain.M("gate.salvaged")
	}
	return domain.M(empty)
}

// SayMirror says how the second folder stands, a sentence each.
func SayMirror(is mirror.State) []domain.Msg {
	if is.Dir == "" {
		return []domain.Msg{domain.M("backup.mirror.none")}
	}
	out := []domain.Msg{domain.M("backup.mirror.never", "folder", is.Dir)}
	if !is.Copied.IsZero() {
		out[0] = domain.M("backup.mirror.copied", "folder", is.Dir, "at", desk.Stamp(is.Copied))
	}
	var full *store.FullError
	var access *store.AccessError
	var told interface{ Key() string }
	switch {
	case is.Err == nil && is.Busy && !is.Fresh:
		out = append(out, domain.M("backup.mirror.busy"))
	case is.Err == nil && !is.Fresh && !is.Copied.IsZero():
		out = append(out, domain.M("backup.mirror.behind"))
	case is.Err == nil:
	case errors.As(is.Err, &full):
		out = append(out, domain.M("backup.mirror.full"))
	case errors.As(is.Err, &access):
		out = append(out, domain.M("backup.mirror.access"))
	case errors.As(is.Err, &told) && strings.HasPrefix(told.Key(), "store.mirror."):
		out = append(out, domain.M(told.Key()))
	default:
		out = append(out, domain.M("backup.mirror.failed", "why", is.Err.Error()))
	}
	if is.KeysBehind {
		out = append(out, domain.M("backup.mirror.keys"))
	}
	return out
}
