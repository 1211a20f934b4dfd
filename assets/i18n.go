package assets

import "embed"

// I18n holds the text catalogues, i18n/<language>/*.toml.
//
//go:embed i18n
var I18n embed.FS
