package platforms

import (
	"strings"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
)

// Fields of the pack that the screen shows apart from the others. A pack without
// one of them only lacks that figure.
const (
	fieldOperator     = "operator"
	fieldPremium      = "charterPremium"
	fieldUnemployment = "regionUnemployment"
)

// presenter writes out what the desk knows of places. It keeps nothing: each
// call reads anew.
type presenter struct {
	d Desk
	t *i18n.Catalogue
}

func newPresenter(d Desk) *presenter { return &presenter{d, d.Texts()} }

// figure is a number that a place is known by.
type figure struct {
	label, short string // short is for a card
	value        string
	foot         string      // its date, or on what it depends
	own          string      // that it is the user's; "" where it is not
	none         bool        // not published, or it says nothing here
	datum        *desk.Datum // what it opens; nil for the cap
	cap          bool        // it opens the rule of the cap
}

// figures are the three numbers of a site.
func (p *presenter) figures(s *desk.Sheet) []figure {
	out := []figure{p.capFigure(s)}
	for _, f := range []struct{ id, label, short string }{
		{fieldPremium, "platforms.figure.premium", "platforms.figure.premium.short"},
		{fieldUnemployment, "platforms.figure.unemployment", "platforms.figure.unemployment.short"},
	} {
		x := datumOf(s, f.id)
		if x == nil {
			continue
		}
		said := p.d.SayDatum(x)
		to := figure{
			label: p.t.Text(f.label), short: p.t.Text(f.short), value: said.Value, foot: said.When,
			none: !x.Known(), datum: x,
		}
		if said.Own {
			to.own = p.t.Text("datum.own")
		}
		out = append(out, to)
	}
	return out
}

func (p *presenter) capFigure(s *desk.Sheet) figure {
	f := figure{label: p.t.Text("platforms.figure.cap"), short: p.t.Text("platforms.figure.cap.short"), cap: s.AIR.Rule != nil}
	switch {
	case s.Site.Kind != rules.KindP2I:
		f.value, f.foot, f.none = p.t.Text("platforms.cap.notP2I"), p.t.Text("platforms.cap.notP2I.why"), true
	case s.AIR.Here.Settled():
		f.value, f.foot = p.capText(s.AIR.Here.Region), p.t.Text("platforms.cap.until", "month", s.AIR.Until)
	default:
		f.value, f.foot = p.capsText(s.AIR.Here), p.t.Text("platforms.cap.reading")
	}
	return f
}

// capText is a cap, or that there is none.
func (p *presenter) capText(c calc.Cap) string {
	if !c.Applies {
		return p.t.Text("platforms.cap.none")
	}
	return p.t.Text("platforms.cap", "share", c.Share)
}

// capsText is a cap under both readings.
func (p *presenter) capsText(c desk.Caps) string {
	if c.Settled() {
		return p.capText(c.Region)
	}
	return p.t.Text("platforms.cap.either", "none", p.capText(c.None), "region", p.capText(c.Region))
}

// chip is a state in a word; tone tells them apart beside the word.
type chip struct {
	text string
	tone tone
}

type tone uint8

const (
	plain tone = iota
	good
	caution
)

// status is the chip of a site's state of today.
func (p *presenter) status(st rules.SiteStatus) chip {
	c := chip{text: p.t.Text("platforms.status.none")}
	if st.Status != "" {
		c.text = p.t.Text("platforms.status." + st.Status)
	}
	switch st.Status {
	case rules.Operational:
		c.tone = good
	case rules.Launching:
		c.tone = caution
	}
	return c
}

// class is the chip of what kind of place a site is, "" where nothing says it.
func (p *presenter) class(s *rules.Site, st rules.SiteStatus) string {
	switch {
	case s.Kind != rules.KindP2I:
		return p.t.Text("platforms.kind." + s.Kind)
	case st.Class != "":
		return p.t.Text("platforms.class." + st.Class)
	}
	return p.t.Text("platforms.class.none")
}

// sure is how sure a value is, short enough for a column.
func (p *presenter) sure(x *desk.Datum) string {
	switch {
	case x.Own != nil:
		return p.t.Text("datum.own")
	case x.Fact != nil:
		return p.shortSure(x.Fact.Confidence)
	}
	return p.t.Text("datum.ask")
}

func (p *presenter) shortSure(confidence string) string {
	return p.t.Text("platforms.sure." + strings.ReplaceAll(confidence, " ", "."))
}

// source writes out a source of the pack.
func (p *presenter) source(id string) desk.SourceText {
	return desk.SaySource(p.t, p.d.Pack().Sources[id])
}

func (p *presenter) sources(ids []string) []desk.SourceText {
	out := make([]desk.SourceText, len(ids))
	for i, id := range ids {
		out[i] = p.source(id)
	}
	return out
}
