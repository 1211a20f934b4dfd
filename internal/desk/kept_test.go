package desk_test

import (
	"testing"

	"atlasp2i/assets"
)

func TestDraftOutlivesTheProgram(t *testing.T) {
	dir := t.TempDir()
	s := openStore(t, dir)
	d := newDesk(t, assets.PackFiles(), s)
	if raw, ok := d.KeptDraft(); ok {
		t.Errorf("a new store holds the draft %s", raw)
	}
	for _, raw := range []string{`{"name":""}`, `{"name":"Centre ESO","count":"4O"}`} {
		if err := d.KeepDraft([]byte(raw)); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.KeepDraft([]byte(`{"name":`)); err == nil {
		t.Error("half a JSON value was kept")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	d = newDesk(t, assets.PackFiles(), openStore(t, dir))
	if raw, ok := d.KeptDraft(); !ok || string(raw) != `{"name":"Centre ESO","count":"4O"}` {
		t.Errorf("kept: %v %s", ok, raw)
	}
	if err := d.DropDraft(); err != nil {
		t.Fatal(err)
	}
	if raw, ok := d.KeptDraft(); ok {
		t.Errorf("after dropping it there is still %s", raw)
	}
}

func TestDraftWithoutStore(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	if err := d.KeepDraft([]byte(`{}`)); err != nil {
		t.Error(err)
	}
	if _, ok := d.KeptDraft(); ok {
		t.Error("a draft was kept nowhere")
	}
	if err := d.DropDraft(); err != nil {
		t.Error(err)
	}
}
