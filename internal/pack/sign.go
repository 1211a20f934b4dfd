package pack

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"

	"aead.dev/minisign"
)

// Names in a signed pack: a zip of these two files, so that what was signed can be
// taken out and proved with the program minisign alone.
const (
	archiveName   = "pack.zip"
	signatureName = archiveName + ".minisig"

	// Extension of a signed pack as a file.
	Extension = ".atlaspack"
)

const maxSignature = 4 << 10

// Sealed is a signed pack as it travels.
type Sealed struct {
	Archive   []byte // the archived pack, as it was signed
	signature []byte
}

// Seal signs an archived pack and gives the file that is handed on: always the
// same bytes for the same archive, key and comment. The comment is signed too.
func Seal(archive []byte, key minisign.PrivateKey, comment string) ([]byte, error) {
	r := minisign.NewReader(bytes.NewReader(archive))
	if _, err := io.Copy(io.Discard, r); err != nil {
		return nil, err
	}
	signature := r.SignWithComments(key, comment, "Atlas P2I")
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	if err := add(z, archiveName, archive); err != nil {
		return nil, err
	}
	if err := add(z, signatureName, signature); err != nil {
		return nil, err
	}
	err := z.Close()
	return buf.Bytes(), err
}

// Unseal takes a signed pack apart without believing it yet: Signer says whose it
// is. The error is a *Refused: Unsigned where it is a pack all the same.
func Unseal(data []byte) (Sealed, error) {
	_, files, err := unpack(data, limits{files: maxFiles, each: MaxBytes, nested: true})
	if err != nil {
		return Sealed{}, err
	}
	s := Sealed{files[archiveName], files[signatureName]}
	_, bare := files["pack.toml"]
	switch {
	case bare, s.Archive != nil && len(files) == 1:
		return Sealed{}, refuse(Unsigned, "packs.refused.unsigned")
	case s.Archive == nil || s.signature == nil || len(files) != 2 || len(s.signature) > maxSignature:
		return Sealed{}, refuse(NotAPack, "packs.refused.notPack")
	}
	return s, nil
}

// Signer is the trusted key that signed the pack. The error is a *Refused: of an
// unknown key, of a pack changed since, or of something that is no signature.
func (s Sealed) Signer(trusted []Key) (Key, error) {
	var said minisign.Signature
	if err := said.UnmarshalText(s.signature); err != nil {
		return Key{}, refuse(Tampered, "packs.refused.noSignature")
	}
	known := false
	for _, k := range trusted {
		if minisign.Verify(k.public, s.Archive, s.signature) {
			return k, nil
		}
		known = known || k.public.ID() == said.KeyID
	}
	if known {
		return Key{}, refuse(Tampered, "packs.refused.tampered", "key", keyID(said.KeyID))
	}
	return Key{}, refuse(UnknownKey, "packs.refused.unknownKey", "key", keyID(said.KeyID))
}

// Files gives the files of a pack, signed or not, whoever signed it: for looking
// at a pack that a person named. The error is a *Refused.
func Files(data []byte) (fs.FS, error) {
	sealed, err := Unseal(data)
	if err == nil {
		return Open(sealed.Archive)
	}
	return Open(data)
}
