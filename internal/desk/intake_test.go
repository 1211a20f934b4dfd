package desk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/store"
)

const intakeHeading = "indicator;segment;period;value;unit;series;publisher;date;note\n"

func mustIntake(t testing.TB, d *desk.Desk, data string) *desk.Intake {
	t.Helper()
	in, err := d.Intake(t.Context(), "export.csv", []byte(data), nil)
	if err != nil {
		t.Fatal(err)
	}
	return in
}

func checkLines(t *testing.T, in *desk.Intake, want ...string) {
	t.Helper()
	var got []string
	for _, l := range in.Lines {
		s := fmt.Sprintf("%d %s %s %s", l.Line, l.Action, l.Class, l.Reason.Key)
		if l.Refused != nil {
			s = fmt.Sprintf("%d %s %s %q %s", l.Line, l.Action, l.Refused.Field, l.Refused.Value, l.Refused.Msg.Key)
		}
		got = append(got, s)
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

// Two groups that the pack has: exports 2025-H1, 13400 canonical; and one that it
// does not have, of which the file brings several readings.
const sectorFile = intakeHeading +
	"exports;TOTAL;2025-H1;13 400;MAD million;OC-2025;Nouvelle gazette;2026-01;\n" +
	"exports;TOTAL;2025-H1;13 000;MAD million;OC-2025;Gazette;2026-01;\n" +
	"exports;TOTAL;2025-H1;14 000;MAD million;OC-2025;Autre gazette;2026-01;\n" +
	"exports;ITO;2031;2 587;MAD million;OC-2025;Office des changes;2032;x\n" +
	"exports;ITO;2031;2 600;MAD million;OC-2025;Gazette;2032;\n" +
	"exports;ITO;2031;2 500;MAD million;OC-2025;Autre gazette;2032;\n" +
	"exports;ITO;2031;2 600;MAD million;OC-2025;Gazette;2032;\n" +
	"exports;ITO;2031;2 700;MAD million;OC-2025;Gazette;2032;\n" +
	"export;ITO;2031;1;MAD million;OC-2025;X;;\n" +
	"exports;Ito;2031;1;MAD million;OC-2025;X;;\n" +
	"exports;ITO;2031;1;MAD;OC-2025;X;;\n" +
	"exports;ITO;2031;1;MAD million;OC;X;;\n" +
	"exports;ITO;2031;1,234;MAD million;OC-2025;X;;\n"

func refusedLines() []string {
	return []string{
		`9 refused value "2700" intake.contradicts`,
		`10 refused indicator "export" intake.unknown`, `11 refused segment "Ito" intake.unknown`,
		`12 refused unit "MAD" intake.unknown`, `13 refused series "OC" intake.unknown`, `14 refused value "1,234" intake.ambiguous`,
	}
}

func TestIntake_ClassesAndRefuses(t *testing.T) {
	in := mustIntake(t, newDesk(t, assets.PackFiles(), nil), sectorFile)
	checkLines(t, in, append([]string{
		"2 new equal figures.reason.equal",
		"3 new rounded figures.reason.rounded", "4 new conflict figures.reason.conflict",
		"5 new canonical figures.reason.most_precise", "6 new rounded figures.reason.rounded", "7 new truncated figures.reason.truncated",
		"8 duplicate rounded intake.duplicate",
	}, refusedLines()...)...)
	if in.Conflicts != 1 || in.Count[desk.ActionNew] != 6 || in.Count[desk.ActionRefused] != 6 || in.Lines[1].Against != "o001" {
		t.Errorf("%+v", in)
	}
}

// What an export marks as misleading, or as beside the sector, does not come back as
// a figure where the pack does not have it.
func TestIntake_MarkedByAnExport(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	var file strings.Builder
	if err := d.ExportFigures(&file); err != nil {
		t.Fatal(err)
	}
	other := strings.NewReplacer("LeBrief", "Ailleurs", "Fes News (arabe)", "Ailleurs").Replace(file.String())
	marked := 0
	for _, l := range mustIntake(t, d, other).Lines {
		if l.Refused != nil {
			marked++
			if l.Refused.Field != "note" || l.Refused.Msg.Key != "intake.marked" {
				t.Errorf("line %d: %+v", l.Line, l.Refused)
			}
		}
	}
	if marked < 2 {
		t.Errorf("%d marked lines are refused", marked)
	}
}

// The same file again is all there already, and nothing is written; undone, the
// import is gone as a whole.
func TestImport_AgainAndUndone(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	undo, err := d.Import(t.Context(), mustIntake(t, d, sectorFile), nil)
	if err != nil {
		t.Fatal(err)
	}
	again := mustIntake(t, d, sectorFile)
	checkLines(t, again, append([]string{
		"2 duplicate equal intake.duplicate",
		"3 duplicate rounded intake.duplicate", "4 duplicate conflict intake.duplicate",
		"5 duplicate canonical intake.duplicate", "6 duplicate rounded intake.duplicate", "7 duplicate truncated intake.duplicate",
		"8 duplicate rounded intake.duplicate",
	}, refusedLines()...)...)
	if again.Conflicts != 0 {
		t.Errorf("%d conflicts are to be written", again.Conflicts)
	}
	if _, err := d.Import(t.Context(), again, nil); err != nil {
		t.Fatal(err)
	}
	if imports, err := s.Imports(); err != nil || len(imports) != 1 || imports[0].Count != 6 {
		t.Errorf("%+v %v", imports, err)
	}
	book, err := d.Figures()
	if err != nil || book.Observation(again.Lines[3].ID) == nil {
		t.Errorf("the imported figure is not among the figures: %v", err)
	}
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	if left, err := s.Observations(); err != nil || len(left) != 0 {
		t.Errorf("%d observations are left, %v", len(left), err)
	}
}

// The figures after an import are those that another desk reads from the store,
// whether or not something else was imported since the file was looked at.
func TestImport_FiguresAfter(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	second := intakeHeading + "exports;ITO;2031;2 588;MAD million;OC-2025;Office des changes;2032;\nexports;CRM;2031;1;MAD million;OC-2025;X;;\n"
	for _, early := range []bool{false, true} {
		first := mustIntake(t, d, sectorFile)
		in := mustIntake(t, d, second)
		if _, err := d.Import(t.Context(), first, nil); err != nil {
			t.Fatal(err)
		}
		if !early {
			in = mustIntake(t, d, second)
		}
		if _, err := d.Import(t.Context(), in, nil); err != nil {
			t.Fatal(err)
		}
		if got, want := exported(t, d), exported(t, newDesk(t, assets.PackFiles(), s)); got != want || !strings.Contains(got, "\nexports,ITO,2031,2588,") {
			t.Errorf("looked at before the other: %t: the figures are not those of the store", early)
		}
		for number := range 2 {
			imports, err := d.Imports()
			if err != nil {
				t.Fatal(err)
			}
			if err := d.DropImport(imports[number].Number); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The same source saying something else is a change, which can be undone.
func TestImport_Changed(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	line := "exports;ITO;2031;%s;MAD million;OC-2025;Office des changes;2032;\n"
	if _, err := d.Import(t.Context(), mustIntake(t, d, intakeHeading+fmt.Sprintf(line, "2587")), nil); err != nil {
		t.Fatal(err)
	}
	in := mustIntake(t, d, intakeHeading+fmt.Sprintf(line, "2588"))
	checkLines(t, in, "2 changed canonical intake.changed")
	if why := d.Texts().T(in.Lines[0].Reason); !strings.Contains(why, "587") || strings.ContainsAny(why, "\u27e6\u27e7") {
		t.Errorf("reason %q", why)
	}
	undo, err := d.Import(t.Context(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	value := func(want string) {
		t.Helper()
		if got, err := s.Observations(); err != nil || len(got) != 1 || got[0].Value != want {
			t.Errorf("%+v %v, want %s", got, err, want)
		}
	}
	value("2588")
	if err := undo(); err != nil {
		t.Fatal(err)
	}
	value("2587")
}

// A reading of the pack is known by its publisher and value; what else is said of
// the source must be the same.
func TestIntake_KnowsThePack(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	book, err := d.PublishedFigures()
	if err != nil {
		t.Fatal(err)
	}
	o := book.Observation("o001")
	line := fmt.Sprintf("exports;TOTAL;2025-H1;13400;MAD million;OC-2025;%s;", o.Sources[0].Publisher)
	in := mustIntake(t, d, intakeHeading+line+";\n"+line+"1999;\n"+strings.Replace(line, "13400", "13401", 1)+";\n")
	checkLines(t, in, "2 duplicate canonical intake.duplicate", "3 new equal figures.reason.equal", "4 new rounded figures.reason.finer")
	if in.Lines[0].ID != "o001" {
		t.Errorf("it repeats %s", in.Lines[0].ID)
	}
}

// Every reading of the pack, with each of its sources, written out and imported
// again, is there already: also under a store that has nothing.
func TestExport_WholePackIsThereAlready(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	book, err := d.PublishedFigures()
	if err != nil {
		t.Fatal(err)
	}
	in := mustIntake(t, d, exported(t, d))
	sources := 0
	for _, g := range book.Groups(figures.Query{}) {
		for _, r := range g.Readings {
			sources += len(r.Sources)
		}
	}
	if len(in.Lines) != sources || sources < 100 {
		t.Errorf("%d lines of %d sources", len(in.Lines), sources)
	}
	allThere(t, d, in)
}

func exported(t testing.TB, d *desk.Desk) string {
	t.Helper()
	var data strings.Builder
	if err := d.ExportFigures(&data); err != nil {
		t.Fatal(err)
	}
	return data.String()
}

// allThere tells of every line that an import would write or refuse.
func allThere(t rapid.TB, d *desk.Desk, in *desk.Intake) {
	t.Helper()
	for _, l := range in.Lines {
		if l.Refused != nil {
			t.Errorf("line %d: %s", l.Line, d.Texts().Problem(l.Refused))
		} else if l.Action != desk.ActionDuplicate {
			t.Errorf("line %d is %s", l.Line, l.Action)
		}
	}
}

// Whatever is imported, the export of everything is there already, and taking the
// import back leaves the export as it was before.
func TestExport_WhatWasImported(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	before := exported(t, d)
	line := rapid.Custom(func(rt *rapid.T) string {
		pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(rt, label) }
		return strings.Join([]string{
			pick("measure", "exports;ITO;2031;%s;MAD million", "exports;TOTAL;2025-H1;%s;MAD million", "exportsGrowth;CRM;~2018;%s;%%"),
			pick("series", "OC-2025", "none"), pick("publisher", "Gazette", "\"Le \"\"Mat\u00e9n\"\"; ici\"", "Hespress", "=1+1"),
			pick("date", "", "n.d.", "2025", "2025-03-04"), pick("note", "", "n, \u00e9", "\"a\nb\""),
		}, ";") + "\n"
	})
	number := rapid.SampledFrom([]string{"13400", "2 587", "01.234", "-12,7", "10.0", "0.000001"})
	rapid.Check(t, func(rt *rapid.T) {
		data := intakeHeading
		for range rapid.IntRange(1, 8).Draw(rt, "lines") {
			data += fmt.Sprintf(line.Draw(rt, "line"), number.Draw(rt, "value"))
		}
		in := mustIntake(t, d, data)
		if _, err := d.Import(t.Context(), in, nil); err != nil {
			rt.Fatal(err)
		}
		allThere(rt, d, mustIntake(t, d, exported(t, d)))
		imports, err := d.Imports()
		if err != nil {
			rt.Fatal(err)
		}
		if len(imports) > 0 {
			err = d.DropImport(imports[0].Number)
		}
		if err != nil {
			rt.Fatal(err)
		}
		if exported(t, d) != before {
			rt.Error("taken back, something is left")
		}
	})
}

func TestDropImport_ReadOnlyAndUnknown(t *testing.T) {
	var readOnly *store.ReadOnlyError
	d := newDesk(t, assets.PackFiles(), nil)
	if imports, err := d.Imports(); err != nil || len(imports) != 0 {
		t.Errorf("%v %v", imports, err)
	}
	if err := d.DropImport(1); !errors.As(err, &readOnly) {
		t.Errorf("got %v", err)
	}
	var missing *store.NotFoundError
	if err := newDesk(t, assets.PackFiles(), openStore(t, t.TempDir())).DropImport(1); !errors.As(err, &missing) {
		t.Errorf("got %v", err)
	}
}

// A line that names no country is of the one that the pack is about.
func TestIntake_HomeCountry(t *testing.T) {
	files := builtIn(t)
	replace(t, files, "figures/indicators.toml", `home = "MA"`, `home = "EG"`)
	d := newDesk(t, files, openStore(t, t.TempDir()))
	in := mustIntake(t, d, intakeHeading+"exports;ITO;2031;1;MAD million;OC-2025;X;;\n")
	if _, err := d.Import(t.Context(), in, nil); err != nil {
		t.Fatal(err)
	}
	if book, err := d.Figures(); err != nil || book.Observation(in.Lines[0].ID).Country != "EG" {
		t.Errorf("%v", err)
	}
}

func TestIntake_RefusesWhatIsNoTable(t *testing.T) {
	var p *domain.Problem
	if _, err := newDesk(t, assets.PackFiles(), nil).Intake(t.Context(), "x.csv", []byte("Bonjour"), nil); !errors.As(err, &p) {
		t.Errorf("got %v", err)
	}
}

func TestImport_CancelledOrReadOnly(t *testing.T) {
	s := openStore(t, t.TempDir())
	d := newDesk(t, assets.PackFiles(), s)
	in := mustIntake(t, d, sectorFile)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.Import(ctx, in, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if _, err := d.Intake(ctx, "x.csv", []byte(sectorFile), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if left, err := s.Observations(); err != nil || len(left) != 0 {
		t.Errorf("%d observations are left, %v", len(left), err)
	}
	var readOnly *store.ReadOnlyError
	if _, err := newDesk(t, assets.PackFiles(), nil).Import(t.Context(), in, nil); !errors.As(err, &readOnly) {
		t.Errorf("got %v", err)
	}
}

// manyFigures is a table of so many figures of 2,400 quantities in turn: in French
// habits, each reading from another source.
func manyFigures(count int) string {
	var data strings.Builder
	data.WriteString(intakeHeading)
	for i := range count {
		fmt.Fprintf(&data, "exports;ITO;%d-%02d;%d,%d;MAD million;OC-2025;Office des changes %d;2025-03;tableau\n", 1950+i%200, 1+i/200%12, i%9000, i%10, i/2400)
	}
	return data.String()
}

// Progress goes on through all of an intake, in few steps, and wherever it is the
// intake can be stopped.
func TestIntake_ProgressAndCancel(t *testing.T) {
	d := newDesk(t, assets.PackFiles(), nil)
	data := []byte(manyFigures(10_000))
	var told []int
	whole := 0
	in, err := d.Intake(t.Context(), "x.csv", data, func(done, of int) {
		told, whole = append(told, done), of
	})
	if err != nil || in.Count[desk.ActionNew] != 10_000 {
		t.Fatal(in, err)
	}
	if len(told) < 20 || len(told) > 300 || told[len(told)-1] != whole || !slices.IsSorted(told) {
		t.Errorf("told %v of %d", told, whole)
	}
	for _, at := range told[:len(told)-1] {
		ctx, cancel := context.WithCancel(t.Context())
		after := 0
		_, err := d.Intake(ctx, "x.csv", data, func(done, _ int) {
			if done > at {
				after++
			}
			if done == at {
				cancel()
			}
		})
		if cancel(); !errors.Is(err, context.Canceled) || after > 0 {
			t.Errorf("stopped at %d: %v, and told %d times more", at, err, after)
		}
	}
}
