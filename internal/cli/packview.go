package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"unicode"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/pack"
)

type builtView struct {
	Pack  packView `json:"pack"`
	Key   string   `json:"key"`
	File  string   `json:"file"`
	Bytes int      `json:"bytes"`
}

type signedView struct {
	State string `json:"state"` // none, trusted, unknown
	Key   string `json:"key"`
	Name  string `json:"name"`
}

type checkedView struct {
	Pack        packView     `json:"pack"`
	Signature   signedView   `json:"signature"`
	BestBefore  domain.Date  `json:"bestBefore"`
	Expired     bool         `json:"expired"`
	Figures     int          `json:"figures"`
	Checks      int          `json:"checks"`
	Formalities int          `json:"formalities"`
	Levers      int          `json:"levers"`
	Samples     []sampleView `json:"samples"`
}

type sampleView struct {
	Name  string      `json:"name"`
	Total calc.Figure `json:"benefits"`
}

func packViewOf(r *packs.Rules) packView {
	return packView{ID: r.Pack.ID, Number: r.Pack.Number, SHA256: r.Pack.SHA256, InForce: r.Pack.InForce, VerifiedOn: r.Pack.VerifiedOn}
}

func checkedViewOf(r *packs.Report, signed signedView, today domain.Date) checkedView {
	v := checkedView{
		Pack: packViewOf(r.Rules), Signature: signed, BestBefore: r.Pack.BestBefore, Expired: today > r.Pack.BestBefore,
		Figures: r.Figures, Checks: r.Checks, Formalities: r.Formalities, Levers: r.Levers, Samples: []sampleView{},
	}
	for _, s := range r.Samples {
		v.Samples = append(v.Samples, sampleView(s))
	}
	return v
}

func (c *command) soundText(v checkedView) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, t.Text("cli.pack.sound", "number", v.Pack.Number, "inForce", v.Pack.InForce, "last", v.BestBefore, "sha", v.Pack.SHA256[:12]))
	if v.Expired {
		fmt.Fprintln(c.Stdout, t.Text("cli.pack.expired"))
	}
	switch v.Signature.State {
	case "trusted":
		fmt.Fprintln(c.Stdout, t.Text("cli.pack.signed.trusted", "id", v.Signature.Key))
	case "unknown":
		fmt.Fprintln(c.Stdout, t.Text("cli.pack.signed.unknown"))
	default:
		fmt.Fprintln(c.Stdout, t.Text("cli.pack.signed.none"))
	}
	fmt.Fprintln(c.Stdout, t.Text("cli.pack.counts", "figures", v.Figures, "checks", v.Checks, "formalities", v.Formalities, "levers", v.Levers))
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, s := range v.Samples {
		fmt.Fprintf(w, "%s\t%s\n", s.Name, t.Text("cli.pack.total", "value", s.Total.Value, "low", s.Total.Low, "high", s.Total.High))
	}
	return w.Flush()
}

type effectView struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Pack    int          `json:"packNumber"` // it was computed with
	Now     *calc.Figure `json:"now"`
	Next    *calc.Figure `json:"next"`
	Moved   bool         `json:"moved"`
	Refused string       `json:"refused"` // why the new pack does not take it
	Failed  string       `json:"failed"`  // why it cannot be computed as it was
}

type previewView struct {
	Pack        packView      `json:"pack"`
	BestBefore  domain.Date   `json:"bestBefore"`
	Signature   signedView    `json:"signature"`
	Changes     []pack.Change `json:"changes"`
	Simulations []effectView  `json:"simulations"`
	Imported    bool          `json:"imported"`
}

func (c *command) previewView(p *packs.Preview) previewView {
	v := previewView{
		Pack: packViewOf(p.Rules), BestBefore: p.Pack.BestBefore, Signature: signedView{"trusted", p.Key.ID(), p.Key.Name},
		Changes: p.Changes, Simulations: []effectView{}, Imported: !c.dryRun,
	}
	for _, e := range p.Effects {
		one := effectView{ID: string(e.ID), Name: e.Name, Pack: e.Pack, Now: e.Now, Next: e.Next, Moved: e.Moved()}
		if e.Refused != nil {
			one.Refused = desk.Say(c.Texts, e.Refused)
		}
		if e.Failed != nil {
			one.Failed = desk.Say(c.Texts, e.Failed)
		}
		v.Simulations = append(v.Simulations, one)
	}
	return v
}

func (c *command) previewText(v previewView) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, t.Text("cli.pack.sound", "number", v.Pack.Number, "inForce", v.Pack.InForce, "last", v.BestBefore, "sha", v.Pack.SHA256[:12]))
	fmt.Fprintln(c.Stdout, t.Text("cli.pack.signed.trusted", "id", v.Signature.Key))
	c.changesText(v.Changes)
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, e := range v.Simulations {
		fmt.Fprintf(w, "%s\t%s\n", flat(e.Name), c.effectText(e))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if v.Imported {
		fmt.Fprintln(c.Stdout, t.Text("cli.pack.imported", "number", v.Pack.Number))
		return nil
	}
	fmt.Fprintln(c.Stdout, t.Text("cli.pack.nothing"))
	return nil
}

func (c *command) effectText(e effectView) string {
	t := c.Texts
	switch {
	case e.Failed != "":
		return t.Text("packs.effect.failed", "why", e.Failed)
	case e.Refused != "":
		return t.Text("packs.effect.refused", "now", e.Now.Value, "why", e.Refused)
	case e.Moved:
		return t.Text("packs.effect.moved", "now", e.Now.Value, "next", e.Next.Value, "low", e.Next.Low, "high", e.Next.High)
	}
	return t.Text("packs.effect.same", "now", e.Now.Value)
}

func (c *command) changesText(changes []pack.Change) {
	t := c.Texts
	count := map[pack.Kind]int{}
	for _, ch := range changes {
		count[ch.Kind]++
		fmt.Fprintln(c.Stdout, sayChange(t, ch))
	}
	fmt.Fprintln(c.Stdout, t.Text("packs.sum", "added", count[pack.Added], "removed", count[pack.Removed], "changed", count[pack.Changed]))
}

// sayChange is one difference as a line.
func sayChange(t *i18n.Catalogue, ch pack.Change) string {
	return flat(t.T(packs.Say(t, ch)))
}

// flat is a text of a pack on one line, without what a terminal would obey.
func flat(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) || unicode.Is(unicode.Zs, r) {
			return r
		}
		return -1
	}, s)
}
