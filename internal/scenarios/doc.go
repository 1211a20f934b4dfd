// Package scenarios reads from a rule pack how far a simulation is moved to ask
// what else could be: in a low and in a high scenario, and one lever at a time.
// The values are assumptions; this room knows the levers, not how far they go.
package scenarios
