package sector

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

func TestParts(t *testing.T) {
	w := newWords(t)
	var got []string
	for _, r := range w.parts(w.season(period(t, "2024"))) {
		got = append(got, r.name+", "+r.period+": "+plain(r.published.Text)+" / "+plain(r.derived.Text))
	}
	want := []string{
		"CRM, 1er semestre 2024: non publi\u00e9 / 4 800", "CRM, 2e semestre 2024: non publi\u00e9 / 4 997",
		"CRM, 1er trimestre 2024: non publi\u00e9 / ", "CRM, 2e trimestre 2024: non publi\u00e9 / ",
		"CRM, 3e trimestre 2024: 2 814 / ", "CRM, 4e trimestre 2024: 2 183 / ",
		"Ensemble, 1er semestre 2024: 12 900 / ", "Ensemble, 2e semestre 2024: non publi\u00e9 / 13 319",
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// 2023 stands twice, once for each series, and no line goes from one to the other.
func TestHistory(t *testing.T) {
	w := newWords(t)
	h := w.history()
	var names []string
	years := map[string]int{}
	for _, r := range h.runs {
		names = append(names, r.series)
		for _, k := range r.years {
			years[k.Period.String()]++
			if k.Series != r.series {
				t.Errorf("%v in the run of %s", k, r.series)
			}
		}
	}
	if want := []string{"OC-2011-2016", "MTNRA-FMES-pre2025", "OC-2025"}; !slices.Equal(names, want) {
		t.Errorf("runs %v, want %v", names, want)
	}
	if years["2023"] != 2 || years["2022"] != 1 {
		t.Errorf("years %v", years)
	}
	if !slices.ContainsFunc(h.warnings(), func(s string) bool {
		return strings.Contains(s, "15,8 (2022)") && strings.Contains(s, "non une croissance")
	}) {
		t.Errorf("the break is not said: %q", h.warnings())
	}
}

func TestGoals(t *testing.T) {
	list := newWords(t).goals()
	if len(list) != 3 {
		t.Fatalf("%d goals", len(list))
	}
	for i, want := range []struct{ marks, needed, lately string }{
		{
			"2024=26 219 M MAD (calculé), Objectif 2026=25 000 M MAD, Objectif 2030=40 000 M MAD",
			"sans objet, +7,3 % (calculé)", "+0,2 %",
		},
		{
			"2024=148 500 emplois, Objectif 2026=190 000 emplois, Objectif 2030=270 000 emplois",
			"+13,1 % (calculé), +10,5 % (calculé), 41 500 emplois (calculé), 121 500 emplois (calculé)", "7 500 emplois (calculé)",
		},
		{"2024=176 559 MAD (calculé), Objectif 2030=148 148 MAD (calculé)", "", ""},
	} {
		var marks []string
		for _, m := range list[i].marks {
			marks = append(marks, m.name+"="+plain(m.value.Text))
		}
		said := func(list []needed) string {
			var out []string
			for _, n := range list {
				out = append(out, plain(n.value.Text))
			}
			return strings.Join(out, ", ")
		}
		if got := strings.Join(marks, ", "); got != want.marks {
			t.Errorf("marks %q, want %q", got, want.marks)
		}
		if got := said(list[i].needed); got != want.needed {
			t.Errorf("needed %q, want %q", got, want.needed)
		}
		if got := said(list[i].lately); got != want.lately {
			t.Errorf("lately %q, want %q", got, want.lately)
		}
	}
	if len(list[0].warnings) != 1 || !strings.Contains(list[0].warnings[0], "ne pas présenter comme atteint") || len(list[1].warnings)+len(list[2].warnings) > 0 {
		t.Errorf("warnings %q, %q, %q", list[0].warnings, list[1].warnings, list[2].warnings)
	}
	if len(list[2].remarks) != 3 || !strings.Contains(list[2].remarks[0], "moins d'exportations par emploi") {
		t.Errorf("remarks %q", list[2].remarks)
	}
	if !slices.ContainsFunc(list[0].sayings, func(s *figures.Said) bool { return s.ID == "target-25" }) {
		t.Error("the old base of the target of 2026 is not said")
	}
}

func TestDestinations_NotRanked(t *testing.T) {
	w := newWords(t)
	for i, s := range subjects {
		list := w.destinations(i)
		if len(list) < 5 {
			t.Errorf("%s: %d figures", s.id, len(list))
		}
		if !slices.IsSortedFunc(list, func(a, b destination) int { return strings.Compare(fold(a.country), fold(b.country)) }) {
			t.Errorf("%s: not by the name of the country", s.id)
		}
		for _, d := range list {
			if d.country == "" || d.name == "" || d.period == "" || d.value.Missing {
				t.Errorf("%s: %+v", s.id, d)
			}
		}
	}
}

func TestCirculation(t *testing.T) {
	w := newWords(t)
	for i := range w.Book.Circulation {
		s := &w.Book.Circulation[i]
		list := w.readingsOf(s)
		if len(list) != len(s.Observations) {
			t.Errorf("%s: %d readings of %d", s.ID, len(list), len(s.Observations))
		}
		for _, r := range list {
			if r.value == "" || r.title == "" || r.reason == "" || len(r.sources) == 0 {
				t.Errorf("%s: %+v", s.ID, r)
			}
		}
	}
}

func TestPage_EveryTabShowsAndSayingsOpen(t *testing.T) {
	s := newStage(t, newDesk(t), theme.Light(), fyne.NewSize(1178, 716))
	for i := range s.page.views {
		s.page.tabs.Select(i)
		if len(s.page.body.Objects) != 1 || s.page.body.MinSize().Height < 300 {
			t.Errorf("tab %d shows nothing", i)
		}
	}
	b, ok := find(s.page.Content(), func(b *kit.Button) bool { return b.Text() == s.page.t.Text("sector.said.readings", "count", 5) })
	if !ok {
		t.Fatal("no readings to open")
	}
	b.OnTapped()
	if len(s.panels) != 1 {
		t.Error("nothing opened")
	}
}

// The switches change what is shown, and who presses one by keyboard stays on it.
func TestPage_Switches(t *testing.T) {
	s := newStage(t, newDesk(t), theme.Light(), fyne.NewSize(1178, 716))
	press := func(at int) {
		t.Helper()
		c := s.page.chips[at]
		s.win.Canvas().Focus(c)
		c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		if s.page.chips[at] == c || s.win.Canvas().Focused() != fyne.Focusable(s.page.chips[at]) {
			t.Errorf("the keyboard left switch %d", at)
		}
	}
	press(2) // quarters
	press(len(kinds) + 2)
	if got := s.page.period.String() + " " + aspects[s.page.aspect].id; got != "2024-Q4 growth" {
		t.Errorf("shown: %s", got)
	}
	press(len(kinds) + len(aspects) + 3)
	if got := s.page.period.String(); got != "2024-Q1" {
		t.Errorf("shown: %s", got)
	}
	s.page.tabs.Select(4)
	press(1)
	if s.page.topic != 1 {
		t.Errorf("topic %d", s.page.topic)
	}
}
