package kiosk

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// settings is a store of settings in memory.
type settings struct {
	of       map[string]string
	readOnly bool
	full     error
}

func (s *settings) Setting(name string, into any) (bool, error) {
	text, ok := s.of[name]
	if !ok {
		return false, nil
	}
	return true, json.Unmarshal([]byte(text), into)
}

func (s *settings) PutSetting(name string, value any) error {
	if s.full != nil {
		return s.full
	}
	text, err := json.Marshal(value)
	s.of[name] = string(text)
	return err
}

func (s *settings) ReadOnly() bool { return s.readOnly }

func (s *settings) SnapshotHere(context.Context) (store.SnapshotInfo, error) {
	return store.SnapshotInfo{}, errors.New("no room for a copy")
}

// rig is a door whose clock moves only while it waits.
type rig struct {
	*Door
	kept *settings
	now  time.Time
	slow time.Duration // waited in all
}

func newRig() *rig {
	r := &rig{kept: &settings{of: map[string]string{}}, now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	r.again()
	return r
}

// again is the program that was killed and started.
func (r *rig) again() {
	r.Door = New(Params{
		Store: r.kept, Random: rand.Reader, Now: func() time.Time { return r.now }, Cost: vault.Cost{Time: 1, KiB: 64, Threads: 1},
		Sleep: func(ctx context.Context, d time.Duration) error {
			r.now, r.slow = r.now.Add(d), r.slow+d
			return ctx.Err()
		},
	})
}

func (r *rig) wants(t *testing.T, want State) {
	t.Helper()
	got, err := r.State()
	if err != nil || got != want {
		t.Errorf("%+v %v, want %+v", got, err, want)
	}
}

const code = "250714"

func (r *rig) closed(t *testing.T) *rig {
	t.Helper()
	if err := r.Close(Wish{Code: code, Again: code, Delay: Delays[0]}); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestDoor_StaysClosedUntilTheCode(t *testing.T) {
	r := newRig()
	r.wants(t, State{Delay: UsualDelay})
	r.closed(t).again()
	r.wants(t, State{Closed: true, Coded: true, Delay: Delays[0]})
	if text := r.kept.of[store.SettingKiosk]; strings.Contains(text, code) {
		t.Errorf("the code is in %s", text)
	}
	if err := r.Answer(context.Background(), "250715"); !errors.Is(err, ErrCode) {
		t.Errorf("a wrong code: %v", err)
	}
	r.wants(t, State{Closed: true, Coded: true, Delay: Delays[0]})
	if err := r.Answer(context.Background(), code); err != nil {
		t.Error(err)
	}
	if err := r.Open(); err != nil {
		t.Error(err)
	}
	r.wants(t, State{Coded: true, Delay: Delays[0]})
	if err := r.Shut(); err != nil { // with the code that is set
		t.Error(err)
	}
	r.wants(t, State{Closed: true, Coded: true, Delay: Delays[0]})
}

func TestDoor_Refuses(t *testing.T) {
	for name, c := range map[string]struct {
		wish Wish
		key  string
	}{
		"two codes":  {Wish{code, "250715", UsualDelay}, "kiosk.code.differ"},
		"one only":   {Wish{code, "", UsualDelay}, "kiosk.code.differ"},
		"too short":  {Wish{"2507", "2507", UsualDelay}, "vault.code.length"},
		"no code":    {Wish{"", "", UsualDelay}, "kiosk.code.none"},
		"any delay":  {Wish{code, code, time.Second}, "kiosk.delay.refused"},
		"first only": {Wish{"", code, UsualDelay}, "vault.code.length"},
	} {
		r := newRig()
		err := r.Close(c.wish)
		got := ""
		var p *domain.Problem
		var f *Fault
		switch {
		case errors.As(err, &p):
			got = p.Msg.Key
		case errors.As(err, &f):
			got = f.Key()
		}
		if got != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
		r.wants(t, State{Delay: UsualDelay})
	}
	r := newRig()
	r.kept.readOnly = true
	var readOnly *store.ReadOnlyError
	if err := r.Close(Wish{code, code, UsualDelay}); !errors.As(err, &readOnly) {
		t.Errorf("a store that is only read: %v", err)
	}
	if err := newRig().Shut(); !errors.Is(err, ErrNoCode) {
		t.Errorf("without a code: %v", err)
	}
}

func TestDoor_SlowsGuessersDown(t *testing.T) {
	r := newRig().closed(t)
	for range 4 {
		if err := r.Answer(context.Background(), "000000"); !errors.Is(err, ErrCode) {
			t.Fatal(err)
		}
		r.again() // starting again resets nothing
	}
	if want := 7 * time.Second; r.slow != want { // 0, 1, 2, 4
		t.Errorf("waited %v, want %v", r.slow, want)
	}
	given, cancel := context.WithCancel(context.Background())
	cancel()
	if err := r.Answer(given, code); !errors.Is(err, context.Canceled) {
		t.Errorf("who gave up waiting: %v", err)
	}
	if err := r.Answer(context.Background(), code); err != nil {
		t.Error(err)
	}
	before := r.slow
	if err := r.Answer(context.Background(), code); err != nil || r.slow != before {
		t.Errorf("after the right code: %v, waited %v", err, r.slow-before)
	}
}

// A full disk keeps nobody in who has the code.
func TestDoor_OpensOnAFullDisk(t *testing.T) {
	r := newRig().closed(t)
	r.kept.full = errors.New("full")
	if err := r.Answer(context.Background(), "000000"); !errors.Is(err, ErrCode) {
		t.Error(err)
	}
	if err := r.Answer(context.Background(), code); err != nil {
		t.Error(err)
	}
	if r.slow != time.Second {
		t.Errorf("waited %v", r.slow)
	}
}

// What nobody could open is open.
func TestDoor_WithoutACodeIsOpen(t *testing.T) {
	r := newRig()
	r.kept.of[store.SettingKiosk] = `{"closed":true,"idle":7}`
	r.wants(t, State{Delay: UsualDelay})
}
