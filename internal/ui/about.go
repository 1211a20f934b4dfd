package ui

import (
	"atlasp2i/assets"
	"atlasp2i/internal/credits"
	"atlasp2i/internal/ui/about"
)

// about opens the panel about the program, from the chip of the rules.
func (w *window) about() {
	book, err := credits.Load(assets.LicenceFiles())
	if err != nil {
		w.failed(err)
		return
	}
	about.Open(w.aboutParams(book))
}

func (w *window) aboutParams(book *credits.Book) about.Params {
	p := about.Params{
		Texts: w.desk.Texts(), Build: w.p.Build, Pack: w.desk.Pack(), Book: book, Show: w.shell.ShowPanel, Copy: w.Copy, Alone: w.stand != nil,
	}
	if w.stand == nil {
		p.Welcome = w.welcome
	}
	return p
}
