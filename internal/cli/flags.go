package cli

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strconv"
	"strings"

	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/cli/depot"
	"atlasp2i/internal/cli/exchange"
	"atlasp2i/internal/domain"
)

// flags are what was asked for beside the words of a command.
type flags struct {
	pack, store     string
	json, published bool
	year            int
	lang            call.Option

	sites, preset, weights, must, draws, seed call.Option // of compare

	indicator, segment, period, series, country call.Option // of figures
	check                                       bool

	dryRun bool        // of figures import and pack import
	key    call.Option // of pack build
	out    call.Option // of pack build and pack keygen
	phrase bool        // of pack build: the passphrase of the key comes on standard input
	texts  bool        // of licences

	passphrase call.Option // of dossier: the file that holds it
	csv, vcard bool        // of dossier export

	officer, agency, fair, checkedBy, pdf, xlsx call.Option // of issue
	draft                                       bool

	depot    depot.Flags
	exchange exchange.Flags
}

// parse reads flags wherever they stand among the arguments. It returns
// flag.ErrHelp where help is asked for.
func (f *flags) parse(name string, rest []string) ([]string, error) {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&f.pack, "pack", "", "")
	fs.StringVar(&f.store, "store", "", "")
	if name != figuresExport && name != dossierExport { // they have forms of their own
		fs.BoolVar(&f.json, "json", false, "")
	}
	fs.Var(&f.lang, "lang", "")
	var year call.Option
	f.declare(fs, name, &year)
	var args []string
	for len(rest) > 0 {
		if err := fs.Parse(rest); errors.Is(err, flag.ErrHelp) {
			return nil, err
		} else if err != nil {
			return nil, call.Usage("cli.option", "given", refusedWord(rest, fs.NArg()), "command", name)
		}
		rest = fs.Args()
		if len(rest) > 0 {
			args, rest = append(args, rest[0]), rest[1:]
		}
	}
	if year.Text == "" {
		return args, nil
	}
	n, err := strconv.Atoi(year.Text)
	if err != nil {
		return nil, domain.Refuse("--year", year.Text, "cli.year")
	}
	f.year = n
	return args, nil
}

// declare tells the flag package which flags a command has beside those of all.
func (f *flags) declare(fs *flag.FlagSet, name string, year *call.Option) {
	switch name {
	case "explain":
		fs.BoolVar(&f.published, "published", false, "")
		fs.Var(year, "year", "")
	case "estimate", "version", "sites", figuresExport:
		fs.BoolVar(&f.published, "published", false, "")
	case "compare":
		fs.BoolVar(&f.published, "published", false, "")
		for flagName, o := range map[string]*call.Option{
			"sites": &f.sites, "preset": &f.preset, "weights": &f.weights, "must": &f.must, "draws": &f.draws, "seed": &f.seed,
		} {
			fs.Var(o, flagName, "")
		}
	case "figures":
		fs.BoolVar(&f.published, "published", false, "")
		fs.BoolVar(&f.check, "check", false, "")
		for flagName, o := range map[string]*call.Option{
			"indicator": &f.indicator, "segment": &f.segment, "period": &f.period, "series": &f.series, "country": &f.country,
		} {
			fs.Var(o, flagName, "")
		}
	case packBuild:
		fs.Var(&f.key, "key", "")
		fs.Var(&f.out, "o", "")
		fs.BoolVar(&f.phrase, "passphrase", false, "")
	case packKeygen:
		fs.Var(&f.out, "o", "")
	case figuresImport, packImport:
		fs.BoolVar(&f.dryRun, "dry-run", false, "")
	case "licences":
		fs.BoolVar(&f.texts, "texts", false, "")
	case dossierExport:
		fs.BoolVar(&f.csv, "csv", false, "")
		fs.BoolVar(&f.vcard, "vcard", false, "")
		fs.Var(&f.passphrase, "passphrase-file", "")
	case dossierList, dossierShow, dossierErase:
		fs.Var(&f.passphrase, "passphrase-file", "")
	case "issue":
		fs.BoolVar(&f.published, "published", false, "")
		fs.BoolVar(&f.draft, "draft", false, "")
		for flagName, o := range map[string]*call.Option{
			"officer": &f.officer, "agency": &f.agency, "fair": &f.fair, "checked-by": &f.checkedBy, "pdf": &f.pdf, "xlsx": &f.xlsx,
		} {
			fs.Var(o, flagName, "")
		}
	default:
		f.depot.Declare(fs, name)
		f.exchange.Declare(fs, name)
	}
}

// refusedWord is the flag at which the flag package stopped: the last word that
// it took, or the next one where that is no flag at all ("---x").
func refusedWord(words []string, left int) string {
	if next := len(words) - left; left > 0 && (next == 0 || strings.HasPrefix(words[next], "---") || strings.HasPrefix(words[next], "-=")) {
		return words[next]
	}
	return words[len(words)-left-1]
}

// item is one part of a list on the command line: an id, or an id with a number
// behind an equals sign.
type item struct {
	id, number string
	hasNumber  bool
}

// items reads "a,b=2": at least one part, none empty, each id once. Spaces around
// them do not count. Name is the flag, for what is refused.
func items(name, text string) ([]item, error) {
	var out []item
	for _, part := range strings.Split(text, ",") {
		id, number, hasNumber := strings.Cut(part, "=")
		it := item{strings.TrimSpace(id), strings.TrimSpace(number), hasNumber}
		if it.id == "" {
			return nil, domain.Refuse(name, text, "cli.list")
		}
		if slices.ContainsFunc(out, func(o item) bool { return o.id == it.id }) {
			return nil, domain.Refuse(name, it.id, "cli.twice")
		}
		out = append(out, it)
	}
	return out, nil
}

// whole reads a whole number from least to most.
func whole(name, text string, least, most int64) (int64, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < least || n > most {
		return 0, domain.Refuse(name, text, "cli.whole", "least", least, "most", most)
	}
	return n, nil
}
