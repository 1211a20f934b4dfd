package issue

import (
	"context"
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/desk/paper"
	"atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

// parts are a comparison of all platforms and the three scenarios of a project.
func parts(t testing.TB, o *Office, p domain.Project) []document.Block {
	t.Helper()
	d := o.p.Desk
	c := d.NewComparison(p)
	c.Sites, c.Draws = nil, 200
	for _, s := range d.Comparable() {
		c.Sites = append(c.Sites, s.ID)
	}
	compared, err := d.Compare(context.Background(), c, nil)
	if err != nil {
		t.Fatal(err)
	}
	study, err := whatif.New(d)
	if err != nil {
		t.Fatal(err)
	}
	dr := eso()
	dr.Project = p
	three, err := study.Scenarios(dr)
	if err != nil {
		t.Fatal(err)
	}
	scenarios, err := paper.Scenarios(d, three)
	if err != nil {
		t.Fatal(err)
	}
	return append(paper.Comparison(d, compared, p), scenarios...)
}

// A comparison that is attached says what the comparison says, with quality and
// cost in tables of their own; the scenarios stand beside it.
func TestDocument_TakesAComparisonAndScenarios(t *testing.T) {
	c := open(t)
	p := eso().Project
	blocks := parts(t, c.Office, p)
	texts := c.p.Desk.Texts()
	tables := map[string]document.Table{}
	for _, b := range blocks {
		if table, ok := b.(document.Table); ok {
			tables[table.Title] = table
		}
	}
	criteria := len(c.p.Desk.Pack().Comparing.Criteria)
	for key, columns := range map[string]int{"paper.compare.quality": 6, "paper.compare.cost": 7, "paper.compare.raw": 1 + criteria, "paper.scenarios": 6} {
		table, ok := tables[texts.Text(key)]
		if !ok || len(table.Columns) != columns || table.Sheet == "" {
			t.Errorf("%s: %d columns, sheet %q, want %d", key, len(table.Columns), table.Sheet, columns)
		}
		for _, r := range table.Rows {
			if len(r.Cells) != columns {
				t.Errorf("%s: a row of %d cells", key, len(r.Cells))
			}
		}
	}
	if rows := tables[texts.Text("paper.scenarios")].Rows; len(rows) != 3 || rows[1].Cells[2].Value == nil || rows[1].Cells[2].Value.Decimal != "14669241.60" {
		t.Errorf("the scenario in the middle is not the project: %+v", rows)
	}
	d, err := c.DraftDocument(eso(), Extra{Parts: blocks})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, page := range drawn(t, c.Office, d) {
		said = append(said, page...)
	}
	all := strings.Join(said, " ")
	for _, want := range []string{"Casanearshore", texts.Text("paper.compare.order"), texts.Text("whatif.scenario.low")} {
		if !strings.Contains(all, want) {
			t.Errorf("the paper does not say %q", want)
		}
	}
	if strings.Contains(all, "\u27e6") {
		t.Errorf("a text is missing: %s", all[strings.Index(all, "\u27e6"):][:60])
	}
}

// What is attached says on an issued paper that its code is not about it; a
// comparison of another project says so; without parts nothing is said.
func TestParts_SayWhatTheyAreNot(t *testing.T) {
	c := open(t)
	p := c.issue(t)
	texts := c.p.Desk.Texts()
	said := func(blocks []document.Block, text string) (n int) {
		for _, b := range blocks {
			if p, is := b.(document.Paragraph); is && p.Text == text {
				n++
			}
		}
		return n
	}
	blocks := parts(t, c.Office, eso().Project)
	unsigned := texts.Text("paper.parts.unsigned")
	for want, x := range map[int]Extra{0: {}, 2: {Parts: blocks}} {
		d, err := c.PaperDocument(&p, x)
		if err != nil {
			t.Fatal(err)
		}
		if n := said(d.Blocks, unsigned); n != want {
			t.Errorf("said %d times beside %d parts", n, want)
		}
	}
	draft, err := c.DraftDocument(eso(), Extra{Parts: blocks})
	if err != nil || said(draft.Blocks, unsigned) != 0 {
		t.Errorf("a draft speaks of a code, %v", err)
	}
	other := texts.Text("paper.compare.other", "name", eso().Project.Name)
	d := c.p.Desk
	compared, err := d.Compare(context.Background(), d.NewComparison(eso().Project), nil)
	if err != nil {
		t.Fatal(err)
	}
	same, bigger := eso().Project, eso().Project
	same.Name, same.Site = "Autre nom", "casanearshore"
	bigger.Roles = slices.Clone(bigger.Roles)
	bigger.Roles[0].GrossMonthly++
	for want, of := range []domain.Project{same, bigger} {
		if n := said(paper.Comparison(d, compared, of), other); n != want {
			t.Errorf("of another project: said %d times, want %d", n, want)
		}
	}
}
