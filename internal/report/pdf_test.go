package report

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"pgregory.net/rapid"

	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
)

func file(t testing.TB, d *document.Document) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := PDF(&out, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func laid(t testing.TB, d *document.Document) []*page {
	t.Helper()
	pages, err := pagesOf(d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// texts are the texts of a page that stand upright, in the order of drawing.
func texts(p *page) (out []*record.Text) {
	for _, m := range p.Marks {
		if text, ok := m.(*record.Text); ok && text.Angle == 0 {
			out = append(out, text)
		}
	}
	return out
}

func said(p *page) (out []string) {
	for _, m := range texts(p) {
		out = append(out, m.Text)
	}
	return out
}

func saidAll(pages []*page) string {
	var out []string
	for _, p := range pages {
		out = append(out, said(p)...)
	}
	return strings.Join(out, "\n")
}

// An issued paper that is printed again is the same file.
func TestPDF_SameDocumentSameBytes(t *testing.T) {
	d := sample()
	d.Logo, d.Draft = logoPNG(t, 300, 100), "BROUILLON"
	first := file(t, d)
	for range 3 {
		if !bytes.Equal(first, file(t, d)) {
			t.Fatal("the same document gives another file")
		}
	}
	d.Made = d.Made.Add(time.Second)
	if bytes.Equal(first, file(t, d)) {
		t.Error("the date of the document is not in the file")
	}
}

func TestPDF_SaysItsLanguageAndTitle(t *testing.T) {
	got := file(t, sample())
	for _, want := range []string{"/Lang (fr)", "/Title", "/Subject", "/Author", "D:20261122093000"} {
		if !bytes.Contains(got, []byte(want)) {
			t.Errorf("the file has no %s", want)
		}
	}
	if n := bytes.Count(got, []byte("/FontFile2")); n != 2 {
		t.Errorf("the file carries %d fonts, want 2", n)
	}
	if len(got) > 150_000 {
		t.Errorf("the file has %d bytes: the fonts are not cut down", len(got))
	}
}

func TestPDF_WithoutDate(t *testing.T) {
	var out bytes.Buffer
	d := sample()
	d.Made = time.Time{}
	if PDF(&out, d) == nil || XLSX(&out, d) == nil || out.Len() > 0 {
		t.Error("a document without a date is drawn")
	}
}

// What a reader copies out of the file, by the tool of the readers.
func TestPDF_TextCanBeCopied(t *testing.T) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not here; the other tests read the pages themselves")
	}
	copied := func(d *document.Document) string {
		cmd := exec.Command(tool, "-layout", "-", "-")
		cmd.Stdin = bytes.NewReader(file(t, d))
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return ' ' // the tool writes the spaces of numbers in its own way
			}
			return r
		}, string(out))
	}
	french := copied(sample())
	for _, want := range []string{"Centre ESO F\u00e8s", "14 669 242", "AIS imp\u00f4t sur les soci\u00e9t\u00e9s", "Page 2 de ", "Recrues de nationalit\u00e9 marocaine"} {
		if !strings.Contains(french, want) {
			t.Errorf("%q is not found", want)
		}
	}
	arabic := copied(arabicSample())
	for _, want := range []string{"\u0645\u0631\u0643\u0632 \u0627\u0644\u0647\u0646\u062f\u0633\u0629 \u0628\u0641\u0627\u0633", "\u0627\u0644\u0634\u0631\u0648\u0637 \u0645\u0633\u062a\u0648\u0641\u0627\u0629", "14 669 242", "F\u00e8s Shore"} {
		if !strings.Contains(arabic, want) {
			t.Errorf("%q is not found in the Arabic page", want)
		}
	}
}

func TestPages_NothingLeavesThePaper(t *testing.T) {
	for name, d := range map[string]*document.Document{"sample": sample(), "arabic": arabicSample()} {
		for i, p := range laid(t, d) {
			for _, m := range texts(p) {
				wide := record.Measure(m.Text, m.Size, m.Bold)
				if m.At.X < side-0.01 || m.At.X+wide > pageWidth-side+0.01 || m.At.Y > pageHeight-8 || m.At.Y-m.Size < 8 {
					t.Errorf("%s, page %d: %q stands at %.1f, %.1f and is %.1f wide", name, i+1, m.Text, m.At.X, m.At.Y, wide)
				}
			}
		}
	}
}

