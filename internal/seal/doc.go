// Package seal makes an issued paper provable: its number, the facts it states
// in one canonical form, the signature of the device that issued it, and the
// check code that is printed on it.
//
// A check code proves only what it carries. It says that a device issued these
// totals under this number; whether the device is one of ours is for whoever
// keeps the list of known devices.
package seal
