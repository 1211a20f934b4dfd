package figures_test

import (
	"cmp"
	"testing"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
)

func per(t testing.TB, s string) figures.Period {
	t.Helper()
	p, err := figures.ParsePeriod(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestParsePeriod(t *testing.T) {
	for _, c := range []struct {
		text, start, end string // "" is not known
		kind             figures.Kind
	}{
		{"2024", "2024-01", "2024-12", figures.Year},
		{"2024-H1", "2024-01", "2024-06", figures.Half},
		{"2024-H2", "2024-07", "2024-12", figures.Half},
		{"2024-Q3", "2024-07", "2024-09", figures.Quarter},
		{"2024-09", "2024-09", "2024-09", figures.Month},
		{"2014/2020", "2014-01", "2020-12", figures.Range},
		{"2024-01/2024-09", "2024-01", "2024-09", figures.Range},
		{"2025/2026-01", "2025-01", "2026-01", figures.Range},
		{"/2027", "", "2027-12", figures.Range},
		{"2025/", "2025-01", "", figures.Range},
		{"FY2025", "", "", figures.Fiscal},
		{"~2018", "2018-01", "2018-12", figures.About},
		{"undated", "", "", figures.Undated},
	} {
		p := per(t, c.text)
		if p.String() != c.text || p.Kind() != c.kind {
			t.Errorf("%s: prints %s, kind %d", c.text, p, p.Kind())
		}
		start, known := p.Start()
		checkMonth(t, c.text+" start", start, known, c.start)
		end, known := p.End()
		checkMonth(t, c.text+" end", end, known, c.end)
	}
	for _, s := range []string{
		"", "24", "1899", "2200", "2024-H3", "2024-Q0", "2024-Q5", "2024-13", "2024-00", "2024-9", "2024-h1", "/", "2020/2014",
		"2024/2024", "2024-01/2024", "2024/2024-06", "FY2024-H1", "FY24", "~2018-01", "~FY2018", "c. 2018", "to 2027", "2024 ", " 2024", "2014/2020/2026",
		"~2018/2020", "undated/2024", "2025-03 annualised", "20240901",
	} {
		if p, err := figures.ParsePeriod(s); err == nil {
			t.Errorf("%q is read as %s", s, p)
		}
	}
}

func checkMonth(t *testing.T, what string, got domain.Month, known bool, want string) {
	t.Helper()
	if known != (want != "") || known && got.String() != want {
		t.Errorf("%s is %s (%t), want %q", what, got, known, want)
	}
}

func TestPeriod_Order(t *testing.T) {
	want := []string{
		"~2018", "2019", "2024-Q1", "2024-H1", "2024-Q3", "2024-Q4", "2024-H2", "2024", "FY2024", "2014/2024", "2025/", "2025-03",
		"2025-H1", "2027-12", "/2027", "undated",
	}
	for i := range want {
		for j := range want {
			if got, sign := per(t, want[i]).Compare(per(t, want[j])), cmp.Compare(i, j); got != sign {
				t.Errorf("%s to %s is %d, want %d", want[i], want[j], got, sign)
			}
		}
	}
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2024", "2024-H1", "2014/2020", "/2027", "FY2025", "~2018", "undated", "2024-12/", "2024-Q4/2025-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := figures.ParsePeriod(s)
		if err != nil {
			return
		}
		if p.String() != s {
			t.Fatalf("%q prints as %q: there is one form of each period", s, p)
		}
		start, from := p.Start()
		end, to := p.End()
		if from && to && start > end {
			t.Fatalf("%q begins %s after it ends %s", s, start, end)
		}
	})
}
