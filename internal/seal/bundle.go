package seal

// SignBundle signs what is handed to another laptop as a whole.
func (d *Device) SignBundle(content []byte) Signature { return d.sign(bundleSort, content) }

// SignedBundle is whether the key's device signed that content to be handed on.
func (k PublicKey) SignedBundle(content []byte, s Signature) bool {
	return k.verify(bundleSort, content, s)
}
