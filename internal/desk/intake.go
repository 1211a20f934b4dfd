package desk

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"maps"
	"slices"
	"strings"

	"atlasp2i/internal/domain"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/intake"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

// What an import does with a line.
const (
	ActionNew       = "new"
	ActionChanged   = "changed"   // takes the place of an imported figure of the same source
	ActionDuplicate = "duplicate" // is in the pack, imported or above in the file already
	ActionRefused   = "refused"
)

// lookEvery is how many lines are checked between two looks at the context.
const lookEvery = 1_000

// Intake is what an import of a file would do; nothing is written before Import.
type Intake struct {
	File      string
	Lines     []IntakeLine
	Count     map[string]int // lines by action
	Conflicts int            // lines to be written that conflict with the canonical value

	write   []store.Observation
	book    *figures.Book // with all lines of the file taken in
	changes int           // of the desk when it began
}

// IntakeLine is one line of the file: what becomes of it, and how its figure
// stands with all lines of the file taken in.
type IntakeLine struct {
	Line    int
	Key     figures.Key // what it measures, as far as it could be read
	Value   figures.Num
	ID      string // of the figure that it is or repeats; "" where it is refused
	Action  string
	Class   figures.Class // "" where it is refused
	Against string        // id of the canonical value; "" of itself or where there is none
	Reason  domain.Msg
	Refused *domain.Problem // its Field is the column
}

// Intake reads a file and says what an import of it would do, line by line. It
// returns a *domain.Problem where the file is no table of figures or the figures
// of the pack would not come out with it, or the error of the context. Progress
// goes through reading, checking and classing, in steps of its own, a few hundred
// at most, and may be nil.
func (d *Desk) Intake(ctx context.Context, file string, data []byte, progress func(done, of int)) (*Intake, error) {
	base, err := d.PublishedFigures()
	if err != nil {
		return nil, err
	}
	read, check, class := inPhases(ctx, progress)
	rows, err := intake.ReadLook(data, read)
	if err != nil {
		return nil, err
	}
	own, changes, err := d.imported(base)
	if err != nil {
		return nil, err
	}
	s := newSorter(base)
	s.keep(own)
	in := &Intake{File: file, Count: map[string]int{}, Lines: make([]IntakeLine, len(rows)), changes: changes}
	for i := range rows {
		if i%lookEvery == 0 {
			if err := check(i, len(rows)); err != nil {
				return nil, err
			}
		}
		in.Lines[i] = s.line(&rows[i])
	}
	if err := s.class(base, in, class); err != nil {
		return nil, err
	}
	return in, class(len(rows), len(rows))
}

// inPhases makes one progress of the three phases of an intake. It is told only
// where it goes on by a step: a window need not draw more often.
func inPhases(ctx context.Context, progress func(done, of int)) (read, check, class figures.Look) {
	const steps, phases = 100, 3
	last := -1
	phase := func(n int) figures.Look {
		return func(done, of int) error {
			if at := n*steps + done*steps/max(of, 1); progress != nil && at > last {
				last = at
				progress(at, phases*steps)
			}
			return ctx.Err()
		}
	}
	return phase(0), phase(1), phase(2)
}

// Import writes what an intake says, in one transaction, and gives what takes it
// back as a whole. Nothing is written where every line is there already or is
// refused. It returns *store.ReadOnlyError where nothing can be kept, the error
// of the context, and the errors of the store; nothing has changed then.
func (d *Desk) Import(ctx context.Context, in *Intake, progress func(done, of int)) (undo func() error, err error) {
	if d.p.Store == nil {
		return nil, &store.ReadOnlyError{}
	}
	wrote := func(int) {}
	if progress != nil {
		wrote = func(done int) { progress(done, len(in.write)) }
	}
	done, err := d.p.Store.PutObservations(ctx, in.File, in.write, wrote)
	if err != nil {
		return nil, err
	}
	if done.Number == 0 {
		return func() error { return nil }, nil
	}
	d.changed(in)
	return func() error { return d.DropImport(done.Number) }, nil
}

// changed forgets the figures after the store changed; after an import they are
// those of its intake, unless something else changed since that began.
func (d *Desk) changed(in *Intake) {
	d.ownMu.Lock()
	defer d.ownMu.Unlock()
	d.own = nil
	if in != nil && in.changes == d.changes {
		d.own = in.book
	}
	d.changes++
}

// imported gives the figures that the store keeps, and how many changes there were
// before it was asked.
func (d *Desk) imported(base *figures.Book) ([]figures.Observation, int, error) {
	if d.p.Store == nil {
		return nil, 0, nil
	}
	d.ownMu.Lock()
	changes := d.changes
	d.ownMu.Unlock()
	kept, err := d.p.Store.Observations()
	return imported(base, kept), changes, err
}

