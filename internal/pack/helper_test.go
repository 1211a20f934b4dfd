package pack_test

import (
	"bytes"
	"crypto/rand"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"aead.dev/minisign"

	"atlasp2i/assets"
	"atlasp2i/internal/pack"
)

// builtIn gives the files of the built-in pack, to be changed.
func builtIn(t testing.TB) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(assets.PackFiles(), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(assets.PackFiles(), name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// with is a copy of files in which one place reads otherwise.
func with(t testing.TB, files fstest.MapFS, name, was, is string) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	for n, f := range files {
		out[n] = f
	}
	text := string(files[name].Data)
	if !strings.Contains(text, was) {
		t.Fatalf("%s does not hold %q", name, was)
	}
	out[name] = &fstest.MapFile{Data: []byte(strings.Replace(text, was, is, 1))}
	return out
}

func archive(t testing.TB, files fs.FS) []byte {
	t.Helper()
	data, err := pack.Archive(files)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// pair is a new key, to sign with and to trust.
func pair(t testing.TB) (minisign.PrivateKey, []pack.Key) {
	t.Helper()
	private, public, _, err := pack.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	key, err := pack.ParsePrivate("key", private, "")
	if err != nil {
		t.Fatal(err)
	}
	keys, err := pack.ParseKeys("key.pub", public)
	if err != nil || len(keys) != 1 {
		t.Fatal(keys, err)
	}
	return key, keys
}

func sealed(t testing.TB, files fs.FS, key minisign.PrivateKey) []byte {
	t.Helper()
	data, err := pack.Seal(archive(t, files), key, "essai")
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// flipped is data with one byte changed where part begins.
func flipped(t testing.TB, data, part []byte) []byte {
	t.Helper()
	at := bytes.Index(data, part)
	if at < 0 {
		t.Fatal("nothing to change")
	}
	out := bytes.Clone(data)
	out[at] ^= 1
	return out
}
