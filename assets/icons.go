package assets

import "embed"

// icons are our line drawings: 24 by 24, strokes of #17232b, which the window
// replaces by a colour of its theme. Only M, L, A and Z: Fyne's reader draws
// those right, and what it cannot read would end the program at a resize.
//
//go:embed icons/*.svg
var icons embed.FS

// Icon gives the SVG of an icon by its name, such as "home"; the names are
// those of the files in icons. An unknown name is an error of the program.
func Icon(name string) []byte {
	body, err := icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		panic("assets: no icon " + name)
	}
	return body
}

// IconNames lists all icons.
func IconNames() []string {
	entries, err := icons.ReadDir("icons")
	if err != nil {
		panic(err)
	}
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.Name()[:len(e.Name())-len(".svg")]
	}
	return names
}
