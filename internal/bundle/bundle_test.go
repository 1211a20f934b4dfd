package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
	"atlasp2i/internal/vault"
)

const passphrase = "quatre mots pour un salon"

const cheap = 1 // work of scrypt

func device(t testing.TB, seed byte) *seal.Device {
	t.Helper()
	d, err := seal.NewDevice(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var at = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// sample is a bundle with a living contact, an erased one and a pack.
func sample() Bundle {
	return Bundle{
		Manifest: Manifest{Made: at, Device: "stand-2", Name: "Officier d'essai <2>, Agence d'essai", Program: "1.0", Contacts: true},
		Share: store.Share{
			Dossiers: []store.SharedDossier{{ID: living}, {ID: gone, Erased: &store.Erasure{At: at, Device: "stand-1"}}},
			Packs:    []store.Pack{{Number: 3, SHA256: strings.Repeat("0", 64), Archive: []byte("zip")}},
		},
		Keys: map[string][]byte{living: bytes.Repeat([]byte{7}, vault.KeySize)},
	}
}

const (
	living = "00000000000000000000000000000001"
	gone   = "00000000000000000000000000000002"
)

func write(t testing.TB, b Bundle) []byte {
	t.Helper()
	data, err := Write(Params{Bundle: b, Device: device(t, 1), Passphrase: passphrase, Work: cheap})
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// refused is the key of a refusal; anything else ends the test.
func refused(t testing.TB, err error) string {
	t.Helper()
	var p *domain.Problem
	if !errors.As(err, &p) {
		t.Fatalf("%v is no refusal", err)
	}
	return strings.TrimPrefix(p.Msg.Key, "bundle.")
}

func TestWrite_ComesBack(t *testing.T) {
	b := sample()
	data := write(t, b)
	got, err := Read(data, passphrase)
	if err != nil {
		t.Fatal(err)
	}
	b.Manifest.Format, b.Manifest.Key = 1, device(t, 1).Public()
	b.Manifest.Counts = Counts{Dossiers: 1, Erased: 1, Packs: 1}
	if diff := cmp.Diff(b, *got); diff != "" {
		t.Error(diff)
	}
	if bytes.Contains(data, []byte("essai")) || bytes.Contains(data, []byte(living)) {
		t.Error("something is readable without the passphrase")
	}
	if again := write(t, b); bytes.Equal(again, data) {
		t.Error("two files are encrypted alike")
	}
	one, _ := document(b, device(t, 1))
	two, _ := document(*got, device(t, 1))
	if !bytes.Equal(one, two) {
		t.Error("the same bundle gives two documents")
	}
}

// The standard work is what a file costs that a person makes.
func TestWrite_TakesStandardWork(t *testing.T) {
	data, err := Write(Params{Bundle: sample(), Device: device(t, 1), Passphrase: passphrase})
	if err != nil || !strings.Contains(string(data[:200]), " 17\n") {
		t.Errorf("%v, %.120s", err, data)
	}
}

func TestWrite_RefusesAWeakPassphrase(t *testing.T) {
	for _, weak := range []string{"", "court", "aaaaaaaaaaaaaaaa"} {
		_, err := Write(Params{Bundle: sample(), Device: device(t, 1), Passphrase: weak, Work: cheap})
		if !strings.HasPrefix(refused(t, err), "vault.passphrase.") {
			t.Errorf("%q: %v", weak, err)
		}
	}
}

// The program age opens the file without us.
func TestWrite_IsAFileOfAge(t *testing.T) {
	id, err := age.NewScryptIdentity(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	r, err := age.Decrypt(bytes.NewReader(write(t, sample())), id)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(r)
	if err != nil || !json.Valid(plain) {
		t.Errorf("%v", err)
	}
}

func TestRead_TakesAccentsInBothForms(t *testing.T) {
	data, err := Write(Params{Bundle: sample(), Device: device(t, 1), Passphrase: "d\u00e9j\u00e0 vu au salon", Work: cheap})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Read(data, "de\u0301ja\u0300 vu au salon"); err != nil {
		t.Error(err)
	}
}

func encrypted(t testing.TB, plain []byte) []byte {
	t.Helper()
	data, err := encrypt(plain, passphrase, cheap)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRead_SaysWhatIsWrong(t *testing.T) {
	good := write(t, sample())
	edited := func(was, is string) []byte {
		if !bytes.Contains(good, []byte(was)) {
			t.Fatalf("%q is not there", was)
		}
		return bytes.Replace(good, []byte(was), []byte(is), 1)
	}
	toAKey := func() []byte {
		id, err := age.GenerateX25519Identity()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w, err := age.Encrypt(&b, id.Recipient())
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for _, c := range []struct {
		what, pass string
		data       []byte
		want       string
	}{
		{"nothing", passphrase, nil, "notBundle"},
		{"a picture", passphrase, []byte("\x89PNG\r\n"), "notBundle"},
		{"the beginning alone", passphrase, []byte("age-encryption.org/v1"), "notBundle"},
		{"for a key", passphrase, toAKey(), "notBundle"},
		{"other JSON", passphrase, encrypted(t, []byte(`{"a":1}`)), "notBundle"},
		{"no JSON", passphrase, encrypted(t, []byte(`notes`)), "notBundle"},
		{"a newer age", passphrase, edited("/v1\n", "/v2\n"), "newer"},
		{"a newer format", passphrase, encrypted(t, []byte(`{"bundle":{"manifest":{"format":2,"soon":true}}}`)), "newer"},
		{"too much work", passphrase, edited(" 1\n", " 20\n"), "costly"},
		{"absurd work", passphrase, edited(" 1\n", " 99\n"), "costly"},
		{"work below zero", passphrase, edited(" 1\n", " -1\n"), "damaged"},
		{"another passphrase", passphrase + "!", good, "wrongPassphrase"},
		{"no passphrase", "", good, "wrongPassphrase"},
		{"cut in the header", passphrase, good[:60], "damaged"},
		{"cut in the content", passphrase, good[:len(good)-9], "damaged"},
		{"something behind", passphrase, append(bytes.Clone(good), 0), "damaged"},
		{"too large", passphrase, make([]byte, MaxBytes+1), "large"},
	} {
		_, err := Read(c.data, c.pass)
		if got := refused(t, err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
}

func TestRead_NothingFlippedOpens(t *testing.T) {
	data := write(t, sample())
	rapid.Check(t, func(t *rapid.T) {
		bad := bytes.Clone(data)
		bad[rapid.IntRange(0, len(bad)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if _, err := Read(bad, passphrase); err == nil {
			t.Fatal("opened")
		}
	})
}

// What is signed by nobody, or not as it stands, is refused by its form or its
// signature.
func TestParse_Refuses(t *testing.T) {
	good, err := document(sample(), device(t, 1))
	if err != nil {
		t.Fatal(err)
	}
	other := device(t, 2).Public().String()
	for _, c := range []struct{ what, was, is, want string }{
		{"unknown key", `"manifest":{`, `"manifest":{"soon":1,`, "form"},
		{"unknown key outside", `{"bundle":`, `{"soon":1,"bundle":`, "form"},
		{"twice", `"device":"stand-2"`, `"device":"stand-2","device":"stand-2"`, "form"},
		{"case", `"device"`, `"Device"`, "form"},
		{"space", `"device":`, `"device": `, "form"},
		{"no keys", `"keys":{"` + living + `"`, `"keys":{"` + gone + `"`, "form"},
		{"other counts", `"erased":1`, `"erased":2`, "form"},
		{"a name of nothing", `"program":"1.0"`, `"program":" "`, "form"},
		{"two lines", `stand-2`, `stand\n2`, "form"},
		{"another time zone", `09:30:00Z`, `10:30:00+01:00`, "form"},
		{"contacts without saying so", `"contacts":true`, `"contacts":false`, "form"},
		{"another name", `stand-2`, `stand-3`, "signature"},
		{"another maker", device(t, 1).Public().String(), other, "signature"},
	} {
		bad := bytes.Replace(good, []byte(c.was), []byte(c.is), 1)
		if bytes.Equal(bad, good) {
			t.Fatalf("%s: nothing to replace in %s", c.what, good)
		}
		_, err := parse(bad)
		if got := refused(t, err); got != c.want {
			t.Errorf("%s: %s, want %s", c.what, got, c.want)
		}
	}
	if _, err := parse(append(bytes.Clone(good), '\n')); refused(t, err) != "form" {
		t.Error("a trailing line is taken")
	}
}

// What is written a thing at a time is the JSON of the whole, with every list there is.
func TestPut_IsTheJSONOfTheWhole(t *testing.T) {
	b := full(1 << 16)
	b.Share.Values = []store.SharedValue{{Place: "p", Field: "<f>"}, {Place: "q"}}
	b.Share.Papers = []store.SharedPaper{{Payload: []byte("<>")}}
	if n := reflect.TypeFor[store.Share]().NumField() + reflect.TypeFor[Bundle]().NumField(); n != 8 {
		t.Errorf("put writes 8 fields, there are %d", n)
	}
	for _, b := range []Bundle{b, sample(), {}} {
		want, err := encode(b)
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := put(&got, &b); err != nil || !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%v: %.200s, want %.200s", err, got.Bytes(), want)
		}
		if !same(&b, want) || same(&b, append(want, ' ')) || same(&b, want[:len(want)-1]) {
			t.Error("what is written is not told from something else")
		}
	}
}

// Whatever a maker signs is read as what it writes, or refused.
func FuzzParse(f *testing.F) {
	d := device(f, 1)
	good, err := document(sample(), d)
	if err != nil {
		f.Fatal(err)
	}
	content, _, ok := cut(good)
	if !ok {
		f.Fatal("no document")
	}
	f.Add(content)
	f.Add([]byte(`{"manifest":{"format":2}}`))
	f.Add([]byte(`{"manifest":{"format":1},"share":{},"keys":{}}`))
	f.Fuzz(func(t *testing.T, content []byte) {
		signature, err := json.Marshal(d.SignBundle(content))
		if err != nil {
			t.Fatal(err)
		}
		b, err := parse(fmt.Appendf(nil, `{"bundle":%s,"signature":%s}`, content, signature))
		if err != nil {
			refused(t, err)
			return
		}
		again, err := encode(b)
		if err != nil || !bytes.Equal(again, content) {
			t.Fatalf("%v: read as %s", err, again)
		}
	})
}

// The file that somebody hands over is read before anything is known of it.
func FuzzRead(f *testing.F) {
	f.Add(write(f, sample()))
	f.Add([]byte(ageVersion + "-> scrypt AAAAAAAAAAAAAAAAAAAAAA 30\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := Read(data, passphrase); err != nil {
			refused(t, err)
		}
	})
}
