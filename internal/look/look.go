// Package look is the colours of the design, named once, for everything that
// draws: the window's theme, charts, the map, paper. It knows no library.
package look

import "image/color"

// Pair is a colour in the light and in the dark look.
type Pair struct{ Light, Dark color.NRGBA }

// Of gives the colour for a look.
func (p Pair) Of(dark bool) color.NRGBA {
	if dark {
		return p.Dark
	}
	return p.Light
}

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}
}

func both(light, dark uint32) Pair { return Pair{hex(light), hex(dark)} }

// Colours of Atlas P2I.
var (
	Background  = both(0xF6F4EF, 0x10171B)
	Surface     = both(0xFFFFFF, 0x182127)
	Input       = both(0xF6F4EF, 0x10171B)
	Ink         = both(0x17232B, 0xE9EDEE)
	Muted       = both(0x5B6872, 0x9BA8B1)
	Line        = both(0xE2DDD3, 0x2A363D)
	Edge        = both(0xD5CFC3, 0x35434B)
	Primary     = both(0x0E4D45, 0x5CBBA9)
	PrimarySoft = both(0xE3EEEB, 0x1D3633)
	PrimaryMid  = both(0xB5D0CA, 0x2F5A53)
	Accent      = both(0xB9532A, 0xEC9168)
	OnAccent    = both(0xFFFFFF, 0x17232B)
	Door        = both(0x0E4D45, 0x1B4A43)
	OnDoor      = both(0xFFFFFF, 0xF2F7F6)
	Good        = both(0x2E7D4F, 0x6CC08B)
	Caution     = both(0x8F5A00, 0xE3AE4A)
	CautionSoft = both(0xFBF0DA, 0x382C14)
	Error       = both(0xA3262A, 0xF0928C)
	FocusRing   = both(0x1B5FAA, 0x8FC1FF)
	Hover       = both(0xEFEBE3, 0x222D34)
	Rail        = both(0x0E4D45, 0x0C2926)
	RailActive  = both(0x2D645D, 0x2B4442)
	RailText    = both(0xE6F0EE, 0xDDE7E5)
	RailMuted   = both(0xB9CFCB, 0xA9BBB8)
	RailMark    = both(0xEC9168, 0xEC9168)
	Toast       = both(0x17232B, 0xE9EDEE)
	OnToast     = both(0xFFFFFF, 0x17232B)
	ToastAction = both(0xF3B090, 0x0E4D45)
)

// Segments are the colours of the segments ITO, CRM, ESO, BPO, KPO in that
// order, for swatches and bars only: not all of them can carry text.
var Segments = [5]Pair{
	both(0x0E4D45, 0x5CBBA9),
	both(0xB9532A, 0xEC9168),
	both(0xD39A2F, 0xE3B55C),
	both(0x5478AE, 0x86A5D3),
	both(0x85619F, 0xB294CB),
}
