package figures_test

import (
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

// book is the figures of the built-in pack.
func book(t testing.TB) *figures.Book {
	t.Helper()
	p, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	b, err := figures.Load(p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestBuiltInPack(t *testing.T) { book(t) }
