package vault

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
)

const (
	passphrase = "quatre mots pour un salon"
	secret     = "Amina Berrada amina@exemple.ma"
)

// cheap lets a test derive keys in no time.
var cheap = Cost{Time: 1, KiB: 64, Threads: 1}

type fataler interface {
	Helper()
	Fatal(args ...any)
}

func must[T any](v T, err error) func(fataler) T {
	return func(t fataler) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ring(t fataler, ids ...string) *Ring {
	t.Helper()
	r := must(Create(Params{Passphrase: passphrase, Random: rand.Reader, Cost: cheap}))(t)
	for _, id := range ids {
		if err := r.Add(id); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func TestRing_ComesBackFromItsBytes(t *testing.T) {
	r := ring(t, "a", "b")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	data := must(r.Marshal())(t)
	back := must(Open(data, passphrase, rand.Reader))(t)
	if got := must(back.Open("a", UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	if back.Generation() != r.Generation() {
		t.Errorf("generation %d, was %d", back.Generation(), r.Generation())
	}
	for _, b := range [][]byte{sealed, data} {
		if bytes.Contains(b, []byte("Amina")) || bytes.Contains(b, []byte(passphrase)) {
			t.Error("a secret is in the bytes")
		}
	}
}

func TestOpen_RefusesAnotherPassphrase(t *testing.T) {
	data := must(ring(t, "a").Marshal())(t)
	for _, p := range []string{"", strings.ToUpper(passphrase), passphrase + " ", "\xff"} {
		_, err := Open(data, p, rand.Reader)
		if !errors.Is(err, ErrPassphrase) {
			t.Errorf("%q gave %v", p, err)
		}
	}
}

// The same letters typed in another way open the ring.
func TestOpen_TakesAccentsInBothForms(t *testing.T) {
	r := must(Create(Params{Passphrase: "d\u00e9j\u00e0 vu au salon", Random: rand.Reader, Cost: cheap}))(t)
	must(Open(must(r.Marshal())(t), "de\u0301ja\u0300 vu au salon", rand.Reader))(t)
}

func TestOpen_FindsEveryFlippedByteAndCut(t *testing.T) {
	data := must(ring(t, "a", "b").Marshal())(t)
	for i := range data {
		bad := bytes.Clone(data)
		bad[i] ^= 0x40
		if _, err := Open(bad, passphrase, rand.Reader); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d of %d: %v", i, len(data), err)
		}
		if _, err := Open(data[:i], passphrase, rand.Reader); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}

// Somebody who can write the file can write its sum too: the seals must hold.
func TestOpen_FindsWhatWasForged(t *testing.T) {
	data := must(ring(t, "a", "b").Marshal())(t)
	for i := len(magic) + 1 + 9; i < len(data)-32; i++ {
		bad := bytes.Clone(data)
		bad[i] ^= 1
		if _, err := Open(resum(bad), passphrase, rand.Reader); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrPassphrase) {
			t.Fatalf("byte %d: %v", i, err)
		}
	}
	newer := bytes.Clone(data)
	newer[len(magic)] = version + 1
	if _, err := Open(resum(newer), passphrase, rand.Reader); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer version: %v", err)
	}
	costly := bytes.Clone(data)
	costly[len(magic)+1] = 0xFF
	if _, err := Open(resum(costly), passphrase, rand.Reader); !errors.Is(err, ErrDamaged) {
		t.Errorf("an endless cost: %v", err)
	}
}

func TestSeal_BindsIDAndUse(t *testing.T) {
	r := ring(t, "a", "b")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	for _, c := range []struct {
		id   string
		use  Use
		want error
	}{{"b", UseDossier, ErrContent}, {"a", UsePaper, ErrContent}, {"c", UseDossier, ErrNoKey}} {
		if _, err := r.Open(c.id, c.use, sealed); !errors.Is(err, c.want) {
			t.Errorf("%+v gave %v", c, err)
		}
	}
	r.keys["b"] = r.keys["a"] // even the same key does not open it as another's
	if _, err := r.Open("b", UseDossier, sealed); !errors.Is(err, ErrContent) {
		t.Errorf("%v", err)
	}
}

func TestDestroy_IsForEver(t *testing.T) {
	r := ring(t, "a", "b")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	before := r.Generation()
	if changed := must(r.Destroy("a"))(t); !changed || r.Generation() != before+1 {
		t.Errorf("changed %v, generation %d after %d", changed, r.Generation(), before)
	}
	if changed := must(r.Destroy("a"))(t); changed {
		t.Error("destroyed twice")
	}
	must(r.Destroy("never seen"))(t)
	r = must(Open(must(r.Marshal())(t), passphrase, rand.Reader))(t)
	if _, err := r.Open("a", UseDossier, sealed); !errors.Is(err, ErrErased) {
		t.Errorf("%v", err)
	}
	for _, id := range []string{"a", "never seen"} {
		if err := r.Add(id); !errors.Is(err, ErrErased) || !r.Erased(id) || r.Has(id) {
			t.Errorf("%s came back: %v", id, err)
		}
	}
	if got := r.Destroyed(); fmt.Sprint(got) != "[a never seen]" {
		t.Errorf("%q", got)
	}
}

func TestChangePassphrase_ShutsTheOldOneOut(t *testing.T) {
	const next = "cinq autres mots en somme"
	r := ring(t, "a")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	master := r.master
	if err := r.ChangePassphrase(next); err != nil {
		t.Fatal(err)
	}
	if r.master == master {
		t.Error("who read the old file could read the new one")
	}
	data := must(r.Marshal())(t)
	if _, err := Open(data, passphrase, rand.Reader); !errors.Is(err, ErrPassphrase) {
		t.Errorf("%v", err)
	}
	back := must(Open(data, next, rand.Reader))(t)
	if got := must(back.Open("a", UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	if err := r.ChangePassphrase("court"); err == nil {
		t.Error("a weak one was taken")
	}
}

func TestLock_WipesAndRefuses(t *testing.T) {
	r := ring(t, "a")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	clone := r.Clone()
	r.Lock()
	if r.master != (key{}) || len(r.keys) != 0 {
		t.Error("keys are left")
	}
	_, sealErr := r.Seal("a", UseDossier, nil)
	_, openErr := r.Open("a", UseDossier, sealed)
	_, destroyErr := r.Destroy("a")
	_, marshalErr := r.Marshal()
	for i, err := range []error{sealErr, openErr, destroyErr, marshalErr, r.Add("b"), r.ChangePassphrase(passphrase)} {
		if !errors.Is(err, ErrLocked) {
			t.Errorf("%d: %v", i, err)
		}
	}
	if got := must(clone.Open("a", UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("the clone lost its keys: %q", got)
	}
}

func TestCheck(t *testing.T) {
	for p, want := range map[string]string{
		"":            "vault.passphrase.short",
		"onze lettre": "vault.passphrase.short",
		"e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301": "vault.passphrase.short",
		"abababababababab":                           "vault.passphrase.plain",
		"douze lettre\n":                             "vault.passphrase.text",
		"pas du texte \xff\xfe":                      "vault.passphrase.text",
		strings.Repeat("abcdef", 200):                "vault.passphrase.text",
		"douze lettre":                               "",
		passphrase:                                   "",
	} {
		err := Check(p)
		var problem *domain.Problem
		switch {
		case want == "" && err != nil:
			t.Errorf("%q: %v", p, err)
		case want != "" && (!errors.As(err, &problem) || problem.Msg.Key != want || problem.Value != ""):
			t.Errorf("%q: %v", p, err)
		}
	}
}

func TestProperty_SealOpen(t *testing.T) {
	r := ring(t, "a")
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		id := rapid.StringMatching(`[0-9a-f]{1,64}`).Draw(t, "id")
		if err := r.Add(id); err != nil {
			t.Fatal(err)
		}
		sealed := must(r.Seal(id, UseDossier, plain))(t)
		if got := must(r.Open(id, UseDossier, sealed))(t); !bytes.Equal(got, plain) {
			t.Fatalf("%x", got)
		}
		at := rapid.IntRange(0, len(sealed)-1).Draw(t, "at")
		sealed[at] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := r.Open(id, UseDossier, sealed); !errors.Is(err, ErrContent) {
			t.Fatalf("a flipped bit: %v", err)
		}
		back := must(Open(must(r.Marshal())(t), passphrase, rand.Reader))(t)
		if fmt.Sprint(back.keys) != fmt.Sprint(r.keys) {
			t.Fatal("keys differ")
		}
	})
}

func FuzzOpen(f *testing.F) {
	data := must(ring(f, "a", "b").Marshal())(f)
	f.Add(data)
	f.Add(data[:len(data)-1])
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, d := range [][]byte{data, resum(bytes.Clone(data))} {
			if k, err := parse(d); err == nil && (k.cost.KiB > 1024 || k.cost.Time > 2) {
				continue // only slow
			}
			r, err := Open(d, passphrase, rand.Reader)
			if err == nil {
				must(r.Marshal())(t)
			}
		}
	})
}

// FuzzDecode feeds what only the holder of the passphrase could have written.
func FuzzDecode(f *testing.F) {
	f.Add(ring(f, "a", "b").encode())
	f.Fuzz(func(t *testing.T, body []byte) {
		r := &Ring{keys: map[string]key{}, destroyed: map[string]bool{}}
		if r.decode(body) == nil {
			back := &Ring{keys: map[string]key{}, destroyed: map[string]bool{}}
			if err := back.decode(r.encode()); err != nil {
				t.Error(err)
			}
		}
	})
}

func BenchmarkOpenStandard(b *testing.B) {
	r := must(Create(Params{Passphrase: passphrase, Random: rand.Reader}))(b)
	data := must(r.Marshal())(b)
	for b.Loop() {
		must(Open(data, passphrase, rand.Reader))(b)
	}
}

// resum writes the sum that fits the bytes.
func resum(data []byte) []byte {
	if at := len(data) - sha256.Size; at >= 0 {
		sum := sha256.Sum256(data[:at])
		copy(data[at:], sum[:])
	}
	return data
}
