package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
)

// Colours of Atlas P2I, beside the names that Fyne's own widgets ask for.
const (
	ColorBackground  fyne.ThemeColorName = "atlasBackground"  // page
	ColorSurface     fyne.ThemeColorName = "atlasSurface"     // cards, header, panel
	ColorInput       fyne.ThemeColorName = "atlasInput"       // inside of fields
	ColorInk         fyne.ThemeColorName = "atlasInk"         // text
	ColorMuted       fyne.ThemeColorName = "atlasMuted"       // second text
	ColorLine        fyne.ThemeColorName = "atlasLine"        // rules and card edges
	ColorEdge        fyne.ThemeColorName = "atlasEdge"        // edge of what can be pressed or typed into
	ColorPrimary     fyne.ThemeColorName = "atlasPrimary"     // headline, active
	ColorPrimarySoft fyne.ThemeColorName = "atlasPrimarySoft" // track of a bar, chosen chip
	ColorPrimaryMid  fyne.ThemeColorName = "atlasPrimaryMid"  // the uncertain part of a range
	ColorAccent      fyne.ThemeColorName = "atlasAccent"      // the one main action
	ColorOnAccent    fyne.ThemeColorName = "atlasOnAccent"    // text on accent
	ColorDoor        fyne.ThemeColorName = "atlasDoor"        // the filled card
	ColorOnDoor      fyne.ThemeColorName = "atlasOnDoor"      // text on it
	ColorGood        fyne.ThemeColorName = "atlasGood"
	ColorCaution     fyne.ThemeColorName = "atlasCaution"
	ColorCautionSoft fyne.ThemeColorName = "atlasCautionSoft"
	ColorError       fyne.ThemeColorName = "atlasError"
	ColorFocusRing   fyne.ThemeColorName = "atlasFocusRing"
	ColorHover       fyne.ThemeColorName = "atlasHover" // behind what is under the pointer, on a surface
	ColorRail        fyne.ThemeColorName = "atlasRail"
	ColorRailActive  fyne.ThemeColorName = "atlasRailActive"
	ColorRailText    fyne.ThemeColorName = "atlasRailText"
	ColorRailMuted   fyne.ThemeColorName = "atlasRailMuted"
	ColorRailMark    fyne.ThemeColorName = "atlasRailMark" // bar beside the place we are in, and its focus ring
	ColorToast       fyne.ThemeColorName = "atlasToast"
	ColorOnToast     fyne.ThemeColorName = "atlasOnToast"
	ColorToastAction fyne.ThemeColorName = "atlasToastAction"
)

// Sizes of Atlas P2I in device independent pixels, before the scale.
const (
	SizeUnit       fyne.ThemeSizeName = "atlasUnit"       // one pixel of the design
	SizeHeadline   fyne.ThemeSizeName = "atlasHeadline"   // the one number of a screen
	SizePanelTotal fyne.ThemeSizeName = "atlasPanelTotal" // the number a panel is about
	SizeFigure     fyne.ThemeSizeName = "atlasFigure"     // the number of a card
	SizeTitle      fyne.ThemeSizeName = "atlasTitle"      // title of a page, of a door, of a panel
	SizeCardTitle  fyne.ThemeSizeName = "atlasCardTitle"
	SizeBody       fyne.ThemeSizeName = "atlasBody"
	SizeTable      fyne.ThemeSizeName = "atlasTable"
	SizeMuted      fyne.ThemeSizeName = "atlasMuted"
	SizeHint       fyne.ThemeSizeName = "atlasHint"
	SizeRadius     fyne.ThemeSizeName = "atlasRadius"    // cards
	SizeFieldEdge  fyne.ThemeSizeName = "atlasFieldEdge" // corner of buttons and fields
	SizeFieldTall  fyne.ThemeSizeName = "atlasFieldTall" // height of a field
	SizeRailWidth  fyne.ThemeSizeName = "atlasRailWidth" // the left rail
)

// pair is a colour in light and dark.
type pair struct{ light, dark color.NRGBA }

func hex(rgb uint32) color.NRGBA {
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: 0xff}
}

func both(light, dark uint32) pair { return pair{hex(light), hex(dark)} }

// palette is the one place where a colour has a value.
var palette = map[fyne.ThemeColorName]pair{
	ColorBackground:  both(0xF6F4EF, 0x10171B),
	ColorSurface:     both(0xFFFFFF, 0x182127),
	ColorInput:       both(0xF6F4EF, 0x10171B),
	ColorInk:         both(0x17232B, 0xE9EDEE),
	ColorMuted:       both(0x5B6872, 0x9BA8B1),
	ColorLine:        both(0xE2DDD3, 0x2A363D),
	ColorEdge:        both(0xD5CFC3, 0x35434B),
	ColorPrimary:     both(0x0E4D45, 0x5CBBA9),
	ColorPrimarySoft: both(0xE3EEEB, 0x1D3633),
	ColorPrimaryMid:  both(0xB5D0CA, 0x2F5A53),
	ColorAccent:      both(0xB9532A, 0xEC9168),
	ColorOnAccent:    both(0xFFFFFF, 0x17232B),
	ColorDoor:        both(0x0E4D45, 0x1B4A43),
	ColorOnDoor:      both(0xFFFFFF, 0xF2F7F6),
	ColorGood:        both(0x2E7D4F, 0x6CC08B),
	ColorCaution:     both(0x8F5A00, 0xE3AE4A),
	ColorCautionSoft: both(0xFBF0DA, 0x382C14),
	ColorError:       both(0xA3262A, 0xF0928C),
	ColorFocusRing:   both(0x1B5FAA, 0x8FC1FF),
	ColorHover:       both(0xEFEBE3, 0x222D34),
	ColorRail:        both(0x0E4D45, 0x0C2926),
	ColorRailActive:  both(0x2D645D, 0x2B4442),
	ColorRailText:    both(0xE6F0EE, 0xDDE7E5),
	ColorRailMuted:   both(0xB9CFCB, 0xA9BBB8),
	ColorRailMark:    both(0xEC9168, 0xEC9168),
	ColorToast:       both(0x17232B, 0xE9EDEE),
	ColorOnToast:     both(0xFFFFFF, 0x17232B),
	ColorToastAction: both(0xF3B090, 0x0E4D45),

	Segments[0]: both(0x0E4D45, 0x5CBBA9),
	Segments[1]: both(0xB9532A, 0xEC9168),
	Segments[2]: both(0xD39A2F, 0xE3B55C),
	Segments[3]: both(0x5478AE, 0x86A5D3),
	Segments[4]: both(0x85619F, 0xB294CB),
}

// Segments are the colours of the segments ITO, CRM, ESO, BPO, KPO in that
// order, for swatches and bars only: not all of them can carry text.
var Segments = [5]fyne.ThemeColorName{
	"atlasITO", "atlasCRM", "atlasESO", "atlasBPO", "atlasKPO",
}

// sizes is the one place where a size has a value.
var sizes = map[fyne.ThemeSizeName]float32{
	SizeUnit:       1,
	SizeHeadline:   38,
	SizePanelTotal: 30,
	SizeFigure:     20,
	SizeTitle:      18,
	SizeCardTitle:  15,
	SizeBody:       14,
	SizeTable:      13,
	SizeMuted:      12,
	SizeHint:       11,
	SizeRadius:     9,
	SizeFieldEdge:  6,
	SizeFieldTall:  32,
	SizeRailWidth:  188,
}
