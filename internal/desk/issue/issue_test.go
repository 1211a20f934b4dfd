package issue

import (
	"context"
	"crypto/rand"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"atlasp2i/assets"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/report"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// counter is an office over a real store.
type counter struct {
	*Office
	store *store.Store
	now   time.Time
}

func open(t testing.TB) *counter {
	t.Helper()
	device, err := seal.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return openUnder(t, t.TempDir(), assets.PackFiles(), device)
}

// openUnder opens the store of a folder under the pack of some files.
func openUnder(t testing.TB, dir string, files fs.FS, device *seal.Device) *counter {
	t.Helper()
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(dir, "t.db"), Device: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: files, Texts: texts, Store: s})
	if err != nil {
		t.Fatal(err)
	}
	c := &counter{store: s, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	c.Office, err = New(Params{
		Desk: d, Store: s, Printer: report.Printer{}, Device: func() (*seal.Device, error) { return device, nil }, Now: func() time.Time { return c.now },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func eso() desk.Draft {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO"
	return desk.Draft{Project: p}
}

var checked = seal.Check{Mode: seal.ByChecklist, By: "Officier d'essai"}

func (c *counter) issue(t testing.TB) Paper {
	t.Helper()
	if err := c.PutSetup(Setup{Officer: "Officier d'essai", Agency: "Agence d'essai"}); err != nil {
		t.Fatal(err)
	}
	p, saved, err := c.Issue(Order{Draft: eso(), Check: checked})
	if err != nil {
		t.Fatal(err)
	}
	if saved.ID == "" || saved.Revision != 1 {
		t.Errorf("the simulation was not saved: %+v", saved)
	}
	return p
}

func TestIssue_StatesTheResult(t *testing.T) {
	p := open(t).issue(t)
	if got := p.Stated.Totals.Benefits.Value.String(); got != "14669241.60" {
		t.Errorf("benefits %s", got)
	}
	if p.Stated.Totals.Benefits.Low > p.Stated.Totals.Benefits.Value || p.Stated.Totals.Benefits.High.String() != "25289241.60" {
		t.Errorf("range %s to %s", p.Stated.Totals.Benefits.Low, p.Stated.Totals.Benefits.High)
	}
	if !strings.HasSuffix(p.Head.Number, "-0001") {
		t.Errorf("the first paper has the number %s", p.Head.Number)
	}
}

func TestIssue_NeedsAnOfficerAndAStore(t *testing.T) {
	c := open(t)
	var wrong *domain.Problem
	if _, _, err := c.Issue(Order{Draft: eso()}); !errors.As(err, &wrong) || wrong.Field != "officer" {
		t.Errorf("without an officer: %v", err)
	}
	if list, _ := c.Papers(""); len(list) > 0 {
		t.Error("a paper was issued")
	}
}

// What cannot be signed is refused before the simulation is saved.
func TestIssue_RefusedChangesNothing(t *testing.T) {
	long := strings.Repeat("x", 201)
	for field, order := range map[string]struct {
		Setup
		seal.Check
	}{
		"officer":    {Setup{Officer: long, Agency: "Agence d'essai"}, checked},
		"agency":     {Setup{Officer: "Officier d'essai"}, checked},
		"fair":       {Setup{Officer: "Officier d'essai", Agency: "Agence d'essai", Fair: long}, checked},
		"check.by":   {Setup{Officer: "Officier d'essai", Agency: "Agence d'essai"}, seal.Check{Mode: seal.BySecond, By: "a\nb"}},
		"check.mode": {Setup{Officer: "Officier d'essai", Agency: "Agence d'essai"}, seal.Check{By: "Officier d'essai"}},
	} {
		c := open(t)
		if err := c.PutSetup(order.Setup); err != nil {
			t.Fatal(err)
		}
		var wrong *domain.Problem
		if _, dr, err := c.Issue(Order{Draft: eso(), Check: order.Check}); !errors.As(err, &wrong) || wrong.Field != field || dr.ID != "" {
			t.Errorf("%s: %v, saved as %q", field, err, dr.ID)
		}
		if list, err := c.p.Desk.List(); err != nil || len(list) > 0 {
			t.Errorf("%s: %d simulations are kept, %v", field, len(list), err)
		}
	}
}

// A paper that comes back is genuine by its code and by its number, however that
// is typed, and computes again to the centime.
func TestVerify_Genuine(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	for _, typed := range []string{p.Code, p.Head.Number, " " + strings.ToLower(p.Head.Number) + " "} {
		v, err := c.Verify(typed)
		if err != nil {
			t.Fatal(err)
		}
		if v.Finding.State != seal.Own || !v.Exact || v.Differs || v.Expired || len(v.Moved) > 0 || v.Failed != nil {
			t.Errorf("%q: %+v", typed, v)
		}
	}
	c.now = c.now.AddDate(2, 0, 0)
	if v, _ := c.Verify(p.Code); !v.Expired {
		t.Error("after two years the paper is still valid")
	}
}

func TestVerify_NotGenuine(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	at := len(p.Code) / 2
	other := byte('A')
	if p.Code[at] == other {
		other = 'B'
	}
	v, err := c.Verify(p.Code[:at] + string(other) + p.Code[at+1:])
	if err != nil {
		t.Fatal(err)
	}
	if v.Finding.Genuine() || v.Paper != nil {
		t.Errorf("an altered code: %+v", v.Finding)
	}
	if v, err := c.Verify("bonjour"); err != nil || v.Finding.State != seal.Unreadable {
		t.Errorf("a word: %+v, %v", v.Finding, err)
	}
	stranger := open(t)
	if v, err := stranger.Verify(p.Code); err != nil || v.Finding.State != seal.OfUnknown || v.Paper != nil {
		t.Errorf("the paper of another laptop: %+v, %v", v.Finding, err)
	}
	if _, err := stranger.Verify(p.Head.Number); err == nil {
		t.Error("a number that nobody has is verified")
	}
}

// altered is a store somebody changed by hand.
type altered struct {
	Store
	paper func(*store.Paper)
}

func (s altered) Paper(number string) (store.Paper, error) {
	p, err := s.Store.Paper(number)
	s.paper(&p)
	return p, err
}

// What stands beside the signed bytes of a paper is not signed: a paper that was
// led to another project, even one of the same figures, or to another number, is
// neither exact nor printed.
func TestOpen_AlteredBesideTheSignature(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	dr, err := c.p.Desk.Open(p.Head.Simulation)
	if err != nil {
		t.Fatal(err)
	}
	dr.Project.Name = "Un autre centre"
	if _, err := c.p.Desk.Save(dr); err != nil {
		t.Fatal(err)
	}
	whole := c.p.Store
	c.p.Store = altered{whole, func(p *store.Paper) { p.Revision = 2 }}
	v, err := c.Verify(p.Code)
	if err != nil || v.Exact || v.Failed == nil {
		t.Errorf("another project is the one that was signed: %+v, %v", v, err)
	}
	if _, err := c.PaperDocument(v.Paper, Extra{}); err == nil {
		t.Error("another project is printed as the one that was signed")
	}
	c.p.Store = whole
	first, second := p.Head.Number, c.issue(t).Head.Number
	c.p.Store = altered{whole, func(p *store.Paper) { *p, _ = whole.Paper(second) }}
	var wrong *domain.Problem
	if _, err := c.Open(first); !errors.As(err, &wrong) {
		t.Errorf("paper %s stands under the number %s: %v", second, first, err)
	}
}

// The simulation goes on changing; the paper does not.
func TestDocument_IsThatOfTheIssue(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	dr, err := c.p.Desk.Open(p.Head.Simulation)
	if err != nil {
		t.Fatal(err)
	}
	dr.Project.Roles[0].Hires[0].Count = 400
	if _, err := c.p.Desk.Save(dr); err != nil {
		t.Fatal(err)
	}
	if err := c.PutSetup(Setup{Officer: "Une autre", Agency: "Ailleurs"}); err != nil {
		t.Fatal(err)
	}
	d, err := c.PaperDocument(&p, Extra{Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Draft != "" || d.Mast.Name != "Agence d'essai" {
		t.Errorf("draft %q of %q", d.Draft, d.Mast.Name)
	}
	if a := answer(d); string(a.Cell.Value.Decimal) != "14669241.60" {
		t.Errorf("the paper says %s", a.Cell.Text)
	}
	draft, err := c.DraftDocument(eso(), Extra{})
	if err != nil || draft.Draft == "" {
		t.Errorf("a draft without its mark, %v", err)
	}
}

func answer(d *document.Document) document.Answer {
	for _, b := range d.Blocks {
		if a, ok := b.(document.Answer); ok {
			return a
		}
	}
	return document.Answer{}
}

func TestRate_OwnBeforeThePack(t *testing.T) {
	c := open(t)
	before, ok := c.Rate("EUR")
	if !ok || before.Own {
		t.Fatalf("the pack's rate: %+v, %v", before, ok)
	}
	if err := c.PutRate("EUR", "10,9125"); err != nil {
		t.Fatal(err)
	}
	if r, _ := c.Rate("EUR"); !r.Own || r.MAD != 10_912_500 {
		t.Errorf("own rate: %+v", r)
	}
	for _, wrong := range []string{"0", "dix", "10912,5", "-1"} {
		if err := c.PutRate("EUR", wrong); err == nil {
			t.Errorf("%q is taken for a rate", wrong)
		}
	}
	if err := c.PutRate("EUR", ""); err != nil {
		t.Fatal(err)
	}
	if r, _ := c.Rate("EUR"); r != before {
		t.Errorf("back to the pack: %+v", r)
	}
}

// A paper of another laptop is genuine once that laptop is known, and a known one with
// our own prefix is told.
func TestVerify_KnownLaptops(t *testing.T) {
	here, there := open(t), open(t)
	paper := there.issue(t)
	state := func() (seal.State, *domain.Msg) {
		t.Helper()
		v, err := here.Verify(paper.Code)
		if err != nil {
			t.Fatal(err)
		}
		return v.Finding.State, v.Clash
	}
	if is, clash := state(); is != seal.OfUnknown || clash != nil {
		t.Errorf("before: %v, %v", is, clash)
	}
	put := func(id string, key seal.PublicKey) {
		t.Helper()
		if err := here.store.PutDevice(store.Device{ID: id, PublicKey: key.String(), Name: "Stand 2"}); err != nil {
			t.Fatal(err)
		}
	}
	theirs, err := there.Key()
	if err != nil {
		t.Fatal(err)
	}
	put("stand-2", theirs)
	if is, clash := state(); is != seal.OfKnown || clash != nil {
		t.Errorf("known: %v, %v", is, clash)
	}
	own, err := here.Key()
	if err != nil {
		t.Fatal(err)
	}
	var twin seal.PublicKey // found by trying: only the prefix of a key matters here
	for i := 0; twin.Prefix() != own.Prefix(); i++ {
		twin[0], twin[1], twin[2], twin[3] = byte(i), byte(i>>8), byte(i>>16), byte(i>>24)
	}
	put("stand-3", twin)
	if is, clash := state(); is != seal.OfKnown || clash == nil || clash.Args["device"] != "Stand 2" {
		t.Errorf("twin: %v, %v", is, clash)
	}
}
