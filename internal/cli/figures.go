package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// figures prints the published figures of the sector, or with --check how their
// readings and their arithmetic stand.
func (c *command) figures(args []string) error {
	if err := c.wants(args); err != nil {
		return err
	}
	var book *figures.Book
	var q figures.Query
	d, closeStore, err := c.ownDesk(func(d *desk.Desk) (err error) {
		if book, err = c.book(d); err == nil {
			q, err = c.query(book)
		}
		return err
	})
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	if book, err = c.book(d); err != nil {
		return err
	}
	c.Texts = d.Texts()
	if c.check {
		return c.checkFigures(book, q)
	}
	groups := book.Groups(q)
	if c.json {
		return c.writeJSON(figureViews(c.Texts, groups))
	}
	if len(groups) == 0 {
		fmt.Fprintln(c.Stdout, c.unpublished())
	}
	return c.figureTables(groups)
}

// book reads the figures. What a pack says wrongly is refused input.
func (c *command) book(d *desk.Desk) (*figures.Book, error) {
	b, err := d.Figures()
	var fault *rules.Fault
	if errors.As(err, &fault) {
		why := fmt.Sprintf("%s:%d: %s", fault.File, fault.Line, d.Texts().T(fault.Msg))
		return nil, domain.Refuse("--pack", c.pack, "cli.noPack", "why", why)
	}
	return b, err
}

// filter is a flag of figures that takes one word of those that the book has.
type filter struct {
	name  string
	typed *call.Option
	into  func(*figures.Query) *string
	have  func(figures.Key) string
}

func (c *command) filters() []filter {
	return []filter{
		{"--country", &c.country, func(q *figures.Query) *string { return &q.Country }, func(k figures.Key) string { return k.Country }},
		{"--indicator", &c.indicator, func(q *figures.Query) *string { return &q.Indicator }, func(k figures.Key) string { return k.Indicator }},
		{"--segment", &c.segment, func(q *figures.Query) *string { return &q.Segment }, func(k figures.Key) string { return k.Segment }},
		{"--series", &c.series, func(q *figures.Query) *string { return &q.Series }, func(k figures.Key) string { return k.Series }},
	}
}

// query reads the filters. A word that no figure has is refused with those that
// some figure has; a period need only be one, for nothing may be published of it.
func (c *command) query(b *figures.Book) (figures.Query, error) {
	var q figures.Query
	all := b.Groups(figures.Query{})
	for _, f := range c.filters() {
		if !f.typed.Given {
			continue
		}
		known := map[string]bool{}
		for i := range all {
			known[f.have(all[i].Key)] = true
		}
		if !known[f.typed.Text] {
			return q, unknownWord(f, slices.Sorted(maps.Keys(known)))
		}
		*f.into(&q) = f.typed.Text
	}
	if c.period.Given {
		p, err := figures.ParsePeriod(c.period.Text)
		if err != nil {
			return q, domain.Refuse("--period", c.period.Text, "figures.problem.period")
		}
		q.Period = &p
	}
	return q, nil
}

func unknownWord(f filter, accepted []string) error {
	if len(accepted) == 0 {
		return domain.Refuse(f.name, f.typed.Text, "cli.figures.none")
	}
	return domain.Refuse(f.name, f.typed.Text, "cli.figures.unknown", "accepted", join(accepted))
}

// unpublished says that nothing is published of what was asked for.
func (c *command) unpublished() string {
	var words []string
	for _, f := range append(c.filters(), filter{name: "--period", typed: &c.period}) {
		if f.typed.Given {
			words = append(words, f.name+" "+f.typed.Text)
		}
	}
	if len(words) == 0 {
		return c.Texts.Text("cli.figures.unpublished.all")
	}
	return c.Texts.Text("cli.figures.unpublished", "asked", join(words))
}

// figureTables prints a table for each indicator of each country.
func (c *command) figureTables(groups []figures.Group) error {
	for i := 0; i < len(groups); {
		k := groups[i].Key
		end := i + 1
		for end < len(groups) && groups[end].Country == k.Country && groups[end].Indicator == k.Indicator {
			end++
		}
		if i > 0 {
			fmt.Fprintln(c.Stdout)
		}
		fmt.Fprintln(c.Stdout, c.Texts.Text("cli.figures.head",
			"name", c.Texts.Text("figure.indicator."+k.Indicator), "id", k.Indicator, "country", c.Texts.Text("figure.country."+k.Country)))
		w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
		for _, v := range figureViews(c.Texts, groups[i:end]) {
			c.figureRow(w, v)
		}
		if err := w.Flush(); err != nil {
			return err
		}
		i = end
	}
	return nil
}

