package assets

import (
	"embed"
	"io/fs"
)

//go:embed leaflet
var leaflet embed.FS

// Leaflet holds the texts of the one page that is left behind in a language that
// the program itself does not speak: i18n/<language>/*.toml.
func Leaflet() fs.FS {
	sub, err := fs.Sub(leaflet, "leaflet")
	if err != nil { // only a malformed path can fail, and this one is fixed
		panic(err)
	}
	return sub
}
