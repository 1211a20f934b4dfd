package issue

import (
	"cmp"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/i18n"
)

// LeafletLanguages are those of the page that is left behind, beside the languages
// of the program.
func LeafletLanguages() ([]string, error) { return i18n.Languages(assets.Leaflet()) }

// Leaflet is the first page of an issued paper in one of LeafletLanguages, for a
// visitor whose name the paper need not keep. It returns the errors of
// PaperDocument and of i18n.Load.
func (o *Office) Leaflet(p *Paper, lang, visitor string) (*document.Document, error) {
	t, err := i18n.Load(assets.Leaflet(), lang)
	if err != nil {
		return nil, err
	}
	return o.Speaking(o.p.Desk.Writing(t)).PaperDocument(p, Extra{Short: true, For: visitor})
}

// FileDocument is the file to submit alone, a checklist to be printed: what it takes
// to get each benefit and to keep it, and how this project stands. It commits nobody
// and bears no mark and no number.
func (o *Office) FileDocument(dr desk.Draft) (*document.Document, error) {
	r, err := o.p.Desk.Estimate(dr)
	if err != nil {
		return nil, err
	}
	t, s := o.p.Desk.Texts(), o.Setup()
	return &document.Document{
		Lang: t.Lang(), Title: t.Text("issue.file.title", "name", r.Project.Name), Subject: t.Text("paper.subject"), Author: s.Agency,
		Made: o.p.Now().UTC(), Logo: s.Logo, Head: t.Text("issue.file.title", "name", r.Project.Name),
		Foot:   t.Text("issue.file.foot", "number", r.Pack.Number, "verified", r.Pack.VerifiedOn),
		PageOf: func(page, of int) string { return t.Text("paper.page", "page", page, "of", of) },
		Mast:   document.Mast{Name: cmp.Or(s.Agency, t.Text("app.name")), Under: t.Text("paper.subject"), Right: []string{r.Project.Name, o.p.Desk.PlaceName(r.Site)}},
		Blocks: o.File(r),
	}, nil
}
