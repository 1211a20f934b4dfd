package ui

import (
	"context"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/paper"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/document"
	"atlasp2i/internal/ui/papers"
)

// partsOf is what can be attached to the paper of a draft: the comparison that is
// open in Comparer, as it stands now, and the three scenarios.
func (w *window) partsOf(dr desk.Draft) []papers.Part {
	d, t := w.desk, w.desk.Texts()
	var out []papers.Part
	if c, _, ok := w.compared(); ok && len(c.Sites) > 0 {
		text := t.Text("papers.parts.comparison")
		if !c.Of(dr.Project) {
			text = t.Text("papers.parts.comparison.other", "name", c.Project.Name)
		}
		out = append(out, papers.Part{Text: text, Make: func(ctx context.Context, dr desk.Draft) ([]document.Block, error) {
			x, err := d.Compare(ctx, c, nil)
			if err != nil {
				return nil, err
			}
			return paper.Comparison(d, x, dr.Project), nil
		}})
	}
	if s, err := study.New(d); err == nil && len(s.Assumed()) > 0 {
		out = append(out, papers.Part{Text: t.Text("papers.parts.scenarios"), Make: func(_ context.Context, dr desk.Draft) ([]document.Block, error) {
			three, err := s.Scenarios(dr)
			if err != nil {
				return nil, err
			}
			return paper.Scenarios(d, three)
		}})
	}
	return out
}
