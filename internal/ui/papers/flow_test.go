package papers

import (
	"testing"

	"atlasp2i/internal/desk/issue"
)

func TestFlow_WhatIsMissing(t *testing.T) {
	f := &flow{ticked: map[string]bool{}}
	want := func(key string) {
		t.Helper()
		if got := f.missing(); got != key {
			t.Errorf("missing %q, want %q", got, key)
		}
	}
	want("papers.missing.officer")
	f.setup.Officer = " Officier d'essai "
	want("papers.missing.agency")
	f.setup.Agency = "Agence d'essai"
	want("papers.missing.checks")
	for _, c := range checks {
		f.ticked[c] = true
	}
	want("")
	f.second = true
	want("papers.missing.second")
	f.by = "officier d'essai"
	want("papers.missing.other")
	f.by = "Une autre"
	want("")
}

// Who issues the paper is one line once it is known, and asked before.
func TestFlow_IssuerInOneLine(t *testing.T) {
	f := &flow{setup: issue.Setup{Agency: "Agence d'essai"}}
	if got := f.issuer(); got != "" {
		t.Errorf("%q without an officer", got)
	}
	f.setup.Officer, f.setup.Fair = " Officier d'essai", "Salon d'essai "
	if got := f.issuer(); got != "Officier d'essai · Agence d'essai · Salon d'essai" {
		t.Errorf("%q", got)
	}
}
