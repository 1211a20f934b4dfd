package figures_test

import (
	"testing"

	"atlasp2i/internal/figures"

	"pgregory.net/rapid"
)

func num(t interface{ Fatal(...any) }, s string) figures.Num {
	n, err := figures.ParseNum(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The conflicts of the research that are a matter of class: a reading, the value
// taken, and what the reading is to it.
func TestClassify_Published(t *testing.T) {
	for _, c := range []struct {
		id, reading, taken string
		class              figures.Class
		less               figures.Side
	}{
		{"C1 two decimals", "2580", "2587", figures.Truncated, figures.Reading},
		{"C1 one decimal", "2500", "2587", figures.Truncated, figures.Reading},
		{"C1 rounded", "2600", "2587", figures.Rounded, figures.Reading},
		{"C1 rounded twice", "2590", "2587", figures.Rounded, figures.Reading},
		{"C2", "3400", "3462", figures.Truncated, figures.Reading},
		{"C2 rounded", "3500", "3462", figures.Rounded, figures.Reading},
		{"C3", "1900", "1997", figures.Truncated, figures.Reading},
		{"C4", "2300", "2334", figures.Rounded, figures.Reading},
		{"C5", "10600", "10578", figures.Rounded, figures.Reading},
		{"C6", "9800", "9797", figures.Rounded, figures.Reading},
		{"C6 old whole sector", "18000", "9797", figures.Conflict, figures.Reading},
		{"C7 one decimal", "26200", "26219", figures.Rounded, figures.Reading},
		{"C7 minister", "26220", "26219", figures.Rounded, figures.Reading},
		{"C8", "17900", "26170", figures.Conflict, figures.Reading},
		{"C8 same series", "18000", "17900", figures.Rounded, figures.Reading},
		{"C9", "15700", "15800", figures.Conflict, figures.Neither},
		{"C10", "14000", "14700", figures.Truncated, figures.Reading},
		{"C10 other answer", "19000", "14700", figures.Conflict, figures.Reading},
		{"C11", "3.9", "3.5", figures.Conflict, figures.Neither},
		{"C12", "2800", "2700", figures.Conflict, figures.Neither},
		{"C15", "120000", "130000", figures.Conflict, figures.Neither},
		{"C20", "1000", "1200", figures.Rounded, figures.Reading},
		{"C23", "550", "568", figures.Conflict, figures.Reading},
		{"C24", "6680", "6860", figures.Conflict, figures.Neither},
		{"C24 cut", "6800", "6860", figures.Truncated, figures.Reading},
		{"C24 whole", "7000", "6860", figures.Rounded, figures.Reading},
		{"half-year sum", "13400", "13348", figures.Conflict, figures.Reading},
		{"negative", "-39", "-38.5", figures.Rounded, figures.Reading},
		{"negative cut", "-38", "-38.5", figures.Truncated, figures.Reading},
		{"published zero", "10.0", "9.6", figures.Conflict, figures.Neither},
		{"more decimals", "10.0", "10", figures.Equal, figures.Neither},
		{"finer than what was taken", "10578", "10600", figures.Rounded, figures.Against},
	} {
		class, less := figures.Classify(num(t, c.reading), num(t, c.taken))
		if class != c.class || less != c.less {
			t.Errorf("%s: %s against %s is %s (%d), want %s (%d)", c.id, c.reading, c.taken, class, less, c.class, c.less)
		}
	}
}

func numbers() *rapid.Generator[figures.Num] {
	return rapid.Custom(func(t *rapid.T) figures.Num {
		decimals := rapid.IntRange(0, 6).Draw(t, "decimals")
		n := rapid.Int64Range(-999_999_999_999, 999_999_999_999).Draw(t, "digits")
		for range 6 - decimals {
			n *= 10
		}
		return figures.Num{Micros: n, Decimals: decimals}
	})
}

func TestClassify_CopiesAreRecognised(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := numbers().Draw(t, "number")
		place := rapid.IntRange(-6, 11).Draw(t, "place")
		if class, _ := figures.Classify(n, n); class != figures.Equal {
			t.Fatalf("%s against itself is %s", n, class)
		}
		rounded := n.Rounded(place)
		// nothing of the number is left in a zero
		if class, less := figures.Classify(rounded, n); rounded.Micros != 0 && rounded.Micros != n.Micros &&
			(class != figures.Rounded || less != figures.Reading) {
			t.Fatalf("%s rounded to %s is %s (%d)", n, rounded, class, less)
		}
		cut := n.Truncated(place)
		if class, _ := figures.Classify(cut, n); cut.Micros != 0 && cut.Micros != n.Micros &&
			class != figures.Rounded && class != figures.Truncated {
			t.Fatalf("%s truncated to %s is %s", n, cut, class)
		}
	})
}

func TestClassify_OrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = a.Rounded(rapid.IntRange(-6, 11).Draw(t, "place"))
		}
		one, less := figures.Classify(a, b)
		two, more := figures.Classify(b, a)
		turned := map[figures.Side]figures.Side{
			figures.Neither: figures.Neither, figures.Reading: figures.Against, figures.Against: figures.Reading,
		}
		if one != two || turned[less] != more {
			t.Fatalf("%s and %s: %s (%d), the other way %s (%d)", a, b, one, less, two, more)
		}
	})
}

func TestNum_Place(t *testing.T) {
	for s, want := range map[string]int{"13400": 2, "2587": 0, "26220": 1, "10.0": -1, "0.151": -3, "-12.7": -1, "0": 0, "1000000": 6} {
		if got := num(t, s).Place(); got != want {
			t.Errorf("place of %s is %d, want %d", s, got, want)
		}
	}
}

func FuzzParseNum(f *testing.F) {
	for _, s := range []string{"26220", "-12.7", "10.0", "-0", "1e3", " 1", "1,5", "999999999999.999999"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, err := figures.ParseNum(s)
		if err != nil {
			return
		}
		again, err := figures.ParseNum(n.String())
		if err != nil || again != n {
			t.Fatalf("%q reads as %v, printed %q, read again %v (%v)", s, n, n.String(), again, err)
		}
	})
}
