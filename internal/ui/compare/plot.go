package compare

import (
	"math"
	"slices"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/compare"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/look"
)

// plot draws cost and quality of the sites, kept apart, with what the data and
// the readings of the rules leave open. A site whose cost is not known is not in
// it.
func (m *model) plot(d Desk, width, height float64, dark bool) *record.Drawing {
	t, f := d.Texts(), d.Texts().Formatter()
	params := chart.PlaneParams{
		Sheet: chart.Sheet{
			Dark: dark, Width: width, Height: height, Title: t.Text("compare.plot"), Unit: t.Text("compare.plot.cost"),
			Number: func(v float64) string { return f.Amount(domain.Money(math.Round(v * 100))) }, Empty: t.Text("compare.plot.empty"),
		},
		QualityUnit: t.Text("compare.plot.quality"),
	}
	for i := range m.made.Sites {
		s, q := &m.made.Sites[i], &m.made.Quality.Sites[i]
		if !s.Cost.Counted {
			continue
		}
		name := s.Site.Name
		if q.Out {
			name = t.Text("compare.plot.apart", "name", name)
		}
		params.Points = append(params.Points, chart.Point{
			ID: s.Site.ID, Label: name, Color: m.colour(i),
			Tip: t.Text("compare.plot.tip", "name", name, "quality", desk.SayPoints(f, q.Quality.Value, 0),
				"after", d.SayAfter(&s.Cost)),
			Cost:    span(mad(s.Cost.AfterLow), mad(s.Cost.After), mad(s.Cost.AfterHigh)),
			Quality: span(points(q.Quality.Low), points(q.Quality.Value), points(q.Quality.High)),
		})
	}
	drawing, err := chart.Plane(params)
	if err != nil { // no room on the sheet
		return &record.Drawing{Width: width, Height: height, Title: params.Title}
	}
	return drawing
}

func mad(m domain.Money) float64 { return float64(m) / 100 }

func points(p compare.Points) float64 { return float64(p) / float64(compare.Point) }

func span(low, value, high float64) chart.Span {
	return chart.Span{Low: min(low, value), Value: value, High: max(high, value)}
}

// colour tells sites apart beside their names; those set apart are grey.
func (m *model) colour(i int) look.Pair {
	if m.made.Quality.Sites[i].Out {
		return look.Muted
	}
	at := slices.Index(m.made.Quality.Order, i)
	return look.Segments[at%len(look.Segments)]
}
