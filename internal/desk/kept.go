package desk

import (
	"bytes"
	"encoding/json"

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
