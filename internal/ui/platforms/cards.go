package platforms

import (
	"atlasp2i/internal/rules"
)

// shelf is the sites of one status, in the order of the desk.
type shelf struct {
	label string
	cards []card
}

// card is a site among the others.
type card struct {
	id, name, where string // where is the city and the status
	figures         []figure
}

// shelves groups the sites by status; what is no platform stands apart.
func (p *presenter) shelves() ([]shelf, error) {
	var ids []string
	held := map[string][]card{}
	for _, s := range p.d.Sites() {
		read, err := p.d.Sheet(s.ID)
		if err != nil {
			return nil, err
		}
		id := read.Status.Status
		if s.Kind != rules.KindP2I {
			id = "other"
		}
		if held[id] == nil {
			ids = append(ids, id)
		}
		held[id] = append(held[id], card{
			id: s.ID, name: s.Name, figures: p.figures(read),
			where: p.t.Text("platforms.card.where", "city", s.City, "status", p.status(read.Status).text),
		})
	}
	out := make([]shelf, len(ids))
	for i, id := range ids {
		out[i] = shelf{p.t.Text("platforms.shelf."+id, "count", len(held[id])), held[id]}
	}
	return out, nil
}
