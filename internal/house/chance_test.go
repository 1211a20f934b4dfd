package house

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// chance is the package of random numbers, and fromASeed the names in it that
// repeat themselves: those that draw without a seed are not among them.
const chance = "math/rand/v2"

var fromASeed = []string{"New", "NewPCG", "Rand"}

// unseeded lists what a file names of the package of random numbers beside those
// names. A dot import is refused as a whole: it hides what is named.
func unseeded(file *ast.File) []string {
	var local string
	for _, spec := range file.Imports {
		if path, _ := strconv.Unquote(spec.Path.Value); path != chance {
			continue
		}
		local = "rand"
		if spec.Name != nil {
			local = spec.Name.Name
		}
	}
	switch local {
	case "":
		return nil
	case ".":
		return []string{"all of " + chance}
	}
	var wrong []string
	ast.Inspect(file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && x.Name == local && !slices.Contains(fromASeed, sel.Sel.Name) {
			wrong = append(wrong, local+"."+sel.Sel.Name)
		}
		return true
	})
	return wrong
}

func TestChanceIsSeeded(t *testing.T) {
	draws := false
	for _, s := range sources(t) {
		if s.room != seeded {
			continue
		}
		draws = draws || slices.ContainsFunc(s.file.Imports, func(i *ast.ImportSpec) bool { return i.Path.Value == strconv.Quote(chance) })
		for _, name := range unseeded(s.file) {
			t.Errorf("%s names %s: only %v repeat themselves", s.name, name, fromASeed)
		}
	}
	if !draws {
		t.Errorf("%s draws nothing any more: take %s from it", seeded, chance)
	}
}

// The rule itself must refuse what it is there for.
func TestUnseeded(t *testing.T) {
	for _, c := range []struct {
		imports, body string
		want          []string
	}{
		{`"math/rand/v2"`, `var r *rand.Rand = rand.New(rand.NewPCG(1, 2))`, nil},
		{`"math/rand/v2"`, `var n = rand.IntN(6)`, []string{"rand.IntN"}},
		{`dice "math/rand/v2"`, `var f, r = dice.Shuffle, dice.New(dice.NewPCG(dice.Uint64(), 2))`, []string{"dice.Shuffle", "dice.Uint64"}},
		{`. "math/rand/v2"`, `var n = IntN(6)`, []string{"all of math/rand/v2"}},
		{`"example.org/rand"`, `var n = rand.IntN(6)`, nil},
	} {
		text := fmt.Sprintf("package p\n\nimport %s\n\n%s\n", c.imports, c.body)
		file, err := parser.ParseFile(token.NewFileSet(), "p.go", text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := unseeded(file); !slices.Equal(got, c.want) {
			t.Errorf("%s names %v, want %v", text, got, c.want)
		}
	}
}
