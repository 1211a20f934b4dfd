package keyring

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"atlasp2i/internal/vault"
)

func TestTake_OpensWhatAnotherLaptopSealed(t *testing.T) {
	_, from, sealed := created(t)
	must(from.Seal("b", vault.UseDossier, []byte("x")))(t)
	check(t, from.Destroy("b"))
	o, k, _ := created(t)
	check(t, k.Discard())
	check(t, k.Create(passphrase))

	keys := must(from.Keys("a", "b", "never seen"))(t)
	if len(keys) != 1 || len(keys["a"]) != vault.KeySize {
		t.Fatalf("%d keys", len(keys))
	}
	check(t, k.Take(keys))
	if !bytes.Equal(read(t, o.Path), read(t, o.Copy)) {
		t.Error("the copies differ")
	}
	before := read(t, o.Path)
	check(t, k.Take(keys))
	if !bytes.Equal(read(t, o.Path), before) {
		t.Error("the same keys were written again")
	}
	clear(keys["a"]) // the caller wipes what it gave
	for _, name := range []string{o.Path, o.Copy} {
		check(t, os.Rename(name, name+".away"))
		k = unlocked(t, o)
		if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
			t.Errorf("%q", got)
		}
		check(t, os.Rename(name+".away", name))
	}
}

func TestTake_RefusesAnotherKeyAsAWhole(t *testing.T) {
	o, k, sealed := created(t)
	before := read(t, o.Path)
	other := bytes.Repeat([]byte{7}, vault.KeySize)
	if err := k.Take(map[string][]byte{"0": other, "a": other}); !errors.Is(err, vault.ErrOtherKey) {
		t.Errorf("%v", err)
	}
	for _, bad := range []map[string][]byte{{"c": other[1:]}, {"": other}, {"c": nil}} {
		if err := k.Take(bad); !errors.Is(err, vault.ErrNoKey) {
			t.Errorf("%v", err)
		}
	}
	if keys := must(k.Keys("0", "c"))(t); len(keys) > 0 || !bytes.Equal(read(t, o.Path), before) {
		t.Error("something was taken all the same")
	}
	if got := must(k.Open("a", vault.UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
}

func TestTake_BringsNoErasedContactBack(t *testing.T) {
	o, k, sealed := created(t)
	keys := must(k.Keys("a"))(t)
	check(t, k.Destroy("a"))
	check(t, k.Take(keys))
	for _, k := range []*Keyring{k, unlocked(t, o)} {
		if _, err := k.Open("a", vault.UseDossier, sealed); !errors.Is(err, vault.ErrErased) {
			t.Errorf("%v", err)
		}
		if left := must(k.Keys("a"))(t); len(left) > 0 {
			t.Error("an erased contact has a key")
		}
	}
}

func TestTake_SaysThatACopyIsLeft(t *testing.T) {
	o, k, _ := created(t)
	check(t, os.Rename(filepath.Dir(o.Copy), filepath.Dir(o.Copy)+"-away"))
	var stale *StaleCopyError
	if err := k.Take(map[string][]byte{"b": make([]byte, vault.KeySize)}); !errors.As(err, &stale) || stale.Path != o.Copy {
		t.Errorf("%v", err)
	}
	check(t, os.Rename(filepath.Dir(o.Copy)+"-away", filepath.Dir(o.Copy)))
	if keys := must(unlocked(t, o).Keys("b"))(t); len(keys) != 1 {
		t.Error("the key does not hold")
	}
}

func TestTake_NeedsAnOpenRing(t *testing.T) {
	o, k, _ := created(t)
	keys := must(k.Keys("a"))(t)
	k.Lock()
	_, locked := k.Keys("a")
	for _, err := range []error{locked, k.Take(keys)} {
		if !errors.Is(err, vault.ErrLocked) {
			t.Errorf("%v", err)
		}
	}
	o.ReadOnly = true
	var refused *ReadOnlyError
	if err := unlocked(t, o).Take(map[string][]byte{"b": make([]byte, vault.KeySize)}); !errors.As(err, &refused) {
		t.Errorf("%v", err)
	}
}
