// Command offline starts a program that the system ends at its first attempt to
// open a socket to the network.
//
//	offline PROGRAM ARGUMENT...
//
// The journeys in a real window run under it. Sockets of the kind "unix" are let
// through, since a window speaks to its display over one; to whom they lead is
// looked up in a trace. Nothing can be undone from inside: the filter holds for
// every thread and every program started from there.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: offline PROGRAM ARGUMENT...")
	}
	path, err := exec.LookPath(os.Args[1])
	if err != nil {
		fail(err.Error())
	}
	if err := forbid(); err != nil {
		fail("this system takes no filter: " + err.Error())
	}
	fail(syscall.Exec(path, os.Args[1:], os.Environ()).Error())
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, "offline:", why)
	os.Exit(125)
}

// Offsets in struct seccomp_data, which the filter reads; arguments are 64 bits,
// and the family of a socket is in the half that is read here on the machines that
// Go calls little-endian.
const (
	atCall   = 0
	atSystem = 4
	atFamily = 16
)

// forbid sets the filter for this thread, which then becomes the program.
func forbid() error {
	system, ok := map[string]uint32{"amd64": unix.AUDIT_ARCH_X86_64, "arm64": unix.AUDIT_ARCH_AARCH64}[runtime.GOARCH]
	if !ok {
		return fmt.Errorf("no filter is written for %s", runtime.GOARCH)
	}
	load := func(at uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: at}
	}
	equal := func(value uint32, yes, no uint8) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: yes, Jf: no}
	}
	end := func(verdict uint32) unix.SockFilter {
		return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: verdict}
	}
	filter := []unix.SockFilter{
		load(atSystem),
		equal(system, 0, 5), // calls of another system could open one under another number
		load(atCall),
		equal(unix.SYS_SOCKET, 0, 2),
		load(atFamily),
		equal(unix.AF_UNIX, 0, 1),
		end(unix.SECCOMP_RET_ALLOW),
		end(unix.SECCOMP_RET_KILL_PROCESS),
	}
	runtime.LockOSThread() // the filter is this thread's, and so must be the start of the program
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	rules := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	return unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&rules)), 0, 0)
}
