package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
)

const publicodesFolder = "test/versus/publicodes"

// task is what measure.mjs reads, and timing what it answers, in milliseconds.
type (
	task struct {
		First int              `json:"first"`
		Years int              `json:"years"`
		Lines []string         `json:"lines"`
		Check []map[string]any `json:"check"`
		Warm  []map[string]any `json:"warm"`
		Timed []map[string]any `json:"timed"`
	}
	timing struct {
		Load    float64     `json:"load"`
		Each    []float64   `json:"each"`
		Results [][]float64 `json:"results"`
	}
)

// situation says a case in the words of offer.publicodes.
func (c Case) situation() map[string]any {
	s := map[string]any{
		"count": c.Count, "pay": c.Pay.String(), "raise": c.Raise.String(), "dependants": c.Dependants,
		"moroccan share": c.Moroccan.String(), "attrition": c.Attrition.String(), "export share": c.Export.String(), "opened": c.Opened,
	}
	for y, taxable := range c.Profits {
		s[fmt.Sprintf("profit %d", y)] = taxable.String()
	}
	return s
}

// publicodes measures the engine beside the npm package of that name.
func publicodes(b *bench) ([]Figure, error) {
	node, err := exec.LookPath("node")
	if err != nil {
		return nil, missing("node is not installed")
	}
	if _, err := os.Stat(publicodesFolder + "/node_modules/publicodes"); err != nil {
		return nil, missing("the npm package is not installed")
	}
	estimate := Figure{ID: "publicodes/estimate", What: "one estimate of the worked case", Theirs: "publicodes"}
	reading := Figure{ID: "publicodes/load", What: "rules read, checked and prepared", Theirs: "publicodes"}
	cases := b.drawn(checked)
	for range b.rounds {
		t := task{First: b.first(), Years: b.years(), Lines: lines}
		for _, c := range cases {
			t.Check = append(t.Check, c.situation())
		}
		for i := range 200 {
			t.Warm = append(t.Warm, b.of(1+i).situation())
			t.Timed = append(t.Timed, b.of(1001+i).situation())
		}
		got, err := runNode(node, t)
		if err != nil {
			return nil, err
		}
		if err := b.agree("publicodes", cases, got.Results); err != nil {
			return nil, err
		}
		mine, err := b.estimates()
		if err != nil {
			return nil, err
		}
		estimate.add(mine, median(got.Each)/1e3)
		mine, err = seconds(5, func() error { _, err := load(); return err })
		if err != nil {
			return nil, err
		}
		reading.add(mine, got.Load/1e3)
	}
	return []Figure{estimate, reading}, nil
}

func runNode(node string, t task) (timing, error) {
	var out timing
	in, err := json.Marshal(t)
	if err != nil {
		return out, err
	}
	cmd := exec.Command(node, publicodesFolder+"/measure.mjs")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	answer, err := cmd.Output()
	if err != nil {
		return out, fmt.Errorf("measure.mjs: %w", err)
	}
	return out, json.Unmarshal(answer, &out)
}
