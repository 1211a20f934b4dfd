// Package record keeps a drawing as a list of marks, so that one drawing serves
// the screen, a picture file and paper: each has its own painter of the list.
// Lengths are pixels of the design; y grows downwards.
package record

import "image/color"

// What every painter does alike.
const (
	HatchGap  = 6    // between slanted lines, pixels of the design
	HaloWidth = 0.22 // of a halo on each side of a letter, in the size of the text
)

// Point is a place on the drawing.
type Point struct{ X, Y float64 }

// Drawing is what was drawn, and what of it can be pointed at.
type Drawing struct {
	Width, Height float64
	Title         string // what the picture shows, for a reader who cannot see it
	Marks         []Mark // in painting order
	Spots         []Spot // the topmost last
}

// Mark is one thing to paint: a Path or a Text.
type Mark interface{ mark() }

// Path is an outline that is filled, hatched, stroked or several of these. A
// colour with no alpha paints nothing.
type Path struct {
	Segs   []Seg
	Fill   color.NRGBA
	Hatch  color.NRGBA // thin slanted lines over the fill: nothing is published here
	Stroke color.NRGBA
	Width  float64   // of the stroke
	Dash   []float64 // lengths drawn and left out in turn; nil is solid
}

// Op says what a Seg does.
type Op uint8

// Move starts an outline at P[0]; Line goes to P[0]; Cubic goes to P[2] with the
// control points P[0] and P[1]; Close goes back to where the outline started.
const (
	Move Op = iota
	Line
	Cubic
	Close
)

// Seg is one step of an outline.
type Seg struct {
	Op Op
	P  [3]Point
}

// Anchor says which end of a text stands at its point.
type Anchor uint8

// Start is the left end of a text that runs to the right.
const (
	Start Anchor = iota
	Middle
	End
)

// Text is one line. At is on its base line.
type Text struct {
	At     Point
	Text   string
	Size   float64 // height of the font, pixels
	Bold   bool
	Color  color.NRGBA
	Anchor Anchor
	Angle  float64     // radians, clockwise, around At
	Halo   color.NRGBA // an edge painted behind the letters, where the ground is not even; none without alpha
}

func (*Path) mark() {}
func (*Text) mark() {}

// Spot is a place that answers to the pointer and to the keyboard: the pictured
// thing's id, what is said of it, and its outline (closed, even-odd).
type Spot struct {
	ID      string
	Label   string
	Outline []Point
}
