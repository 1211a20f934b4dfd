// Package parts is what several places of the window are built with and that
// belongs to none: the window's thread until it closes, two columns that scroll on
// their own, the veil over what is not current, work off the window's thread, dialogs
// for files that no folder holds up.
package parts
