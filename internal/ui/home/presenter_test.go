package home

import (
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

func newDesk(t *testing.T) *desk.Desk {
	t.Helper()
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A quick answer whose AIS is unknown is a lower bound, in MAD and as a share.
func TestAnswer_MarksALowerBound(t *testing.T) {
	d := newDesk(t)
	start := domain.NewMonth(2015, 1)
	for _, tc := range []struct {
		start *domain.Month
		bound bool
	}{{nil, false}, {&start, true}} {
		dr := desk.Draft{Project: domain.Project{
			Name: "Essai", Segment: "ITO", Site: "fes-shore", From: domain.NewMonth(2026, 1), OperationStart: tc.start,
			Roles: []domain.Role{{Title: "Profil", GrossMonthly: 30_000_00, Hires: []domain.Hire{{Month: domain.NewMonth(2026, 1), Count: 40}}}},
		}}
		r, err := d.Estimate(dr)
		if err != nil {
			t.Fatal(err)
		}
		a := answerOf(d, dr, r)
		if strings.HasPrefix(a.gain, "≥") != tc.bound || strings.HasPrefix(a.share, "≥") != tc.bound {
			t.Errorf("from %v: gain %q, share %q", tc.start, a.gain, a.share)
		}
		// 14,669,241.60 of 82,012,320 at least
		if !strings.Contains(a.share, "17,9") {
			t.Errorf("share %q", a.share)
		}
	}
}
