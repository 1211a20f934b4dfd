package store

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"atlasp2i/internal/store/record"
)

// PutValue puts a value of the user in place of the published one, as a new
// version; At, Device and Dropped are filled in here. What the newest version
// says already makes no new one. It returns *domain.Problem where a part of the
// value is refused, *ReadOnlyError, and *FullError where the disk is full:
// nothing has changed then.
func (s *Store) PutValue(v Value) error {
	v.Dropped = false
	if err := v.Check(); err != nil {
		return err
	}
	return s.addVersion(v)
}

// DropValue goes back to the published value. That is a version too: to undo it,
// put the former one again. Where the published value holds already, nothing is
// written. It returns the errors of PutValue.
func (s *Store) DropValue(place, field string) error {
	v := Value{Place: place, Field: field, Dropped: true}
	if err := v.Check(); err != nil {
		return err
	}
	return s.addVersion(v)
}

// Values gives the values of the user that hold, by place and field.
func (s *Store) Values() ([]Value, error) {
	var out []Value
	err := s.view(func(r reader) error {
		return r.all(bucketValues, func(_, payload []byte) error {
			var v Value
			if err := json.Unmarshal(payload, &v); err != nil {
				return err
			}
			// The keys put the versions of a field behind each other, the newest last.
			if n := len(out); n > 0 && out[n-1].Place == v.Place && out[n-1].Field == v.Field {
				out[n-1] = v
			} else {
				out = append(out, v)
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(out, func(v Value) bool { return v.Dropped }), nil
}

// ValueHistory gives every version of a value, dropped ones too, the newest
// first: none where the user never put one.
func (s *Store) ValueHistory(place, field string) ([]Value, error) {
	var out []Value
	err := s.view(func(r reader) (err error) { out, err = r.versions(place, field); return err })
	if err != nil {
		return nil, err
	}
	slices.Reverse(out)
	return out, nil
}

// addVersion writes the next version, unless the newest says the same.
func (s *Store) addVersion(v Value) error {
	if s.readOnly {
		return &ReadOnlyError{Path: s.path}
	}
	same := false
	err := s.view(func(r reader) error {
		versions, err := r.versions(v.Place, v.Field)
		same = repeats(v, versions)
		return err
	})
	if err != nil || same {
		return err
	}
	return s.update(func(w *writer) error {
		versions, err := w.versions(v.Place, v.Field)
		if err != nil || repeats(v, versions) { // put by another goroutine since
			return err
		}
		of, head := record.Of(record.KindValue, record.ValueRecordKey(v.Place, v.Field)), len(versions)
		parents, err := w.succeed(of, &head)
		if err != nil {
			return err
		}
		v.At, v.Device = w.now, w.device
		return w.putJSON(bucketValues, numbered(of.Key, head+1), record.ValueRecord{Value: v, Parents: parents})
	})
}

// versions gives every version of a value, the oldest first.
func (r reader) versions(place, field string) ([]Value, error) {
	owner := record.ValueRecordKey(place, field)
	var out []Value
	err := r.each(bucketValues, owner, func(key, payload []byte) error {
		if want := numbered(owner, len(out)+1); !bytes.Equal(key, want) {
			return &lostError{bucketValues, want}
		}
		var v Value
		err := json.Unmarshal(payload, &v)
		out = append(out, v)
		return err
	})
	return out, err
}

// repeats says whether the newest version says the same. What was never put is
// as good as dropped.
func repeats(v Value, versions []Value) bool {
	newest := Value{Dropped: true}
	if n := len(versions); n > 0 {
		newest = versions[n-1]
	}
	return v.Text == newest.Text && v.AsOf == newest.AsOf && v.Note == newest.Note && v.Dropped == newest.Dropped
}

// Setting reads a setting into the variable that into points to. It returns
// false, leaving the variable alone, where the setting was never put.
func (s *Store) Setting(name string, into any) (bool, error) {
	found := false
	err := s.view(func(r reader) error {
		p, err := r.get(bucketSettings, []byte(name))
		if err != nil || p == nil {
			return err
		}
		found = true
		return json.Unmarshal(p, into)
	})
	return found && err == nil, err
}

// PutSetting keeps a setting as JSON. The same value again writes nothing. A
// setting asks for no snapshot, it goes with the next save's: a form kept while
// it is typed would push the snapshots of simulations out.
func (s *Store) PutSetting(name string, value any) error {
	p, err := json.Marshal(value)
	if err != nil {
		return err
	}
	same := false
	err = s.view(func(r reader) error {
		old, err := r.get(bucketSettings, []byte(name))
		same = old != nil && bytes.Equal(old, p)
		return err
	})
	if err != nil || same {
		return err
	}
	return s.write(func(w *writer) error { return w.put(bucketSettings, []byte(name), p) })
}

// DeviceID reads the id of this device from a file, or draws one and writes it
// there. It belongs to the machine, not to a store: two copies of one store on
// two laptops must be told apart.
func DeviceID(path string) (string, error) {
	b, err := os.ReadFile(path)
	if id, bad := ParseID(strings.TrimSpace(string(b))); err == nil && bad == nil {
		return string(id), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", fileError(path, err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return "", fileError(path, err)
	}
	id := NewID()
	tmp := path + "." + rand.Text()[:8] + ".tmp"
	if err := os.WriteFile(tmp, []byte(id+"\n"), 0o600); err != nil {
		_ = os.Remove(tmp)
		return "", fileError(path, err)
	}
	return string(id), fileError(path, os.Rename(tmp, path))
}

// Names of the settings that the app keeps. A setting is any JSON value.
const (
	SettingTheme     = "theme"
	SettingScale     = "scale" // how large everything is shown
	SettingLanguage  = "language"
	SettingLastPlace = "lastPlace"
	SettingOpen      = "open" // id of the simulation that is open, "" for a new one
	SettingWindow    = "window"
	SettingWelcomed  = "welcomed" // the first start was gone through, or skipped
	SettingDraft     = "draft"    // the form as it was typed, until it is saved or put aside

	SettingOffice = "office" // who issues papers here, and where
	SettingTries  = "tries"  // wrong passphrases since the last right one
	SettingRates  = "rates"  // rates of currencies that the user gave

	SettingKiosk      = "kiosk"      // whether visitors use the window alone, and the officer's code
	SettingKioskTries = "kioskTries" // wrong codes since the last right one

	SettingPack     = "pack"     // SHA-256 of the rule pack that was made active, "" for the built-in one
	SettingPackKeys = "packKeys" // who signed the imported rule packs, by SHA-256

	SettingCurrency = "currency" // shown beside the dirham, "" for none

	SettingComparison = "comparison" // the comparison as it stands
	SettingWeightings = "weightings" // weights that the user named
	SettingScenarios  = "scenarios"  // how far the user moves a simulation to ask what if

	SettingMirror = "mirror" // the second folder of snapshots: see SetMirror
)

// WindowSize is the value of SettingWindow, in device-independent pixels.
type WindowSize struct {
	Width  float32 `json:"width"`
	Height float32 `json:"height"`
}

// Device is a laptop whose shares were taken.
type Device struct {
	ID        string    `json:"id"`
	PublicKey string    `json:"publicKey"`
	Name      string    `json:"name"`
	At        time.Time `json:"at"` // UTC, when it was put
}

// Devices gives the known devices by id. They stay in this store.
func (s *Store) Devices() ([]Device, error) {
	var out []Device
	err := s.view(func(r reader) error {
		return r.all(bucketDevices, func(_, payload []byte) error {
			var d Device
			err := json.Unmarshal(payload, &d)
			out = append(out, d)
			return err
		})
	})
	return out, err
}

const maxDevice = 1000 // bytes of each part

// PutDevice keeps a device, in the place of what was known under its id; At is filled
// in here. Whether another key may take the place of the known one, the caller asks a
// person. The same again writes nothing. It returns *ReadOnlyError and *FullError.
func (s *Store) PutDevice(d Device) error {
	if d.ID == "" || max(len(d.ID), len(d.PublicKey), len(d.Name)) > maxDevice {
		return errors.New("a device needs an id, and none of its parts may be that long")
	}
	known, err := s.Devices()
	if err != nil {
		return err
	}
	for _, is := range known {
		if d.At = is.At; d == is {
			return nil
		}
	}
	return s.update(func(w *writer) error {
		d.At = w.now
		return w.putJSON(bucketDevices, []byte(d.ID), d)
	})
}

// listed is a thing and the length of its list.
type listed struct {
	record.Owner
	head int
}

// valueOwners gives every value that is known, by place and field.
func (r reader) valueOwners() ([]listed, error) {
	var out []listed
	err := r.all(bucketValues, func(key, _ []byte) error {
		if len(key) < 4 {
			return record.ErrShort
		}
		of := key[:len(key)-4]
		if n := len(out); n == 0 || !bytes.Equal(out[n-1].Key, of) {
			out = append(out, listed{Owner: record.Of(record.KindValue, bytes.Clone(of))})
		}
		out[len(out)-1].head++
		return nil
	})
	return out, err
}
