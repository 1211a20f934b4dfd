package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// allowed is how much worse a relative figure may become: a fifth.
const allowed = 1.20

// Baseline is what a run is held against: for each figure ours divided by theirs, the
// smaller the better.
type Baseline struct {
	Machine string             `json:"machine"`
	Figures map[string]float64 `json:"figures"`
}

func readBaseline(file string) (Baseline, error) {
	b := Baseline{Figures: map[string]float64{}}
	data, err := os.ReadFile(file)
	if err != nil {
		return b, err
	}
	return b, json.Unmarshal(data, &b)
}

func (b Baseline) write(file string) error {
	data, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// worse says of each figure that became worse than allowed, or that nothing is known
// of, what it is now and what it was: by the figure's id.
func (b Baseline) worse(figures []Figure) map[string]string {
	found := map[string]string{}
	for i := range figures {
		f := &figures[i]
		now, _, _ := f.relative()
		was, known := b.Figures[f.ID]
		switch {
		case !known:
			found[f.ID] = f.ID + ": not in the baseline; scripts/versus --write puts it there"
		case !(now <= was*allowed): // so that no number is worse too
			found[f.ID] = fmt.Sprintf("%s: %s (%s beside %s), was %s: %.0f %% worse, %.0f %% are accepted",
				f.ID, ratio(now), f.What, f.Theirs, ratio(was), (now/was-1)*100, (allowed-1)*100)
		}
	}
	return found
}
