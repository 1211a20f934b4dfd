// Package figures holds the published figures of the sector and says how they
// stand to each other: which reading of a quantity is canonical, how every other
// reading follows from it or conflicts with it, what can be derived from what is
// published and within which bounds, and whether the arithmetic holds.
//
// Nothing is averaged, filled in or carried from one series to another. What
// nobody publishes is absent.
package figures
