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
