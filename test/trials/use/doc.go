// Package use plays a user of the program: it opens store, desk, contacts and
// office over a folder as the window does, does random things with them that it
// announces exactly, reads back everything they show as facts, and judges whether
// what changed is what an operation may have left when it was cut off.
package use
