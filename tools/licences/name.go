package main

import (
	"os/exec"
	"path/filepath"
	"strings"
)

// read are modules whose terms a person read, because no sentence tells them
// apart.
var read = map[string]string{
	"github.com/go-text/typesetting": "Unlicense OR BSD-3-Clause",
	"github.com/go-text/render":      "Unlicense OR BSD-3-Clause",
	"github.com/golang/freetype":     "FTL OR GPL-2.0-or-later",
}

// sentences tell licences apart; the first that fits decides, so a narrower one
// stands before a wider one.
var sentences = []struct{ id, says string }{
	{"Apache-2.0", "apache license version 2.0"},
	{"MPL-2.0", "mozilla public license"},
	{"Unlicense", "free and unencumbered software released into the public domain"},
	{"BSD-3-Clause", "may be used to endorse or promote products"},
	{"BSD-2-Clause", "redistribution and use in source and binary forms"},
	{"ISC", "permission to use, copy, modify, and/or distribute this software"},
	{"ISC", "permission to use, copy, modify, and distribute this software"},
	{"MIT", "permission is hereby granted, free of charge, to any person obtaining a copy"},
}

// name gives the SPDX expression of a text, or "" where nobody knows.
func name(module, text string) string {
	if known := read[module]; known != "" {
		return known
	}
	plain := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(text, ",\n", "\n")), " "))
	for _, s := range sentences {
		if strings.Contains(plain, s.says) {
			return s.id
		}
	}
	return ""
}

// builtIn is what is in the program and is no module: the language's own library,
// the fonts and the map.
func builtIn(target string) ([]component, error) {
	out, err := exec.Command("go", "env", "GOROOT", "GOVERSION").Output()
	if err != nil {
		return nil, err
	}
	env := strings.Fields(string(out))
	all := []component{
		{
			Kind: "language", Name: "Go", Version: strings.TrimPrefix(env[1], "go"), Licence: "BSD-3-Clause",
			Home: "https://go.dev", Texts: []string{"go/LICENSE"},
		},
		{
			Kind: "font", Name: "Noto Sans", Version: "20201225", Licence: "OFL-1.1",
			Credit: "© Google LLC", Home: "https://notofonts.github.io", Texts: []string{"fonts/OFL.txt"},
		},
		{
			Kind: "map", Name: "morocco-map", Version: "1.3.0", Licence: "ODbL-1.0",
			Credit: "© OpenStreetMap contributors", Home: "https://www.openstreetmap.org/copyright", Texts: []string{"map/LICENSE.md"},
		},
	}
	for i, file := range []string{filepath.Join(env[0], "LICENSE"), filepath.Join(root, "assets/fonts/OFL.txt"), filepath.Join(root, "assets/map/LICENSE.md")} {
		if _, err := keep(target, all[i].Texts[0], file); err != nil {
			return nil, err
		}
	}
	return all, nil
}
