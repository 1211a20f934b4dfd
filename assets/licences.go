package assets

import (
	"embed"
	"io/fs"
)

// licences are the terms of everything that the program is made of beside itself,
// gathered by tools/licences.
//
//go:embed licences
var licences embed.FS

// LicenceFiles has index.json and the folder texts at its root.
func LicenceFiles() fs.FS {
	sub, err := fs.Sub(licences, "licences")
	if err != nil { // only a malformed path can fail, and this one is fixed
		panic(err)
	}
	return sub
}
