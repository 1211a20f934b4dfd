package issue

import (
	"archive/zip"
	"bytes"
	"crypto/rand"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"atlasp2i/assets"
	"atlasp2i/internal/calc"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/report/reporttest"
	"atlasp2i/internal/seal"
)

// copied reads files into memory, to be changed.
func copied(t testing.TB, files fs.FS) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(files, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// firstPack is the first pack that was shipped, of format 1.
func firstPack(t testing.TB) fs.FS {
	t.Helper()
	z, err := zip.OpenReader("../../rules/testdata/pack-1.zip")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // only read from
	return copied(t, z)
}

// otherRate is the built-in pack as it would have been with another training
// premium.
func otherRate(t testing.TB) fs.FS {
	t.Helper()
	files := copied(t, assets.PackFiles())
	const name = "rules/premiums.toml"
	text := string(files[name].Data)
	if n := strings.Count(text, `value = "0.035"`); n != 1 {
		t.Fatalf("the rate stands %d times", n)
	}
	files[name].Data = []byte(strings.Replace(text, `value = "0.035"`, `value = "0.05"`, 1))
	return files
}

// A paper of an older pack is printed again byte for byte and comes out to the
// centime after the pack changed; what the rules of today make of it is said.
func TestPaperOfAnOlderPack(t *testing.T) {
	for name, c := range map[string]struct {
		files fs.FS
		moved []Moved
	}{
		"first pack": {files: firstPack(t)},
		"another rate": {otherRate(t), []Moved{
			{calc.LineBenefits, mad(t, "15569241.60"), mad(t, "14669241.60")}, {domain.PAF, mad(t, "3000000.00"), mad(t, "2100000.00")},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			device, err := seal.NewDevice(rand.Reader)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			then := openUnder(t, dir, c.files, device)
			paper := then.issue(t)
			before := printed(t, then.Office, &paper)
			if err := then.store.Close(); err != nil {
				t.Fatal(err)
			}
			now := openUnder(t, dir, assets.PackFiles(), device)
			if now.p.Desk.Pack().SHA256 == paper.Stated.Pack.SHA256 {
				t.Fatal("the pack did not change")
			}
			v, err := now.Verify(paper.Code)
			if err != nil {
				t.Fatal(err)
			}
			if v.Finding.State != seal.Own || !v.Exact || v.Failed != nil || v.Refused != nil {
				t.Errorf("the paper is %+v", v)
			}
			if len(v.Moved) != len(c.moved) {
				t.Fatalf("moved: %v, want %v", v.Moved, c.moved)
			}
			for i, m := range v.Moved {
				if m != c.moved[i] {
					t.Errorf("moved: %v, want %v", m, c.moved[i])
				}
			}
			again := printed(t, now.Office, v.Paper)
			if a, b := statementOf(t, before), statementOf(t, again); a != b {
				t.Errorf("the statement says\n%s\nand said\n%s", b, a)
			}
		})
	}
}

// A paper names the sources of its own rules, not those of today.
func TestPaperOfAnOlderPack_NamesItsSources(t *testing.T) {
	const name, mark = "sources.toml", "Hier : "
	files := copied(t, assets.PackFiles())
	files[name].Data = []byte(strings.ReplaceAll(string(files[name].Data), `title = "`, `title = "`+mark))
	device, err := seal.NewDevice(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	then := openUnder(t, dir, files, device)
	paper := then.issue(t)
	if err := then.store.Close(); err != nil {
		t.Fatal(err)
	}
	now := openUnder(t, dir, assets.PackFiles(), device)
	d, err := now.PaperDocument(&paper, Extra{})
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, b := range d.Blocks {
		table, is := b.(document.Table)
		if !is || table.Title != now.p.Desk.Texts().Text("paper.sources") {
			continue
		}
		for _, row := range table.Rows {
			if rows++; !strings.Contains(row.Cells[1].Text, mark) {
				t.Errorf("a source of the rules of today: %q", row.Cells[1].Text)
			}
		}
	}
	if rows == 0 {
		t.Error("no sources")
	}
}

func mad(t testing.TB, written string) domain.Money {
	t.Helper()
	m, err := domain.ParseMoney(written)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func printed(t testing.TB, o *Office, p *Paper) []byte {
	t.Helper()
	d, err := o.PaperDocument(p, Extra{})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := o.Print(&out, PDF, d); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// statementOf is the page of a paper with its statement.
func statementOf(t testing.TB, pdf []byte) string {
	t.Helper()
	for _, page := range reporttest.Pages(t, pdf) {
		if said := strings.Join(page, "|"); strings.Contains(said, "|Relev\u00e9 par ann\u00e9e|") {
			return strings.Join(page[:len(page)-2], "|") // without the number of pages
		}
	}
	t.Fatal("no statement")
	return ""
}
