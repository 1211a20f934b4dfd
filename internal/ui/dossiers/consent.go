package dossiers

import (
	"strings"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/cabinet"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/ui/kit"
)

// consent shows what was agreed, or the words that are put to the visitor.
func (s *sheet) consent() {
	if is := s.c.is.Consent; is != nil {
		style := kit.CautionText
		if is.Stands() {
			style = kit.GoodText
		}
		rows := []fyne.CanvasObject{kit.NewParagraph(s.pg.p.consentLine(is), style)}
		if is.Stands() {
			for _, id := range is.Purposes {
				rows = append(rows, kit.NewParagraph(s.t.Text("dossiers.consent.purpose", "text", s.purpose(id)), kit.BodyText))
			}
		}
		buttons := []fyne.CanvasObject{kit.NewButton(kit.Link, s.t.Text("dossiers.consent.again"), s.ask)}
		if is.Stands() {
			buttons = append(buttons, kit.NewButton(kit.Link, s.t.Text("dossiers.consent.withdraw"), s.withdraw))
		}
		s.showAsked(append(rows, spaced(18, buttons...))...)
		return
	}
	s.ask()
}

func (s *sheet) showAsked(rows ...fyne.CanvasObject) {
	s.asked.Objects = rows
	s.asked.Refresh()
}

// purpose is the text of one, or its id where the pack no longer has it.
func (s *sheet) purpose(id string) string {
	if key := "formality.purpose." + id; s.t.Has(key) {
		return s.t.T(domain.M(key))
	}
	return id
}

// ask puts the words to the visitor, once it is known who asks.
func (s *sheet) ask() {
	if s.pg.p.Setup == nil {
		s.showAsked(kit.NewParagraph(s.t.Text("dossiers.consent.nowhere"), kit.MutedText))
		return
	}
	wording := kit.VStack(10)
	setup := s.pg.p.Setup.Setup()
	if setup.Officer == "" || setup.Agency == "" || setup.Email == "" {
		s.showAsked(s.who(setup, func(is issue.Setup) { s.wording(wording, is) }), wording)
	} else {
		s.showAsked(wording)
	}
	s.wording(wording, setup)
}

// who asks once for those without whom a consent is given to nobody.
func (s *sheet) who(setup issue.Setup, known func(issue.Setup)) fyne.CanvasObject {
	field := func(key, is string, put func(string)) fyne.CanvasObject {
		e := kit.NewEntry(s.t.Optional(key + ".hint"))
		e.Put(is)
		e.Left = func(text string) {
			put(strings.TrimSpace(text))
			if err := s.pg.p.Setup.PutSetup(setup); err != nil {
				s.pg.p.Failed(err)
				return
			}
			known(setup)
		}
		return kit.NewField(kit.FieldSpec{Label: s.t.Optional(key), Input: e, Width: fieldWide})
	}
	lines := kit.VStack(8, field("dossiers.by", setup.Officer, func(v string) { setup.Officer = v }),
		field("papers.agency", setup.Agency, func(v string) { setup.Agency = v }),
		field("dossiers.address", setup.Email, func(v string) { setup.Email = v }))
	return kit.VStack(8, kit.NewParagraph(s.t.Text("dossiers.who"), kit.MutedText), kit.Columns(28, 300, nil, lines, kit.VStack(0)))
}

// wording shows the words, the uses to be ticked, and the two answers.
func (s *sheet) wording(box *fyne.Container, setup issue.Setup) {
	box.Objects = nil
	defer func() { box.Refresh(); s.content.Refresh() }()
	if setup.Officer == "" || setup.Agency == "" || setup.Email == "" {
		return
	}
	w, err := s.pg.p.Cabinet.Consent(setup.Agency, setup.Email)
	if err != nil {
		box.Add(kit.NewParagraph(desk.Say(s.t, err), kit.CautionText))
		return
	}
	box.Add(kit.NewInset(kit.NewParagraph(w.Text, kit.TableText)))
	if w.ToValidate {
		box.Add(kit.NewParagraph(s.t.Text("dossiers.consent.draft", "version", w.Version), kit.MutedText))
	}
	if is := s.c.is.Language; is != "" && is != w.Language {
		box.Add(kit.NewParagraph(s.t.Text("dossiers.consent.other", "wording", s.t.Text("dossiers.language."+w.Language), "contact", s.t.Text("dossiers.language."+is)), kit.CautionText))
	}
	var ticked []string
	all := make([]string, len(w.Purposes))
	for i, p := range w.Purposes {
		all[i] = p.ID
	}
	yes := kit.NewButton(kit.Secondary, s.t.Text("dossiers.consent.give"), func() { s.answer(w, cabinet.Answer{Given: true, Purposes: ticked, By: setup.Officer}) })
	yes.Disable()
	for _, p := range w.Purposes {
		box.Add(kit.NewTick(p.Text, func(bool) {
			ticked = tick(all, ticked, p.ID)
			if len(ticked) > 0 {
				yes.Enable()
			} else {
				yes.Disable()
			}
		}))
	}
	no := kit.NewButton(kit.Secondary, s.t.Text("dossiers.consent.refuse"), func() { s.answer(w, cabinet.Answer{By: setup.Officer}) })
	box.Add(spaced(8, yes, no))
}

// answer keeps what the visitor said.
func (s *sheet) answer(w cabinet.Wording, a cabinet.Answer) {
	s.c.is.Consent = s.pg.p.Cabinet.Answered(w, a)
	s.pg.commit()
	s.consent()
}

// withdraw ends the consent; that there was one stays known.
func (s *sheet) withdraw() {
	s.pg.commit()
	s.changed(s.pg.p.Cabinet.Withdraw(s.c.is.ID))
	s.consent()
}
