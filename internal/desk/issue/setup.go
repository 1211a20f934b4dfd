package issue

import (
	"bytes"
	"image"
	_ "image/jpeg" // a logo is a JPEG or
	_ "image/png"  // a PNG

	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
	"atlasp2i/internal/store"
)

// Setup is what an officer says once, and again at each fair.
type Setup struct {
	Officer string `json:"officer"`
	Agency  string `json:"agency"`
	Fair    string `json:"fair,omitempty"`
	Email   string `json:"email,omitempty"`
	Phone   string `json:"phone,omitempty"`
	Logo    []byte `json:"logo,omitempty"` // PNG or JPEG
}

// Limits of a logo: it is printed three centimetres wide, and kept with each copy
// of the store.
const (
	mostLogoBytes = 1 << 20
	mostLogoSide  = 4000 // pixels
)

// SignedBy is the same office with somebody else at its desk, whom it does not keep.
func (o *Office) SignedBy(s Setup) *Office {
	other := *o
	other.by = &s
	return &other
}

// Setup is what was set up; empty before.
func (o *Office) Setup() Setup {
	if o.by != nil {
		return *o.by
	}
	var s Setup
	o.p.Desk.Setting(store.SettingOffice, &s)
	return s
}

// PutSetup keeps it. A logo that cannot be printed is a *domain.Problem.
func (o *Office) PutSetup(s Setup) error {
	if len(s.Logo) > 0 {
		if problem := checkLogo(s.Logo); problem != nil {
			return problem
		}
	}
	return o.p.Desk.PutSetting(store.SettingOffice, s)
}

func checkLogo(data []byte) *domain.Problem {
	if len(data) > mostLogoBytes {
		return domain.Refuse("logo", "", "issue.logo.big", "most", mostLogoBytes/1024)
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return domain.Refuse("logo", "", "issue.logo.form")
	}
	if c.Width > mostLogoSide || c.Height > mostLogoSide {
		return domain.Refuse("logo", "", "issue.logo.side", "most", mostLogoSide)
	}
	if _, _, err := image.Decode(bytes.NewReader(data)); err != nil {
		return domain.Refuse("logo", "", "issue.logo.form")
	}
	return nil
}

// Key is by what the papers of this laptop are told: the public half of its key,
// which is made at its first use. The error says why there is none.
func (o *Office) Key() (seal.PublicKey, error) {
	device, err := o.p.Device()
	if err != nil {
		return seal.PublicKey{}, err
	}
	return device.Public(), nil
}
