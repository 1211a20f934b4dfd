package papers

import (
	"bytes"
	"context"
	"io"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/document"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
)

// done is a panel of its own after the issue, from its top: the number, and how the
// paper reaches the visitor.
func (pl *Panel) done(p *issue.Paper) {
	t := pl.t
	head := kit.VStack(2, kit.NewText(t.Text("paper.number", "number", p.Head.Number), kit.PanelTotalText),
		kit.NewParagraph(t.Text("papers.issued", "until", p.Stated.ValidUntil), kit.BodyText))
	if len(pl.flow.parts) > 0 {
		head.Add(kit.NewParagraph(t.Text("papers.parts.now"), kit.MutedText))
	}
	pl.body = kit.VStack(16, append([]fyne.CanvasObject{head, kit.NewRule()},
		deliver(DeliverParams{Params: pl.p, Paper: p, Extra: pl.flow.extra(), Failed: pl.failed})...)...)
	pl.show()
}

// DeliverParams is an issued paper to be handed over.
type DeliverParams struct {
	Params
	Paper  *issue.Paper
	Extra  issue.Extra
	Failed func(error)
}

// Deliver is the ways in which a paper that was issued before reaches the visitor
// again. What was attached then is not kept, and is said to be missing.
func Deliver(p DeliverParams) []fyne.CanvasObject {
	return append([]fyne.CanvasObject{kit.NewParagraph(p.Texts.Text("papers.parts.again"), kit.MutedText)}, deliver(p)...)
}

func deliver(p DeliverParams) []fyne.CanvasObject {
	t, number := p.Texts, p.Paper.Head.Number
	draw := func(end string) func(io.Writer) error {
		return func(w io.Writer) error {
			x := p.Extra
			x.Short = x.Short && end == issue.PDF // a workbook is whole
			d, err := p.Office.PaperDocument(p.Paper, x)
			if err != nil {
				return err
			}
			return p.Office.Print(w, end, d)
		}
	}
	arabic := func(w io.Writer) error {
		d, err := p.Office.Leaflet(p.Paper, leaflet, p.Extra.For)
		if err != nil {
			return err
		}
		return p.Office.Print(w, issue.PDF, d)
	}
	button := func(key string, kind kit.ButtonKind, do func()) fyne.CanvasObject {
		return kit.VStack(4, kit.HStack(0, kit.NewButton(kind, t.Text(key), do)), kit.NewParagraph(t.Text(key+".about"), kit.MutedText))
	}
	return []fyne.CanvasObject{
		button("papers.pdf", kit.Primary, func() {
			p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName("pdf", number), Folders: documents, Write: draw(issue.PDF)})
		}),
		button("papers.print", kit.Secondary, func() { p.View(draw(issue.PDF), number+issue.PDF) }),
		button("papers.arabic", kit.Secondary, func() {
			p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName("pdf", number, leaflet), Folders: documents, Write: arabic})
		}),
		button("papers.file", kit.Secondary, func() {
			p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName("pdf", t.Text("papers.file.name"), number), Folders: documents, Write: func(w io.Writer) error {
				dr, err := p.Office.Draft(p.Paper)
				if err != nil {
					return err
				}
				return fileTo(p.Office, w, dr)
			}})
		}),
		button("papers.xlsx", kit.Secondary, func() {
			p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName("xlsx", number), Folders: documents, Write: draw(issue.XLSX)})
		}),
		button("papers.mail", kit.Secondary, func() {
			p.Save(exhibit.SaveParams{Title: t.Text("papers.folder"), Name: exhibit.FileName("eml", number), Folders: documents, Write: func(w io.Writer) error {
				data, err := p.Office.Mail(p.Paper, p.Mail, p.Extra)
				if err == nil {
					_, err = w.Write(data)
				}
				return err
			}})
		}),
	}
}

// leaflet is the language of the page that is left behind.
const leaflet = "ar"

// length chooses between the first page alone and the whole paper.
func (pl *Panel) length() fyne.CanvasObject {
	one, whole := kit.NewChipButton(kit.ChipLook{}, nil), kit.NewChipButton(kit.ChipLook{}, nil)
	show := func() {
		one.Set(kit.ChipLook{Text: pl.t.Text("papers.length.one"), Active: pl.flow.short})
		whole.Set(kit.ChipLook{Text: pl.t.Text("papers.length.whole"), Active: !pl.flow.short})
	}
	one.OnTapped = func() { pl.flow.short = true; show() }
	whole.OnTapped = func() { pl.flow.short = false; show() }
	show()
	return kit.VStack(6, kit.Flow(8, kit.NewText(pl.t.Text("papers.length"), kit.BodyText), one, whole),
		kit.NewParagraph(pl.t.Text("papers.language"), kit.MutedText))
}

// documents are the folders below the home folder where the question for a folder
// begins.
var documents = []string{"Documents"}

// saveDraft writes the paper as it is, marked as a draft.
func (pl *Panel) saveDraft() {
	draft, extra, office, list := pl.flow.draft, pl.flow.extra(), pl.p.Office, pl.joined()
	if err := office.PutSetup(pl.flow.setup); err != nil {
		pl.failed(err)
		return
	}
	pl.p.Save(exhibit.SaveParams{
		Title: pl.t.Text("papers.folder"), Name: exhibit.FileName("pdf", pl.t.Text("papers.draft.name"), draft.Project.Name), Folders: documents,
		Write: func(w io.Writer) error {
			blocks, err := join(context.Background(), list, draft)
			if err != nil {
				return err
			}
			extra.Parts = blocks
			d, err := office.DraftDocument(draft, extra)
			if err != nil {
				return err
			}
			return printed(office, w, d)
		},
	})
}

// printed draws into memory first: a file is written whole or not at all.
func printed(o Office, w io.Writer, d *document.Document) error {
	var b bytes.Buffer
	if err := o.Print(&b, issue.PDF, d); err != nil {
		return err
	}
	_, err := w.Write(b.Bytes())
	return err
}

// saveFile writes the file to submit, which needs no issue.
func (pl *Panel) saveFile() {
	draft, office := pl.flow.draft, pl.p.Office
	pl.p.Save(exhibit.SaveParams{
		Title: pl.t.Text("papers.folder"), Name: exhibit.FileName("pdf", pl.t.Text("papers.file.name"), draft.Project.Name), Folders: documents,
		Write: func(w io.Writer) error { return fileTo(office, w, draft) },
	})
}

func fileTo(o Office, w io.Writer, dr desk.Draft) error {
	d, err := o.FileDocument(dr)
	if err != nil {
		return err
	}
	return o.Print(w, issue.PDF, d)
}
