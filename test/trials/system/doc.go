// Package system is what the trials ask of the system alone: a small disk that nobody
// else sees, and the rights of somebody who has none.
package system
