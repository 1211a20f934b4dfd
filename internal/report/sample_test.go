package report

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
)

var made = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// amount is a cell of whole dirhams, written as the formatter writes them.
func amount(n int) document.Cell {
	digits := fmt.Sprint(n)
	var groups []string
	for len(digits) > 3 {
		groups = append([]string{digits[len(digits)-3:]}, groups...)
		digits = digits[:len(digits)-3]
	}
	text := strings.Join(append([]string{digits}, groups...), "\u202f")
	return document.Cell{Text: text, Value: &document.Value{Decimal: domain.Decimal(fmt.Sprintf("%d.00", n)), Unit: "MAD", Places: 2}}
}

func words(text string) document.Cell { return document.Cell{Text: text} }

func strong(c document.Cell) document.Cell { c.Strong = true; return c }

func answered(c document.Cell) document.Cell { c.Text += "\u00a0MAD"; return c }

// longName has 120 characters and no space.
var longName = strings.Repeat("Casablanca-Offshoring-", 6)[:120]

func sample() *document.Document {
	return &document.Document{
		Lang: "fr", Title: "Centre ESO F\u00e8s", Subject: "Offre Offshoring Maroc", Author: "Agent", Made: made,
		Head: "Centre ESO F\u00e8s \u00b7 n\u00b0 A7-2026-014", Foot: "Estimation indicative : elle ne vaut ni d\u00e9cision ni engagement ; le comit\u00e9 technique de l\u2019offshoring statue sur dossier.",
		PageOf: func(page, of int) string { return fmt.Sprintf("Page %d de %d", page, of) },
		Mast:   document.Mast{Name: "Atlas P2I", Under: "Offre Offshoring Maroc \u00b7 estimation indicative", Right: []string{"N\u00b0 A7-2026-014", "\u00e9mise le 22/11/2026 \u00b7 valable jusqu\u2019au 22/02/2027", "Salima Bennani, SIAM Mekn\u00e8s"}},
		Blocks: []document.Block{
			document.Heading{Text: "Centre ESO F\u00e8s", Level: 1},
			document.Paragraph{Text: "40 ing\u00e9nieurs \u00e0 30\u202f000\u00a0MAD brut par mois, F\u00e8s Shore, janvier 2026 \u00e0 d\u00e9cembre 2030", Small: true},
			document.Answer{
				Label: "Gain sur 60 mois, lecture prudente", Cell: answered(amount(14669242)),
				Range: "17,9\u00a0% du co\u00fbt d\u2019emploi \u00b7 jusqu\u2019\u00e0 25,3\u00a0M selon les lectures non tranch\u00e9es", Note: "R\u00e8gles n\u00b0 2, en vigueur le 01/07/2025",
				More: []document.Pair{{Name: "Sans l\u2019offre", Cell: amount(82012320)}, {Name: "Avec l\u2019offre", Cell: amount(67343078)}, {Name: "par poste et mois", Cell: amount(28060)}},
			},
			measures(),
			document.Drawing{Title: "Droits acquis, par ann\u00e9e", Draw: drawn, Caption: "MAD par an, dates de versement non publi\u00e9es"},
			document.Seal{QR: "ATLAS1:A7-2026-014:3f9a1b22c21e:14669242.00:25289242.00:MEUCIQDx8h2l6Zk0cT9sT1pGx2yB", Lines: []string{
				"R\u00e8gles n\u00b0 2, empreinte 3f9a\u2026c21e, en vigueur le 01/07/2025, lues le 22/11/2026.", "Le code porte l\u2019identit\u00e9, les totaux et l\u2019empreinte ; \u00ab V\u00e9rifier un papier \u00bb dit s\u2019il est authentique.",
			}},
			document.Heading{Text: "Le d\u00e9compte", Level: 2, NewPage: true},
			document.Cards{Cards: []document.Card{
				{Label: "AIR", Cell: answered(amount(10529242)), Range: "entre 9,1 et 10,5 M", Note: "conditions remplies"},
				{Label: "PAE", Cell: answered(amount(2040000)), Range: "jusqu\u2019\u00e0 12\u202f240\u202f000", Note: "2 conditions \u00e0 confirmer"},
				{Label: "PAF", Cell: answered(amount(2100000)), Range: "2\u202f058\u202f000 \u00e0 2\u202f520\u202f000"},
				{Label: "AIS", Cell: amount(0), Range: "IS exon\u00e9r\u00e9 jusqu\u2019en 2030"},
			}},
			roles(12),
			document.Heading{Text: "Hypoth\u00e8ses", Level: 2},
			document.Pairs{Title: "Ce qui a \u00e9t\u00e9 saisi", Sheet: "Hypoth\u00e8ses", Pairs: []document.Pair{
				{Name: "Site", Cell: words("F\u00e8s Shore")},
				{Name: "Brut par mois", Cell: answered(amount(30000))},
				{Name: "Part \u00e0 l\u2019export", Cell: document.Cell{Text: "100\u00a0% (suppos\u00e9)", Value: &document.Value{Decimal: "100", Unit: "%", Places: 1}}, Assumed: true},
				{Name: "Nom du projet", Cell: words(longName)},
			}},
			document.Heading{Text: "Ce qui doit \u00eatre vrai", Level: 2},
			document.Checklist{Title: "Pour l\u2019AIR", Items: []document.Item{
				{Text: "Installation dans une P2I en service", State: document.Met, Said: "remplie", Detail: "F\u00e8s Shore est en service depuis 2013", Source: "Circulaire n\u00b0 15-2025, article 3"},
				{Text: "Recrues de nationalit\u00e9 marocaine", State: document.Unknown, Said: "\u00e0 confirmer"},
				{Text: "Aucun contrat avec l\u2019entreprise dans les 12 mois d\u2019avant, ni chez une entreprise li\u00e9e, ni par une agence d\u2019int\u00e9rim qui aurait plac\u00e9 la m\u00eame personne", State: document.NotMet, Said: "non remplie", Source: "CGI, article 59"},
				{Text: "Pi\u00e8ces du dossier de versement", State: document.ToAsk, Said: "rien de publi\u00e9"},
			}},
			long(150),
			document.Paragraph{Small: true, Text: "\u00a9 OpenStreetMap contributors"},
		},
	}
}

