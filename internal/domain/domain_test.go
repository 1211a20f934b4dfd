package domain_test

import (
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

func TestParseMoney(t *testing.T) {
	for s, want := range map[string]domain.Money{
		"0": 0, "0.01": 1, "0.1": 10, "30000": 30_000_00, "30000.5": 30_000_50, "007.00": 700,
	} {
		if got, err := domain.ParseMoney(s); err != nil || got != want {
			t.Errorf("ParseMoney(%q) = %d, %v, want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "1 000", "1.234", "0x1", "１", "12345678901234567.00"} {
		if got, err := domain.ParseMoney(s); err == nil {
			t.Errorf("ParseMoney(%q) = %v, want an error", s, got)
		}
	}
}

func TestParseMonth(t *testing.T) {
	m, err := domain.ParseMonth("2026-01")
	if err != nil || m.Year() != 2026 || m.Number() != 1 || m.String() != "2026-01" {
		t.Errorf("2026-01 is %v, %v", m, err)
	}
	if last := m + 59; last.String() != "2030-12" {
		t.Errorf("59 months on: %s, want 2030-12", last)
	}
	for _, s := range []string{"", "2026", "2026-13", "2026-00", "2026-1", "26-01", "2026/01", "2026-01-01", "+026-01", "2026- 1"} {
		if got, err := domain.ParseMonth(s); err == nil {
			t.Errorf("ParseMonth(%q) = %v, want an error", s, got)
		}
	}
}

func TestRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := domain.Money(rapid.Int64Range(0, 1e17).Draw(t, "centimes"))
		if got, err := domain.ParseMoney(m.String()); err != nil || got != m {
			t.Fatalf("%s read as %v, %v", m, got, err)
		}
		s := domain.Share(rapid.Int64Range(0, 1e6).Draw(t, "millionths"))
		if got, err := domain.ParseShare(s.String()); err != nil || got != s {
			t.Fatalf("%s read as %v, %v", s, got, err)
		}
		month := domain.Month(rapid.IntRange(0, 9999*12+11).Draw(t, "month"))
		if got, err := domain.ParseMonth(month.String()); err != nil || got != month {
			t.Fatalf("%s read as %v, %v", month, got, err)
		}
	})
}

// What is accepted is only digits and one point: no second spelling slips in.
func FuzzParseMoney(f *testing.F) {
	f.Add("30000.50")
	f.Add("-0")
	f.Fuzz(func(t *testing.T, s string) {
		m, err := domain.ParseMoney(s)
		if err != nil {
			return
		}
		if m < 0 {
			t.Fatalf("%q gives %d", s, m)
		}
		for _, c := range s {
			if c != '.' && (c < '0' || c > '9') {
				t.Fatalf("%q accepted", s)
			}
		}
	})
}
