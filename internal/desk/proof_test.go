package desk_test

import (
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// What is copied says all that the panel shows of each rule: nothing that makes
// a value less sure may be lost on the way to a mail.
func TestExplainTextSaysAllOfEachRule(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	notes, brackets := 0, 0
	for _, line := range []string{domain.AIR, domain.AIS, domain.PAE, domain.PAF} {
		x, err := d.Explain(desk.Draft{Project: eso()}, line, 0)
		if err != nil {
			t.Fatal(err)
		}
		text := desk.ExplainText(d.Texts(), x)
		used := desk.Rules(x)
		for i := range used {
			r := desk.SayRule(d.Texts(), &used[i])
			parts := append([]string{r.Title, r.Sure, r.Text, r.Dates, r.Note}, r.Brackets...)
			for _, s := range r.Sources {
				parts = append(parts, s.By, s.Title, s.URL)
			}
			for _, p := range parts {
				if !strings.Contains(text, p) {
					t.Errorf("%s, %s: %q is not copied", line, used[i].Param, p)
				}
			}
			if (used[i].Note == "") != (r.Note == "") || r.Note != "" && r.Note == used[i].Note || len(r.Sources) != len(used[i].Sources) {
				t.Errorf("%s, %s: note %q, %d sources", line, used[i].Param, r.Note, len(r.Sources))
			}
			if r.Note != "" {
				notes++
			}
			brackets += len(r.Brackets)
		}
	}
	if notes == 0 || brackets == 0 {
		t.Errorf("%d notes and %d brackets: the sample shows too little", notes, brackets)
	}
}

// The worked case of the specification: its high end pays PAE every year.
func TestEndsSayWhichAnswersGiveThem(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	x, err := d.Explain(desk.Draft{Project: eso()}, domain.PAE, 0)
	if err != nil {
		t.Fatal(err)
	}
	said := func() []string {
		out := desk.Ends(d.Texts(), x)
		for i := range out {
			out[i] = strings.NewReplacer("«\u202f", "« ", "\u202f»", " »", "\u202f:", " :").Replace(out[i])
		}
		return out
	}
	ends := said()
	if len(ends) != 1 || !strings.HasPrefix(ends[0], "Le haut, "+desk.Exact(d.Texts(), x.Range.High)) ||
		!strings.Contains(ends[0], "« Versement de la PAE : chaque année »") || strings.Contains(ends[0], "AIR") {
		t.Errorf("%q: want the high alone, by the frequency of PAE and not by a reading of AIR", ends)
	}
	if !strings.Contains(desk.ExplainText(d.Texts(), x), desk.Ends(d.Texts(), x)[0]) {
		t.Error("the end is not copied")
	}
	p := eso()
	p.Readings = map[string]string{"pae.frequency": "annual", "premium.cap": "yearly", "regime.end": "run"}
	if x, err = d.Explain(desk.Draft{Project: p}, domain.PAE, 0); err != nil {
		t.Fatal(err)
	}
	ends = said()
	if len(ends) != 1 || !strings.HasPrefix(ends[0], "Le bas, ") || !strings.Contains(ends[0], "une seule fois") {
		t.Errorf("%q: want the low alone, by a single PAE", ends)
	}
}
