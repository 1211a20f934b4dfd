// Package whatif asks a prepared estimate what else could be: when rights are
// acquired and may be paid, what three scenarios give, which assumption moves
// the total most, what it would take to reach a goal, and when a set-up cost is
// paid back.
//
// It computes no benefit of its own: each figure comes from calc under a changed
// project. It holds no assumption either. What a scenario moves, how far an input
// may lie, after how many months a benefit is paid, what a seat saves: the caller
// gives it (a pack or the user), and what is not given stays unknown.
//
// Amounts are whole centimes, people whole heads, delays whole months. The
// package is pure: no file, no clock, no chance. What runs many estimates takes
// a context and stops when it is done.
package whatif
