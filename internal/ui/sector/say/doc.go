// Package say writes the published figures of the sector as a reader writes them,
// and tells what is published from what is computed and from what nobody says. It
// knows no widget.
package say
