package main

import (
	"runtime"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// The window library asks for this version of OpenGL.
const needMajor, needMinor = 2, 1

// pixelFormat is PIXELFORMATDESCRIPTOR.
type pixelFormat struct {
	size, version    uint16
	flags            uint32
	kind, colourBits byte
	_                [13]byte
	depthBits        byte
	_                [4]byte
	_                [3]uint32
}

// Libraries of the system, loaded at first use. opengl32.dll may lie beside the
// program instead: Mesa's software driver is used so.
var (
	user32   = windows.NewLazySystemDLL("user32.dll")
	gdi32    = windows.NewLazySystemDLL("gdi32.dll")
	opengl32 = windows.NewLazyDLL("opengl32.dll")
)

// lacksOpenGL says whether the window library will find no OpenGL that it can
// use, and which version there is, "" for none. It is asked first because the
// library would show the words of its own developers. What cannot be found out
// counts as usable: the library then decides.
func lacksOpenGL() (found string, lacks bool) {
	if opengl32.Load() != nil {
		return "", true
	}
	runtime.LockOSThread() // a context belongs to a thread
	defer runtime.UnlockOSThread()
	class, _ := windows.UTF16PtrFromString("STATIC")
	window, _, _ := user32.NewProc("CreateWindowExW").Call(0, uintptr(unsafe.Pointer(class)), 0, 0, 0, 0, 1, 1, 0, 0, 0, 0)
	if window == 0 {
		return "", false
	}
	defer user32.NewProc("DestroyWindow").Call(window)
	device, _, _ := user32.NewProc("GetDC").Call(window)
	defer user32.NewProc("ReleaseDC").Call(window, device)
	const drawToWindow, supportOpenGL, doubleBuffer = 0x4, 0x20, 0x1
	format := pixelFormat{version: 1, flags: drawToWindow | supportOpenGL | doubleBuffer, colourBits: 24, depthBits: 16}
	format.size = uint16(unsafe.Sizeof(format))
	chosen, _, _ := gdi32.NewProc("ChoosePixelFormat").Call(device, uintptr(unsafe.Pointer(&format)))
	if ok, _, _ := gdi32.NewProc("SetPixelFormat").Call(device, chosen, uintptr(unsafe.Pointer(&format))); ok == 0 {
		return "", false
	}
	context, _, _ := opengl32.NewProc("wglCreateContext").Call(device)
	if context == 0 {
		return "", false
	}
	defer opengl32.NewProc("wglDeleteContext").Call(context)
	current := opengl32.NewProc("wglMakeCurrent")
	if ok, _, _ := current.Call(device, context); ok == 0 {
		return "", false
	}
	defer current.Call(0, 0)
	const version = 0x1F02 // GL_VERSION
	text, _, _ := opengl32.NewProc("glGetString").Call(version)
	if text == 0 {
		return "", false
	}
	found = windows.BytePtrToString(*(**byte)(unsafe.Pointer(&text)))
	return found, older(found)
}

// older is whether a version such as "1.1.0" or "4.6.0 NVIDIA 551.23" is older
// than what is needed; one that is not understood is not.
func older(version string) bool {
	parts := strings.SplitN(version, ".", 3)
	if len(parts) < 2 {
		return false
	}
	minor, _, _ := strings.Cut(parts[1], " ")
	a, errA := strconv.Atoi(parts[0])
	b, errB := strconv.Atoi(minor)
	return errA == nil && errB == nil && (a < needMajor || a == needMajor && b < needMinor)
}

// tell shows a sentence in a box: a program with windows has no other place where
// it would be seen.
func tell(title, text string) {
	t, errT := windows.UTF16PtrFromString(title)
	x, errX := windows.UTF16PtrFromString(text)
	if errT == nil && errX == nil {
		_, _ = windows.MessageBox(0, x, t, windows.MB_OK|windows.MB_ICONEXCLAMATION)
	}
}
