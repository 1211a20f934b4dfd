package call

import (
	"cmp"
	"errors"
	"io/fs"
	"os"

	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
)

// Cause is what stands in brackets behind a refusal, for whoever helps: which file, and
// what the system has against it, in the reader's language where that is known. What is
// not known is given as it is, in English; known is false then.
func Cause(t *i18n.Catalogue, err error) (text string, known bool) {
	var newer *store.NewerSchemaError
	var older *store.OlderSchemaError
	var damaged *store.DamagedError
	switch {
	case errors.As(err, &newer):
		return t.Text("cli.cause.schema", "file", newer.Path, "have", newer.Have, "want", newer.Want), true
	case errors.As(err, &older):
		return t.Text("cli.cause.schema", "file", older.Path, "have", older.Have, "want", older.Want), true
	case errors.As(err, &damaged) && damaged.Missing:
		return t.Text("cli.cause.notFound", "file", damaged.Path), true
	}
	for _, c := range []struct {
		key string
		is  bool
	}{
		{"full", disk.IsFull(err)},
		{"readOnly", disk.IsReadOnly(err)},
		{"permission", errors.Is(err, fs.ErrPermission)},
		{"notFound", errors.Is(err, fs.ErrNotExist)},
	} {
		if file := fileOf(err); c.is && file != "" {
			return t.Text("cli.cause."+c.key, "file", file), true
		}
	}
	return err.Error(), false
}

// fileOf is the file that an error is about, "" where it names none.
func fileOf(err error) string {
	var access *disk.AccessError
	var full *disk.FullError
	var system *fs.PathError
	var moved *os.LinkError
	var of [4]string
	if errors.As(err, &access) {
		of[0] = access.Path
	}
	if errors.As(err, &full) {
		of[1] = full.Path
	}
	if errors.As(err, &system) {
		of[2] = system.Path
	}
	if errors.As(err, &moved) {
		of[3] = moved.New
	}
	return cmp.Or(of[:]...)
}
