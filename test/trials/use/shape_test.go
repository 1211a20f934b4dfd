package use

import "testing"

// Judge is what every trial rests on: it must tell a part from a whole.
func TestJudge(t *testing.T) {
	create := []Stage{{"pack/p"}, {"sim/*", "sim/*/name=N", "rev/*/1"}}
	for name, c := range map[string]struct {
		changes Facts
		stages  []Stage
		want    int
		bad     bool
	}{
		"nothing":           {Facts{}, create, 0, false},
		"first stage":       {Facts{"pack/p": "x"}, create, 1, false},
		"whole":             {Facts{"pack/p": "x", "sim/1": "x", "sim/1/name": "N", "rev/1/1": "y"}, create, 2, false},
		"without the first": {Facts{"sim/1": "x", "sim/1/name": "N", "rev/1/1": "y"}, create, 0, true},
		"a part":            {Facts{"pack/p": "x", "sim/1": "x", "sim/1/name": "N"}, create, 1, true},
		"another value":     {Facts{"pack/p": "x", "sim/1": "x", "sim/1/name": "M", "rev/1/1": "y"}, create, 1, true},
		"two ids":           {Facts{"pack/p": "x", "sim/1": "x", "sim/2/name": "N", "rev/1/1": "y"}, create, 1, true},
		"something else":    {Facts{"set/theme": "x"}, create, 0, true},
		"more":              {Facts{"a": "x", "b": "x"}, []Stage{{"a"}}, 1, true},
		"gone":              {Facts{"a": Dropped}, []Stage{{"-a"}}, 1, false},
		"not gone":          {Facts{"a": "x"}, []Stage{{"-a"}}, 0, true},
		"gone instead":      {Facts{"a": Dropped}, []Stage{{"a"}}, 0, true},
		"some under":        {Facts{"a/1": "x", "a/2": "x"}, []Stage{{"a/+"}}, 1, false},
		"one under goes":    {Facts{"a/1": "x", "a/2": Dropped}, []Stage{{"a/+"}}, 1, true},
		"none under":        {Facts{"b": "x"}, []Stage{{"b", "a/+"}}, 0, true},
		"as many as like":   {Facts{"b": "x"}, []Stage{{"b", "a/?"}}, 1, false},
		"no stage at all":   {Facts{"b": "x"}, nil, 0, true},
	} {
		if got, err := Judge(c.changes, c.stages); (err != nil) != c.bad || !c.bad && got != c.want {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
}

func TestFacts_Changes(t *testing.T) {
	was, is := Facts{"a": "1", "b": "2", "c": "3"}, Facts{"a": "1", "b": "9", "d": "4"}
	changes := was.Changes(is)
	if len(changes) != 3 || changes["b"] != "9" || changes["c"] != Dropped || changes["d"] != "4" {
		t.Errorf("%v", changes)
	}
	if back := was.With(changes); len(back.Changes(is)) > 0 {
		t.Errorf("%v", back)
	}
}
