package assets

import _ "embed" // the keys below

// TrustedKeys are the public keys whose rule packs are taken.
//
//go:embed keys/trusted.keys
var TrustedKeys []byte
