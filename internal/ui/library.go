package ui

import (
	"encoding/json"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"

	"atlasp2i/internal/i18n"
)

// libraryWords are the texts that the window library says itself, in file dialogs
// and in the menu of a field: its key and ours.
var libraryWords = map[string]string{
	"Advanced": "library.advanced", "Cancel": "library.cancel", "Confirm": "library.confirm", "Copy": "library.copy",
	"Create Folder": "library.createFolder", "Cut": "library.cut", "Enter filename": "library.enterName", "Error": "library.error",
	"Favourites": "library.favourites", "File": "library.file", "Folder": "library.folder", "New Folder": "library.newFolder",
	"No": "library.no", "OK": "library.ok", "Open": "library.open", "Paste": "library.paste", "Quit": "library.quit",
	"Redo": "library.redo", "Save": "library.save", "Select all": "library.selectAll", "Show Hidden Files": "library.hidden",
	"Undo": "library.undo", "Yes": "library.yes", "file.name": "library.name", "file.parent": "library.parent",
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
