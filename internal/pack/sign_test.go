package pack_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
	"testing"

	"aead.dev/minisign"
	"golang.org/x/crypto/blake2b"
	"golang.org/x/crypto/scrypt"

	"atlasp2i/internal/pack"
	"atlasp2i/internal/rules"
)

func TestSeal_SameBytesSamePack(t *testing.T) {
	files := builtIn(t)
	key, keys := pair(t)
	data := sealed(t, files, key)
	if !bytes.Equal(data, sealed(t, files, key)) {
		t.Error("sealed twice, the bytes differ")
	}
	s, err := pack.Unseal(data)
	if err != nil {
		t.Fatal(err)
	}
	if by, err := s.Signer(keys); err != nil || by.ID() != keys[0].ID() {
		t.Error(by, err)
	}
	opened, err := pack.Open(s.Archive)
	if err != nil {
		t.Fatal(err)
	}
	want, err := rules.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := rules.Load(opened); err != nil || got.SHA256 != want.SHA256 {
		t.Error("another pack came out:", err)
	}
}

func TestUnseal_Refuses(t *testing.T) {
	files := builtIn(t)
	key, keys := pair(t)
	_, others := pair(t)
	inner := archive(t, files)
	good := sealed(t, files, key)
	signature := good[bytes.LastIndex(good, []byte("untrusted comment:")):]
	signature = signature[:bytes.Index(signature, []byte("PK"))]
	container := func(archive, signature []byte) []byte {
		return zipped(t, entry{name: "pack.zip", data: string(archive)}, entry{name: "pack.zip.minisig", data: string(signature)})
	}
	for _, c := range []struct {
		what string
		data []byte
		keys []pack.Key
		why  pack.Why
		key  string
	}{
		{"a bare pack", inner, keys, pack.Unsigned, "unsigned"},
		{"no signature", zipped(t, entry{name: "pack.zip", data: string(inner)}), keys, pack.Unsigned, "unsigned"},
		{"another archive", zipped(t, entry{name: "letter.txt", data: "x"}), keys, pack.NotAPack, "notPack"},
		{"something more", zipped(t, entry{name: "pack.zip", data: string(inner)}, entry{name: "pack.zip.minisig", data: string(signature)}, entry{name: "x"}), keys, pack.NotAPack, "notPack"},
		{"a long signature", container(inner, bytes.Repeat([]byte("abcdefgh"), 1000)), keys, pack.NotAPack, "notPack"},
		{"no archive", []byte("PK"), keys, pack.NotAPack, "noArchive"},
		{"a key of somebody else", good, others, pack.UnknownKey, "unknownKey"},
		{"no key", good, nil, pack.UnknownKey, "unknownKey"},
		{"a changed value", container(archive(t, with(t, files, "rules/premiums.toml", `"0.035"`, `"0.045"`)), signature), keys, pack.Tampered, "tampered"},
		{"a changed comment", container(inner, bytes.Replace(signature, []byte("trusted comment: essai"), []byte("trusted comment: other"), 1)), keys, pack.Tampered, "tampered"},
		{"words as signature", container(inner, []byte("signed by me")), keys, pack.Tampered, "noSignature"},
	} {
		s, err := pack.Unseal(c.data)
		if err == nil {
			_, err = s.Signer(c.keys)
		}
		refusedAs(t, c.what, err, c.why, c.key)
	}
}

// The key is that of the author of minisign.
func TestParseKeys(t *testing.T) {
	const official = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"
	keys, err := pack.ParseKeys("trusted.keys", []byte("# trusted\n\nuntrusted comment: the author\r\n"+official+"\r\n"+official+"\n"))
	if err != nil || len(keys) != 2 {
		t.Fatal(keys, err)
	}
	if keys[0].Name != "the author" || keys[1].Name != "" || keys[0].ID() != "E7620F1842B4E81F" {
		t.Errorf("%+v %s", keys, keys[0].ID())
	}
	_, err = pack.ParseKeys("trusted.keys", []byte("untrusted comment: x\n\n"+official[1:]))
	if err == nil || !strings.Contains(err.Error(), "trusted.keys:3") {
		t.Error(err)
	}
}

// locked writes a private key under a passphrase as minisign does, at the least
// cost that it knows.
func locked(t *testing.T, private []byte, passphrase string) []byte {
	t.Helper()
	_, line, _ := bytes.Cut(private, []byte("\n"))
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(string(line)))
	if err != nil {
		t.Fatal(err)
	}
	copy(raw[2:], "Sc")
	binary.LittleEndian.PutUint64(raw[38:], 1<<15)
	binary.LittleEndian.PutUint64(raw[46:], 1<<24)
	sum := blake2b.Sum256(append([]byte("Ed"), raw[54:126]...))
	copy(raw[126:], sum[:])
	stream, err := scrypt.Key([]byte(passphrase), raw[6:38], 1<<10, 8, 1, 104)
	if err != nil {
		t.Fatal(err)
	}
	for i, b := range stream {
		raw[54+i] ^= b
	}
	return []byte("untrusted comment: locked\n" + base64.StdEncoding.EncodeToString(raw) + "\n")
}

func TestParsePrivate(t *testing.T) {
	private, _, id, err := pack.NewKey(bytes.NewReader(bytes.Repeat([]byte("0123456789abcdef"), 8)))
	if err != nil {
		t.Fatal(err)
	}
	shut := locked(t, private, "un deux trois")
	for _, c := range []struct {
		what       string
		data       []byte
		passphrase string
		wrong      string
	}{
		{"plain", private, "", ""},
		{"locked", shut, "un deux trois", ""},
		{"no passphrase", shut, "", "packs.keys.locked"},
		{"wrong passphrase", shut, "un deux", "packs.keys.passphrase"},
		{"no key", []byte("x"), "", "packs.keys.private"},
		{"nothing", nil, "", "packs.keys.private"},
	} {
		key, err := pack.ParsePrivate("key", c.data, c.passphrase)
		switch {
		case c.wrong == "" && (err != nil || pack.PublicOf(key).ID() != id):
			t.Error(c.what, err, pack.PublicOf(key).ID(), id)
		case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
			t.Error(c.what, err)
		}
	}
}

// A signature that the author of minisign publishes, over the word "test", is
// proved; so is the older form, which signs the bytes and not their digest.
func TestSigner_OfOtherPrograms(t *testing.T) {
	author, err := pack.ParseKeys("key.pub", []byte("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"))
	if err != nil {
		t.Fatal(err)
	}
	const published = "untrusted comment: signature from minisign secret key\n" +
		"RWQf6LRCGA9i59SLOFxz6NxvASXDJeRtuZykwQepbDEGt87ig1BNpWaVWuNrm73YiIiJbq71Wi+dP9eKL8OC351vwIasSSbXxwA=\n" +
		"trusted comment: timestamp:1555779966\tfile:test\n" +
		"QtKMXWyYcwdpZAlPF7tE2ENJkRd1ujvKjlj1m9RtHTBnZPa5WKU5uWRs5GoP5M/VqE81QFuMKI5k/SfNQUaOAA==\n"
	key, ours := pair(t)
	for _, c := range []struct {
		signature []byte
		keys      []pack.Key
	}{
		{[]byte(published), author},
		{minisign.Sign(key, []byte("test")), ours},
	} {
		s, err := pack.Unseal(zipped(t, entry{name: "pack.zip", data: "test"}, entry{name: "pack.zip.minisig", data: string(c.signature)}))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Signer(append(slices.Clone(ours), c.keys...)); err != nil {
			t.Error(err)
		}
	}
}
