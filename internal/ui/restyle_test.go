package ui

import (
	"fmt"
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2/canvas"

	"atlasp2i/internal/ui/dossiers"
	"atlasp2i/internal/ui/shell"
)

// drawn is how each text and ground of the window is drawn: texts by what they say,
// grounds under "".
func (r *rig) drawn() map[string][]string {
	out := map[string][]string{}
	for _, o := range shown(r.w.win.Content()) {
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				out[o.Text] = append(out[o.Text], fmt.Sprintf("%.1f %s", o.TextSize, hex(o.Color)))
			}
		case *canvas.Rectangle:
			if s := o.Size(); s.Width > 0 && s.Height > 0 {
				out[""] = append(out[""], hex(o.FillColor))
			}
		}
	}
	return out
}

func hex(c color.Color) string {
	n := color.NRGBAModel.Convert(c).(color.NRGBA)
	return fmt.Sprintf("%02x%02x%02x%02x", n.R, n.G, n.B, n.A)
}

// A place that was made before is drawn in another size and theme as one that is made
// in them: the library tells only what is on the screen.
func TestLook_ReachesThePlacesThatAreNotShown(t *testing.T) {
	change := func(r *rig) {
		r.w.shell.Open(shell.Home)
		r.w.setScale(1)
		r.w.toggleTheme()
	}
	for _, id := range []string{shell.Platforms, shell.Sector, shell.Simulate, shell.Compare, shell.Files, shell.Rules} {
		t.Run(id, func(t *testing.T) {
			made := officed(t, openStore(t))
			change(made)
			made.w.shell.Open(id)
			want := made.drawn()
			before := officed(t, openStore(t))
			before.w.shell.Open(id)
			change(before)
			before.w.shell.Open(id)
			for text, ways := range before.drawn() {
				for _, way := range ways {
					// What the other window does not say at all is its own, as a key is.
					if want[text] != nil && !slices.Contains(want[text], way) {
						t.Errorf("%q is drawn as %s, want %s", text, way, want[text])
					}
				}
			}
		})
	}
}

// What stands behind another tab is drawn in the new size as well, once it is shown.
func TestLook_ReachesAListBehindAnotherTab(t *testing.T) {
	sizes := func(away bool) map[string][]string {
		r := withContacts(t)
		r.contact("Nadia")
		r.w.shell.Open(shell.Files)
		if away {
			r.w.filed.ShowTab(dossiers.TabSimulations)
		}
		r.w.setScale(1)
		r.w.filed.ShowTab(dossiers.TabSimulations)
		r.w.filed.ShowTab(dossiers.TabContacts)
		return r.drawn()
	}
	want, got := sizes(false), sizes(true)
	for _, key := range []string{"dossiers.search", "dossiers.unfold", "dossiers.new"} {
		text := newRig(t, nil).texts.Text(key)
		if len(want[text]) == 0 || !slices.Equal(got[text], want[text]) {
			t.Errorf("%q is drawn as %v, want %v", text, got[text], want[text])
		}
	}
}
