package exhibit

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"time"
)

// clip puts a PNG file on the clipboard of the system. The window library's takes
// texts alone, so a program of the system does it.
type clip func(ctx context.Context, png []byte) error

// tool is such a program. One that does not read its input gets the path of a file
// in the environment.
type tool struct {
	name  string
	args  []string
	input bool
}

// envImage tells a tool the path of the picture.
const envImage = "ATLAS_P2I_IMAGE"

const powershell = `Add-Type -AssemblyName System.Windows.Forms,System.Drawing;` +
	`$image = [System.Drawing.Image]::FromFile($env:` + envImage + `);` +
	`[System.Windows.Forms.Clipboard]::SetImage($image); $image.Dispose()`

const applescript = `set the clipboard to (read (POSIX file (system attribute "` + envImage + "\")) as \u00abclass PNGf\u00bb)"

// tools are those of a system, the better first; which of them is there, the disk
// says.
func tools(system string, env func(string) string) []tool {
	switch system {
	case "windows":
		return []tool{{name: "powershell.exe", args: []string{"-NoProfile", "-NonInteractive", "-STA", "-Command", powershell}}}
	case "darwin":
		return []tool{{name: "osascript", args: []string{"-e", applescript}}}
	}
	var out []tool
	if env("WAYLAND_DISPLAY") != "" {
		out = append(out, tool{name: "wl-copy", args: []string{"--type", "image/png"}, input: true})
	}
	if env("DISPLAY") != "" {
		out = append(out, tool{name: "xclip", args: []string{"-selection", "clipboard", "-t", "image/png", "-i"}, input: true})
	}
	return out
}

// systemClip looks for the tool of this system; nil where there is none. It reads
// the disk: not for the window's thread.
func systemClip() clip {
	list := tools(runtime.GOOS, os.Getenv)
	i := slices.IndexFunc(list, func(t tool) bool {
		_, err := exec.LookPath(t.name)
		return err == nil
	})
	if i < 0 {
		return nil
	}
	return list[i].put
}

// put runs the tool. One that stays behind to serve the clipboard has let go of it.
func (t tool) put(ctx context.Context, png []byte) error {
	cmd := exec.CommandContext(ctx, t.name, t.args...)
	cmd.WaitDelay = time.Second
	hide(cmd)
	if t.input {
		cmd.Stdin = bytes.NewReader(png)
		return cmd.Run()
	}
	file, err := os.CreateTemp("", "atlas-*.png")
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }() // the system empties its folder too
	_, err = file.Write(png)
	if shut := file.Close(); err == nil {
		err = shut
	}
	if err != nil {
		return err
	}
	cmd.Env = append(os.Environ(), envImage+"="+file.Name())
	return cmd.Run()
}
