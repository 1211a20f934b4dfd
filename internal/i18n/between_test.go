package i18n_test

import "testing"

func TestBetween_SaysASharedUnitOnce(t *testing.T) {
	f := french(t).Formatter()
	for _, tc := range [][3]string{
		{"1,7\u202fM", "4,5\u202fM", "1,7 à 4,5\u202fM"},
		{"950\u202fk", "1,2\u202fM", "950\u202fk à 1,2\u202fM"},
		{"6,0\u202f%", "15,8\u202f%", "6,0 à 15,8\u202f%"},
		{"12\u202f000", "15\u202f000", "12\u202f000 à 15\u202f000"},
		{"0", "4,5\u202fM", "0 à 4,5\u202fM"},
	} {
		if got := f.Between(tc[0], tc[1]); got != tc[2] {
			t.Errorf("Between(%q, %q) = %q, want %q", tc[0], tc[1], got, tc[2])
		}
	}
}
