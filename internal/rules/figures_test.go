package rules_test

import (
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"atlasp2i/internal/rules"
)

// The figures are kept as they are and count in the identity of the pack.
func TestLoad_KeepsFigures(t *testing.T) {
	plain := load(t, withoutFigures(t))
	files := withoutFigures(t)
	files["figures/any.csv"] = &fstest.MapFile{Data: []byte("id\n")}
	files["texts/fr/any.toml"] = &fstest.MapFile{Data: []byte("\n\"figure.any\" = \"t\"\n")}
	p := load(t, files)
	if string(p.Figures["figures/any.csv"]) != "id\n" || p.SHA256 == plain.SHA256 {
		t.Errorf("got %v, identity %s", p.Figures, p.SHA256)
	}
	if want := (rules.Pos{File: "texts/fr/any.toml", Line: 2}); p.FigureTexts["fr"]["figure.any"] != want || p.Texts["fr"]["figure.any"] != "t" {
		t.Errorf("got %v", p.FigureTexts)
	}
	delete(files, "figures/any.csv")
	if f := refusal(t, files); code(f) != "unknown_text" {
		t.Errorf("a text of figures without figures: %v", f)
	}
	files["figures/deeper/any.csv"] = &fstest.MapFile{}
	if f := refusal(t, files); code(f) != "unknown_file" {
		t.Errorf("a folder in the folder: %v", f)
	}
}

// withoutFigures is the shipped pack with neither figures nor their texts.
func withoutFigures(t *testing.T) fstest.MapFS {
	t.Helper()
	files := shipped(t)
	for name := range files {
		if strings.HasPrefix(name, "figures/") || path.Base(name) == "figures.toml" && strings.HasPrefix(name, "texts/") {
			delete(files, name)
		}
	}
	return files
}
