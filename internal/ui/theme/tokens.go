package theme

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/look"
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
	SizeRadius     fyne.ThemeSizeName = "atlasRadius"     // cards
	SizeFieldEdge  fyne.ThemeSizeName = "atlasFieldEdge"  // corner of buttons and fields
	SizeFieldTall  fyne.ThemeSizeName = "atlasFieldTall"  // height of a field
	SizeRailWidth  fyne.ThemeSizeName = "atlasRailWidth"  // the left rail
	SizeRailNarrow fyne.ThemeSizeName = "atlasRailNarrow" // the same where the window has no room for it
)

// palette says which colour of the design each name is.
var palette = map[fyne.ThemeColorName]look.Pair{
	ColorBackground:  look.Background,
	ColorSurface:     look.Surface,
	ColorInput:       look.Input,
	ColorInk:         look.Ink,
	ColorMuted:       look.Muted,
	ColorLine:        look.Line,
	ColorEdge:        look.Edge,
	ColorPrimary:     look.Primary,
	ColorPrimarySoft: look.PrimarySoft,
	ColorPrimaryMid:  look.PrimaryMid,
	ColorAccent:      look.Accent,
	ColorOnAccent:    look.OnAccent,
	ColorDoor:        look.Door,
	ColorOnDoor:      look.OnDoor,
	ColorGood:        look.Good,
	ColorCaution:     look.Caution,
	ColorCautionSoft: look.CautionSoft,
	ColorError:       look.Error,
	ColorFocusRing:   look.FocusRing,
	ColorHover:       look.Hover,
	ColorRail:        look.Rail,
	ColorRailActive:  look.RailActive,
	ColorRailText:    look.RailText,
	ColorRailMuted:   look.RailMuted,
	ColorRailMark:    look.RailMark,
	ColorToast:       look.Toast,
	ColorOnToast:     look.OnToast,
	ColorToastAction: look.ToastAction,

	Segments[0]: look.Segments[0],
	Segments[1]: look.Segments[1],
	Segments[2]: look.Segments[2],
	Segments[3]: look.Segments[3],
	Segments[4]: look.Segments[4],
}

// Segments are the colours of the segments ITO, CRM, ESO, BPO, KPO in that
// order, for swatches and bars only: not all of them can carry text.
var Segments = [5]fyne.ThemeColorName{
	"atlasITO", "atlasCRM", "atlasESO", "atlasBPO", "atlasKPO",
}

// Scale is one of the sizes that everything can be shown in.
type Scale struct {
	ID     string // kept as a setting, and part of the keys of its texts
	Factor float32
}

// Scales are the sizes to choose from, the smallest first, which is the one of
// the design. On a booth screen of 1920 x 1080 the second one shows what a
// laptop of 1366 x 768 shows in the first, and its smallest text can be read at
// two metres; the third is for a screen further away.
var Scales = []Scale{{"normal", 1}, {"large", 1.4}, {"largest", 1.6}}

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
	SizeRailNarrow: 92,
}
