package share

import (
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Laptop is one of those that keep the same set of things.
type Laptop struct {
	Name  string    // as it calls itself
	Print string    // of its key, to be compared over the table: see seal.PublicKey.Print
	Since time.Time // UTC, known here under this name and key; zero for this laptop
}

// This is the laptop itself.
func (r *Room) This() (Laptop, error) {
	device, err := r.p.Device()
	if err != nil {
		return Laptop{}, err
	}
	key := device.Public()
	return Laptop{Name: r.name(key), Print: key.Print()}, nil
}

// Known are the laptops of which a file was taken here, by name.
func (r *Room) Known() ([]Laptop, error) {
	list, err := r.p.Store.Devices()
	if err != nil {
		return nil, err
	}
	out := make([]Laptop, 0, len(list))
	for i := range list {
		key, err := seal.ParsePublicKey(list[i].PublicKey)
		if err != nil {
			return nil, err
		}
		out = append(out, Laptop{list[i].Name, key.Print(), list[i].At})
	}
	slices.SortStableFunc(out, func(a, b Laptop) int { return strings.Compare(a.Name, b.Name) })
	return out, nil
}

// Open counts the versions of what a person has to decide, by key.
func (r *Room) Open() (map[string]int, error) {
	list, err := r.p.Store.Conflicts()
	out := map[string]int{}
	for i := range list {
		out[list[i].Key] = len(list[i].Versions)
	}
	return out, err
}

// Holds counts what a file with contacts would take along.
func (r *Room) Holds() (bundle.Counts, error) {
	s, err := r.p.Store.Share(store.ShareOptions{})
	return bundle.Count(s), err
}
