// Command app is Atlas P2I: the window, and the same use cases without one.
package main

import (
	"io"
	"os"
	"slices"

	"atlasp2i/internal/cli"
	"atlasp2i/internal/cli/depot"
	"atlasp2i/internal/cli/exchange"
)

// What the build script sets: the version of FyneApp.toml, and the commit where
// the source is a checkout.
var (
	version = "dev"
	commit  string
)

func main() {
	if len(os.Args) > 1 {
		// Without words nothing is printed, and a window that took the console of
		// its starter would be closed with it.
		attachConsole()
	}
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run opens the window, unless the first word is a headless command: those never
// reach the window library. A file of rules is for the window.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	w, err := newWiring()
	if err != nil {
		_, _ = io.WriteString(errs, err.Error()+"\n")
		return cli.ExitFailed
	}
	if len(args) > 0 && !opensInWindow(args[0]) && (slices.Contains(cli.Commands, args[0]) || args[0] == "" || args[0][0] != '-') {
		return cli.Run(cli.Params{
			Args: args, Stdin: in, Stdout: out, Stderr: errs,
			Texts: w.texts, Speak: w.speak, Desk: w.headlessDesk, OwnDesk: w.ownDesk, StoreDesk: w.storeDesk,
			Contacts: w.contacts, Office: w.office, Kiosk: w.kiosk, Shelf: w.shelf, Trusted: w.trusted,
			Depot: depot.Params{Options: w.options, Device: w.device}, Exchange: exchange.Params{Open: w.sharing},
			Today: today, Places: w.places, Version: version, Commit: commit,
		})
	}
	return w.window(args, out, errs)
}