// words are those that the pack knows.
type words struct {
	units                       map[string][]string // by indicator
	segments, series, countries []string
}

func wordsOf(b *figures.Book) *words {
	w := &words{units: map[string][]string{}, series: []string{figures.NoSeries}}
	for _, ind := range b.Indicators {
		w.units[ind.ID] = ind.Units
	}
	for _, s := range b.AllSeries {
		w.series = append(w.series, s.ID)
	}
	segments, countries := map[string]bool{}, map[string]bool{}
	for _, g := range b.Groups(figures.Query{}) {
		segments[g.Segment], countries[g.Country] = true, true
	}
	w.segments, w.countries = slices.Sorted(maps.Keys(segments)), slices.Sorted(maps.Keys(countries))
	return w
}

// check refuses a word that the pack does not know.
func (w *words) check(k *figures.Key) *domain.Problem {
	refuse := func(column, word string, accepted []string) *domain.Problem {
		return domain.Refuse(column, word, "intake.unknown", "accepted", accepted)
	}
	units, ok := w.units[k.Indicator]
	switch {
	case !ok:
		return refuse("indicator", k.Indicator, slices.Sorted(maps.Keys(w.units)))
	case !slices.Contains(units, k.Unit):
		return refuse("unit", k.Unit, units)
	case !slices.Contains(w.segments, k.Segment):
		return refuse("segment", k.Segment, w.segments)
	case !slices.Contains(w.series, k.Series):
		return refuse("series", k.Series, w.series)
	case !slices.Contains(w.countries, k.Country):
		return refuse("country", k.Country, w.countries)
	}
	return nil
}

// sorter tells new lines from those that are there already.
type sorter struct {
	home    string // the country of a line that names none
	known   *words
	pack    map[figures.Key][]figures.Observation
	own     []figures.Observation           // imported ones
	kept    map[string]*figures.Observation // the same by id
	inFile  map[string]*figures.Observation // of this file by id
	written []*figures.Observation          // those of this file to be written
	changed map[string]bool                 // ids of own in the place of which one is written
}

func newSorter(base *figures.Book) *sorter {
	s := &sorter{
		home: base.Home, known: wordsOf(base), pack: map[figures.Key][]figures.Observation{},
		kept: map[string]*figures.Observation{}, inFile: map[string]*figures.Observation{}, changed: map[string]bool{},
	}
	for _, g := range base.Groups(figures.Query{}) {
		for _, r := range g.Readings {
			s.pack[g.Key] = append(s.pack[g.Key], r.Observation)
		}
	}
	return s
}

func (s *sorter) keep(own []figures.Observation) {
	s.own = own
	for i := range own {
		s.kept[own[i].ID] = &own[i]
	}
}

// line says what becomes of one line; its class comes later.
func (s *sorter) line(r *intake.Row) IntakeLine {
	out := IntakeLine{Line: r.Line, Action: ActionRefused, Refused: r.Refused}
	if out.Refused != nil {
		return out
	}
	r.Country = cmp.Or(r.Country, s.home)
	out.Key, out.Value = r.Key, r.Value
	if out.Refused = s.known.check(&r.Key); out.Refused != nil {
		return out
	}
	o := fromRow(r)
	if i := slices.IndexFunc(s.pack[o.Key], func(p figures.Observation) bool { return repeats(&p, o) }); i >= 0 {
		out.ID, out.Action = s.pack[o.Key][i].ID, ActionDuplicate
		return out
	}
	if head, _, _ := strings.Cut(r.Note, " "); slices.Contains(roleMarks, head) {
		out.Refused = domain.Refuse("note", head, "intake.marked")
		return out
	}
	out.ID = o.ID
	if first, again := s.inFile[o.ID]; again {
		out.Action = ActionDuplicate
		if !same(first, o) {
			out.ID, out.Action = "", ActionRefused
			out.Refused = domain.Refuse("value", o.Value.String(), "intake.contradicts", "line", first.Line)
		}
		return out
	}
	s.inFile[o.ID] = o
	before, there := s.kept[o.ID]
	switch {
	case !there:
		out.Action = ActionNew
	case same(before, o):
		out.Action = ActionDuplicate
		return out
	default:
		out.Action = ActionChanged
		s.changed[o.ID] = true
	}
	s.written = append(s.written, o)
	return out
}

