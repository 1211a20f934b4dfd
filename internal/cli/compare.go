package cli

import (
	"context"
	"fmt"
	"maps"
	"math"
	"strconv"
	"strings"
	"text/tabwriter"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

// maxDraws bounds the draws that are asked for: more would only take longer.
const maxDraws = 1_000_000

// compare ranks platforms for a project.
func (c *command) compare(args []string) error {
	if err := c.wants(args, "FILE"); err != nil {
		return err
	}
	var p domain.Project
	d, closeStore, err := c.ownDesk(func(d *desk.Desk) (err error) {
		if p, err = c.project(args[0]); err == nil {
			err = c.checkComparison(d, p)
		}
		return err
	})
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	asked, err := c.comparison(d, p)
	if err != nil {
		return err
	}
	r, err := d.Compare(context.Background(), asked, nil)
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(comparedView(r))
	}
	fmt.Fprint(c.Stdout, d.ComparedText(r))
	return c.limits(d, r)
}

// ownPreset is how the name of a set of weights begins that only the store knows.
const ownPreset = "own:"

// checkComparison refuses over the published values what the user's would not
// make right. What a set of weights of the user's leads to is not known yet.
func (c *command) checkComparison(d *desk.Desk, p domain.Project) error {
	early := *c
	own := strings.HasPrefix(c.preset.Text, ownPreset) && !c.published
	if own {
		early.preset = call.Option{}
	}
	asked, err := early.comparison(d, p)
	if err != nil || own {
		return err
	}
	asked.Draws = 1
	_, err = d.Compare(context.Background(), asked, nil)
	return err
}

// comparison is what was asked for on the command line; what was not is as a
// comparison starts in the window.
func (c *command) comparison(d *desk.Desk, p domain.Project) (desk.Comparison, error) {
	out := d.NewComparison(p)
	if err := c.readSites(d, &out); err != nil {
		return out, err
	}
	if err := c.readWeights(d, &out); err != nil {
		return out, err
	}
	if err := c.readMust(d, &out); err != nil {
		return out, err
	}
	if c.draws.Given {
		n, err := whole("--draws", c.draws.Text, 1, maxDraws)
		if err != nil {
			return out, err
		}
		out.Draws = int(n)
	}
	if c.seed.Given {
		n, err := whole("--seed", c.seed.Text, 0, math.MaxInt64)
		if err != nil {
			return out, err
		}
		seed := uint64(n)
		out.Seed = &seed
	}
	return out, nil
}

// readSites takes the sites to compare. The desk refuses one that it does not know;
// a data centre it knows, and that is said here.
func (c *command) readSites(d *desk.Desk, out *desk.Comparison) error {
	if !c.flags.sites.Given {
		return nil
	}
	list, err := items("--sites", c.flags.sites.Text)
	if err != nil {
		return err
	}
	out.Sites = nil
	for _, it := range list {
		if it.hasNumber {
			return domain.Refuse("--sites", it.id+"="+it.number, "cli.list")
		}
		if s := d.Pack().Site(it.id); s != nil && s.Kind == rules.KindDataCentre {
			return domain.Refuse("--sites", it.id, "refuse.dataCentre", "accepted", comparableIDs(d))
		}
		out.Sites = append(out.Sites, it.id)
	}
	return nil
}

func comparableIDs(d *desk.Desk) []string {
	var ids []string
	for _, s := range d.Comparable() {
		ids = append(ids, s.ID)
	}
	return ids
}

// readWeights takes the weights of a preset, then the points given by hand. Points
// without a preset stand alone: a criterion that they do not name weighs nothing.
func (c *command) readWeights(d *desk.Desk, out *desk.Comparison) error {
	if c.preset.Given {
		w, ok := d.Weighting(c.preset.Text)
		if !ok {
			return domain.Refuse("--preset", c.preset.Text, "compare.preset.unknown", "accepted", presetIDs(d))
		}
		out.Weighting, out.Weights = w.ID, maps.Clone(w.Points)
	}
	if !c.weights.Given {
		return nil
	}
	list, err := items("--weights", c.weights.Text)
	if err != nil {
		return err
	}
	before := out.Weights
	out.Weights = map[string]int{}
	if c.preset.Given {
		out.Weights = maps.Clone(before)
	}
	for _, it := range list {
		points, err := strconv.Atoi(it.number)
		if err != nil || points < 0 || points > desk.MaxPoints {
			return domain.Refuse("--weights "+it.id, it.number, "compare.weight.range", "most", desk.MaxPoints)
		}
		out.Weights[it.id] = points
	}
	if !c.preset.Given || !maps.Equal(before, out.Weights) {
		out.Weighting = "" // they are nobody's proposal any more
	}
	return nil
}

func presetIDs(d *desk.Desk) []string {
	var ids []string
	for _, w := range d.Weightings() {
		ids = append(ids, w.ID)
	}
	return ids
}

func (c *command) readMust(d *desk.Desk, out *desk.Comparison) error {
	if !c.must.Given {
		return nil
	}
	list, err := items("--must", c.must.Text)
	if err != nil {
		return err
	}
	known := map[string]*rules.MustHave{}
	var ids []string
	for i := range d.Pack().Comparing.MustHaves {
		m := &d.Pack().Comparing.MustHaves[i]
		known[m.ID] = m
		ids = append(ids, m.ID)
	}
	for _, it := range list {
		m, choice := known[it.id], desk.MustChoice{ID: it.id}
		if m == nil {
			return domain.Refuse("--must", it.id, "compare.must.unknown", "accepted", ids)
		}
		if it.hasNumber {
			q, wrong := mustNumber(d, m, it.number)
			if wrong != nil {
				return wrong
			}
			choice.Num = &q
		}
		out.Must = append(out.Must, choice)
	}
	return nil
}

// mustNumber reads the number of a must-have, in the unit of the pack and inside
// its limits.
func mustNumber(d *desk.Desk, m *rules.MustHave, text string) (domain.Quantity, *domain.Problem) {
	name := "--must " + m.ID
	if !m.Adjustable {
		return 0, domain.Refuse(name, text, "cli.must.fixed")
	}
	low, high := d.MustLimits(m)
	q, err := domain.ParseQuantity(text)
	if err != nil || q < low || q > high {
		return 0, domain.Refuse(name, text, "cli.must.range", "low", low.String(), "high", high.String(), "unit", m.Unit)
	}
	return q, nil
}

// limits prints each weight and how far it may move with the same sites first.
func (c *command) limits(d *desk.Desk, r *desk.Compared) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, "\n"+t.Text("cli.limits"))
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", t.Text("cli.limits.criterion"), t.Text("cli.limits.weight"),
		t.Text("cli.limits.kept"), t.Text("cli.limits.below"), t.Text("cli.limits.above"))
	name := func(i int) string {
		if i < 0 {
			return t.Text("cli.limits.nobody")
		}
		return r.Sites[i].Site.Name
	}
	for _, k := range r.Quality.Criteria {
		kept := t.Text("cli.limits.span", "from", d.SayShare(k.Stability.From), "to", d.SayShare(k.Stability.To))
		if k.Stability.Undefined {
			kept = t.Text("cli.limits.undefined")
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\n", d.CriterionName(k.ID), d.SayShare(k.Share), kept, name(k.Stability.Below), name(k.Stability.Above))
	}
	return w.Flush()
}
