// Command trials kills the program at random instants of real use and damages its
// files in every way that a disk can, and counts what became of what was confirmed:
// docs/trials.md says what is tried and what must hold. scripts/trials runs it.
package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"
)

func main() {
	var err error
	switch {
	case len(os.Args) == 3 && os.Args[1] == "user":
		err = playUser(os.Args[2], os.Stdout)
	case len(os.Args) == 3 && os.Args[1] == "opener":
		err = playOpener(os.Args[2], os.Stdout)
	case len(os.Args) == 3 && os.Args[1] == "part":
		err = play(os.Args[2], os.Stdout)
	default:
		err = run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	many := flag.Bool("long", false, "1,000 kills instead of 30, and more damage")
	seed := flag.Uint64("seed", 0, "what everything is drawn from; 0 draws one")
	page := flag.String("write", "", "the page that the figures are written into")
	only := flag.String("only", "", "one part: crash, opening, damage, full, torn or order")
	keep := flag.String("keep", "", "a folder for the files of trials that failed")
	flag.Parse()
	if *seed == 0 {
		*seed = uint64(1 + rand.Uint32())
	}
	root := *keep
	if root == "" {
		var err error
		if root, err = os.MkdirTemp("", "trials"); err != nil {
			return err
		}
		defer os.RemoveAll(root)
	}
	fmt.Printf("seed %d\n", *seed)
	began := time.Now()
	ts := runParts(*many, *seed, *only, root)
	var b strings.Builder
	fmt.Fprintf(&b, "`%s`\n\n%s, %d minutes %d seconds, %d processors (%s), %s.\n\n", command(*many, *seed), time.Now().Format(time.DateOnly),
		int(time.Since(began).Minutes()), int(time.Since(began).Seconds())%60, runtime.NumCPU(), runtime.GOOS, runtime.Version())
	writeTables(&b, ts)
	writeOperations(&b, ts)
	fmt.Print(b.String())
	if *page != "" {
		if err := intoPage(*page, b.String()); err != nil {
			return err
		}
	}
	return verdict(ts)
}

func command(many bool, seed uint64) string {
	out := "scripts/trials"
	if many {
		out += " --long"
	}
	return fmt.Sprintf("%s --seed %d", out, seed)
}

// runParts runs two parts at a time, since most of them wait for the disk.
func runParts(many bool, seed uint64, only, root string) []*tally {
	const atOnce = 2
	turns := make(chan struct{}, atOnce)
	results := make([][]*tally, len(parts))
	var all sync.WaitGroup
	for i, p := range parts {
		if only != "" && only != p.Name {
			continue
		}
		turns <- struct{}{}
		all.Go(func() {
			p.Long, p.Seed = many, seed
			began := time.Now()
			results[i] = p.apart(root)
			fmt.Fprintf(os.Stderr, "%s: %d s\n", p.Name, int(time.Since(began).Seconds()))
			<-turns
		})
	}
	all.Wait()
	return slices.Concat(results...)
}

// verdict is an error where something is counted that must not be.
func verdict(ts []*tally) error {
	const most = 10
	faults := 0
	for _, t := range ts {
		for i, f := range t.Faults {
			if faults++; i < most {
				fmt.Println(f)
			}
		}
	}
	if faults > 0 {
		return fmt.Errorf("%d faults", faults)
	}
	return nil
}

// Marks of the place in the page that figures are written to.
const (
	pageBegin = "<!-- scripts/trials writes from here -->\n"
	pageEnd   = "<!-- scripts/trials writes to here -->"
)

func intoPage(name, text string) error {
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(b), pageBegin)
	_, after, closed := strings.Cut(rest, pageEnd)
	if !ok || !closed {
		return fmt.Errorf("%s lacks the place for the figures", name)
	}
	return os.WriteFile(name, []byte(before+pageBegin+"\n"+text+pageEnd+after), 0o644)
}
