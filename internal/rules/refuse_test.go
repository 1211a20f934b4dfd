package rules_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pelletier/go-toml/v2"

	"atlasp2i/internal/rules"
)

// badPack is one change to the shipped pack that must be refused.
type badPack struct {
	name, file, old, with string // no old: the whole file is replaced
	code                  string // of the refusal
	line                  string // text whose line is named; empty where the file as a whole is
	in                    string // file that is named, where it is not the changed one
	accepted              string // part of what is said to be accepted
}

var badPacks = []badPack{
	{name: "unknown key", file: "rules/air.toml", old: `unit = "share"`, with: "unti = \"share\"", code: "unknown_key", line: "unti", accepted: "id, unit, basis, value"},
	{name: "unknown key at top", file: "rules/air.toml", old: "[[param]]", with: "[[params]]\n[[param]]", code: "unknown_key", line: "[[params]]", accepted: "param"},
	{name: "unknown key of a bracket", file: "rules/ir.toml", old: `deduct = "3000.00"`, with: `minus = "3000.00"`, code: "unknown_key", line: "minus", accepted: "upto, rate, deduct"},
	{name: "duplicate key", file: "rules/air.toml", old: `unit = "share"`, with: "unit = \"share\"\nunit  = \"share\"", code: "duplicate_key", line: "unit  =", accepted: "1 × unit"},
	{name: "duplicate key in line", file: "rules/ir.toml", old: `rate = "0.38", deduct`, with: `rate = "0.38", rate = "0.38", deduct`, code: "duplicate_key", line: `"0.38"`},
	{name: "duplicate table", file: "pack.toml", old: `id = `, with: "[x]\n[ x ]\nid = ", code: "duplicate_key", line: "[ x ]"},
	{name: "table over array", file: "rules/air.toml", old: "[[param.value]]", with: "[param]", code: "duplicate_key", line: "[param]\nfrom"},
	{name: "array over value", file: "rules/air.toml", old: "[[param.value]]", with: "[[param.unit]]", code: "duplicate_key", line: "[[param.unit]]"},
	{name: "path through a value", file: "rules/air.toml", old: "[[param.value]]", with: "[[param.unit.x]]", code: "duplicate_key", line: "[[param.unit.x]]"},
	{name: "dotted key", file: "texts/fr.toml", old: `"basis.rbi"`, with: "basis.rbi", code: "dotted_key", line: "basis.rbi =", accepted: `"a.b"`},
	{name: "missing key", file: "rules/air.toml", old: "basis = \"basis.rbi\"\n", with: "", code: "missing_key", line: "[[param]]", accepted: "basis"},
	{name: "missing verified_on", file: "rules/air.toml", old: "verified_on = \"2026-11-22\"\n", with: "", code: "missing_key", line: "[[param.value]]", accepted: "verified_on"},
	{name: "missing sources", file: "rules/smig.toml", old: "sources = [\"S49\"]\n", with: "", code: "missing_key", line: "[[param.value]]", accepted: "sources"},
	{name: "no source", file: "rules/smig.toml", old: `sources = ["S49"]`, with: "sources = []", code: "no_source", line: "sources = []", accepted: "sources"},
	{name: "unknown source", file: "rules/smig.toml", old: `sources = ["S49"]`, with: `sources = ["S999"]`, code: "unknown_source", line: "S999", accepted: "S49"},
	{name: "source twice", file: "rules/smig.toml", old: `sources = ["S49"]`, with: `sources = ["S49", "S49"]`, code: "twice", line: `"S49", "S49"`},
	{name: "empty text", file: "rules/smig.toml", old: `text = "Décret n° 2.23.799"`, with: `text = "  "`, code: "empty", line: `text = "  "`},
	{name: "number without quotes", file: "rules/air.toml", old: `value = "0.20"`, with: "value = 0.20", code: "number_not_string", line: "value = 0.20", accepted: `value = "0.20"`},
	{name: "whole number without quotes", file: "rules/premiums.toml", old: `value = "18"`, with: "value = 18", code: "number_not_string", line: "value = 18", accepted: `value = "18"`},
	{name: "wrong type", file: "rules/air.toml", old: `unit = "share"`, with: `unit = ["share"]`, code: "type", line: `unit = [`, accepted: `unit = "…"`},
	{name: "string for a list", file: "rules/smig.toml", old: `sources = ["S49"]`, with: `sources = "S49"`, code: "type", line: `sources = "S49"`},
	{name: "value for entries", file: "exclusions.toml", with: `exclusion = "x"`, code: "type", line: "exclusion", accepted: "[[exclusion]]"},
	{name: "empty list for entries", file: "exclusions.toml", with: "\nexclusion = []", code: "type", line: "exclusion", accepted: "[[exclusion]]"},
	{name: "words for entries", file: "exclusions.toml", with: "\nexclusion = [\n'x']", code: "type", line: "'x'", accepted: "{ id, benefit, sources }"},
	{name: "no entry", file: "exclusions.toml", with: "# none\n", code: "missing_key", line: "#", accepted: "[[exclusion]]"},
	{name: "pack number as text", file: "pack.toml", old: "number = 3", with: `number = "1"`, code: "type", line: "number ="},
	{name: "pack number zero", file: "pack.toml", old: "number = 3", with: "number = 0", code: "type", line: "number ="},
	{name: "partial not a flag", file: "sources.toml", old: "partial = true", with: `partial = "yes"`, code: "type", line: `partial = "yes"`, accepted: "true, false"},
	{name: "wrong unit", file: "rules/air.toml", old: `unit = "share"`, with: `unit = "MAD"`, code: "wrong_unit", line: `unit = "MAD"`, accepted: "share"},
	{name: "unit nobody knows", file: "rules/air.toml", old: `unit = "share"`, with: `unit = "percent"`, code: "wrong_unit", line: "percent", accepted: "share"},
	{name: "date that does not exist", file: "rules/air.toml", old: `verified_on = "2026-11-22"`, with: `verified_on = "2026-02-30"`, code: "bad_date", line: "2026-02-30", accepted: "YYYY-MM-DD"},
	{name: "date in another form", file: "pack.toml", old: `made_on = "2026-11-22"`, with: `made_on = "22/11/2026"`, code: "bad_date", line: "made_on"},
	{name: "bare date", file: "pack.toml", old: `made_on = "2026-11-22"`, with: `made_on = 2026-11-22`, code: "number_not_string", line: "made_on"},
	{name: "from inside a month", file: "rules/air.toml", old: `from = "2025-07-01"`, with: `from = "2025-07-02"`, code: "from_first_day", line: "2025-07-02", accepted: "2025-07-01"},
	{name: "to inside a month", file: "rules/air.toml", old: `to = "2030-12-31"`, with: `to = "2028-02-28"`, code: "to_last_day", line: "2028-02-28", accepted: "2028-02-29"},
	{name: "to before from", file: "rules/air.toml", old: `to = "2030-12-31"`, with: `to = "2025-06-30"`, code: "to_before_from", line: "2025-06-30"},
	{name: "overlap by one month", file: "rules/smig.toml", old: `to = "2025-12-31"`, with: `to = "2026-01-31"`, code: "overlap", line: "\n[[param.value]]\nfrom = \"2026-01-01\"", accepted: "rules/smig.toml"},
	{name: "overlap of an open value", file: "rules/smig.toml", old: "to = \"2025-12-31\"\n", with: "", code: "overlap", line: "\n[[param.value]]\nfrom = \"2026-01-01\""},
	{name: "never in force", file: "rules/ais.toml", old: `status = "in force"`, with: `status = "announced"`, code: "never_in_force", line: "[[param]]", accepted: "in force"},
	{name: "unknown status", file: "rules/air.toml", old: `status = "in force"`, with: `status = "en vigueur"`, code: "unknown_value", line: "en vigueur", accepted: "in force, announced, repealed"},
	{name: "unknown confidence", file: "rules/air.toml", old: `confidence = "press"`, with: `confidence = "sure"`, code: "unknown_value", line: "sure", accepted: "official text"},
	{name: "too many decimals of a share", file: "rules/air.toml", old: `"0.20"`, with: `"0.2000001"`, code: "decimals", line: "0.2000001", accepted: "0.000000"},
	{name: "too many decimals of an amount", file: "rules/smig.toml", old: `"3111.39"`, with: `"3111.390"`, code: "decimals", line: "3111.390", accepted: "0.00"},
	{name: "share above one", file: "rules/air.toml", old: `"0.20"`, with: `"20"`, code: "share_range", line: `"20"`},
	{name: "negative share", file: "rules/air.toml", old: `"0.20"`, with: `"-0.20"`, code: "bad_number", line: "-0.20"},
	{name: "decimal comma", file: "rules/smig.toml", old: `"3111.39"`, with: `"3111,39"`, code: "bad_number", line: "3111,39"},
	{name: "exponent", file: "rules/smig.toml", old: `"3111.39"`, with: `"3e3"`, code: "bad_number", line: "3e3"},
	{name: "fraction of a month", file: "rules/premiums.toml", old: `value = "18"`, with: `value = "18.5"`, code: "bad_number", line: "18.5", accepted: "months"},
	{name: "month that does not exist", file: "rules/regime.toml", old: `"2030-12"`, with: `"2030-13"`, code: "bad_month", line: "2030-13", accepted: "YYYY-MM"},
	{name: "regime ends before it starts", file: "rules/regime.toml", old: `"2030-12"`, with: `"2025-06"`, code: "regime_order", line: "[[param]]\nid = \"regime.last\"", accepted: "2025-07"},
	{name: "brackets out of order", file: "rules/ir.toml", old: `upto = "50000.00"`, with: `upto = "30000.00"`, code: "bracket_order", line: "deduct = \"3000.00\"", accepted: "30000.00"},
	{name: "brackets with a jump", file: "rules/ir.toml", old: `deduct = "8000.00"`, with: `deduct = "8000.01"`, code: "bracket_jump", line: "8000.01"},
	{name: "first bracket deducts", file: "rules/ir.toml", old: `rate = "0", deduct = "0.00"`, with: `rate = "0", deduct = "1.00"`, code: "bracket_jump", line: `"1.00"`},
	{name: "last bracket closed", file: "rules/ir.toml", old: `{ rate = "0.38"`, with: `{ upto = "900000.00", rate = "0.38"`, code: "bracket_open", line: "900000.00"},
	{name: "open bracket in the middle", file: "rules/ir.toml", old: `upto = "50000.00", `, with: "", code: "missing_key", line: `deduct = "3000.00"`, accepted: "upto"},
	{name: "value where a scale belongs", file: "rules/ir.toml", old: "brackets = [", with: "value = \"1\"\nbrackets = [", code: "unknown_key", line: `value = "1"`, accepted: "brackets"},
	{name: "unknown parameter", file: "rules/air.toml", old: `id = "air.cap.main"`, with: `id = "air.cap.third"`, code: "unknown_param", line: "air.cap.third", accepted: "air.cap.main"},
	{name: "parameter twice", file: "rules/air.toml", old: `id = "air.cap.secondary"`, with: `id = "air.cap.main"`, code: "duplicate_id", line: "\nid = \"air.cap.main\"\nunit = \"share\"\nbasis = \"basis.rbi\"\n\n[[param.value]]\nfrom = \"2025-07-01\"\nto = \"2030-12-31\"\nvalue = \"0.10\"", accepted: "rules/air.toml"},
	{name: "unknown reading", file: "readings.toml", old: `id = "pae.frequency"`, with: `id = "pae.rhythm"`, code: "unknown_value", line: "pae.rhythm", accepted: "pae.frequency"},
	{name: "missing reading", file: "readings.toml", old: `id = "air.export"`, with: `id = "air.outside"`, code: "duplicate_id", line: "id = \"air.outside\"\nvalues = [\"prorata\"", accepted: "readings.toml"},
	{name: "reading with a strange value", file: "readings.toml", old: `"once", "annual"`, with: `"once", "monthly"`, code: "reading_values", line: "monthly", accepted: "once, annual"},
	{name: "reading of no benefit", file: "readings.toml", old: `moves = ["PAE", "PAF"]`, with: "moves = []", code: "empty", line: "moves = []", accepted: "AIR, PAE, PAF, AIS"},
	{name: "reading of an unknown benefit", file: "readings.toml", old: `moves = ["PAE", "PAF"]`, with: `moves = ["PAX"]`, code: "unknown_value", line: "PAX", accepted: "AIR, PAE, PAF, AIS"},
	{name: "unknown kind of condition", file: "conditions.toml", old: `kind = "open"`, with: `kind = "maybe"`, code: "unknown_value", line: "maybe", accepted: "hire.window"},
	{name: "condition on an unknown parameter", file: "conditions.toml", old: `param = "pae.stay"`, with: `param = "pae.days"`, code: "unknown_param", line: "pae.days"},
	{name: "condition twice", file: "conditions.toml", old: `id = "paf.scope"`, with: `id = "pae.scope"`, code: "duplicate_id", line: "id = \"pae.scope\"\nbenefit = \"PAF\""},
	{name: "unknown segment", file: "presets.toml", old: `segment = "BPO"`, with: `segment = "BPX"`, code: "unknown_value", line: "BPX", accepted: "ITO, CRM, BPO, ESO, KPO"},
	{name: "preset without amount", file: "presets.toml", old: `gross = "9000.00"`, with: `gross = "neuf mille"`, code: "bad_number", line: "neuf mille"},
	{name: "unknown region", file: "sites/fes-shore.toml", old: `region = "fes-meknes"`, with: `region = "fes"`, code: "unknown_value", line: `region = "fes"`, accepted: "fes-meknes"},
	{name: "unknown site status", file: "sites/fes-shore.toml", old: `"operational"`, with: `"open"`, code: "unknown_value", line: `"open"`, accepted: "operational, launching, planned"},
	{name: "unknown class", file: "sites/fes-shore.toml", old: `class = "secondary"`, with: `class = "third"`, code: "unknown_value", line: "third", accepted: "main, secondary"},
	{name: "class of a site not in operation", file: "sites/agadir.toml", old: `status = "launching"`, with: "status = \"launching\"\nclass = \"main\"", code: "class_without_operation", line: "class ="},
	{name: "statuses that overlap", file: "sites/agadir.toml", old: "[[status]]", with: "[[status]]\nfrom = \"2024-01-01\"\nto = \"2026-01-31\"\nstatus = \"planned\"\nsources = [\"S9\"]\nverified_on = \"2026-11-22\"\nconfidence = \"press\"\n\n[[status]]", code: "overlap", line: "[[status]]\nfrom = \"2026-01-01\""},
	{name: "site named as a region", file: "sites/agadir.toml", old: `id = "agadir"`, with: `id = "souss-massa"`, code: "duplicate_id", line: `id = "souss-massa"`, accepted: "regions.toml"},
	{name: "id with a space", file: "sites/agadir.toml", old: `id = "agadir"`, with: `id = "a b"`, code: "bad_form", line: `id = "a b"`},
	{name: "region with a strange code", file: "regions.toml", old: `iso = "MA-03"`, with: `iso = "MA-13"`, code: "bad_form", line: "MA-13", accepted: "MA-12"},
	{name: "source with a strange date", file: "sources.toml", old: `date = "2016-05"`, with: `date = "mai 2016"`, code: "bad_form", line: "mai 2016", accepted: "n.d."},
	{name: "source at no web address", file: "sources.toml", old: `url = "https://detafour.com"`, with: `url = "detafour.com"`, code: "bad_form", line: `url = "detafour.com"`, accepted: "https://"},
	{name: "missing text of a parameter", file: "texts/fr.toml", old: `"param.air.cap.main" = "Plafond de l'AIR, P2I principales"`, with: "", code: "missing_text", in: "rules/air.toml", line: "[[param]]", accepted: "texts/fr.toml"},
	{name: "missing text of a reading", file: "texts/fr.toml", old: `"reading.ais.base.all" = `, with: `"reading.ais.base.every" = `, code: "unknown_text", line: "reading.ais.base.every"},
	{name: "empty text of a condition", file: "texts/fr.toml", old: `"Embauche pendant le régime"`, with: `""`, code: "empty", line: `= ""`},
	{name: "another language without texts", file: "pack.toml", old: `["fr", "en", "es"]`, with: `["fr", "en", "es", "it"]`, code: "missing_file", in: "texts/it.toml"},
	{name: "language not asked for", file: "pack.toml", old: `["fr", "en", "es"]`, with: `["en", "es"]`, code: "unknown_file", in: "texts/fr.toml", accepted: "texts/en.toml"},
	{name: "strange language", file: "pack.toml", old: `["fr", "en", "es"]`, with: `["../x"]`, code: "bad_form", line: "../x"},
	{name: "no language", file: "pack.toml", old: `["fr", "en", "es"]`, with: `[]`, code: "empty", line: "languages"},
	{name: "not TOML", file: "rules/air.toml", old: `unit = "share"`, with: "unit = share", code: "syntax", line: "unit = share"},
	{name: "not UTF-8", file: "rules/air.toml", old: `unit = "share"`, with: "unit = \"\xff\"", code: "syntax", line: "unit = \"\xff", accepted: "UTF-8"},
}

