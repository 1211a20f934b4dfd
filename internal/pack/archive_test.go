package pack_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
)

// entry is one file of an archive that somebody made up.
type entry struct {
	name   string
	data   string
	mode   fs.FileMode
	packed bool
	method uint16 // 0 is what packed says
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: e.method}
		if e.packed {
			h.Method = zip.Deflate
		}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		var err error
		if e.method != 0 {
			h.UncompressedSize64, h.CompressedSize64 = uint64(len(e.data)), uint64(len(e.data))
			w, bad := z.CreateRaw(h)
			if bad != nil {
				t.Fatal(bad)
			}
			_, err = w.Write([]byte(e.data))
		} else {
			w, bad := z.CreateHeader(h)
			if bad != nil {
				t.Fatal(bad)
			}
			_, err = w.Write([]byte(e.data))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func many(n int) []entry {
	out := make([]entry, n)
	for i := range out {
		out[i] = entry{name: fmt.Sprintf("rules/%d.toml", i)}
	}
	return out
}

// lying is an archive in which the first file says another size than it has.
func lying(t testing.TB, size byte) []byte {
	t.Helper()
	var text strings.Builder
	for n := range 500 {
		fmt.Fprint(&text, n*n*7919)
	}
	data := zipped(t, entry{name: "pack.toml", data: text.String(), packed: true})
	at := bytes.Index(data, []byte("PK\x01\x02"))
	data[at+24] = size // low byte of the unpacked size in the list at the end
	return data
}

func refusedAs(t *testing.T, what string, err error, why pack.Why, key string) {
	t.Helper()
	var r *pack.Refused
	if !errors.As(err, &r) || r.Why != why || !strings.Contains(r.Error(), key) {
		t.Errorf("%s: %v, want %s, %s", what, err, why, key)
	}
}

func TestOpen_RefusesHostileArchives(t *testing.T) {
	pt := entry{name: "pack.toml", data: "id"}
	large := strings.Repeat("a", rules.MaxFileSize+1)
	var total []entry
	for i := range 17 {
		var text strings.Builder
		for n := range rules.MaxFileSize / 8 {
			fmt.Fprintf(&text, "%07d\n", (n*7919+i)%10000000)
		}
		total = append(total, entry{name: fmt.Sprintf("rules/%d.toml", i), data: text.String(), packed: true})
	}
	for _, c := range []struct {
		what string
		data []byte
		why  pack.Why
		key  string
	}{
		{"text", []byte("name = 1"), pack.NotAPack, "noArchive"},
		{"nothing", nil, pack.NotAPack, "noArchive"},
		{"half an archive", zipped(t, pt)[:40], pack.NotAPack, "noArchive"},
		{"way out", zipped(t, pt, entry{name: "../evil.toml"}), pack.Hostile, "path"},
		{"way out inside", zipped(t, pt, entry{name: "rules/../../evil.toml"}), pack.Hostile, "path"},
		{"absolute", zipped(t, pt, entry{name: "/etc/passwd"}), pack.Hostile, "path"},
		{"drive", zipped(t, pt, entry{name: `C:\evil.toml`}), pack.Hostile, "path"},
		{"backslashes", zipped(t, pt, entry{name: `rules\..\..\evil.toml`}), pack.Hostile, "path"},
		{"stream of a file", zipped(t, pt, entry{name: "pack.toml:evil"}), pack.Hostile, "path"},
		{"hidden sign", zipped(t, pt, entry{name: "rules/a\u202e.toml"}), pack.Hostile, "path"},
		{"a long path", zipped(t, pt, entry{name: strings.Repeat("a/", 30000) + "a.toml"}), pack.Hostile, "path"},
		{"empty name", zipped(t, pt, entry{name: ""}), pack.Hostile, "path"},
		{"link", zipped(t, pt, entry{name: "rules/a.toml", data: "/etc/passwd", mode: fs.ModeSymlink | 0o777}), pack.Hostile, "link"},
		{"device", zipped(t, pt, entry{name: "rules/a.toml", mode: fs.ModeDevice | 0o600}), pack.Hostile, "link"},
		{"the same name", zipped(t, pt, pt), pack.Hostile, "twice"},
		{"another case", zipped(t, pt, entry{name: "PACK.toml"}), pack.Hostile, "twice"},
		{"file as folder", zipped(t, pt, entry{name: "pack.toml/a.toml"}), pack.Hostile, "twice"},
		{"folder as file", zipped(t, entry{name: "rules/a.toml"}, entry{name: "Rules"}), pack.Hostile, "twice"},
		{"archive inside", zipped(t, pt, entry{name: "figures/a.csv", data: string(zipped(t, pt))}), pack.Hostile, "nested"},
		{"large file", zipped(t, pt, entry{name: "rules/a.toml", data: large}), pack.Hostile, "hostile.file"},
		{"bomb", zipped(t, pt, entry{name: "rules/a.toml", data: large[:1000000], packed: true}), pack.Hostile, "ratio"},
		{"large in all", zipped(t, total...), pack.Hostile, "large"},
		{"many files", zipped(t, many(1001)...), pack.Hostile, "files"},
		{"large archive", make([]byte, pack.MaxBytes+1), pack.Hostile, "large"},
		{"unknown packing", zipped(t, entry{name: "pack.toml", data: "id", method: 12}), pack.Hostile, "packed"},
		{"says less than it has", lying(t, 0), pack.NotAPack, "broken"},
		{"says more than it has", lying(t, 0xff), pack.NotAPack, "broken"},
		{"flipped byte", flipped(t, zipped(t, entry{name: "pack.toml", data: "number = 3"}), []byte("number = 3")), pack.NotAPack, "broken"},
	} {
		_, err := pack.Open(c.data)
		refusedAs(t, c.what, err, c.why, c.key)
	}
}

// Folders of their own and deflate are how a person's own program zips a folder.
func TestOpen_TakesAnOrdinaryArchive(t *testing.T) {
	files, err := pack.Open(zipped(t, entry{name: "rules/", mode: fs.ModeDir | 0o755}, entry{name: "rules/a.toml", data: "a = 1", packed: true}))
	if err != nil {
		t.Fatal(err)
	}
	if data, err := fs.ReadFile(files, "rules/a.toml"); err != nil || string(data) != "a = 1" {
		t.Error(string(data), err)
	}
}

// What is archived and opened again is the same pack, and archives to the same
// bytes.
func TestArchive_RoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files := fstest.MapFS{}
		want := map[string][]byte{}
		for name, text := range rapid.MapOfN(rapid.StringMatching(`[a-z]{1,4}/[a-z0-9]{1,4}\.toml`), rapid.String(), 1, 6).Draw(t, "files") {
			want[name] = []byte(text)
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
		first, err := pack.Archive(files)
		if err != nil {
			t.Fatal(err)
		}
		opened, err := pack.Open(first)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string][]byte{}
		for name := range want {
			if got[name], err = fs.ReadFile(opened, name); err != nil {
				t.Fatal(err)
			}
		}
		if rules.Hash(got) != rules.Hash(want) {
			t.Fatal("another hash")
		}
		if again, err := pack.Archive(opened); err != nil || !bytes.Equal(first, again) {
			t.Fatal("other bytes", err)
		}
	})
}

