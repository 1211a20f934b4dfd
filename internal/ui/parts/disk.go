package parts

import (
	"context"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"

	"atlasp2i/internal/store/mirror"
)

// disk is what a dialog for files asks, beside the window's thread: any folder may be
// one that does not answer.
type disk struct {
	media   []string // folders in which the sticks of the user stand
	readDir func(folder string) ([]fs.DirEntry, error)
	moment  time.Duration // how long a dialog waits for the folder it is to begin in
}

// thisDisk is that of the laptop. Linux shows what is plugged in to a user in folders;
// elsewhere the window library lists drives itself.
func thisDisk() *disk {
	k := &disk{readDir: os.ReadDir, moment: 200 * time.Millisecond}
	if who, err := user.Current(); err == nil {
		k.media = []string{filepath.Join("/media", who.Username), filepath.Join("/run/media", who.Username)}
	}
	return k
}

// sticks are the folders of what is plugged in, by their names alone: one that hangs
// is asked for nothing.
func (k *disk) sticks() []string {
	var out []string
	for _, folder := range k.media {
		found, _ := bounded(folder, func() ([]fs.DirEntry, error) { return k.readDir(folder) }) // a laptop has one of them
		for _, stick := range found {
			if !stick.Type().IsRegular() {
				out = append(out, filepath.Join(folder, stick.Name()))
			}
		}
	}
	return out
}

// reach asks a folder for all that the window library will ask it for on the window's
// thread: what is in it, and whether that can be listed in turn. It returns
// *mirror.HangingError where that takes longer than mirror.Patience.
func (k *disk) reach(folder string) (fyne.ListableURI, error) {
	return bounded(folder, func() (fyne.ListableURI, error) {
		inside, err := k.readDir(folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range inside {
			if !entry.Type().IsRegular() {
				_, _ = storage.CanList(storage.NewFileURI(filepath.Join(folder, entry.Name()))) // whatever it says, it answers
			}
		}
		return storage.ListerForURI(storage.NewFileURI(folder))
	})
}

// bounded reads a folder for as long as somebody waits who is looking on.
func bounded[T any](folder string, read func() (T, error)) (T, error) {
	ctx, cancel := context.WithTimeout(context.Background(), mirror.Patience)
	defer cancel()
	return mirror.Read(ctx, folder, read)
}
