package parts

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/kit"
)

// Digest says a result in short, for where the result itself is not in view: what the
// figure is, the figure, and a note under it, against the right edge.
type Digest struct {
	Box *fyne.Container

	label, figure, note *kit.Text
}

// NewDigest makes one that has no figure yet and says so.
func NewDigest(none string) *Digest {
	d := &Digest{label: kit.NewTextRight(none, kit.MutedText), figure: kit.NewTextRight("", kit.FigureText), note: kit.NewTextRight("", kit.MutedText)}
	d.Box = kit.VStack(0, d.label, d.figure, d.note)
	d.Put(none, "", "")
	return d
}

// Put says a result that is current; what is empty takes no room.
func (d *Digest) Put(label, figure, note string) {
	d.label.SetStyle(kit.MutedText)
	d.figure.SetStyle(kit.FigureText)
	for t, text := range map[*kit.Text]string{d.label: label, d.figure: figure, d.note: note} {
		t.SetText(text)
		t.Hidden = text == ""
	}
	d.Box.Refresh()
}

// Hold dims the figure and says why it is not current.
func (d *Digest) Hold(why string) {
	d.label.SetStyle(kit.CautionText)
	d.label.SetText(why)
	d.label.Show()
	d.figure.SetStyle(kit.Style{Size: kit.FigureText.Size, Color: kit.MutedText.Color, Bold: true})
	d.Box.Refresh()
}
