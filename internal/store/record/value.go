package record

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"atlasp2i/internal/domain"
)

// What a value may hold at most.
const (
	MaxValueID   = 100  // bytes of a place or field
	MaxValueText = 4000 // letters of a text or note
	MaxValueAsOf = 40   // letters
)

// Check finds the first part of a value that is refused. Bytes that are no text
// would come back as other ones.
func (v Value) Check() error {
	for _, id := range []struct{ field, is string }{{"place", v.Place}, {"field", v.Field}} {
		if id.is == "" || len(id.is) > MaxValueID || !utf8.ValidString(id.is) || strings.ContainsFunc(id.is, unicode.IsControl) {
			return domain.Refuse(id.field, Excerpt(id.is), "store.value.id", "max", MaxValueID)
		}
	}
	if v.Text == "" && !v.Dropped {
		return domain.Refuse("text", "", "store.value.empty")
	}
	for _, text := range []struct {
		field, is string
		most      int
	}{{"text", v.Text, MaxValueText}, {"asOf", v.AsOf, MaxValueAsOf}, {"note", v.Note, MaxValueText}} {
		if !utf8.ValidString(text.is) || utf8.RuneCountInString(text.is) > text.most {
			return domain.Refuse(text.field, Excerpt(text.is), "store.value.text", "max", text.most)
		}
	}
	return nil
}

// ExcerptSize is how many letters of what was refused a Problem repeats.
const ExcerptSize = 60

// Excerpt is the beginning of a refused text, fit to be shown.
func Excerpt(s string) string {
	letters := []rune(strings.ToValidUTF8(s, "\uFFFD"))
	if len(letters) > ExcerptSize {
		return string(letters[:ExcerptSize]) + "…"
	}
	return string(letters)
}

// maxPaperNumber is the longest number of a paper, in bytes.
const maxPaperNumber = 40

// PaperNumber says whether a number can be printed, typed and kept as a key.
func PaperNumber(s string) bool {
	for _, c := range []byte(s) {
		if c != '-' && (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != "" && len(s) <= maxPaperNumber
}
