package main

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

const (
	macroFile = "test/versus/sheet/recalculate.bas"
	// What LibreOffice needs to know: formulas of a foreign file are computed again
	// when it is opened, whatever values it holds.
	officeSettings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>`
	macroLibrary = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
<library:element library:name="Versus"/></library:library>`
	macroModule = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Versus" script:language="StarBasic">%s</script:module>`
	officePatience = 3 * time.Minute
)

// office is LibreOffice without a window, in a profile of our own.
type office struct{ program, folder string }

func newOffice(folder string) (*office, error) {
	program, err := exec.LookPath("soffice")
	if err != nil {
		return nil, missing("LibreOffice is not installed")
	}
	// soffice is a script that starts another program: where that is to be had, it is
	// the one to be ended when it hangs.
	if real, err := filepath.EvalSymlinks(program); err == nil {
		if bin, err := exec.LookPath(filepath.Join(filepath.Dir(real), "soffice.bin")); err == nil {
			program = bin
		}
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	o := &office{program: program, folder: folder}
	return o, o.keep("registrymodifications.xcu", officeSettings)
}

// keep writes a file of the profile.
func (o *office) keep(name, text string) error {
	name = filepath.Join(o.folder, "profile", "user", name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(text), 0o600)
}

// keepMacro puts ours into the profile, which a first start has made: that start would
// take it out again.
func (o *office) keepMacro() error {
	macro, err := os.ReadFile(macroFile)
	if err != nil {
		return err
	}
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, macro); err != nil {
		return err
	}
	return errors.Join(
		o.keep("basic/Standard/script.xlb", macroLibrary),
		o.keep("basic/Standard/Versus.xba", fmt.Sprintf(macroModule, escaped.String())),
	)
}

// run starts LibreOffice and waits for its end. The first start in a new profile ends
// with a status that asks for another one.
func (o *office) run(args ...string) error {
	const again = 81
	err := o.once(args)
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == again {
		err = o.once(args)
	}
	return err
}

func (o *office) once(args []string) error {
	ctx, stop := context.WithTimeout(context.Background(), officePatience)
	defer stop()
	cmd := exec.CommandContext(ctx, o.program, append([]string{
		"--headless", "--norestore", "--nolockcheck", "-env:UserInstallation=file://" + filepath.Join(o.folder, "profile"),
	}, args...)...)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("soffice: %w: %s", err, out)
	}
	return nil
}

// convert opens a workbook, computes it and saves it under the name it returns: one
// process from start to end.
func (o *office) convert(book string) (string, error) {
	to := filepath.Join(o.folder, "converted")
	result := filepath.Join(to, filepath.Base(book))
	if err := os.RemoveAll(result); err != nil {
		return "", err
	}
	return result, o.run("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", to, book)
}

// recalculate gives the seconds that each of several computations of a whole open
// workbook of n cases took, and the workbook saved after the last.
func (o *office) recalculate(book string, n, times int) (each []float64, result string, err error) {
	result, ticks := filepath.Join(o.folder, "recalculated.xlsx"), filepath.Join(o.folder, "ticks")
	failed := ticks + ".error"
	for _, old := range []string{result, ticks, failed} {
		if err := os.RemoveAll(old); err != nil {
			return nil, "", err
		}
	}
	if err := o.keepMacro(); err != nil {
		return nil, "", err
	}
	if err := o.run(fmt.Sprintf(`macro:///Standard.Versus.Recalculate("file://%s","file://%s","%s","%d","%d")`, book, result, ticks, n, times)); err != nil {
		return nil, "", err
	}
	if said, err := os.ReadFile(failed); err == nil {
		return nil, "", fmt.Errorf("%s: %s", macroFile, said)
	}
	data, err := os.ReadFile(ticks)
	if err != nil {
		return nil, "", fmt.Errorf("LibreOffice did not run the macro: %w", err)
	}
	for _, word := range strings.Fields(string(data)) {
		ms, err := strconv.ParseFloat(word, 64)
		if err != nil {
			return nil, "", err
		}
		each = append(each, ms/1e3)
	}
	if len(each) != times {
		return nil, "", fmt.Errorf("LibreOffice computed %d times, want %d", len(each), times)
	}
	return each, result, nil
}

// spreadsheet measures the engine beside a workbook of real formulas in LibreOffice:
// one process from start to end, and many cases in a document that is open.
func spreadsheet(b *bench) ([]Figure, error) {
	folder := filepath.Join(b.work, "office")
	o, err := newOffice(folder)
	if err != nil {
		return nil, err
	}
	many, single := filepath.Join(o.folder, "many.xlsx"), filepath.Join(o.folder, "single.xlsx")
	cases := b.drawn(checked)
	if err := b.workbook(many, cases); err != nil {
		return nil, err
	}
	if err := b.workbook(single, cases[:1]); err != nil {
		return nil, err
	}
	cold, err := b.coldSheet(o, single)
	if err != nil {
		return nil, err
	}
	open, err := b.openSheet(o, many, cases)
	return []Figure{open, cold}, err
}

// coldSheet: a process that estimates the worked case, from start to end.
func (b *bench) coldSheet(o *office, book string) (Figure, error) {
	f := Figure{ID: "spreadsheet/cold", What: "the worked case by a program that is started for it", Theirs: "`soffice --convert-to`"}
	// The first start makes the profile: it is not counted.
	result, err := o.convert(book)
	if err != nil {
		return f, err
	}
	got, err := b.results(result, 1)
	if err != nil {
		return f, err
	}
	if err := b.agree("LibreOffice", b.drawn(1), got); err != nil {
		return f, err
	}
	for range b.rounds {
		mine, err := seconds(5, func() error {
			return exec.Command(b.app, "estimate", "assets/"+sample, "--json", "--published").Run()
		})
		if err != nil {
			return f, err
		}
		theirs, err := seconds(1, func() error { _, err := o.convert(book); return err })
		if err != nil {
			return f, err
		}
		f.add(mine, theirs)
	}
	return f, nil
}

// openSheet: a document of many cases, every number of people changed, all computed
// again.
func (b *bench) openSheet(o *office, book string, cases []Case) (Figure, error) {
	const warm = 2
	f := Figure{ID: "spreadsheet/open", What: "one estimate of many, recalculated in an open document", Theirs: "LibreOffice"}
	each, result, err := o.recalculate(book, len(cases), warm+b.rounds)
	if err != nil {
		return f, err
	}
	got, err := b.results(result, len(cases))
	if err != nil {
		return f, err
	}
	for i := range cases {
		cases[i].Count += len(each)
	}
	if err := b.agree("LibreOffice", cases, got); err != nil {
		return f, err
	}
	for _, all := range each[warm:] {
		mine, err := b.estimates()
		if err != nil {
			return f, err
		}
		f.add(mine, all/float64(len(cases)))
	}
	return f, nil
}
