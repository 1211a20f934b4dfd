// Package about is the panel that says which program this is, under which rules it
// computes, and what it is made of, with the terms of each part in full.
package about

import (
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/credits"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
)

// wide is the panel in design pixels: the lines of a licence are eighty signs.
const wide = 720

// Build is what the program knows of itself.
type Build struct {
	Version string
	Commit  string // "" where nobody said
	System  string // "linux/amd64"
}

// Params is what the panel shows.
type Params struct {
	Texts *i18n.Catalogue
	Build Build
	Pack  *rules.Pack
	Book  *credits.Book
	Show  func(kit.PanelSpec) // shows a panel in the place of the one that is open
	Copy  func(text string)
	Alone bool // a visitor uses the window alone: shortcuts that do nothing then are left out

	Welcome func() // goes through the first start again; nil where that is not for who looks
}

// Open shows the panel.
func Open(p Params) {
	t := p.Texts
	said := facts(p)
	more := kit.Flow(18, kit.NewButton(kit.Link, t.Text("keys.title"), func() { OpenKeys(p) }))
	if p.Welcome != nil {
		more.Add(kit.NewButton(kit.Link, t.Text("welcome.again"), p.Welcome))
	}
	rows := []fyne.CanvasObject{kit.NewText(said[0], kit.CardTitleText)}
	for _, line := range said[1:] {
		rows = append(rows, kit.NewParagraph(line, kit.BodyText))
	}
	rows = append(rows, kit.NewParagraph(t.Text("about.offline"), kit.MutedText),
		kit.HStack(0, kit.NewButton(kit.Secondary, t.Text("about.copy"), func() { p.Copy(strings.Join(said, "\n")) })),
		more,
		kit.NewRule(),
		kit.NewText(t.Text("about.data"), kit.CardTitleText), list(p, credits.Map, credits.Font))
	for _, c := range p.Book.Components {
		if c.Kind == credits.Map {
			rows = append(rows, kit.NewParagraph(t.Text("about.map", "credit", c.Credit), kit.MutedText))
		}
	}
	rows = append(rows, kit.NewText(t.Text("about.software"), kit.CardTitleText), list(p, credits.Language, credits.Module))
	p.Show(kit.PanelSpec{Title: t.Text("about.title"), Close: t.Text("proof.ui.close"), Content: kit.VStack(14, rows...), Width: wide})
}

// facts are what is said of the program and its rules, one a line; they are what
// is copied for whoever helps.
func facts(p Params) []string {
	t := p.Texts
	lines := []string{t.Text("about.version", "version", p.Build.Version, "system", p.Build.System)}
	if p.Build.Commit != "" {
		lines = append(lines, t.Text("cli.commit", "commit", p.Build.Commit))
	}
	return append(lines, t.Text("cli.pack", "number", p.Pack.Number, "inForce", p.Pack.InForce, "verified", p.Pack.VerifiedOn, "sha", p.Pack.SHA256[:12]))
}

// list has a line for each part of some kinds; a name opens its terms.
func list(p Params, kinds ...credits.Kind) fyne.CanvasObject {
	rows := kit.VStack(6)
	for _, kind := range kinds {
		for _, c := range p.Book.Components {
			if c.Kind == kind {
				name := kit.NewFigure(c.Name, kit.TableText, func() { terms(p, c) })
				rows.Add(kit.Ends(12, kit.HStack(0, name), kit.NewTextRight(c.Licence+" · "+short(c.Version), kit.TableMuted)))
			}
		}
	}
	return rows
}

// short leaves out the time and commit that a module without releases is named by.
func short(version string) string {
	if parts := strings.Split(version, "-"); len(parts) > 2 {
		return parts[0] + "…" + parts[len(parts)-1]
	}
	return version
}

// terms shows the licence of one part in full.
func terms(p Params, c credits.Component) {
	t := p.Texts
	text, err := p.Book.Text(c)
	if err != nil {
		text = err.Error()
	}
	rows := []fyne.CanvasObject{
		kit.HStack(0, kit.NewButton(kit.Link, t.Text("about.back"), func() { Open(p) })),
		kit.NewParagraph(t.Text("about.terms", "version", c.Version, "licence", c.Licence, "home", c.Home), kit.MutedText),
	}
	if c.Credit != "" {
		rows = append(rows, kit.NewParagraph(c.Credit, kit.BodyText))
	}
	rows = append(rows, kit.NewRule(), kit.NewParagraph(text, kit.MutedText))
	p.Show(kit.PanelSpec{Title: c.Name, Close: t.Text("proof.ui.close"), Content: kit.VStack(14, rows...), Width: wide})
}
