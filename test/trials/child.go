package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/test/trials/use"
)

// What a user's process says, a line of JSON each.
const (
	saysReady   = "ready"   // the program is open; Changes are all its use.Facts
	saysTry     = "try"     // an operation begins
	saysDone    = "done"    // it was confirmed to the user
	saysRefused = "refused" // the user was told that the disk is full
	saysFacts   = "facts"   // Changes are what it changed
	saysError   = "error"   // anything else that an operation returned
)

type line struct {
	Says    string      `json:"says"`
	Name    string      `json:"name,omitempty"`
	Stages  []use.Stage `json:"stages,omitempty"`
	Changes use.Facts   `json:"changes,omitempty"`
	Error   string      `json:"error,omitempty"`
}

// userOrder is what a user's process is started with, as JSON in its argument.
type userOrder struct {
	Dir   string
	Seed  uint64
	Life  int
	Pass  []string
	Small bool // the folder is on a small disk, which the user fills and empties
	// Scratch is a folder for a colleague and for rehearsals.
	Scratch string
	Stays   bool // see use.User
}

// playUser uses the program until it is killed.
func playUser(arg string, out io.Writer) error {
	var o userOrder
	if err := json.Unmarshal([]byte(arg), &o); err != nil {
		return err
	}
	say := json.NewEncoder(out).Encode
	p, err := use.Open(o.Dir, use.Often, o.Pass...)
	if err != nil {
		return err
	}
	now, err := p.Read()
	if err != nil {
		return err
	}
	if err := say(line{Says: saysReady, Changes: now}); err != nil {
		return err
	}
	u := use.NewUser(p, o.Seed, o.Life)
	u.Scratch, u.Stays = o.Scratch, o.Stays
	for {
		if o.Small {
			if err := crowd(o.Dir, u.Rand); err != nil {
				return err
			}
		}
		if now, err = act(u, now, say); err != nil {
			return errors.Join(err, say(line{Says: saysError, Error: err.Error()}))
		}
	}
}

// act does one operation and says so.
func act(u *use.User, now use.Facts, say func(any) error) (use.Facts, error) {
	op, err := u.Next(now)
	if err != nil {
		return nil, fmt.Errorf("preparing: %w", err)
	}
	if err := say(line{Says: saysTry, Name: op.Name, Stages: op.Stages}); err != nil {
		return nil, err
	}
	err = op.Do()
	var full *disk.FullError
	var stale *keyring.StaleCopyError // the change holds
	switch {
	case err == nil || errors.As(err, &stale):
		err = say(line{Says: saysDone})
	case errors.As(err, &full):
		err = say(line{Says: saysRefused, Name: full.Key()})
	default:
		err = fmt.Errorf("%s: %w", op.Name, err)
	}
	if err != nil {
		return nil, err
	}
	after, err := u.Read()
	if err != nil {
		return nil, fmt.Errorf("reading after %q: %w", op.Name, err)
	}
	return after, say(line{Says: saysFacts, Changes: now.Changes(after)})
}

const ballast = "ballast"

// crowd now and then fills the small disk up to a few pages, or makes room again.
func crowd(dir string, r *rand.Rand) error {
	name := filepath.Join(dir, ballast)
	switch r.IntN(8) {
	case 0:
		return os.RemoveAll(name)
	case 1, 2:
		return fill(name, int64(r.IntN(24))<<12)
	}
	return nil
}

// fill takes all room of the disk but so many bytes.
func fill(name string, leave int64) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	block := []byte(strings.Repeat("b", 1<<12))
	for err == nil {
		_, err = f.Write(block)
	}
	if !disk.IsFull(err) {
		return err
	}
	st, err := f.Stat()
	if err != nil {
		return err
	}
	return f.Truncate(max(0, st.Size()-leave))
}

// took learns how long an operation takes, so that kills can be spread over it.
func (t *tally) took(name string, d time.Duration) {
	if t.usual[name] == 0 {
		t.usual[name] = d
	}
	t.usual[name] += (d - t.usual[name]) / 4
}

// plan is when a user is killed.
type plan struct {
	after time.Duration // from its start; 0: in an operation
	tries int           // operations that begin before it is killed
	part  float64       // of the usual time of the last of them that passes
	began time.Time     // the newest operation
}

// newPlan spreads kills: one in four over the whole run with its start, the others
// over all instants of an operation, from its beginning to its usual end.
func newPlan(r *rand.Rand) *plan {
	if r.IntN(4) == 0 {
		return &plan{after: time.Duration(1+r.IntN(400)) * time.Millisecond}
	}
	return &plan{tries: 1 + r.IntN(20), part: r.Float64()}
}

// hear kills where the time has come.
func (t *tally) hear(p *plan, said line, kill func()) {
	if said.Says != saysTry {
		return
	}
	p.began = time.Now()
	if p.after > 0 {
		return
	}
	if p.tries--; p.tries == 0 {
		into := time.Duration(p.part * float64(max(t.usual[said.Name], time.Millisecond)))
		for time.Since(p.began) < into { // a sleep would come too late
		}
		kill()
	}
}
