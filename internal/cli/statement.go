package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

func join(s []string) string { return strings.Join(s, ", ") }

// statement prints a result as a person reads it: the total with its range, the
// four benefits, the years, what is open, assumed and not counted.
func (c *command) statement(r *calc.Result) error {
	t, f := c.Texts, c.Texts.Formatter()
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(c.Stdout, t.Text("cli.head", "name", r.Project.Name, "site", r.Site, "first", r.From, "count", r.Months))
	key := "cli.total"
	if r.Benefits.Prudent() {
		key = "cli.total.prudent"
	}
	fmt.Fprintln(c.Stdout, t.Text(key, "value", f.AmountExact(r.Benefits.Value), "low", f.AmountExact(r.Benefits.Low), "high", f.AmountExact(r.Benefits.High)))
	fmt.Fprintln(c.Stdout)
	for _, b := range domain.Benefits {
		x := r.Benefit(b)
		fmt.Fprintf(w, "%s\t%s\t%s – %s\t %s\n", b, f.AmountExact(x.Value), f.AmountExact(x.Low), f.AmountExact(x.High), t.T(r.Notes[b]))
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

func (c *command) years(w *tabwriter.Writer, r *calc.Result, lines []string) {
	f := c.Texts.Formatter()
	row := []string{c.Texts.Text("cli.perYear")}
	for i := range r.Years {
		row = append(row, fmt.Sprint(r.Years[i].Year))
	}
	fmt.Fprintln(w, strings.Join(row, "\t")+"\t")
	for _, line := range lines {
		row = []string{c.Texts.Text("line." + line)}
		for i := range r.Years {
			row = append(row, f.AmountExact(r.Years[i].Line(line)))
		}
		fmt.Fprintln(w, strings.Join(row, "\t")+"\t")
	}
}

func (c *command) lists(r *calc.Result) {
	t, f := c.Texts, c.Texts.Formatter()
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.conditions"))
	for i := range r.Conditions {
		x := &r.Conditions[i]
		fmt.Fprintf(c.Stdout, "  %s  %s  %s  %s\n", t.Text("state."+x.State), x.Benefit, t.T(x.Text), t.T(x.Detail))
	}
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.assumed"), join(r.Assumed))
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.notCounted"))
	for _, n := range r.NotCounted {
		amount := t.Text("cli.unknown")
		if n.Amount != nil {
			amount = f.AmountExact(*n.Amount) + " MAD"
		}
		fmt.Fprintf(c.Stdout, "  %s  %s  %s\n", n.Benefit, amount, t.T(n.Reason))
	}
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.pack", "number", r.Pack.Number, "inForce", r.Pack.InForce, "verified", r.Pack.VerifiedOn, "sha", r.Pack.SHA256))
}
