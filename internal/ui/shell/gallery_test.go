package shell_test

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/shell"
	"atlasp2i/internal/ui/theme"
)

// galleryEnv names a folder: where it is set, the gallery is painted there as
// pictures to be looked at.
const galleryEnv = "ATLAS_GALLERY"

// samplePage is a page of given parts.
type samplePage struct {
	title       string
	left, right []fyne.CanvasObject
	content     fyne.CanvasObject
	shows       int
	hides       int
}

func (p *samplePage) Title() string                    { return p.title }
func (p *samplePage) Content() fyne.CanvasObject       { return p.content }
func (p *samplePage) HeaderLeft() []fyne.CanvasObject  { return p.left }
func (p *samplePage) HeaderRight() []fyne.CanvasObject { return p.right }
func (p *samplePage) OnShow()                          { p.shows++ }
func (p *samplePage) OnHide()                          { p.hides++ }

func nothing() {}

func homeSample() *samplePage {
	door := func(icon, title, text string, main bool) fyne.CanvasObject {
		return kit.NewDoor(kit.DoorLook{Icon: kit.Icon(icon), Title: title, Text: text}, main, nothing)
	}
	doors := kit.Columns(16, 200, nil,
		door("simulate", "Nouvelle simulation", "Huit réponses, un gain et sa preuve", true),
		door("compare", "Comparer des plateformes", "Vos critères, un ordre défendable", false),
		door("sector", "Le secteur", "Exports, emplois, objectifs 2030", false),
		door("files", "Nouveau contact", "Consentement et suite à donner", false),
	)
	quick := kit.NewStatement([]kit.Column{{Title: "Projet type", Left: true}, {Title: "Plateforme"}, {Title: "Gain, 60 mois"}, {Title: "du coût"}},
		[]kit.Row{
			{Cells: []kit.Cell{{Text: "Centre de contact, 100"}, {Text: "Oujda Shore"}, {Text: "2,3 à 6,8 M", Explain: nothing}, {Text: "5,7 à 16,9 %"}}},
			{Cells: []kit.Cell{{Text: "Ingénierie, 40"}, {Text: "Fès Shore"}, {Text: "14,7 à 25,3 M", Explain: nothing}, {Text: "17,9 à 30,8 %"}}},
		})
	quick.Underlined = true
	answers := kit.NewCard(kit.VStack(8, kit.NewText("Réponses rapides", kit.CardTitleText), quick,
		kit.NewParagraph("De la lecture prudente à la plus large. Chaque chiffre s’ouvre sur son calcul et sa source.", kit.MutedText)))
	recent := kit.NewCard(kit.VStack(10, kit.NewText("Derniers dossiers", kit.CardTitleText),
		kit.NewText("Centre ESO Fès", kit.StrongText), kit.NewText("brouillon · il y a 4 min", kit.MutedText), kit.NewRule(),
		kit.NewProgress("Calcul de 64 lectures", "Arrêter", nothing)))
	return &samplePage{title: "Bonjour", content: kit.VStackFill(20, doors, kit.Columns(16, 300, []float32{2, 1}, answers, recent))}
}

func years(name string, total bool, figures ...string) kit.Row {
	r := kit.Row{Total: total, Cells: []kit.Cell{{Text: name}}}
	for _, f := range figures {
		c := kit.Cell{Text: f, Explain: nothing}
		if f == "–" {
			c = kit.Cell{Text: f, Muted: true}
		}
		r.Cells = append(r.Cells, c)
	}
	return r
}

func statementSample() *kit.Statement {
	return kit.NewStatement(
		[]kit.Column{{Title: "MAD par an", Left: true}, {Title: "2026"}, {Title: "2027"}, {Title: "2028"}, {Title: "2029"}, {Title: "2030"}, {Title: "Total"}},
		[]kit.Row{
			years("Salaires bruts", false, "14 400 000", "14 400 000", "14 400 000", "14 400 000", "14 400 000", "72 000 000"),
			years("AIR", false, "2 105 848", "2 105 848", "2 105 848", "2 105 848", "2 105 848", "10 529 242"),
			years("PAE", false, "–", "2 040 000", "–", "–", "–", "2 040 000"),
			years("Gain", true, "2 525 848", "4 565 848", "2 525 848", "2 525 848", "2 525 848", "14 669 242"),
		})
}

