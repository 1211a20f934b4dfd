package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/dossier"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/store/keyring"
	"atlasp2i/internal/vault"
)

// maxPassphrase is how much is read of a file that should hold a passphrase.
const maxPassphrase = 4 << 10

// contacts opens the contacts of the store: unlocked where a passphrase was given,
// and with that to be changed, since tries are counted there. Without one the store
// is read as it is.
func (c *command) contacts() (cab *cabinet.Cabinet, closeStore func() error, err error) {
	d, err := c.Desk(c.pack)
	if err != nil {
		return nil, nil, err
	}
	c.Texts, c.needsStore = d.Texts(), true
	if !c.passphrase.given {
		return c.Contacts(c.pack, c.store, Reads)
	}
	pass, err := c.upTo(c.passphrase.text, maxPassphrase)
	if err != nil {
		return nil, nil, domain.Refuse("--passphrase-file", c.passphrase.text, "cli.noFile")
	}
	cab, closeStore, err = c.Contacts(c.pack, c.store, Changes)
	if err != nil {
		return nil, nil, err
	}
	typed := strings.TrimSuffix(strings.TrimSuffix(string(pass), "\n"), "\r")
	if err := cab.Unlock(context.Background(), typed); err != nil {
		return nil, nil, errors.Join(said(err), closeStore())
	}
	return cab, closeStore, nil
}

// said takes what was typed wrong for what it is: refused input.
func said(err error) error {
	var missing *store.NotFoundError
	switch {
	case errors.Is(err, vault.ErrPassphrase):
		return domain.Refuse("--passphrase-file", "", vault.ErrPassphrase.Key())
	case errors.As(err, &missing):
		return domain.Refuse("ID", missing.ID, "cli.dossier.unknown")
	}
	return err
}

// unlocked runs what needs the passphrase.
func (c *command) unlocked(do func(*cabinet.Cabinet) error) (err error) {
	if !c.passphrase.given {
		return usage("cli.dossier.passphrase")
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() {
		cab.Lock()
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	return said(do(cab))
}

// listDossiers prints what is known of every contact without the passphrase, and
// with it also who they are.
func (c *command) listDossiers(args []string) (err error) {
	if err := c.wants(args); err != nil {
		return err
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	heads, err := cab.Heads()
	if err != nil {
		return err
	}
	views := make([]dossierView, len(heads))
	for i, h := range heads {
		views[i] = headView(&h)
		if d, err := cab.Get(h.ID); err == nil { // else locked, or of other keys
			views[i].with(d)
		}
	}
	if c.json {
		return c.writeJSON(views)
	}
	return c.dossierList(views)
}

// showDossier prints one contact: the clear facts without the passphrase,
// everything with it.
func (c *command) showDossier(args []string) error {
	if err := c.wants(args, "ID"); err != nil {
		return err
	}
	if c.passphrase.given {
		return c.unlocked(func(cab *cabinet.Cabinet) error { return c.showAll(cab, args[0]) })
	}
	cab, closeStore, err := c.contacts()
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	heads, err := cab.Heads()
	if err != nil {
		return err
	}
	for i := range heads {
		if heads[i].ID != args[0] {
			continue
		}
		view := headView(&heads[i])
		if c.json {
			return c.writeJSON(view)
		}
		return c.facts(&dossier.Dossier{ID: view.ID, Clear: heads[i].Clear})
	}
	return domain.Refuse("ID", args[0], "cli.dossier.unknown")
}

func (c *command) showAll(cab *cabinet.Cabinet, id string) error {
	if c.json {
		data, err := cab.Personal(id)
		if err != nil {
			return err
		}
		return c.writeJSON(json.RawMessage(data))
	}
	d, err := cab.Get(id)
	if err != nil {
		return err
	}
	lines, err := cab.History(id)
	if err != nil {
		return err
	}
	if err := c.facts(d); err != nil {
		return err
	}
	return c.timeline(lines)
}

// exportDossiers writes every contact to a file, or to standard output.
func (c *command) exportDossiers(args []string) error {
	if c.csv == c.vcard {
		return usage("cli.dossier.form")
	}
	if len(args) > 1 {
		return usage("cli.extra", "given", args[1])
	}
	return c.unlocked(func(cab *cabinet.Cabinet) error {
		export := cab.ExportVCard
		if c.csv {
			export = cab.ExportCSV
		}
		if len(args) == 0 || args[0] == "-" {
			return export(c.Stdout, nil)
		}
		var b bytes.Buffer
		if err := export(&b, nil); err != nil {
			return err
		}
		return disk.Replace(args[0], b.Bytes())
	})
}

// eraseDossier erases a person and says what stays.
func (c *command) eraseDossier(args []string) error {
	if err := c.wants(args, "ID"); err != nil {
		return err
	}
	return c.unlocked(func(cab *cabinet.Cabinet) error {
		left, err := cab.Erase(args[0])
		var stale *keyring.StaleCopyError
		if err != nil && !errors.As(err, &stale) {
			return err
		}
		if c.json {
			return errors.Join(c.writeJSON(leftView(args[0], &left)), err)
		}
		for _, m := range left.Msgs() {
			if _, bad := fmt.Fprintln(c.Stdout, c.Texts.T(m)); bad != nil {
				return bad
			}
		}
		for _, s := range left.Simulations {
			_, _ = io.WriteString(c.Stdout, "  "+s.Name+"\n") // a full disk is told when all is flushed
		}
		return err
	})
}
