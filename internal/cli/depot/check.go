package depot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/mirror"
)

// verifiedView is what a file that passed its check holds.
type verifiedView struct {
	File    string         `json:"file"`
	Store   string         `json:"store"`
	Schema  int            `json:"schema"`
	Created time.Time      `json:"created"`
	Records map[string]int `json:"records"`

	Recovery *recoveryView `json:"recovery"` // null where there is nothing to be told
}

// recoveryView is what was opened instead of a damaged file, and nobody said to have
// seen yet.
type recoveryView struct {
	At      time.Time `json:"at"`
	Damaged string    `json:"damaged"` // the file that was left alone; "" where it was gone
	Said    string    `json:"said"`
}

// check reads all of a store file or a snapshot: its headers, its structure, the
// checksum of each record and their sums. What is wrong with it is the error.
func (j Job) check(ctx context.Context, args []string) error {
	if err := j.AtMost(args, 1); err != nil {
		return err
	}
	v, err := j.verify(ctx, args)
	if err != nil {
		return err
	}
	lost, err := j.lost(args)
	if err != nil {
		return err
	}
	if j.JSON {
		view := verifiedView{File: v.Path, Store: v.Store, Schema: v.Schema, Created: v.Created, Records: v.Records}
		if lost != nil {
			view.Recovery = &recoveryView{At: lost.At, Said: j.Texts.T(backup.SayRecovery(lost))}
			if !lost.Damaged.Missing {
				view.Recovery.Damaged = lost.Damaged.Path
			}
		}
		return j.WriteJSON(view)
	}
	if err := j.contents(v); err != nil || lost == nil {
		return err
	}
	fmt.Fprintln(j.Stdout, j.Texts.Text("depot.lost.at", "at", desk.Stamp(lost.At)), j.Texts.T(backup.SayRecovery(lost)))
	if !lost.Damaged.Missing {
		fmt.Fprintln(j.Stdout, j.Texts.Text("depot.lost.file", "file", lost.Damaged.Path))
	}
	return nil
}

// contents says what a file that passed its check holds.
func (j Job) contents(v store.Verified) error {
	records := 0
	for _, n := range v.Records {
		records += n
	}
	said := "depot.sound"
	if records == 0 {
		said = "depot.empty"
	}
	fmt.Fprintln(j.Stdout, j.Texts.Text(said, "file", v.Path, "schema", v.Schema, "created", desk.Stamp(v.Created)))
	w := tabwriter.NewWriter(j.Stdout, 0, 4, 2, ' ', 0)
	for _, kind := range store.Kinds {
		if n := v.Records[kind]; n > 0 {
			fmt.Fprintf(w, "  %s\t%d\n", j.Texts.Text("depot.kind."+kind), n)
		}
	}
	return w.Flush()
}

// lost is the recovery of the store in use that nobody said to have seen yet, or nil; of
// a file that is named none is known.
func (j Job) lost(args []string) (*store.Recovery, error) {
	if len(args) > 0 {
		return nil, nil
	}
	o, err := j.Options(j.Store)
	if err != nil {
		return nil, err
	}
	return store.Unseen(o)
}

// verify checks the file that is named, or the one that is in use.
func (j Job) verify(ctx context.Context, args []string) (store.Verified, error) {
	if len(args) == 1 {
		v, err := mirror.Read(ctx, args[0], func() (store.Verified, error) { return store.Verify(ctx, args[0]) })
		if errors.Is(err, fs.ErrNotExist) {
			err = domain.Refuse(j.Word("FILE"), args[0], "cli.noFile")
		}
		return v, err
	}
	o, err := j.Options(j.Store)
	if err != nil {
		return store.Verified{}, err
	}
	v, err := store.VerifyInUse(ctx, o)
	if errors.Is(err, fs.ErrNotExist) {
		err = domain.Refuse("--store", o.Path, "cli.noStore")
	}
	return v, err
}
