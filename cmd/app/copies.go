package main

import (
	"context"

	"atlasp2i/internal/desk/backup"
	"atlasp2i/internal/store"
	"atlasp2i/internal/ui"
)

// options say where the user's own store is.
func (o *opener) options() (store.Options, error) {
	device, err := store.DeviceID(o.places.Device)
	return store.Options{Path: o.places.Store, SnapshotDir: o.places.Snapshots, Device: device, Numbers: numbersOf(o.places.Key)}, err
}

// restore goes back to a copy while the store is closed.
func (o *opener) restore(path string) (store.Restored, error) {
	at, err := o.options()
	if err != nil {
		return store.Restored{}, err
	}
	return backup.Restore(context.Background(), at, path)
}

// copies are those of the open store.
func (o *opener) copies(s *store.Store) ui.Copies {
	return ui.Copies{Of: backup.New(s), Folder: o.places.Snapshots, Restore: o.restore}
}
