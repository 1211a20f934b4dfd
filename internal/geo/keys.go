package geo

import (
	"math"
	"strings"

	"atlasp2i/internal/chart/record"
)

// Direction is that of an arrow key.
type Direction uint8

// The four arrows.
const (
	Left Direction = iota
	Right
	Up
	Down
)

// aside is how much worse a step aside is than one ahead. It is small enough
// that an arrow still finds what is not straight ahead.
const aside = 2.2

// Neighbour is the spot an arrow key goes to: the nearest in its direction, among
// sites from a site, among regions from a region. Where there is none it is the
// spot itself; from nothing, or from what is not on the map, it is the first site
// or else the first region. It is "" only where there are no spots.
func Neighbour(spots []record.Spot, from string, to Direction) string {
	start, ok := find(spots, from)
	if !ok {
		return first(spots)
	}
	here, best, least := center(start.Outline), from, math.Inf(1)
	for _, s := range spots {
		if s.ID == from || kindOf(s.ID) != kindOf(from) {
			continue
		}
		there := center(s.Outline)
		ahead, off := split(there.X-here.X, there.Y-here.Y, to)
		if way := ahead + aside*off; ahead > 0.5 && way < least {
			best, least = s.ID, way
		}
	}
	return best
}

// split gives how far a step goes in a direction and how far beside it.
func split(dx, dy float64, to Direction) (ahead, off float64) {
	switch to {
	case Left:
		return -dx, math.Abs(dy)
	case Right:
		return dx, math.Abs(dy)
	case Up:
		return -dy, math.Abs(dx)
	default:
		return dy, math.Abs(dx)
	}
}

func find(spots []record.Spot, id string) (record.Spot, bool) {
	for _, s := range spots {
		if s.ID == id {
			return s, true
		}
	}
	return record.Spot{}, false
}

func first(spots []record.Spot) string {
	for _, s := range spots {
		if kindOf(s.ID) == SiteSpot {
			return s.ID
		}
	}
	if len(spots) > 0 {
		return spots[0].ID
	}
	return ""
}

func kindOf(id string) string {
	kind, _, _ := strings.Cut(id, ":")
	return kind + ":"
}
