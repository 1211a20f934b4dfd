//go:build !windows

package main

// attachConsole is needed on Windows alone.
func attachConsole() {}
