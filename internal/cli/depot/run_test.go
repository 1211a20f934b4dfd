package depot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// bench runs commands on a store of the test.
type bench struct {
	t   *testing.T
	at  store.Options
	out bytes.Buffer
}

func newBench(t *testing.T) *bench {
	t.Helper()
	return &bench{t: t, at: store.Options{Path: filepath.Join(t.TempDir(), "atlas.db"), Device: "here"}}
}

// open opens the store, has it used and closes it.
func (b *bench) open(use func(*store.Store)) {
	b.t.Helper()
	s, err := store.Open(b.t.Context(), b.at)
	if err != nil {
		b.t.Fatal(err)
	}
	use(s)
	if err := s.Close(); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bench) run(ctx context.Context, j Job, word string, args ...string) error {
	b.t.Helper()
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		b.t.Fatal(err)
	}
	b.out.Reset()
	j.Call = &call.Call{Texts: texts, Stdout: &b.out, JSON: j.Call != nil && j.JSON}
	j.Params = Params{
		Options: func(string) (store.Options, error) { o := b.at; o.NoRecovery = true; return o, nil },
		Device:  func(string) (string, error) { return b.at.Device, nil },
	}
	return j.run(ctx, word, args)
}

func (b *bench) says(want ...string) {
	b.t.Helper()
	for _, text := range want {
		if !strings.Contains(b.out.String(), text) {
			b.t.Errorf("%q is not in %q", text, b.out.String())
		}
	}
}

// A store without a record is called empty; no list of nothing follows.
func TestCheck_Empty(t *testing.T) {
	b := newBench(t)
	b.open(func(*store.Store) {})
	if err := b.run(t.Context(), Job{}, check); err != nil {
		t.Fatal(err)
	}
	b.says("Elle est vide")
	if n := strings.Count(b.out.String(), "\n"); n != 1 {
		t.Errorf("%d lines: %q", n, b.out.String())
	}
}

// A recovery is told by each check until the officer says that it was seen.
func TestCheck_TellsOfARecovery(t *testing.T) {
	b := newBench(t)
	b.open(func(s *store.Store) {
		if _, err := s.Create("a", store.Content{Project: json.RawMessage(`{}`), PackSHA256: strings.Repeat("0", 64)}); err != nil {
			t.Fatal(err)
		}
	})
	if err := os.Truncate(b.at.Path, 5000); err != nil {
		t.Fatal(err)
	}
	b.open(func(*store.Store) {})
	if err := b.run(t.Context(), Job{}, check); err != nil {
		t.Fatal(err)
	}
	b.says("Constaté le", "est ouverte à sa place", b.at.Path+"\n")
	if err := b.run(t.Context(), Job{Call: &call.Call{JSON: true}}, check); err != nil {
		t.Fatal(err)
	}
	var v verifiedView
	if err := json.Unmarshal(b.out.Bytes(), &v); err != nil || v.Recovery == nil || v.Recovery.Damaged != b.at.Path || v.Recovery.At.IsZero() {
		t.Errorf("%+v, %v", v, err)
	}
	b.open(func(s *store.Store) {
		if err := s.Seen(); err != nil {
			t.Fatal(err)
		}
	})
	if err := b.run(t.Context(), Job{}, check); err != nil || strings.Contains(b.out.String(), "Constaté") {
		t.Errorf("%v, %q", err, b.out.String())
	}
}

// Stopped, a command says so and leaves nothing that is not whole.
func TestRun_Stopped(t *testing.T) {
	b := newBench(t)
	b.open(func(*store.Store) {})
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, args := range [][]string{{snapshot}, {check, b.at.Path}, {restore, b.at.Path}} {
		err := b.run(ctx, Job{}, args[0], args[1:]...)
		var bad *call.Failure
		if !errors.As(err, &bad) || bad.Msg.Key != "depot.stopped" {
			t.Errorf("%v: %v", args, err)
		}
	}
	if left, _ := filepath.Glob(b.at.Path + ".snapshots/*"); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}
