// Package compare is the place "Comparer": what matters on the left, and on the
// right who leads, why, at what cost and how stable that is. What is set (board.go)
// and how a result reads (model.go and beside it) know no widget; the other files
// show them.
package compare

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/currency"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Desk is what the page asks of the use cases.
type Desk interface {
	Pack() *rules.Pack
	Texts() *i18n.Catalogue
	CanSave() bool
	Comparable() []*rules.Site
	PlaceName(id string) string
	Weightings() []desk.WeightSet
	Weighting(id string) (desk.WeightSet, bool)
	KeepWeighting(name string, points map[string]int) (string, error)
	DropWeighting(id string) (undo func() error, err error)
	NewComparison(p domain.Project) desk.Comparison
	KeptComparison() (desk.Comparison, bool)
	KeepComparison(c desk.Comparison) error
	Compare(ctx context.Context, c desk.Comparison, progress func(done, of int)) (*desk.Compared, error)
	Explain(dr desk.Draft, line string, year int) (*calc.Explanation, error)
	ParseNumber(unit, typed string) (domain.Quantity, *domain.Problem)
	SayLead(c *desk.Compared) desk.Lead
	SayCell(c *desk.Cell) desk.CellText
	SaySwing(c *rules.Criterion) string
	SayUnit(c *rules.Criterion) string
	SayEdge(s domain.Share) string
	SayRank(r *compare.Ranked) string
	SayShare(s domain.Share) string
	SayMade(c *desk.Compared) string
	SayProject(c *desk.Compared) string
	SayAfter(cost *desk.SiteCost) string
	CriterionName(id string) string
	MustName(m *rules.MustHave, num domain.Quantity) string
	ComparedText(c *desk.Compared) string
}

// Shell is what the page asks of the frame around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ShowToast(text, action string, act func())
	Copy(text string)
	RefreshHeader()
}

// Params is what the page works with. A press whose callback is nil is not there.
type Params struct {
	Desk  Desk
	Shell Shell
	// Simulate opens the simulator on a site with the compared project: its pay
	// there included.
	Simulate func(site string, p domain.Project)
	// Current is the project of which Simuler shows the gain; false where there is
	// none of somebody's. It takes the place of an example when the page is shown.
	Current func() (domain.Project, bool)
	// Edit goes to where the compared project is changed; example is that it is a
	// sample, not somebody's.
	Edit func(p domain.Project, example bool)
	// Fact opens the panel of a value of the data sheets: a site's or a region's.
	Fact func(place, field string)
	// Cap opens the rule of the AIR cap of a site.
	Cap    func(site string)
	Failed func(error) // says an error
	Do     func(func())
}

// Page is the place "Comparer". Its methods belong to the window's thread.
type Page struct {
	p     Params
	t     *i18n.Catalogue
	board *board
	calc  *parts.Worker
	panel *parts.Worker // opens explanations
	last  *desk.Compared
	soon  *time.Timer

	second *currency.Second // beside the dirham, nil for none

	left  *leftView
	right *rightView
	split *parts.Split
}

const (
	leftWidth   = 330                   // of what is set, design pixels
	leastTable  = 660                   // of the ranking: three platforms beside each other
	typingPause = 10 * time.Millisecond // before a change is computed: a bar that is dragged is followed
	keepAfter   = time.Second           // after the last change what is set is kept
)

// New makes the page: with what was set last, or from a sample.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Desk.Texts(), board: newBoard(p.Desk), calc: &parts.Worker{Do: p.Do, Wait: typingPause}, panel: &parts.Worker{Do: p.Do}}
	pg.left, pg.right = newLeftView(pg), newRightView(pg)
	pg.split = parts.NewSplit(parts.SplitParams{
		Left: pg.left.box, Right: pg.right.held, Over: pg.right.over, Width: leftWidth, Least: leastTable, Sideways: pg.right.table.scroll.Scrolled,
		Names: [2]string{pg.t.Text("compare.tab.criteria"), pg.t.Text("compare.tab.ranking")}, Digest: pg.right.digest.Box,
	})
	pg.show()
	return pg
}

// Follow goes on where a page in another language was left. A text that was
// refused goes: its field shows what is set.
func (pg *Page) Follow(old *Page) {
	old.calc.Stop()
	old.OnHide()
	pg.board.c, pg.board.example, pg.board.chosen = old.board.c, old.board.example, old.board.chosen
	pg.split.Show(old.split.Shown())
	pg.show()
}

// Take compares the project that is being simulated.
func (pg *Page) Take(p domain.Project) {
	pg.board.take(p)
	pg.changed()
}

