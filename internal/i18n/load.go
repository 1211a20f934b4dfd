package i18n

import (
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"atlasp2i/internal/domain"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/pelletier/go-toml/v2"
)

// message is one text of a catalogue in its plural forms.
type message struct {
	forms  map[string]string // plural form -> text; "other" is always there
	blanks []string          // names of the blanks of all forms
	plain  bool              // one form and no blank: the text itself
}

// pluralForms are the words of CLDR, the only keys of a table in a catalogue.
var pluralForms = []string{"zero", "one", "two", "few", "many", "other"}

var (
	blank = regexp.MustCompile(`\{\{\.([a-zA-Z][a-zA-Z0-9]*)\}\}`)
	brace = regexp.MustCompile(`\{\{|\}\}`)
)

// Languages lists, sorted, the languages that fsys has a folder i18n/<lang> for.
func Languages(fsys fs.FS) ([]string, error) {
	entries, err := fs.ReadDir(fsys, "i18n")
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	var langs []string
	for _, e := range entries {
		if e.IsDir() {
			langs = append(langs, e.Name())
		}
	}
	return langs, nil
}

// readFolder reads the catalogue files of a language.
func readFolder(fsys fs.FS, lang string, loc locale) (map[string]*message, error) {
	files, err := fs.Glob(fsys, path.Join("i18n", lang, "*.toml"))
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("i18n: no catalogue for language %q", lang)
	}
	all := map[string]*message{}
	from := map[string]string{}
	for _, file := range files {
		texts, err := readFile(fsys, file, loc)
		if err != nil {
			return nil, err
		}
		for key, m := range texts {
			if other, twice := from[key]; twice {
				return nil, fmt.Errorf("i18n: %s: %q is already in %s", file, key, other)
			}
			from[key], all[key] = file, m
		}
	}
	return all, nil
}

func readFile(fsys fs.FS, file string, loc locale) (map[string]*message, error) {
	raw, err := fs.ReadFile(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("i18n: %w", err)
	}
	var doc map[string]any
	if err := toml.Unmarshal(raw, &doc); err != nil {
		return nil, fmt.Errorf("i18n: %s: %w", file, err)
	}
	out := make(map[string]*message, len(doc))
	for key, v := range doc {
		forms, err := formsOf(v)
		if err != nil {
			return nil, fmt.Errorf("i18n: %s: %q: %w", file, key, err)
		}
		for _, form := range loc.forms {
			if forms[form] == "" && len(forms) > 1 {
				return nil, fmt.Errorf("i18n: %s: %q: the form %q is missing", file, key, form)
			}
		}
		for form, text := range forms {
			forms[form] = typeset(text, loc)
		}
		if out[key], err = newMessage(forms); err != nil {
			return nil, fmt.Errorf("i18n: %s: %q: %w", file, key, err)
		}
	}
	return out, nil
}

// formsOf reads the value of a key: a text, or a table of plural forms.
func formsOf(v any) (map[string]string, error) {
	switch v := v.(type) {
	case string:
		return map[string]string{"other": v}, nil
	case map[string]any:
		forms := make(map[string]string, len(v))
		for form, text := range v {
			s, ok := text.(string)
			if !slices.Contains(pluralForms, form) {
				return nil, fmt.Errorf("unknown plural form %q; accepted: %s (a key with points is written in quotes)",
					form, strings.Join(pluralForms, ", "))
			}
			if !ok {
				return nil, fmt.Errorf("form %q is not a text", form)
			}
			forms[form] = s
		}
		if _, ok := forms["other"]; !ok {
			return nil, fmt.Errorf("the form \"other\" is missing")
		}
		return forms, nil
	default:
		return nil, fmt.Errorf("neither a text nor a table of plural forms")
	}
}

func newMessage(forms map[string]string) (*message, error) {
	m := &message{forms: forms}
	for form, text := range forms {
		if text == "" {
			return nil, fmt.Errorf("form %q is empty", form)
		}
		if brace.MatchString(blank.ReplaceAllString(text, "")) {
			return nil, fmt.Errorf("a blank is written {{.name}}: %q", text)
		}
		for _, found := range blank.FindAllStringSubmatch(text, -1) {
			if !slices.Contains(m.blanks, found[1]) {
				m.blanks = append(m.blanks, found[1])
			}
		}
	}
	m.plain = len(forms) == 1 && len(m.blanks) == 0
	return m, nil
}

func (m *message) goi18n(key string) *goi18n.Message {
	return &goi18n.Message{
		ID: key, Zero: m.forms["zero"], One: m.forms["one"], Two: m.forms["two"],
		Few: m.forms["few"], Many: m.forms["many"], Other: m.forms["other"],
	}
}

// count is what go-i18n picks the plural form by, nil where there is no choice.
func (m *message) count(args domain.Args) any {
	if len(m.forms) == 1 {
		return nil
	}
	switch n := args["count"].(type) {
	case int, int64:
		return n
	case domain.Heads:
		return domain.FormatFixed(int64(n), millionths, 0)
	default:
		return nil
	}
}

// spaced is a number whose groups of digits an author set apart: "148 500".
var spaced = regexp.MustCompile(`\b\d{1,3}(?: \d{3})+\b`)

// typeset puts the no-break spaces that the language wants before and after
// some signs and inside numbers, so that authors write a plain space and no line
// breaks there.
func typeset(text string, loc locale) string {
	if loc.group == narrow {
		text = spaced.ReplaceAllStringFunc(text, func(n string) string { return strings.ReplaceAll(n, " ", narrow) })
	}
	for _, sign := range loc.tightBefore {
		text = strings.ReplaceAll(text, " "+string(sign), narrow+string(sign))
	}
	for _, sign := range loc.tightAfter {
		text = strings.ReplaceAll(text, string(sign)+" ", string(sign)+narrow)
	}
	return strings.ReplaceAll(text, "}} MAD", "}}"+narrow+"MAD")
}
