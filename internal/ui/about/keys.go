package about

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/kit"
)

// keyGroups are the shortcuts, in the order in which they are listed: each has a
// text for what is pressed and one for what that does.
var keyGroups = []struct {
	title string
	keys  []string
}{
	{"everywhere", []string{"places", "find", "back", "answer", "undo", "escape", "tab", "press", "page", "larger", "normal", "full", "help"}},
	{"fields", []string{"list", "number", "choice", "tabs"}},
	{"figures", []string{"table", "picture", "slider"}},
	{"simulate", []string{"save", "new"}},
}

const keyWide = 190 // of what is pressed, design pixels

// OpenKeys shows what can be done without a mouse.
func OpenKeys(p Params) {
	t := p.Texts
	rows := []fyne.CanvasObject{kit.NewParagraph(t.Text("keys.about"), kit.MutedText)}
	for _, g := range keyGroups {
		rows = append(rows, kit.NewRule(), kit.NewText(t.Text("keys.group."+g.title), kit.CardTitleText))
		for _, k := range g.keys {
			rows = append(rows, kit.Sides(14, keyWide, 160, kit.NewParagraph(t.Text("keys."+k+".press"), kit.StrongText), kit.NewParagraph(t.Text("keys."+k), kit.BodyText)))
		}
	}
	p.Show(kit.PanelSpec{Title: t.Text("keys.title"), Close: t.Text("proof.ui.close"), Content: kit.VStack(10, rows...), Width: wide})
}
