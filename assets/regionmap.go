package assets

import _ "embed" // the map below

// RegionMap is the twelve regions of Morocco as TopoJSON, made by tools/map. Its
// licence, the ODbL, asks for a line under every picture made from it: see
// map/LICENSE.md.
//
//go:embed map/regions.json
var RegionMap []byte
