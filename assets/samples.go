package assets

import "embed"

// Samples are complete projects to start from, below "samples": one of each kind
// of centre that asks at a fair. Pay and plans are examples, not statistics.
//
//go:embed samples/*.json
var Samples embed.FS
