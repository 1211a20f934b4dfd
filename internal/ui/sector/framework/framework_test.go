package framework

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/figures"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/sector/say"
	"atlasp2i/internal/ui/theme"
)

func newWords(t testing.TB) say.Writer { return wordsIn(t, "fr") }

func wordsIn(t testing.TB, lang string) say.Writer {
	t.Helper()
	texts, err := i18n.Load(assets.I18n, lang)
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	book, err := figures.Load(pack)
	if err != nil {
		t.Fatal(err)
	}
	return say.Writer{T: texts.WithTexts(pack.Texts[lang]), Book: book}
}

// plain makes the thin spaces of numbers plain ones.
func plain(s string) string {
	return strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(s)
}

// In another language nothing stands there as if it were its own: a day is written as a
// day, and the words of a source are marked as such.
func TestEntries_InAnotherLanguage(t *testing.T) {
	w := wordsIn(t, "en")
	said := map[string]bool{}
	for _, group := range []string{training, governance} {
		for _, e := range entries(w, group) {
			said[plain(e.when)], said[plain(e.value)] = true, true
		}
	}
	for _, want := range []string{"1 Jul 2025", "“plus de 250”", "550 grants"} {
		if !said[want] {
			t.Errorf("%q is not said: %v", want, said)
		}
	}
	if said["1er juillet 2025"] || said["plus de 250"] {
		t.Errorf("French stands there: %v", said)
	}
}

func TestEntries(t *testing.T) {
	w := newWords(t)
	for group, want := range map[string]string{
		training: `janvier 2025 à janvier 2026 | Thèses lancées | plus de 250 |
jusqu'à 2026 | JobInTech, personnes à former | 15 000 d'ici 2026 | sources en désaccord
jusqu'à 2027 | JobInTech, personnes à former | 14 000 d'ici 2027 | non vérifié, sources en désaccord
2024 à 2027 | Bourses doctorales prévues | 550 bourses | sources en désaccord
2025 à 2027 | Thèses prévues | 568 thèses | sources en désaccord
2030 | Objectif de personnes formées par an | 100 000 par an |`,
		governance: `2016 | Comité technique (CTO), réunions | chaque trimestre |
1er juillet 2025 | Circulaire n° 15/2025, prise d'effet |  | sources en désaccord
31 juillet 2025 | Circulaire n° 15/2025, date de finalisation |  |
novembre 2025 | Comités de l'offre | COPIL et CTO |
janvier 2026 | P2I en exploitation | 5 sites |
janvier 2026 | P2I en lancement | 4 sites |
31 mars 2026 | Plateforme nationale, lancement prévu |  | annoncé, non confirmé`,
		rankings: `2023 | Rang en Afrique, GSLI de Kearney | 2e |
janvier 2026 | Rang Afrique et monde arabe, climat des affaires | 2e | indice non nommé
janvier 2026 | Rang en Afrique, attractivité et stabilité | 1er | indice non nommé`,
	} {
		var got []string
		for _, e := range entries(w, group) {
			line := strings.Join([]string{e.when, e.name, e.value, strings.Join(e.marks, ", ")}, " | ")
			got = append(got, strings.TrimRight(plain(line), " "))
			if w.Book.Group(e.key) == nil {
				t.Errorf("%s opens nothing", e.name)
			}
			for _, n := range append(e.notes, e.marks...) {
				if n == "" || strings.ContainsRune(n, '\u27e6') {
					t.Errorf("%s: note %q", e.name, n)
				}
			}
		}
		if s := strings.Join(got, "\n"); s != want {
			t.Errorf("%s:\n%s\nwant\n%s", group, s, want)
		}
	}
}

// The offices of the platform and of the committees are said with their dates.
func TestEntries_Governance(t *testing.T) {
	var all string
	for _, e := range entries(newWords(t), governance) {
		all += strings.Join(e.notes, " ")
	}
	for _, want := range []string{"IR et l'IS d'abord", "CNSS", "préside seul", "Règles de 2016"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not said", want)
		}
	}
}

func TestRanks(t *testing.T) {
	r := ranks(newWords(t))
	var editions, got []string
	for _, e := range r.editions {
		editions = append(editions, e.String())
	}
	if want := []string{"2009", "2021", "2023"}; !slices.Equal(editions, want) {
		t.Errorf("editions %v, want %v", editions, want)
	}
	for _, row := range r.rows {
		var cells []string
		for _, s := range row.ranks {
			cells = append(cells, s.Text)
			if s.Missing != (s.Text == "non trouvé") {
				t.Errorf("%s: %+v", row.name, s)
			}
		}
		got = append(got, row.name+" "+strings.Join(cells, "/"))
		if row.home != (row.name == "Maroc") {
			t.Errorf("%s is taken for home", row.name)
		}
	}
	for _, want := range []string{"Maroc 30/40/28", "Égypte 6/15/23", "Inde non trouvé/non trouvé/1", "Tunisie 17/non trouvé/non trouvé"} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
	if len(got) < 14 || !strings.HasPrefix(got[0], "Inde") || !strings.HasPrefix(got[len(got)-1], "Sénégal") && !strings.HasPrefix(got[len(got)-1], "Maurice") {
		t.Errorf("order %q", got)
	}
}

func TestView_EveryFigureOpens(t *testing.T) {
	w := newWords(t)
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	var opened []figures.Key
	var warned []string
	taken := map[string]int{} // how many figures, by the title of a table
	o := View(Params{Words: w, Open: func(k figures.Key) { opened = append(opened, k) }, Notice: func(s *figures.Said) fyne.CanvasObject {
		warned = append(warned, s.ID)
		return kit.Gap(0)
	}, Export: func(title string, keys []figures.Key) fyne.CanvasObject {
		taken[title] = len(keys)
		return kit.Gap(0)
	}})
	r := ranks(w)
	if len(taken) != 4 || taken[w.T.Text("figure.group."+training)] != 6 || taken[w.T.Text("figure.indicator."+worldRank)] != len(r.rows)*len(r.editions) {
		t.Errorf("tables to take along: %v", taken)
	}
	win := test.NewTempWindow(t, o)
	win.Resize(fyne.NewSize(1130, 1400))
	for _, x := range test.LaidOutObjects(o) {
		switch x := x.(type) {
		case *kit.Figure:
			x.OnTapped()
		case *kit.Statement:
			win.Canvas().Focus(x)
			x.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	count := 1 // the table opens the rank that the keyboard is on
	for _, g := range []string{training, governance, rankings} {
		count += len(entries(w, g))
	}
	if len(opened) != count {
		t.Errorf("%d figures opened, want %d", len(opened), count)
	}
	if want := []string{"circular-date", "africa-rank"}; !slices.Equal(warned, want) {
		t.Errorf("warned of %v, want %v", warned, want)
	}
}
