package share

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"atlasp2i/internal/bundle"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/seal"
)

// forged is a file as somebody makes it who has the passphrase and a key of their own.
func forged(t *testing.T, data []byte, by *seal.Device, change func(*bundle.Bundle)) []byte {
	t.Helper()
	b := must(bundle.Read(data, travel))(t)
	change(b)
	return must(bundle.Write(bundle.Params{Bundle: *b, Device: by, Passphrase: travel, Work: 1}))(t)
}

// otherRate is an archived pack in which a file says something else.
func otherRate(t *testing.T, archive []byte) []byte {
	t.Helper()
	from := must(zip.NewReader(bytes.NewReader(archive), int64(len(archive))))(t)
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, f := range from.File {
		in := must(f.Open())(t)
		data := must(io.ReadAll(in))(t)
		if f.Name == "rules/premiums.toml" {
			data = []byte(strings.Replace(string(data), `value = "0.035"`, `value = "0.5"`, 1))
		}
		must(must(to.Create(f.Name))(t).Write(data))(t)
	}
	check(t, to.Close())
	return out.Bytes()
}

// Rules under the hash of others, and papers that were not signed as they stand, are
// refused with all that comes with them.
func TestPreview_RefusesForgedPapersAndPacks(t *testing.T) {
	all := laptops(t, "nord", "sud")
	a, b := all[0], all[1]
	filled(t, a)
	other := eso("Autre centre")
	other.Project.Roles[0].GrossMonthly = calctest.Money("31000.00")
	must(a.desk.Save(other))(t)
	data := a.export(t)
	stranger := must(seal.NewDevice(rand.Reader))(t)
	before := b.sheet(t)
	for name, c := range map[string]struct {
		change func(*bundle.Bundle)
		want   string
	}{
		"other rules under a hash": {func(b *bundle.Bundle) { b.Share.Packs[0].Archive = otherRate(t, b.Share.Packs[0].Archive) }, "share.badPack"},
		"no pack":                  {func(b *bundle.Bundle) { b.Share.Packs[0].Archive = []byte("zip") }, "share.badPack"},
		"another number of a pack": {func(b *bundle.Bundle) { b.Share.Packs[0].Number++ }, "share.badPack"},
		"another signature":        {func(b *bundle.Bundle) { b.Share.Papers[0].Signature[3] ^= 1 }, "share.badPaper"},
		"a longer signature":       {func(b *bundle.Bundle) { b.Share.Papers[0].Signature = append(b.Share.Papers[0].Signature, 0) }, "share.badPaper"},
		"another payload": {func(b *bundle.Bundle) {
			p := &b.Share.Papers[0]
			p.Payload = bytes.Replace(p.Payload, []byte("Agence d'essai"), []byte("Agence d'ailleurs"), 1)
		}, "share.badPaper"},
		"the next number of a paper": {func(b *bundle.Bundle) {
			b.Share.Papers[0].Number = strings.Replace(b.Share.Papers[0].Number, "1", "2", 1)
		}, "share.badPaper"},
		"another time of a paper": {func(b *bundle.Bundle) {
			p := &b.Share.Papers[0]
			p.At = p.At.AddDate(0, 0, -1)
		}, "share.badPaper"},
		"another simulation of a paper": {func(b *bundle.Bundle) {
			p := &b.Share.Papers[0]
			for _, is := range b.Share.Simulations {
				if is.ID != p.Simulation {
					p.Simulation, p.RevisionIdentity = is.ID, is.Revisions[0].Identity
					return
				}
			}
		}, "share.badPaper"},
		"the rules of a paper": {func(b *bundle.Bundle) { b.Share.Papers[0].PackSHA256 = strings.Repeat("0", 64) }, "share.badPaper"},
	} {
		_, err := b.Preview(forged(t, data, stranger, c.change), travel)
		if got := refused(t, err); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
	if diff := cmp.Diff(before, b.sheet(t)); diff != "" {
		t.Error(diff)
	}
	must(b.Preview(data, travel))(t)
}

// A laptop that is known, or not, takes neither the id of another nor that of this one
// without a word, and never the place of this one.
func TestPreview_SaysWhoTakesTheIdOfAnother(t *testing.T) {
	all := laptops(t, "nord", "sud", "est")
	a, b, c := all[0], all[1], all[2]
	b.take(t, a.export(t))
	b.take(t, c.export(t))
	for _, id := range []string{"nord", "sud"} {
		for name, key := range map[string]*seal.Device{"a known key": c.device, "a new key": must(seal.NewDevice(rand.Reader))(t)} {
			p := must(b.Preview(forged(t, c.export(t), key, func(b *bundle.Bundle) { b.Manifest.Device = id }), travel))(t)
			was := map[string]*laptop{"nord": a, "sud": b}[id].device.Public().Print()
			if p.Maker.Standing != Renewed || p.Maker.Was != was {
				t.Errorf("the id of %s under %s: %+v", id, name, p.Maker)
			}
			for _, print := range []string{"", was} {
				if _, err := b.Merge(p, Choice{OtherKey: print}); refused(t, err) != "share.otherKey" {
					t.Errorf("the id of %s under %s, accepted %q: %v", id, name, print, err)
				}
			}
			if id == "sud" {
				must(b.Merge(p, Choice{OtherKey: key.Public().Print()}))(t)
			}
		}
	}
	for _, d := range must(b.store.Devices())(t) {
		if d.ID == "sud" || d.ID == "nord" && d.PublicKey != a.device.Public().String() {
			t.Errorf("%+v", d)
		}
	}
	// Whoever accepts the new key of a laptop has it in the place of the former one.
	renewed := must(seal.NewDevice(rand.Reader))(t)
	p := must(b.Preview(forged(t, a.export(t), renewed, func(*bundle.Bundle) {}), travel))(t)
	must(b.Merge(p, Choice{OtherKey: " " + strings.ToLower(p.Maker.Print)}))(t)
	if again := must(b.Preview(forged(t, a.export(t), renewed, func(*bundle.Bundle) {}), travel))(t); again.Maker.Standing != Known || again.Maker.Was != "" {
		t.Errorf("%+v", again.Maker)
	}
	// Set up anew with its key, a laptop has another id and is known all the same.
	if p := must(b.Preview(forged(t, c.export(t), c.device, func(b *bundle.Bundle) { b.Manifest.Device = "new" }), travel))(t); p.Maker.Standing != Known {
		t.Errorf("%+v", p.Maker)
	}
}
