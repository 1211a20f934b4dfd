package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"atlasp2i/internal/rules"
)

// MaxBytes bounds a pack as a file, signed or not, and all that it unpacks to.
const MaxBytes = 16 << 20

const (
	maxFiles = 1000
	maxName  = 200 // bytes of a path
	maxRatio = 100 // text of a pack packs to a tenth
)

// limits are what an archive may hold.
type limits struct {
	files  int
	each   uint64 // bytes of one file
	nested bool   // archives in it
}

var ofPack = limits{files: maxFiles, each: rules.MaxFileSize}

// nameShape is what a path in a pack may be written with: nothing that one system
// reads in another way than the next.
var nameShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._/-]*$`)

// Archive packs files into a zip, always to the same bytes.
func Archive(files fs.FS) ([]byte, error) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		return add(z, name, data)
	})
	if err != nil {
		return nil, err
	}
	err = z.Close()
	return buf.Bytes(), err
}

// add stores a file as it is: the same bytes under every version of Go.
func add(z *zip.Writer, name string, data []byte) error {
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Open gives the files of an archived pack, after all of them were unpacked in
// memory and found to be no more than they say. The error is a *Refused.
func Open(archive []byte) (fs.FS, error) {
	z, _, err := unpack(archive, ofPack)
	if err != nil {
		return nil, err
	}
	return z, nil
}

// Hash is what an archived pack is known by: rules.Hash of its files, whether this
// program can compute with them or not. It returns the errors of Open.
func Hash(archive []byte) (string, error) {
	_, files, err := unpack(archive, ofPack)
	if err != nil {
		return "", err
	}
	return rules.Hash(files), nil
}

// unpack checks an archive from outside before anything is done with it.
func unpack(data []byte, l limits) (*zip.Reader, map[string][]byte, error) {
	if len(data) > MaxBytes {
		return nil, nil, refuse(Hostile, "packs.hostile.large", "most", MaxBytes>>20)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, nil, refuse(NotAPack, "packs.refused.noArchive")
	}
	if err := checkSizes(z.File, l); err != nil {
		return nil, nil, err
	}
	if err := checkNames(z.File); err != nil {
		return nil, nil, err
	}
	files := map[string][]byte{}
	for _, f := range z.File {
		if isFolder(f) {
			continue
		}
		if files[f.Name], err = content(f); err != nil {
			return nil, nil, err
		}
		if !l.nested && bytes.HasPrefix(files[f.Name], []byte("PK\x03\x04")) {
			return nil, nil, refuse(Hostile, "packs.hostile.nested", "name", shown(f.Name))
		}
	}
	return z, files, nil
}

// checkSizes holds what an archive says of itself to the limits. It says no more
// than the truth only once each file was read, but nothing is read past it.
func checkSizes(entries []*zip.File, l limits) error {
	if len(entries) > l.files {
		return refuse(Hostile, "packs.hostile.files", "most", l.files)
	}
	total := uint64(0)
	for _, f := range entries {
		switch size := f.UncompressedSize64; {
		case size > l.each:
			return refuse(Hostile, "packs.hostile.file", "name", shown(f.Name), "most", int(l.each>>10))
		case size > maxRatio*f.CompressedSize64:
			return refuse(Hostile, "packs.hostile.ratio", "name", shown(f.Name))
		default:
			total += size
		}
	}
	if total > MaxBytes {
		return refuse(Hostile, "packs.hostile.large", "most", MaxBytes>>20)
	}
	return nil
}

// checkNames refuses whatever could be written elsewhere than where it seems to
// be, or over something else, if it were unpacked to a disk.
func checkNames(entries []*zip.File) error {
	seen := map[string]bool{} // names and the folders above them, in small letters; true for a file
	for _, f := range entries {
		name := strings.TrimSuffix(f.Name, "/")
		if len(name) > maxName || !fs.ValidPath(name) || !nameShape.MatchString(name) {
			return refuse(Hostile, "packs.hostile.path", "name", shown(f.Name))
		}
		if !f.Mode().IsRegular() && !isFolder(f) {
			return refuse(Hostile, "packs.hostile.link", "name", shown(f.Name))
		}
		key := strings.ToLower(name)
		if asFile, there := seen[key]; there && (asFile || !isFolder(f)) {
			return refuse(Hostile, "packs.hostile.twice", "name", shown(f.Name))
		}
		seen[key] = !isFolder(f)
		for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
			if seen[dir] {
				return refuse(Hostile, "packs.hostile.twice", "name", shown(f.Name))
			}
			seen[dir] = false
		}
	}
	return nil
}

func isFolder(f *zip.File) bool { return f.Mode().IsDir() && strings.HasSuffix(f.Name, "/") }

// content unpacks a file; the reader stops it at the size that it says.
func content(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if errors.Is(err, zip.ErrAlgorithm) {
		return nil, refuse(Hostile, "packs.hostile.packed", "name", shown(f.Name))
	}
	if err != nil {
		return nil, refuse(NotAPack, "packs.refused.noArchive")
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, int64(f.UncompressedSize64)+1)) // at most MaxBytes
	if err != nil || uint64(len(data)) != f.UncompressedSize64 {
		return nil, refuse(NotAPack, "packs.refused.broken", "name", shown(f.Name))
	}
	return data, nil
}
