// Package input hears what a person does to a window before the window library
// does. The library tells a widget of its own events alone; whether anybody is there
// at all, wherever the pointer and the focus are, only the window below it knows.
package input

import (
	"fyne.io/fyne/v2"
	"github.com/go-gl/glfw/v3.4/glfw"
)

// Kind is what was done.
type Kind int

// Kinds of Kind.
const (
	Moved    Kind = iota // the pointer
	Pressed              // a key or a button
	Held                 // a key goes on being pressed
	Released             // a key or a button
	Scrolled
	Typed // the sign that a pressed key gives
)

// Listen calls heard with all that is done to a window from now on; what it answers
// with false goes no further. It is false where the window cannot be listened to: not
// shown yet, or not on a screen. It is for the window's thread, once for each window.
func Listen(w fyne.Window, heard func(Kind) (goOn bool)) bool {
	shown, ok := w.(interface{ RunWithContext(func()) })
	if !ok {
		return false
	}
	var below *glfw.Window
	shown.RunWithContext(func() { below = glfw.GetCurrentContext() })
	if below == nil {
		return false
	}
	// The library's own callbacks are set already: each of ours stands before one.
	var moved glfw.CursorPosCallback
	moved = below.SetCursorPosCallback(func(w *glfw.Window, x, y float64) {
		if heard(Moved) {
			moved(w, x, y)
		}
	})
	var scrolled glfw.ScrollCallback
	scrolled = below.SetScrollCallback(func(w *glfw.Window, x, y float64) {
		if heard(Scrolled) {
			scrolled(w, x, y)
		}
	})
	var button glfw.MouseButtonCallback
	button = below.SetMouseButtonCallback(func(w *glfw.Window, b glfw.MouseButton, a glfw.Action, m glfw.ModifierKey) {
		if heard(kind(a)) {
			button(w, b, a, m)
		}
	})
	var key glfw.KeyCallback
	key = below.SetKeyCallback(func(w *glfw.Window, k glfw.Key, code int, a glfw.Action, m glfw.ModifierKey) {
		if heard(kind(a)) {
			key(w, k, code, a, m)
		}
	})
	var typed glfw.CharCallback
	typed = below.SetCharCallback(func(w *glfw.Window, char rune) {
		if heard(Typed) {
			typed(w, char)
		}
	})
	return true
}

func kind(a glfw.Action) Kind {
	switch a {
	case glfw.Release:
		return Released
	case glfw.Repeat:
		return Held
	}
	return Pressed
}
