// Command emptywindow is a window with nothing of ours in it, built with the same
// tags: what the program's memory, start and idle load are measured beside. With
// the argument "field" it holds one focused entry.
package main

import (
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	w := app.NewWithID("atlas.p2i.emptywindow").NewWindow("Empty window")
	w.Resize(fyne.NewSize(1366, 768))
	if len(os.Args) > 1 && os.Args[1] == "field" {
		e := widget.NewEntry()
		w.SetContent(e)
		w.Canvas().Focus(e)
	}
	w.ShowAndRun()
}
