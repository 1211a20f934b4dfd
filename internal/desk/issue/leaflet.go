package issue

import (
	"atlasp2i/assets"
	"atlasp2i/internal/document"
	"atlasp2i/internal/i18n"
)

// LeafletLanguages are those of the page that is left behind, beside the languages
// of the program.
func LeafletLanguages() ([]string, error) { return i18n.Languages(assets.Leaflet()) }

// Leaflet is the first page of an issued paper in one of LeafletLanguages. It
// returns the errors of PaperDocument and of i18n.Load.
func (o *Office) Leaflet(p *Paper, lang string) (*document.Document, error) {
	t, err := i18n.Load(assets.Leaflet(), lang)
	if err != nil {
		return nil, err
	}
	return o.Speaking(o.p.Desk.Writing(t)).PaperDocument(p, Extra{Short: true})
}
