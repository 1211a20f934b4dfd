package rulebook

import (
	"bytes"
	"image"
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// logo is the picture at the head of papers: chosen, seen, taken away.
type logo struct {
	s       *station
	picture *fyne.Container
	none    *kit.Text
	remove  *kit.Button
	wrong   *kit.Paragraph
	box     *fyne.Container
	choose  func(take func(io.ReadCloser)) // asks for a file
}

// Room for the picture, in design pixels.
const (
	logoWide = 180
	logoTall = 60
)

// mostLogo bounds what is read of a file: what is larger is refused by its size.
const mostLogo = 4 << 20

func newLogo(s *station) *logo {
	t := s.pg.t
	l := &logo{s: s, picture: kit.HStack(0), none: kit.NewText(t.Text("rulebook.logo.none"), kit.MutedText), wrong: kit.NewParagraph("", kit.ErrorText)}
	l.choose = l.chooseFile
	l.remove = kit.NewButton(kit.Link, t.Text("rulebook.logo.remove"), func() { l.put(nil) })
	l.wrong.Hide()
	buttons := kit.Flow(14, kit.NewButton(kit.Secondary, t.Text("rulebook.logo.choose"), func() { l.choose(l.take) }), l.remove)
	l.box = kit.VStack(8, kit.Ends(12, kit.VStack(2, kit.NewText(t.Text("rulebook.logo"), kit.BodyText), kit.NewText(t.Text("rulebook.logo.text"), kit.MutedText)), l.picture), buttons, l.wrong)
	return l
}

func (l *logo) chooseFile(take func(io.ReadCloser)) {
	t, win := l.s.pg.t, l.s.pg.p.Shell.Window()
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			l.s.pg.failed(err)
		case r != nil:
			take(r)
		}
	}, win)
	d.SetFilter(storage.NewExtensionFileFilter([]string{".png", ".jpg", ".jpeg", ".PNG", ".JPG", ".JPEG"}))
	d.SetTitleText(t.Text("rulebook.logo.choose"))
	d.SetConfirmText(t.Text("rulebook.open"))
	d.SetDismissText(t.Text("rulebook.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: win, Do: l.s.pg.p.Do})
}

// take reads a file off the window's thread.
func (l *logo) take(file io.ReadCloser) {
	type result struct {
		data []byte
		err  error
	}
	ask(l.s.pg.worker(), func() result {
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, mostLogo))
		return result{data, err}
	}, func(r result) {
		if r.err != nil {
			l.s.pg.failed(r.err)
			return
		}
		l.put(r.data)
	})
}

// put keeps a picture, or none; one that cannot be printed is refused and the one
// before stays.
func (l *logo) put(data []byte) {
	next := l.s.setup
	next.Logo = data
	if err := l.s.pg.p.Office.PutSetup(next); err != nil {
		l.wrong.SetText(why(l.s.pg, err))
		l.wrong.Show()
		l.s.pg.Relayout()
		return
	}
	l.s.setup, l.s.kept = next, next
	l.show()
	l.s.pg.Relayout()
}

// show shows the picture that is kept.
func (l *logo) show() {
	l.wrong.Hide()
	l.remove.Hidden = len(l.s.setup.Logo) == 0
	l.picture.Objects = []fyne.CanvasObject{l.none}
	if img, _, err := image.Decode(bytes.NewReader(l.s.setup.Logo)); err == nil {
		o := canvas.NewImageFromImage(img)
		o.FillMode = canvas.ImageFillContain
		o.SetMinSize(fyne.NewSize(kit.Px(logoWide), kit.Px(logoTall)))
		l.picture.Objects = []fyne.CanvasObject{o}
	}
	l.picture.Refresh()
	l.box.Refresh()
}
