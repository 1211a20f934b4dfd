// Package pack carries a rule pack from one machine to another: its archive, the
// signature on it, which keys are trusted, and what differs between two packs. It
// works on bytes and files that are given to it and writes nothing.
package pack
