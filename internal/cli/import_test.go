package cli_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"atlasp2i/internal/cli"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/store"
)

const table = "indicator;segment;period;value;unit;series;publisher\r\n" +
	"exports;ITO;2031;2 587;MAD million;OC-2025;Office des changes\r\n" +
	"exports;ITO;2031;2 600;MAD million;OC-2025;Gazette\r\n" +
	"exports;ITO;2031;1,234;MAD million;OC-2025;Gazette\r\n"

type line struct{ Line, Action, Class, Against, Reason, ID string }

func importLines(t *testing.T, d *desk.Desk, args ...string) (out []map[string]any) {
	t.Helper()
	var text, errs bytes.Buffer
	p := params(d, []byte(table), append([]string{"figures", "import", "-", "--json"}, args...))
	p.Stdout, p.Stderr = &text, &errs
	if status := cli.Run(p); status != cli.ExitOK || errs.Len() > 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	if err := json.Unmarshal(text.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestFiguresImport(t *testing.T) {
	d := ownDesk(t)
	check := func(lines []map[string]any, action string) {
		t.Helper()
		if len(lines) != 3 {
			t.Fatalf("%+v", lines)
		}
		for i, want := range []line{{Action: action, Class: "canonical"}, {Action: action, Class: "rounded"}, {Action: "refused"}} {
			l := lines[i]
			if l["line"] != float64(i+2) || l["action"] != want.Action || l["class"] != want.Class || l["reason"] == "" {
				t.Errorf("%+v, want %+v", l, want)
			}
			for _, key := range []string{"line", "action", "class", "against", "reason", "id"} {
				if _, ok := l[key]; !ok || len(l) != 6 {
					t.Errorf("the keys are not those of the contract: %+v", l)
				}
			}
		}
		if lines[1]["against"] != lines[0]["id"] || lines[0]["against"] != "" {
			t.Errorf("against %+v", lines)
		}
		if why := lines[2]["reason"].(string); !strings.Contains(why, "value") || !strings.Contains(why, "1,234") {
			t.Errorf("reason %q", why)
		}
	}
	check(importLines(t, d, "--dry-run"), "new")
	check(importLines(t, d, "--dry-run"), "new") // the first wrote nothing
	check(importLines(t, d), "new")
	check(importLines(t, d), "duplicate")
}

func TestFiguresImport_Text(t *testing.T) {
	var out, errs bytes.Buffer
	p := params(ownDesk(t), []byte(table), []string{"figures", "import", "-"})
	p.Stdout, p.Stderr = &out, &errs
	if status := cli.Run(p); status != cli.ExitOK || strings.ContainsAny(out.String(), "\u27e6\u27e7") {
		t.Errorf("status %d: %s%s", status, out.String(), errs.String())
	}
	if !strings.Contains(out.String(), "ligne 4") || !strings.Contains(out.String(), "2 chiffres import") {
		t.Errorf("%s", out.String())
	}
}

// A file that is no table is refused in one line, also while the store is held.
func TestFiguresImport_Refused(t *testing.T) {
	held := func(string, string, cli.Access) (*desk.Desk, func() error, error) {
		return nil, nil, &store.LockedError{Path: "atlas.db"}
	}
	for _, c := range []struct {
		in, args string
		status   int
	}{
		{"Bonjour", "figures import -", cli.ExitRefused},
		{"Bonjour", "figures import - --dry-run", cli.ExitRefused},
		{table, "figures import", cli.ExitRefused},
		{table, "figures import - more", cli.ExitRefused},
		{table, "figures import - --check", cli.ExitRefused},
		{table, "figures --dry-run", cli.ExitRefused},
		{table, "figures import nowhere.csv", cli.ExitRefused},
		{table, "figures import -", cli.ExitFailed},
	} {
		var out, errs bytes.Buffer
		p := params(ownDesk(t), []byte(c.in), strings.Fields(c.args))
		p.Stdout, p.Stderr, p.StoreDesk = &out, &errs, held
		if status := cli.Run(p); status != c.status || out.Len() > 0 || strings.Count(errs.String(), "\n") != 1 || strings.ContainsAny(errs.String(), "\u27e6\u27e7") {
			t.Errorf("%s: status %d, %s%s", c.args, status, out.String(), errs.String())
		}
		if strings.Contains(errs.String(), "--published") {
			t.Errorf("%s: it names a flag that the command does not have: %s", c.args, errs.String())
		}
	}
}

// What is exported is what was published and imported; imported again, it is all
// there already. Without the user's it is the same under any store.
func TestFiguresExport(t *testing.T) {
	d := ownDesk(t)
	importLines(t, d)
	all := string(runOver(t, d, nil, "figures", "export"))
	published := run(t, nil, "figures", "export")
	if !bytes.Equal(runOver(t, d, nil, "figures", "export", "--published"), published) {
		t.Error("published alone is not what is published")
	}
	if strings.Count(all, "\n") != bytes.Count(published, []byte("\n"))+2 || !strings.Contains(all, "\nexports,ITO,2031,2600,") {
		t.Errorf("%s", all)
	}
	var out, errs bytes.Buffer
	p := params(d, []byte(all), []string{"figures", "import", "-", "--json"})
	p.Stdout, p.Stderr = &out, &errs
	if status := cli.Run(p); status != cli.ExitOK || strings.Count(out.String(), `"duplicate"`) != strings.Count(out.String(), `"line"`) {
		t.Errorf("status %d: %s%s", status, out.String(), errs.String())
	}
}

// What cannot be kept is not said to be.
func TestFiguresImport_StoreThatFailsToClose(t *testing.T) {
	d := ownDesk(t)
	var out, errs bytes.Buffer
	p := params(d, []byte(table), []string{"figures", "import", "-"})
	p.Stdout, p.Stderr = &out, &errs
	p.StoreDesk = func(string, string, cli.Access) (*desk.Desk, func() error, error) {
		return d, func() error { return errors.New("no") }, nil
	}
	if status := cli.Run(p); status != cli.ExitFailed {
		t.Errorf("status %d", status)
	}
}
