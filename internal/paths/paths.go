// Package paths says where the app keeps its files on each system.
package paths

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"strings"
)

// Environment variables that move files; each wins over the system's places.
const (
	EnvData   = "ATLAS_P2I_DATA"   // folder of everything
	EnvConfig = "ATLAS_P2I_CONFIG" // folder of the configuration alone
	EnvCache  = "ATLAS_P2I_CACHE"  // folder of the cache alone
)

// PortableFolder is the folder beside the executable that makes the app keep
// everything on the stick it is started from.
const PortableFolder = "data"

const (
	folderUnix = "atlas-p2i"
	folderName = "Atlas P2I"
	storeFile  = "atlas.db"
)

// Params is everything that decides where files live. Nothing is read from the
// machine, so that every system can be tested on any other.
type Params struct {
	OS     string                   // runtime.GOOS
	Env    func(name string) string // os.Getenv
	ExeDir string                   // folder of the executable; empty: no portable mode
	Exists func(path string) bool   // is there a folder at path
	Store  string                   // the --store argument, absolute; empty: not given
}

// Places names files and folders as absolute paths. None of them need exist.
type Places struct {
	Portable  bool   `json:"portable"`
	Data      string `json:"data"`      // folder of the store
	Config    string `json:"config"`    // folder of what belongs to this device
	Cache     string `json:"cache"`     // folder that may be deleted at any time
	Logs      string `json:"logs"`      // folder of log and crash files
	Store     string `json:"store"`     // the store file
	Snapshots string `json:"snapshots"` // folder of the store's snapshots, of this store alone
	Device    string `json:"device"`    // file with the id of this device
	Key       string `json:"key"`       // file with the key that signs papers, of this device alone
	Slot      string `json:"slot"`      // file in which a second start hands a file over to the open window
	Trusted   string `json:"trusted"`   // file with the public keys whose rule packs are taken beside our own
}

// ErrNoHome says that neither the environment nor the system names a home folder.
var ErrNoHome = errors.New("no home folder is set")

// Find decides where files live: an explicit store file first, then the
// environment, then a portable folder beside the executable, then the system's
// own places. It returns ErrNoHome, or an error naming a variable that holds a
// relative path.
func Find(p Params) (Places, error) {
	pl, err := folders(p)
	if err != nil {
		return Places{}, err
	}
	join := joiner(p.OS)
	pl.Store, pl.Snapshots = join(pl.Data, storeFile), join(pl.Data, "snapshots")
	if p.Store != "" {
		// The snapshots of a store given by hand lie beside it: two stores must
		// never share a folder, or one would be restored from the other.
		pl.Store, pl.Snapshots = p.Store, p.Store+".snapshots"
	}
	pl.Slot = pl.Store + ".open"
	pl.Device, pl.Key = join(pl.Config, "device"), join(pl.Config, "signing.key")
	pl.Trusted = join(pl.Config, "trusted.keys")
	return pl, nil
}

// folders is base with what the environment moves.
func folders(p Params) (Places, error) {
	pl, err := base(p)
	data, errData := override(p, EnvData, "")
	if data != "" {
		pl, err = within(joiner(p.OS), data), nil
	}
	var errConfig, errCache error
	pl.Config, errConfig = override(p, EnvConfig, pl.Config)
	pl.Cache, errCache = override(p, EnvCache, pl.Cache)
	if wrong := cmp.Or(errData, errConfig, errCache); wrong != nil {
		return Places{}, wrong
	}
	return pl, err
}

// override is the value of a variable, or other where it is not set.
func override(p Params, name, other string) (string, error) {
	v := p.Env(name)
	switch {
	case v == "":
		return other, nil
	case !absolute(p.OS, v):
		return "", fmt.Errorf("%s: %q is not an absolute path", name, v)
	}
	return v, nil
}

// base is the place without any override.
func base(p Params) (Places, error) {
	join := joiner(p.OS)
	if p.ExeDir != "" && p.Exists(join(p.ExeDir, PortableFolder)) {
		pl := within(join, join(p.ExeDir, PortableFolder))
		pl.Portable = true
		return pl, nil
	}
	switch p.OS {
	case "windows":
		return windows(p, join)
	case "darwin":
		home := p.Env("HOME")
		if home == "" {
			return Places{}, ErrNoHome
		}
		lib := join(home, "Library")
		data := join(lib, "Application Support", folderName)
		return Places{Data: data, Config: data, Cache: join(lib, "Caches", folderName), Logs: join(lib, "Logs", folderName)}, nil
	}
	return xdg(p, join)
}

func within(join func(...string) string, dir string) Places {
	return Places{Data: dir, Config: join(dir, "config"), Cache: join(dir, "cache"), Logs: join(dir, "logs")}
}

func windows(p Params, join func(...string) string) (Places, error) {
	local, roaming := p.Env("LOCALAPPDATA"), p.Env("APPDATA")
	if local == "" || roaming == "" {
		return Places{}, ErrNoHome
	}
	// The store stays on the machine: a roaming profile would copy it at each
	// log-in, and could bring back an older one.
	dir := join(local, folderName)
	return Places{Data: dir, Config: join(roaming, folderName), Cache: join(dir, "cache"), Logs: join(dir, "logs")}, nil
}

func xdg(p Params, join func(...string) string) (Places, error) {
	home := p.Env("HOME")
	pick := func(name string, fallback ...string) (string, error) {
		// The XDG specification asks to ignore relative values.
		if v := p.Env(name); absolute(p.OS, v) {
			return join(v, folderUnix), nil
		}
		if home == "" {
			return "", ErrNoHome
		}
		return join(append(append([]string{home}, fallback...), folderUnix)...), nil
	}
	var pl Places
	var state string
	for _, w := range []struct {
		into *string
		env  string
		rest []string
	}{
		{&pl.Data, "XDG_DATA_HOME", []string{".local", "share"}},
		{&pl.Config, "XDG_CONFIG_HOME", []string{".config"}},
		{&pl.Cache, "XDG_CACHE_HOME", []string{".cache"}},
		{&state, "XDG_STATE_HOME", []string{".local", "state"}},
	} {
		dir, err := pick(w.env, w.rest...)
		if err != nil {
			return Places{}, err
		}
		*w.into = dir
	}
	pl.Logs = join(state, "logs")
	return pl, nil
}

// joiner joins as the given system does: this program may be asked about a
// system it does not run on.
func joiner(goos string) func(...string) string {
	if goos != "windows" {
		return path.Join
	}
	return func(parts ...string) string {
		for i, s := range parts {
			parts[i] = strings.ReplaceAll(s, `\`, "/")
		}
		return strings.ReplaceAll(joinWindows(parts), "/", `\`)
	}
}

// joinWindows keeps the two leading strokes of a network path.
func joinWindows(parts []string) string {
	j := path.Join(parts...)
	if strings.HasPrefix(parts[0], "//") {
		return "/" + j
	}
	return j
}

func absolute(goos, p string) bool {
	if goos != "windows" {
		return strings.HasPrefix(p, "/")
	}
	drive := len(p) > 2 && p[1] == ':' && (p[2] == '\\' || p[2] == '/')
	return drive || strings.HasPrefix(p, `\\`) || strings.HasPrefix(p, "//")
}
