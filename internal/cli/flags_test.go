package cli

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"atlasp2i/internal/domain"
)

func TestItems(t *testing.T) {
	got, err := items("--x", " a , b = 2,c=")
	want := []item{{"a", "", false}, {"b", "2", true}, {"c", "", true}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for _, text := range []string{"", ",", "a,", ",a", "a,,b", "=1", "a,a", "a=1,a=2", " "} {
		if got, err := items("--x", text); err == nil {
			t.Errorf("%q gives %v", text, got)
		}
	}
}

// What is accepted has no empty id and none twice, and reads the same when it is
// written again; what is not is refused under the name of the flag.
func FuzzItems(f *testing.F) {
	for _, seed := range []string{"", "a", "a,b", "irCap=30,status=20", "a==b", ",", "a=,b", "\x00=\xff", " a , a"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list, err := items("--x", text)
		if err != nil {
			var refused *domain.Problem
			if !errors.As(err, &refused) || refused.Field != "--x" || list != nil {
				t.Fatalf("%q: %v, %v", text, list, err)
			}
			return
		}
		var parts []string
		for i, it := range list {
			if it.id == "" || slices.ContainsFunc(list[:i], func(o item) bool { return o.id == it.id }) {
				t.Fatalf("%q gives %v", text, list)
			}
			part := it.id
			if it.hasNumber {
				part += "=" + it.number
			}
			parts = append(parts, part)
		}
		again, err := items("--x", strings.Join(parts, ","))
		if err != nil || !slices.Equal(again, list) {
			t.Fatalf("%q gives %v, written again %v, %v", text, list, again, err)
		}
	})
}
