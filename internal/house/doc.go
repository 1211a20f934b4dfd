// Package house holds no code of the program: its tests keep the house rules
// that a compiler does not know: which room may import which, how long a file
// and a function may be, that every text a sentence needs is in a catalogue and
// every character of a text in the embedded fonts.
package house