func formSample() fyne.CanvasObject {
	segment := kit.NewSelect("Choisir", []kit.Option{{ID: "ESO", Text: "ESO · Ingénierie"}}, nil)
	segment.Put("ESO")
	site := kit.NewSelect("Choisir", []kit.Option{{ID: "fes", Text: "Fès Shore"}}, nil)
	export := kit.NewNumberEntry("", "%")
	export.Put("100")
	start := kit.NewMonthEntry("")
	start.Check = func(text string) string {
		if text == "janvier 2026" {
			return ""
		}
		return "Écrire un mois : janvier 2026 ou 01/2026."
	}
	start.Put("janvié 2026")
	length := kit.NewNumberEntry("60", "mois")
	name := kit.NewEntry("Nom du projet")
	project := kit.NewCard(kit.VStack(11, kit.NewText("Projet", kit.CardTitleText),
		kit.NewField(kit.FieldSpec{Label: "Nom", Input: name, Width: 200}),
		kit.NewField(kit.FieldSpec{Label: "Filière", Input: segment}),
		kit.NewField(kit.FieldSpec{Label: "Plateforme", Input: site}),
		kit.NewField(kit.FieldSpec{Label: "Part export", Input: export, Hint: "supposé", Width: 90})))
	dates := kit.NewCard(kit.VStack(11, kit.NewText("Dates", kit.CardTitleText),
		kit.NewField(kit.FieldSpec{Label: "Première embauche", Input: start}),
		kit.NewField(kit.FieldSpec{Label: "Durée", Input: length}),
		kit.NewButton(kit.Link, "+ Ajouter un profil", nothing)))
	ask := kit.NewNotice("Une réponse réduirait l’écart d’au moins 74 %",
		"La prime à l’emploi est-elle versée une fois ou chaque année ? Le texte n’est pas tranché.")
	return kit.VStack(13, project, dates, ask)
}

func resultSample() fyne.CanvasObject {
	off := kit.NewButton(kit.Secondary, "Comparer", nothing)
	off.Disable()
	buttons := kit.HStack(8, off, kit.NewButton(kit.Secondary, "Enregistrer", nothing), kit.NewButton(kit.Primary, "Émettre le PDF", nothing))
	total := kit.HStack(10, kit.NewFigure("14 669 242", kit.HeadlineText, nothing), kit.NewText("MAD", kit.HeadlineUnit))
	said := kit.VStack(0, kit.NewText("Gain total sur 60 mois, lecture prudente", kit.MutedText), total,
		kit.NewText("17,9 % du coût d’emploi de 82,0 M MAD", kit.MutedText))
	head := kit.NewCard(kit.VStack(12, kit.Ends(12, said, buttons),
		kit.NewRangeBar(kit.Range{Low: 14.669, High: 25.3, Mark: 14.669, LowText: "prudente 14,7 M", HighText: "autres lectures : jusqu’à 25,3 M"})))
	card := func(look kit.BenefitLook) fyne.CanvasObject { return kit.NewBenefitCard(look, nothing) }
	cards := kit.Columns(12, 150, nil,
		card(kit.BenefitLook{Code: "AIR", Name: "Impôt sur le revenu", State: "✓ remplies", Tone: kit.ToneGood, Amount: "10 529 242", Range: "lecture unique", Why: "IR à 24,6 % du brut, ramené à 10 %"}),
		card(kit.BenefitLook{Code: "PAE", Name: "Prime à l’emploi", State: "? 2 inconnues", Tone: kit.ToneCaution, Amount: "2 040 000", Range: "2,0 à 12,2 M", Why: "après 18 mois de présence"}),
		card(kit.BenefitLook{Code: "PAF", Name: "Prime à la formation", State: "✓ remplies", Tone: kit.ToneGood, Amount: "2 100 000", Range: "2,1 à 2,5 M", Why: "3,5 % du brut, cinq ans"}),
		card(kit.BenefitLook{Code: "AIS", Name: "Impôt sur les sociétés", State: "– sans objet", Amount: "0", Range: "parce que", Why: "IS exonéré jusqu’en 2030"}))
	tabs := kit.NewTabs([]string{"Relevé", "Calendrier", "Conditions 5 ✓ 2 ?", "Non compté 1"}, nil)
	return kit.VStackFill(13, head, cards, kit.NewCard(kit.VStack(4, tabs, kit.Wide(statementSample()))))
}

func simulateSample() *samplePage {
	return &samplePage{
		title: "Centre ESO Fès", left: []fyne.CanvasObject{kit.NewChip(kit.ChipLook{Text: "brouillon · révision 3"})},
		content: kit.Sides(20, 366, 400, formSample(), resultSample()),
	}
}

