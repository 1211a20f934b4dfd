package rulebook

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/kit"
)

func (s *stage) says(part string) bool {
	return slices.ContainsFunc(texts(s.page.Content()), func(text string) bool { return strings.Contains(plain.Replace(text), part) })
}

// Every rule value of the pack is on the page, with its text and its day.
func TestRules_All(t *testing.T) {
	s := newStage(t)
	b := s.page.book
	n := 0
	for _, ch := range b.chapters {
		if strings.Contains(ch.title, ".") {
			t.Errorf("a chapter is called %q", ch.title)
		}
		for _, p := range ch.params {
			n++
			if len(p.dated) != len(s.desk.Pack().Params[p.id].Dated) {
				t.Errorf("%s has %d values", p.id, len(p.dated))
			}
			for _, d := range p.dated {
				if said := d.value + d.where + d.span + d.sure; strings.Contains(said, "⟦") || d.where == "" {
					t.Errorf("%s: %q", p.id, said)
				}
			}
		}
	}
	if n != len(s.desk.Pack().Params) || len(b.questions) != len(s.desk.Pack().Readings) || len(b.origins) != len(s.desk.Pack().Sources) {
		t.Errorf("%d values, %d readings, %d sources", n, len(b.questions), len(b.origins))
	}
	if len(b.questions[0].answers) < 2 || !strings.Contains(b.questions[0].answers[0], "par défaut") || strings.Contains(b.questions[0].answers[1], "par défaut") {
		t.Errorf("answers %q", b.questions[0].answers)
	}
}

func TestRules_Search(t *testing.T) {
	s := newStage(t)
	s.page.tabs.Select(tabRules)
	test.Type(s.page.book.search, "PLAFOND cnss")
	if !s.says("Plafond mensuel") || s.says("Salaire minimum") {
		t.Error("the search does not narrow the list")
	}
	s.page.book.search.SetText("xyzzy")
	if !s.says("Rien ne contient") {
		t.Error("an empty list says nothing")
	}
	s.page.book.search.SetText("")
	b := s.page.book
	b.open(&b.chapters[0].params[0])
	said := plain.Replace(strings.Join(texts(s.panel.Content), "\n"))
	if !strings.Contains(said, b.chapters[0].params[0].name) {
		t.Errorf("the panel says %q", said)
	}
}

// A tab of another room is told when it comes on the screen and when it leaves it, and
// nothing while the page is not there.
func TestTab_ShownAndHidden(t *testing.T) {
	s := newStage(t)
	var told []string
	note := func(what string) func() { return func() { told = append(told, what) } }
	page := New(Params{Desk: s.desk, Shell: s, Do: s.do, Tabs: []Tab{
		{ID: "a", Label: "A", Content: kit.VStack(0), Shown: note("a"), Hidden: note("not a")},
		{ID: "b", Label: "B", Content: kit.VStack(0)},
	}})
	for _, step := range []struct {
		do   func()
		want []string
	}{
		{func() { page.ShowTab("a") }, nil},
		{page.OnShow, []string{"a"}},
		{func() { page.ShowTab("b") }, []string{"not a"}},
		{func() { page.ShowTab("a") }, []string{"a"}},
		{page.OnHide, []string{"not a"}},
		{page.OnHide, nil},
	} {
		told = nil
		step.do()
		if !slices.Equal(told, step.want) {
			t.Fatalf("told %q, want %q", told, step.want)
		}
	}
}

func TestStation_IsKept(t *testing.T) {
	s := newStage(t)
	for _, l := range s.page.station.lines {
		l.entry.SetText(" " + l.key + " ")
	}
	if s.page.station.lines[3].field.Message() == "" {
		t.Error("a mistyped e-mail has no mark")
	}
	s.page.OnHide()
	got := s.office.Setup()
	if got.Officer != "officer" || got.Fair != "fair" || got.Email != "email" {
		t.Errorf("kept %+v", got)
	}
	before := s.page
	before.station.lines[0].entry.SetText("Une autre")
	before.tabs.Select(tabRules)
	before.book.search.SetText("smig")
	s.open()
	s.page.Follow(before)
	if s.page.tabs.Selected() != tabRules || s.page.book.search.Text != "smig" || s.page.station.lines[0].entry.Text != "Une autre" {
		t.Error("a switch of language loses what was typed")
	}
}

func TestLogo(t *testing.T) {
	s := newStage(t)
	l := s.page.station.logo
	file := func(data []byte) {
		l.choose = func(take func(io.ReadCloser)) { take(io.NopCloser(bytes.NewReader(data))) }
		l.choose(l.take)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 30, 10))); err != nil {
		t.Fatal(err)
	}
	file(b.Bytes())
	s.until("the logo", func() bool { return len(s.office.Setup().Logo) > 0 })
	if !l.remove.Visible() {
		t.Error("a logo cannot be taken away")
	}
	file([]byte("no picture"))
	s.until("the refusal", l.wrong.Visible)
	if !bytes.Equal(s.office.Setup().Logo, b.Bytes()) {
		t.Error("a refused picture took the place of the logo")
	}
	test.Tap(l.remove)
	if len(s.office.Setup().Logo) > 0 || l.remove.Visible() {
		t.Error("the logo stays")
	}
}

func TestRates(t *testing.T) {
	s := newStage(t)
	row := s.page.station.rates.rows[0]
	before := row.entry.Text
	row.entry.SetText("dix")
	row.entry.OnSubmitted("dix")
	if row.field.Message() == "" || s.rated != 0 {
		t.Error("a word is taken for a rate")
	}
	row.entry.SetText("10,9")
	row.entry.OnSubmitted("10,9")
	if r, _ := s.office.Rate(row.currency); !r.Own || s.rated != 1 || row.field.Message() != "" || row.foot.Hidden {
		t.Errorf("%+v, told %d", r, s.rated)
	}
	test.Tap(row.back)
	if r, _ := s.office.Rate(row.currency); r.Own || row.entry.Text != before || !row.foot.Hidden {
		t.Errorf("not back at the published rate: %+v, %q", r, row.entry.Text)
	}
}

func TestVerify_ByTypingAndByFile(t *testing.T) {
	s := newStage(t)
	p := s.issue()
	s.page.tabs.Select(tabVerify)
	c := s.page.check
	if !c.press.Disabled() {
		t.Error("nothing can be verified")
	}
	test.Type(c.entry, p.Head.Number)
	test.Tap(c.press)
	s.until("the verdict", func() bool { return s.says("Authentique") })
	if !s.says("14 669 241,60") {
		t.Error("the totals are missing")
	}
	s.page.OnHide()
	if s.says("Authentique") || c.entry.Text != "" {
		t.Error("the paper stays on the screen for the next visitor")
	}
	c.choose = func(take func(io.ReadCloser)) { take(io.NopCloser(strings.NewReader(p.Code + "\r\n"))) }
	c.choose(c.take)
	s.until("the verdict of a file", func() bool { return s.says("Authentique") })
	c.entry.SetText("A7K2-0042")
	test.Tap(c.press)
	s.until("the refusal", func() bool { return s.says("Rien de vérifié") })
}

// Where no paper is made there are the rules alone.
func TestWithoutAnOffice(t *testing.T) {
	s := newStage(t)
	pg := New(Params{Desk: s.desk, Shell: s, Now: nil, Do: s.do})
	pg.OnShow()
	pg.ShowRates()
	pg.Follow(s.page)
	pg.OnHide()
	if len(pg.views) != 1 {
		t.Errorf("%d tabs", len(pg.views))
	}
}
