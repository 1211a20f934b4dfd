package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"atlasp2i/test/trials/use"
)

// Columns of the order of writes.
const (
	colCommits    = "commits"
	colDisorder   = "out of order"        // a header was written before the pages were flushed, or the other way round
	colUnconfirms = "confirmed unflushed" // a user was told "done" before the header was flushed
)

// order watches the system calls of a user's process: that pages are flushed before
// the header is written, and the header before the user is told, is what the torn
// images rest on.
func order(t *tally, r *rand.Rand, operations int, root string) error {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skipped = "strace is not here"
		return nil
	}
	l := laptop{dir: filepath.Join(root, "watched")}
	if err := os.MkdirAll(filepath.Join(l.dir, use.Copies), 0o700); err != nil {
		return err
	}
	arg, err := json.Marshal(userOrder{Dir: l.dir, Seed: r.Uint64(), Scratch: filepath.Join(root, "scratch"), Stays: true})
	if err != nil {
		return err
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	log := filepath.Join(root, "calls")
	c := exec.Command(strace, "-f", "-y", "-s", "64", "-e", "trace=pwrite64,fdatasync,fsync,write", "-o", log, exe, "user", string(arg))
	c.Stderr = &t.stderr
	out, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<24)
	for done := 0; done < operations && lines.Scan(); {
		if strings.Contains(lines.Text(), `"says":"done"`) {
			done++
		}
	}
	_ = out.Close() // the user cannot speak any more, and ends
	_ = c.Wait()
	f, err := os.Open(log)
	if err != nil {
		return err
	}
	defer f.Close()
	return t.follow(f, filepath.Join(l.dir, use.StoreFile))
}

var (
	call    = regexp.MustCompile(`^(\d+) +(\w+)\(\d+<([^>]*)>(.*)$`)
	resumed = regexp.MustCompile(`^(\d+) +<\.\.\. (\w+) resumed>`)
	offset  = regexp.MustCompile(`, (\d+)\) *=|, (\d+) <unfinished`)
)

// watch is how far the file of the store is flushed.
type watch struct{ pages, header bool } // written and not flushed

// follow reads what strace wrote of the store at a path: a colleague's is not watched.
func (t *tally) follow(log io.Reader, path string) error {
	var w watch
	flushing := map[string]bool{} // threads in the middle of a flush
	lines := bufio.NewScanner(log)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		if m := resumed.FindStringSubmatch(lines.Text()); m != nil {
			if flushing[m[1]] {
				delete(flushing, m[1])
				t.flushed(&w)
			}
			continue
		}
		m := call.FindStringSubmatch(lines.Text())
		if m == nil {
			continue
		}
		thread, name, file, rest := m[1], m[2], m[3], m[4]
		switch {
		case name == "write" && strings.Contains(rest, `{\"says\":\"done\"`):
			if w.pages || w.header {
				t.fault(colUnconfirms, "%s", lines.Text())
			}
		case file != path:
		case name == "pwrite64":
			t.written(&w, rest)
		case strings.Contains(rest, "unfinished"):
			flushing[thread] = true
		default:
			t.flushed(&w)
		}
	}
	if t.N[colCommits] == 0 {
		t.fault(colDisorder, "no commit was seen")
	}
	return lines.Err()
}

func (t *tally) flushed(w *watch) {
	if w.header {
		t.N[colCommits]++
	}
	*w = watch{}
}

func (t *tally) written(w *watch, rest string) {
	m := offset.FindStringSubmatch(rest)
	if m == nil {
		t.fault(colDisorder, "a write without an offset: %s", rest)
		return
	}
	switch at := m[1] + m[2]; at {
	case "0", fmt.Sprint(pageSize):
		if w.pages {
			t.fault(colDisorder, "a header before the pages were flushed: %s", rest)
		}
		w.header = true
	default:
		if w.header {
			t.fault(colDisorder, "a page before the header was flushed: %s", rest)
		}
		w.pages = true
	}
}
