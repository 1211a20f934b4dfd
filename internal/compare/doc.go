// Package compare ranks sites on criteria with fixed scales: how good each is,
// within what bounds the published data leave it, why one stands before another
// and how far the weights can move before that changes.
//
// A score is 0 to 100 points on the scale of the pack, never on the spread of
// the sites at hand: adding or removing a site leaves the others as they are. A
// value nobody published is an interval from the worst score to the best, so
// quality and rank are intervals too. Cost is not in here: it is money and is
// kept apart from quality.
//
// It is pure and exact: whole numbers and fractions, no file, no clock; chance is
// seeded, with a stream of its own for each criterion.
package compare
