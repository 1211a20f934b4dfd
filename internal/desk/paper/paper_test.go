package paper

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// office is the built-in pack with its engine and its French words.
type office struct {
	engine *calc.Engine
	texts  *i18n.Catalogue
}

func newOffice(t testing.TB) *office {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	e, err := calc.New(pack)
	if err != nil {
		t.Fatal(err)
	}
	return &office{e, texts.WithTexts(pack.Texts["fr"])}
}

func (o *office) source(t testing.TB, p domain.Project) Source {
	t.Helper()
	c, err := o.engine.Case(p)
	if err != nil {
		t.Fatal(err)
	}
	return Source{
		Texts: o.texts, Pack: o.engine.Pack(), Case: c, Result: c.Result(), Place: p.Site,
		Sheet: Sheet{Made: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)},
	}
}

// texts are all words of a document, in their order.
func texts(d *document.Document) []string {
	var out []string
	cell := func(c document.Cell) { out = append(out, c.Text) }
	for _, b := range d.Blocks {
		if spare, ok := b.(document.Spare); ok {
			b = spare.Block
		}
		switch b := b.(type) {
		case document.Lists:
			for _, l := range b.Lists {
				out = append(out, l.Title, l.More)
				for _, i := range l.Items {
					out = append(out, i.Text)
				}
			}
		case document.Heading:
			out = append(out, b.Text)
		case document.Paragraph:
			out = append(out, b.Text)
		case document.Answer:
			out = append(out, b.Label, b.Range, b.Note)
			cell(b.Cell)
			for _, p := range b.More {
				out = append(out, p.Name)
				cell(p.Cell)
			}
		case document.Pairs:
			out = append(out, b.Title)
			for _, p := range b.Pairs {
				out = append(out, p.Name)
				cell(p.Cell)
			}
		case document.Table:
			out = append(out, b.Title, b.Unit, b.Note)
			for _, r := range b.Rows {
				for _, c := range r.Cells {
					cell(c)
				}
			}
		case document.Checklist:
			out = append(out, b.Title)
			for _, i := range b.Items {
				out = append(out, i.Text, i.Said, i.Detail, i.Source)
			}
		case document.Drawing:
			out = append(out, b.Title, b.Caption)
		case document.Seal:
			out = append(out, b.Lines...)
		}
	}
	return out
}

func eso() domain.Project {
	p := calctest.Project("fes-shore", calctest.Role("30000.00", "2026-01", 40))
	p.Name = "Centre ESO de Fès"
	return p
}

// The paper of the worked case of the specification says its amounts, its range
// and that it is a draft.
func TestDocument_SaysTheWorkedCase(t *testing.T) {
	o := newOffice(t)
	d := Document(o.source(t, eso()))
	all := strings.Join(texts(d), "\n")
	for _, want := range []string{"14\u202f669\u202f242\u202fMAD", "14\u202f669\u202f241,60", "82\u202f012\u202f320", "Centre ESO de Fès", "100,0\u202f%, supposé", "0,0\u202f% *"} {
		if !strings.Contains(all, want) {
			t.Errorf("the paper does not say %q:\n%+q", want, all)
		}
	}
	if strings.Contains(all, "⟦") {
		t.Errorf("a text is missing: %s", all[strings.Index(all, "⟦"):])
	}
	if d.Draft == "" {
		t.Error("a paper without number is no draft")
	}
	s := o.source(t, eso())
	s.Sheet.Number, s.Sheet.Issued, s.Sheet.Valid, s.Sheet.Code = "A7K2-0001", "2026-03-02", "2026-06-02", "CODE"
	if d := Document(s); d.Draft != "" || !strings.Contains(d.Title, "A7K2-0001") {
		t.Error("an issued paper is a draft, or does not say its number")
	}
}

// A month in which a right is not known has no total that leaves it out unsaid.
func TestCalendar_TotalOfAMonthSaysWhatIsNotKnown(t *testing.T) {
	s := newOffice(t).source(t, eso())
	s.Rights.Months = []Right{
		{Month: calctest.Month("2026-12"), Amounts: [4]domain.Money{2: 100}, Unknown: [4]bool{3: true}},
		{Month: calctest.Month("2027-12"), Unknown: [4]bool{3: true}},
		{Month: calctest.Month("2028-12"), Amounts: [4]domain.Money{2: 100}},
	}
	for _, b := range Document(s).Blocks {
		table, is := b.(document.Table)
		if !is || table.Title != s.Texts.Text("paper.calendar") {
			continue
		}
		for i, want := range []string{"\u2265 1,00", "inconnu", "1,00"} {
			if c := table.Rows[i].Cells[5]; c.Text != want {
				t.Errorf("the total of month %d is %q, want %q", i+1, c.Text, want)
			}
		}
		return
	}
	t.Error("no calendar")
}

// sumOf adds up the cells that a cell is the sum of, in centimes.
func sumOf(t *rapid.T, rows []document.Row, refs []document.Ref) domain.Money {
	var out domain.Money
	for _, r := range refs {
		v := rows[r.Row].Cells[r.Column].Value
		if v == nil {
			continue
		}
		m, err := domain.ParseMoney(string(v.Decimal))
		if err != nil {
			t.Fatal(err)
		}
		if r.Minus {
			m = -m
		}
		out += m
	}
	return out
}

// Whatever the project, a cell that says it is a sum is that sum, the totals of
// the statement are those of the result, and the range stands beside them.
func TestDocument_SumsAreSums(t *testing.T) {
	o := newOffice(t)
	projects := calctest.Projects(o.engine, calctest.Shape{Months: 96})
	rapid.Check(t, func(rt *rapid.T) {
		s := o.source(t, projects.Draw(rt, "project"))
		d := Document(s)
		for _, b := range d.Blocks {
			table, ok := b.(document.Table)
			if !ok {
				continue
			}
			for _, row := range table.Rows {
				if len(row.Cells) != len(table.Columns) {
					rt.Fatalf("%s: %d cells under %d columns", table.Title, len(row.Cells), len(table.Columns))
				}
				for _, c := range row.Cells {
					if c.Sum != nil && c.Value != nil {
						if sum := sumOf(rt, table.Rows, c.Sum); sum.String() != string(c.Value.Decimal) {
							rt.Fatalf("%s: %s is said to be a sum that is %s", table.Title, c.Value.Decimal, sum)
						}
					}
				}
			}
		}
		if all := strings.Join(texts(d), "\n"); strings.Contains(all, "⟦") {
			rt.Fatalf("a text is missing: %s", all[strings.Index(all, "⟦"):])
		}
	})
}
