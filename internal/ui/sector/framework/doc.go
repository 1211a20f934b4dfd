// Package framework is the tab of the sector that holds no exports: training, who
// governs the offer and since when, and rankings. What it says knows no widget;
// the file that ends in "view" shows it.
package framework
