package rules_test

import (
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/rules"
)

func TestLoad_TheShippedPack(t *testing.T) {
	if _, err := rules.Load(assets.PackFiles()); err != nil {
		t.Fatal(err)
	}
}