func measures() document.Table {
	row := func(code, rule string, n int, other, state string) document.Row {
		return document.Row{Cells: []document.Cell{words(code), words(rule), amount(n), words(other), words(state)}}
	}
	total := strong(amount(14669242))
	total.Sum = []document.Ref{{Row: 0, Column: 2}, {Row: 1, Column: 2}, {Row: 2, Column: 2}, {Row: 3, Column: 2}}
	return document.Table{
		Title: "Ce que rapporte chaque mesure", Unit: "Montants en MAD", Sheet: "Mesures",
		Columns: []document.Column{{Title: "Mesure", Left: true}, {Title: "R\u00e8gle", Left: true}, {Title: "Par d\u00e9faut"}, {Title: "Autres lectures"}, {Title: "\u00c9tat", Left: true}},
		Rows: []document.Row{
			row("AIR imp\u00f4t sur le revenu", "au-del\u00e0 de 10\u00a0% du brut imposable", 10529242, "\u2013", "connues remplies"),
			row("PAE prime \u00e0 l\u2019emploi", "17\u00a0% du brut annuel apr\u00e8s 18 mois", 2040000, "jusqu\u2019\u00e0 12\u202f240\u202f000", "2 conditions \u00e0 confirmer"),
			row("PAF prime \u00e0 la formation", "3,5\u00a0% du brut, cinq ans", 2100000, "2\u202f058\u202f000 \u00e0 2\u202f520\u202f000", "connues remplies"),
			row("AIS imp\u00f4t sur les soci\u00e9t\u00e9s", "56\u00a0% de l\u2019IS", 0, "\u2013", "IS exon\u00e9r\u00e9 jusqu\u2019en 2030"),
			{Total: true, Cells: []document.Cell{words("Total"), words(""), total, words("jusqu\u2019\u00e0 25\u202f289\u202f242"), words("")}},
		},
		Note: "Lecture prudente : la plus faible de celles que le texte permet.",
	}
}

// roles is a table with a column for each role.
func roles(n int) document.Table {
	t := document.Table{Title: "Par r\u00f4le", Unit: "Montants en MAD, 60 mois", Sheet: "R\u00f4les", Columns: []document.Column{{Title: "Ligne", Left: true}}}
	for i := range n {
		t.Columns = append(t.Columns, document.Column{Title: fmt.Sprintf("R\u00f4le %d", i+1)})
	}
	for _, name := range []string{"Salaires bruts", "Cotisations patronales", "Imp\u00f4t sur le revenu avec l\u2019offre"} {
		r := document.Row{Cells: []document.Cell{words(name)}}
		for i := range n {
			r.Cells = append(r.Cells, amount(10529242+i))
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

// long is a table over several pages, with groups.
func long(n int) document.Table {
	t := document.Table{
		Title: "Calendrier des droits", Unit: "Montants en MAD", Sheet: "Calendrier",
		Columns: []document.Column{{Title: "Mois", Left: true}, {Title: "AIR"}, {Title: "PAE"}, {Title: "PAF"}, {Title: "Ensemble"}},
	}
	for i := range n {
		if i%12 == 0 {
			t.Rows = append(t.Rows, document.Row{Group: true, Cells: []document.Cell{words(fmt.Sprint(2026 + i/12))}})
		}
		all := amount(6*i + 1000)
		row := len(t.Rows)
		all.Sum = []document.Ref{{Row: row, Column: 1}, {Row: row, Column: 2}, {Row: row, Column: 3}}
		t.Rows = append(t.Rows, document.Row{Cells: []document.Cell{words(fmt.Sprintf("mois %d", i%12+1)), amount(i), amount(2 * i), amount(3*i + 1000), all}})
	}
	return t
}

func drawn(width float64) *record.Drawing {
	value := func(n ...float64) (out []chart.Value) {
		for i, v := range n {
			out = append(out, chart.Value{ID: fmt.Sprint(i), Value: v, Known: true})
		}
		return out
	}
	d, err := chart.Stack(chart.StackParams{
		Sheet:  chart.Sheet{Width: width, Height: 190, Unit: "M MAD", Title: "sample", Number: func(v float64) string { return strings.ReplaceAll(fmt.Sprintf("%.1f", v), ".", ",") }},
		Labels: []string{"2026", "2027", "2028", "2029", "2030"},
		Series: []chart.Series{{Label: "AIR", Color: chart.Benefits[0], Values: value(2.1, 2.1, 2.1, 2.1, 2.1)}, {Label: "PAF", Color: chart.Benefits[1], Values: value(0.4, 0.4, 0.4, 0.4, 0.4)}, {Label: "PAE", Color: chart.Benefits[2], Values: value(0, 2, 0, 0, 0)}},
		Totals: []string{"2,5", "4,5", "2,5", "2,5", "2,5"},
	})
	if err != nil {
		panic(err)
	}
	return d
}

// logoPNG is a picture of a size.
func logoPNG(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		for y := range h {
			img.Set(x, y, color.NRGBA{R: uint8(x), G: 0x80, B: uint8(y), A: 0xff})
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
