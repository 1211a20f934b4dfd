package keyring

import (
	"bytes"
	"io/fs"
	"os"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/vault"
)

// mend brings both places to the bytes of best, which the passphrase has proved,
// and writes over what an interrupted change left behind.
func (k *Keyring) mend(best found, all []found) {
	is := map[string]found{}
	for _, f := range all {
		is[f.name] = f
	}
	for _, name := range []string{k.o.Path, k.o.Copy} {
		f, there := is[name]
		if there && bytes.Equal(f.data, best.data) {
			continue
		}
		if err := k.mendOne(f, name, best); err != nil {
			k.trouble(domain.M("vault.copy.unwritable", "path", name))
			return // the bytes left behind may be all there is in that place
		}
	}
	for _, name := range []string{k.o.Path, k.o.Copy} {
		for _, left := range []string{name + disk.Old, name + disk.Temp} {
			if disk.Shred(left) != nil {
				k.trouble(domain.M("vault.copy.unwritable", "path", left))
			}
		}
	}
}

func (k *Keyring) mendOne(f found, name string, best found) error {
	switch {
	case f.data == nil:
		k.trouble(domain.M("vault.copy.missing", "path", name))
	case f.err != nil:
		k.trouble(domain.M("vault.copy.damaged", "path", name))
	case !vault.Same(f.info, best.info):
		k.trouble(domain.M("vault.copy.other", "path", name+other))
		if err := setAside(name); err != nil {
			return err
		}
	default:
		k.trouble(domain.M("vault.copy.older", "path", name))
	}
	return disk.ReplaceShredding(name, best.data)
}

// other is put behind the name of a copy that is of another ring: its passphrase
// may open contacts that this one does not.
const other = ".other"

func setAside(name string) error {
	if _, err := os.Lstat(name + other); err == nil {
		return &fs.PathError{Op: "rename", Path: name + other, Err: fs.ErrExist}
	}
	return os.Rename(name, name+other)
}
