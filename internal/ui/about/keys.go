package about

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/kit"
)

// keyGroups are the shortcuts, in the order in which they are listed: each has a
// text for what is pressed and one for what that does.
var keyGroups = []struct {
	title string
	keys  []string
}{
	{"everywhere", []string{"places", "placesAlone", "find", "findAlone", "back", "answer", "undo", "escape", "tab", "press", "page", "larger", "normal", "full", "leave", "help"}},
	{"fields", []string{"list", "number", "choice", "tabs"}},
	{"figures", []string{"table", "picture", "slider"}},
	{"simulate", []string{"save", "new"}},
}

// Shortcuts that work for the officer alone, and those of visitors who use the window
// alone; all others work for both.
var (
	forOfficer  = map[string]bool{"places": true, "find": true, "full": true, "save": true, "new": true}
	forVisitors = map[string]bool{"placesAlone": true, "findAlone": true, "leave": true}
)

const keyWide = 190 // of what is pressed, design pixels

// OpenKeys shows what can be done without a mouse, here and now.
func OpenKeys(p Params) {
	t := p.Texts
	rows := []fyne.CanvasObject{kit.NewParagraph(t.Text("keys.about"), kit.MutedText)}
	not := forVisitors
	if p.Alone {
		not = forOfficer
	}
	for _, g := range keyGroups {
		keys := slices.DeleteFunc(slices.Clone(g.keys), func(k string) bool { return not[k] })
		if len(keys) == 0 {
			continue
		}
		rows = append(rows, kit.NewRule(), kit.NewText(t.Text("keys.group."+g.title), kit.CardTitleText))
		for _, k := range keys {
			rows = append(rows, kit.Sides(14, keyWide, 160, kit.NewParagraph(t.Text("keys."+k+".press"), kit.StrongText), kit.NewParagraph(t.Text("keys."+k), kit.BodyText)))
		}
	}
	p.Show(kit.PanelSpec{Title: t.Text("keys.title"), Close: t.Text("proof.ui.close"), Content: kit.VStack(10, rows...), Width: wide})
}
