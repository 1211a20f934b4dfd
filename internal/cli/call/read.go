package call

import (
	"io"
	"os"
	"strings"

	"atlasp2i/internal/domain"
)

// maxSecret is how much is read of a file that should hold a passphrase.
const maxSecret = 4 << 10

// UpTo reads a file, "-" for standard input, and no more than a byte too much. The
// error is a *domain.Problem.
func (c *Call) UpTo(file string, most int64) ([]byte, error) {
	from := c.Stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, domain.Refuse(c.Word("FILE"), file, "cli.noFile")
		}
		defer f.Close()
		from = f
	}
	data, err := io.ReadAll(io.LimitReader(from, most+1))
	if err != nil {
		return nil, domain.Refuse(c.Word("FILE"), file, "cli.noFile")
	}
	return data, nil
}

// Secret reads a passphrase from the file that a flag names, without the end of its
// line. The error is a *domain.Problem of the flag.
func (c *Call) Secret(flag string, from Option) (string, error) {
	data, err := c.UpTo(from.Text, maxSecret)
	if err != nil {
		return "", domain.Refuse(flag, from.Text, "cli.noFile")
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r"), nil
}
