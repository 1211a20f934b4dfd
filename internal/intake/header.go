package intake

import (
	"slices"
	"strings"

	"atlasp2i/internal/domain"
)

// Columns of a table, in any order; the first seven are obligatory.
var Columns = []string{
	"indicator", "segment", "period", "value", "unit", "series", "publisher",
	"country", "title", "date", "url", "note",
}

const obligatory = 7

// separators, the more telling first: a comma may stand in a heading.
var separators = []rune{';', '\t', ','}

// header is what the first line says of a table.
type header struct {
	columns   []string // by place; "" where a column has no heading
	at        map[string]int
	separator rune
	skip      int // bytes before the heading
	before    int // lines before the heading
}

// readHeader finds the separator under which the heading has its columns. A line
// "sep=;", which spreadsheets understand, may stand before it.
func readHeader(text string) (*header, *domain.Problem) {
	try := separators
	h := header{}
	if line, _, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(line, "sep=") {
		mark := []rune(strings.TrimPrefix(line, "sep="))
		if len(mark) != 1 || !slices.Contains(separators, mark[0]) {
			return nil, domain.Refuse("", line, "intake.separator")
		}
		try, h.skip, h.before = mark, len(line)+1, 1
	}
	best := -1
	var names []string
	for _, separator := range try {
		record, err := newReader(text[h.skip:], separator).Read()
		if err != nil {
			continue
		}
		found := 0
		for i, name := range record {
			record[i] = strings.ToLower(strings.TrimSpace(name))
			if slices.Contains(Columns, record[i]) {
				found++
			}
		}
		if found > best {
			best, h.separator, names = found, separator, record
		}
	}
	for len(names) > 0 && names[len(names)-1] == "" {
		names = names[:len(names)-1]
	}
	h.columns = names
	return &h, h.check()
}

// check refuses a heading that lacks a column, has one twice, or has one that
// would be passed over: a misspelt title must not vanish in silence.
func (h *header) check() *domain.Problem {
	h.at = map[string]int{}
	var missing []string
	for i, name := range h.columns {
		if _, twice := h.at[name]; twice {
			return domain.Refuse("", name, "intake.columnTwice")
		}
		h.at[name] = i
	}
	for _, name := range Columns[:obligatory] {
		if _, ok := h.at[name]; !ok {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		return domain.Refuse("", "", "intake.columns", "missing", missing, "accepted", Columns)
	}
	for _, name := range h.columns {
		if !slices.Contains(Columns, name) {
			return domain.Refuse("", name, "intake.column", "accepted", Columns)
		}
	}
	return nil
}

// refuseFile refuses a file as a whole, for what stands in one of its lines.
func refuseFile(line int, key string) *domain.Problem {
	return domain.Refuse("", "", key, "line", domain.Decimal(itoa(line)))
}
