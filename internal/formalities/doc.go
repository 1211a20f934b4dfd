// Package formalities holds what an investor has to do to ask for the benefits,
// who decides, at which rates amounts are shown in another currency, and the
// wordings that leave the booth. All of it is data of a pack.
//
// Where nothing is published there is an item to ask, never a guess.
package formalities
