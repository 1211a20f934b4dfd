// Package chart draws the charts of the program. Each form is a function from
// its Params to a record.Drawing, which internal/chart/pixels paints on the
// screen and internal/chart/paper on paper. Lines, bars and donuts are laid out
// by go-chart on a recorder of ours; grouped bars, stacks, tornado and the
// cost-quality plane have no form there and are drawn here in the same style.
//
// All texts come in through the Params. A value that is not known stays a gap,
// never a zero. A chart without any value says so with the text that is given
// for that. The error is that of the caller: ErrNotANumber, ErrShape, ErrSize.
package chart
