package compare

import (
	"maps"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
)

// setWeight gives a criterion points; weights that are those of a set go by its
// name.
func (b *board) setWeight(criterion string, points int) {
	if b.c.Weights = maps.Clone(b.c.Weights); b.c.Weights == nil {
		b.c.Weights = map[string]int{}
	}
	b.c.Weights[criterion] = min(max(points, 0), desk.MaxPoints)
	same := func(w desk.WeightSet) bool {
		for _, c := range b.d.Pack().Comparing.Criteria {
			if w.Points[c.ID] != b.c.Weights[c.ID] {
				return false
			}
		}
		return true
	}
	b.c.Weighting = ""
	for _, w := range b.d.Weightings() {
		if same(w) {
			b.c.Weighting = w.ID
			return
		}
	}
}

// weigh takes a set of weights. Where the project is only an example, that of the
// segment takes its place.
func (b *board) weigh(id string) {
	w, ok := b.d.Weighting(id)
	if !ok {
		return
	}
	if p, there := sampleOf(b.t, w.Segment); there && b.example && p.Segment != b.c.Project.Segment {
		b.c.Project = p
		if !b.chosen {
			b.c.Sites = b.d.NewComparison(p).Sites
		}
	}
	b.c.Weighting, b.c.Weights = id, maps.Clone(w.Points)
}

// weighed is what taking a set of weights may replace.
type weighed struct {
	weighting string
	weights   map[string]int
	project   domain.Project
	sites     []string
}

// weighing is that part of the board, to come back to.
func (b *board) weighing() weighed {
	return weighed{b.c.Weighting, b.c.Weights, b.c.Project, b.c.Sites}
}

// weighAgain brings it back; what was set besides stays.
func (b *board) weighAgain(w weighed) {
	b.c.Weighting, b.c.Weights, b.c.Project, b.c.Sites = w.weighting, w.weights, w.project, w.sites
	b.example = desk.IsSample(b.t, &w.project)
}
