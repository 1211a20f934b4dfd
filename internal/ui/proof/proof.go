// Package proof is the panel that opens from a figure: where it comes from, in
// one sentence, in steps and down to the rule values. A presenter (model.go)
// writes it out; the rest shows it.
package proof

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
)

// Params is what the panel shows. Texts has the texts of the pack over it. Copy
// puts a text on the clipboard.
type Params struct {
	Texts       *i18n.Catalogue
	Explanation *calc.Explanation
	Copy        func(text string)
}

// Widths of the panel: in design pixels, and of a wide window.
const (
	panelWide  = 560
	panelShare = 0.41
)

// Spec is the panel, for the shell to show.
func Spec(p Params) kit.PanelSpec {
	v := &view{p: p, t: p.Texts}
	v.model = (&presenter{p.Texts, p.Texts.Formatter()}).present(p.Explanation)
	return kit.PanelSpec{
		Title: p.Texts.Text("proof.ui.title"), Close: p.Texts.Text("proof.ui.close"),
		Content: v.content(), Width: panelWide, Share: panelShare,
	}
}

type view struct {
	p     Params
	t     *i18n.Catalogue
	model *model

	open, copied *kit.Button
	tree         *fyne.Container // filled when it is first opened
	room         *fyne.Container
}

func (v *view) content() fyne.CanvasObject {
	m := v.model
	head := kit.VStack(0, kit.NewText(m.amount, kit.PanelTotalText), kit.NewParagraph(m.what, kit.MutedText))
	if m.rng != "" {
		head.Add(kit.NewParagraph(m.rng, kit.MutedText))
	}
	for _, end := range m.ends {
		head.Add(kit.NewParagraph(end, kit.MutedText))
	}
	v.open = kit.NewButton(kit.Secondary, v.t.Text("proof.ui.tree"), v.toggleTree)
	v.copied = kit.NewButton(kit.Secondary, v.t.Text("proof.ui.copy"), v.copyAll)
	v.tree = kit.VStack(0)
	v.tree.Hide()
	v.room = kit.VStack(14, head, kit.NewParagraph(m.sentence, kit.BodyText))
	if len(m.steps) > 0 {
		v.room.Add(v.table())
	}
	v.room.Add(kit.Flow(10, v.open, v.copied))
	v.room.Add(v.tree)
	if len(m.readings) > 0 {
		box := kit.VStack(4, kit.NewText(v.t.Text("proof.ui.readings"), kit.CardTitleText))
		for _, r := range m.readings {
			box.Add(kit.NewParagraph(r, kit.TableText))
		}
		v.room.Add(box)
	}
	if len(m.rules) > 0 {
		v.room.Add(kit.NewText(v.t.Text("proof.ui.rules"), kit.CardTitleText))
	}
	for i := range m.rules {
		v.room.Add(v.rule(&m.rules[i]))
	}
	return v.room
}

// copyAll puts the whole proof on the clipboard as text.
func (v *view) copyAll() {
	v.copy(desk.ExplainText(v.t, v.p.Explanation))
	v.copied.SetText(v.t.Text("proof.ui.copied"))
}

func (v *view) copy(text string) {
	if v.p.Copy != nil {
		v.p.Copy(text)
	}
}

func (v *view) toggleTree() {
	if v.tree.Visible() {
		v.tree.Hide()
		v.open.SetText(v.t.Text("proof.ui.tree"))
	} else {
		if len(v.tree.Objects) == 0 {
			v.tree.Add(newBranch(v.model.tree, 0, true))
		}
		v.tree.Show()
		v.open.SetText(v.t.Text("proof.ui.tree.hide"))
	}
	v.room.Refresh()
}

// table is the steps, one below the other, with their sources.
func (v *view) table() fyne.CanvasObject {
	room := kit.VStack(0)
	grid := &stepGrid{}
	add := func(s step, head bool) {
		style, label := kit.TableText, kit.TableText
		switch {
		case head:
			style, label = kit.MutedText, kit.MutedText
		case s.strong:
			style, label = kit.TableStrong, kit.TableStrong
		}
		names := kit.VStack(0, kit.NewParagraph(s.label, label))
		for _, more := range []string{s.asideBase, s.asideRate, s.source} {
			if more != "" {
				names.Add(kit.NewParagraph(more, kit.MutedText))
			}
		}
		cells := [3]*kit.Text{kit.NewTextRight(s.base, style), kit.NewTextRight(s.rate, style), kit.NewTextRight(s.amount, style)}
		grid.rows = append(grid.rows, cells)
		room.Add(newRow(grid, names, cells))
		room.Add(kit.NewRule())
	}
	add(v.model.head, true)
	for _, s := range v.model.steps {
		add(s, false)
	}
	return room
}

// rule is the card of a rule value.
func (v *view) rule(r *desk.RuleText) fyne.CanvasObject {
	chip := kit.NewChip(kit.ChipLook{Text: r.Sure})
	box := kit.VStack(4, kit.Ends(10, kit.NewParagraph(r.Title, kit.StrongText), chip))
	for _, text := range append([]string{r.Text}, r.Brackets...) {
		if text != "" {
			box.Add(kit.NewParagraph(text, kit.MutedText))
		}
	}
	box.Add(kit.NewParagraph(r.Dates, kit.MutedText))
	if r.Note != "" {
		box.Add(kit.NewParagraph(r.Note, kit.TableText))
	}
	if len(r.Sources) > 0 {
		v.sources(box, r.Sources)
	}
	return kit.NewInset(box)
}

// sources adds a press that shows and hides where a rule was read. No address
// is opened: the app has no network. It can be marked and copied.
func (v *view) sources(box *fyne.Container, list []desk.SourceText) {
	closed := v.t.Text("proof.ui.sources", "count", len(list))
	rows := kit.VStack(8)
	rows.Hide()
	var press *kit.Button
	press = kit.NewButton(kit.Link, closed, func() {
		if rows.Visible() {
			rows.Hide()
			press.SetText(closed)
		} else {
			if len(rows.Objects) == 0 {
				for _, s := range list {
					rows.Add(SourceRow(v.t, s, v.copy))
				}
			}
			rows.Show()
			press.SetText(v.t.Text("proof.ui.sources.hide"))
		}
		box.Refresh()
		v.room.Refresh()
	})
	box.Add(kit.HStack(0, press))
	box.Add(rows)
}

// SourceRow is a page on which something was read, with its address to be marked or
// copied: it is not opened, the program has no network.
func SourceRow(t *i18n.Catalogue, s desk.SourceText, toClipboard func(string)) fyne.CanvasObject {
	box := kit.VStack(1, kit.NewRule(), kit.NewParagraph(s.Title, kit.TableText), kit.NewParagraph(s.By, kit.MutedText))
	if s.URL != "" {
		box.Add(newAddress(s.URL))
		box.Add(kit.HStack(0, kit.NewButton(kit.Link, t.Text("proof.ui.url"), func() { toClipboard(s.URL) })))
	}
	return box
}
