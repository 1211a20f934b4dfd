// Package assets holds the files that are built into the program.
package assets

import _ "embed" // the fonts and icons below

// FontRegular is the text font of the whole window: Noto Sans with Arabic,
// Tifinagh and the signs we draw, as TrueType (made by tools/fonts).
//
//go:embed fonts/atlas-regular.ttf
var FontRegular []byte

// FontBold is the bold weight of FontRegular, with the same characters.
//
//go:embed fonts/atlas-bold.ttf
var FontBold []byte

// AppIcon is the icon of the window, a PNG of 128 by 128.
//
//go:embed icons/app.png
var AppIcon []byte
