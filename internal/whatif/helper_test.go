package whatif_test

import (
	"errors"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// french writes a message as the reader sees it.
func french(t testing.TB) func(domain.Msg) string {
	t.Helper()
	c, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	return c.WithTexts(pack.Texts["fr"]).T
}

// refusedAt wants a *domain.Problem in the field.
func refusedAt(t *testing.T, err error, field string) {
	t.Helper()
	var problem *domain.Problem
	if !errors.As(err, &problem) || problem.Field != field {
		t.Errorf("refused with %v, want a problem in %s", err, field)
	}
}

// refusedProject wants the engine's own refusal in the field.
func refusedProject(t *testing.T, err error, field string) {
	t.Helper()
	var problems calc.Problems
	if !errors.As(err, &problems) || problems[0].Field != field {
		t.Errorf("refused with %v, want the engine's refusal of %s", err, field)
	}
}
