package dossier

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold gives the words of a text as they are compared: small letters without
// accents. What is no letter or digit parts words.
func Fold(text string) []string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range norm.NFD.String(text) {
		switch {
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9':
			b.WriteByte(byte(r))
		case 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r) + 'a' - 'A')
		case r < 0x80:
			b.WriteByte(' ')
		case unicode.Is(unicode.Mn, r) || r == tatweel:
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			r = unicode.ToLower(r)
			if s, ok := spelled[r]; ok {
				b.WriteString(s)
			} else {
				b.WriteRune(r)
			}
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Fields(b.String())
}

// tatweel stretches an Arabic word and means nothing.
const tatweel = '\u0640'

// spelled are letters that people type in another way and that no decomposition
// brings together.
var spelled = map[rune]string{
	'\u0153': "oe", '\u00e6': "ae", '\u00df': "ss", '\u00f8': "o", '\u0142': "l", '\u0131': "i",
	'\u0649': "\u064a", // alef maksura as ya
	'\u0629': "\u0647", // ta marbuta as ha
	'\u0660': "0", '\u0661': "1", '\u0662': "2", '\u0663': "3", '\u0664': "4",
	'\u0665': "5", '\u0666': "6", '\u0667': "7", '\u0668': "8", '\u0669': "9",
}
