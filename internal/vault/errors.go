package vault

// Fault is an error of this package. It never holds a part of a passphrase or of
// a content, so that it can be logged.
type Fault struct{ key, english string }

// Key is the catalogue key.
func (f *Fault) Key() string { return f.key }

func (f *Fault) Error() string { return f.english }

// What can go wrong, for errors.Is.
var (
	ErrPassphrase = &Fault{"vault.wrongPassphrase", "the passphrase does not open the keys"}
	ErrDamaged    = &Fault{"vault.damaged", "the file of keys is damaged"}
	ErrNewer      = &Fault{"vault.newer", "the file of keys is of a newer version of the program"}
	ErrLocked     = &Fault{"vault.locked", "the keys are locked"}
	ErrErased     = &Fault{"vault.erased", "the contact was erased"}
	ErrNoKey      = &Fault{"vault.noKey", "the contact has no key here"}
	ErrOtherKey   = &Fault{"vault.otherKey", "the contact has another key here than the one that came"}
	ErrContent    = &Fault{"vault.content", "sealed bytes do not open with the contact's key"}
)