// figureRow prints one reading: what it comes from stands last, since it may be long.
func (c *command) figureRow(w io.Writer, v figureView) {
	t := c.Texts
	from := v.Reason // of a derived value: what it was computed from
	if v.Source != nil {
		from = v.Source.Publisher + ", " + v.Source.Date
	}
	series := ""
	if v.Series != figures.NoSeries {
		series = v.Series
	}
	fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\t%s\n",
		t.Text("figure.segment."+v.Segment), desk.SayPeriod(t, v.Period), c.bounded(v),
		c.standingOf(v), series, v.ID, from)
}

// bounded is a value with its unit, and what it may be where that is known.
func (c *command) bounded(v figureView) string {
	text := desk.SayNum(c.Texts, v.Value, v.Unit)
	if v.Low == nil || v.Low.Micros == v.High.Micros {
		return text
	}
	return c.Texts.Text("cli.figures.bounds", "value", text, "low", c.number(*v.Low), "high", c.number(*v.High))
}

func (c *command) number(n figures.Num) string {
	return c.Texts.Formatter().Decimal(domain.Decimal(n.String()))
}

// standingOf says the class, against what, and what else a reader must know.
func (c *command) standingOf(v figureView) string {
	t := c.Texts
	words := []string{t.Text("figures.class." + string(v.Class))}
	if v.Against != "" {
		words[0] = t.Text("cli.figures.against", "class", words[0], "id", v.Against)
	}
	if v.Derived != nil && v.Class != classDerived {
		words = append(words, t.Text("figures.class."+string(classDerived)))
	}
	if v.Role != figures.RoleFigure && v.Role != "" {
		words = append(words, t.Text("figures.role."+v.Role))
	}
	if v.Preliminary {
		words = append(words, t.Text("figures.preliminary"))
	}
	return join(words)
}

// checkFigures prints the quantities with several readings and the checks of the
// arithmetic. It fails where a check did not come out as expected.
func (c *command) checkFigures(b *figures.Book, q figures.Query) error {
	report := checkView{Groups: groupViews(c.Texts, b.Groups(q)), Checks: outcomeViews(b.Checks())}
	if c.json {
		if err := c.writeJSON(report); err != nil {
			return err
		}
	} else if err := c.checkText(report); err != nil {
		return err
	}
	var wrong []string
	for _, o := range report.Checks {
		if !o.OK {
			wrong = append(wrong, o.ID)
		}
	}
	if len(wrong) > 0 {
		return call.Fail("cli.figures.failed", "ids", join(wrong))
	}
	return nil
}

func (c *command) checkText(r checkView) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, t.Text("cli.figures.readings", "count", len(r.Groups)))
	for i := range r.Groups {
		g := &r.Groups[i]
		words := []string{
			t.Text("figure.indicator." + g.Indicator), t.Text("figure.country." + g.Country), t.Text("figure.segment." + g.Segment),
			desk.SayPeriod(t, g.Period),
		}
		if g.Series != figures.NoSeries {
			words = append(words, g.Series)
		}
		fmt.Fprintf(c.Stdout, "\n%s\n", join(words))
		w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
		for _, v := range g.Readings {
			fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", v.ID, c.bounded(v), c.standingOf(v), v.Reason)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.Stdout, "\n%s\n", t.Text("cli.figures.checks", "count", len(r.Checks)))
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	for _, o := range r.Checks {
		verdict := "cli.figures.check.wrong"
		switch {
		case o.OK && o.Holds:
			verdict = "cli.figures.check.holds"
		case o.OK:
			verdict = "cli.figures.check.fails"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", o.ID, c.number(o.Computed), c.expected(o.Expected), t.Text(verdict))
	}
	return w.Flush()
}

func (c *command) expected(e expectedView) string {
	switch {
	case e.Equals != nil:
		return c.Texts.Text("cli.figures.equals", "value", c.number(*e.Equals))
	case e.Spans != nil:
		return c.Texts.Text("cli.figures.spans", "value", c.number(*e.Spans))
	}
	return c.Texts.Text("cli.figures.between", "low", c.number(*e.Low), "high", c.number(*e.High))
}
