package cli

import (
	"atlasp2i/internal/calc"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

type compareView struct {
	Pack      packView                `json:"pack"`
	Preset    string                  `json:"preset"`
	Weights   map[string]domain.Share `json:"weights"`
	Points    map[string]int64        `json:"points"`
	Sites     []comparedSiteView      `json:"sites"`
	Order     []string                `json:"order"`
	Leaders   []string                `json:"leaders"`
	Tied      []string                `json:"tied"`
	Empty     []string                `json:"empty"`
	Stability stabilityView           `json:"stability"`
	Why       []whyView               `json:"why"`
	Draws     drawsView               `json:"draws"`
}

type comparedSiteView struct {
	ID        string                   `json:"id"`
	MustHaves map[string]string        `json:"mustHaves"`
	MustOwn   []string                 `json:"mustHavesOwn"`
	Out       bool                     `json:"out"`
	Unsure    bool                     `json:"unsure"`
	Quality   spanView                 `json:"quality"`
	Rank      *rankView                `json:"rank"`
	Criteria  map[string]criterionView `json:"criteria"`
	Cost      costView                 `json:"cost"`
}

type spanView struct {
	Low   compare.Points `json:"low"`
	Value compare.Points `json:"value"`
	High  compare.Points `json:"high"`
}

type rankView struct {
	Best  int `json:"best"`
	Worst int `json:"worst"`
}

type criterionView struct {
	Raw       string         `json:"raw"`
	RawLow    string         `json:"rawLow"`
	RawHigh   string         `json:"rawHigh"`
	Bound     string         `json:"bound,omitempty"`
	Unit      string         `json:"unit"`
	AsOf      string         `json:"asOf"`
	Score     compare.Points `json:"score"`
	ScoreLow  compare.Points `json:"scoreLow"`
	ScoreHigh compare.Points `json:"scoreHigh"`
	Missing   bool           `json:"missing"`
	Own       bool           `json:"own"`
}

type amountsView struct {
	Value domain.Money `json:"value"`
	Low   domain.Money `json:"low"`
	High  domain.Money `json:"high"`
}

type costView struct {
	Before       *domain.Money `json:"perSeatMonthBefore"`
	After        *domain.Money `json:"perSeatMonthAfter"`
	AfterLow     *domain.Money `json:"perSeatMonthAfterLow"`
	AfterHigh    *domain.Money `json:"perSeatMonthAfterHigh"`
	Total        domain.Money  `json:"total"`
	Benefits     amountsView   `json:"benefits"`
	AtLeast      bool          `json:"benefitsAtLeast"`
	RentIncluded bool          `json:"rentIncluded"`
	BelowMinimum bool          `json:"belowMinimum"`
}

type stabilityView struct {
	Weights       map[string]limitsView   `json:"weights"`
	FirstShare    map[string]fourDecimals `json:"firstShare"`
	SureShare     map[string]fourDecimals `json:"sureShare"`
	PossibleShare map[string]fourDecimals `json:"possibleShare"`
}

type limitsView struct {
	From  *domain.Share `json:"from"`
	To    *domain.Share `json:"to"`
	Below string        `json:"below"`
	Above string        `json:"above"`
}

type whyView struct {
	Ahead         string                    `json:"ahead"`
	Behind        string                    `json:"behind"`
	Points        compare.Points            `json:"points"`
	For           []string                  `json:"for"`
	Against       []string                  `json:"against"`
	Contributions map[string]compare.Points `json:"contributions"`
	Guessed       []string                  `json:"guessed"`
}

type drawsView struct {
	Count  int          `json:"count"`
	Seed   uint64       `json:"seed"`
	Spread domain.Share `json:"spread"`
}

func comparedView(r *desk.Compared) compareView {
	q := r.Quality
	v := compareView{
		Pack:   packView{r.Pack.ID, r.Pack.Number, r.Pack.SHA256, r.Pack.InForce, r.Pack.VerifiedOn},
		Preset: r.Comparison.Weighting, Weights: map[string]domain.Share{}, Points: map[string]int64{},
		Order: ids(q, q.Order), Leaders: ids(q, q.Leaders), Tied: ids(q, q.Tied()), Empty: list(q.Empty),
		Stability: stabilityOf(q), Why: []whyView{}, Draws: drawsView{r.Draws.Count, r.Draws.Seed, r.Draws.Spread},
	}
	for _, c := range q.Criteria {
		v.Weights[c.ID], v.Points[c.ID] = c.Share, c.Points
	}
	for i := range r.Sites {
		v.Sites = append(v.Sites, comparedSite(r, i))
	}
	for _, w := range q.Why {
		v.Why = append(v.Why, whyOf(q, w))
	}
	return v
}

func ids(q *compare.Result, sites []int) []string {
	out := []string{}
	for _, i := range sites {
		out = append(out, q.Sites[i].ID)
	}
	return out
}

// siteID is the id of a site of the result, "" for nobody.
func siteID(q *compare.Result, i int) string {
	if i < 0 {
		return ""
	}
	return q.Sites[i].ID
}

func comparedSite(r *desk.Compared, i int) comparedSiteView {
	s, ranked := &r.Sites[i], &r.Quality.Sites[i]
	v := comparedSiteView{
		ID: s.Site.ID, MustHaves: map[string]string{}, MustOwn: []string{}, Out: ranked.Out, Unsure: ranked.Unsure,
		Quality:  spanView{ranked.Quality.Low, ranked.Quality.Value, ranked.Quality.High},
		Criteria: map[string]criterionView{}, Cost: costOf(&s.Cost),
	}
	if !ranked.Out {
		v.Rank = &rankView{ranked.Rank.Best, ranked.Rank.Worst}
	}
	for _, m := range s.Must {
		v.MustHaves[m.Must.ID] = m.State
		if m.Datum != nil && m.Datum.Own != nil {
			v.MustOwn = append(v.MustOwn, m.Must.ID)
		}
	}
	for k, c := range r.Criteria {
		cell := s.Cells[c.ID]
		v.Criteria[c.ID] = criterionOf(&cell, ranked.Scores[k])
	}
	return v
}

// criterionOf is what a site has for a criterion; what nobody published has no
// raw value, and a score between the worst and the best.
func criterionOf(cell *desk.Cell, score compare.Score) criterionView {
	v := criterionView{
		Unit: cell.Criterion.Unit, Missing: score.Missing,
		Score: score.Value, ScoreLow: score.Low, ScoreHigh: score.High,
	}
	switch {
	case cell.Criterion.Of == rules.OfStatus:
		v.Raw, v.RawLow, v.RawHigh = cell.Status, cell.Status, cell.Status
	case cell.Criterion.Of == rules.OfIRCap:
		v.Raw = capText(cell.Used)
		v.RawLow, v.RawHigh = v.Raw, v.Raw
		if !cell.Settled {
			v.RawLow, v.RawHigh = capText(cell.Cap.Region), capText(cell.Cap.None)
		}
	case cell.Raw.Known:
		v.Raw, v.RawLow, v.RawHigh = number(cell.Raw.Value, v.Unit), number(cell.Raw.Low, v.Unit), number(cell.Raw.High, v.Unit)
		v.Bound, v.AsOf, v.Own = cell.Datum.Value().Bound, cell.Datum.AsOf(), cell.Datum.Own != nil
	}
	return v
}

// number writes a quantity; a share has two decimals at least, like all shares.
func number(q domain.Quantity, unit string) string {
	if unit == rules.UnitShare {
		return domain.Share(q).String()
	}
	return q.String()
}

// capText is a cap as a share, "none" where no cap applies.
func capText(c calc.Cap) string {
	if !c.Applies {
		return "none"
	}
	return c.Share.String()
}

func costOf(c *desk.SiteCost) costView {
	b := c.Result.Benefits
	v := costView{
		Total: c.TotalBefore, Benefits: amountsView{b.Value, b.Low, b.High},
		AtLeast: c.AtLeast, RentIncluded: c.HasRent, BelowMinimum: c.BelowMinimum,
	}
	if c.Counted {
		v.Before, v.After, v.AfterLow, v.AfterHigh = &c.Before, &c.After, &c.AfterLow, &c.AfterHigh
	}
	return v
}

// stabilityOf leaves out the sites that are set apart: they are in no draw.
func stabilityOf(q *compare.Result) stabilityView {
	v := stabilityView{map[string]limitsView{}, map[string]fourDecimals{}, map[string]fourDecimals{}, map[string]fourDecimals{}}
	for _, c := range q.Criteria {
		s := c.Stability
		l := limitsView{Below: siteID(q, s.Below), Above: siteID(q, s.Above)}
		if !s.Undefined {
			l.From, l.To = &s.From, &s.To
		}
		v.Weights[c.ID] = l
	}
	for _, i := range q.Order {
		s := &q.Sites[i]
		v.FirstShare[s.ID], v.SureShare[s.ID], v.PossibleShare[s.ID] = fourDecimals(s.Draws.First), fourDecimals(s.Draws.Sure), fourDecimals(s.Draws.Possible)
	}
	return v
}

func whyOf(q *compare.Result, w compare.Why) whyView {
	v := whyView{
		Ahead: q.Sites[w.Ahead].ID, Behind: q.Sites[w.Behind].ID, Points: w.Points,
		For: []string{}, Against: []string{}, Contributions: map[string]compare.Points{}, Guessed: []string{},
	}
	add := func(to *[]string, list []compare.Contribution) {
		for _, c := range list {
			*to = append(*to, c.Criterion)
			v.Contributions[c.Criterion] = c.Points
			if c.Missing {
				v.Guessed = append(v.Guessed, c.Criterion)
			}
		}
	}
	add(&v.For, w.For)
	add(&v.Against, w.Against)
	return v
}
