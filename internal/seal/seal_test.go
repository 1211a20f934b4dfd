package seal_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
)

// device is made from a fixed seed, so that its papers can be written down here.
func device(t testing.TB, seed byte) *seal.Device {
	t.Helper()
	d, err := seal.NewDevice(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// payload is a paper of the device: the second example of the facts, in Fes.
func payload(t testing.TB, d *seal.Device) seal.Payload {
	t.Helper()
	number, err := d.Number(42)
	if err != nil {
		t.Fatal(err)
	}
	readings := map[string]string{}
	for _, id := range domain.ReadingIDs {
		readings[id] = "default"
	}
	return seal.Payload{
		Number: number, IssuedAt: time.Date(2026, 11, 22, 9, 30, 5, 0, time.UTC), ValidUntil: "2027-02-20",
		Officer: "Officer <One> & Co", Agency: "Agency", Language: "fr", Project: strings.Repeat("0a", 32),
		Pack: seal.Pack{Number: 3, SHA256: strings.Repeat("1b", 32)}, Readings: readings,
		Totals: seal.Totals{
			From: domain.NewMonth(2026, 1), Months: 60, Cost: 8201232000,
			Benefits: seal.Figure{Value: 1466924160, Low: 414000000, High: 2252924160},
			AIR:      seal.Figure{Value: 1052924160, High: 1052924160},
			PAE:      seal.Figure{Value: 204000000, Low: 204000000, High: 1224000000},
			PAF:      seal.Figure{Value: 210000000, Low: 210000000, High: 252000000}, Incomplete: []string{domain.AIS},
		},
		Check: seal.Check{Mode: seal.BySecond, By: "Colleague"},
	}
}

func issue(t testing.TB, d *seal.Device) seal.Paper {
	t.Helper()
	paper, err := d.Issue(payload(t, d))
	if err != nil {
		t.Fatal(err)
	}
	return paper
}

// refusal is the key of a refusal.
func refusal(t testing.TB, err error) string {
	t.Helper()
	var p *domain.Problem
	if !errors.As(err, &p) {
		t.Fatalf("not refused with a problem: %v", err)
	}
	return p.Msg.Key
}

// A code that was printed must be read for ever.
func TestIssue_Golden(t *testing.T) {
	const (
		number = "ZT0J-0042"
		code   = "P2I:07N4MV33WAE542NYYN87P4SERQWSAHVPNTZBWYWJ88FEMT8M8V92R00000N02D99080KAK4C000000R8000000F8TKF800000005EVVWG0" +
			"00000032PJ7000000011J8WM00000000ZC4P800000000C535G00000000S12RG00000000000007T8VA3GMBBPNJN6K473WPQNYEFEVBKAWFZ" +
			"GMVT9NRR5FVTB81A89SFNNJ6MZ7CY4TMJ1RB4E9ZTD9RQ9VJ6HFT9Y6W9XFPPVHCSC0VB867FBKJAM26VNDX83EVH87WEACAHQZ1CAP36XK9W0" +
			"D139S6K904"
	)
	paper := issue(t, device(t, 7))
	p, c, err := paper.Open()
	if err != nil {
		t.Fatal(err)
	}
	if p.Number != number || paper.Code != code {
		t.Errorf("number %s, code %s", p.Number, paper.Code)
	}
	if again := issue(t, device(t, 7)); !cmp.Equal(again, paper) {
		t.Error("the same paper is sealed differently")
	}
	want := payload(t, device(t, 7))
	want.Version = 1
	if diff := cmp.Diff(want, p); diff != "" {
		t.Error(diff)
	}
	if c.Number != number || c.Benefits != want.Totals.Benefits || c.AIR != want.Totals.AIR.Value || c.IssuedOn != "2026-11-22" ||
		c.ValidUntil != want.ValidUntil || c.Pack != 3 || !cmp.Equal(c.Incomplete, []string{domain.AIS}) {
		t.Errorf("code %+v", c)
	}
}

func TestPayload_Canonical(t *testing.T) {
	paper := issue(t, device(t, 1))
	if strings.Contains(string(paper.Payload), `\u003c`) || !strings.HasPrefix(string(paper.Payload), `{"agency":"Agency","check":{"by":`) {
		t.Errorf("%s", paper.Payload)
	}
	var tree map[string]any
	if err := json.Unmarshal(paper.Payload, &tree); err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for i, key := range rapid.Permutation(keysOf(tree)).Draw(t, "order") {
			value, err := json.MarshalIndent(tree[key], "", rapid.SampledFrom([]string{"", " ", "\t"}).Draw(t, "indent"))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%s%q : %s\n", map[bool]string{true: "{", false: ","}[i == 0], key, value)
		}
		b.WriteString("}")
		got, err := seal.Canonical([]byte(b.String()))
		if err != nil || !bytes.Equal(got, paper.Payload) {
			t.Fatalf("%v\n%s\n%s", err, got, paper.Payload)
		}
	})
}

func keysOf(tree map[string]any) []string {
	var keys []string
	for k := range maps.Keys(tree) {
		keys = append(keys, k)
	}
	return keys
}

func TestCanonical_Refuses(t *testing.T) {
	for _, bad := range []string{
		``, `{`, `{"a":1,"a":1}`, `{"a":1.5}`, `1e3`, `-0`, `01`, `{}{}`, `[1,]`, "\"\xff\"", `9223372036854775808`, `nul`,
		strings.Repeat("[", 40) + strings.Repeat("]", 40), `{"a":{"b":1,"b":2}}`,
	} {
		if got, err := seal.Canonical([]byte(bad)); err == nil {
			t.Errorf("%s became %s", bad, got)
		}
	}
	a, errA := seal.Hash([]byte(`{"b":[1, true,null], "a":"é<"}`))
	b, errB := seal.Hash([]byte(`{"a":"\u00e9\u003c","b":[1,true,null]}`))
	if errA != nil || errB != nil || a != b {
		t.Errorf("%s %s %v %v", a, b, errA, errB)
	}
}

func TestReadPayload_Refuses(t *testing.T) {
	good := string(issue(t, device(t, 1)).Payload)
	for name, c := range map[string]struct{ old, with, key string }{
		"unknown key":      {`{"agency"`, `{"aaa":1,"agency"`, "seal.payload.form"},
		"missing key":      {`"fair":"",`, ``, "seal.payload.form"},
		"twice":            {`{"agency":"Agency"`, `{"agency":"Agency","agency":"Agency"`, "seal.payload.form"},
		"case":             {`"fair"`, `"Fair"`, "seal.payload.form"},
		"space":            {`,"fair"`, `, "fair"`, "seal.payload.form"},
		"behind":           {`"version":1}`, `"version":1} `, "seal.payload.form"},
		"null list":        {`["AIS"]`, `null`, "seal.payload.form"},
		"newer":            {`"version":1`, `"version":2`, "seal.payload.newer"},
		"older":            {`"version":1`, `"version":0`, "seal.payload.version"},
		"amount as number": {`"8201232`, `8201232`, "seal.payload.form"},
		"time zone":        {`05Z`, `05+01:00`, "seal.payload.time"},
	} {
		bad := strings.Replace(good, c.old, c.with, 1)
		if bad == good {
			t.Errorf("%s: nothing to replace", name)
		}
		p, err := seal.ReadPayload([]byte(bad))
		if got := refusal(t, err); got != c.key || !cmp.Equal(p, seal.Payload{}) {
			t.Errorf("%s: %s %+v", name, got, p)
		}
	}
}

func TestIssue_Refuses(t *testing.T) {
	d := device(t, 1)
	for key, change := range map[string]func(p *seal.Payload){
		"seal.number.device":      func(p *seal.Payload) { p.Number = "0000-0001" },
		"seal.number.form":        func(p *seal.Payload) { p.Number += "x" },
		"seal.payload.time":       func(p *seal.Payload) { p.IssuedAt = p.IssuedAt.Add(1) },
		"seal.payload.validity":   func(p *seal.Payload) { p.ValidUntil = "2026-11-21" },
		"seal.payload.text":       func(p *seal.Payload) { p.Officer = "a\nb" },
		"seal.payload.check":      func(p *seal.Payload) { p.Check.Mode = "" },
		"seal.payload.hash":       func(p *seal.Payload) { p.Project = strings.ToUpper(p.Project) },
		"seal.payload.pack":       func(p *seal.Payload) { p.Pack.Number = 0 },
		"seal.payload.reading":    func(p *seal.Payload) { delete(p.Readings, domain.ReadingAISBase) },
		"seal.payload.horizon":    func(p *seal.Payload) { p.Totals.Months = 0 },
		"seal.payload.amounts":    func(p *seal.Payload) { p.Totals.PAE.Low = p.Totals.PAE.Value + 1 },
		"seal.payload.incomplete": func(p *seal.Payload) { p.Totals.Incomplete = []string{domain.AIS, domain.AIR} },
	} {
		p := payload(t, d)
		change(&p)
		if _, err := d.Issue(p); refusal(t, err) != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	p := payload(t, d)
	p.Totals.Incomplete = nil
	if paper, err := d.Issue(p); err != nil || !strings.Contains(string(paper.Payload), `"incomplete":[]`) {
		t.Errorf("nothing incomplete: %v", err)
	}
}

func TestVerify_States(t *testing.T) {
	own, other := device(t, 1), device(t, 2)
	keys := seal.Keys{Own: own.Public()}
	known := seal.Keys{Own: own.Public(), Known: []seal.Known{{Key: other.Public(), Name: "Stand 2"}}}
	text := issue(t, other).Code
	forged, err := seal.ParseCode(text)
	if err != nil {
		t.Fatal(err)
	}
	forged.Benefits.High++
	stolen := forged // our name on another's signature
	stolen.Public = own.Public()
	for _, c := range []struct {
		text  string
		keys  seal.Keys
		state seal.State
		key   string
	}{
		{issue(t, own).Code, keys, seal.Own, "seal.code.own"},
		{" " + text + "\r\n", known, seal.OfKnown, "seal.code.known"},
		{text, keys, seal.OfUnknown, "seal.code.unknown"},
		{text, seal.Keys{}, seal.OfUnknown, "seal.code.unknown"},
		{forged.Encode(), known, seal.Altered, "seal.code.altered"},
		{stolen.Encode(), known, seal.Altered, "seal.code.altered"},
		{"https://example.org", keys, seal.Unreadable, "seal.code.foreign"},
		{"", keys, seal.Unreadable, "seal.code.foreign"},
		{"P2I:", keys, seal.Unreadable, "seal.code.damaged"},
		{text[:len(text)-1], keys, seal.Unreadable, "seal.code.damaged"},
		{"P2I:0G" + text[6:], keys, seal.Unreadable, "seal.code.newer"},
	} {
		f := seal.CheckCode(c.text, c.keys)
		if f.State != c.state || f.Msg.Key != c.key || f.Genuine() != (c.state == seal.Own || c.state == seal.OfKnown) {
			t.Errorf("%.20q: %+v, want %s", c.text, f, c.key)
		}
		if genuine := f.State.Msg().Key == "seal.verdict.genuine"; genuine != f.Genuine() {
			t.Errorf("%.20q: genuine %t, said %s", c.text, f.Genuine(), f.State.Msg().Key)
		}
	}
}

// Whatever one character or bit of a code becomes, the code is not genuine.
func TestVerify_NothingFlippedIsGenuine(t *testing.T) {
	d := device(t, 3)
	text, keys := issue(t, d).Code, seal.Keys{Own: d.Public()}
	if !seal.CheckCode(text, keys).Genuine() {
		t.Fatal("the code itself is not genuine")
	}
	for at := range len(text) {
		for bit := range 8 {
			bad := []byte(text)
			bad[at] ^= 1 << bit
			if f := seal.CheckCode(string(bad), keys); f.Genuine() {
				t.Fatalf("bit %d of character %d: %+v", bit, at, f)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		bad := []byte(text)
		at := rapid.IntRange(0, len(bad)-1).Draw(t, "at")
		bad[at] = rapid.ByteRange(' ', '~').Filter(func(b byte) bool { return b != text[at] }).Draw(t, "char")
		if f := seal.CheckCode(string(bad), keys); f.Genuine() {
			t.Fatalf("%s: %+v", bad, f)
		}
	})
}

// A paper is kept and handed over as JSON.
func TestPaper_JSON(t *testing.T) {
	paper := issue(t, device(t, 3))
	data, err := json.Marshal(paper)
	if err != nil {
		t.Fatal(err)
	}
	var again seal.Paper
	if err := json.Unmarshal(data, &again); err != nil || !cmp.Equal(again, paper) {
		t.Errorf("%v\n%s", err, cmp.Diff(paper, again))
	}
	text, _ := paper.Signature.MarshalText()
	if len(text) != 103 {
		t.Errorf("%d characters", len(text))
	}
	for _, bad := range []string{"", strings.ToLower(string(text)), string(text) + "0", string(text[1:])} {
		if err := again.Signature.UnmarshalText([]byte(bad)); refusal(t, err) != "seal.key.signature" {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// No bit of what is kept may change either.
func TestOpen_NothingFlipped(t *testing.T) {
	paper := issue(t, device(t, 3))
	rapid.Check(t, func(t *rapid.T) {
		bad := seal.Paper{Payload: bytes.Clone(paper.Payload), Signature: paper.Signature, Code: paper.Code}
		bit := byte(1) << rapid.IntRange(0, 7).Draw(t, "bit")
		if rapid.Bool().Draw(t, "payload") {
			bad.Payload[rapid.IntRange(0, len(bad.Payload)-1).Draw(t, "at")] ^= bit
		} else {
			bad.Signature[rapid.IntRange(0, len(bad.Signature)-1).Draw(t, "at")] ^= bit
		}
		if p, _, err := bad.Open(); err == nil || !cmp.Equal(p, seal.Payload{}) {
			t.Fatalf("opened: %v", err)
		}
	})
	other := paper
	other.Code = issue(t, device(t, 4)).Code
	if _, _, err := other.Open(); refusal(t, err) != "seal.paper.altered" {
		t.Errorf("another device's code: %v", err)
	}
}

// Two devices never give the same number, unless they share their prefix, and
// then Clash says so.
func TestNumber_OfTwoDevices(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		seed := rapid.SliceOfN(rapid.Byte(), 32, 32)
		count := rapid.IntRange(1, 999_999)
		a, errA := seal.NewDevice(bytes.NewReader(seed.Draw(t, "a")))
		b, errB := seal.NewDevice(bytes.NewReader(seed.Draw(t, "b")))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		if a.Public() == b.Public() {
			t.Skip("one device")
		}
		m, errA := a.Number(count.Draw(t, "m"))
		n, errB := b.Number(count.Draw(t, "n"))
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		clash := seal.Clash(a.Public(), []seal.Known{{Key: a.Public()}, {Key: b.Public(), Name: "b"}})
		if (clash != nil) != (m.Prefix() == n.Prefix()) || (m == n && clash == nil) {
			t.Fatalf("%s and %s: %v", m, n, clash)
		}
	})
}

func TestClash(t *testing.T) {
	own := device(t, 1).Public()
	var twin seal.PublicKey // found by trying: only the prefix of a key matters here
	for i := 0; twin.Prefix() != own.Prefix(); i++ {
		twin[0], twin[1], twin[2], twin[3] = byte(i), byte(i>>8), byte(i>>16), byte(i>>24)
	}
	if m := seal.Clash(own, []seal.Known{{Key: twin, Name: "Stand 2"}}); m == nil || m.Args["device"] != "Stand 2" {
		t.Errorf("not said: %v", m)
	}
}

func TestSignBundle(t *testing.T) {
	d, content := device(t, 1), []byte("content")
	s := d.SignBundle(content)
	if !d.Public().SignedBundle(content, s) {
		t.Error("its own signature is refused")
	}
	if d.Public().SignedBundle([]byte("contenu"), s) || device(t, 2).Public().SignedBundle(content, s) {
		t.Error("another content or key passes")
	}
	paper := issue(t, d)
	if d.Public().SignedBundle(paper.Payload, paper.Signature) {
		t.Error("a paper passes for a bundle")
	}
}

func TestPublicKey_Print(t *testing.T) {
	k := device(t, 1).Public()
	if p := k.Print(); len(p) != 19 || !strings.HasPrefix(p, k.Prefix()+"-") || p == device(t, 2).Public().Print() {
		t.Error(p)
	}
}

func TestParseNumber(t *testing.T) {
	for typed, want := range map[string]seal.Number{
		"A7K2-0042": "A7K2-0042", " a7k2 - 42 ": "A7K2-0042", "oil0-7": "0110-0007", "A7K2-123456": "A7K2-123456",
	} {
		got, err := seal.ParseNumber(typed)
		if err != nil || got != want {
			t.Errorf("%q: %q %v", typed, got, err)
		}
	}
	for _, bad := range []string{"", "-", "A7K2", "A7K2-", "A7K2-0", "A7K2-1000000", "A7K-0042", "A7K20-42", "UUUU-1", "A7K2-4-2", "A7K2-+4", "A7K2-4 2"} {
		if n, err := seal.ParseNumber(bad); err == nil || refusal(t, err) != "seal.number.form" {
			t.Errorf("%q: %q %v", bad, n, err)
		}
	}
	n, err := device(t, 1).Number(12345)
	if err != nil || n.Count() != 12345 || n.Prefix() != device(t, 1).Public().Prefix() {
		t.Errorf("%s %v", n, err)
	}
	for _, count := range []int{0, -1, 1_000_000} {
		if _, err := device(t, 1).Number(count); refusal(t, err) != "seal.number.count" {
			t.Errorf("%d: %v", count, err)
		}
	}
}

func TestDevice_File(t *testing.T) {
	d := device(t, 9)
	file := d.Marshal()
	again, err := seal.ParseDevice(file)
	if err != nil || again.Public() != d.Public() {
		t.Fatal(err)
	}
	for at := range file {
		bad := bytes.Clone(file)
		bad[at] ^= 1
		if _, err := seal.ParseDevice(bad); refusal(t, err) != "seal.key.damaged" || strings.Contains(err.Error(), "0909") {
			t.Fatalf("character %d: %v", at, err)
		}
	}
	for _, form := range []string{"%v", "%+v", "%#v", "%s"} {
		if s := fmt.Sprintf(form, d); s != "device "+d.Public().Prefix() {
			t.Errorf("%s shows %s", form, s)
		}
	}
	if _, err := seal.NewDevice(strings.NewReader("short")); err == nil {
		t.Error("a key out of too little chance")
	}
	key, err := seal.ParsePublicKey(d.Public().String())
	if err != nil || key != d.Public() {
		t.Error(err)
	}
	if _, err := seal.ParsePublicKey(strings.ToLower(d.Public().String())); refusal(t, err) != "seal.key.public" {
		t.Error(err)
	}
}

// The code is small enough to print: version 11 of QR, 61 modules, which it is
// only while the letters are packed as letters.
func TestMatrix(t *testing.T) {
	text := issue(t, device(t, 1)).Code
	m, err := seal.Matrix(text)
	if err != nil || len(text) > 400 || len(m) != 61 {
		t.Fatalf("%d characters, %d modules, %v", len(text), len(m), err)
	}
	for y, row := range m {
		if len(row) != len(m) {
			t.Fatalf("row %d has %d", y, len(row))
		}
	}
	last := len(m) - 1
	for _, corner := range [][2]int{{0, 0}, {last - 6, 0}, {0, last - 6}} { // the three squares that a scanner looks for
		for i := range 7 {
			x, y := corner[0], corner[1]
			if !m[y][x+i] || !m[y+6][x+i] || !m[y+i][x] || !m[y+i][x+6] || m[y+1][x+1] || !m[y+3][x+3] {
				t.Fatalf("no square at %v", corner)
			}
		}
	}
	if _, err := seal.Matrix(strings.Repeat("A", 5000)); refusal(t, err) != "seal.matrix.long" {
		t.Error(err)
	}
}

func FuzzParseCode(f *testing.F) {
	d := device(f, 1)
	text := issue(f, d).Code
	f.Add(text)
	f.Add("P2I:")
	f.Add("P2I:00")
	f.Add(strings.ToLower(text))
	f.Fuzz(func(t *testing.T, s string) {
		c, err := seal.ParseCode(s)
		if err != nil {
			refusal(t, err)
			return
		}
		if c.Encode() != strings.TrimSpace(s) || c.Number.Prefix() != c.Public.Prefix() || c.Benefits.Low > c.Benefits.High {
			t.Fatalf("accepted %+v", c)
		}
		if seal.CheckCode(s, seal.Keys{Own: d.Public()}).Genuine() && c.Encode() != text {
			t.Fatalf("genuine: %s", s)
		}
	})
}

func FuzzReadPayload(f *testing.F) {
	f.Add(issue(f, device(f, 1)).Payload)
	f.Add([]byte(`{"version":9}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := seal.ReadPayload(data)
		if err != nil {
			refusal(t, err)
			return
		}
		if again, err := p.Bytes(); err != nil || !bytes.Equal(again, data) {
			t.Fatalf("%v\n%s\n%s", err, data, again)
		}
	})
}
