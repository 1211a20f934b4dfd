package ui

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

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
	all := []*i18n.Catalogue{w.p.Texts}
	if w.p.Others != nil {
		all = append(all, w.p.Others()...)
	}
	return all
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
	if !w.desk.Setting(store.SettingLanguage, &lang) || lang == w.desk.Texts().Lang() {
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

// libraryWords are the texts that the window library says itself, in file dialogs
// and in the menu of a field: its key and ours. Those of the places, and what cannot be
// read among them, it does not ask for: parts.ShowFiles does.
var libraryWords = map[string]string{
	"Advanced": "library.advanced", "Cancel": "library.cancel", "Confirm": "library.confirm", "Copy": "library.copy",
	"Create Folder": "library.createFolder", "Cut": "library.cut", "Enter filename": "library.enterName", "Error": "library.error",
	"Favourites": "library.favourites", "File": "library.file", "Folder": "library.folder", "New Folder": "library.newFolder",
	"No": "library.no", "OK": "library.ok", "Open": "library.open", "Paste": "library.paste", "Quit": "library.quit",
	"Redo": "library.redo", "Save": "library.save", "Select all": "library.selectAll", "Show Hidden Files": "library.hidden",
	"Undo": "library.undo", "Yes": "library.yes", "file.unread": "library.unread", "file.name": "library.name", "file.parent": "library.parent",
	"Home": "library.place.home", "Computer": "library.place.computer", "Desktop": "library.place.desktop", "Documents": "library.place.documents", "Downloads": "library.place.downloads",
	"Music": "library.place.music", "Pictures": "library.place.pictures", "Videos": "library.place.videos", "Movies": "library.place.movies",
}

// speakLibrary makes the window library speak our language. It follows that of
// the system and has no way to be told another: so its words in the system's
// language become ours.
func speakLibrary(t *i18n.Catalogue) {
	words := map[string]any{}
	for theirs, ours := range libraryWords {
		words[theirs] = map[string]string{"other": t.Text(ours)}
	}
	data, err := json.Marshal(words)
	if err == nil {
		err = lang.AddTranslationsForLocale(data, lang.SystemLocale())
	}
	if err != nil {
		fyne.LogError("the window library keeps its own words", err)
	}
}
