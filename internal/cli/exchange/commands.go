package exchange

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/share"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/disk"
)

// export writes what the store keeps into a file for another laptop.
func (j Job) export(args []string) error {
	if err := j.Wants(args, "FILE"); err != nil {
		return err
	}
	// The name that the program opens, and never the store or a snapshot by mistake.
	if !strings.EqualFold(filepath.Ext(args[0]), bundle.Extension) {
		return domain.Refuse(j.Word("FILE"), args[0], "exchange.end", "end", bundle.Extension)
	}
	passphrase, err := j.passphraseOf()
	if err != nil {
		return err
	}
	return j.with(Reads, func(o Opened) error {
		out, err := o.Room.Export(share.Order{Passphrase: passphrase, Contacts: !j.without})
		if err != nil {
			return err
		}
		if err := disk.Replace(args[0], out.Data); err != nil {
			return err
		}
		if j.JSON {
			return j.WriteJSON(exportedView{args[0], len(out.Data), out.Counts, out.NoKey})
		}
		fmt.Fprintln(j.Stdout, j.Texts.Text("exchange.written", "file", args[0]))
		w := tabwriter.NewWriter(j.Stdout, 0, 4, 2, ' ', 0)
		for _, line := range []struct {
			kind  share.Kind
			count int
		}{
			{share.Simulations, out.Counts.Simulations},
			{share.Dossiers, out.Counts.Dossiers},
			{share.Values, out.Counts.Values},
			{share.Papers, out.Counts.Papers},
			{share.Packs, out.Counts.Packs},
		} {
			fmt.Fprintf(w, "  %s\t%d\n", j.Texts.T(line.kind.Msg()), line.count)
		}
		return w.Flush()
	})
}

// merge takes a file of another laptop, or with --dry-run only says what it would do.
func (j Job) merge(args []string) error {
	if err := j.Wants(args, "FILE"); err != nil {
		return err
	}
	passphrase, err := j.passphraseOf()
	if err != nil {
		return err
	}
	data, err := j.UpTo(args[0], bundle.MaxBytes)
	if err != nil {
		return err
	}
	access := Changes
	if j.dryRun {
		access = Tries
	}
	return j.with(access, func(o Opened) error {
		p, err := o.Room.Preview(data, passphrase)
		if err != nil {
			return err
		}
		defer p.Forget()
		done := &p.Report
		if !j.dryRun {
			if done, err = o.Room.Merge(p, share.Choice{WithoutContacts: j.without, OtherKey: j.otherKey.Text}); err != nil {
				return ofFlag(err)
			}
		}
		if j.JSON {
			return j.WriteJSON(mergedViewOf(p, done, j.dryRun))
		}
		for _, m := range append(p.Maker.Msgs(), done.Msgs()...) {
			fmt.Fprintln(j.Stdout, j.Texts.T(m))
		}
		return j.names(done)
	})
}

// ofFlag names the flag that accepts another key.
func ofFlag(err error) error {
	var refused *domain.Problem
	if errors.As(err, &refused) && refused.Field == share.FieldOtherKey {
		refused.Field = "--other-key"
	}
	return err
}

// names lists what a person has to decide now.
func (j *Job) names(r *share.Report) error {
	for i := range r.Parts {
		for _, t := range r.Parts[i].Conflicts {
			if _, err := fmt.Fprintf(j.Stdout, "  %s  %s\n", j.Texts.T(r.Parts[i].Kind.Msg()), t.Label()); err != nil {
				return err
			}
		}
	}
	return nil
}

