package compare

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// sheet is the comparison worked by hand: heading -> rows of cells, the first of
// which names the columns.
type sheet map[string][][]string

func readSheet(t *testing.T) sheet {
	t.Helper()
	raw, err := os.ReadFile("testdata/three-sites.md")
	if err != nil {
		t.Fatal(err)
	}
	out, heading := sheet{}, ""
	for line := range strings.Lines(string(raw)) {
		line = strings.TrimSpace(line)
		if text, ok := strings.CutPrefix(line, "## "); ok {
			heading = text
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|---") {
			continue
		}
		var cells []string
		for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
			cells = append(cells, strings.TrimSpace(cell))
		}
		out[heading] = append(out[heading], cells)
	}
	return out
}

// rows are those under a heading, without the names of the columns.
func (s sheet) rows(t *testing.T, heading string, n int) [][]string {
	t.Helper()
	rows := s[heading]
	if len(rows) != n+1 {
		t.Fatalf("%q has %d rows, want %d under the names of the columns", heading, len(rows), n)
	}
	return rows[1:]
}

// millionthsOf reads "-4" or "0.129032" as whole millionths.
func millionthsOf(t *testing.T, s string) int64 {
	t.Helper()
	digits, negative := strings.CutPrefix(s, "-")
	q, err := domain.ParseQuantity(digits)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	if negative {
		q = -q
	}
	return int64(q)
}

// threeOf reads "60 / 70 / 80", or one number that is all three.
func threeOf(t *testing.T, s string) [3]int64 {
	t.Helper()
	parts := strings.Split(s, " / ")
	if len(parts) == 1 {
		parts = []string{s, s, s}
	}
	return [3]int64{millionthsOf(t, parts[0]), millionthsOf(t, parts[1]), millionthsOf(t, parts[2])}
}

func (s sheet) input(t *testing.T) Input {
	t.Helper()
	var in Input
	for _, row := range s.rows(t, "What is compared: criteria", 4) {
		c := &rules.Criterion{ID: row[0]}
		for text := range strings.SplitSeq(row[4], ", ") {
			if value, points, ok := strings.Cut(text, " "); ok {
				n, err := strconv.Atoi(points)
				if err != nil {
					t.Fatal(err)
				}
				c.Levels = append(c.Levels, rules.Level{Value: value, Points: n})
			}
		}
		if len(c.Levels) == 0 {
			c.Worst, c.Best = domain.Quantity(millionthsOf(t, row[2])), domain.Quantity(millionthsOf(t, row[3]))
		}
		in.Criteria = append(in.Criteria, Criterion{Rule: c, Weight: millionthsOf(t, row[1]) / int64(whole)})
	}
	for _, row := range s.rows(t, "What is compared: values", 3) {
		site := Site{ID: row[0], Raw: map[string]Raw{}}
		for k, c := range in.Criteria {
			switch text := row[k+1]; {
			case text == "not published":
			case len(c.Rule.Levels) > 0:
				site.Raw[c.Rule.ID] = level(text)
			default:
				n := threeOf(t, text)
				site.Raw[c.Rule.ID] = Raw{Known: true, Low: domain.Quantity(n[0]), Value: domain.Quantity(n[1]), High: domain.Quantity(n[2])}
			}
		}
		in.Sites = append(in.Sites, site)
	}
	return in
}

func TestThreeSitesByHand(t *testing.T) {
	s := readSheet(t)
	r := run(t, s.input(t))
	three := func(s Score) [3]int64 { return [3]int64{int64(s.Low), int64(s.Value), int64(s.High)} }

	for _, row := range s.rows(t, "Step 1: scores", 3) {
		for k, c := range r.Criteria {
			if got, want := three(r.Sites[at(r, row[0])].Scores[k]), threeOf(t, row[k+1]); got != want {
				t.Errorf("score of %s on %s is %v, by hand %v", row[0], c.ID, got, want)
			}
		}
	}
	for _, row := range s.rows(t, "Step 2: quality", 3) {
		want := threeOf(t, strings.Join(row[1:], " / "))
		if got := three(r.Sites[at(r, row[0])].Quality); got != want {
			t.Errorf("quality of %s is %v, by hand %v", row[0], got, want)
		}
	}
	for _, row := range s.rows(t, "Step 3: ranks", 3) {
		i := at(r, row[0])
		tied := "no"
		if slices.Contains(r.Leaders, i) {
			tied = "first"
		} else if slices.Contains(r.Tied(), i) {
			tied = "yes"
		}
		rank := r.Sites[i].Rank
		got := []string{row[0], strconv.Itoa(slices.Index(r.Order, i) + 1), strconv.Itoa(rank.Best), strconv.Itoa(rank.Worst), tied}
		if !slices.Equal(got, row) {
			t.Errorf("ranks %v, by hand %v", got, row)
		}
	}
	s.checkWhy(t, r)
	s.checkStability(t, r)
}

func (s sheet) checkWhy(t *testing.T, r *Result) {
	t.Helper()
	heading := "Step 4: why one is before the next"
	for n, row := range s.rows(t, heading, len(r.Why)) {
		w := r.Why[n]
		if got := ids(r, w.Ahead, w.Behind); !slices.Equal(got, row[:2]) || int64(w.Points) != millionthsOf(t, row[6]) {
			t.Errorf("%v by %s, by hand %v", got, w.Points, row)
		}
		sum := Points(0)
		for _, c := range slices.Concat(w.For, w.Against) {
			column := slices.Index(s[heading][0], c.Criterion)
			if want := millionthsOf(t, row[column]); int64(c.Points) != want {
				t.Errorf("%s adds %s to %v, by hand %s", c.Criterion, c.Points, row[:2], row[column])
			}
			if marked := c.Criterion == "reserve" && row[0] == "East"; c.Missing != marked {
				t.Errorf("%s of %v is marked: %v", c.Criterion, row[:2], c.Missing)
			}
			sum += c.Points
		}
		if sum != w.Points {
			t.Errorf("%v: all contributions are named and add up to %s, not %s", row[:2], sum, w.Points)
		}
	}
}

func (s sheet) checkStability(t *testing.T, r *Result) {
	t.Helper()
	who := func(i int) string {
		if i < 0 {
			return "nobody"
		}
		return r.Sites[i].ID
	}
	for k, row := range s.rows(t, "Step 5: how far one weight can move", 4) {
		c := r.Criteria[k]
		from, to := domain.Share(millionthsOf(t, row[1])), domain.Share(millionthsOf(t, row[2]))
		if x := c.Stability; c.ID != row[0] || x.From != from || x.To != to || who(x.Below) != row[3] || who(x.Above) != row[4] {
			t.Errorf("%s: %s to %s, %s below and %s above; by hand %v", c.ID, x.From, x.To, who(x.Below), who(x.Above), row)
		}
	}
}
