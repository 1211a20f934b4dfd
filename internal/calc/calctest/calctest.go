// Package calctest makes engines, projects and checks for tests of the
// calculation and of what stands on it.
package calctest

import (
	"sync"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/rules"
)

var load = sync.OnceValues(func() (*calc.Engine, error) {
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		return nil, err
	}
	return calc.New(pack)
})

// Engine is the engine under the built-in pack.
func Engine(t testing.TB) *calc.Engine {
	t.Helper()
	e, err := load()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Month reads YYYY-MM.
func Month(s string) domain.Month {
	m, err := domain.ParseMonth(s)
	if err != nil {
		panic(err)
	}
	return m
}

// Money reads MAD.
func Money(s string) domain.Money {
	m, err := domain.ParseMoney(s)
	if err != nil {
		panic(err)
	}
	return m
}

// Share gives a pointer to a share, as optional inputs want it.
func Share(s string) *domain.Share {
	v, err := domain.ParseShare(s)
	if err != nil {
		panic(err)
	}
	return &v
}

// Role is one role with one hire: pay in MAD a month.
func Role(pay, month string, count int) domain.Role {
	return domain.Role{
		Title: "Profil", GrossMonthly: Money(pay),
		Hires: []domain.Hire{{Month: Month(month), Count: count}},
	}
}

// Project starts in January 2026 for the default 60 months.
func Project(site string, roles ...domain.Role) domain.Project {
	return domain.Project{Name: "Essai", Segment: "ESO", Site: site, From: Month("2026-01"), Roles: roles}
}

// Case prepares a project that must be accepted.
func Case(t testing.TB, e *calc.Engine, p domain.Project) *calc.Case {
	t.Helper()
	c, err := e.Case(p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Want compares an amount with one written in MAD.
func Want(t testing.TB, what string, got domain.Money, want string) {
	t.Helper()
	if got.String() != want {
		t.Errorf("%s = %s, want %s", what, got, want)
	}
}