// Add compares one platform more, and says whether it was not compared yet.
func (pg *Page) Add(site string) bool {
	already := slices.Contains(pg.board.c.Sites, site)
	pg.board.add(site)
	pg.changed()
	return !already
}

// SetCurrency says the costs in a second currency too; nil is dirhams alone.
func (pg *Page) SetCurrency(s *currency.Second) {
	pg.second = s
	pg.right.setCurrency(s)
}

// changed follows a change by a person: it is shown, computed and kept.
func (pg *Page) changed() {
	pg.keepSoon()
	pg.show()
	pg.p.Shell.RefreshHeader()
}

// show writes what is set beside its fields and computes it.
func (pg *Page) show() {
	pg.left.show()
	pg.right.terms.follow()
	pg.compute()
}

func (pg *Page) keepSoon() {
	if pg.soon != nil {
		pg.soon.Stop()
	}
	pg.soon = time.AfterFunc(keepAfter, func() { pg.p.Do(pg.keep) })
}

// keep puts what is set into the store; nothing where nothing changed since.
func (pg *Page) keep() {
	if pg.soon == nil {
		return
	}
	pg.soon.Stop()
	pg.soon = nil
	if err := pg.p.Desk.KeepComparison(pg.board.c); err != nil {
		pg.p.Failed(err)
	}
}

// outcome is what a comparison gave.
type outcome struct {
	made *desk.Compared
	err  error
}

// compute compares off the window's thread what is set now.
func (pg *Page) compute() {
	if why := pg.board.hold(); why != "" {
		pg.calc.Stop()
		pg.right.busy(false)
		pg.hold(why, false)
		return
	}
	d, c := pg.p.Desk, pg.board.c
	parts.Ask(pg.calc, parts.Job[outcome]{
		Work: func(ctx context.Context, progress func(done, of int)) outcome {
			made, err := d.Compare(ctx, c, progress)
			return outcome{made, err}
		},
		Show: pg.publish, Slow: pg.right.progressed,
	})
}

func (pg *Page) publish(o outcome) {
	pg.right.busy(false)
	var wrong *domain.Problem
	switch {
	case o.err == nil:
		pg.last = o.made
		pg.right.set(newModel(pg.p.Desk, o.made, pg.board.example))
		pg.left.follow(o.made)
	case errors.As(o.err, &wrong) && pg.board.refused(wrong):
		pg.left.showMusts()
		pg.right.terms.follow()
		pg.hold(pg.board.hold(), false)
	default:
		pg.hold(pg.t.Text("compare.hold.project", "why", desk.Say(pg.t, o.err)), true)
	}
}

// hold says why what is shown is not current; project is that the project is what
// is wrong.
func (pg *Page) hold(why string, project bool) {
	pg.left.forget()
	pg.right.hold(why, project)
}

// stop ends a slow comparison; the next change starts it again.
func (pg *Page) stop() {
	pg.calc.Stop()
	pg.right.busy(false)
	pg.hold(pg.t.Text("compare.hold.stopped"), false)
}

// Title is the name of the place and how many are compared.
func (pg *Page) Title() string {
	if key := "compare.title." + strconv.Itoa(len(pg.board.c.Sites)); pg.t.Has(key) {
		return pg.t.Text(key)
	}
	return pg.t.Text("compare.title")
}

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.split.Box }

// Reveal brings what got the focus into view in its own column.
func (pg *Page) Reveal(o fyne.CanvasObject) {
	pg.split.Reveal(o)
	pg.right.table.reveal(o)
}

// ScrollPage moves what is read by a page.
func (pg *Page) ScrollPage(down bool) bool { return pg.split.ScrollPage(down) }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow computes again: a value may have been corrected elsewhere, and a project
// simulated that is more to the point than an example.
func (pg *Page) OnShow() {
	if pg.board.example && pg.p.Current != nil {
		if p, there := pg.p.Current(); there && !desk.IsSample(pg.t, &p) {
			pg.Take(p)
		}
	}
	pg.show()
}

// OnHide keeps what is set; an explanation that was asked for here is not shown
// over another place.
func (pg *Page) OnHide() {
	pg.panel.Stop()
	pg.keep()
}

// Comparison is what is compared now.
func (pg *Page) Comparison() desk.Comparison { return pg.board.c }

// Start compares what was kept elsewhere, with a contact.
func (pg *Page) Start(c desk.Comparison) {
	pg.board.c, pg.board.chosen, pg.board.example = c, true, desk.IsSample(pg.t, &c.Project)
	pg.changed()
}