// refusal loads a pack that must be refused and gives the fault.
func refusal(t *testing.T, files fstest.MapFS) *rules.Fault {
	t.Helper()
	_, err := rules.Load(files)
	var fault *rules.Fault
	if !errors.As(err, &fault) {
		t.Fatalf("got %v, want a refusal", err)
	}
	return fault
}

func code(f *rules.Fault) string { return strings.TrimPrefix(f.Msg.Key, "rules.fault.") }

func TestLoad_Refuses(t *testing.T) {
	texts := catalogue(t)
	seen := map[string]bool{}
	for _, c := range badPacks {
		t.Run(c.name, func(t *testing.T) { seen[refuses(t, shipped(t), c, texts)] = true })
	}
	for _, c := range badSheets {
		t.Run("sheet/"+c.name, func(t *testing.T) { seen[refuses(t, sheetPack(t), c, texts)] = true })
	}
	// these have their own tests
	elsewhere := map[string]bool{"too_large": true, "missing_reading": true, "missing_param": true, "unknown_format": true}
	for key := range texts {
		if !seen[key] && !elsewhere[strings.TrimPrefix(key, "rules.fault.")] {
			t.Errorf("no bad pack shows %s", key)
		}
	}
}

// refuses makes one change to a good pack, checks what is said about it and
// gives the key of the refusal.
func refuses(t *testing.T, files fstest.MapFS, c badPack, texts map[string]string) string {
	t.Helper()
	if c.old == "" {
		files[c.file] = &fstest.MapFile{Data: []byte(c.with)}
	} else {
		edit(t, files, c.file, c.old, c.with)
	}
	f := refusal(t, files)
	in, line := c.file, 0
	if c.in != "" {
		in = c.in
	}
	if c.line != "" {
		line = lineOf(t, files, in, c.line)
	}
	if code(f) != c.code || f.File != in || f.Line != line {
		t.Errorf("got %v\nwant %s:%d: %s", f, in, line, c.code)
	}
	if !strings.Contains(f.Msg.Args["accepted"].(string), c.accepted) || f.Msg.Args["accepted"] == "" {
		t.Errorf("accepted %q, want in it %q", f.Msg.Args["accepted"], c.accepted)
	}
	if texts[f.Msg.Key] == "" {
		t.Errorf("no French text for %s", f.Msg.Key)
	}
	return f.Msg.Key
}

