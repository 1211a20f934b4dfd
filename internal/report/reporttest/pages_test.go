package reporttest

import (
	"bytes"
	"compress/zlib"
	"testing"
)

// A page may end in a byte that looks like the end of a line.
func TestPages_WhateverTheLastByte(t *testing.T) {
	last := map[byte]bool{}
	for n := range 256 {
		var b bytes.Buffer
		b.WriteString("stream\n")
		z := zlib.NewWriter(&b)
		_, _ = z.Write(append([]byte{byte(n)}, " BT 1 2 Td (\x00A) Tj ET"...))
		_ = z.Close()
		last[b.Bytes()[b.Len()-1]] = true
		b.WriteString("\nendstream")
		if pages := Pages(t, b.Bytes()); len(pages) != 1 || len(pages[0]) != 1 || pages[0][0] != "A" {
			t.Fatalf("page %d reads %q", n, pages)
		}
	}
	if !last['\r'] || !last['\n'] {
		t.Error("no page ended in such a byte")
	}
}
