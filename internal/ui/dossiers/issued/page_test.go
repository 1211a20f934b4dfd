package issued

import (
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/papers"
	"atlasp2i/internal/ui/theme"
)

// office holds papers of one simulation; reads counts how often one was opened.
type office struct {
	heads []store.PaperHead
	reads int
}

func (o *office) Papers(store.ID) ([]store.PaperHead, error) { return o.heads, nil }

func (o *office) Open(number string) (issue.Paper, error) {
	o.reads++
	for _, h := range o.heads {
		if h.Number == number {
			p := issue.Paper{Head: h, For: "Amal Idrissi"}
			p.Stated.Totals = seal.Totals{Months: 60, Benefits: seal.Figure{Value: domain.Money(14_669_241_60)}}
			return p, nil
		}
	}
	return issue.Paper{}, errors.New("no such paper")
}

type shell struct{ panel *kit.PanelSpec }

func (s *shell) ShowPanel(p kit.PanelSpec)      { s.panel = &p }
func (*shell) ShowToast(string, string, func()) {}

func TestList_NamesNobodyAndReadsEachPaperOnce(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	o := &office{heads: []store.PaperHead{{Number: "A7K2-0002", At: time.Now(), Dossier: "d", Simulation: "s"}, {Number: "A7K2-0001", At: time.Now()}}}
	todo, s := make(chan func(), 10), &shell{}
	var failed error
	pg := New(Params{
		Office: o, Papers: papers.Params{Texts: texts, Shell: s, Do: func(f func()) { todo <- f }},
		Name: func(id store.ID) string { return map[store.ID]string{"s": "Centre ESO"}[id] }, Failed: func(err error) { failed = err },
	})
	test.NewTempWindow(t, pg.Content()).Resize(fyne.NewSize(1100, 600))
	pg.OnShow()
	first, second := pg.row(&o.heads[0]), pg.row(&o.heads[1])
	if first[2] != "Centre ESO" || first[4] == "" || second[2] != "" || second[4] != "" {
		t.Errorf("rows %q, %q", first, second)
	}
	if want := texts.Text("dossiers.papers.gain", "amount", texts.Formatter().Compact(14_669_241_60), "count", 60); first[3] != want {
		t.Errorf("total %q, want %q", first[3], want)
	}
	for _, s := range append(first, second...) {
		if s == "Amal Idrissi" {
			t.Error("the list names somebody")
		}
	}
	if o.reads != 2 {
		t.Errorf("papers were read %d times", o.reads)
	}
	pg.Open("A7K2-0001")
	(<-todo)()
	if s.panel == nil || failed != nil {
		t.Fatalf("the paper did not open: %v", failed)
	}
	pg.Open("nothing")
	(<-todo)()
	if failed == nil {
		t.Error("a paper that is gone is not said")
	}
}
