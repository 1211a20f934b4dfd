package call

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
	"atlasp2i/internal/store/disk"
)

// What is known of a file is said in each language, with the file; the rest as it is.
func TestCause(t *testing.T) {
	of := func(cause error) error { return &fs.PathError{Op: "open", Path: "f.db", Err: cause} }
	for _, lang := range []string{"fr", "en", "es"} {
		texts, err := i18n.Load(assets.I18n, lang)
		if err != nil {
			t.Fatal(err)
		}
		said := map[string]bool{}
		for _, err := range []error{
			disk.Error("f.db", of(fs.ErrPermission)), disk.Error("f.db", of(syscall.ENOSPC)),
			fmt.Errorf("store: %w", of(fs.ErrNotExist)), &store.NewerSchemaError{Path: "f.db", Have: 9, Want: 5},
		} {
			text, known := Cause(texts, err)
			if !known || !strings.Contains(text, "f.db") || strings.Contains(text, "{{") || strings.Contains(text, "open f.db") || said[text] {
				t.Errorf("%s: %v: %q", lang, err, text)
			}
			said[text] = true
		}
		moved := &os.LinkError{Op: "rename", Old: "f.tmp", New: "f.db", Err: fs.ErrPermission}
		if text, known := Cause(texts, moved); !known || !strings.Contains(text, "f.db") {
			t.Errorf("%s: %q", lang, text)
		}
		missing := &store.DamagedError{Path: "f.db", Reason: "missing", Missing: true}
		if text, known := Cause(texts, missing); !known || !strings.Contains(text, "f.db") {
			t.Errorf("%s: %q", lang, text)
		}
		if text, known := Cause(texts, errors.New("what nobody knows")); known || text != "what nobody knows" {
			t.Errorf("%s: %q", lang, text)
		}
	}
}
