package dossier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// full is a dossier with something in every field.
func full() Dossier {
	gone := noon.Add(time.Hour)
	return Dossier{
		ID: "0123456789abcdef0123456789abcdef", Created: noon, Updated: noon.Add(time.Minute),
		Clear: Clear{
			Fair: "SIEL 2026", Grade: "A", State: Active, Next: Next{Owner: "KB", Due: "2026-12-01", Done: true},
			Simulations: []Link{{ID: "sim", Revision: 3, At: noon}},
		},
		Private: Private{
			Contact:  Contact{Name: "\u00c9lodie d'Oujda", Company: "Centre & Cie", Role: "DAF", Email: "elodie@exemple.ma", Phone: "+212 6 61-23-45-67"},
			Interest: Interest{"ESO", "upTo200", "within6"},
			Language: "fr",
			Consent: &Consent{
				Given: true, Wording: "contact", Version: "2", Language: "fr", SHA256: strings.Repeat("a", 64),
				Purposes: []string{"followup"}, At: noon, By: "KB", Withdrawn: &gone,
			},
			Notes: "Veut <visiter>\nF\u00e8s", Step: "Rappeler", Comparisons: []Comparison{{"Trois sites", noon, json.RawMessage(`{"sites":["a","b"]}`)}},
		},
	}
}