// class says how each line stands among the figures of the pack and the imported
// ones once the file is in.
func (s *sorter) class(base *figures.Book, in *Intake, look figures.Look) error {
	all := make([]figures.Observation, 0, len(s.own)+len(s.written))
	for i := range s.own {
		if !s.changed[s.own[i].ID] {
			all = append(all, s.own[i])
		}
	}
	in.write = make([]store.Observation, 0, len(s.written))
	for _, o := range s.written {
		all = append(all, *o)
		in.write = append(in.write, toStore(o))
	}
	book, err := base.WithLook(all, look)
	var fault *rules.Fault
	if errors.As(err, &fault) {
		return domain.Refuse("", in.File, "intake.breaks", "why", fault.Msg)
	} else if err != nil {
		return err
	}
	in.book = book
	results := make(map[string]*figures.Result, len(all))
	for _, g := range book.Groups(figures.Query{}) {
		for i := range g.Readings {
			results[g.Readings[i].ID] = &g.Readings[i]
		}
	}
	for i := range in.Lines {
		l := &in.Lines[i]
		in.Count[l.Action]++
		r := results[l.ID]
		if r == nil {
			continue
		}
		l.Class, l.Against = r.Class, r.Against
		switch l.Action {
		case ActionNew:
			l.Reason = r.Reason
		case ActionChanged:
			before := domain.Decimal(s.kept[l.ID].Value.String())
			l.Reason = domain.M("intake.changed", "before", before, "why", r.Reason)
		default:
			l.Reason = domain.M("intake.duplicate", "id", l.ID)
		}
		if l.Class == figures.Conflict && l.Action != ActionDuplicate {
			in.Conflicts++
		}
	}
	return nil
}

// repeats tells whether a line says what the pack says, of a source of the pack's;
// of the source it may leave out all but the publisher.
func repeats(p, o *figures.Observation) bool {
	said := o.Sources[0]
	silent := func(said, have string) bool { return said == "" || said == rules.Undated || said == have }
	return p.Value == o.Value && slices.ContainsFunc(p.Sources, func(s rules.Source) bool {
		return s.Publisher == said.Publisher && silent(said.Title, s.Title) && silent(said.Date, s.Date) && silent(said.URL, s.URL)
	})
}

func same(a, b *figures.Observation) bool { return a.Value == b.Value && a.Remark == b.Remark }

// fromRow makes the figure of a line. Its id is that of what is measured and who
// says it, so that the same source saying something else is a change. Nobody has
// checked what a user imports: its confidence is the lowest.
func fromRow(r *intake.Row) *figures.Observation {
	k, from := r.Key, r.Source
	from.Date = cmp.Or(from.Date, rules.Undated)
	sum := sha256.Sum256([]byte(strings.Join([]string{
		k.Country, k.Indicator, k.Segment, k.Period.String(), k.Series, k.Unit, from.Publisher, from.Title, from.Date, from.URL,
	}, "\x00")))
	return &figures.Observation{
		ID: "i" + hex.EncodeToString(sum[:12]), Key: k, Value: r.Value, Role: figures.RoleFigure,
		Confidence: rules.Unverified, Sources: []rules.Source{from}, Remark: r.Note, Line: r.Line,
	}
}

func toStore(o *figures.Observation) store.Observation {
	s := o.Sources[0]
	return store.Observation{
		ID: o.ID, Country: o.Country, Indicator: o.Indicator, Segment: o.Segment, Period: o.Period.String(), Value: o.Value.String(),
		Unit: o.Unit, Series: o.Series, Publisher: s.Publisher, Title: s.Title, Date: s.Date, URL: s.URL, Note: o.Remark, Line: o.Line,
	}
}

// imported reads what the store keeps. A figure that the active pack cannot take,
// since it has no such word, is left aside, not lost.
func imported(b *figures.Book, kept []store.Observation) []figures.Observation {
	if len(kept) == 0 {
		return nil
	}
	known := wordsOf(b)
	published := map[string]bool{}
	for _, g := range b.Groups(figures.Query{}) {
		for i := range g.Readings {
			published[g.Readings[i].ID] = true
		}
	}
	out := make([]figures.Observation, 0, len(kept))
	for i := range kept {
		k := &kept[i]
		period, wrongPeriod := figures.ParsePeriod(k.Period)
		value, wrongValue := figures.ParseNum(k.Value)
		key := figures.Key{Country: k.Country, Indicator: k.Indicator, Segment: k.Segment, Period: period, Series: k.Series, Unit: k.Unit}
		if wrongPeriod != nil || wrongValue != nil || known.check(&key) != nil || published[k.ID] {
			continue
		}
		out = append(out, figures.Observation{
			ID: k.ID, Key: key, Value: value, Role: figures.RoleFigure, Confidence: rules.Unverified, Remark: k.Note, Line: k.Line,
			Sources: []rules.Source{{Publisher: k.Publisher, Title: k.Title, Date: k.Date, URL: k.URL}},
		})
	}
	return out
}
