package dossier

import (
	"bytes"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func table(t interface {
	Helper()
	Fatal(...any)
}, list ...*Dossier,
) (rows [][]string, raw string) {
	t.Helper()
	var b bytes.Buffer
	if err := WriteCSV(&b, list); err != nil {
		t.Fatal(err)
	}
	rest, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Fatal("no byte order mark")
	}
	return must(csv.NewReader(strings.NewReader(rest)).ReadAll())(t), b.String()
}

func TestWriteCSV(t *testing.T) {
	d := full()
	rows, raw := table(t, &d, &Dossier{ID: "2"})
	if len(rows) != 3 || !strings.Contains(raw, "\r\n") {
		t.Fatalf("%q", raw)
	}
	cells := map[string]string{}
	for i, name := range Columns {
		if rows[0][i] != name {
			t.Errorf("column %d is %q", i, rows[0][i])
		}
		cells[name] = rows[1][i]
	}
	for name, want := range map[string]string{
		"id": d.ID, "name": "\u00c9lodie d'Oujda", "company": "Centre & Cie", "phone": "+212661234567", "consent": "withdrawn", "consent_at": "2026-11-20T12:00:00Z",
		"consent_purposes": "followup", "next_due": "2026-12-01", "next_done": "yes", "notes": "Veut <visiter>\nF\u00e8s", "simulations": "sim/3", "state": "active", "updated": "2026-11-20T12:01:00Z",
	} {
		if cells[name] != want {
			t.Errorf("%s is %q, want %q", name, cells[name], want)
		}
	}
	if got := strings.Join(rows[2], ""); got != "2" {
		t.Errorf("what is unknown was filled in: %q", got)
	}
}

// A spreadsheet runs none of what a visitor typed.
func TestProperty_NoCellIsAFormula(t *testing.T) {
	text := rapid.StringMatching(`[ ]?[=+\-@\t]?[A-Z0-9(|!'" ,+@=\n-]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		d := Dossier{Private: Private{Contact: Contact{text.Draw(t, "n"), text.Draw(t, "c"), text.Draw(t, "r"), text.Draw(t, "e"), text.Draw(t, "p")}}}
		d.Notes, d.Step, d.Fair, d.Next.Owner = text.Draw(t, "notes"), text.Draw(t, "step"), text.Draw(t, "fair"), text.Draw(t, "owner")
		rows, _ := table(t, &d)
		for i, cell := range rows[1] {
			trimmed := strings.TrimLeft(cell, " ")
			if trimmed == "" || !strings.ContainsRune("=+-@\t\r\n", rune(trimmed[0])) {
				continue
			}
			if Columns[i] != "phone" || strings.Trim(trimmed, "+0123456789") != "" {
				t.Fatalf("%s is %q", Columns[i], cell)
			}
		}
	})
}

func TestWriteVCard(t *testing.T) {
	d := full()
	d.Contact.Role = "Directrice, finances; achats \\ sud\nMaroc"
	d.Contact.Company = strings.Repeat("Soci\u00e9t\u00e9 ", 30)
	var b bytes.Buffer
	if err := WriteVCard(&b, []*Dossier{&d, {ID: "2", Private: Private{Contact: Contact{Email: "x@y.ma"}}}}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(b.String(), "\r\n"), "\r\n")
	for _, l := range lines {
		if len(l) > 75 || !utf8.ValidString(l) || strings.ContainsAny(l, "\r\n") {
			t.Errorf("%d octets: %q", len(l), l)
		}
	}
	whole := strings.ReplaceAll(b.String(), "\r\n ", "")
	for _, want := range []string{
		"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:" + d.ID + "\r\nFN:\u00c9lodie d'Oujda\r\nN:\u00c9lodie d'Oujda;;;;\r\n",
		`TITLE:Directrice\, finances\; achats \\ sud\nMaroc` + "\r\n", "TEL;TYPE=VOICE:+212661234567\r\n", "EMAIL;TYPE=INTERNET:elodie@exemple.ma\r\n",
		"ORG:" + strings.TrimSpace(d.Contact.Company) + "\r\n", "FN:x@y.ma\r\n", "REV:2026-11-20T12:01:00Z\r\nEND:VCARD\r\n",
	} {
		if !strings.Contains(whole, want) {
			t.Errorf("%q is missing in\n%s", want, whole)
		}
	}
}

// Whatever is typed, a card keeps its lines.
func TestProperty_NothingEndsALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		d := Dossier{ID: "1", Private: Private{Contact: Contact{"N", s, s, s, s}}}
		var b bytes.Buffer
		if err := WriteVCard(&b, []*Dossier{&d}); err != nil {
			t.Fatal(err)
		}
		whole := strings.ReplaceAll(b.String(), "\r\n ", "")
		for _, l := range strings.Split(strings.TrimSuffix(whole, "\r\n"), "\r\n") {
			name, _, ok := strings.Cut(l, ":")
			if !ok || strings.ContainsAny(l, "\r\n") || !strings.Contains(" BEGIN VERSION UID FN N ORG TITLE EMAIL;TYPE=INTERNET TEL;TYPE=VOICE END ", " "+name+" ") {
				t.Fatalf("%q", l)
			}
		}
	})
}

type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

var errBroken = errors.New("broken")

func TestWriters_GiveTheErrorOfTheFile(t *testing.T) {
	d := full()
	for _, err := range []error{WriteCSV(brokenPipe{}, []*Dossier{&d}), WriteVCard(brokenPipe{}, []*Dossier{&d})} {
		if !errors.Is(err, errBroken) {
			t.Errorf("%v", err)
		}
	}
}
