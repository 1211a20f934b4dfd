package dossier

import (
	"bytes"
	"regexp"

	"github.com/pelletier/go-toml/v2"

	"atlasp2i/internal/domain"
)

// Choices are what the chips and the grade of a dossier may say: ids, in the order
// in which they are shown. They are data; what they mean is in the catalogue.
type Choices struct {
	Grades   []string `toml:"grades"`
	Sizes    []string `toml:"sizes"`
	Horizons []string `toml:"horizons"`
}

var choiceID = regexp.MustCompile(`^[A-Za-z0-9]{1,40}$`)

// ParseChoices reads choices from TOML. It returns *domain.Problem where a list is
// missing, unknown or holds an id twice.
func ParseChoices(data []byte) (Choices, error) {
	var c Choices
	dec := toml.NewDecoder(bytes.NewReader(data)).DisallowUnknownFields()
	if err := dec.Decode(&c); err != nil {
		return Choices{}, domain.Refuse("choices", "", "dossier.choices")
	}
	for _, list := range []struct {
		name string
		ids  []string
	}{{"grades", c.Grades}, {"sizes", c.Sizes}, {"horizons", c.Horizons}} {
		seen := map[string]bool{}
		for _, id := range list.ids {
			if seen[id] || !choiceID.MatchString(id) {
				return Choices{}, domain.Refuse(list.name, id, "dossier.choices")
			}
			seen[id] = true
		}
		if len(list.ids) == 0 {
			return Choices{}, domain.Refuse(list.name, "", "dossier.choices")
		}
	}
	return c, nil
}

// GradeKey is the catalogue key of a grade's name; that of its definition has
// ".means" behind it.
func GradeKey(id string) string { return "dossier.grade." + id }

// SizeKey is the catalogue key of a size of project.
func SizeKey(id string) string { return "dossier.size." + id }

// HorizonKey is the catalogue key of when a project would start.
func HorizonKey(id string) string { return "dossier.horizon." + id }
