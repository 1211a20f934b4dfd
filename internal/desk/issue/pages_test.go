package issue

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/report/reporttest"
)

// hard are projects whose paper is hard to lay out.
func hard() map[string]domain.Project {
	var roles []domain.Role
	for i := range 12 {
		r := calctest.Role(fmt.Sprintf("%d.00", 6000+2500*i), fmt.Sprintf("2026-%02d", 1+i), 5+3*i)
		r.Title = fmt.Sprintf("Ing\u00e9nieur logiciel embarqu\u00e9 confirm\u00e9, niveau %d", i+1)
		for month := range 8 {
			r.Hires = append(r.Hires, domain.Hire{Month: calctest.Month(fmt.Sprintf("2027-%02d", month+1)), Count: 3})
		}
		roles = append(roles, r)
	}
	twelve, eightYears := calctest.Project("fes-shore", roles...), 96
	twelve.Months, twelve.Name = &eightYears, strings.Repeat("Centre de services partag\u00e9s ", 5)[:120]
	nothing, oneYear := calctest.Project("fes-shore", calctest.Role("4000.00", "2026-01", 3)), 12
	nothing.Roles[0].MoroccanShare, nothing.Months = calctest.Share("0"), &oneYear
	return map[string]domain.Project{"worked case": eso().Project, "twelve roles": twelve, "no benefit": nothing}
}

// speaking is the office in each language of the window.
func (c *counter) speaking(t *testing.T) map[string]*Office {
	t.Helper()
	langs, err := i18n.Languages(assets.I18n)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*Office{}
	for _, lang := range langs {
		texts, err := i18n.Load(assets.I18n, lang)
		if err != nil {
			t.Fatal(err)
		}
		out[lang] = c.Speaking(c.p.Desk.Speaking(texts))
	}
	return out
}

func drawn(t *testing.T, o *Office, d *document.Document) [][]string {
	t.Helper()
	var out bytes.Buffer
	if err := o.Print(&out, PDF, d); err != nil {
		t.Fatal(err)
	}
	return reporttest.Pages(t, out.Bytes())
}

// The short paper is one page that holds the answer, the measures, the chart and
// the code with the notice; the first page of the whole paper says the same.
func TestDocument_FirstPageHoldsTheAnswer(t *testing.T) {
	c := open(t)
	c.issue(t) // sets the office up
	for name, p := range hard() {
		for lang, o := range c.speaking(t) {
			paper, _, err := o.Issue(Order{Draft: desk.Draft{Project: p}, Check: checked})
			if err != nil {
				t.Fatal(err)
			}
			x := Extra{Currency: "EUR", Short: true}
			short, err := o.PaperDocument(&paper, x)
			if err != nil {
				t.Fatal(err)
			}
			pages := drawn(t, o, short)
			if len(pages) != 1 {
				t.Errorf("%s, %s: the short paper has %d pages", name, lang, len(pages))
			}
			said := strings.Join(pages[0], " ")
			texts := o.p.Desk.Texts()
			for _, key := range []string{"paper.years", "paper.years.unit", "paper.code", "issue.toValidate"} {
				words := strings.Fields(texts.Text(key))
				if first := strings.Join(words[:min(2, len(words))], " "); !strings.Contains(said, first) {
					t.Errorf("%s, %s: the page does not say %q", name, lang, first)
				}
			}
			x.Short = false
			whole, err := o.PaperDocument(&paper, x)
			if err != nil {
				t.Fatal(err)
			}
			all := drawn(t, o, whole)
			if first := strings.Join(all[0], " "); !strings.Contains(first, texts.Text("paper.years")) || len(all[0]) < len(pages[0])-1 {
				t.Errorf("%s, %s: the first of %d pages is not that of the short paper:\n%q\n%q", name, lang, len(all), all[0], pages[0])
			}
		}
	}
}

// What several benefits ask for alike stands once in the file, and each condition
// of the pack stands there: the paper leaves its own list of them out.
func TestFile_SaysEachThingOnce(t *testing.T) {
	c := open(t)
	r, err := c.p.Desk.Estimate(eso())
	if err != nil {
		t.Fatal(err)
	}
	seen := map[document.Item]bool{}
	var texts []string
	for _, b := range c.File(r) {
		list, ok := b.(document.Checklist)
		if !ok {
			continue
		}
		for _, item := range list.Items {
			if seen[item] {
				t.Errorf("%q stands twice", item.Text)
			}
			seen[item] = true
			texts = append(texts, item.Text+item.Detail)
		}
	}
	all := strings.Join(texts, "\n")
	for i := range r.Conditions {
		x := &r.Conditions[i]
		if !strings.Contains(all, c.p.Desk.Texts().T(x.Text)) || !strings.Contains(all, c.p.Desk.Texts().T(x.Detail)) {
			t.Errorf("the file does not say the condition %s of %s", x.ID, x.Benefit)
		}
	}
}
