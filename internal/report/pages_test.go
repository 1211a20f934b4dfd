package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/document"
)

// A table that goes over several pages has its titles on each, no row is cut, and
// no title of a group stands alone at the end of a page.
func TestTable_OverPages(t *testing.T) {
	const rows = 200
	d := sample()
	d.Blocks = []document.Block{long(rows)}
	pages := laid(t, d)
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	seen := 0
	for i, p := range pages {
		all := said(p)
		if !slices.Contains(all, "Ensemble") {
			t.Errorf("page %d has no column titles", i+1)
		}
		lines := map[float64]int{}
		last := ""
		for _, m := range texts(p) {
			if strings.HasPrefix(m.Text, "mois ") {
				seen++
				last = m.Text
			} else if strings.HasPrefix(m.Text, "20") && m.Bold {
				last = m.Text
			}
			lines[m.At.Y]++
		}
		for _, m := range texts(p) {
			if strings.HasPrefix(m.Text, "mois ") && lines[m.At.Y] != 5 {
				t.Errorf("page %d: the row %q has %d cells", i+1, m.Text, lines[m.At.Y])
			}
		}
		if strings.HasPrefix(last, "20") {
			t.Errorf("page %d ends with the title of the group %s", i+1, last)
		}
	}
	if seen != rows {
		t.Errorf("%d rows are drawn of %d", seen, rows)
	}
}

func TestTable_TwelveRolesKeepTheirNumbersWhole(t *testing.T) {
	d := sample()
	d.Blocks = []document.Block{roles(12)}
	all := saidAll(laid(t, d))
	for i := range 12 {
		if n := strings.Count(all, amount(10529242+i).Text); n != 3 {
			t.Errorf("%s stands %d times, want 3", amount(10529242+i).Text, n)
		}
	}
	if !strings.Contains(all, "Imp\u00f4t sur le revenu avec l\u2019offre") {
		t.Error("the first column is broken although there was room")
	}
}

func TestTable_RowHigherThanAPage(t *testing.T) {
	d := sample()
	text := strings.Repeat("mot ", 12000)
	d.Blocks = []document.Block{document.Table{
		Columns: []document.Column{{Title: "a", Left: true}, {Title: "b"}},
		Rows:    []document.Row{{Cells: []document.Cell{words(text), amount(1)}}},
	}}
	if n := strings.Count(saidAll(laid(t, d)), "mot"); n != 12000 {
		t.Errorf("%d words of 12000 are drawn", n)
	}
}

func TestTable_RowsThatDoNotFit(t *testing.T) {
	d := sample()
	bad := measures()
	bad.Rows[1].Cells = bad.Rows[1].Cells[:2]
	d.Blocks = []document.Block{bad}
	var out bytes.Buffer
	if PDF(&out, d) == nil || XLSX(&out, d) == nil || CSV(&out, bad) == nil || out.Len() > 0 {
		t.Error("a row with too few cells is drawn")
	}
}

func TestWrap_LongNameLosesNothing(t *testing.T) {
	lines := setter{}.wrap(longName, body, 50)
	if strings.Join(lines, "") != longName || len(lines) < 4 {
		t.Errorf("%d letters became %q", len(longName), lines)
	}
	for _, l := range lines {
		if w := (setter{}).width(l, body); w > 50 {
			t.Errorf("%q is %.1f wide", l, w)
		}
	}
}

func TestWrap_PrefersTheJointsOfAName(t *testing.T) {
	lines := setter{}.wrap(longName, body, 50)
	for _, l := range lines[:len(lines)-1] {
		if !strings.HasSuffix(l, "-") {
			t.Errorf("a line ends within a part: %q", l)
		}
	}
}

func TestWrap_KeepsNumbersTogether(t *testing.T) {
	for _, l := range (setter{}).wrap("un gain de 14\u202f669\u202f242\u00a0MAD au plus", body, 32) {
		if strings.Contains(l, "14") && !strings.Contains(l, "14\u202f669\u202f242\u00a0MAD") {
			t.Errorf("the amount is broken: %q", l)
		}
	}
}

func TestHeading_StaysWithWhatFollows(t *testing.T) {
	for n := range 60 {
		d := sample()
		d.Blocks = nil
		for range n {
			d.Blocks = append(d.Blocks, document.Paragraph{Text: "ligne"})
		}
		d.Blocks = append(d.Blocks, document.Heading{Text: "titre", Level: 2}, measures())
		for i, p := range laid(t, d) {
			if all := said(p); slices.Contains(all, "titre") && !slices.Contains(all, "PAE prime \u00e0 l\u2019emploi") {
				t.Fatalf("%d lines before: the heading stands alone on page %d", n, i+1)
			}
		}
	}
}
