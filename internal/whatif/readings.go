package whatif

import (
	"slices"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
)

// withReadings is the project with every reading chosen.
func withReadings(p domain.Project, read calc.Readings) domain.Project {
	p.Readings = make(map[string]string, len(read))
	for i, id := range domain.ReadingIDs {
		p.Readings[id] = read[i]
	}
	return p
}

// openReadings lists every combination of the readings that a result does not
// settle, in the order of the specification's table.
func openReadings(e *calc.Engine, r *calc.Result) []calc.Readings {
	out := []calc.Readings{r.Readings}
	for i, known := range e.Pack().Readings {
		if slices.Contains(r.Settled, known.ID) {
			continue
		}
		next := make([]calc.Readings, 0, len(out)*len(known.Values))
		for _, read := range out {
			for _, v := range known.Values {
				read[i] = v
				next = append(next, read)
			}
		}
		out = next
	}
	return out
}
