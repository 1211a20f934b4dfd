package seal

import (
	"atlasp2i/internal/domain"

	"rsc.io/qr"
)

// Matrix is the QR code of a text, rows from the top, true for a dark module, at
// error level M. The quiet zone of four light modules around it is left to whoever
// draws it. A text that no QR code holds is refused with a *domain.Problem.
func Matrix(text string) ([][]bool, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, domain.Refuse("code", "", "seal.matrix.long")
	}
	rows := make([][]bool, code.Size)
	for y := range rows {
		rows[y] = make([]bool, code.Size)
		for x := range rows[y] {
			rows[y][x] = code.Black(x, y)
		}
	}
	return rows, nil
}
