package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

// window takes over what scripts/measure finds: the program beside an empty window.
func window(b *bench) ([]Figure, error) {
	if runtime.GOOS != "linux" {
		return nil, missing("a window is only measured on Linux")
	}
	for _, tool := range []string{"Xvfb", "openbox", "xdotool", "xclip", "import", "xdpyinfo", "xkbcomp"} {
		if _, err := exec.LookPath(tool); err != nil {
			return nil, missing(tool + " is not installed")
		}
	}
	file := filepath.Join(b.work, "window")
	cmd := exec.Command("scripts/measure", "--figures", file)
	cmd.Stderr = os.Stderr
	if out, err := cmd.Output(); err != nil {
		return nil, fmt.Errorf("scripts/measure: %w\n%s", err, out)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return windowFigures(string(data))
}

// windowFigures reads lines of a name, the program's figure and the empty window's.
func windowFigures(text string) ([]Figure, error) {
	known := map[string]Figure{
		"start":  {What: "start to first page"},
		"memory": {What: "memory on the first page", Unit: "MB"},
		"binary": {What: "program on the disk", Unit: "MB"},
	}
	var list []Figure
	for line := range strings.Lines(text) {
		var name string
		var app, empty float64
		if _, err := fmt.Sscan(line, &name, &app, &empty); err != nil {
			return nil, fmt.Errorf("a figure of scripts/measure: %q: %w", line, err)
		}
		f, ok := known[name]
		if !ok || app <= 0 || empty <= 0 {
			return nil, fmt.Errorf("a figure of scripts/measure: %q", line)
		}
		f.ID, f.Theirs = "window/"+name, "empty Fyne window"
		f.add(app, empty)
		list = append(list, f)
	}
	if len(list) != len(known) {
		return nil, fmt.Errorf("scripts/measure gives %d figures, want %d", len(list), len(known))
	}
	return list, nil
}
