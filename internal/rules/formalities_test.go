package rules_test

import (
	"testing"
	"testing/fstest"

	"atlasp2i/internal/rules"
)

// The formalities are kept as they are and count in the identity of the pack.
func TestLoad_KeepsFormalities(t *testing.T) {
	files := sheetPack(t)
	plain := load(t, files)
	files["formalities/any.toml"] = &fstest.MapFile{Data: []byte("a = 1\n")}
	files["texts/fr/any.toml"] = &fstest.MapFile{Data: []byte("\n\"formality.any\" = \"t\"\n")}
	p := load(t, files)
	if string(p.Formalities["formalities/any.toml"]) != "a = 1\n" || p.SHA256 == plain.SHA256 || len(plain.Formalities) != 0 {
		t.Errorf("got %v, identity %s", p.Formalities, p.SHA256)
	}
	if want := (rules.Pos{File: "texts/fr/any.toml", Line: 2}); p.FormalityTexts["fr"]["formality.any"] != want {
		t.Errorf("got %v", p.FormalityTexts)
	}
	delete(files, "formalities/any.toml")
	if f := refusal(t, files); code(f) != "unknown_text" {
		t.Errorf("a text of formalities without formalities: %v", f)
	}
	files["scenarios/any.toml"] = &fstest.MapFile{Data: []byte("b = 1\n")}
	delete(files, "texts/fr/any.toml")
	if q := load(t, files); string(q.Scenarios["scenarios/any.toml"]) != "b = 1\n" || len(plain.Scenarios) != 0 {
		t.Errorf("scenarios are %v", q.Scenarios)
	}
	first := firstPack(t)
	first["formalities/any.toml"] = &fstest.MapFile{}
	if f := refusal(t, first); code(f) != "unknown_file" || f.File != "formalities/any.toml" {
		t.Errorf("formalities in the first format: %v", f)
	}
}
