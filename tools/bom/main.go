// Command bom writes the bill of materials of a built program as CycloneDX JSON:
// the modules that the program itself says it is made of, with the licences of
// assets/licences, and the fonts and map that are built in.
//
//	go run -C tools ./bom PROGRAM ../assets/licences/index.json VERSION
//
// It holds no clock and no chance: the same program gives the same file.
package main

import (
	"debug/buildinfo"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

type credit struct{ Kind, Name, Version, Licence, Home string }

type bill struct {
	Format      string      `json:"bomFormat"`
	SpecVersion string      `json:"specVersion"`
	Version     int         `json:"version"`
	Metadata    metadata    `json:"metadata"`
	Components  []component `json:"components"`
}

type metadata struct {
	Component  component  `json:"component"`
	Properties []property `json:"properties"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type component struct {
	Type       string      `json:"type"`
	Ref        string      `json:"bom-ref"`
	Name       string      `json:"name"`
	Version    string      `json:"version"`
	PURL       string      `json:"purl,omitempty"`
	Licences   []licence   `json:"licenses,omitempty"`
	References []reference `json:"externalReferences,omitempty"`
}

type licence struct {
	Expression string `json:"expression"`
}

type reference struct {
	Type string `json:"type"`
	URL  string `json:"url"`
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: go run -C tools ./bom PROGRAM INDEX VERSION")
		os.Exit(2)
	}
	b, err := describe(os.Args[1], os.Args[2], os.Args[3])
	if err == nil {
		enc := json.NewEncoder(os.Stdout)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		err = enc.Encode(b)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func describe(program, index, version string) (*bill, error) {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return nil, err
	}
	raw, err := os.ReadFile(index)
	if err != nil {
		return nil, err
	}
	var credits []credit
	if err := json.Unmarshal(raw, &credits); err != nil {
		return nil, err
	}
	b := &bill{Format: "CycloneDX", SpecVersion: "1.5", Version: 1, Metadata: metadata{Component: component{
		Type: "application", Ref: "atlas-p2i", Name: "Atlas P2I", Version: version,
	}}}
	for _, s := range info.Settings {
		if s.Key == "GOOS" || s.Key == "GOARCH" || s.Key == "-tags" {
			b.Metadata.Properties = append(b.Metadata.Properties, property{"go:" + s.Key, s.Value})
		}
	}
	known := map[string]credit{}
	for _, c := range credits {
		known[c.Name] = c
		switch c.Kind {
		case "language":
			c.Version = strings.TrimPrefix(info.GoVersion, "go") // what it was really built with
			b.Components = append(b.Components, c.as("library", "pkg:golang/std@"+c.Version))
		case "font", "map":
			b.Components = append(b.Components, c.as("data", ""))
		}
	}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c, ok := known[m.Path]
		if !ok || c.Version != m.Version {
			return nil, fmt.Errorf("%s %s is in %s and not in %s: run tools/licences", m.Path, m.Version, program, index)
		}
		b.Components = append(b.Components, c.as("library", "pkg:golang/"+m.Path+"@"+m.Version))
	}
	return b, nil
}

func (c credit) as(kind, purl string) component {
	ref := purl
	if ref == "" {
		ref = c.Name + "@" + c.Version
	}
	return component{
		Type: kind, Ref: ref, Name: c.Name, Version: c.Version, PURL: purl,
		Licences: []licence{{c.Licence}}, References: []reference{{"website", c.Home}},
	}
}
