package share

import "slices"

// Row is one thing that versions say, laid beside each other.
type Row struct {
	Label   string
	Values  []string // one a version, in their order; "–" where one does not say it
	Differs bool
}

// said is one thing that one version says.
type said struct {
	key   string // tells it from all others of the version
	label string
	value string // "" where it is not said
}

// beside lays what versions say beside each other, in the order of the first that
// says it. What none of them says is left out.
func beside(versions [][]said, none string) []Row {
	var keys []string
	labels := map[string]string{}
	values := map[string][]string{}
	for at, list := range versions {
		for _, s := range list {
			if s.value == "" {
				continue
			}
			if labels[s.key] == "" {
				keys, labels[s.key] = append(keys, s.key), s.label
				values[s.key] = slices.Repeat([]string{none}, len(versions))
			}
			values[s.key][at] = s.value
		}
	}
	out := make([]Row, 0, len(keys))
	for _, k := range keys {
		v := values[k]
		out = append(out, Row{labels[k], v, slices.ContainsFunc(v, func(s string) bool { return s != v[0] })})
	}
	return out
}

// onlyDifferent leaves out what all versions say alike, but for the first rows.
func onlyDifferent(rows []Row, always int) []Row {
	at := 0
	return slices.DeleteFunc(rows, func(r Row) bool { at++; return at > always && !r.Differs })
}
