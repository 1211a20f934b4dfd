package store

import (
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"

	"atlasp2i/internal/domain"

	"atlasp2i/internal/store/record"
)

func TestPutValue_Refuses(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	good := Value{
		Place: strings.Repeat("p", record.MaxValueID), Field: strings.Repeat("f", record.MaxValueID),
		Text: strings.Repeat("é", record.MaxValueText), AsOf: strings.Repeat("2", record.MaxValueAsOf), Note: strings.Repeat("é", record.MaxValueText),
	}
	for name, c := range map[string]struct {
		field string
		spoil func(*Value)
	}{
		"no place":         {"place", func(v *Value) { v.Place = "" }},
		"long place":       {"place", func(v *Value) { v.Place += "p" }},
		"zero in place":    {"place", func(v *Value) { v.Place = "a\x00b" }},
		"no field":         {"field", func(v *Value) { v.Field = "" }},
		"long field":       {"field", func(v *Value) { v.Field += "f" }},
		"line in field":    {"field", func(v *Value) { v.Field = "a\nb" }},
		"bytes in field":   {"field", func(v *Value) { v.Field = "\xff" }},
		"no text":          {"text", func(v *Value) { v.Text = "" }},
		"long text":        {"text", func(v *Value) { v.Text += "x" }},
		"bytes in text":    {"text", func(v *Value) { v.Text = "1\xff" }},
		"long date":        {"asOf", func(v *Value) { v.AsOf += "x" }},
		"long note":        {"note", func(v *Value) { v.Note += "x" }},
		"text, as dropped": {"text", func(v *Value) { v.Text, v.Dropped = "", true }},
	} {
		v := good
		c.spoil(&v)
		var problem *domain.Problem
		if err := s.PutValue(v); !errors.As(err, &problem) || problem.Field != c.field || len([]rune(problem.Value)) > record.ExcerptSize+1 {
			t.Errorf("%s gave %v", name, err)
		}
	}
	var problem *domain.Problem
	if err := s.DropValue("", "rent"); !errors.As(err, &problem) {
		t.Errorf("dropping nowhere gave %v", err)
	}
	if got := must(s.Values())(t); len(got) != 0 {
		t.Errorf("kept %+v", got)
	}
	if err := s.PutValue(good); err != nil {
		t.Errorf("the longest of everything: %v", err)
	}
}

func TestPutValue_SameAgainWritesNothing(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	if err := s.PutValue(value(1)); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, o.Path)
	if err := errors.Join(s.PutValue(value(1)), s.DropValue("dakhla", "rent")); err != nil {
		t.Fatal(err)
	}
	if string(readFile(t, o.Path)) != string(before) {
		t.Error("the file was written")
	}
}

// Undoing a drop puts the former version again; every step stays in the history.
func TestDropValue_Undone(t *testing.T) {
	s := mustOpen(t, newOptions(t))
	v := value(1)
	if err := errors.Join(s.PutValue(v), s.DropValue(v.Place, v.Field)); err != nil {
		t.Fatal(err)
	}
	versions := must(s.ValueHistory(v.Place, v.Field))(t)
	if now := must(s.Values())(t); len(now) != 0 || len(versions) != 2 || !versions[0].Dropped || versions[0].Text != "" {
		t.Fatalf("values %+v, history %+v", now, versions)
	}
	if err := s.PutValue(versions[1]); err != nil {
		t.Fatal(err)
	}
	again := must(s.Values())(t)
	if len(again) != 1 || again[0].Text != v.Text || again[0].Note != v.Note || !again[0].At.After(versions[0].At) || again[0].Device != "device-a" {
		t.Errorf("values %+v", again)
	}
	if n := len(must(s.ValueHistory(v.Place, v.Field))(t)); n != 3 {
		t.Errorf("%d versions, want 3", n)
	}
}

// A value whose bytes changed is refused by whatever reads it, not shown; nothing
// is put on top of it.
func TestDamage_Value(t *testing.T) {
	for name, read := range map[string]func(*Store) error{
		"values":  func(s *Store) error { _, err := s.Values(); return err },
		"history": func(s *Store) error { _, err := s.ValueHistory("fes-shore", "rent.1"); return err },
		"put":     func(s *Store) error { return s.PutValue(value(7)) },
		"drop":    func(s *Store) error { return s.DropValue("fes-shore", "rent.1") },
	} {
		t.Run(name, func(t *testing.T) {
			o := newOptions(t)
			s := mustOpen(t, o)
			fillStore(t, s, 2)
			was, now := []byte(value(4).Text), []byte("9999999.50")
			all := readFile(t, o.Path)
			f := must(os.OpenFile(o.Path, os.O_RDWR, 0))(t)
			defer f.Close()
			for at := bytes.Index(all, was); at >= 0; at = bytes.Index(all, was) { // stale pages too
				copy(all[at:], now)
				must(f.WriteAt(now, int64(at)))(t)
			}
			var d *DamagedError
			if err := read(s); !errors.As(err, &d) {
				t.Errorf("got %v", err)
			}
		})
	}
}

// A file that held values alone is missed too, and comes back with them.
func TestRecovery_VanishedFileOfValues(t *testing.T) {
	o := newOptions(t)
	s := mustOpen(t, o)
	if err := s.PutValue(value(1)); err != nil {
		t.Fatal(err)
	}
	want := must(s.Values())(t)
	_ = s.Close()
	if err := os.Remove(o.Path); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, o)
	if got := must(s.Values())(t); s.Recovery() == nil || len(got) != 1 || got[0] != want[0] {
		t.Errorf("recovery %+v, values %+v", s.Recovery(), got)
	}
}
