package platforms

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
)

// Width of the inputs of the form in design pixels.
const (
	inputWide = 240
	longWide  = 340 // for a sentence or names
)

// form takes a value of the user's for one field of a place. What is refused is
// said beside the field it was typed into.
type form struct {
	formParams
	value *kit.Entry
	pick  *kit.Select // of a yes/no field, in the place of value
	asOf  *kit.Entry
	note  *kit.Entry
	save  *kit.Button
	body  fyne.CanvasObject
}

// formParams is what a form is made of. Keep keeps the correction; an error of it
// that is about a field is shown there. Told hears that a message came or went.
type formParams struct {
	t    *i18n.Catalogue
	x    *desk.Datum
	keep func(desk.Correction) error
	told func()
}

func newForm(p formParams) *form {
	f := &form{formParams: p}
	t, x := p.t, p.x
	f.asOf = kit.NewMonthEntry(t.Text("platforms.form.asOf.example"))
	f.note = kit.NewEntry(t.Text("platforms.form.note.example"))
	f.asOf.Changed = func(string) { f.clear(f.asOf) }
	f.note.Changed = func(string) { f.clear(f.note) }
	if x.Own != nil {
		f.asOf.Put(desk.SayAsOf(t, x.Own.AsOf))
		f.note.Put(x.Own.Note)
	}
	f.save = kit.NewButton(kit.Primary, t.Text("platforms.form.save"), f.submit)
	f.asOf.OnSubmitted, f.note.OnSubmitted = f.entered, f.entered
	f.body = kit.VStack(10, f.valueField(),
		kit.NewField(kit.FieldSpec{Label: t.Text("platforms.form.asOf"), Input: f.asOf, Width: inputWide}),
		kit.NewField(kit.FieldSpec{Label: t.Text("platforms.form.note"), Input: f.note, Width: longWide}),
		kit.HStack(10, f.save))
	return f
}

func (f *form) valueField() fyne.CanvasObject {
	spec := kit.FieldSpec{Label: f.t.Text("platforms.form.value"), Width: inputWide}
	v := f.x.Value()
	switch f.x.Field.Kind {
	case rules.FieldYesNo:
		f.pick = kit.NewSelect(f.t.Text("platforms.form.pick"), []kit.Option{
			{ID: rules.Yes, Text: f.t.Text("state.yes")}, {ID: rules.No, Text: f.t.Text("state.no")},
		}, func(string) { f.clear(f.pick) })
		f.pick.Put(v.Text)
		spec.Input = f.pick
		return kit.NewField(spec)
	case rules.FieldNumber:
		f.value = kit.NewNumberEntry("", desk.UnitName(f.t, f.x.Field.Unit))
		if f.x.Own != nil {
			f.value.Put(desk.Typed(f.t, v.Num, f.x.Field.Unit))
		}
	default:
		f.value, spec.Width = kit.NewEntry(""), longWide
		f.value.Put(f.written(v))
	}
	f.value.OnSubmitted = f.entered
	f.value.Changed = func(string) { f.clear(f.value) }
	spec.Input = f.value
	return kit.NewField(spec)
}

// written is a sentence or names as they are typed.
func (f *form) written(v rules.FactValue) string {
	switch {
	case f.x.Field.Kind == rules.FieldNames:
		return strings.Join(v.Names, ", ")
	case f.x.Own != nil || v.Text == "":
		return v.Text
	}
	return f.t.Text(v.Text)
}

// entered is Return in one of the lines.
func (f *form) entered(string) { f.submit() }

func (f *form) submit() {
	c := desk.Correction{Place: f.x.Place, Field: f.x.Field.ID, AsOf: f.asOf.Text, Note: f.note.Text}
	if f.pick != nil {
		c.Value = f.pick.Chosen()
	} else {
		c.Value = f.value.Text
	}
	var wrong *domain.Problem
	if err := f.keep(c); errors.As(err, &wrong) {
		f.refuse(wrong)
	}
}

// clear takes back what was said of an input: it is typed into again.
func (f *form) clear(input interface{ SetMessage(string) }) {
	input.SetMessage("")
	f.told()
}

// refuse says what is wrong beside the field it is about.
func (f *form) refuse(p *domain.Problem) {
	said := f.t.T(p.Msg)
	switch {
	case p.Field == "asOf":
		f.asOf.SetMessage(said)
	case p.Field == "note":
		f.note.SetMessage(said)
	case f.pick != nil:
		f.pick.SetMessage(said)
	default:
		f.value.SetMessage(said)
	}
	f.told()
}

// first is where typing begins.
func (f *form) first() fyne.Focusable {
	if f.pick != nil {
		return f.pick
	}
	return f.value
}
