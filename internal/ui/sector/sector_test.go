package sector

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/sector/say"
	"atlasp2i/internal/ui/theme"
)

// plain makes the thin spaces of numbers plain ones.
func plain(s string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)
}

func period(t testing.TB, s string) figures.Period {
	t.Helper()
	p, err := figures.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// What nobody published of a period between two others stands there too.
func TestPeriods(t *testing.T) {
	w := newWords(t)
	for kind, want := range map[figures.Kind]string{
		figures.Year:    "2024 2023",
		figures.Half:    "2025-H1 2024-H2 2024-H1",
		figures.Quarter: "2024-Q4 2024-Q3 2024-Q2 2024-Q1",
		figures.Month:   "",
	} {
		var got []string
		for _, p := range w.periods(kind) {
			got = append(got, p.String())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("kind %d: periods %v, want %s", kind, got, want)
		}
	}
}

// Only two quarters of one segment are published: all the rest is said to be not.
func TestSegmentRows_Quarters(t *testing.T) {
	w := newWords(t)
	known := map[string]string{"2024-Q3 CRM": "2 814", "2024-Q4 CRM": "2 183"}
	for _, p := range w.periods(figures.Quarter) {
		for _, r := range w.segmentRows(p) {
			want, there := known[p.String()+" "+r.id]
			if !there {
				want = "non publié"
			}
			if plain(r.published.Text) != want || r.published.Missing == there || r.derived.Text != "" {
				t.Errorf("%s %s: %+v, want %s", p, r.id, r.published, want)
			}
		}
	}
}

// A bar stands only where something is published or computed, and says which.
func TestDrawSegments_Aspects(t *testing.T) {
	w := newWords(t)
	for _, c := range []struct {
		period, segment string
		aspect          int
		text            string // "" is a gap
		derived         bool
	}{
		{"2024", "ITO", 1, "40,3 %", false},
		{"2025-H1", "BPO", 1, "10 %", true},
		{"2024-H1", "CRM", 1, "", false},
		{"2024", "ITO", 2, "", false},
		{"2024", "ESO", 2, "+7,1 %", false},
		{"2024", "KPO", 2, "\u221238,5 %", true},
		{"2024", total, 2, "+0,2 %", false},
		{"2024", pair, 2, "\u22122,3 %", true},
		{"2025-H1", "CRM", 2, "\u221212,7 %", true},
		{"2024-H2", "CRM", 0, "5,00", true},
	} {
		a := aspects[c.aspect]
		v := w.value(w.overviewKey(a.indicator, a.unit, c.segment, period(t, c.period)))
		if v.Known != (c.text != "") || plain(v.Text) != c.text || v.Derived != c.derived || v.Tip == "" {
			t.Errorf("%s %s %s: %+v", c.period, c.segment, a.id, v)
		}
	}
	for i := range aspects {
		for _, k := range kinds {
			for _, p := range w.periods(k.kind) {
				if d := w.drawSegments(p, i, w.sheet(500, 330, false)); d.Title == "" {
					t.Errorf("%s %s is not drawn", p, aspects[i].id)
				}
			}
		}
	}
}

// A quarter that nobody published has no publisher either.
func TestExhibit_NobodyPublished(t *testing.T) {
	w := newWords(t)
	for at, want := range map[string]string{"2024-Q1": "Aucune source", "2024-Q3": "Sources"} {
		if got := w.exhibit(exhibit.Spec{}, w.segmentKeys(period(t, at), 0)).Source; !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestSeason(t *testing.T) {
	w := newWords(t)
	for _, at := range []string{"2024", "2024-H1", "2024-Q1"} {
		s := w.season(period(t, at))
		if s == nil || s.year.String() != "2024" || !strings.Contains(plain(s.sentence), "CRM vaut 4 800 M MAD (calculé)") || !strings.Contains(plain(s.sentence), "4 997 M MAD (calculé)") {
			t.Errorf("%s: %+v", at, s)
		}
	}
	for _, at := range []string{"2023", "2025-H1"} {
		if s := w.season(period(t, at)); s != nil {
			t.Errorf("%s has a season: %+v", at, s)
		}
	}
}

func TestSegmentRows(t *testing.T) {
	w := newWords(t)
	for _, c := range []struct{ period, segment, published, derived, share, growth string }{
		{"2024", "ITO", "10 578", "", "40,3 %", "non publié"},
		{"2024", "KPO", "48", "", "0,2 %", "\u221238,5 % (calculé)"},
		{"2024", "ESO", "3 462", "", "13,2 %", "+7,1 %"},
		{"2024", total, "26 220", "26 219", "", "+0,2 %"},
		{"2023", "ITO", "non publié", "", "non publié", "non publié"},
		{"2023", "ESO", "3 200", "3 232", "non publié", "non publié"},
		{"2023", "BPO", "1 900", "1 997", "non publié", "non publié"},
		{"2023", total, "26 170", "", "", "non publié"},
		{"2025-H1", "BPO", "1 300", "1 336", "10 % (calculé)", "non publié"},
		{"2025-H1", total, "13 400", "", "", "+3,5 %"},
		{"2024-H1", "CRM", "non publié", "4 800", "non publié", "non publié"},
	} {
		rows := w.segmentRows(period(t, c.period))
		at := slices.IndexFunc(rows, func(r segmentRow) bool { return r.id == c.segment })
		r := rows[at]
		got := []string{plain(r.published.Text), plain(r.derived.Text), plain(r.share.Text), plain(r.growth.Text)}
		if want := []string{c.published, c.derived, c.share, c.growth}; !slices.Equal(got, want) {
			t.Errorf("%s %s: %q, want %q", c.period, c.segment, got, want)
		}
	}
}

// The segments of a half year are cut off by the press: their sum is no total.
func TestSegmentRows_NoSumOfHalfYear(t *testing.T) {
	w := newWords(t)
	sum := int64(0)
	rows := w.segmentRows(period(t, "2025-H1"))
	for _, r := range rows {
		if slices.Contains(segments, r.id) {
			at, _ := w.Point(r.published.Key)
			sum += at.Value.Micros
		}
	}
	printed := w.Number(figures.Num{Micros: sum})
	for _, r := range rows {
		for _, s := range []say.Shown{r.published, r.derived, r.share, r.growth} {
			if strings.Contains(s.Text, printed) {
				t.Errorf("%s prints the sum of the segments, %s", r.id, printed)
			}
		}
	}
}

func TestProof(t *testing.T) {
	w := newWords(t)
	key := func(segment, at string) figures.Key {
		return figures.Key{Country: home, Indicator: exports, Segment: segment, Period: period(t, at), Series: newSeries, Unit: million}
	}
	t.Run("published", func(t *testing.T) {
		p := w.proofOf(key("ITO", "2024"))
		if plain(p.value) != "10 578 M MAD" || len(p.sources) == 0 || p.sources[0].URL == "" || len(p.others) != 1 || p.others[0].class != "arrondi" || p.others[0].reason == "" {
			t.Errorf("%+v", p)
		}
	})
	t.Run("sum", func(t *testing.T) {
		p := w.proofOf(key(total, "2024"))
		if plain(p.value) != "26 219 M MAD" || len(p.derived) != 1 || len(p.derived[0].steps) != 5 || !strings.Contains(p.state, "provisoires") || p.derived[0].bounds == "" || len(p.others) < 2 {
			t.Errorf("%+v", p)
		}
	})
	t.Run("every formula", func(t *testing.T) {
		for _, v := range w.Book.Derived() {
			x := w.working(&v)
			if strings.ContainsRune(x.formula+x.bounds+x.title, '\u27e6') || len(x.steps) == 0 {
				t.Errorf("%s: %+v", v.ID, x)
			}
		}
	})
	t.Run("conflict", func(t *testing.T) {
		p := w.proofOf(figures.Key{Country: home, Indicator: exports, Segment: total, Period: period(t, "2022"), Series: "MTNRA-FMES-pre2025", Unit: million})
		if len(p.others) != 2 || p.others[0].class != "en d\u00e9saccord" || p.others[0].reason == "" {
			t.Errorf("%+v", p.others)
		}
	})
	t.Run("nobody", func(t *testing.T) {
		if p := w.proofOf(key("ITO", "2023")); p.value != "non publié" || p.sentence == "" {
			t.Errorf("%+v", p)
		}
	})
}

func TestValue_GapIsNoZero(t *testing.T) {
	w := newWords(t)
	v := w.value(figures.Key{Country: home, Indicator: exports, Segment: "ITO", Period: period(t, "2023"), Series: newSeries, Unit: million})
	if v.Known || v.Tip == "" {
		t.Errorf("%+v", v)
	}
}

// What was imported is say.Shown at the next visit, with what its file says.
func TestPage_ShowsWhatWasImported(t *testing.T) {
	d := newDesk(t)
	s := newStage(t, d, theme.Light(), fyne.NewSize(1178, 716))
	k := figures.Key{Country: home, Indicator: exports, Segment: "ITO", Period: period(t, "2023"), Series: newSeries, Unit: million}
	value, err := figures.ParseNum("10500")
	if err != nil {
		t.Fatal(err)
	}
	if d.book, err = d.book.With([]figures.Observation{{
		ID: "mine", Key: k, Value: value, Role: figures.RoleFigure, Confidence: "press", Remark: "from a letter",
		Sources: []rules.Source{{Publisher: "P", Title: "T", Date: "2026-01"}},
	}}); err != nil {
		t.Fatal(err)
	}
	s.page.OnShow()
	s.wait()
	p := s.page.words.proofOf(k)
	if plain(p.value) != "10 500 M MAD" || !slices.Contains(p.notes, "from a letter") || !strings.Contains(p.state, "import") {
		t.Errorf("%+v", p)
	}
}

// slowDesk gives its figures when it is told to.
type slowDesk struct {
	*builtIn
	ready chan struct{}
}

func (d *slowDesk) Figures() (*figures.Book, error) {
	<-d.ready
	return d.builtIn.Figures()
}

// Many imported figures are read while the window goes on: it says so, and what is
// shown already stays.
func TestPage_ReadsBesideTheWindow(t *testing.T) {
	d := &slowDesk{newDesk(t), make(chan struct{})}
	todo := make(chan func(), 10)
	do := func(f func()) { todo <- f }
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	pg := New(Params{Desk: d, Do: do, Exhibits: exhibit.NewHost(exhibit.Params{Texts: d.Texts(), Do: func(func()) {}}), Button: func() fyne.CanvasObject { return kit.Gap(0) }})
	win := test.NewTempWindow(t, pg.Content())
	win.Resize(fyne.NewSize(1178, 716))
	(<-todo)() // it takes long
	if _, said := find(pg.Content(), func(p *kit.Paragraph) bool { return p.Text() == d.texts.Text("sector.reading") }); !said {
		t.Error("nothing says that figures are read")
	}
	d.ready <- struct{}{}
	(<-todo)()
	shown := pg.room.Objects[0]
	if pg.words.Book != d.book {
		t.Fatal("the figures are not shown")
	}
	pg.OnShow()
	(<-todo)()
	if pg.room.Objects[0] != shown {
		t.Error("what is shown goes away while the figures are read again")
	}
	d.ready <- struct{}{}
	(<-todo)()
}

// find gives the first object of a kind below another.
func find[T fyne.CanvasObject](root fyne.CanvasObject, want func(T) bool) (out T, ok bool) {
	for _, o := range test.LaidOutObjects(root) {
		if x, is := o.(T); is && want(x) {
			return x, true
		}
	}
	return out, false
}

func TestPage_FigureOpens(t *testing.T) {
	s := newStage(t, newDesk(t), theme.Light(), fyne.NewSize(1178, 716))
	table, ok := find(s.page.Content(), func(*kit.Statement) bool { return true })
	if !ok {
		t.Fatal("no table")
	}
	s.win.Canvas().Focus(table)
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(s.panels) != 1 || !strings.Contains(s.panels[0].Title, "ITO") {
		t.Errorf("panels %v", s.panels)
	}
}

func TestPage_RefusedIsSaid(t *testing.T) {
	d := newDesk(t)
	d.err = errors.New("x")
	s := newStage(t, d, theme.Light(), fyne.NewSize(1178, 716))
	if _, ok := s.page.room.Objects[0].(*kit.Notice); !ok {
		t.Errorf("%T", s.page.room.Objects[0])
	}
	d.err = nil
	s.page.OnShow()
	s.wait()
	if _, ok := find(s.page.Content(), func(*kit.Statement) bool { return true }); !ok {
		t.Error("the figures are not shown once they can be read")
	}
}
