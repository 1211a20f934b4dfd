package kiosk

import (
	"context"
	"errors"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk/kiosk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/parts"
)

// Door is what the card and the panel ask of the use cases.
type Door interface {
	State() (kiosk.State, error)
	Close(kiosk.Wish) error
	Answer(ctx context.Context, code string) error
}

// Params is what the card and the panel work with.
type Params struct {
	Door   Door
	Texts  *i18n.Catalogue
	Ready  func() bool // before the door is closed: nothing would be lost; else it says what
	Passed func()      // the door was closed, or the code was right
	Failed func(error) // says an error that belongs to no field
	Do     func(func())
}

const codeWide = 160 // design pixels

// card is how the kiosk is begun.
type card struct {
	p           Params
	worker      *parts.Worker
	code, again *kit.Entry
	fields      map[string]*kit.Field // by the Field of a refusal
	delay       *kit.Select
	begin       *kit.Button
	box         *fyne.Container
}

// Card begins the kiosk, with a code or with the one that is set.
func Card(p Params) fyne.CanvasObject { return kit.NewCard(newCard(p).box) }

func newCard(p Params) *card {
	t := p.Texts
	state, err := p.Door.State()
	c := &card{p: p, worker: &parts.Worker{Do: p.Do}, code: secret(), again: secret()}
	c.box = kit.VStack(8, kit.NewText(t.Text("kiosk.title"), kit.CardTitleText), kit.NewParagraph(t.Text("kiosk.text"), kit.MutedText))
	if err != nil {
		c.box.Add(kit.NewNotice(t.Text("kiosk.unread"), err.Error()))
		return c
	}
	var choices []kit.Option
	for _, d := range kiosk.Delays {
		choices = append(choices, kit.Option{ID: seconds(d), Text: t.Text("kiosk.delay.seconds", "count", int64(d/time.Second))})
	}
	c.delay = kit.NewSelect("", choices, nil)
	c.delay.Put(seconds(state.Delay))
	c.fields = map[string]*kit.Field{
		"code":  kit.NewField(kit.FieldSpec{Label: t.Text("kiosk.code"), Input: c.code, Width: codeWide}),
		"again": kit.NewField(kit.FieldSpec{Label: t.Text("kiosk.again"), Input: c.again, Width: codeWide}),
	}
	how := "kiosk.code.how"
	if state.Coded {
		how = "kiosk.code.kept"
	}
	c.begin = kit.NewButton(kit.Secondary, t.Text("kiosk.begin"), c.start)
	c.code.OnSubmitted = func(string) { parts.Next(c.code) }
	c.again.OnSubmitted = func(string) { c.start() }
	for _, o := range []fyne.CanvasObject{
		c.fields["code"], c.fields["again"], kit.NewParagraph(t.Text(how), kit.MutedText),
		kit.NewField(kit.FieldSpec{Label: t.Text("kiosk.delay"), Input: c.delay, Width: codeWide}),
		kit.NewParagraph(t.Text("kiosk.lost"), kit.MutedText), kit.HStack(0, c.begin),
	} {
		c.box.Add(o)
	}
	return c
}

func secret() *kit.Entry {
	e := kit.NewEntry("")
	e.Password = true
	return e
}

func seconds(d time.Duration) string { return strconv.Itoa(int(d / time.Second)) }

// start closes the door, off the window's thread: a code is hashed.
func (c *card) start() {
	if c.begin.Disabled() || !c.p.Ready() {
		return
	}
	wish := kiosk.Wish{Code: c.code.Text, Again: c.again.Text}
	for _, d := range kiosk.Delays {
		if seconds(d) == c.delay.Chosen() {
			wish.Delay = d
		}
	}
	c.begin.Disable()
	c.mark("", "")
	parts.Ask(c.worker, parts.Job[error]{
		Work: func(context.Context, func(done, of int)) error { return c.p.Door.Close(wish) },
		Slow: func(int, int) {},
		Show: func(err error) {
			c.begin.Enable()
			if err != nil {
				c.refused(err)
				return
			}
			c.code.SetText("")
			c.again.SetText("")
			c.p.Passed()
		},
	})
}

// refused says why at the field that it is about.
func (c *card) refused(err error) {
	var wrong *domain.Problem
	switch {
	case errors.As(err, &wrong) && c.fields[wrong.Field] != nil:
		c.mark(wrong.Field, c.p.Texts.T(wrong.Msg))
	case errors.Is(err, kiosk.ErrNoCode):
		c.mark("code", c.p.Texts.Text(kiosk.ErrNoCode.Key()))
	default:
		c.p.Failed(err)
	}
}

// mark says something at one field and nothing at the others.
func (c *card) mark(field, text string) {
	for name, f := range c.fields {
		said := ""
		if name == field {
			said = text
		}
		f.SetMessage(said)
	}
	c.box.Refresh()
}
