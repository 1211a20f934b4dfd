package calc_test

import (
	"encoding/json"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pelletier/go-toml/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/project"
)

// goldenCase is one case of testdata/cases: a project in the keys of the project
// file, the arithmetic done by hand, and the amounts that come of it.
type goldenCase struct {
	Name    string
	Why     string
	Working []string
	Project map[string]any
	Expect  map[string]string
}

func TestGoldenCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.toml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	e := calctest.Engine(t)
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var file struct{ Case []goldenCase }
		if err := toml.Unmarshal(raw, &file); err != nil || len(file.Case) == 0 {
			t.Fatalf("%s: %d cases, %v", name, len(file.Case), err)
		}
		for _, c := range file.Case {
			t.Run(strings.TrimSuffix(filepath.Base(name), ".toml")+"/"+c.Name, func(t *testing.T) { c.check(t, e) })
		}
	}
}

func (c *goldenCase) check(t *testing.T, e *calc.Engine) {
	worked := c.work(t)
	raw, err := json.Marshal(c.Project)
	if err != nil {
		t.Fatal(err)
	}
	p, err := project.Read(raw)
	if err != nil {
		t.Fatal(err)
	}
	r := calctest.Case(t, e, p).Result()
	if len(c.Expect) == 0 {
		t.Error("nothing is expected")
	}
	for key, want := range c.Expect {
		amount, ok := new(big.Rat).SetString(want)
		if !ok || (amount.Sign() != 0 && !slices.ContainsFunc(worked, func(x *big.Rat) bool { return x.Cmp(amount) == 0 })) {
			t.Errorf("%s = %s is not the result of a line of the working", key, want)
		}
		if got := printedAmount(r, key); got != want {
			t.Errorf("%s = %s, by hand %s", key, got, want)
		}
	}
}

// printedAmount is an amount of the result by its headless key, KEY or KEY.YEAR.
func printedAmount(r *calc.Result, key string) string {
	line, year, dated := strings.Cut(key, ".")
	if line == "notCounted" {
		var sum domain.Money
		for _, n := range r.NotCounted {
			if n.Amount != nil {
				sum += *n.Amount
			}
		}
		return sum.String()
	}
	var sum domain.Money
	for _, y := range r.Years {
		switch {
		case dated && strconv.Itoa(y.Year) != year:
		case line == calc.LineHeads:
			return y.HeadcountEnd.String()
		default:
			sum += y.Line(line)
		}
	}
	return sum.String()
}

// work checks each line of the working and gives the results.
func (c *goldenCase) work(t *testing.T) (results []*big.Rat) {
	t.Helper()
	for _, line := range c.Working {
		if strings.HasPrefix(line, "#") {
			continue
		}
		at := strings.LastIndex(line, ": ")
		sum, result, ok := strings.Cut(line[at+2:], " = ")
		per := int64(0)
		if !ok {
			sum, result, ok = strings.Cut(line[at+2:], " ~ ")
			per = 100
		}
		want, known := new(big.Rat).SetString(result)
		got, err := arithmetic(sum)
		if !ok || !known || err != "" {
			t.Errorf("%q is not arithmetic: %s", line, err)
			continue
		}
		if per > 0 {
			got = big.NewRat(halfUp(got, per), per)
		}
		if got.Cmp(want) != 0 {
			t.Errorf("%q: the result is %s", line, got.FloatString(10))
		}
		results = append(results, want)
	}
	return results
}

// arithmetic is a calculator for sums with + - x / ( ) min(,) and max(,).
func arithmetic(s string) (value *big.Rat, fault string) {
	c := calculator{words: regexp.MustCompile(`[0-9.]+|min|max|[-+x/(),]|\S`).FindAllString(s, -1)}
	v := c.sum()
	if c.fault == "" && len(c.words) > 0 {
		c.fault = "unexpected " + c.words[0]
	}
	return v, c.fault
}

type calculator struct {
	words []string
	fault string
}

func (c *calculator) next(want ...string) string {
	if len(c.words) == 0 || (len(want) > 0 && !slices.Contains(want, c.words[0])) {
		return ""
	}
	w := c.words[0]
	c.words = c.words[1:]
	return w
}

func (c *calculator) sum() *big.Rat {
	v := c.product()
	for {
		switch c.next("+", "-") {
		case "+":
			v = plus(v, c.product())
		case "-":
			v = less(v, c.product())
		default:
			return v
		}
	}
}

func (c *calculator) product() *big.Rat {
	v := c.atom()
	for {
		switch c.next("x", "/") {
		case "x":
			v = mul(v, c.atom())
		case "/":
			v = mul(v, new(big.Rat).Inv(c.atom()))
		default:
			return v
		}
	}
}

func (c *calculator) atom() *big.Rat {
	w := c.next()
	switch w {
	case "(":
		v := c.sum()
		c.expect(")")
		return v
	case "min", "max":
		c.expect("(")
		a := c.sum()
		c.expect(",")
		b := c.sum()
		c.expect(")")
		if (a.Cmp(b) < 0) == (w == "min") {
			return a
		}
		return b
	}
	v, ok := new(big.Rat).SetString(w)
	if !ok {
		c.fault = "number expected, not " + w
		return whole(1)
	}
	return v
}

func (c *calculator) expect(w string) {
	if c.next(w) == "" {
		c.fault = w + " expected"
	}
}
