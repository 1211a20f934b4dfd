//go:build !windows

package main

// lacksOpenGL is asked on Windows, where a computer may have no driver, or none
// over a remote session.
func lacksOpenGL() (found string, lacks bool) { return "", false }

// tell is needed where the program has no terminal.
func tell(title, text string) {}
