package exhibit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

const (
	namePrefix = "atlas"
	longName   = 80  // letters before the ending
	mostNames  = 999 // files of one name in a folder
)

// FileName makes a name of small letters, digits and hyphens, which every system
// takes: "atlas-exports-par-segment-2024.png". A word that the name ends with
// already is left out.
func FileName(ending string, words ...string) string {
	name := namePrefix
	for _, w := range words {
		if s := slug(w); s != "" && !strings.HasSuffix(name, "-"+s) {
			name += "-" + s
		}
	}
	if len(name) > longName {
		name = strings.TrimRight(name[:longName], "-")
	}
	return name + "." + ending
}

// slug takes accents off and puts hyphens between what letters and digits remain.
func slug(text string) string {
	var out strings.Builder
	gap := false
	for _, r := range strings.ToLower(norm.NFKD.String(text)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			if gap && out.Len() > 0 {
				out.WriteByte('-')
			}
			gap = false
			out.WriteRune(r)
		case !unicode.Is(unicode.Mn, r):
			gap = true
		}
	}
	return out.String()
}

// Keep writes a file into a folder under its name, or that name with a number where
// there is such a file. The file is there as a whole or, with an error, not at all.
func Keep(folder string, p SaveParams) (path string, err error) {
	mode := fs.FileMode(0o644)
	if p.Private {
		mode = 0o600
	}
	made, err := os.CreateTemp(folder, ".atlas-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(made.Name()) // what went wrong first counts
		}
	}()
	if err := errors.Join(p.Write(made), made.Sync(), made.Chmod(mode), made.Close()); err != nil {
		return "", err
	}
	if path, err = claim(folder, p.Name); err != nil {
		return "", err
	}
	if err := os.Rename(made.Name(), path); err != nil {
		_ = os.Remove(path) // the empty file that held the name
		return "", err
	}
	return path, nil
}

// claim makes an empty file under the first name that is free.
func claim(folder, name string) (string, error) {
	ending := filepath.Ext(name)
	for n := 1; n <= mostNames; n++ {
		path := filepath.Join(folder, name)
		if n > 1 {
			path = filepath.Join(folder, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ending), n, ending))
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		return path, file.Close()
	}
	return "", &fs.PathError{Op: "create", Path: filepath.Join(folder, name), Err: fs.ErrExist}
}
