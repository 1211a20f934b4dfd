package rules_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/rules"
)

// FuzzLoad puts any bytes in place of one file of the pack. The reader must not
// panic, must say where it refuses, and what it accepts must be whole.
func FuzzLoad(f *testing.F) {
	base := sheetPack(f)
	names := sortedNames(base)
	for i, name := range names {
		f.Add(byte(i), base[name].Data)
	}
	for _, c := range slices.Concat(badPacks, badSheets) {
		for i, name := range names {
			if name == c.file {
				f.Add(byte(i), []byte(strings.Replace(string(base[name].Data), c.old, c.with, 1)))
			}
		}
	}
	f.Add(byte(0), []byte("[[a]]\nb = {c = [1, {d = \"\"}]}\n[a.b]\n"))
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		files := fstest.MapFS{}
		for name, file := range base {
			files[name] = file
		}
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: data}
		p, err := rules.Load(files)
		if err != nil {
			var fault *rules.Fault
			if !errors.As(err, &fault) || fault.File == "" || fault.Msg.Args["accepted"] == "" {
				t.Fatalf("a refusal that does not say where or what is accepted: %v", err)
			}
			return
		}
		again, err := rules.Load(files)
		if err != nil || !cmp.Equal(p, again) {
			t.Fatalf("the same files read differently: %v\n%s", err, cmp.Diff(p, again))
		}
		wholePack(t, p)
	})
}

// wholePack checks what the engine relies on.
func wholePack(t *testing.T, p *rules.Pack) {
	for _, r := range rules.Required {
		param := p.Params[r.ID]
		if param == nil || param.Unit != r.Unit {
			t.Fatalf("accepted without %s in %s", r.ID, r.Unit)
		}
		if _, ok := param.First(); !ok {
			t.Fatalf("accepted with %s never in force", r.ID)
		}
		for i, v := range param.Dated {
			if v.Num < 0 || (r.Unit == rules.UnitShare && v.Num > 1_000_000) || len(v.Sources) == 0 {
				t.Fatalf("accepted %s: %+v", r.ID, v)
			}
			for _, w := range param.Dated[:i] {
				if v.Status == rules.InForce && w.Status == rules.InForce && (w.To == "" || w.To >= v.From) {
					t.Fatalf("accepted %s with values in force that overlap: %+v %+v", r.ID, w, v)
				}
			}
			if r.Unit == rules.UnitScale && (len(v.Brackets) == 0 || v.Brackets[len(v.Brackets)-1].Upto != -1) {
				t.Fatalf("accepted a scale that ends: %+v", v)
			}
		}
	}
	if len(p.Readings) != 6 || len(p.Languages) == 0 || len(p.Sites) == 0 || len(p.Regions) == 0 {
		t.Fatalf("accepted a pack with holes: %+v", p)
	}
	for _, s := range p.Sites {
		if p.Region(s.Region) == nil || len(s.History) == 0 || (p.Format > 1) != (s.Map != nil) {
			t.Fatalf("accepted site %+v", s)
		}
		wholeFacts(t, p, s.Facts, rules.ScopeSite)
	}
	for _, r := range p.Regions {
		wholeFacts(t, p, r.Facts, rules.ScopeRegion)
	}
	for _, c := range p.Comparing.Criteria {
		if c.Worst == c.Best && len(c.Levels) == 0 {
			t.Fatalf("accepted a criterion that tells nothing apart: %+v", c)
		}
	}
}

// wholeFacts checks what a sheet relies on: every fact has a field, a source, a
// value that its field can have, and texts for its keys.
func wholeFacts(t *testing.T, p *rules.Pack, facts []rules.Fact, scope string) {
	for _, f := range facts {
		field := p.Field(f.Field)
		if field == nil || field.Scope != scope || len(f.Sources) == 0 || f.Confidence == rules.GeneralKnowledge {
			t.Fatalf("accepted %+v", f)
		}
		for _, lang := range p.Languages {
			if f.Note != "" && p.Texts[lang][f.Note] == "" {
				t.Fatalf("accepted without the note: %+v", f)
			}
		}
		if field.Kind == rules.FieldNumber && (f.Value.Num < field.Min || f.Value.To > field.Max || f.Value.To < f.Value.Num) {
			t.Fatalf("accepted a number out of its limits: %+v", f.Value)
		}
		if (field.Kind == rules.FieldNames) != (len(f.Value.Names) > 0) {
			t.Fatalf("accepted names out of place: %+v", f.Value)
		}
	}
}
