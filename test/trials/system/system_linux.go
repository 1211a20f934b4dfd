package system

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// InOwnMounts starts a process that may mount a small disk which nobody else sees.
func InOwnMounts(c *exec.Cmd) error {
	c.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWNS | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	return nil
}

// MountSmall makes the folder a disk of its own, of a few MB.
func MountSmall(dir string) error {
	if err := syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""); err != nil {
		return err
	}
	return syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=64m")
}

// AsNobody does something with the rights to files of somebody who has none, where
// root runs this.
func AsNobody(do func() error) error {
	const nobody = 65534
	if os.Geteuid() != 0 {
		return do()
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := syscall.Setfsuid(nobody); err != nil { // of this thread
		return err
	}
	defer func() { _ = syscall.Setfsuid(0) }()
	return do()
}
