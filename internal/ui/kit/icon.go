package kit

import (
	"bytes"
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"

	"atlasp2i/assets"
)

// Icon is one of our line icons, by the name of its file.
func Icon(name string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", assets.Icon(name))
}

// iconInk is the colour our icons are drawn in; Tinted replaces it.
const iconInk = "#17232b"

// Tinted is one of our icons in a colour of the theme. The name carries the
// colour, since Fyne keeps decoded pictures by name.
func Tinted(icon fyne.Resource, name fyne.ThemeColorName) fyne.Resource {
	c := color.NRGBAModel.Convert(col(name)).(color.NRGBA)
	hex := fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
	body := bytes.ReplaceAll(icon.Content(), []byte(iconInk), []byte(hex))
	return fyne.NewStaticResource(hex[1:]+"-"+icon.Name(), body)
}
