package dossier

import "slices"

// Changes says what a save does to a dossier, as lines for its journal without
// time and device. A nil before is a new dossier. Nothing is said of a save that
// changes nothing, so that the caller can leave it.
func Changes(before *Dossier, after Dossier) []Event {
	var was Dossier
	var out []Event
	say := func(k Kind, ref string) { out = append(out, Event{Kind: k, Ref: ref}) }
	if before == nil {
		say(KindCreated, "")
	} else {
		was = *before
		if was.Contact != after.Contact || was.Interest != after.Interest || was.Language != after.Language || was.Fair != after.Fair {
			say(KindContact, "")
		}
	}
	out = append(out, consentChange(was.Consent, after.Consent)...)
	if was.Notes != after.Notes {
		say(KindNotes, "")
	}
	if was.Grade != after.Grade {
		say(KindGraded, after.Grade)
	}
	if was.State != after.State && (before != nil || after.State != New) {
		say(KindMoved, string(after.State))
	}
	if step := after.Next; was.Step != after.Step || was.Next.Due != step.Due || was.Next.Owner != step.Owner || was.Next.Done && !step.Done {
		say(KindNext, string(step.Due))
	}
	if !was.Next.Done && after.Next.Done {
		say(KindDone, "")
	}
	for _, l := range after.Simulations {
		if !slices.ContainsFunc(was.Simulations, l.same) {
			say(KindAttached, l.ID)
		}
	}
	for _, l := range was.Simulations {
		if !slices.ContainsFunc(after.Simulations, func(a Link) bool { return a.ID == l.ID }) {
			say(KindDetached, l.ID)
		}
	}
	if !slices.EqualFunc(was.Comparisons, after.Comparisons, Comparison.equal) {
		say(KindCompared, "")
	}
	return out
}

func (l Link) same(o Link) bool { return l.ID == o.ID && l.Revision == o.Revision }

func (c Comparison) equal(o Comparison) bool {
	return c.Name == o.Name && c.At.Equal(o.At) && slices.Equal(c.Content, o.Content)
}

func consentChange(was, is *Consent) []Event {
	same := was != nil && is != nil && was.Given == is.Given && was.SHA256 == is.SHA256 && slices.Equal(was.Purposes, is.Purposes)
	switch {
	case was.Stands() && !is.Stands():
		return []Event{{Kind: KindWithdrawn}}
	case is.Stands() && !(same && was.Stands()):
		return []Event{{Kind: KindAgreed}}
	case is != nil && !is.Given && !same:
		return []Event{{Kind: KindDeclined}}
	}
	return nil
}
