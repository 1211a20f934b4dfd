package parts

import (
	"os"
	"os/signal"
	"syscall"

	"fyne.io/fyne/v2"
)

// Closing closes the window of the program, however often it is asked to.
//
// Where two wishes to close wait for a program that is busy, the library takes back
// the first one when it hears of the second, and then ignores that one because the
// window closes already: it would stand there for ever, painted and deaf. What ends
// the program all the same is Quit.
type Closing struct {
	window fyne.Window
	quit   func()
	begun  bool
}

// NewClosing takes the window and what ends the program that it belongs to.
func NewClosing(window fyne.Window, quit func()) *Closing {
	return &Closing{window: window, quit: quit}
}

// Close is for the window's thread.
func (c *Closing) Close() {
	if c.begun {
		c.quit()
		return
	}
	c.begun = true
	c.window.Close()
}

// Begun is whether the window was told to close: nothing is asked any more then.
func (c *Closing) Begun() bool { return c.begun }

// WhenTold calls end, on a goroutine of its own, each time that the system tells the
// program to end, as it does before a laptop shuts down, until it is stopped. It takes
// the place of what the window library does then, which lets nobody keep anything, and
// so is called once that listens.
func WhenTold(end func()) (stop func()) {
	signal.Reset(os.Interrupt, syscall.SIGTERM)
	told := make(chan os.Signal, 1)
	signal.Notify(told, os.Interrupt, syscall.SIGTERM)
	go func() {
		for range told {
			end()
		}
	}()
	return func() {
		signal.Stop(told)
		close(told)
	}
}

// EndQuietly takes out the one thing that the window library itself hands to its
// thread in the moment in which that ends: a last write of its preferences. Now and
// then it comes too late there, and the program ends with "send on closed channel".
// Those preferences only remember how a dialog of files looked, and each change of
// them is written by itself.
func EndQuietly(a fyne.App) {
	if hooks, ok := a.Lifecycle().(interface{ SetOnStoppedHookExecuted(f func()) }); ok {
		hooks.SetOnStoppedHookExecuted(nil)
	}
}