func panelSample() kit.PanelSpec {
	steps := kit.NewStatement([]kit.Column{{Title: "Étape, par tête et par an", Left: true}, {Title: "Base"}, {Title: "Taux"}, {Title: "Montant"}},
		[]kit.Row{
			{Cells: []kit.Cell{{Text: "Revenu brut imposable"}, {Text: "12 × 30 000"}, {}, {Text: "360 000,00"}}},
			{Cells: []kit.Cell{{Text: "CNSS et AMO"}, {Text: "72 000 ; 360 000"}, {Text: "4,48 % ; 2,26 %"}, {Text: "− 11 361,60"}}},
			{Total: true, Cells: []kit.Cell{{Text: "AIR par tête et par an"}, {}, {}, {Text: "52 646,208"}}},
		})
	source := kit.NewInset(kit.VStack(5, kit.HStack(8, kit.NewText("Plafond 10 %", kit.StrongText), kit.NewChip(kit.ChipLook{Text: "presse concordante"})),
		kit.NewParagraph("Circulaire du Chef du gouvernement n° 15-2025 · P2I Fès, Oujda, Tétouan et régions sans P2I", kit.MutedText)))
	return kit.PanelSpec{Title: "D’où vient ce chiffre ?", Close: "Échap", Content: kit.VStack(14,
		kit.NewText("10 529 242 MAD", kit.PanelTotalText),
		kit.NewParagraph("Sans l’offre, 40 ingénieurs paieraient 24,6 % de leur brut en impôt sur le revenu. À Fès Shore, l’État prend en charge ce qui dépasse 10 %, chaque mois de janvier 2026 à décembre 2030.", kit.BodyText),
		steps, source, kit.HStack(10, kit.NewButton(kit.Secondary, "Arbre complet", nothing), kit.NewButton(kit.Secondary, "Copier", nothing)))}
}

func sampleShell(w fyne.Window) *shell.Shell {
	s := shell.New(shell.Params{
		Window: w, Brand: "Atlas P2I",
		Places: []shell.Place{
			{ID: shell.Files, Label: "Dossiers", Build: func() shell.Page {
				return &samplePage{title: "Dossiers", content: kit.NewCard(kit.NewText("Dossiers", kit.TitleText))}
			}},
			{ID: shell.Home, Label: "Accueil", Build: func() shell.Page { return homeSample() }},
			{ID: shell.Simulate, Label: "Simuler", Build: func() shell.Page { return simulateSample() }},
		},
		Chips: []fyne.CanvasObject{
			kit.NewChip(kit.ChipLook{Text: "Règles n° 1 · en vigueur 01/07/2025", Dot: theme.ColorCaution}),
			kit.NewChipButton(kit.ChipLook{Text: "par an ▾"}, nothing),
		},
	})
	s.SetStatus("Hors ligne", "Enregistré 14:32", "Copie vérifiée 14:30")
	w.SetContent(s.Content())
	return s
}

func TestGallery(t *testing.T) {
	folder := os.Getenv(galleryEnv)
	if folder == "" {
		t.Skip("set " + galleryEnv + " to a folder to paint the gallery")
	}
	for _, look := range []struct {
		name  string
		theme *theme.Theme
	}{{"light", theme.Light()}, {"dark", theme.Dark()}} {
		a := test.NewTempApp(t)
		a.Settings().SetTheme(look.theme)
		for _, size := range []struct {
			name string
			size fyne.Size
		}{{"1366", fyne.NewSize(1366, 768)}, {"1024", fyne.NewSize(1024, 640)}, {"1920", fyne.NewSize(1920, 1080)}} {
			w := test.NewTempWindow(t, nil)
			w.SetPadded(false)
			s := sampleShell(w)
			s.Open(shell.Home)
			paint(t, w, size.size, filepath.Join(folder, "home-"+look.name+"-"+size.name+".png"))
			s.Open(shell.Simulate)
			s.ShowToast("Simulation supprimée", "Annuler", nothing)
			paint(t, w, size.size, filepath.Join(folder, "simulate-"+look.name+"-"+size.name+".png"))
			s.HideToast()
			s.ShowPanel(panelSample())
			paint(t, w, size.size, filepath.Join(folder, "panel-"+look.name+"-"+size.name+".png"))
			s.ShowToast("Copié.", "", nothing)
			paint(t, w, size.size, filepath.Join(folder, "panel-toast-"+look.name+"-"+size.name+".png"))
		}
	}
}

// paint lays the window out twice, since a page may ask for more height once
// it knows its width, and writes it as a picture.
func paint(t *testing.T, w fyne.Window, size fyne.Size, path string) {
	t.Helper()
	w.Resize(size.SubtractWidthHeight(1, 0))
	w.Resize(size)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
