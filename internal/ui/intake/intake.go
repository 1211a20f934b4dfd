// Package intake takes figures of the sector in from a file, and gives them all
// away: what an import would do is shown line by line before anything is written,
// and an import can be set aside again. What the preview says knows no widget.
package intake

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/intake"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui/exhibit"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Desk is what importing asks of the use cases.
type Desk interface {
	Texts() *i18n.Catalogue
	CanSave() bool
	Figures() (*figures.Book, error)
	Intake(ctx context.Context, file string, data []byte, progress func(done, of int)) (*desk.Intake, error)
	Import(ctx context.Context, in *desk.Intake, progress func(done, of int)) (undo func() error, err error)
	Imports() ([]store.Import, error)
	DropImport(number int) error
	ExportFigures(w io.Writer) error
}

// Shell is what it asks of the window around it.
type Shell interface {
	ShowPanel(kit.PanelSpec)
	ClosePanel()
	ShowToast(text, action string, act func())
	Window() fyne.Window
}

// Params is what importing works with.
type Params struct {
	Desk     Desk
	Shell    Shell
	Exhibits *exhibit.Host // writes the file of all figures
	Changed  func()        // other figures hold now
	Failed   func(error)   // says why something went wrong
	Do       func(func())  // runs a function on the window's thread
	Now      func() time.Time
}

// Importer is one way in and out for the figures of a window.
type Importer struct {
	p       Params
	t       *i18n.Catalogue
	worker  *parts.Worker
	preview *preview           // what the panel shows; nil where it shows none
	stop    context.CancelFunc // of what is being written
	choose  func(read func(name string, file io.ReadCloser))
}

// New makes an importer.
func New(p Params) *Importer {
	im := &Importer{p: p, t: p.Desk.Texts(), worker: &parts.Worker{Do: p.Do}}
	im.choose = im.chooseFile
	return im
}

// Button lists what can be done with the figures as a whole.
func (im *Importer) Button() fyne.CanvasObject {
	var b *kit.Button
	b = kit.NewButton(kit.Link, im.t.Text("intake.ui.menu"), func() { exhibit.Menu(b, im.actions()) })
	return b
}

// actions leave out what a store that cannot be written to would refuse.
func (im *Importer) actions() []exhibit.Action {
	var out []exhibit.Action
	if im.p.Desk.CanSave() {
		out = append(out, exhibit.Action{Name: im.t.Text("intake.ui.open"), Do: im.Open}, exhibit.Action{Name: im.t.Text("intake.ui.list"), Do: im.List})
	}
	return append(out, exhibit.Action{Name: im.t.Text("intake.ui.export"), Do: im.Export})
}

// Export writes every figure into a file.
func (im *Importer) Export() {
	im.p.Exhibits.Save(exhibit.SaveParams{
		Title:   im.t.Text("intake.ui.export.folder"),
		Name:    exhibit.FileName("csv", im.t.Text("intake.ui.export.name"), im.p.Now().Local().Format(time.DateOnly)),
		Folders: []string{"Documents"}, Write: im.p.Desk.ExportFigures,
	})
}

// Open asks for a file and shows what an import of it would do.
func (im *Importer) Open() { im.choose(im.read) }

