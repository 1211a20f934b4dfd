package depot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// takenView is what a snapshot gives.
type takenView struct {
	File   string      `json:"file"`
	At     time.Time   `json:"at"`
	Second *secondView `json:"second"` // null where no second folder is chosen
}

// secondView is how the second folder stands.
type secondView struct {
	Folder     string     `json:"folder"`
	Copied     *time.Time `json:"copied"` // null: nothing yet
	Error      string     `json:"error"`
	KeysBehind bool       `json:"keysBehind"`
}

// snapshot takes a snapshot now, and copies it into the second folder, which --to
// chooses from then on.
func (j Job) snapshot(ctx context.Context, args []string) (err error) {
	if err := j.AtMost(args, 0); err != nil {
		return err
	}
	o, err := j.options()
	if err != nil {
		return err
	}
	if _, err := os.Stat(o.Path); errors.Is(err, fs.ErrNotExist) {
		return domain.Refuse("--store", o.Path, "cli.noStore")
	}
	s, err := store.Open(ctx, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	b := backup.New(s)
	if j.to.Given {
		if err := j.choose(ctx, b); err != nil {
			return err
		}
	}
	info, err := b.CopyNow(ctx)
	if err != nil {
		return err
	}
	if err := j.taken(b, info); err != nil {
		return err
	}
	is := b.Mirror()
	switch {
	case is.Dir != "" && ctx.Err() != nil:
		return call.Fail("depot.stopped.here")
	case j.to.Given && is.Err != nil:
		said := backup.SayMirror(is)
		return call.Fail("depot.uncopied", "folder", is.Dir, "why", j.Texts.T(said[1])) // behind what stands there
	}
	return nil
}

// choose takes the folder of --to, as the shell means it; an empty one ends the copies.
func (j Job) choose(ctx context.Context, b *backup.Backup) error {
	dir := j.to.Text
	if dir != "" {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return err
		}
		dir = abs
	}
	err := b.SetMirror(ctx, dir)
	var refused *domain.Problem
	if errors.As(err, &refused) {
		refused.Field, refused.Value = "--to", j.to.Text
	}
	return err
}

func (j Job) taken(b *backup.Backup, info store.SnapshotInfo) error {
	is := b.Mirror()
	if !j.JSON {
		fmt.Fprintln(j.Stdout, j.Texts.Text("depot.snapshot", "file", info.Path))
		for _, m := range backup.SayMirror(is) {
			fmt.Fprintln(j.Stdout, j.Texts.T(m))
		}
		return nil
	}
	view := takenView{File: info.Path, At: info.At}
	if is.Dir != "" {
		view.Second = &secondView{Folder: is.Dir, KeysBehind: is.KeysBehind}
		if is.Err != nil {
			view.Second.Error = desk.Say(j.Texts, is.Err)
		}
		if !is.Copied.IsZero() {
			view.Second.Copied = &is.Copied
		}
	}
	return j.WriteJSON(view)
}

// restoredView is what a restore gives.
type restoredView struct {
	File   string `json:"file"`   // the store file in use from now on
	Before string `json:"before"` // the snapshot of the state before
	Keys   bool   `json:"keys"`   // the keys of contacts came along
}

// restore goes back to a snapshot, or with --dry-run only says what that would change;
// without one it lists them.
func (j Job) restore(ctx context.Context, args []string) error {
	if err := j.AtMost(args, 1); err != nil {
		return err
	}
	if len(args) == 0 || j.dryRun {
		return j.look(ctx, args)
	}
	o, err := j.options()
	if err != nil {
		return err
	}
	if _, err := os.Stat(args[0]); err != nil {
		return domain.Refuse(j.Word("SNAPSHOT"), args[0], "cli.noFile")
	}
	o.NoRecovery = false // going back is what one does about a damaged store
	r, err := backup.Restore(ctx, o, args[0])
	if err != nil {
		return err
	}
	if j.JSON {
		return j.WriteJSON(restoredView{r.Path, r.Before.Path, r.Keys})
	}
	fmt.Fprintln(j.Stdout, j.Texts.Text("depot.restored", "file", args[0], "before", r.Before.Path))
	if r.Keys {
		fmt.Fprintln(j.Stdout, j.Texts.Text("depot.keys"))
	}
	return nil
}

// look reads the store as it is: it lists the snapshots, or previews one.
func (j Job) look(ctx context.Context, args []string) error {
	o, err := j.options()
	if err != nil {
		return err
	}
	s, err := store.OpenAsIs(ctx, o)
	if errors.Is(err, fs.ErrNotExist) {
		return domain.Refuse("--store", o.Path, "cli.noStore")
	}
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }() // it was only read
	b := backup.New(s)
	if len(args) == 0 {
		return j.list(ctx, b)
	}
	p, err := b.Preview(ctx, args[0])
	if errors.Is(err, fs.ErrNotExist) {
		return domain.Refuse(j.Word("SNAPSHOT"), args[0], "cli.noFile")
	}
	if err != nil {
		return err
	}
	if j.JSON {
		return j.WriteJSON(p)
	}
	for _, m := range p.Msgs() {
		fmt.Fprintln(j.Stdout, j.Texts.T(m))
	}
	j.names("−", p.Simulations.Gone)
	j.names("+", p.Simulations.Back)
	j.names("≠", p.Simulations.Changed)
	fmt.Fprintln(j.Stdout, j.Texts.Text("depot.same"))
	return nil
}

// names prints the simulations that a restore changes, a line each.
func (j Job) names(sign string, list []backup.Item) {
	for _, it := range list {
		fmt.Fprintf(j.Stdout, "  %s %s\n", sign, strings.Join(strings.Fields(it.Name), " "))
	}
}

// snapshotView is one snapshot of the list.
type snapshotView struct {
	File    string         `json:"file"`
	At      time.Time      `json:"at"`
	Bytes   int64          `json:"bytes"`
	Where   string         `json:"where"`
	Own     bool           `json:"own"`
	Schema  int            `json:"schema"`
	Records map[string]int `json:"records"`
	Good    bool           `json:"good"`
	Error   string         `json:"error"`
}

func (j Job) list(ctx context.Context, b *backup.Backup) error {
	found, err := b.List(ctx)
	if err != nil {
		return err
	}
	if j.JSON {
		views := make([]snapshotView, len(found))
		for i, f := range found {
			views[i] = snapshotView{f.Path, f.At, f.Size, string(f.Where), f.Own, f.Schema, f.Records, f.Err == nil, ""}
			if f.Err != nil {
				views[i].Error = desk.Say(j.Texts, f.Err)
			}
		}
		return j.WriteJSON(views)
	}
	if len(found) == 0 {
		fmt.Fprintln(j.Stdout, j.Texts.Text("depot.none"))
	}
	w := tabwriter.NewWriter(j.Stdout, 0, 4, 2, ' ', 0)
	for _, f := range found {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", j.Texts.T(desk.Stamp(f.At)), j.Texts.Text("backup.where."+string(f.Where)), standing(j.Texts, f), f.Path)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, m := range backup.SayMirror(b.Mirror()) {
		fmt.Fprintln(j.Stdout, j.Texts.T(m))
	}
	return nil
}

// standing says whether a snapshot is good, and of which store it is.
func standing(t *i18n.Catalogue, s backup.Snapshot) string {
	if s.Err != nil {
		return desk.Say(t, s.Err)
	}
	out := t.Text("backup.good")
	if !s.Own {
		out += ", " + t.Text("backup.own.other")
	}
	return out
}
