package main

import (
	"bytes"
	"crypto/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"atlasp2i/assets"
	"atlasp2i/internal/pack"
)

func init() {
	programs["socket"] = func() {
		fd, err := syscall.Socket(syscall.AF_UNIX, syscall.SOCK_STREAM, 0)
		if err == nil {
			_ = syscall.Close(fd)
		}
	}
}

// socketCall is a call of the network family in a trace; the display is spoken to
// through one too.
var socketCall = regexp.MustCompile(`\b(socket|socketpair|connect|bind|sendto|sendmsg|recvfrom|recvmsg|getsockopt)\(`)

// windowFile is what OpenGL or a connection to a display opens.
var windowFile = regexp.MustCompile(`"[^"]*(/dev/dri|/dev/nvidia|_dri\.so|libgallium|\.Xauthority|\.X11-unix|/dev/fb)[^"]*"`)

// as gives this test binary under the name of one of its programs.
func as(t *testing.T, program string) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), program)
	if err := os.Symlink(exe, link); err != nil {
		t.Fatal(err)
	}
	return link
}

// trace runs a program with an empty home and gives the file and network calls
// of all its threads. Every network call is refused to it.
func trace(t *testing.T, display, program string, args ...string) string {
	t.Helper()
	home := t.TempDir()
	calls := traceIn(t, home, display, program, args...)
	if left, _ := os.ReadDir(home); len(left) > 0 {
		t.Errorf("%v left %s in the home folder", args, left[0].Name())
	}
	return calls
}

// traceIn does the same in a home that the program may write to.
func traceIn(t *testing.T, home, display, program string, args ...string) string {
	t.Helper()
	log := filepath.Join(t.TempDir(), "trace")
	cmd := exec.Command("strace", append([]string{
		"-f", "-qq", "-o", log, "-s", "256", "-e", "trace=%network,open,openat", "-e", "inject=%network:error=EPERM", program,
	}, args...)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "DISPLAY=" + display, "ATLAS_P2I_CONFIG=" + os.Getenv("ATLAS_P2I_CONFIG")}
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	if strings.Contains(out.String(), "ptrace") && strings.Contains(out.String(), "not permitted") {
		t.Skip("this system does not let one program trace another: " + strings.TrimSpace(out.String()))
	}
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, out.String())
	}
	calls, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(calls), "openat(") {
		t.Fatalf("the trace shows no file at all:\n%s", calls)
	}
	return string(calls)
}

// agency makes a folder with a key, that key as a trusted one, and a pack that is
// newer than the built-in one; it gives the paths in it.
func agency(t *testing.T) func(name string) string {
	t.Helper()
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	private, public, _, err := pack.NewKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(at("pack"), assets.PackFiles()); err != nil {
		t.Fatal(err)
	}
	about, err := os.ReadFile(filepath.Join(at("pack"), "pack.toml"))
	if err != nil {
		t.Fatal(err)
	}
	about = regexp.MustCompile(`(?m)^number = .*$`).ReplaceAll(about, []byte("number = 1000"))
	about = regexp.MustCompile(`(?m)^best_before = .*$`).ReplaceAll(about, []byte(`best_before = "2199-12-31"`))
	if err := os.Mkdir(at("config"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		at("agency.key"): private, filepath.Join(at("config"), "trusted.keys"): public, filepath.Join(at("pack"), "pack.toml"): about,
	} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return at
}

// wantsOffline refuses a trace with a socket or a graphics driver in it.
func wantsOffline(t *testing.T, calls, display string, args []string) {
	t.Helper()
	for _, found := range append(socketCall.FindAllString(calls, 1), windowFile.FindAllString(calls, 1)...) {
		t.Errorf("%v with DISPLAY=%q: %s", args, display, found)
	}
}

// The headless commands open no socket, neither to the network nor to a display,
// load no OpenGL driver, and succeed where sockets are refused: with a display
// named in the environment and without one.
func TestHeadlessIsOffline(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: scripts/test installs it on Debian and Ubuntu")
	}
	if !socketCall.MatchString(trace(t, "", as(t, "socket"))) {
		t.Fatal("the trace does not show a socket that is opened")
	}
	app := as(t, "app")
	at := agency(t)
	t.Setenv("ATLAS_P2I_CONFIG", at("config"))
	sample := filepath.Join("..", "..", "assets", "samples", "eso-fes.json")
	for _, display := range []string{"", ":0"} {
		for _, args := range [][]string{
			{"estimate", sample},
			{"estimate", sample, "--json"},
			{"explain", sample, "AIR"},
			{"explain", sample, "benefits", "--json"},
			{"sites", "fes-shore", "--json"},
			{"sites"},
			{"compare", sample},
			{"compare", sample, "--json", "--draws", "100"},
			{"figures", "--indicator", "exports", "--json"},
			{"figures", "--check"},
			{"dossier", "list"},
			{"issue", sample, "--draft", "--pdf", filepath.Join(t.TempDir(), "projet.pdf")},
			{"pack", "keygen", "-o", filepath.Join(t.TempDir(), "new.key")},
			{"pack", "build", at("pack"), "--key", at("agency.key"), "-o", at("next.atlaspack")},
			{"pack", "check", at("next.atlaspack")},
			{"pack", "diff", at("pack"), filepath.Join("..", "..", "assets", "pack"), "--json"},
			{"pack", "import", at("next.atlaspack"), "--dry-run"},
			{"pack", "import", at("next.atlaspack"), "--store", filepath.Join(t.TempDir(), "own.db")},
			{"paths"},
			{"version", "--json"},
			{"help"},
		} {
			wantsOffline(t, trace(t, display, app, args...), display, args)
		}
	}
}

// Neither do those that read and change contacts and papers, with the passphrase.
func TestContactsAndPapersAreOffline(t *testing.T) {
	if _, err := exec.LookPath("strace"); err != nil {
		t.Skip("strace is not installed: scripts/test installs it on Debian and Ubuntu")
	}
	const passphrase = "quatre mots simples ici"
	dir := t.TempDir()
	file, pass := filepath.Join(dir, "essai.db"), filepath.Join(dir, "phrase.txt")
	if err := os.WriteFile(pass, []byte(passphrase), 0o600); err != nil {
		t.Fatal(err)
	}
	id, err := putContact(file, passphrase, "Zelmira Quastenberg")
	if err != nil {
		t.Fatal(err)
	}
	app, home := as(t, "app"), t.TempDir()
	sample := filepath.Join("..", "..", "assets", "samples", "eso-fes.json")
	shared := filepath.Join(dir, "partage.atlasbundle")
	for _, args := range [][]string{
		{"store", "export", shared, "--passphrase-file", pass, "--contacts-passphrase-file", pass},
		{"store", "merge", shared, "--passphrase-file", pass, "--contacts-passphrase-file", pass},
		{"dossier", "show", id, "--passphrase-file", pass},
		{"dossier", "export", "--csv", "--passphrase-file", pass},
		{"dossier", "erase", id, "--passphrase-file", pass},
		{"issue", sample, "--officer", "K. Bennani", "--agency", "AMDI", "--checked-by", "S. Alami", "--pdf", filepath.Join(dir, "papier.pdf")},
	} {
		args = append(args, "--store", file)
		wantsOffline(t, traceIn(t, home, ":0", app, args...), ":0", args)
	}
}