func (im *Importer) chooseFile(read func(name string, file io.ReadCloser)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		switch {
		case err != nil:
			im.p.Failed(err)
		case r != nil:
			read(r.URI().Name(), r)
		}
	}, im.p.Shell.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".txt", ".tsv"}))
	d.SetTitleText(im.t.Text("intake.ui.file"))
	d.SetConfirmText(im.t.Text("intake.ui.file.open"))
	d.SetDismissText(im.t.Text("intake.ui.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: im.p.Shell.Window(), Do: im.p.Do})
}

// read reads a file off the window's thread, then shows what would become of it.
func (im *Importer) read(name string, file io.ReadCloser) {
	type result struct {
		in   *desk.Intake
		book *figures.Book // names what the lines measure
		err  error
	}
	busy := kit.NewProgress(im.t.Text("intake.ui.reading", "file", name), im.t.Text("intake.ui.stop"), im.p.Shell.ClosePanel)
	began := false
	parts.Ask(im.worker, parts.Job[result]{
		Work: func(ctx context.Context, progress func(done, of int)) result {
			defer file.Close()
			data, err := io.ReadAll(io.LimitReader(file, intake.MaxBytes+1))
			if err != nil {
				return result{err: err}
			}
			in, err := im.p.Desk.Intake(ctx, name, data, seldom(progress))
			if err != nil {
				return result{err: err}
			}
			book, err := im.p.Desk.Figures()
			return result{in, book, err}
		},
		Slow: func(done, of int) {
			if !began {
				began = true
				im.panel("intake.ui.title", busy, im.worker.Stop)
			}
			busy.Set(float64(done)/float64(max(of, 1)), im.t.Text("intake.ui.reading", "file", name))
		},
		Show: func(r result) {
			if r.err != nil {
				im.panel("intake.ui.title", kit.NewNotice(im.t.Text("intake.ui.refused", "file", name), desk.Say(im.t, r.err)), nil)
				return
			}
			im.show(r.in, r.book)
		},
	})
}

// progressEvery is the least time between two looks at how far something is.
const progressEvery = 100 * time.Millisecond

// seldom passes progress on ten times a second at most, and the end of it.
func seldom(progress func(done, of int)) func(done, of int) {
	var last time.Time
	return func(done, of int) {
		if now := time.Now(); done >= of || now.Sub(last) >= progressEvery {
			last = now
			progress(done, of)
		}
	}
}

// write writes what the preview shows. It is stopped through its own context, so
// that what was written in spite of it is still said.
func (im *Importer) write() {
	in, n := im.preview.in, im.preview.count()
	ctx, stop := context.WithCancel(context.Background())
	im.stop = stop
	busy := kit.NewProgress(im.t.Text("intake.ui.writing"), im.t.Text("intake.ui.stop"), stop)
	im.preview.foot.Objects = []fyne.CanvasObject{busy}
	im.preview.foot.Refresh()
	type result struct {
		undo func() error
		err  error
	}
	parts.Ask(im.worker, parts.Job[result]{
		Work: func(_ context.Context, progress func(done, of int)) result {
			undo, err := im.p.Desk.Import(ctx, in, seldom(progress))
			if err == nil {
				_, _ = im.p.Desk.Figures() // the page asks again, and then finds it ready; a fault is said there
			}
			return result{undo, err}
		},
		Slow: func(done, of int) { busy.Set(float64(done)/float64(max(of, 1)), im.t.Text("intake.ui.writing")) },
		Show: func(r result) {
			stop()
			im.stop = nil
			im.p.Shell.ClosePanel()
			switch {
			case errors.Is(r.err, context.Canceled):
				im.p.Shell.ShowToast(im.t.Text("intake.ui.stopped"), "", nil)
			case r.err != nil:
				im.p.Failed(r.err)
			default:
				im.p.Changed()
				im.p.Shell.ShowToast(im.t.Text("intake.written", "count", n), im.t.Text("intake.ui.undo"), func() { im.undo(r.undo) })
			}
		},
	})
}

// undo takes an import back as a whole.
func (im *Importer) undo(back func() error) {
	if err := back(); err != nil {
		im.p.Failed(err)
		return
	}
	im.p.Changed()
	im.p.Shell.ShowToast(im.t.Text("intake.ui.undone"), "", nil)
}

// Widths of the panel: design pixels, and of a wide window.
const (
	panelWide  = 980
	panelShare = 0.7
)

// panel shows something in the place of the panel that is open.
func (im *Importer) panel(title string, o fyne.CanvasObject, closed func()) {
	im.p.Shell.ShowPanel(kit.PanelSpec{
		Title: im.t.Text(title), Close: im.t.Text("proof.ui.close"), Content: container.NewStack(o), Width: panelWide, Share: panelShare, OnClose: closed,
	})
}

// List shows the files that were imported, each to be set aside.
func (im *Importer) List() { im.panel("intake.ui.title.list", im.list(), nil) }

// Fault is shown in place of the figures where they cannot be: where imported ones
// are the reason, they can be set aside here.
func (im *Importer) Fault(why string) fyne.CanvasObject {
	list, err := im.p.Desk.Imports()
	held := 0
	for _, x := range list {
		if !x.Dropped {
			held++
		}
	}
	if err != nil || held == 0 || !im.p.Desk.CanSave() {
		return kit.NewNotice(im.t.Text("sector.refused"), why)
	}
	return kit.VStack(14, kit.NewNotice(im.t.Text("intake.ui.fault"), why), kit.NewParagraph(im.t.Text("intake.ui.fault.how"), kit.BodyText), kit.NewCard(im.list()))
}

// list has a row for each import, the newest first.
func (im *Importer) list() fyne.CanvasObject {
	list, err := im.p.Desk.Imports()
	switch {
	case err != nil:
		return kit.NewNotice(im.t.Text("intake.ui.list"), desk.Say(im.t, err))
	case len(list) == 0:
		return kit.NewParagraph(im.t.Text("intake.ui.none"), kit.BodyText)
	}
	box := kit.VStack(10)
	for i, x := range list {
		if i > 0 {
			box.Add(kit.NewRule())
		}
		said := kit.VStack(1, kit.NewParagraph(x.File, kit.StrongText),
			kit.NewParagraph(im.t.Text("intake.ui.import", "count", x.Count, "at", desk.Stamp(x.At)), kit.MutedText))
		if x.Dropped {
			box.Add(kit.Ends(12, said, kit.NewText(im.t.Text("intake.ui.dropped"), kit.MutedText)))
			continue
		}
		box.Add(kit.Ends(12, said, im.dropButton(x)))
	}
	return box
}

// dropButton sets an import aside at the second press: there is no way back but to
// import the file again.
func (im *Importer) dropButton(x store.Import) *kit.Button {
	var b *kit.Button
	sure := false
	b = kit.NewButton(kit.Link, im.t.Text("intake.ui.drop"), func() {
		if !sure {
			sure = true
			b.SetText(im.t.Text("intake.ui.drop.sure"))
			return
		}
		if err := im.p.Desk.DropImport(x.Number); err != nil {
			im.p.Failed(err)
			return
		}
		im.p.Shell.ClosePanel()
		im.p.Changed()
		im.p.Shell.ShowToast(im.t.Text("intake.ui.dropped.file", "file", x.File), "", nil)
	})
	return b
}

// figure names what a line measures, and gives its value; of a refused line only
// the words that stand in it are known.
func (im *Importer) figure(l *desk.IntakeLine) (name, value string) {
	k := l.Key
	switch {
	case k.Indicator == "":
		return "", ""
	case l.Refused != nil:
		return fmt.Sprintf("%s, %s, %s", k.Indicator, k.Segment, k.Period), im.t.Formatter().Decimal(domain.Decimal(l.Value.String()))
	}
	return im.preview.words.Full(k), desk.SayNum(im.t, l.Value, k.Unit)
}
