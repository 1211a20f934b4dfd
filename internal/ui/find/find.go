// Package find is the one search over everything: contacts, simulations, issued
// papers, platforms and the places of the app. What is found (find.go) knows no
// widget.
package find

import (
	"slices"
	"strings"

	"atlasp2i/internal/dossier"
)

// Kind is what a hit is.
type Kind string

// Kinds, in the order in which they are shown; their names are find.kind.KIND.
const (
	Contact    Kind = "contact"
	Simulation Kind = "simulation"
	Paper      Kind = "paper"
	Site       Kind = "site"
	Place      Kind = "place"
)

var kinds = []Kind{Contact, Simulation, Paper, Site, Place}

// Item is something that can be found and opened.
type Item struct {
	Kind Kind
	ID   string
	Name string
	Note string // what else is known of it, searched too; may be empty

	words []string // as they are compared
}

// with fills in the words of an item.
func (i Item) with() Item {
	i.words = dossier.Fold(i.Name + " " + i.Note)
	return i
}

// shownEach bounds the hits of one kind: who does not see theirs types on.
const shownEach = 5

// group is the hits of one kind.
type group struct {
	kind Kind
	hits []Item
	more int // that are not shown
}

// search gives what matches every word that was typed: each must begin a word of the
// item. Contacts come as they were found elsewhere. An empty text finds the places.
func search(typed string, items []Item, contacts []*dossier.Dossier) []group {
	wanted := dossier.Fold(typed)
	by := map[Kind][]Item{}
	for _, d := range contacts[:min(len(contacts), shownEach)] {
		by[Contact] = append(by[Contact], contact(d))
	}
	for i := range items {
		if matches(&items[i], wanted) && (len(wanted) > 0 || items[i].Kind == Place) {
			by[items[i].Kind] = append(by[items[i].Kind], items[i])
		}
	}
	var out []group
	for _, k := range kinds {
		if n := len(by[k]); n > 0 {
			if k == Contact {
				n = len(contacts)
			}
			out = append(out, group{k, by[k][:min(n, shownEach)], max(n-shownEach, 0)})
		}
	}
	return out
}

func matches(i *Item, wanted []string) bool {
	for _, w := range wanted {
		if !slices.ContainsFunc(i.words, func(s string) bool { return strings.HasPrefix(s, w) }) {
			return false
		}
	}
	return true
}

// contact is a dossier as it is listed.
func contact(d *dossier.Dossier) Item {
	name, note := d.Contact.Name, d.Contact.Company
	if name == "" {
		name, note = d.Contact.Company, d.Contact.Role
	}
	if name == "" {
		name = d.Contact.Email + d.Contact.Phone
	}
	return Item{Kind: Contact, ID: d.ID, Name: name, Note: note}
}
