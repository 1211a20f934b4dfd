// Package report draws a document: as PDF on A4, as XLSX and as CSV. It decides
// where things stand and computes nothing; the same document gives the same
// bytes, so that an issued paper can be printed again.
package report

import (
	"io"

	"atlasp2i/internal/document"
)

// Printer is the package as a value, for who declares what it needs of it.
type Printer struct{}

// PDF is the function of that name.
func (Printer) PDF(w io.Writer, d *document.Document) error { return PDF(w, d) }

// XLSX is the function of that name.
func (Printer) XLSX(w io.Writer, d *document.Document) error { return XLSX(w, d) }
