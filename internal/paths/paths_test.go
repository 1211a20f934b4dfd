package paths

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func env(pairs ...string) func(string) string {
	m := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		m[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return m[name] }
}

func only(paths ...string) func(string) bool {
	return func(p string) bool { return strings.Contains("|"+strings.Join(paths, "|")+"|", "|"+p+"|") }
}

func TestFind(t *testing.T) {
	for name, c := range map[string]struct {
		p    Params
		want Places
	}{
		"linux": {
			Params{OS: "linux", Env: env("HOME", "/home/ana"), ExeDir: "/usr/bin"},
			Places{
				Data: "/home/ana/.local/share/atlas-p2i", Config: "/home/ana/.config/atlas-p2i",
				Cache: "/home/ana/.cache/atlas-p2i", Logs: "/home/ana/.local/state/atlas-p2i/logs",
				Store: "/home/ana/.local/share/atlas-p2i/atlas.db", Slot: "/home/ana/.local/share/atlas-p2i/atlas.db.open", Snapshots: "/home/ana/.local/share/atlas-p2i/snapshots",
				Device: "/home/ana/.config/atlas-p2i/device", Key: "/home/ana/.config/atlas-p2i/signing.key", Trusted: "/home/ana/.config/atlas-p2i/trusted.keys",
			},
		},
		"linux with XDG, one of them relative": {
			Params{OS: "linux", Env: env("HOME", "/home/ana", "XDG_DATA_HOME", "/d", "XDG_CONFIG_HOME", "c", "XDG_CACHE_HOME", "/k", "XDG_STATE_HOME", "/s")},
			Places{
				Data: "/d/atlas-p2i", Config: "/home/ana/.config/atlas-p2i", Cache: "/k/atlas-p2i", Logs: "/s/atlas-p2i/logs",
				Store: "/d/atlas-p2i/atlas.db", Slot: "/d/atlas-p2i/atlas.db.open", Snapshots: "/d/atlas-p2i/snapshots", Device: "/home/ana/.config/atlas-p2i/device", Key: "/home/ana/.config/atlas-p2i/signing.key", Trusted: "/home/ana/.config/atlas-p2i/trusted.keys",
			},
		},
		"mac": {
			Params{OS: "darwin", Env: env("HOME", "/Users/ana")},
			Places{
				Data: "/Users/ana/Library/Application Support/Atlas P2I", Config: "/Users/ana/Library/Application Support/Atlas P2I",
				Cache: "/Users/ana/Library/Caches/Atlas P2I", Logs: "/Users/ana/Library/Logs/Atlas P2I",
				Store:     "/Users/ana/Library/Application Support/Atlas P2I/atlas.db",
				Snapshots: "/Users/ana/Library/Application Support/Atlas P2I/snapshots",
				Device:    "/Users/ana/Library/Application Support/Atlas P2I/device", Key: "/Users/ana/Library/Application Support/Atlas P2I/signing.key", Slot: "/Users/ana/Library/Application Support/Atlas P2I/atlas.db.open", Trusted: "/Users/ana/Library/Application Support/Atlas P2I/trusted.keys",
			},
		},
		"windows": {
			Params{OS: "windows", Env: env("LOCALAPPDATA", `C:\Users\ana\AppData\Local`, "APPDATA", `C:\Users\ana\AppData\Roaming`)},
			Places{
				Data: `C:\Users\ana\AppData\Local\Atlas P2I`, Config: `C:\Users\ana\AppData\Roaming\Atlas P2I`,
				Cache: `C:\Users\ana\AppData\Local\Atlas P2I\cache`, Logs: `C:\Users\ana\AppData\Local\Atlas P2I\logs`,
				Store:     `C:\Users\ana\AppData\Local\Atlas P2I\atlas.db`,
				Snapshots: `C:\Users\ana\AppData\Local\Atlas P2I\snapshots`,
				Device:    `C:\Users\ana\AppData\Roaming\Atlas P2I\device`, Key: `C:\Users\ana\AppData\Roaming\Atlas P2I\signing.key`, Slot: `C:\Users\ana\AppData\Local\Atlas P2I\atlas.db.open`, Trusted: `C:\Users\ana\AppData\Roaming\Atlas P2I\trusted.keys`,
			},
		},
		"portable on windows": {
			Params{OS: "windows", Env: env(), ExeDir: `E:\salon`, Exists: only(`E:\salon\data`)},
			Places{
				Portable: true, Data: `E:\salon\data`, Config: `E:\salon\data\config`, Cache: `E:\salon\data\cache`, Logs: `E:\salon\data\logs`,
				Store: `E:\salon\data\atlas.db`, Slot: `E:\salon\data\atlas.db.open`, Snapshots: `E:\salon\data\snapshots`, Device: `E:\salon\data\config\device`, Key: `E:\salon\data\config\signing.key`, Trusted: `E:\salon\data\config\trusted.keys`,
			},
		},
		"environment wins over portable": {
			Params{OS: "linux", Env: env(EnvData, "/srv/atlas", EnvCache, "/fast"), ExeDir: "/stick", Exists: only("/stick/data")},
			Places{
				Data: "/srv/atlas", Config: "/srv/atlas/config", Cache: "/fast", Logs: "/srv/atlas/logs",
				Store: "/srv/atlas/atlas.db", Slot: "/srv/atlas/atlas.db.open", Snapshots: "/srv/atlas/snapshots", Device: "/srv/atlas/config/device", Key: "/srv/atlas/config/signing.key", Trusted: "/srv/atlas/config/trusted.keys",
			},
		},
		"a store by hand keeps its snapshots beside it": {
			Params{OS: "windows", Env: env(EnvData, `\\server\share\atlas`), Store: `D:\fair\june.db`},
			Places{
				Data: `\\server\share\atlas`, Config: `\\server\share\atlas\config`, Cache: `\\server\share\atlas\cache`, Logs: `\\server\share\atlas\logs`,
				Store: `D:\fair\june.db`, Slot: `D:\fair\june.db.open`, Snapshots: `D:\fair\june.db.snapshots`, Device: `\\server\share\atlas\config\device`, Key: `\\server\share\atlas\config\signing.key`, Trusted: `\\server\share\atlas\config\trusted.keys`,
			},
		},
	} {
		if c.p.Exists == nil {
			c.p.Exists = only()
		}
		got, err := Find(c.p)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
	}
}

func TestFind_Refusals(t *testing.T) {
	for name, p := range map[string]Params{
		"linux without home":     {OS: "linux", Env: env()},
		"mac without home":       {OS: "darwin", Env: env()},
		"windows without folder": {OS: "windows", Env: env("APPDATA", `C:\x`)},
	} {
		p.Exists = only()
		if _, err := Find(p); !errors.Is(err, ErrNoHome) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for goos, value := range map[string]string{"linux": "data", "windows": `\data`, "darwin": "./x"} {
		_, err := Find(Params{OS: goos, Env: env(EnvData, value), Exists: only()})
		if err == nil || !strings.Contains(err.Error(), EnvData) || !strings.Contains(err.Error(), value) {
			t.Errorf("%s: relative %q gave %v", goos, value, err)
		}
	}
}

// An explicit folder is enough on a machine without any home.
func TestFind_EnvironmentNeedsNoHome(t *testing.T) {
	if _, err := Find(Params{OS: "linux", Env: env(EnvData, "/srv"), Exists: only()}); err != nil {
		t.Error(err)
	}
}
