package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

func join(s []string) string { return strings.Join(s, ", ") }

// statement prints a result as a person reads it: the total with its range, the
// four benefits, the years, what is open, assumed and not counted.
func (c *command) statement(r *calc.Result) error {
	t, f := c.Texts, c.Texts.Formatter()
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(c.Stdout, t.Text("cli.head", "name", r.Project.Name, "site", r.Site, "first", r.From, "count", r.Months))
	total := f.AmountExact(r.Benefits.Value)
	fmt.Fprintln(c.Stdout, t.Text("cli.total."+r.Manner(), "value", desk.SayExtent(c.Texts, r.Extent(calc.LineBenefits), total), "low", f.AmountExact(r.Benefits.Low), "high", f.AmountExact(r.Benefits.High)))
	c.ratios(r)
	fmt.Fprintln(c.Stdout)
	for _, b := range domain.Benefits {
		x := r.Benefit(b)
		open, between := r.Extent(b), ""
		if open != calc.NotKnown {
			between = f.AmountExact(x.Low) + " – " + f.AmountExact(x.High)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t %s\n", b, desk.SayExtent(c.Texts, open, f.AmountExact(x.Value)), between, t.T(r.Notes[b]))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(c.Stdout)
	lines := []string{calc.LineGross, calc.LineCharges, calc.LineTax, domain.AIR, domain.PAE, domain.PAF, calc.LineCorpTax, domain.AIS, calc.LineBenefits}
	c.years(w, r, lines)
	if err := w.Flush(); err != nil {
		return err
	}
	c.lists(r)
	return nil
}

// ratios compares the total with the cost of employment, and says which years
// leave it open.
func (c *command) ratios(r *calc.Result) {
	t, f := c.Texts, c.Texts.Formatter()
	if share, ok := r.BenefitsShare(); ok {
		low, high, _ := r.BenefitsShares()
		fmt.Fprintln(c.Stdout, t.Text("cli.share", "value", desk.SayExtent(c.Texts, r.Extent(calc.LineShare), f.Percent(share, 2)), "low", f.Percent(low, 2), "high", f.Percent(high, 2)))
	}
	if seat := desk.SaySeat(t, r, f.AmountExact); seat != "" {
		fmt.Fprintln(c.Stdout, seat)
	}
	if unknown := r.UnknownYears(domain.AIS); len(unknown) > 0 {
		fmt.Fprintln(c.Stdout, t.Text("amount.partial", "years", calc.YearRanges(unknown)))
	}
}

func (c *command) years(w *tabwriter.Writer, r *calc.Result, lines []string) {
	f := c.Texts.Formatter()
	row := []string{c.Texts.Text("cli.perYear")}
	for i := range r.Years {
		row = append(row, fmt.Sprint(r.Years[i].Year))
	}
	row = append(row, c.Texts.Text("cli.sum"))
	fmt.Fprintln(w, strings.Join(row, "\t")+"\t")
	for _, line := range lines {
		row = []string{c.Texts.Text("line." + line)}
		var total domain.Money
		for i := range r.Years {
			y := &r.Years[i]
			total += y.Line(line)
			row = append(row, desk.SayExtent(c.Texts, y.Extent(line), f.AmountExact(y.Line(line))))
		}
		row = append(row, desk.SayExtent(c.Texts, r.Extent(line), f.AmountExact(total)))
		fmt.Fprintln(w, strings.Join(row, "\t")+"\t")
	}
}

// assumed names the inputs that were not given, in the words of the window.
func (c *command) assumed(paths []string) string {
	t := c.Texts
	if len(paths) == 0 {
		return t.Text("cli.assumed.none")
	}
	said := make([]string, len(paths))
	for i, path := range paths {
		key := "result.assumed." + path[strings.LastIndexByte(path, '.')+1:]
		said[i] = t.Text(key)
		var role int
		if _, err := fmt.Sscanf(path, "roles[%d].", &role); err == nil {
			said[i] = t.Text("cli.assumed.role", "number", role+1, "what", said[i])
		}
	}
	return join(said)
}

func (c *command) lists(r *calc.Result) {
	t, f := c.Texts, c.Texts.Formatter()
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.conditions"))
	for i := range r.Conditions {
		x := &r.Conditions[i]
		fmt.Fprintf(c.Stdout, "  %s  %s  %s  %s\n", t.Text("state."+x.State), x.Benefit, t.T(x.Text), t.T(x.Detail))
	}
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.assumed"), c.assumed(r.Assumed))
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.notCounted"))
	for _, n := range r.NotCounted {
		amount := t.Text("cli.unknown")
		if n.Amount != nil {
			amount = f.AmountExact(*n.Amount) + " MAD"
		}
		fmt.Fprintf(c.Stdout, "  %s  %s  %s\n", desk.SayLeftOut(t, &n), amount, t.T(n.Reason))
	}
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.pack", "number", r.Pack.Number, "inForce", r.Pack.InForce, "verified", r.Pack.VerifiedOn, "sha", r.Pack.SHA256))
}
