package rulebook

import (
	"fmt"
	"strings"
	"testing"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/ui/kit"
)

var plain = strings.NewReplacer("\u202f", " ", "\u00a0", " ")

func (s *stage) verdict(typed string) *verdict {
	s.t.Helper()
	v, err := s.office.Verify(cleaned(typed))
	if err != nil {
		s.t.Fatal(err)
	}
	return newReader(s.desk.Texts(), s.now, s.desk.Pack().Number).read(&v)
}

// whole is all that a verdict says.
func whole(v *verdict) string { return plain.Replace(fmt.Sprintf("%+v", *v)) }

// A genuine paper says its figures to the centime, who issued it, and that it
// computes again; nobody's name beside.
func TestVerdict_Genuine(t *testing.T) {
	s := newStage(t)
	p := s.issue()
	scanned := " " + p.Code[:60] + "\r\n" + p.Code[60:] + "\n"
	for _, typed := range []string{scanned, p.Head.Number, strings.ToLower(p.Head.Number)} {
		v := s.verdict(typed)
		if v.tone != kit.ToneGood || v.title != "Authentique" {
			t.Fatalf("%q: %s", typed, v.title)
		}
		if strings.Contains(v.sentence, v.title) {
			t.Errorf("said twice: %s / %s", v.title, v.sentence)
		}
		said := whole(v)
		for _, want := range []string{
			"14 669 241,60", "25 289 241,60", p.Head.Number, "Officier d'essai", "Agence d'essai", "02/03/2026",
			"Recalculé au centime", "mêmes montants", inFours(p.Stated.Pack.SHA256),
		} {
			if !strings.Contains(said, want) {
				t.Errorf("%q does not say %q", typed, want)
			}
		}
		if strings.Contains(said, "Visiteuse") || strings.Contains(said, "Centre ESO") {
			t.Error("the visitor is named")
		}
		for _, c := range v.checks {
			if c.tone != kit.ToneGood {
				t.Errorf("%q", c.text)
			}
		}
	}
	s.now = s.now.AddDate(2, 0, 0)
	if v := s.verdict(p.Code); v.checks[0].tone != kit.ToneCaution || !strings.Contains(v.checks[0].text, "chu") {
		t.Errorf("after two years: %q", v.checks[0].text)
	}
}

// Of what is not proved no figure is repeated.
func TestVerdict_AlteredShowsNoFigure(t *testing.T) {
	s := newStage(t)
	code := s.issue().Code
	at, other := len(code)/2, byte('A')
	if code[at] == other {
		other = 'B'
	}
	for _, typed := range []string{code[:at] + string(other) + code[at+1:], "bonjour"} {
		v := s.verdict(typed)
		if v.tone == kit.ToneGood || len(v.totals)+len(v.facts)+len(v.checks) > 0 {
			t.Errorf("%q: %+v", typed, v)
		}
	}
}

// The paper of another laptop: its code's totals, without ranges that it does not
// carry, and without a promise.
func TestVerdict_Stranger(t *testing.T) {
	code := newStage(t).issue().Code
	v := newStage(t).verdict(code)
	if v.tone != kit.ToneCaution || len(v.totals) != 6 || v.totals[2].span != "" || v.totals[0].span == "" {
		t.Errorf("%+v", v)
	}
	if said := whole(v); !strings.Contains(said, "n'est pas gardé sur ce poste") || strings.Contains(said, "Recalculé") {
		t.Errorf("%s", said)
	}
}

// A code that is not that of the paper kept under its number says nothing of the
// kept one.
func TestVerdict_Differs(t *testing.T) {
	s := newStage(t)
	v, err := s.office.Verify(s.issue().Code)
	if err != nil {
		t.Fatal(err)
	}
	v.Differs = true
	out := newReader(s.desk.Texts(), s.now, 1).read(&v)
	if said := whole(out); strings.Contains(said, "Officier d'essai") || !strings.Contains(said, "n'est pas celui du papier") {
		t.Errorf("%s", said)
	}
}

func TestVerdict_RulesOfToday(t *testing.T) {
	s := newStage(t)
	v, err := s.office.Verify(s.issue().Code)
	if err != nil {
		t.Fatal(err)
	}
	v.Moved = []issue.Moved{{Line: "benefits", Was: 100_00, Is: 150_50}, {Line: domain.AIR, Was: 20_00, Is: 10_00}}
	out := newReader(s.desk.Texts(), s.now, 4).read(&v)
	if len(out.moved) != 2 || out.moved[0].by != "+50,50" || plain.Replace(out.moved[1].by) != "−10,00" {
		t.Errorf("%+v", out.moved)
	}
	v.Failed = domain.Refuse("pack", "", "seal.paper.altered")
	if out = newReader(s.desk.Texts(), s.now, 4).read(&v); len(out.moved) > 0 {
		t.Error("what was not computed again is compared")
	}
}

// An amount that leaves something out is a lowest one; one of which nothing is
// known is not zero.
func TestTotals_Incomplete(t *testing.T) {
	s := newStage(t)
	r := newReader(s.desk.Texts(), s.now, 1)
	got := r.totals(&seal.Totals{
		Benefits: seal.Figure{Value: 500, Low: 500, High: 500}, AIR: seal.Figure{Value: 500, Low: 500, High: 500}, Incomplete: []string{domain.AIR, domain.AIS},
	})
	if plain.Replace(got[0].amount) != "≥ 5,00" || plain.Replace(got[2].amount) != "≥ 5,00" || got[5].amount != "inconnu" || got[3].amount != "0,00" {
		t.Errorf("%+v", got)
	}
}