func must[T any](v T, err error) func(interface {
	Helper()
	Fatal(...any)
}) T {
	return func(t interface {
		Helper()
		Fatal(...any)
	},
	) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestEncode_RoundTripInTwoParts(t *testing.T) {
	d := full()
	clear, private, err := d.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got := must(Decode(clear, private))(t)
	got.ID, got.Created, got.Updated = d.ID, d.Created, d.Updated
	if diff := cmp.Diff(d, got); diff != "" {
		t.Error(diff)
	}
	if c := must(DecodeClear(clear))(t); cmp.Diff(c, d.Clear) != "" {
		t.Errorf("%+v", c)
	}
	for _, word := range []string{"lodie", "Centre", "DAF", "exemple", "661", "ESO", "visiter", "Rappeler", "Trois", "contact"} {
		if bytes.Contains(clear, []byte(word)) {
			t.Errorf("%q is in the clear part: %s", word, clear)
		}
	}
}

func TestDecode_IsStrict(t *testing.T) {
	clear, private, err := full().Encode()
	if err != nil {
		t.Fatal(err)
	}
	for bad, key := range map[string]string{
		``: "dossier.format", `{}`: "dossier.format", `{"v":1,"x":2}`: "dossier.format", `{"v":1} {}`: "dossier.format",
		`{"v":2,"x":"new"}`: "dossier.newer", `{"v":1,"grade":7}`: "dossier.format", `null`: "dossier.format",
	} {
		var p *domain.Problem
		if _, err := Decode([]byte(bad), private); !errors.As(err, &p) || p.Msg.Key != key {
			t.Errorf("%s: %v", bad, err)
		}
		if _, err := Decode(clear, []byte(bad)); !errors.As(err, &p) || p.Value != "" {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	clear, private, err := full().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(clear, private)
	f.Fuzz(func(t *testing.T, clear, private []byte) {
		d, err := Decode(clear, private)
		if err != nil {
			return
		}
		c, p, err := d.Encode()
		if err != nil {
			t.Fatal(err)
		}
		back := must(Decode(c, p))(t)
		c2, p2, _ := back.Encode()
		if !bytes.Equal(c, c2) || !bytes.Equal(p, p2) {
			t.Errorf("%s %s became %s %s", c, p, c2, p2)
		}
	})
}

func TestPersonal_HoldsEverything(t *testing.T) {
	b := must(full().Personal())(t)
	for _, word := range []string{`"2026-11-20T12:00:00Z"`, "\u00c9lodie", "Centre & Cie", "DAF", "elodie@", "+212 6 61", "ESO", "visiter", "Rappeler", "Trois", "withdrawn", "SIEL", `"sim"`, `"owner": "KB"`} {
		if !bytes.Contains(b, []byte(word)) {
			t.Errorf("%s is missing in %s", word, b)
		}
	}
}

func TestMarks(t *testing.T) {
	for email, right := range map[string]bool{
		"": true, "a@b.ma": true, " jean.dupont+salon@exemple.co.uk ": true, "o'neil@exemple.ma": true, "\u0645@\u0645\u062b\u0627\u0644.\u0627\u0644\u0645\u063a\u0631\u0628": true,
		"a@b": false, "a.b.ma": false, "a@@b.ma": false, "a b@c.ma": false, "a@b..ma": false, "a@b,ma": false, "@b.ma": false, "a@.ma": false, "a@b.m": false, "a.@b.ma": false, "a@-b.ma": false,
	} {
		if _, marked := (Contact{Email: email}).Marks()["email"]; marked == right {
			t.Errorf("%q: marked %v", email, marked)
		}
	}
	for phone, right := range map[string]bool{
		"": true, "+212 6 61-23-45-67": true, "06.61.23.45.67": true, "(0522) 123456": true, "00212661234567": true,
		"+": false, "12345": false, "1234567890123456": false, "066l234567": false, "06+61234567": false, "appeler le soir": false,
	} {
		if _, marked := (Contact{Phone: phone}).Marks()["phone"]; marked == right {
			t.Errorf("%q: marked %v", phone, marked)
		}
	}
}

func TestCheck(t *testing.T) {
	if err := full().Check(); err != nil {
		t.Error(err)
	}
	mistyped := Dossier{Private: Private{Contact: Contact{Email: "n'importe quoi"}}}
	if err := mistyped.Check(); err != nil {
		t.Errorf("a mistyped address stops the booth: %v", err)
	}
	for key, change := range map[string]func(*Dossier){
		"dossier.empty": func(d *Dossier) { d.Contact = Contact{Role: "DAF", Name: "  "} },
		"dossier.text":  func(d *Dossier) { d.Contact.Name = strings.Repeat("x", 301) },
		"dossier.due":   func(d *Dossier) { d.Next.Due = "2026-02-30" },
	} {
		d := full()
		change(&d)
		var p *domain.Problem
		if err := d.Check(); !errors.As(err, &p) || p.Msg.Key != key {
			t.Errorf("%s: %v", key, err)
		}
	}
	d := full()
	d.Notes = "\xff"
	var p *domain.Problem
	if err := d.Check(); !errors.As(err, &p) || p.Field != "notes" || p.Value != "" {
		t.Errorf("%v", err)
	}
}

func TestChanges(t *testing.T) {
	said := func(before *Dossier, change func(*Dossier)) string {
		after := full()
		change(&after)
		var out []string
		for _, e := range Changes(before, after) {
			out = append(out, strings.TrimSuffix(string(e.Kind)+":"+e.Ref, ":"))
		}
		return strings.Join(out, " ")
	}
	agreed := full()
	agreed.Consent.Withdrawn = nil
	was := full()
	for want, got := range map[string]string{
		"": said(&was, func(d *Dossier) {}),
		"created graded:A moved:active next:2026-12-01 done attached:sim": said(nil, func(d *Dossier) { d.Consent, d.Notes, d.Comparisons = nil, "", nil }),
		"contact":                 said(&was, func(d *Dossier) { d.Contact.Phone = "" }),
		"notes":                   said(&was, func(d *Dossier) { d.Notes = "" }),
		"graded:B":                said(&was, func(d *Dossier) { d.Grade = "B" }),
		"moved:won":               said(&was, func(d *Dossier) { d.State = Won }),
		"next:2027-01-05":         said(&was, func(d *Dossier) { d.Next = Next{"KB", "2027-01-05", true} }),
		"next:2026-12-01":         said(&was, func(d *Dossier) { d.Next.Done = false }),
		"attached:b detached:sim": said(&was, func(d *Dossier) { d.Simulations = []Link{{ID: "b"}} }),
		"attached:sim":            said(&was, func(d *Dossier) { d.Simulations = []Link{{ID: "sim", Revision: 4}} }),
		"compared":                said(&was, func(d *Dossier) { d.Comparisons = nil }),
		"agreed":                  said(&was, func(d *Dossier) { d.Consent.Withdrawn = nil }),
		"withdrawn":               said(&agreed, func(*Dossier) {}),
	} {
		if got != want {
			t.Errorf("said %q, want %q", got, want)
		}
	}
	if got := said(&agreed, func(d *Dossier) { d.Consent = nil }); got != "withdrawn" {
		t.Errorf("a consent that vanished: %q", got)
	}
	if got := said(&agreed, func(d *Dossier) { d.Consent.Withdrawn, d.Consent.SHA256 = nil, "b" }); got != "agreed" {
		t.Errorf("other words: %q", got)
	}
	never := full()
	never.Consent = nil
	if got := said(&never, func(d *Dossier) { d.Consent = &Consent{} }); got != "declined" {
		t.Errorf("a no: %q", got)
	}
}

// Nothing in a journal is of a person, whatever was typed.
func TestProperty_EventsSayNothingOfAPerson(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := "xq" + rapid.StringMatching(`[a-z]{3,8}`).Draw(t, "word")
		d := full()
		d.Contact = Contact{word, word, word, word, word}
		d.Notes, d.Step, d.Language = word, word, word
		d.Comparisons = []Comparison{{Name: word, Content: []byte(`"` + word + `"`)}}
		d.Consent.By, d.Consent.Wording = word, word
		clear, _, err := d.Encode()
		if err != nil || bytes.Contains(clear, []byte(word)) {
			t.Fatalf("%s %v", clear, err)
		}
		if said := fmt.Sprint(Changes(nil, d)); strings.Contains(said, word) {
			t.Fatal(said)
		}
	})
}

func TestChoices_HaveTheirTexts(t *testing.T) {
	c := must(ParseChoices(assets.DossierChoices))(t)
	texts := must(i18n.Load(assets.I18n, "fr"))(t)
	var keys []string
	for _, g := range c.Grades {
		keys = append(keys, GradeKey(g), GradeKey(g)+".means")
	}
	for _, list := range []struct {
		ids []string
		key func(string) string
	}{{c.Sizes, SizeKey}, {c.Horizons, HorizonKey}} {
		for _, id := range list.ids {
			keys = append(keys, list.key(id))
		}
	}
	for _, s := range States {
		keys = append(keys, s.Key())
	}
	for _, k := range Kinds {
		keys = append(keys, k.Key())
	}
	for _, key := range keys {
		if !texts.Has(key) {
			t.Errorf("no text for %s", key)
		}
	}
	good := string(assets.DossierChoices)
	for _, bad := range []string{"", "grades = [", good + "\nmore = []", strings.Replace(good, `"B"`, `"A"`, 1), strings.Replace(good, `"B"`, `"b c"`, 1), strings.Replace(good, "sizes", "# sizes", 1), good + "\npurposes = [\"followup\"]"} {
		var p *domain.Problem
		if _, err := ParseChoices([]byte(bad)); !errors.As(err, &p) {
			t.Errorf("%q was taken", bad)
		}
	}
}
