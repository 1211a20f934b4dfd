package desk

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

// KeepDraft keeps what stands in the form, as any JSON value: a form half
// filled in is no project yet. It replaces the one kept before. It fails where
// raw is no JSON or the store takes no more; without a store that takes changes
// it does nothing.
func (d *Desk) KeepDraft(raw []byte) error {
	return d.PutSetting(store.SettingDraft, json.RawMessage(raw))
}

// KeptDraft gives what KeepDraft kept, spaces aside; false where nothing is
// kept or it was dropped since.
func (d *Desk) KeptDraft() ([]byte, bool) {
	var raw json.RawMessage
	if !d.Setting(store.SettingDraft, &raw) || bytes.Equal(raw, []byte("null")) {
		return nil, false
	}
	return raw, true
}

// DropDraft forgets the kept form: it was saved, or put aside by the user.
func (d *Desk) DropDraft() error {
	if _, kept := d.KeptDraft(); !kept {
		return nil
	}
	return d.PutSetting(store.SettingDraft, nil)
}

// Samples are the projects that ship with the program, in the order of their file
// names, named in the reader's language.
func Samples(t *i18n.Catalogue) ([]domain.Project, error) {
	var out []domain.Project
	err := fs.WalkDir(assets.Samples, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(name) != ".json" {
			return err
		}
		data, err := fs.ReadFile(assets.Samples, name)
		if err != nil {
			return err
		}
		p, err := project.Read(data)
		id := "sample." + strings.TrimSuffix(path.Base(name), ".json")
		p.Name = t.Text(id)
		for i := range p.Roles {
			p.Roles[i].Title = t.Text(id + "." + strconv.Itoa(i+1))
		}
		out = append(out, p)
		return err
	})
	return out, err
}

// IsSample tells whether a project is one of them as it was opened; one that was
// renamed is somebody's own.
func IsSample(t *i18n.Catalogue, p *domain.Project) bool {
	list, err := Samples(t)
	return err == nil && slices.ContainsFunc(list, func(s domain.Project) bool { return reflect.DeepEqual(s, *p) })
}

// Setting reads a setting into a value; false where there is none.
func (d *Desk) Setting(name string, into any) bool {
	if d.p.Store == nil {
		return false
	}
	ok, err := d.p.Store.Setting(name, into)
	return ok && err == nil
}

// PutSetting keeps a setting; without a store that takes changes it does nothing.
func (d *Desk) PutSetting(name string, value any) error {
	if !d.CanSave() {
		return nil
	}
	return d.p.Store.PutSetting(name, value)
}