// FuzzFiles feeds the reader anything: it gives files within the limits, or a
// *Refused.
func FuzzFiles(f *testing.F) {
	pt := entry{name: "pack.toml", data: "number = 3"}
	f.Add(zipped(f, pt))
	f.Add(zipped(f, pt, entry{name: "../x"}))
	f.Add(zipped(f, entry{name: "pack.zip", data: string(zipped(f, pt))}, entry{name: "pack.zip.minisig", data: "untrusted comment: x\n"}))
	f.Add(lying(f, 3))
	key, keys := pair(f)
	whole, err := pack.Seal(zipped(f, pt), key, "essai")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(whole)
	f.Fuzz(func(t *testing.T, data []byte) {
		var refused *pack.Refused
		if s, err := pack.Unseal(data); err == nil {
			if _, err := s.Signer(keys); err != nil && !errors.As(err, &refused) {
				t.Fatal(err)
			}
		}
		files, err := pack.Files(data)
		if err != nil {
			if !errors.As(err, &refused) {
				t.Fatal(err)
			}
			return
		}
		total := 0
		err = fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			content, err := fs.ReadFile(files, name)
			total += len(content)
			if strings.Contains(name, "..") || len(content) > rules.MaxFileSize {
				t.Errorf("%q, %d bytes", name, len(content))
			}
			return err
		})
		if err != nil || total > pack.MaxBytes {
			t.Fatal(total, err)
		}
	})
}
