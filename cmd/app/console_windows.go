package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// attachConsole lets the headless commands print into the console that the program
// was started from: Windows gives none to a program that opens windows. What is
// redirected to a file or a pipe stays so; without a console, as from a shortcut,
// nothing happens.
func attachConsole() {
	const parent = ^uintptr(0) // ATTACH_PARENT_PROCESS
	redirected := [...]bool{usable(windows.STD_INPUT_HANDLE), usable(windows.STD_OUTPUT_HANDLE), usable(windows.STD_ERROR_HANDLE)}
	attach := windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")
	if attached, _, _ := attach.Call(parent); attached == 0 {
		return
	}
	for i, std := range [...]struct {
		file **os.File
		name string
		mode int
	}{{&os.Stdin, "CONIN$", os.O_RDONLY}, {&os.Stdout, "CONOUT$", os.O_RDWR}, {&os.Stderr, "CONOUT$", os.O_RDWR}} {
		if redirected[i] {
			continue
		}
		if f, err := os.OpenFile(std.name, std.mode, 0); err == nil {
			*std.file = f
		}
	}
}

// usable is whether a standard stream of this process leads somewhere.
func usable(stream uint32) bool {
	h, err := windows.GetStdHandle(stream)
	if err != nil || h == 0 || h == windows.InvalidHandle {
		return false
	}
	kind, err := windows.GetFileType(h)
	return err == nil && kind != windows.FILE_TYPE_UNKNOWN
}
