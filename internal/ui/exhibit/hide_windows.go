package exhibit

import (
	"os/exec"
	"syscall"
)

// hide keeps a console from flashing up.
func hide(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} }
