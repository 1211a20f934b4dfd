package exhibit

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"atlasp2i/internal/chart"
	"atlasp2i/internal/chart/pixels"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/look"
	"atlasp2i/internal/ui/parts"
)

// Params is what exhibits work with.
type Params struct {
	Texts  *i18n.Catalogue
	Window func() fyne.Window // for the dialog that asks for a folder
	Toast  func(text, action string, act func())
	Copy   func(text string)    // puts a text on the clipboard and says so
	Open   func(*url.URL) error // shows a folder
	Kept   bool                 // nothing is given away: exhibits are only looked at
	Do     func(func())         // runs a function on the window's thread
	Now    func() time.Time
}

// Host gives exhibits away: one for all of a window. It remembers the last folder.
type Host struct {
	p      Params
	worker *parts.Worker
	clip   clip   // nil where the system's clipboard takes no picture
	last   string // folder of the last file
	ask    func(title, start string, chosen func(folder string))
}

// NewHost makes a host. It looks, off the window's thread, for what can put a
// picture on the clipboard.
func NewHost(p Params) *Host {
	h := &Host{p: p, worker: &parts.Worker{Do: p.Do}}
	h.ask = h.askFolder
	go func() {
		found := systemClip()
		p.Do(func() { h.clip = found })
	}()
	return h
}

// Size of a picture that leaves the program: a printed width of some 24 cm.
const (
	imageWide, imageTall = 900, 480 // design pixels, of the chart alone
	imageScale           = 3
	clipWait             = 10 * time.Second
)

// plate is the picture with its words, always in the light look.
func (h *Host) plate(s Spec) (*record.Drawing, error) {
	t := h.p.Texts
	var of []string
	for _, word := range []string{s.Period, s.Unit} {
		if word != "" {
			of = append(of, word)
		}
	}
	notes := append([]string{strings.Join(of, " · ")}, s.Notes...)
	notes = append(notes, s.Source, t.Text("exhibit.made", "date", domain.Date(h.p.Now().Local().Format(time.DateOnly))))
	return chart.Plate(chart.PlateParams{Picture: s.Draw(imageWide, imageTall, false), Title: s.Title, Notes: notes})
}

func writeImage(w io.Writer, d *record.Drawing) error {
	return pixels.PNG(w, d, imageScale, look.Surface.Of(false))
}

func (h *Host) saveImage(s Spec) {
	d, err := h.plate(s)
	if err != nil {
		h.failed("", err)
		return
	}
	h.Save(SaveParams{
		Title: h.p.Texts.Text("exhibit.image.folder"), Name: FileName("png", s.Title, s.Period), Folders: pictures,
		Write: func(w io.Writer) error { return writeImage(w, d) },
	})
}

func (h *Host) saveTable(s Spec) {
	table := s.Table()
	h.Save(SaveParams{
		Title: h.p.Texts.Text("exhibit.table.folder"), Name: FileName("csv", s.Title, s.Period), Folders: documents,
		Write: table.CSV,
	})
}

func (h *Host) copyImage(s Spec) {
	d, err := h.plate(s)
	if err != nil {
		h.failed("", err)
		return
	}
	put := h.clip
	parts.Ask(h.worker, parts.Job[error]{
		Work: func(ctx context.Context, _ func(done, of int)) error {
			var file bytes.Buffer
			if err := writeImage(&file, d); err != nil {
				return err
			}
			ctx, stop := context.WithTimeout(ctx, clipWait)
			defer stop()
			return put(ctx, file.Bytes())
		},
		Show: func(err error) {
			if err != nil {
				h.p.Toast(h.p.Texts.Text("exhibit.copy.failed"), "", nil)
				return
			}
			h.p.Toast(h.p.Texts.Text("exhibit.copied"), "", nil)
		},
		Slow: func(int, int) {},
	})
}

// SaveParams is a file to be written where the user says.
type SaveParams struct {
	Title   string   // of the question for the folder
	Name    string   // of the file; one that is there already gets a number
	Folders []string // below the home folder, where the question begins; the first that is there
	Write   func(io.Writer) error
	Private bool              // nobody but the user may read it
	Saved   func(path string) // on the window's thread, once it is there; may be nil
}

// Save asks for a folder, writes a file there off the window's thread, says so and
// shows the folder. What was there is not written over.
func (h *Host) Save(p SaveParams) {
	start := h.last
	if start == "" {
		start = startFolder(p.Folders)
	}
	h.ask(p.Title, start, func(folder string) {
		type written struct {
			path string
			err  error
		}
		parts.Ask(h.worker, parts.Job[written]{
			Work: func(context.Context, func(done, of int)) written {
				path, err := Keep(folder, p)
				return written{path, err}
			},
			Show: func(w written) {
				if w.err != nil {
					h.failed(folder, w.err)
					return
				}
				h.last = folder
				h.said(w.path)
				if p.Saved != nil {
					p.Saved(w.path)
				}
			},
			Slow: func(int, int) {},
		})
	})
}

// said tells that a file is there, and shows its folder.
func (h *Host) said(path string) {
	t := h.p.Texts
	folder := &url.URL{Scheme: "file", Path: slashed(filepath.Dir(path))}
	show := func() {
		if err := h.p.Open(folder); err != nil {
			h.p.Toast(t.Text("exhibit.folder.closed", "path", path), "", nil)
		}
	}
	h.p.Toast(t.Text("exhibit.saved", "name", filepath.Base(path)), t.Text("exhibit.path.copy"), func() { h.p.Copy(path) })
	show()
}

// slashed is a path as an address has it: a drive gets a slash before it.
func slashed(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return path
}

// failed says that nothing was written, and why.
func (h *Host) failed(folder string, err error) {
	t := h.p.Texts
	key := "exhibit.failed"
	switch {
	case errors.Is(err, fs.ErrPermission):
		key = "exhibit.failed.permission"
	case errors.Is(err, fs.ErrNotExist):
		key = "exhibit.failed.gone"
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	h.p.Toast(t.Text(key, "folder", folder, "why", err.Error()), "", nil)
}

// Folders that a question begins in, as the systems and their users name them.
var (
	pictures  = []string{"Pictures", "Images", "Documents"}
	documents = []string{"Documents"}
)

// startFolder is the first that there is, or the home folder.
func startFolder(names []string) string {
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	for _, name := range names {
		if at, err := os.Stat(filepath.Join(home, name)); err == nil && at.IsDir() {
			return filepath.Join(home, name)
		}
	}
	return home
}

// askFolder asks for a folder rather than for a file: the window library empties a
// file before it says which was chosen.
func (h *Host) askFolder(title, start string, chosen func(folder string)) {
	t := h.p.Texts
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		switch {
		case err != nil:
			h.failed("", err)
		case u != nil:
			chosen(filepath.FromSlash(u.Path()))
		}
	}, h.p.Window())
	d.SetTitleText(title)
	d.SetConfirmText(t.Text("exhibit.folder.here"))
	d.SetDismissText(t.Text("exhibit.folder.cancel"))
	parts.ShowFiles(parts.FilesParams{Dialog: d, Window: h.p.Window(), Do: h.p.Do, Start: start})
}