// conflicts lists what was changed on several laptops, with its versions.
func (j Job) conflicts(args []string) error {
	if err := j.Wants(args); err != nil {
		return err
	}
	return j.with(Reads, func(o Opened) error {
		list, err := o.Room.Conflicts()
		if err != nil {
			return err
		}
		if j.JSON {
			return j.WriteJSON(conflictViews(list))
		}
		if len(list) == 0 {
			fmt.Fprintln(j.Stdout, j.Texts.Text("exchange.none"))
		}
		for i := range list {
			if err := j.table(&list[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// table prints a conflict: a column for each version.
func (j *Job) table(c *share.Conflict) error {
	name := share.Thing{Key: c.Key, Name: c.Name}.Label()
	fmt.Fprintf(j.Stdout, "%s  %s\n", j.Texts.T(c.Kind.Msg()), name)
	w := tabwriter.NewWriter(j.Stdout, 0, 4, 2, ' ', 0)
	var head, when []string
	for _, v := range c.Versions {
		head, when = append(head, v.Device), append(when, j.Texts.T(desk.Stamp(v.At)))
	}
	fmt.Fprintf(w, "  \t%s\n  \t%s\n", strings.Join(head, "\t"), strings.Join(when, "\t"))
	for _, r := range c.Rows {
		fmt.Fprintf(w, "  %s\t%s\n", r.Label, oneLine(strings.Join(r.Values, "\t")))
	}
	return w.Flush()
}

// oneLine keeps what people typed inside its row.
func oneLine(s string) string { return strings.NewReplacer("\n", " ", "\r", " ").Replace(s) }

type exportedView struct {
	File   string        `json:"file"`
	Bytes  int           `json:"bytes"`
	Counts bundle.Counts `json:"counts"`
	NoKey  int           `json:"noKey"`
}

type mergedView struct {
	DryRun   bool                `json:"dryRun"`
	Maker    makerView           `json:"maker"`
	Contacts bool                `json:"contacts"`
	Parts    map[string]partView `json:"parts"`
	Erased   []string            `json:"erased"`
	Clashes  []string            `json:"clashes"`
	InBin    []thingView         `json:"inBin"`
}

type makerView struct {
	Name     string `json:"name"`
	Print    string `json:"print"`
	Standing string `json:"standing"`
	Was      string `json:"was,omitempty"` // of otherKey: the print that is known
	At       string `json:"at"`
	Program  string `json:"program"`
}

type partView struct {
	New       []thingView `json:"new"`
	Updated   []thingView `json:"updated"`
	Same      int         `json:"same"`
	Conflicts []thingView `json:"conflicts"`
}

// keyView is a key without the sign that parts place and field.
func keyView(key string) string { return strings.ReplaceAll(key, "\x00", "/") }

type thingView struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// standings are the words for what is known of a maker.
var standings = map[share.Standing]string{share.Stranger: "unknown", share.Known: "known", share.Own: "own", share.Renewed: "otherKey"}

func mergedViewOf(p *share.Preview, done *share.Report, dry bool) mergedView {
	out := mergedView{
		DryRun: dry, Contacts: p.Contacts, Parts: map[string]partView{}, Erased: []string{}, Clashes: append([]string{}, done.Clashes...), InBin: things(done.InBin),
		Maker: makerView{p.Maker.Name, p.Maker.Print, standings[p.Maker.Standing], p.Maker.Was, p.Maker.At.UTC().Format(time.RFC3339), p.Maker.Program},
	}
	for i := range done.Parts {
		part := &done.Parts[i]
		out.Parts[string(part.Kind)] = partView{things(part.New), things(part.Updated), len(part.Same), things(part.Conflicts)}
	}
	for _, t := range done.Erased { // never by name: they are gone
		out.Erased = append(out.Erased, t.Key)
	}
	return out
}

func things(list []share.Thing) []thingView {
	out := make([]thingView, 0, len(list))
	for _, t := range list {
		out = append(out, thingView{keyView(t.Key), t.Name})
	}
	return out
}

type conflictView struct {
	Kind     string        `json:"kind"`
	Key      string        `json:"key"`
	Name     string        `json:"name"`
	Locked   bool          `json:"locked"`
	Versions []versionView `json:"versions"`
	Rows     []rowView     `json:"rows"`
}

type versionView struct {
	Identity string `json:"identity"`
	At       string `json:"at"`
	Device   string `json:"device"`
	Here     bool   `json:"here"`
}

type rowView struct {
	Label   string   `json:"label"`
	Values  []string `json:"values"`
	Differs bool     `json:"differs"`
}

func conflictViews(list []share.Conflict) []conflictView {
	out := make([]conflictView, 0, len(list))
	for i := range list {
		c := &list[i]
		view := conflictView{Kind: string(c.Kind), Key: keyView(c.Key), Name: c.Name, Locked: c.Locked, Rows: []rowView{}}
		for _, v := range c.Versions {
			view.Versions = append(view.Versions, versionView{v.Identity, v.At.UTC().Format(time.RFC3339), v.Device, v.Here})
		}
		for _, r := range c.Rows {
			view.Rows = append(view.Rows, rowView(r))
		}
		out = append(out, view)
	}
	return out
}
