// Package dossiers is the place "Dossiers": contacts, saved simulations and issued
// papers. What is typed into a contact (card.go), what a filter asks for (filter.go)
// and how a contact reads (say.go) know no widget; the other files show them.
//
// The screen faces the visitor: the list is folded until the officer opens it, and
// no name of another visitor shows by itself.
package dossiers
