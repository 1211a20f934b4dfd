package cli

import (
	"fmt"
	"slices"
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// writeJSON writes a value with sorted keys, two spaces and a final newline: the
// same result gives the same bytes on every machine.
func (c *command) writeJSON(v any) error { return c.call().WriteJSON(v) }

type versionView struct {
	Version string   `json:"version"`
	Commit  string   `json:"commit,omitempty"`
	Pack    packView `json:"pack"`
}

type packView struct {
	ID         string      `json:"id"`
	Number     int         `json:"number"`
	SHA256     string      `json:"sha256"`
	InForce    domain.Date `json:"inForce"`
	VerifiedOn domain.Date `json:"verifiedOn"`
}

type totalsView struct {
	GrossPay        domain.Money  `json:"grossPay"`
	EmployerCharges domain.Money  `json:"employerCharges"`
	EmploymentCost  domain.Money  `json:"employmentCost"`
	IncomeTax       domain.Money  `json:"incomeTax"`
	AIR             calc.Figure   `json:"AIR"`
	PAE             calc.Figure   `json:"PAE"`
	PAF             calc.Figure   `json:"PAF"`
	CorporateTax    domain.Money  `json:"corporateTax"`
	AIS             calc.Figure   `json:"AIS"`
	Benefits        calc.Figure   `json:"benefits"`
	Share           *fourDecimals `json:"benefitsShareOfEmploymentCost"`
}

// fourDecimals prints a share as the specification does: "0.1789".
type fourDecimals domain.Share

func (s fourDecimals) MarshalText() ([]byte, error) {
	return []byte(domain.FormatFixed(int64(s)/100, 4, 4)), nil
}

type yearView struct {
	Year            int          `json:"year"`
	GrossPay        domain.Money `json:"grossPay"`
	EmployerCharges domain.Money `json:"employerCharges"`
	EmploymentCost  domain.Money `json:"employmentCost"`
	IncomeTax       domain.Money `json:"incomeTax"`
	AIR             domain.Money `json:"AIR"`
	PAE             domain.Money `json:"PAE"`
	PAF             domain.Money `json:"PAF"`
	CorporateTax    domain.Money `json:"corporateTax"`
	AIS             domain.Money `json:"AIS"`
	Benefits        domain.Money `json:"benefits"`
	HeadcountEnd    domain.Heads `json:"headcountEnd"`
}

type conditionView struct {
	Benefit   string   `json:"benefit"`
	ID        string   `json:"id"`
	State     string   `json:"state"`
	Text      string   `json:"text"`
	Detail    string   `json:"detail"`
	Source    string   `json:"source"`
	SourceIDs []string `json:"sourceIds"`
	Threshold *string  `json:"threshold"`
	Given     *string  `json:"given"`
	Gap       *string  `json:"gap"`
}

type notCountedView struct {
	Benefit string        `json:"benefit"`
	Amount  *domain.Money `json:"amount"`
	Reason  string        `json:"reason"`
}

type estimateView struct {
	Pack       packView         `json:"pack"`
	Site       string           `json:"site"`
	Readings   calc.Readings    `json:"readings"`
	Settled    []string         `json:"settled"`
	Totals     totalsView       `json:"totals"`
	Years      []yearView       `json:"years"`
	Conditions []conditionView  `json:"conditions"`
	Assumed    []string         `json:"assumed"`
	NotCounted []notCountedView `json:"notCounted"`
	Narrowing  []calc.Narrowing `json:"narrowing"`
	Unknown    []unknownView    `json:"unknown"`
}

// unknownView is the lines that cannot be known in a year.
type unknownView struct {
	Year  int      `json:"year"`
	Lines []string `json:"lines"`
}

func unknownIn(r *calc.Result) []unknownView {
	out := []unknownView{}
	for i := range r.Years {
		y := &r.Years[i]
		u := unknownView{Year: y.Year}
		for _, line := range []string{calc.LineCorpTax, domain.AIS} {
			if y.Extent(line) == calc.NotKnown {
				u.Lines = append(u.Lines, line)
			}
		}
		if len(u.Lines) > 0 {
			out = append(out, u)
		}
	}
	return out
}

func resultView(t *i18n.Catalogue, sources map[string]rules.Source, r *calc.Result) estimateView {
	v := estimateView{
		Pack: packView{r.Pack.ID, r.Pack.Number, r.Pack.SHA256, r.Pack.InForce, r.Pack.VerifiedOn},
		Site: r.Site, Readings: r.Readings, Settled: list(r.Settled), Assumed: list(r.Assumed),
		Totals: totalsView{
			GrossPay: r.GrossPay, EmployerCharges: r.EmployerCharges, EmploymentCost: r.EmploymentCost,
			IncomeTax: r.IncomeTax, AIR: r.AIR, PAE: r.PAE, PAF: r.PAF, CorporateTax: r.CorporateTax,
			AIS: r.AIS, Benefits: r.Benefits,
		},
		NotCounted: []notCountedView{}, Conditions: []conditionView{}, Narrowing: list(r.Narrowing),
		Unknown: unknownIn(r),
	}
	if s, ok := r.BenefitsShare(); ok {
		share := fourDecimals(s)
		v.Totals.Share = &share
	}
	for i := range r.Years {
		y := &r.Years[i]
		v.Years = append(v.Years, yearView{
			y.Year, y.GrossPay, y.EmployerCharges, y.EmploymentCost(), y.IncomeTax,
			y.AIR, y.PAE, y.PAF, y.CorporateTax, y.AIS, y.Benefits(), y.HeadcountEnd,
		})
	}
	for i := range r.Conditions {
		x := &r.Conditions[i]
		v.Conditions = append(v.Conditions, conditionView{
			x.Benefit, x.ID, x.State, t.T(x.Text), t.T(x.Detail), published(sources, x.Sources), list(x.Sources),
			plain(x.Threshold), plain(x.Given), plain(x.Gap),
		})
	}
	for _, n := range r.NotCounted {
		v.NotCounted = append(v.NotCounted, notCountedView{n.Benefit, n.Amount, t.T(n.Reason)})
	}
	return v
}

// published names who published the sources, and when: an identifier says nothing
// outside of the pack.
func published(sources map[string]rules.Source, ids []string) string {
	var out []string
	for _, id := range ids {
		s := sources[id]
		if line := s.Publisher + ", " + s.Date; !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return strings.Join(out, " ; ")
}

// list is never null in the JSON: an empty list says that there is none.
func list[T any](in []T) []T {
	if in == nil {
		return []T{}
	}
	return in
}

func plain(v any) *string {
	if v == nil {
		return nil
	}
	s := fmt.Sprint(v)
	return &s
}

type stepView struct {
	Label  string  `json:"label"`
	Base   string  `json:"base"`
	Rate   string  `json:"rate"`
	Amount *string `json:"amount"`
	Source string  `json:"source"`
}

type nodeView struct {
	Label    string     `json:"label"`
	Amount   string     `json:"amount,omitempty"`
	Rule     *ruleView  `json:"rule,omitempty"`
	Children []nodeView `json:"children,omitempty"`
}

type ruleView struct {
	Param      string       `json:"param"`
	Value      string       `json:"value"`
	Unit       string       `json:"unit"`
	From       domain.Date  `json:"from"`
	To         domain.Date  `json:"to"`
	Text       string       `json:"text"`
	Article    string       `json:"article"`
	VerifiedOn domain.Date  `json:"verifiedOn"`
	Confidence string       `json:"confidence"`
	Sources    []sourceView `json:"sources"`
}

type sourceView struct {
	Publisher string `json:"publisher"`
	Title     string `json:"title"`
	Date      string `json:"date"`
	URL       string `json:"url"`
}

type explanationView struct {
	Line     string            `json:"line"`
	Year     *int              `json:"year"`
	Amount   *string           `json:"amount"`
	Low      *string           `json:"low"`
	High     *string           `json:"high"`
	Unknown  []int             `json:"unknownYears"`
	Sentence string            `json:"sentence"`
	Steps    []stepView        `json:"steps"`
	Tree     nodeView          `json:"tree"`
	Readings map[string]string `json:"readings"`
}

func explainView(t *i18n.Catalogue, x *calc.Explanation) explanationView {
	v := explanationView{
		Line: x.Line, Amount: plain(x.Amount), Unknown: list(x.Unknown), Sentence: t.T(x.Sentence),
		Steps: []stepView{}, Tree: treeView(t, x.Tree), Readings: map[string]string{},
	}
	if x.Year != 0 {
		v.Year = &x.Year
	}
	if x.Range != nil {
		v.Low, v.High = plain(x.Range.Low), plain(x.Range.High)
	}
	for i := range x.Steps {
		s := &x.Steps[i]
		v.Steps = append(v.Steps, stepView{t.T(s.Label), exact(t, s.Base), exact(t, s.Rate), plain(s.Amount), desk.SourceLine(s.Rules)})
	}
	for _, u := range x.Readings {
		v.Readings[u.ID] = u.Value
	}
	return v
}

// exact writes a number as digits with a point, and a sentence as it is said.
func exact(t *i18n.Catalogue, v any) string {
	switch w := v.(type) {
	case nil:
		return ""
	case domain.Msg:
		if w.Key == "" {
			return ""
		}
		return t.T(w)
	default:
		return fmt.Sprint(w)
	}
}

func treeView(t *i18n.Catalogue, n *calc.Node) nodeView {
	v := nodeView{Label: t.T(n.Label), Amount: exact(t, n.Amount)}
	if r := n.Rule; r != nil {
		v.Rule = &ruleView{
			r.Param, r.Raw, r.Unit, r.From, r.To, r.Text, r.Article, r.Verified, r.Sure, []sourceView{},
		}
		for _, s := range r.Sources {
			v.Rule.Sources = append(v.Rule.Sources, sourceView{s.Publisher, s.Title, s.Date, s.URL})
		}
	}
	for _, c := range n.Children {
		v.Children = append(v.Children, treeView(t, c))
	}
	return v
}
