package ui

import (
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/store"
)

// nextLanguage goes round the languages, in the middle of whatever is shown.
func (w *window) nextLanguage() {
	all := w.languages()
	for i, t := range all {
		if t.Lang() == w.desk.Texts().Lang() {
			w.choose(all[(i+1)%len(all)].Lang())
			return
		}
	}
}

// choose speaks a language from now on.
func (w *window) choose(lang string) {
	for _, t := range w.languages() {
		if t.Lang() == lang && lang != w.desk.Texts().Lang() {
			w.speak(t)
			break
		}
	}
	if err := w.desk.PutSetting(store.SettingLanguage, w.desk.Texts().Lang()); err != nil {
		w.failed(err)
	}
}

func (w *window) languages() []*i18n.Catalogue {
	return append([]*i18n.Catalogue{w.p.Texts}, w.p.Others...)
}

// speak makes the whole window anew in a language. What was typed, chosen and
// put aside goes on in the new pages.
func (w *window) speak(t *i18n.Catalogue) {
	l := w.leavePages()
	speakLibrary(t)
	w.speaking(t)
	w.follow(l)
}

// restoreLanguage speaks as when the app was left.
func (w *window) restoreLanguage() {
	var lang string
	if !w.desk.Setting(store.SettingLanguage, &lang) {
		return
	}
	for _, t := range w.languages() {
		if t.Lang() == lang {
			w.speaking(t)
		}
	}
}

func (w *window) speaking(t *i18n.Catalogue) {
	w.desk = w.desk.Speaking(t)
	if w.office != nil {
		w.office = w.office.Speaking(w.desk)
	}
	if w.contacts != nil {
		w.contacts = w.contacts.Speaking(w.desk.Texts())
	}
}
