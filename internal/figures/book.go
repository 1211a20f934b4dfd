package figures

// Book is the figures of a pack, read and checked.
type Book struct {
	Indicators  []Indicator
	AllSeries   []Series
	Circulation []Said

	observations []Observation
	derivations  []Derivation
	checks       []Check
}

func (b *Book) indicator(id string) *Indicator {
	for i := range b.Indicators {
		if b.Indicators[i].ID == id {
			return &b.Indicators[i]
		}
	}
	return nil
}
