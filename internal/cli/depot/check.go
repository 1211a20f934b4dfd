package depot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store"
)

// verifiedView is what a file that passed its check holds.
type verifiedView struct {
	File    string         `json:"file"`
	Store   string         `json:"store"`
	Schema  int            `json:"schema"`
	Created time.Time      `json:"created"`
	Records map[string]int `json:"records"`
}

// check reads all of a store file or a snapshot: its headers, its structure, the
// checksum of each record and their sums. What is wrong with it is the error.
func (j Job) check(args []string) error {
	if err := j.AtMost(args, 1); err != nil {
		return err
	}
	v, err := j.verify(args)
	if err != nil {
		return err
	}
	view := verifiedView{v.Path, v.Store, v.Schema, v.Created, v.Records}
	if j.JSON {
		return j.WriteJSON(view)
	}
	fmt.Fprintln(j.Stdout, j.Texts.Text("depot.sound", "file", v.Path, "schema", v.Schema, "created", desk.Stamp(v.Created)))
	w := tabwriter.NewWriter(j.Stdout, 0, 4, 2, ' ', 0)
	for _, kind := range store.Kinds {
		if n := v.Records[kind]; n > 0 {
			fmt.Fprintf(w, "  %s\t%d\n", j.Texts.Text("depot.kind."+kind), n)
		}
	}
	return w.Flush()
}

// verify checks the file that is named, or the one that is in use.
func (j Job) verify(args []string) (store.Verified, error) {
	if len(args) == 1 {
		v, err := store.Verify(context.Background(), args[0])
		if errors.Is(err, fs.ErrNotExist) {
			err = domain.Refuse(j.Word("FILE"), args[0], "cli.noFile")
		}
		return v, err
	}
	o, err := j.Options(j.Store)
	if err != nil {
		return store.Verified{}, err
	}
	v, err := store.VerifyInUse(context.Background(), o)
	if errors.Is(err, fs.ErrNotExist) {
		err = domain.Refuse("--store", o.Path, "cli.noStore")
	}
	return v, err
}
