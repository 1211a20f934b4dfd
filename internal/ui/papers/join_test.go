package papers

import (
	"context"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/document"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// office remembers what papers were drawn with.
type office struct {
	Office
	issued int
	drawn  []issue.Extra
}

func (*office) CanIssue() bool                                    { return true }
func (*office) Currencies() []string                              { return nil }
func (*office) Rate(string) (issue.Rate, bool)                    { return issue.Rate{}, false }
func (*office) PutSetup(issue.Setup) error                        { return nil }
func (*office) Print(io.Writer, string, *document.Document) error { return nil }

func (*office) Setup() issue.Setup {
	return issue.Setup{Officer: "Officier d'essai", Agency: "Agence d'essai"}
}

func (o *office) Issue(order issue.Order) (issue.Paper, desk.Draft, error) {
	o.issued++
	return issue.Paper{Head: store.PaperHead{Number: "A7K2-0001"}}, order.Draft, nil
}

func (o *office) DraftDocument(_ desk.Draft, x issue.Extra) (*document.Document, error) {
	o.drawn = append(o.drawn, x)
	return &document.Document{}, nil
}

func (o *office) PaperDocument(_ *issue.Paper, x issue.Extra) (*document.Document, error) {
	return o.DraftDocument(desk.Draft{}, x)
}

type shell struct{ panel kit.PanelSpec }

func (s *shell) ShowPanel(p kit.PanelSpec)      { s.panel = p }
func (*shell) ShowToast(string, string, func()) {}

// joining is the panel of an old draft to which two parts can be attached; wrong
// keeps them from being made.
type joining struct {
	t *testing.T
	*Panel
	office *office
	todo   chan func()
	packs  []string // under which the parts were made
	wrong  error
}

func newJoining(t *testing.T) *joining {
	test.NewTempApp(t)
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	j := &joining{t: t, office: &office{}, todo: make(chan func(), 10)}
	part := func(name string) Part {
		return Part{Text: name, Make: func(_ context.Context, dr desk.Draft) ([]document.Block, error) {
			j.packs = append(j.packs, dr.Pack)
			return []document.Block{document.Paragraph{Text: name}}, j.wrong
		}}
	}
	j.Panel = Open(Params{
		Office: j.office, Texts: texts, Shell: &shell{}, Do: func(f func()) { j.todo <- f }, Draft: desk.Draft{Pack: "old"},
		Save:  func(p exhibit.SaveParams) { _ = p.Write(io.Discard) },
		Parts: []Part{part("comparison"), part("scenarios")},
	})
	for _, c := range checks {
		j.flow.ticked[c] = true
	}
	return j
}

// press issues the paper and waits for what comes of it.
func (j *joining) press() {
	j.t.Helper()
	j.doIssue()
	select {
	case f := <-j.todo:
		f()
	case <-time.After(10 * time.Second):
		j.t.Fatal("nothing came")
	}
}

func names(x issue.Extra) (out []string) {
	for _, b := range x.Parts {
		out = append(out, b.(document.Paragraph).Text)
	}
	return out
}

// What is ticked is in the draft under its own rules, and in the papers of the
// issue under those of today; once for all of them.
func TestJoin_WhatIsTicked(t *testing.T) {
	j := newJoining(t)
	j.flow.joined[1] = true
	j.saveDraft()
	j.flow.joined[0] = true
	j.press()
	if j.office.issued != 1 || !slices.Equal(j.packs, []string{"old", "", ""}) {
		t.Errorf("%d issued, parts made under %q", j.office.issued, j.packs)
	}
	for range 2 {
		if _, err := j.office.PaperDocument(nil, j.flow.extra()); err != nil {
			t.Fatal(err)
		}
	}
	both := []string{"comparison", "scenarios"}
	for i, want := range [][]string{{"scenarios"}, both, both} {
		if got := names(j.office.drawn[i]); !slices.Equal(got, want) {
			t.Errorf("paper %d has %q, want %q", i, got, want)
		}
	}
	if len(j.packs) != 3 {
		t.Error("parts were computed again after the issue")
	}
}

// What cannot be attached keeps the paper from being issued.
func TestJoin_RefusedIssuesNothing(t *testing.T) {
	j := newJoining(t)
	j.flow.joined[0], j.wrong = true, errors.New("no comparison")
	j.press()
	if j.office.issued != 0 || len(j.flow.parts) > 0 {
		t.Errorf("%d papers were issued", j.office.issued)
	}
	j.flow.joined[0] = false
	j.press()
	if j.office.issued != 1 || len(j.flow.parts) > 0 {
		t.Errorf("%d papers without parts", j.office.issued)
	}
}

// A paper that is handed over again says what it no longer has.
func TestDeliver_AgainSaysWhatIsMissing(t *testing.T) {
	j := newJoining(t)
	p := DeliverParams{Params: j.p, Paper: &issue.Paper{}}
	again, ok := Deliver(p)[0].(*kit.Paragraph)
	if !ok || again.Text() != j.p.Texts.Text("papers.parts.again") {
		t.Errorf("it begins with %v", Deliver(p)[0])
	}
	if len(Deliver(p)) != len(deliver(p))+1 {
		t.Error("a paper just issued says it too")
	}
}