// Lines of one size that stand over each other would not be legible.
func TestPages_NothingOverlaps(t *testing.T) {
	for i, p := range laid(t, sample()) {
		var boxes []record.Box
		for _, m := range texts(p) {
			b := m.Box()
			// of the letters, not of the room that the font wants
			b.Y0, b.Y1 = m.At.Y-0.7*m.Size, m.At.Y
			for j, o := range boxes {
				if b.Overlaps(o) {
					t.Errorf("page %d: %q stands on %q", i+1, m.Text, texts(p)[j].Text)
				}
			}
			boxes = append(boxes, b)
		}
	}
}

func TestPages_NumberHeadAndFoot(t *testing.T) {
	pages := laid(t, sample())
	if len(pages) < 5 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages {
		all := said(p)
		if !slices.Contains(all, fmt.Sprintf("Page %d de %d", i+1, len(pages))) {
			t.Errorf("page %d does not say its number", i+1)
		}
		if slices.Contains(all, sample().Head) == (i == 0) {
			t.Errorf("page %d: the line at the head belongs to each page but the first", i+1)
		}
		if len(all) < 6 {
			t.Errorf("page %d says only %q", i+1, all)
		}
	}
}

func TestDraft_OnEachPageUnderEverything(t *testing.T) {
	d := sample()
	d.Draft = "BROUILLON"
	for i, p := range laid(t, d) {
		if m, ok := p.Marks[0].(*record.Text); !ok || m.Text != d.Draft || m.Angle == 0 {
			t.Errorf("page %d has no mark of a draft under its content", i+1)
		}
	}
	if strings.Contains(saidAll(laid(t, sample())), "BROUILLON") {
		t.Error("an issued paper is marked as a draft")
	}
}

// The squares of the code are those of the encoder.
func TestSeal_IsTheCode(t *testing.T) {
	const text = "ATLAS1:A7-2026-014:3f9a"
	d := sample()
	d.Blocks = []document.Block{document.Seal{QR: text}}
	code, err := seal.Matrix(text)
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, row := range code {
		for _, dark := range row {
			if dark {
				want++
			}
		}
	}
	square, got := 26.0/float64(len(code)), 0.0
	for _, m := range laid(t, d)[0].Marks {
		if path, ok := m.(*record.Path); ok && len(path.Segs) > 100 {
			outlines, _ := record.Flatten(path.Segs, 0.1)
			for _, o := range outlines {
				b := record.Around(o)
				got += (b.X1 - b.X0) * (b.Y1 - b.Y0)
			}
		}
	}
	if got /= square * square; got < float64(want)-0.1 || got > float64(want)+0.1 {
		t.Errorf("%.2f squares are dark, want %d", got, want)
	}
	d.Blocks = []document.Block{document.Seal{QR: strings.Repeat("x", 5000)}}
	if PDF(&bytes.Buffer{}, d) == nil {
		t.Error("a code that holds too much is drawn")
	}
}

// A seal without room waits for the next page and does not leave an empty one.
func TestSeal_WaitsForRoom(t *testing.T) {
	d := sample()
	waited := false
	for n := range 48 {
		d.Blocks = nil
		for range n {
			d.Blocks = append(d.Blocks, document.Heading{Text: "ligne", Level: 3})
		}
		d.Blocks = append(d.Blocks, document.Seal{QR: "x", Lines: []string{"sceau"}}, document.Heading{Text: "suite", Level: 2, NewPage: true})
		pages := laid(t, d)
		all := saidAll(pages)
		if strings.Count(all, "sceau") != 1 || strings.Count(all, "suite") != 1 {
			t.Fatalf("%d lines: the pages say %q", n, all)
		}
		for i, p := range pages {
			if !slices.Contains(said(p), "ligne") && !slices.Contains(said(p), "suite") {
				t.Errorf("%d lines: page %d holds nothing but the seal", n, i+1)
			}
		}
		waited = waited || slices.Contains(said(pages[len(pages)-1]), "sceau")
	}
	if !waited {
		t.Error("no seal had to wait: the test does not reach its case")
	}
}

func TestLogo(t *testing.T) {
	var problem *domain.Problem
	whole := logoPNG(t, 80, 40)
	for name, data := range map[string][]byte{
		"no picture": []byte("hello"), "cut off": whole[:len(whole)/2], "too large": make([]byte, maxLogoBytes+1), "too wide": logoPNG(t, maxLogoPixels+1, 1),
	} {
		if _, err := readLogo(data); !errors.As(err, &problem) {
			t.Errorf("%s: %v", name, err)
		}
	}
	l, err := readLogo(logoPNG(t, 2000, 1000))
	if err != nil || l.width > maxLogoWidth || l.height > maxLogoHeight || l.width/l.height != 2 {
		t.Errorf("%+v, %v", l, err)
	}
	d := sample()
	d.Logo = whole
	if !bytes.Contains(file(t, d), []byte("/Subtype /Image")) {
		t.Error("the file has no picture")
	}
}

