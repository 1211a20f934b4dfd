package assets

import (
	"embed"
	"io/fs"
)

// Pack is the rule pack that ships with the program, below "pack".
//
//go:embed pack
var Pack embed.FS

// PackFiles is the built-in rule pack with pack.toml at its root.
func PackFiles() fs.FS {
	sub, err := fs.Sub(Pack, "pack")
	if err != nil { // only a malformed path can fail, and this one is fixed
		panic(err)
	}
	return sub
}
