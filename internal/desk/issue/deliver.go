package issue

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"path/filepath"
	"strings"
	"time"

	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/formalities"
	"atlasp2i/internal/store/disk"
)

// Files that a document can be written as, by the end of their name.
const (
	PDF  = ".pdf"
	XLSX = ".xlsx"
	Mail = ".eml"
)

// Print draws a document as one of these. It returns a *domain.Problem for
// another end, and the errors of the printer and the writer.
func (o *Office) Print(w io.Writer, end string, d *document.Document) error {
	switch strings.ToLower(end) {
	case PDF:
		return o.p.Printer.PDF(w, d)
	case XLSX:
		return o.p.Printer.XLSX(w, d)
	}
	return domain.Refuse("file", end, "issue.file.end")
}

// Write writes a document to a file: the end of its name says as what. Whatever
// goes wrong, no part of a file is left and what was there before stays. It
// returns *disk.FullError, *disk.AccessError, and the errors of Print.
func (o *Office) Write(path string, d *document.Document) error {
	var b bytes.Buffer
	if err := o.Print(&b, filepath.Ext(path), d); err != nil {
		return err
	}
	return disk.Replace(path, b.Bytes())
}

// Mail is an e-mail that brings an issued paper, ready to be sent when there is a
// network. To may be empty. Nothing is sent.
func (o *Office) Mail(p *Paper, to string, x Extra) ([]byte, error) {
	d, err := o.PaperDocument(p, x)
	if err != nil {
		return nil, err
	}
	var pdf bytes.Buffer
	if err := o.p.Printer.PDF(&pdf, d); err != nil {
		return nil, err
	}
	return o.mail(p, to, pdf.Bytes()), nil
}

// mail is the message in the form of RFC 5322. The package net/mail would bring
// the network into the program.
func (o *Office) mail(p *Paper, to string, pdf []byte) []byte {
	t, number := o.p.Desk.Texts(), p.Head.Number
	words := func(id string) string {
		w, ok := o.terms.Wording(id)
		if !ok {
			return number
		}
		return t.Text(w.Text, "agency", p.Stated.Agency, "number", number, "officer", p.Stated.Officer, "until", p.Stated.ValidUntil)
	}
	var b strings.Builder
	head := func(name, value string) { fmt.Fprintf(&b, "%s: %s\r\n", name, value) }
	const edge = "atlas-p2i-part"
	if to = oneLine(to); to != "" {
		head("To", to)
	}
	head("Subject", mime.QEncoding.Encode("utf-8", oneLine(words(formalities.MailSubject))))
	head("Date", p.Stated.IssuedAt.Format(time.RFC1123Z))
	head("X-Unsent", "1") // mail programs open it as a draft
	head("MIME-Version", "1.0")
	head("Content-Type", `multipart/mixed; boundary="`+edge+`"`)
	b.WriteString("\r\n--" + edge + "\r\n")
	head("Content-Type", "text/plain; charset=utf-8")
	head("Content-Transfer-Encoding", "base64")
	b.WriteString("\r\n" + wrapped([]byte(strings.ReplaceAll(words(formalities.MailBody), "\n", "\r\n"))) + "--" + edge + "\r\n")
	head("Content-Type", "application/pdf")
	head("Content-Disposition", `attachment; filename="`+number+`.pdf"`)
	head("Content-Transfer-Encoding", "base64")
	b.WriteString("\r\n" + wrapped(pdf) + "--" + edge + "--\r\n")
	return []byte(b.String())
}

// oneLine keeps a text from adding a header of its own.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f }), " ")
}

// wrapped is base64 in lines of 76 letters.
func wrapped(data []byte) string {
	const most = 76
	text := base64.StdEncoding.EncodeToString(data)
	var b strings.Builder
	for len(text) > most {
		b.WriteString(text[:most] + "\r\n")
		text = text[most:]
	}
	b.WriteString(text + "\r\n")
	return b.String()
}
