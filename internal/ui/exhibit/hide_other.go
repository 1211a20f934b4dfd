//go:build !windows

package exhibit

import "os/exec"

// hide does nothing: no other system opens a console for a program.
func hide(*exec.Cmd) {}
