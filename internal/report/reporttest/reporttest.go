// Package reporttest reads drawn papers back, for tests.
package reporttest

import (
	"bytes"
	"compress/zlib"
	"io"
	"regexp"
	"testing"
	"unicode/utf16"
)

var (
	stream  = regexp.MustCompile(`(?s)stream\r?\n(.*?)\nendstream`)
	shown   = regexp.MustCompile(`(?s)BT \S+ \S+ Td \((.*?)\) Tj ET`)
	escaped = regexp.MustCompile(`(?s)\\(.)`)
)

// Pages gives the texts of each page of a PDF that this program wrote, in the
// order of drawing.
func Pages(t testing.TB, pdf []byte) (pages [][]string) {
	t.Helper()
	for _, s := range stream.FindAllSubmatch(pdf, -1) {
		content, err := inflated(s[1])
		if err != nil || !bytes.Contains(content, []byte(" Tj ET")) {
			continue // a font, a picture, a table of letters
		}
		var texts []string
		for _, m := range shown.FindAllSubmatch(content, -1) {
			texts = append(texts, letters(escaped.ReplaceAll(m[1], []byte("$1"))))
		}
		pages = append(pages, texts)
	}
	if len(pages) == 0 {
		t.Fatal("the file has no page with text")
	}
	return pages
}

func inflated(data []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// letters reads UTF-16, in which the embedded fonts are written.
func letters(raw []byte) string {
	var units []uint16
	for i := 0; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return string(utf16.Decode(units))
}
