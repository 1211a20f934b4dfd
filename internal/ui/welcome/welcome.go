// Package welcome is what the first start asks, in three steps that can each be
// passed over: how the program speaks and shows, who issues papers, and an
// example. It can be called again.
package welcome

import (
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Office keeps who issues papers here.
type Office interface {
	Setup() issue.Setup
	PutSetup(issue.Setup) error
}

// Setting is one choice of the first step.
type Setting struct {
	Options []kit.Option
	Chosen  string
	Choose  func(id string) // takes effect at once
}

// Params is what the steps work with. What has fewer than two options is not
// asked.
type Params struct {
	Texts    *i18n.Catalogue
	Language Setting // choosing one may make the window anew
	Currency Setting // beside the dirham; "" is none
	Scale    Setting
	Office   Office // nil: no paper can be made, and the second step is left out
	Example  func() // opens one and shows where its figure opens
	Show     func(kit.PanelSpec)
	Close    func()
	Done     func() // the steps were gone through or passed over
	Failed   func(error)
}

const wide = 600 // of the panel, design pixels

// none is how the absence of a currency is named among the options, since a
// choice that is taken away is "" as well.
const none = "none"

// welcome is one way through the steps.
type welcome struct {
	p     Params
	steps []func() step
	at    int
	body  *fyne.Container
	first fyne.Focusable // of the step that is shown
}

// step is what is asked, and what is done where it is not passed over.
type step struct {
	key     string // of its texts
	content []fyne.CanvasObject
	first   fyne.Focusable // nil: the main press
	press   string         // key of the main press
	do      func() bool    // nil: nothing to be done; false stays
}

// Open shows the first step.
func Open(p Params) {
	w := &welcome{p: p, body: kit.VStack(16)}
	w.steps = append(w.steps, w.looks)
	if p.Office != nil {
		w.steps = append(w.steps, w.office)
	}
	w.steps = append(w.steps, w.example)
	w.show()
	t := p.Texts
	p.Show(kit.PanelSpec{
		Title: t.Text("welcome.title"), Close: t.Text("proof.ui.close"), Content: w.body, First: w.first, Width: wide, OnClose: p.Done,
	})
}

// show writes the step that is reached.
func (w *welcome) show() {
	t, s := w.p.Texts, w.steps[w.at]()
	main := kit.NewButton(kit.Primary, t.Text(s.press), func() {
		if s.do == nil || s.do() {
			w.next()
		}
	})
	rows := append([]fyne.CanvasObject{
		kit.NewText(t.Text("welcome.step", "at", w.at+1, "of", len(w.steps)), kit.MutedText),
		kit.NewParagraph(t.Text("welcome."+s.key), kit.CardTitleText),
		kit.NewParagraph(t.Text("welcome."+s.key+".text"), kit.BodyText),
	}, s.content...)
	w.body.Objects = append(rows, kit.Gap(2), kit.Flow(18, main, kit.NewButton(kit.Link, t.Text("welcome.pass"), w.next)),
		kit.NewRule(), kit.NewParagraph(t.Text("welcome.escape"), kit.MutedText))
	w.body.Refresh()
	w.first = s.first
	if w.first == nil {
		w.first = main
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(w.body); c != nil {
		c.Focus(w.first)
	}
}

// next goes on, or ends.
func (w *welcome) next() {
	if w.at == len(w.steps)-1 {
		w.p.Close()
		return
	}
	w.at++
	w.show()
}

// looks is the language, the currency and the size: what is chosen shows at once.
func (w *welcome) looks() step {
	s := step{key: "looks", press: "welcome.next"}
	currency := w.p.Currency
	currency.Options = append([]kit.Option{{ID: none, Text: w.p.Texts.Text("welcome.currency.none")}}, currency.Options...)
	if currency.Chosen == "" {
		currency.Chosen = none
	}
	currency.Choose = func(id string) {
		if id == none {
			id = ""
		}
		w.p.Currency.Choose(id)
	}
	for _, x := range []struct {
		key string
		Setting
	}{{"language", w.p.Language}, {"currency", currency}, {"scale", w.p.Scale}} {
		if len(x.Options) < 2 {
			continue
		}
		chips := parts.NewChoice(x.Options, nil)
		chips.Put(x.Chosen)
		now := x.Chosen
		chips.OnChanged = func(id string) {
			if id == "" { // one of them always holds
				chips.Put(now)
				return
			}
			now = id
			x.Choose(id)
		}
		s.content = append(s.content, kit.VStack(6, kit.NewText(w.p.Texts.Text("welcome."+x.key), kit.MutedText), chips))
	}
	return s
}

// office is who issues papers. What is typed is kept with the press alone.
func (w *welcome) office() step {
	t, setup := w.p.Texts, w.p.Office.Setup()
	s := step{key: "office", press: "welcome.keep"}
	fields := kit.VStack(8)
	for _, l := range []struct {
		key  string
		into *string
	}{{"officer", &setup.Officer}, {"agency", &setup.Agency}, {"fair", &setup.Fair}} {
		entry := kit.NewEntry(t.Text("rulebook." + l.key + ".hint"))
		entry.Put(*l.into)
		entry.Changed = func(text string) { *l.into = text }
		fields.Add(kit.NewField(kit.FieldSpec{Label: t.Text("rulebook." + l.key), Input: entry, Width: 300}))
		if s.first == nil {
			s.first = entry
		}
	}
	s.content = []fyne.CanvasObject{fields}
	s.do = func() bool {
		for _, text := range []*string{&setup.Officer, &setup.Agency, &setup.Fair} {
			*text = strings.TrimSpace(*text)
		}
		if err := w.p.Office.PutSetup(setup); err != nil {
			w.p.Failed(err)
			return false
		}
		return true
	}
	return s
}

// example is the guided estimate.
func (w *welcome) example() step {
	return step{key: "example", press: "welcome.example.do", do: func() bool {
		w.p.Close()
		w.p.Example()
		return false
	}}
}
