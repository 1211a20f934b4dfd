// Package papers is the panel in which a paper is drafted, checked and issued, and
// what is then done with it. What is asked before a paper may be issued (flow.go)
// knows no widget.
package papers

import (
	"strings"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/document"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// checks are what the officer confirms before a paper leaves: their texts are
// papers.check.NAME.
var checks = []string{"range", "assumed", "unknown", "read"}

// flow is what was said so far about a paper that is not issued yet.
type flow struct {
	draft    desk.Draft
	dossier  store.ID
	visitor  string // as it is to be printed
	currency string
	short    bool // the first page only
	setup    issue.Setup
	second   bool // checked by another person, not by the list
	by       string
	ticked   map[string]bool
	joined   map[int]bool     // by the place of the part
	parts    []document.Block // what was attached at the issue
}

// issuer is who issues the paper in one line, "" where nobody said so yet.
func (f *flow) issuer() string {
	if strings.TrimSpace(f.setup.Officer) == "" {
		return ""
	}
	var said []string
	for _, s := range []string{f.setup.Officer, f.setup.Agency, f.setup.Fair} {
		if s = strings.TrimSpace(s); s != "" {
			said = append(said, s)
		}
	}
	return strings.Join(said, " · ")
}

// missing names what keeps the paper from being issued, "" for nothing: the key of
// a text.
func (f *flow) missing() string {
	switch {
	case strings.TrimSpace(f.setup.Officer) == "":
		return "papers.missing.officer"
	case strings.TrimSpace(f.setup.Agency) == "":
		return "papers.missing.agency"
	case f.second && strings.TrimSpace(f.by) == "":
		return "papers.missing.second"
	case f.second && strings.EqualFold(strings.TrimSpace(f.by), strings.TrimSpace(f.setup.Officer)):
		return "papers.missing.other"
	case !f.second && !f.all():
		return "papers.missing.checks"
	}
	return ""
}

func (f *flow) all() bool {
	for _, c := range checks {
		if !f.ticked[c] {
			return false
		}
	}
	return true
}

// order is the paper as it is asked for.
func (f *flow) order() issue.Order {
	c := seal.Check{Mode: seal.ByChecklist, By: strings.TrimSpace(f.setup.Officer)}
	if f.second {
		c = seal.Check{Mode: seal.BySecond, By: strings.TrimSpace(f.by)}
	}
	return issue.Order{Draft: f.draft, Dossier: f.dossier, For: strings.TrimSpace(f.visitor), Check: c}
}

func (f *flow) extra() issue.Extra {
	return issue.Extra{For: strings.TrimSpace(f.visitor), Currency: f.currency, Short: f.short, Parts: f.parts}
}