func TestLoad_RefusesFiles(t *testing.T) {
	for _, c := range []struct{ name, code string }{
		{"notes.txt", "unknown_file"},
		{"rules/air.toml.bak", "unknown_file"},
		{"rules/2027/ir.toml", "unknown_file"},
		{"sites/.toml", "unknown_file"},
		{"other/x.toml", "unknown_file"},
		{"texts/it.toml", "unknown_file"},
		{"texts/it/x.toml", "unknown_file"},
		{"texts/fr/x/y.toml", "unknown_file"},
		{"sources/x/y.toml", "unknown_file"},
	} {
		files := shipped(t)
		files[c.name] = &fstest.MapFile{Data: []byte("x = 1")}
		if f := refusal(t, files); code(f) != c.code || f.File != c.name {
			t.Errorf("%s: %v", c.name, f)
		}
	}
	for _, name := range []string{"pack.toml", "sources.toml", "readings.toml", "conditions.toml", "exclusions.toml", "segments.toml", "regions.toml", "presets.toml", "fields.toml", "criteria.toml", "texts/fr.toml"} {
		files := shipped(t)
		delete(files, name)
		if f := refusal(t, files); code(f) != "missing_file" || f.File != name {
			t.Errorf("without %s: %v", name, f)
		}
	}
	for _, dir := range []string{"rules", "sites"} {
		files := shipped(t)
		for _, name := range sortedNames(files) {
			if strings.HasPrefix(name, dir+"/") {
				delete(files, name)
			}
		}
		if f := refusal(t, files); code(f) != "missing_file" || f.File != dir {
			t.Errorf("without %s/: %v", dir, f)
		}
	}
}

