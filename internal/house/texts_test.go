package house

import (
	"go/ast"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// keyArgument is the convention by which this test finds the keys that the
// program says: the functions and methods of these names take a catalogue key
// as this argument (counted from 0), then pairs of blank and value. A key put
// together at run time ("condition." + id) is not a literal: the reader of the
// pack demands those texts.
var keyArgument = map[string]int{"M": 0, "Refuse": 2, "refuse": 1, "Text": 0, "Has": 0}

var blank = regexp.MustCompile(`\{\{\.([a-zA-Z0-9]+)\}\}`)

// keyShape finds a string that looks like a key: words with points between.
var keyShape = regexp.MustCompile(`^[a-z][A-Za-z0-9]*(\.[A-Za-z0-9]+)+$`)

// fileName finds a string that looks like a key and names a file.
var fileName = regexp.MustCompile(`\.(toml|json|csv|db|zip|ttf|svg|png)$`)

// accented finds a letter that English does not have.
var accented = regexp.MustCompile(`[À-ÖØ-öø-ÿŒœ]`)

// french is the catalogue that the others are held to.
func french(t *testing.T) *i18n.Catalogue {
	t.Helper()
	return catalogue(t, "fr")
}

// catalogue is the program's catalogue in a language, with the texts of the
// built-in pack.
func catalogue(t *testing.T, lang string) *i18n.Catalogue {
	t.Helper()
	c, err := i18n.Load(assets.I18n, lang)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	return c.WithTexts(pack.TextsIn(lang))
}

// blanksOf lists the blanks of each key, all forms together.
func blanksOf(c *i18n.Catalogue) map[string][]string {
	out := map[string][]string{}
	for key, text := range c.Keys {
		for _, found := range blank.FindAllStringSubmatch(text, -1) {
			out[key] = append(out[key], found[1])
		}
	}
	return out
}

// use is one place in the program that says a key.
type use struct {
	key   string
	named []string // the blanks that are filled
	whole bool     // all of them are visible in the call
}

// usesOf finds the keys that one node says: a call, or a method Key.
func usesOf(n ast.Node) []use {
	switch n := n.(type) {
	case *ast.CallExpr:
		return usesOfCall(n)
	case *ast.FuncDecl:
		if n.Recv == nil || n.Name.Name != "Key" || n.Body == nil {
			return nil
		}
		var out []use
		ast.Inspect(n.Body, func(n ast.Node) bool {
			if r, ok := n.(*ast.ReturnStmt); ok && len(r.Results) == 1 {
				if key, ok := literal(r.Results[0]); ok {
					out = append(out, use{key: key})
				}
			}
			return true
		})
		return out
	default:
		return nil
	}
}

func usesOfCall(call *ast.CallExpr) []use {
	var name string
	switch f := call.Fun.(type) {
	case *ast.Ident:
		name = f.Name
	case *ast.SelectorExpr:
		name = f.Sel.Name
	}
	at, known := keyArgument[name]
	if !known || len(call.Args) <= at {
		return nil
	}
	key, ok := literal(call.Args[at])
	if !ok || !strings.Contains(key, ".") {
		return nil
	}
	u := use{key: key, whole: name != "Has" && call.Ellipsis == token.NoPos}
	for i := at + 1; i < len(call.Args); i += 2 {
		blank, ok := literal(call.Args[i])
		u.named = append(u.named, blank)
		u.whole = u.whole && ok
	}
	return []use{u}
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}

func TestEveryKeyHasItsText(t *testing.T) {
	c := french(t)
	blanks := blanksOf(c)
	found := 0
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			for _, u := range usesOf(n) {
				found++
				if !c.Has(u.key) {
					t.Errorf("%s:%d: no text for %q", s.name, s.line(n.Pos()), u.key)
				} else if u.whole {
					checkBlanks(t, s, n, u, blanks[u.key])
				}
			}
			return true
		})
	}
	if found < 20 {
		t.Errorf("only %d keys found: the convention no longer meets the code", found)
	}
}

// A key may also wait in a variable or a table. So a string that looks like a key
// and begins with a word that keys of the catalogue begin with must be one.
func TestKeysInVariablesHaveTheirText(t *testing.T) {
	c := french(t)
	first := map[string]bool{}
	for key := range c.Keys {
		word, _, _ := strings.Cut(key, ".")
		first[word] = true
	}
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			e, ok := n.(ast.Expr)
			if !ok {
				return true
			}
			key, ok := literal(e)
			word, _, _ := strings.Cut(key, ".")
			if ok && keyShape.MatchString(key) && !fileName.MatchString(key) && first[word] && !c.Has(key) {
				t.Errorf("%s:%d: %q looks like a key and has no text", s.name, s.line(e.Pos()), key)
			}
			return true
		})
	}
}

func checkBlanks(t *testing.T, s source, n ast.Node, u use, want []string) {
	t.Helper()
	given := strings.Join(u.named, " ")
	for _, name := range want {
		if !strings.Contains(" "+given+" ", " "+name+" ") {
			t.Errorf("%s:%d: the text of %q has the blank %q, given are: %s", s.name, s.line(n.Pos()), u.key, name, given)
		}
	}
}

// Texts for people live in catalogues and packs: a letter with an accent in a
// string of the program is one that strayed.
func TestNoTextInCode(t *testing.T) {
	for _, s := range sources(t) {
		ast.Inspect(s.file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				if text, ok := literal(e); ok && accented.MatchString(text) {
					t.Errorf("%s:%d: %q belongs in a catalogue", s.name, s.line(e.Pos()), text)
				}
			}
			return true
		})
	}
}
