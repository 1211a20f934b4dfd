package vault

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

func TestCheckCode(t *testing.T) {
	for code, key := range map[string]string{
		"250714":                  "",
		"Rabat26":                 "",
		"25071":                   "vault.code.length",
		"":                        "vault.code.length",
		strings.Repeat("a1b", 22): "vault.code.length",
		"111111":                  "vault.code.plain",
		"121212":                  "vault.code.plain",
		"2507 14":                 "vault.code.signs",
		"250714!":                 "vault.code.signs",
		"2507\x0014":              "vault.code.signs",
	} {
		got := ""
		var p *domain.Problem
		if err := CheckCode(code); errors.As(err, &p) {
			got = p.Msg.Key
			if p.Value != "" {
				t.Errorf("%q is repeated in the refusal", code)
			}
		}
		if got != key {
			t.Errorf("%q: %q, want %q", code, got, key)
		}
	}
}

func TestHash_KnowsItsCodeAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.StringMatching(`[0-9]{3}[A-Za-z]{3,8}`).Filter(func(s string) bool { return CheckCode(s) == nil }).Draw(t, "code")
		other := rapid.StringMatching(`[0-9A-Za-z]{0,12}`).Draw(t, "other")
		h := must(HashCode(code, cheap, rand.Reader))(t)
		data, err := json.Marshal(h)
		if err != nil || strings.Contains(string(data), code) {
			t.Fatalf("%s %v", data, err)
		}
		var back Hash
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if !back.Matches(code) {
			t.Fatal("the code is not known again")
		}
		if back.Matches(other) != (other == code) {
			t.Fatalf("%q passes for %q", other, code)
		}
	})
}

func TestHash_OfNothingMatchesNothing(t *testing.T) {
	whole := must(HashCode("250714", cheap, rand.Reader))(t)
	cut, costly := whole, whole
	cut.Sum = nil
	costly.Cost.KiB = 1 << 30
	for _, h := range []Hash{{}, cut, costly} {
		if h.Matches("250714") || h.Matches("") {
			t.Errorf("%+v lets through", h)
		}
	}
}

func TestTries_WaitLongerEachTime(t *testing.T) {
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	tries := Tries{}
	for i, want := range []time.Duration{0, 1, 2, 4, 8, 16, 30, 30} {
		if got := tries.Wait(now); got != want*time.Second {
			t.Errorf("after %d: %v, want %v s", i, got, int(want))
		}
		if got := tries.Wait(now.Add(time.Minute)); got != 0 {
			t.Errorf("after %d and a minute: %v", i, got)
		}
		if got := tries.Wait(now.Add(-time.Hour)); got != want*time.Second {
			t.Errorf("after %d, the clock set back: %v", i, got)
		}
		tries = tries.After(now)
	}
}
