package house

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// floors is the drawing of docs/architecture.md: a room imports only rooms of a
// lower floor. The longest name that fits decides; packages inside one room may
// import each other (the compiler refuses circles).
var floors = map[string]int{
	"internal/domain":       0,
	"internal/look":         0,
	"assets":                0,
	"internal/paths":        0,
	"internal/chart/record": 1,
	"internal/credits":      1,
	"internal/i18n":         1,
	"internal/rules":        1,
	"internal/vault":        1,
	"internal/chart":        2,
	"internal/compare":      2,
	"internal/document":     2,
	"internal/dossier":      2,
	"internal/figures":      2,
	"internal/formalities":  2,
	"internal/geo":          2,
	"internal/pack":         2,
	"internal/project":      2,
	"internal/scenarios":    2,
	"internal/seal":         2,
	"internal/calc":         3,
	"internal/intake":       3,
	"internal/store":        3,
	"internal/report":       3,
	"internal/bundle":       4,
	"internal/handover":     4,
	"internal/whatif":       4,
	"internal/desk":         5,
	"internal/cli":          6,
	"internal/ui":           6,
	"internal/house":        7,
	"cmd":                   7,
	"test":                  8,
	"tools":                 8,
}

// ioFree are the rooms that read no file, clock, environment or random source.
var ioFree = []string{"internal/calc", "internal/compare", "internal/domain", "internal/figures", "internal/whatif"}

// seeded is the one room without chance that may draw numbers, from a seed that
// it is given: chance_test.go says which names.
const seeded = "internal/compare"

// outside are the standard packages that reach the world.
var outside = []string{
	"os", "io/fs", "io/ioutil", "path/filepath", "time", "log", "log/slog", "syscall",
	"math/rand", "math/rand/v2", "crypto/rand", "embed", "net", "runtime", "unsafe",
}

func floorOf(room string) (name string, floor int, ok bool) {
	for name = room; name != "."; {
		if floor, ok = floors[name]; ok {
			return name, floor, true
		}
		at := strings.LastIndexByte(name, '/')
		if at < 0 {
			return "", 0, false
		}
		name = name[:at]
	}
	return "", 0, false
}

// wrongArrow says what is wrong with one room importing another, or "".
func wrongArrow(from, to string) string {
	a, up, ok := floorOf(from)
	if !ok {
		return fmt.Sprintf("%s is not in the drawing: add it to floors and to docs/architecture.md", from)
	}
	b, down, ok := floorOf(to)
	if !ok {
		return fmt.Sprintf("%s is not in the drawing: add it to floors and to docs/architecture.md", to)
	}
	if a == b || down < up {
		return ""
	}
	return fmt.Sprintf("%s imports %s, which is not on a lower floor", from, to)
}

func TestArrowsPointDown(t *testing.T) {
	for _, p := range ours(t) {
		for _, imported := range p.Imports {
			room, inside := strings.CutPrefix(imported, module+"/")
			if !inside {
				continue
			}
			if wrong := wrongArrow(p.room(), room); wrong != "" {
				t.Error(wrong)
			}
		}
		if _, _, ok := floorOf(p.room()); !ok {
			t.Errorf("%s is not in the drawing: add it to floors and to docs/architecture.md", p.room())
		}
	}
}

// The rule itself must refuse what it is there for.
func TestWrongArrow(t *testing.T) {
	for _, c := range []struct {
		from, to string
		wrong    bool
	}{
		{"internal/calc", "internal/rules", false},
		{"internal/ui/simulate", "internal/ui/kit", false},
		{"cmd/app", "internal/ui/shell", false},
		{"internal/calc", "internal/store", true},
		{"internal/domain", "internal/rules", true},
		{"internal/desk", "internal/ui/kit", true},
		{"internal/cli", "internal/ui/kit", true},
		{"internal/store", "internal/store/check", false},
		{"internal/rules", "internal/unheard", true},
		{"unheard", "internal/rules", true},
	} {
		if got := wrongArrow(c.from, c.to) != ""; got != c.wrong {
			t.Errorf("%s -> %s: wrong is %v, want %v", c.from, c.to, got, c.wrong)
		}
	}
}

// emptyWindow is what the window is measured beside: the window library alone.
const emptyWindow = "test/emptywindow"

// Only the window knows the window library; the program itself may link it.
func TestFyneOnlyInUI(t *testing.T) {
	for _, p := range ours(t) {
		room := p.room()
		if room == "internal/ui" || strings.HasPrefix(room, "internal/ui/") || room == emptyWindow {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "fyne.io/") {
				t.Errorf("%s imports %s: only internal/ui may", room, imported)
			}
		}
		if strings.HasPrefix(room, "cmd/") || strings.HasPrefix(room, "test/") || strings.HasPrefix(room, "tools/") {
			continue
		}
		for _, dep := range p.Deps {
			if strings.HasPrefix(dep, "fyne.io/fyne/") {
				t.Errorf("%s reaches %s through its imports", room, dep)
				break
			}
		}
	}
}

// The program opens no socket: net/url only writes addresses.
func TestNoNetwork(t *testing.T) {
	for _, p := range ours(t) {
		for _, imported := range p.Imports {
			if (imported == "net" || strings.HasPrefix(imported, "net/")) && imported != "net/url" {
				t.Errorf("%s imports %s: the program is offline", p.room(), imported)
			}
		}
	}
}

func TestPureRooms(t *testing.T) {
	for _, p := range ours(t) {
		if room, _, _ := floorOf(p.room()); !slices.Contains(ioFree, room) {
			continue
		}
		for _, imported := range p.Imports {
			if slices.Contains(outside, imported) && (p.room() != seeded || imported != chance) {
				t.Errorf("%s imports %s: it has no file, no clock, no chance", p.room(), imported)
			}
		}
	}
}
