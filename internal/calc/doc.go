// Package calc is the calculation of the Offre Offshoring Maroc benefits: people
// by month, payroll, the four benefits, the extremes over the unsettled readings,
// and the explanation of every figure. It follows the project's specification of
// the estimate; every rate, date and reading comes from the rule pack.
//
// It is pure: no file, no clock, no chance, no floating point but for headcount.
//
// Start with New, which turns a rule pack into an Engine; Engine.Case checks a
// project and prepares it; Case.Result gives the one result object that screen,
// paper and command line all read; Case.Explain opens any of its figures.
//
// Units inside: pay and amounts in centimes, rates and shares in millionths,
// people in millionths of a person. Products keep every digit (128 bits, see
// wide.go); each line of each year is divided and rounded once, half up.
package calc
