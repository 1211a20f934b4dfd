package dossier

import (
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// lineOctets is the longest line of a vCard without its end (RFC 2426, 2.6).
const lineOctets = 75

// WriteVCard writes contacts as vCards 3.0: every phone and mail program reads
// that version, several still read no newer one. The name is kept in one piece,
// as it was said: which part is the family's, nobody asked. It returns the error
// of w.
func WriteVCard(w io.Writer, list []*Dossier) error {
	for _, d := range list {
		if _, err := w.Write(d.vcard()); err != nil {
			return err
		}
	}
	return nil
}

func (d *Dossier) vcard() []byte {
	c := d.Contact
	shown := c.Name
	for _, or := range []string{c.Company, c.Email, c.Phone} {
		if strings.TrimSpace(shown) == "" {
			shown = or // a card must be called something
		}
	}
	var b bytes.Buffer
	line := func(name, value string) {
		if value != "" {
			foldLine(&b, name+":"+value)
		}
	}
	line("BEGIN", "VCARD")
	line("VERSION", "3.0")
	line("UID", escaped(d.ID))
	line("FN", escaped(shown))
	line("N", escaped(shown)+";;;;")
	line("ORG", escaped(c.Company))
	line("TITLE", escaped(c.Role))
	line("EMAIL;TYPE=INTERNET", escaped(c.Email))
	phone := c.Phone
	if n, ok := dialled(phone); ok {
		phone = n
	}
	line("TEL;TYPE=VOICE", escaped(phone))
	if !d.Updated.IsZero() {
		line("REV", isoTime(d.Updated))
	}
	line("END", "VCARD")
	return b.Bytes()
}

// escaped writes a text so that nothing in it ends a value or a line.
func escaped(s string) string {
	s = strings.NewReplacer("\r\n", `\n`, "\n", `\n`, "\r", `\n`, `\`, `\\`, ",", `\,`, ";", `\;`).Replace(strings.TrimSpace(s))
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7F {
			return ' '
		}
		return r
	}, s)
}

// foldLine writes a line in pieces of at most 75 octets, none of which cuts a
// letter.
func foldLine(b *bytes.Buffer, s string) {
	for room := lineOctets; len(s) > room; room = lineOctets - 1 {
		at := room
		for !utf8.RuneStart(s[at]) {
			at--
		}
		b.WriteString(s[:at] + "\r\n ")
		s = s[at:]
	}
	b.WriteString(s + "\r\n")
}