// A picture of any bytes is refused or drawn; nothing panics.
func FuzzLogo(f *testing.F) {
	f.Add(logoPNG(f, 3, 2))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	f.Add([]byte("\x89PNG\r\n\x1a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var problem *domain.Problem
		l, err := readLogo(data)
		if err != nil && !errors.As(err, &problem) {
			t.Fatal(err)
		}
		if err == nil && l != nil {
			file(t, &document.Document{Made: made, Logo: data})
		}
	})
}

// Whatever is typed is drawn, or refused; nothing panics.
func TestPDF_AnyWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
			rapid.StringMatching("[\u0627\u0623\u0628\u067e\u062a\u062b\u0645\u0646\u0647\u0648\u064a ()%0-9A-Z\\x{202e}\\x{200f}\\x{64b}\\n.-]{0,60}"))
		cell := func() document.Cell {
			c := document.Cell{Text: text.Draw(t, "cell")}
			if rapid.Bool().Draw(t, "number") {
				c.Value = &document.Value{Decimal: "12.50", Unit: "MAD", Places: 2}
			}
			return c
		}
		d := &document.Document{
			Lang: rapid.SampledFrom([]string{"fr", "ar"}).Draw(t, "lang"), Title: text.Draw(t, "title"), Made: made,
			Draft: text.Draw(t, "draft"), Head: text.Draw(t, "head"), Foot: text.Draw(t, "foot"), Mast: document.Mast{Name: text.Draw(t, "name"), Right: []string{text.Draw(t, "right")}},
			Blocks: []document.Block{
				document.Heading{Text: text.Draw(t, "heading"), Level: rapid.IntRange(0, 4).Draw(t, "level")},
				document.Paragraph{Text: text.Draw(t, "paragraph")},
				document.Answer{Label: text.Draw(t, "label"), Cell: cell(), More: []document.Pair{{Name: text.Draw(t, "more"), Cell: cell()}}},
				document.Cards{Cards: []document.Card{{Cell: cell()}, {Label: text.Draw(t, "card"), Cell: cell()}}},
				document.Pairs{Title: text.Draw(t, "pairs"), Sheet: text.Draw(t, "sheet"), Pairs: []document.Pair{{Name: text.Draw(t, "pair"), Cell: cell(), Assumed: true}}},
				document.Table{Title: text.Draw(t, "table"), Sheet: text.Draw(t, "sheet"), Columns: []document.Column{{Title: text.Draw(t, "column"), Left: true}, {}}, Rows: []document.Row{{Cells: []document.Cell{cell(), cell()}}, {Group: true, Cells: []document.Cell{cell()}}}},
				document.Checklist{Items: []document.Item{{Text: text.Draw(t, "item"), Said: text.Draw(t, "said"), Detail: text.Draw(t, "detail")}}},
				document.Seal{QR: "x", Lines: []string{text.Draw(t, "line")}},
			},
		}
		var out bytes.Buffer
		if err := PDF(&out, d); err != nil {
			t.Fatal(err)
		}
		if err := XLSX(&out, d); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPDF_NothingInIt(t *testing.T) {
	d := &document.Document{Made: made, Blocks: []document.Block{document.Cards{}, document.Pairs{}, document.Table{}, document.Checklist{}, document.Table{Note: "x"}, document.Table{Columns: []document.Column{{}}, Note: "x"}}}
	file(t, d)
	if err := XLSX(&bytes.Buffer{}, d); err != nil {
		t.Error(err)
	}
}

func TestPDF_TwoHundredPages(t *testing.T) {
	d := sample()
	d.Blocks = []document.Block{long(6500)}
	start := time.Now()
	if n := len(laid(t, d)); n < 170 {
		t.Errorf("%d pages", n)
	}
	file(t, d)
	t.Log(time.Since(start))
}

func BenchmarkPDF(b *testing.B) {
	d := sample()
	for b.Loop() {
		file(b, d)
	}
}

func BenchmarkPDF_Arabic(b *testing.B) {
	d := arabicSample()
	for b.Loop() {
		file(b, d)
	}
}

func BenchmarkXLSX(b *testing.B) {
	d := sample()
	for b.Loop() {
		if err := XLSX(&bytes.Buffer{}, d); err != nil {
			b.Fatal(err)
		}
	}
}
