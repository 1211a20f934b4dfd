package desk_test

import (
	"errors"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/rules"
)

func TestFiguresAreReadOnce(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	first, err := d.Figures()
	if err != nil || len(first.Indicators) == 0 {
		t.Fatalf("%v, %v", first, err)
	}
	if again, err := d.Figures(); err != nil || again != first {
		t.Errorf("read again: %v", err)
	}
}

// Without figures the book is empty; with wrong ones the fault names the line.
func TestFiguresOfAnotherPack(t *testing.T) {
	files := builtIn(t)
	replace(t, files, "figures/observations.csv", "o001,MA,exports,TOTAL,2025-H1,13400,", "o001,MA,exports,TOTAL,2025-H1,much,")
	_, err := newDesk(t, files, nil).Figures()
	var fault *rules.Fault
	if !errors.As(err, &fault) || fault.File != "figures/observations.csv" || fault.Line != 2 {
		t.Errorf("%v", err)
	}
	for name := range files {
		if strings.HasPrefix(name, "figures/") {
			delete(files, name)
		}
	}
	delete(files, "texts/fr/figures.toml")
	delete(files, "texts/en/figures.toml")
	delete(files, "texts/es/figures.toml")
	delete(files, "sources/figures.toml")
	book, err := newDesk(t, files, nil).Figures()
	if err != nil || len(book.Groups(figures.Query{})) != 0 {
		t.Errorf("%v, %v", book, err)
	}
}

func TestSayPeriod(t *testing.T) {
	texts := newDesk(t, assets.PackFiles(), nil).Texts()
	for text, want := range map[string]string{
		"2024": "2024", "2024-H1": "1er semestre 2024", "2024-H2": "2e semestre 2024", "2024-Q1": "1er trimestre 2024",
		"2024-Q2": "2e trimestre 2024", "2024-Q3": "3e trimestre 2024", "2024-Q4": "4e trimestre 2024", "2024-09": "septembre 2024",
		"2014/2020": "2014 \u00e0 2020", "2024-01/2024-09": "janvier 2024 \u00e0 septembre 2024", "/2027": "jusqu'\u00e0 2027", "2025/": "depuis 2025",
		"FY2025": "exercice 2025", "~2018": "vers 2018", "undated": "sans date",
	} {
		p, err := figures.ParsePeriod(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := desk.SayPeriod(texts, p); got != want {
			t.Errorf("%s is said %q, want %q", text, got, want)
		}
	}
}

func TestSayNum(t *testing.T) {
	texts := newDesk(t, assets.PackFiles(), nil).Texts()
	for _, c := range []struct{ digits, unit, want string }{
		{"13400", "MAD million", "13 400 M MAD"},
		{"-12.7", "%", "\u221212,7 %"},
		{"10.0", "%", "10,0 %"},
		{"28", "rank", "rang 28"},
		{"20250731", "date", "31/07/2025"},
		{"1.46", "ratio", "1,46"},
	} {
		n, err := figures.ParseNum(c.digits)
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.ReplaceAll(desk.SayNum(texts, n, c.unit), "\u202f", " "); got != c.want {
			t.Errorf("%s %s is said %q, want %q", c.digits, c.unit, got, c.want)
		}
	}
}
