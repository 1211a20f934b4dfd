// Package theme is the look of Atlas P2I: its colours, sizes and fonts, each
// named once. It holds no widget.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"

	"atlasp2i/assets"
	"atlasp2i/internal/look"
)

// Theme is a Fyne theme with a variant and a scale that we choose: it does not
// follow the desktop, which without a settings portal would always be dark.
type Theme struct {
	dark  bool
	scale float32
}

var _ fyne.Theme = (*Theme)(nil)

var (
	fontRegular = fyne.NewStaticResource("atlas-regular.ttf", assets.FontRegular)
	fontBold    = fyne.NewStaticResource("atlas-bold.ttf", assets.FontBold)
)

// Light is the light look at the normal size.
func Light() *Theme { return &Theme{scale: 1} }

// Dark is the dark look at the normal size.
func Dark() *Theme { return &Theme{dark: true, scale: 1} }

// Scaled is the same look with every size multiplied, for a booth screen that
// is read from afar. A factor of 1 is the normal size; below 0.5 it is kept at 0.5.
func (t *Theme) Scaled(factor float32) *Theme {
	return &Theme{dark: t.dark, scale: max(factor, 0.5)}
}

// IsDark says which variant this is.
func (t *Theme) IsDark() bool { return t.dark }

// Color gives our own colours by name and translates the names of Fyne. The
// variant that Fyne passes is ignored on purpose.
func (t *Theme) Color(name fyne.ThemeColorName, _ fyne.ThemeVariant) color.Color {
	if p, ok := palette[name]; ok {
		return t.pick(p)
	}
	if own, ok := fyneColors[name]; ok {
		return t.pick(palette[own])
	}
	if v, ok := veils[name]; ok {
		c := t.pick(palette[v.of])
		c.A = v.alpha
		return c
	}
	return fynetheme.DefaultTheme().Color(name, t.variant())
}

func (t *Theme) pick(p look.Pair) color.NRGBA { return p.Of(t.dark) }

func (t *Theme) variant() fyne.ThemeVariant {
	if t.dark {
		return fynetheme.VariantDark
	}
	return fynetheme.VariantLight
}

// Font gives the merged font; there is no italic and no monospace in the look.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	if style.Symbol {
		return fynetheme.DefaultTheme().Font(style)
	}
	if style.Bold {
		return fontBold
	}
	return fontRegular
}

// Icon gives Fyne's own icons: file dialogs and fields need them.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return fynetheme.DefaultTheme().Icon(name)
}

// Size gives a size times the scale, except for lines, which stay thin.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s * t.scale
	}
	switch name {
	case fynetheme.SizeNameText:
		return sizes[SizeBody] * t.scale
	case fynetheme.SizeNameCaptionText:
		return sizes[SizeMuted] * t.scale
	case fynetheme.SizeNameSubHeadingText:
		return sizes[SizeTitle] * t.scale
	case fynetheme.SizeNameInputRadius, fynetheme.SizeNameButtonRadius, fynetheme.SizeNameMenuRadius:
		return sizes[SizeFieldEdge] * t.scale
	case fynetheme.SizeNameInputBorder, fynetheme.SizeNameSeparatorThickness:
		return fynetheme.DefaultTheme().Size(name)
	}
	return fynetheme.DefaultTheme().Size(name) * t.scale
}

// fyneColors says which of our colours a name of Fyne means.
var fyneColors = map[fyne.ThemeColorName]fyne.ThemeColorName{
	fynetheme.ColorNameBackground:          ColorBackground,
	fynetheme.ColorNameButton:              ColorHover,
	fynetheme.ColorNameDisabledButton:      ColorLine,
	fynetheme.ColorNameDisabled:            ColorMuted,
	fynetheme.ColorNameError:               ColorError,
	fynetheme.ColorNameForeground:          ColorInk,
	fynetheme.ColorNameForegroundOnError:   ColorSurface,
	fynetheme.ColorNameForegroundOnPrimary: ColorSurface,
	fynetheme.ColorNameForegroundOnSuccess: ColorSurface,
	fynetheme.ColorNameForegroundOnWarning: ColorSurface,
	fynetheme.ColorNameHeaderBackground:    ColorSurface,
	fynetheme.ColorNameHyperlink:           ColorPrimary,
	fynetheme.ColorNameInputBackground:     ColorInput,
	fynetheme.ColorNameInputBorder:         ColorEdge,
	fynetheme.ColorNameMenuBackground:      ColorSurface,
	fynetheme.ColorNameOverlayBackground:   ColorSurface,
	fynetheme.ColorNamePlaceHolder:         ColorMuted,
	fynetheme.ColorNamePrimary:             ColorPrimary,
	fynetheme.ColorNameSeparator:           ColorLine,
	fynetheme.ColorNameSuccess:             ColorGood,
	fynetheme.ColorNameWarning:             ColorCaution,
}

// veil is one of our colours, see-through.
type veil struct {
	of    fyne.ThemeColorName
	alpha uint8
}

// veils are the names of Fyne that it lays over or under something else.
var veils = map[fyne.ThemeColorName]veil{
	fynetheme.ColorNameFocus:               {ColorFocusRing, 0x55},
	fynetheme.ColorNameHover:               {ColorInk, 0x10},
	fynetheme.ColorNamePressed:             {ColorInk, 0x22},
	fynetheme.ColorNameScrollBar:           {ColorInk, 0x60},
	fynetheme.ColorNameScrollBarBackground: {ColorInk, 0x00},
	fynetheme.ColorNameSelection:           {ColorFocusRing, 0x40},
	fynetheme.ColorNameShadow:              {ColorInk, 0x22},
}
