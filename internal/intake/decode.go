package intake

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"atlasp2i/internal/domain"
)

var (
	markUTF8 = []byte{0xEF, 0xBB, 0xBF}
	markLE   = []byte{0xFF, 0xFE}
	markBE   = []byte{0xFE, 0xFF}
)

// decode gives the text of a file with lines that end in \n. UTF-16 has its mark;
// what is not UTF-8 is Windows-1252, in which the spreadsheets of Windows save.
func decode(data []byte) (string, *domain.Problem) {
	var text string
	switch rest, marked := bytes.CutPrefix(data, markUTF8); {
	case bytes.HasPrefix(data, markLE):
		return decode16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, markBE):
		return decode16(data[2:], binary.BigEndian)
	case utf8.Valid(rest):
		text = string(rest)
	case marked: // it says that it is UTF-8
		return "", refuseFile(lineOf(rest, firstInvalid(rest)), "intake.encoding")
	default:
		// The decoder passes bytes that Windows-1252 leaves undefined as U+FFFD.
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(data)
		if at := bytes.ContainsRune(decoded, utf8.RuneError); err != nil || at {
			return "", refuseFile(lineOf(decoded, bytes.IndexRune(decoded, utf8.RuneError)), "intake.encoding")
		}
		text = string(decoded)
	}
	return ended(text)
}

func decode16(data []byte, order binary.ByteOrder) (string, *domain.Problem) {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	text := string(utf16.Decode(units))
	if at := strings.IndexRune(text, utf8.RuneError); at >= 0 || len(data)%2 != 0 {
		if at < 0 {
			at = len(text)
		}
		return "", refuseFile(1+strings.Count(text[:at], "\n"), "intake.encoding")
	}
	return ended(text)
}

// ended makes every line end in \n, and refuses zero bytes: UTF-16 without its
// mark, or no text at all.
func ended(text string) (string, *domain.Problem) {
	if at := strings.IndexByte(text, 0); at >= 0 {
		return "", refuseFile(1+strings.Count(text[:at], "\n"), "intake.encoding")
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), nil
}

func firstInvalid(b []byte) int {
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(b)
}

func lineOf(b []byte, at int) int { return 1 + bytes.Count(b[:max(at, 0)], []byte("\n")) }