func TestLoad_RefusesHugeFile(t *testing.T) {
	files := shipped(t)
	files["rules/air.toml"] = &fstest.MapFile{Data: []byte(strings.Repeat("#", 1<<20+1))}
	if f := refusal(t, files); code(f) != "too_large" || f.File != "rules/air.toml" {
		t.Error(f)
	}
}

func TestLoad_RefusesMissingReading(t *testing.T) {
	files := shipped(t)
	text := string(files["readings.toml"].Data)
	files["readings.toml"] = &fstest.MapFile{Data: []byte(text[:strings.Index(text, "[[reading]]\nid = \"ais.base\"")])}
	if f := refusal(t, files); code(f) != "missing_reading" || f.Msg.Args["value"] != "ais.base" {
		t.Error(f)
	}
}

func TestLoad_RefusesMissingParameter(t *testing.T) {
	files := shipped(t)
	delete(files, "rules/ais.toml")
	if f := refusal(t, files); code(f) != "missing_param" || f.Msg.Args["accepted"] != "ais.rate (share)" {
		t.Error(f)
	}
}

func TestFault_ErrorIsOneReadableLine(t *testing.T) {
	files := shipped(t)
	edit(t, files, "pack.toml", `number = 3`, `numbre = 1`)
	want := `pack.toml:2: unknown key "numbre"; accepted: id, number, name, made_on, in_force, best_before, languages, format`
	if got := refusal(t, files).Error(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// lineOf is the line on which a text of the file stands; leading newlines of
// the text are not counted, so that it can be found after a blank line.
func lineOf(t *testing.T, files fstest.MapFS, name, text string) int {
	t.Helper()
	data := string(files[name].Data)
	i := strings.Index(data, text)
	if i < 0 {
		t.Fatalf("%s does not hold %q", name, text)
	}
	i += len(text) - len(strings.TrimLeft(text, "\n"))
	return 1 + strings.Count(data[:i], "\n")
}

// catalogue is the French text of every refusal.
func catalogue(t *testing.T) map[string]string {
	t.Helper()
	data, err := os.ReadFile("../../assets/i18n/fr/rules.toml")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	if err := toml.Unmarshal(data, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}
