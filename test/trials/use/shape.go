package use

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Stage is what one transaction of an operation changes, each in the form
//
//	name         it changes, to whatever
//	name=value   it changes, to this
//	-name        it goes
//	name/+       at least one name that begins so changes, and none goes
//	name/?       as many as like change or go
//
// A "*" in a name stands for the id that the operation draws; it is the same in
// all stages.
type Stage []string

// Judge says how many of the stages the changes show, from the first; an error
// where they show something else, a part of a stage, or a stage without the one
// before it: what an operation that was cut off must never leave.
func Judge(changes Facts, stages []Stage) (int, error) {
	left := maps.Clone(changes)
	id := ""
	for n, s := range stages {
		took, missing := map[string]bool{}, ""
		for _, want := range s {
			names := found(left, want, &id)
			for _, name := range names {
				took[name] = true
			}
			if len(names) == 0 && !strings.HasSuffix(want, "/?") {
				missing = want
			}
		}
		switch {
		case missing == "":
			maps.DeleteFunc(left, func(k, _ string) bool { return took[k] })
		case len(left) == 0:
			return n, nil
		default:
			return n, fmt.Errorf("%q is missing, while these changed: %v", missing, Shown(left))
		}
	}
	if len(left) > 0 {
		return len(stages), fmt.Errorf("more changed than the operation: %v", Shown(left))
	}
	return len(stages), nil
}

// found are the names that the wanted form fits.
func found(changes Facts, want string, id *string) []string {
	if prefix, ok := strings.CutSuffix(want, "/+"); ok {
		return slices.DeleteFunc(under(changes, prefix, *id), func(k string) bool { return changes[k] == Dropped })
	}
	if prefix, ok := strings.CutSuffix(want, "/?"); ok {
		return under(changes, prefix, *id)
	}
	name, gone := strings.CutPrefix(want, "-")
	name, value, valued := strings.Cut(name, "=")
	if !strings.Contains(name, "*") {
		if v, ok := changes[name]; ok && gone == (v == Dropped) && (!valued || v == value) {
			return []string{name}
		}
		return nil
	}
	for k, v := range changes {
		drawn, fits := fit(k, name, *id)
		if fits && gone == (v == Dropped) && (!valued || v == value) {
			*id = drawn
			return []string{k}
		}
	}
	return nil
}

func under(changes Facts, prefix, id string) []string {
	prefix = strings.Replace(prefix, "*", id, 1) + "/"
	var out []string
	for k := range changes {
		if strings.HasPrefix(k, prefix) {
			out = append(out, k)
		}
	}
	return out
}

// fit compares a name with one that may hold a star, and gives what that stands for.
func fit(name, pattern, id string) (string, bool) {
	before, after, starred := strings.Cut(pattern, "*")
	if !starred {
		return id, name == pattern
	}
	rest, ok := strings.CutPrefix(name, before)
	if ok {
		rest, ok = strings.CutSuffix(rest, after)
	}
	if !ok || rest == "" || strings.Contains(rest, "/") || id != "" && rest != id {
		return id, false
	}
	return rest, true
}

// Shown are the first few changes, for a sentence.
func Shown(changes Facts) []string {
	const most = 8
	names := slices.Sorted(maps.Keys(changes))
	for i, k := range names {
		names[i] = k + "=" + strings.ReplaceAll(changes[k], Dropped, "(gone)")
	}
	if len(names) > most {
		names = append(names[:most], fmt.Sprintf("and %d more", len(names)-most))
	}
	return names
}
