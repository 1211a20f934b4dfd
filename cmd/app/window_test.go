package main

import "testing"

func TestReadFlags(t *testing.T) {
	for _, x := range []struct {
		args []string
		file string
		ok   bool
	}{
		{nil, "", true},
		{[]string{"offre.atlaspack"}, "offre.atlaspack", true},
		{[]string{"--theme", "dark", "OFFRE.ATLASPACK"}, "OFFRE.ATLASPACK", true},
		{[]string{"offre.atlaspack", "offre.atlaspack"}, "", false},
		{[]string{"offre.zip"}, "", false},
		{[]string{"--theme", "blue"}, "", false},
	} {
		f, err := readFlags(x.args)
		if (err == nil) != x.ok || x.ok && f.file != x.file {
			t.Errorf("%q: %+v, %v", x.args, f, err)
		}
	}
}
