package cli

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"atlasp2i/internal/desk/packs"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/pack"
	"atlasp2i/internal/store/disk"
)

// packFiles reads a pack from a folder or a file; data is nil for a folder. Links
// that lead out of a folder are not followed.
func (c *command) packFiles(name string) (files fs.FS, data []byte, err error) {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, nil, domain.Refuse(c.word("PACK"), name, "cli.noFile")
		}
		return root.FS(), nil, nil
	}
	if data, err = c.upTo(name, pack.MaxBytes); err != nil {
		return nil, nil, err
	}
	files, err = pack.Files(data)
	return files, data, err
}

// newKey draws a pair of keys into two files that must not be there yet.
func (c *command) newKey(args []string) error {
	if err := c.wants(args); err != nil {
		return err
	}
	if c.out.Text == "" {
		return domain.Refuse("-o", "", "cli.pack.out")
	}
	private, public, id, err := pack.NewKey(rand.Reader)
	if err != nil {
		return err
	}
	if err := c.create(c.out.Text, private); err != nil {
		return err
	}
	if err := c.create(c.out.Text+".pub", public); err != nil {
		return errors.Join(err, os.Remove(c.out.Text))
	}
	if c.json {
		return c.writeJSON(map[string]string{"key": id, "private": c.out.Text, "public": c.out.Text + ".pub"})
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text("cli.pack.key", "id", id, "private", c.out.Text, "public", c.out.Text+".pub"))
	return nil
}

// create writes a file that nobody else reads, and never over another one: a key
// that is gone cannot sign any more.
func (c *command) create(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return domain.Refuse("-o", name, "cli.pack.exists")
	}
	if err != nil {
		return disk.Error(name, err)
	}
	_, err = f.Write(data)
	return disk.Error(name, errors.Join(err, f.Sync(), f.Close()))
}

// buildPack checks a folder as a pack and signs it into one file.
func (c *command) buildPack(args []string) error {
	if err := c.wants(args, "FOLDER"); err != nil {
		return err
	}
	if c.key.Text == "" {
		return domain.Refuse("--key", "", "cli.pack.needsKey")
	}
	if c.out.Text == "" {
		return domain.Refuse("-o", "", "cli.pack.out")
	}
	secret, err := c.upTo(c.key.Text, maxKeyFile)
	if err != nil {
		return err
	}
	phrase := ""
	if c.phrase {
		line, _ := bufio.NewReader(c.Stdin).ReadString('\n')
		phrase = strings.TrimRight(line, "\r\n")
	}
	key, err := pack.ParsePrivate(c.key.Text, secret, phrase)
	if err != nil {
		return err
	}
	files, _, err := c.packFiles(args[0])
	if err != nil {
		return err
	}
	report, err := packs.Check(c.Texts, files)
	if err != nil {
		return err
	}
	p := report.Pack
	data, err := packs.Build(report.Rules, key)
	if err != nil {
		return err
	}
	if err := disk.Replace(c.out.Text, data); err != nil {
		return err
	}
	view := builtView{packViewOf(report.Rules), pack.PublicOf(key).ID(), c.out.Text, len(data)}
	if c.json {
		return c.writeJSON(view)
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text("cli.pack.built", "file", view.File, "number", p.Number, "id", view.Key, "sha", p.SHA256[:12]))
	return nil
}

// maxKeyFile bounds a file of keys.
const maxKeyFile = 64 << 10

// signature is what is known of who signed a file: "none", "trusted" or "unknown".
func (c *command) signature(data []byte) (signedView, error) {
	var refused *pack.Refused
	sealed, err := pack.Unseal(data)
	if errors.As(err, &refused) && refused.Why == pack.Unsigned {
		return signedView{State: "none"}, nil
	}
	if err != nil {
		return signedView{}, err
	}
	trusted, err := c.Trusted()
	if err != nil {
		return signedView{}, err
	}
	key, err := sealed.Signer(trusted)
	if errors.As(err, &refused) && refused.Why == pack.UnknownKey {
		return signedView{State: "unknown"}, nil
	}
	return signedView{State: "trusted", Key: key.ID(), Name: key.Name}, err
}

// checkPack reads all of a pack and computes the samples with it.
func (c *command) checkPack(args []string) error {
	if err := c.wants(args, "PACK"); err != nil {
		return err
	}
	files, data, err := c.packFiles(args[0])
	if err != nil {
		return err
	}
	signed := signedView{State: "none"}
	if data != nil {
		if signed, err = c.signature(data); err != nil {
			return err
		}
	}
	report, err := packs.Check(c.Texts, files)
	if err != nil {
		return err
	}
	view := checkedViewOf(report, signed, c.Today())
	if c.json {
		return c.writeJSON(view)
	}
	return c.soundText(view)
}

// diffPacks says how the second pack differs from the first.
func (c *command) diffPacks(args []string) error {
	if err := c.wants(args, "PACK", "PACK"); err != nil {
		return err
	}
	var both [2]fs.FS
	for i, name := range args {
		files, _, err := c.packFiles(name)
		if err != nil {
			return err
		}
		found, err := packs.Load(files)
		if err != nil {
			return packs.Unsound(err)
		}
		both[i] = files
		c.Texts = c.Texts.WithTexts(found.Pack.TextsIn(c.Texts.Lang()))
	}
	changes, err := pack.Diff(both[0], both[1])
	if err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(changes)
	}
	c.changesText(changes)
	return nil
}

// importPack makes a signed pack the active one, or with --dry-run only says what
// that would change.
func (c *command) importPack(args []string) (err error) {
	if err := c.wants(args, "FILE"); err != nil {
		return err
	}
	data, err := c.upTo(args[0], pack.MaxBytes)
	if err != nil {
		return err
	}
	trusted, err := c.Trusted()
	if err != nil {
		return err
	}
	// A store that another window holds must not hide a pack that is refused.
	if _, err := packs.Verify(c.Texts, data, trusted); err != nil {
		return err
	}
	c.needsStore = true
	shelf, closeStore, err := c.Shelf(c.store, c.writes())
	if err != nil {
		return err
	}
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	found, err := shelf.Preview(data)
	if err != nil {
		return err
	}
	if !c.dryRun {
		if err := shelf.Import(found); err != nil {
			return err
		}
	}
	c.Texts = c.Texts.WithTexts(found.Pack.TextsIn(c.Texts.Lang()))
	view := c.previewView(found)
	if c.json {
		return c.writeJSON(view)
	}
	return c.previewText(view)
}

// resetPack goes back to the built-in pack.
func (c *command) resetPack(args []string) (err error) {
	if err := c.wants(args); err != nil {
		return err
	}
	c.needsStore = true
	shelf, closeStore, err := c.Shelf(c.store, Changes)
	if err != nil {
		return err
	}
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	if err := shelf.Reset(); err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(packViewOf(shelf.BuiltIn()))
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text("cli.pack.reset", "number", shelf.BuiltIn().Pack.Number))
	return nil
}
