// Package platforms is the place "Plateformes": the map of the regions, the sites
// by status, the regions by a statistic, and the data sheet of the chosen place,
// each value of which opens on its sources and can be corrected.
package platforms

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
)

// Desk is what the page asks of the use cases.
type Desk interface {
	Pack() *rules.Pack
	Texts() *i18n.Catalogue
	Sites() []*rules.Site
	StatusOf(*rules.Site) rules.SiteStatus
	Sheet(id string) (*desk.Sheet, error)
	Datum(place, field string) (*desk.Datum, error)
	RegionData(field string) (map[string]desk.Datum, error)
	SayDatum(*desk.Datum) desk.DatumText
	PlaceName(id string) string
	CanSave() bool
	Correct(desk.Correction) (undo func() error, err error)
	Withdraw(place, field string) (undo func() error, err error)
}

// Shell is what the page asks of the frame around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ClosePanel()
	ShowToast(text, action string, act func())
}

// Params is what the page works with. A button whose callback is nil is not there.
type Params struct {
	Desk     Desk
	Shell    Shell
	Compare  func(site string) (added bool) // go to the comparison with a platform; false where it is in it already
	Simulate func(site string)              // start a simulation at a platform
	Copy     func(text string)
	Failed   func(error) // say an error
	Changed  func()      // a value was corrected or brought back; may be nil
}

// Page is the place "Plateformes".
type Page struct {
	p       Params
	t       *i18n.Catalogue
	pres    *presenter
	chosen  string // id of a site or a region
	stat    string // id of the field that the map is shaded by
	left    *leftView
	sheet   *sheetView
	content fyne.CanvasObject
}

// Shares of the width, and the width under which the two sides stand below each
// other, in design pixels.
var sideShares = []float32{0.47, 0.53}

const (
	sideGap   = 20
	sideLeast = 480
)

// New makes the page on its first site.
func New(p Params) *Page {
	pg := &Page{p: p, t: p.Desk.Texts(), pres: newPresenter(p.Desk), stat: fieldUnemployment}
	if sites := p.Desk.Sites(); len(sites) > 0 {
		pg.chosen = sites[0].ID
	}
	pg.sheet = newSheetView(pg)
	pg.left = newLeftView(pg)
	pg.content = kit.Columns(sideGap, sideLeast, sideShares, pg.left.card, pg.sheet.room)
	pg.reload()
	return pg
}

// Choose shows a site or a region, as a click on it does; an unknown id changes
// nothing.
func (pg *Page) Choose(place string) {
	if pack := pg.p.Desk.Pack(); pack.Site(place) != nil || pack.Region(place) != nil {
		pg.choose(place)
	}
}

// Chosen is the id of the site or region shown.
func (pg *Page) Chosen() string { return pg.chosen }

func (pg *Page) choose(place string) {
	pg.chosen = place
	pg.showSheet()
	pg.left.mark()
}

func (pg *Page) showSheet() {
	read := pg.pres.site
	if pg.p.Desk.Pack().Region(pg.chosen) != nil {
		read = pg.pres.region
	}
	s, err := read(pg.chosen)
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.sheet.show(s)
}

// reload reads everything again: a value changed.
func (pg *Page) reload() {
	pg.showSheet()
	pg.left.load()
}

// valueChanged shows a changed value here and says so to whoever else shows it.
func (pg *Page) valueChanged() {
	pg.reload()
	if pg.p.Changed != nil {
		pg.p.Changed()
	}
}

// OpenFact slides the panel of a value over whatever place is shown: what is
// published for a field about a site or a region, and its correction.
func (pg *Page) OpenFact(place, field string) {
	x, err := pg.p.Desk.Datum(place, field)
	if err != nil {
		pg.p.Failed(err)
		return
	}
	if x != nil {
		pg.openPanel(pg.pres.datumProof(x))
	}
}

// OpenCap slides the panel of the income-tax cap of a site over whatever place is
// shown: the rule that gives it, or why none does; an unknown id opens nothing.
func (pg *Page) OpenCap(site string) {
	if pg.p.Desk.Pack().Site(site) == nil {
		return
	}
	s, err := pg.p.Desk.Sheet(site)
	if err != nil {
		pg.p.Failed(err)
		return
	}
	pg.openPanel(pg.pres.capProof(s))
}

// compare goes to the comparison with a platform, and says so where it is in it
// already: there nothing else would.
func (pg *Page) compare(site string) {
	if !pg.p.Compare(site) {
		pg.p.Shell.ShowToast(pg.t.Text("platforms.compared", "name", pg.p.Desk.PlaceName(site)), "", nil)
	}
}

// Title is the name of the place.
func (pg *Page) Title() string { return pg.t.Text("place.platforms") }

// Content is what the shell shows.
func (pg *Page) Content() fyne.CanvasObject { return pg.content }

// HeaderLeft is nothing.
func (pg *Page) HeaderLeft() []fyne.CanvasObject { return nil }

// HeaderRight is nothing.
func (pg *Page) HeaderRight() []fyne.CanvasObject { return nil }

// OnShow reads everything again: a value may have been corrected elsewhere.
func (pg *Page) OnShow() { pg.reload() }

// OnHide does nothing.
func (pg *Page) OnHide() {}
