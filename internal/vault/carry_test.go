package vault

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestOpenWith(t *testing.T) {
	r := ring(t, "a")
	sealed := must(r.Seal("a", UseDossier, []byte(secret)))(t)
	key := must(r.Keys("a"))(t)["a"]
	if got := must(OpenWith(key, "a", UseDossier, sealed))(t); string(got) != secret {
		t.Errorf("%q", got)
	}
	for _, c := range []struct {
		key  []byte
		id   string
		use  Use
		want error
	}{
		{key, "b", UseDossier, ErrContent},
		{key, "a", UsePaper, ErrContent},
		{make([]byte, KeySize), "a", UseDossier, ErrContent},
		{key[1:], "a", UseDossier, ErrNoKey},
		{nil, "a", UseDossier, ErrNoKey},
	} {
		if _, err := OpenWith(c.key, c.id, c.use, sealed); !errors.Is(err, c.want) {
			t.Errorf("%s %s: %v, want %v", c.id, c.use, err, c.want)
		}
	}
}

// Whatever rings give each other, in whatever order: a contact that one of them
// erased never has a key there again, and all others open the same.
func TestTake_InAnyOrder(t *testing.T) {
	ids := []string{"a", "b", "c", "d"}
	rapid.Check(t, func(t *rapid.T) {
		rings := []*Ring{ring(t, "a", "b"), ring(t, "c"), ring(t, "d")}
		erased := []map[string]bool{{}, {}, {}}
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			from, to := rapid.IntRange(0, 2).Draw(t, "from"), rapid.IntRange(0, 2).Draw(t, "to")
			if rapid.Bool().Draw(t, "erase") {
				id := rapid.SampledFrom(ids).Draw(t, "id")
				must(rings[to].Destroy(id))(t)
				erased[to][id] = true
				continue
			}
			for id, key := range must(rings[from].Keys(ids...))(t) {
				must(rings[to].Take(id, key))(t)
			}
		}
		for i, r := range rings {
			for _, id := range ids {
				if erased[i][id] && r.Has(id) {
					t.Fatalf("ring %d has the key of %s again", i, id)
				}
				sealed, err := r.Seal(id, UseDossier, []byte(secret))
				if err != nil {
					continue
				}
				for _, o := range rings {
					if _, err := o.Open(id, UseDossier, sealed); o.Has(id) && err != nil {
						t.Fatalf("%s opens in one ring and not in the other: %v", id, err)
					}
				}
			}
		}
	})
}
