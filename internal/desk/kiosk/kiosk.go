// Package kiosk is the door between visitors who use the window alone and the
// officer: whether it is closed, the code that opens it, and how long nobody may be
// there before what was typed is forgotten. It knows no window.
package kiosk

import (
	"context"
	"io"
	"slices"
	"sync"
	"time"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

// Delays are those that may be chosen: how long nobody touches the window before it
// asks whether somebody is there.
var Delays = []time.Duration{60 * time.Second, 90 * time.Second, 120 * time.Second, 180 * time.Second}

// UsualDelay is the one that is proposed.
const UsualDelay = 90 * time.Second

// Fault is an error that a person reads: the key of its text, and its English.
type Fault struct{ key, text string }

// Key names the text in the catalogues.
func (f *Fault) Key() string { return f.key }

func (f *Fault) Error() string { return f.text }

// What can be wrong beside what is refused.
var (
	ErrCode   = &Fault{"kiosk.code.wrong", "not the officer's code"}
	ErrNoCode = &Fault{"kiosk.code.none", "no officer's code is set"}
)

// Store is what is needed of a store.
type Store interface {
	Setting(name string, into any) (bool, error)
	PutSetting(name string, value any) error
	ReadOnly() bool
	SnapshotHere(ctx context.Context) (store.SnapshotInfo, error)
}

// Params is what a door is made of.
type Params struct {
	Store  Store
	Random io.Reader // crypto/rand.Reader outside tests
	Now    func() time.Time
	Cost   vault.Cost                                       // of the code's hash; zero: vault.Standard
	Sleep  func(ctx context.Context, d time.Duration) error // nil: until d is over or ctx is done
}

// Door is closed while visitors use the window alone. Its methods may be called from
// several goroutines.
type Door struct {
	p Params

	mu    sync.Mutex // one try at a time
	tries vault.Tries
}

// kept is the setting.
type kept struct {
	Closed bool        `json:"closed"`
	Code   *vault.Hash `json:"code,omitempty"`
	Idle   int         `json:"idle"` // seconds
}

// State is how the door stands.
type State struct {
	Closed bool          // visitors are before it
	Coded  bool          // there is a code
	Delay  time.Duration // without anybody, before the window asks
}

// New makes the door of a store.
func New(p Params) *Door {
	if p.Cost == (vault.Cost{}) {
		p.Cost = vault.Standard
	}
	if p.Sleep == nil {
		p.Sleep = sleep
	}
	return &Door{p: p}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// State is how the door stands; one without a code is open whatever is kept, since
// nobody could open it.
func (d *Door) State() (State, error) {
	k, err := d.read()
	s := State{Coded: k.Code != nil, Delay: time.Duration(k.Idle) * time.Second}
	s.Closed = k.Closed && s.Coded
	if !slices.Contains(Delays, s.Delay) {
		s.Delay = UsualDelay
	}
	return s, err
}

func (d *Door) read() (kept, error) {
	var k kept
	_, err := d.p.Store.Setting(store.SettingKiosk, &k)
	return k, err
}

// Wish is how the door is to be closed. Both codes may be empty where one is set.
type Wish struct {
	Code, Again string
	Delay       time.Duration // one of Delays
}

// Close closes the door. It takes as long as the hash of a code and a copy of the
// store, so it is for a thread of its own. It returns *domain.Problem (its Field is "code", "again" or
// "delay"), ErrNoCode, and the errors of the store: then the door is as it was.
func (d *Door) Close(w Wish) error {
	k, err := d.read()
	switch {
	case err != nil:
		return err
	case d.p.Store.ReadOnly():
		return &store.ReadOnlyError{}
	case !slices.Contains(Delays, w.Delay):
		return domain.Refuse("delay", w.Delay.String(), "kiosk.delay.refused")
	case w.Code != "" || w.Again != "":
		if err := vault.CheckCode(w.Code); err != nil {
			return err
		}
		if w.Code != w.Again {
			return domain.Refuse("again", "", "kiosk.code.differ")
		}
		h, err := vault.HashCode(w.Code, d.p.Cost, d.p.Random)
		if err != nil {
			return err
		}
		k.Code = &h
	case k.Code == nil:
		return ErrNoCode
	}
	k.Closed, k.Idle = true, int(w.Delay/time.Second)
	return d.keep(k)
}

// keep puts the setting into the store. Once it is closed the newest copy of the store
// must be closed too: a second start of the program offers that one to be read.
func (d *Door) keep(k kept) error {
	if err := d.p.Store.PutSetting(store.SettingKiosk, k); err != nil || !k.Closed {
		return err
	}
	// Without room for a copy the door is closed all the same: the store tells of its
	// copies itself.
	_, _ = d.p.Store.SnapshotHere(context.Background())
	return nil
}

// Shut closes the door as it was closed before, which takes as long as a copy of the
// store, and no time where it is closed. It returns ErrNoCode where it never was, and
// the errors of the store.
func (d *Door) Shut() error { return d.put(true) }

// Open opens the door, without asking: Answer asks.
func (d *Door) Open() error { return d.put(false) }

func (d *Door) put(closed bool) error {
	k, err := d.read()
	switch {
	case err != nil:
		return err
	case k.Code == nil && closed:
		return ErrNoCode
	case k.Closed == closed:
		return nil
	}
	k.Closed = closed
	return d.keep(k)
}

// Answer says whether this is the officer's code: nil, ErrCode, or the error of ctx
// where that ends the wait that wrong codes before it bring. It is for a thread of
// its own.
func (d *Door) Answer(ctx context.Context, code string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	k, err := d.read()
	if err != nil {
		return err
	}
	if k.Code == nil {
		return ErrNoCode
	}
	var before vault.Tries
	if _, err := d.p.Store.Setting(store.SettingKioskTries, &before); err != nil {
		return err
	}
	if before.Count > d.tries.Count { // a store that is only read keeps none
		d.tries = before
	}
	if wait := d.tries.Wait(d.p.Now().UTC()); wait > 0 {
		if err := d.p.Sleep(ctx, wait); err != nil {
			return err
		}
	}
	if k.Code.Matches(code) {
		d.tries = vault.Tries{}
	} else {
		d.tries, err = d.tries.After(d.p.Now()), ErrCode
	}
	if d.tries.Count != before.Count && !d.p.Store.ReadOnly() {
		// A disk that is full keeps nobody in who has the code; d.tries counts on.
		_ = d.p.Store.PutSetting(store.SettingKioskTries, d.tries)
	}
	return err
}
