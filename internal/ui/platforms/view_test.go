package platforms

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"atlasp2i/assets"
	"atlasp2i/internal/chart/record"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/geo"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/theme"
)

// tapSpot clicks on a spot of the map, where nothing lies over it.
func tapSpot(t *testing.T, pg *Page, id string) {
	t.Helper()
	d := pg.left.picture.Drawing()
	for _, s := range d.Spots {
		for _, p := range s.Outline {
			for _, toward := range s.Outline {
				p.X, p.Y = (p.X+toward.X)/2, (p.Y+toward.Y)/2
				if s.ID == id && clear(d, p, id) {
					pg.left.picture.Tapped(&fyne.PointEvent{Position: fyne.NewPos(float32(p.X), float32(p.Y))})
					return
				}
			}
		}
	}
	t.Fatalf("no place of %s can be clicked", id)
}

// clear says whether a point and what is around it belong to a spot.
func clear(d *record.Drawing, p record.Point, id string) bool {
	for _, by := range []record.Point{{}, {X: 2}, {X: -2}, {Y: 2}, {Y: -2}} {
		if hit, _ := d.At(record.Point{X: p.X + by.X, Y: p.Y + by.Y}); hit.ID != id {
			return false
		}
	}
	return true
}

func press(o interface{ TypedKey(*fyne.KeyEvent) }, names ...fyne.KeyName) {
	for _, name := range names {
		o.TypedKey(&fyne.KeyEvent{Name: name})
	}
}

func TestMap_ChooseByClick(t *testing.T) {
	pg, _ := newLaptop(t)
	for _, site := range []string{"oujda-shore", "laayoune", "casablanca-tech-valley", "igoudar-dakhla"} {
		tapSpot(t, pg, geo.SiteSpot+site)
		if pg.chosen != site || pg.sheet.shown.id != site {
			t.Errorf("after a click on %s the sheet is of %s", site, pg.sheet.shown.id)
		}
	}
	tapSpot(t, pg, geo.RegionSpot+"MA-08")
	if pg.sheet.shown.name != "Drâa-Tafilalet" || len(pg.sheet.shown.groups) != 1 {
		t.Errorf("after a click on a region the sheet is of %s", pg.sheet.shown.name)
	}
}

func TestMap_ChooseByKeyboard(t *testing.T) {
	pg, f := newLaptop(t)
	pg.choose("fes-shore")
	f.window.Canvas().Focus(pg.left.picture)
	press(pg.left.picture, fyne.KeyRight, fyne.KeyReturn)
	if pg.chosen != "oujda-shore" {
		t.Errorf("the platform right of Fès Shore is %s", pg.chosen)
	}
	press(pg.left.picture, fyne.KeyUp, fyne.KeyLeft, fyne.KeySpace)
	if pg.chosen == "oujda-shore" {
		t.Error("the arrows do not leave Oujda")
	}
}

func TestCards_Choose(t *testing.T) {
	pg, _ := newLaptop(t)
	pg.left.tabs.Select(viewSites)
	if len(pg.left.cards) != 10 {
		t.Fatalf("%d cards, want 10", len(pg.left.cards))
	}
	for _, c := range pg.left.cards {
		test.Tap(c)
		if pg.sheet.shown.id != c.id || !c.chosen {
			t.Errorf("the card of %s shows %s", c.id, pg.sheet.shown.id)
		}
	}
}

func TestShade_IsChosen(t *testing.T) {
	pg, _ := newLaptop(t)
	before := pg.left.params.Shades["MA-06"]
	pg.left.pick.OnChanged("regionPopulation")
	if pg.left.stat.field.ID != "regionPopulation" || pg.left.params.Shades["MA-06"] == before {
		t.Error("another statistic gives the same map")
	}
	if pg.left.years.Visible() {
		t.Error("one time for all, and a note that times differ")
	}
}

func TestValue_OpensInOneClick(t *testing.T) {
	pg, f := newLaptop(t)
	pg.choose("fes-shore")
	for tab := range pg.sheet.shown.groups {
		pg.sheet.tabs.Select(tab)
		rows := all[*row](pg.sheet.rows)
		for i, r := range rows[1:] { // the first is the head of the table
			l := pg.sheet.shown.groups[tab].lines[i]
			test.Tap(r)
			if f.spec == nil || f.spec.Title != l.label {
				t.Fatalf("%s does not open", l.label)
			}
			f.ClosePanel()
		}
	}
	for _, figure := range all[*kit.Figure](pg.sheet.head) {
		test.Tap(figure)
		if f.spec == nil {
			t.Errorf("the figure %s does not open", figure.Text())
		}
		f.ClosePanel()
	}
}

func TestRows_ByKeyboard(t *testing.T) {
	pg, f := newLaptop(t)
	rows := all[*row](pg.sheet.rows)[1:]
	f.window.Canvas().Focus(rows[0])
	press(rows[0], fyne.KeyDown)
	press(rows[1], fyne.KeyUp, fyne.KeyUp)
	if f.window.Canvas().Focused() != fyne.Focusable(rows[0]) {
		t.Error("Down, Up and Up do not end in the first row")
	}
	press(rows[0], fyne.KeyReturn)
	if f.spec == nil {
		t.Error("Return opens nothing")
	}
	last := rows[len(rows)-1]
	f.ClosePanel()
	f.window.Canvas().Focus(last)
	if pg.sheet.scroll.Offset.Y == 0 {
		t.Error("the last row got the focus and is not in view")
	}
}

// openValue opens a value of Fès Shore and the form in its panel.
func openValue(t *testing.T, pg *Page, f *frame, field, button string) *form {
	t.Helper()
	pg.choose("fes-shore")
	v := pg.openPanel(pg.pres.datumProof(lineOf(t, pg.sheet.shown, field).datum))
	b := find(f.panel, button)
	if b == nil {
		t.Fatalf("no button %s", button)
	}
	test.Tap(b)
	return v.form
}

func TestCorrect_KeepsAndUndoes(t *testing.T) {
	pg, f := newLaptop(t)
	form := openValue(t, pg, f, "rent", "Corriger cette valeur")
	test.Type(form.value, "92,5")
	test.Type(form.asOf, "11/2026")
	test.Type(form.note, "Le gestionnaire")
	press(form.note, fyne.KeyReturn)
	if f.panel != nil || !strings.Contains(f.toast, "Loyer") {
		t.Fatalf("after saving: panel %v, said %q", f.panel, f.toast)
	}
	l := lineOf(t, pg.sheet.shown, "rent")
	if !l.own || plainSpaces(l.value) != "92,5 MAD/m²/mois" || !strings.Contains(plainSpaces(l.under), "75 MAD") {
		t.Errorf("row %+v", l)
	}
	f.undo()
	if l := lineOf(t, pg.sheet.shown, "rent"); l.own {
		t.Errorf("after undo: %+v", l)
	}
}

func TestCorrect_RefusesBesideTheField(t *testing.T) {
	pg, f := newLaptop(t)
	form := openValue(t, pg, f, "rent", "Corriger cette valeur")
	for _, typed := range []string{"", "75 ha", "cher", "-3"} {
		form.value.SetText(typed)
		test.Tap(form.save)
		if form.value.Message() == "" || f.toast != "" {
			t.Errorf("%q: message %q, said %q", typed, form.value.Message(), f.toast)
		}
	}
	form.value.SetText("80")
	if form.value.Message() != "" {
		t.Error("the message stays while the value is typed again")
	}
	form.asOf.SetText("hier")
	test.Tap(form.save)
	if form.asOf.Message() == "" || form.value.Message() != "" {
		t.Errorf("a wrong date: messages %q and %q", form.value.Message(), form.asOf.Message())
	}
	form.asOf.SetText("2026")
	form.note.SetText(strings.Repeat("a", 501))
	test.Tap(form.save)
	if form.note.Message() == "" || form.value.Message() != "" {
		t.Errorf("a long note: messages %q and %q", form.value.Message(), form.note.Message())
	}
	form.note.SetText("devis")
	if form.note.Message() != "" {
		t.Error("the message stays while the note is typed again")
	}
	if l := lineOf(t, pg.sheet.shown, "rent"); l.own {
		t.Error("a refused value was kept")
	}
}

func TestComplete_WhatIsNotPublished(t *testing.T) {
	pg, f := newLaptop(t)
	form := openValue(t, pg, f, "dualPower", "Compléter")
	test.Tap(form.save)
	if f.toast != "" {
		t.Error("nothing was chosen and it was kept")
	}
	form.pick.Put(rules.Yes)
	test.Tap(form.save)
	if l := lineOf(t, pg.sheet.shown, "dualPower"); !l.own || l.value != "oui" {
		t.Errorf("row %+v", l)
	}
	pg.openPanel(pg.pres.datumProof(lineOf(t, pg.sheet.shown, "dualPower").datum))
	test.Tap(find(f.panel, "Retirer votre valeur"))
	if l := lineOf(t, pg.sheet.shown, "dualPower"); !l.none || l.value != "non publié" {
		t.Errorf("after taking it back: %+v", l)
	}
	f.undo()
	if l := lineOf(t, pg.sheet.shown, "dualPower"); l.value != "oui" {
		t.Errorf("after undo: %+v", l)
	}
}

func TestCorrect_ARegion(t *testing.T) {
	pg, f := newLaptop(t)
	pg.choose("beni-mellal-khenifra")
	v := pg.openPanel(pg.pres.datumProof(lineOf(t, pg.sheet.shown, fieldUnemployment).datum))
	test.Tap(find(f.panel, "Compléter"))
	test.Type(v.form.value, "9,9 %")
	test.Tap(v.form.save)
	if pg.left.stat.values != 12 || len(pg.left.params.Shades) != 12 {
		t.Errorf("%d regions have a value, %d are shaded", pg.left.stat.values, len(pg.left.params.Shades))
	}
}

// A desk without a store takes no corrections, and offers none.
func TestReadOnly_OffersNoForm(t *testing.T) {
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		t.Fatal(err)
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts})
	if err != nil {
		t.Fatal(err)
	}
	test.NewTempApp(t).Settings().SetTheme(theme.Light())
	f := &frame{}
	pg := New(params(d, f))
	f.window = test.NewTempWindow(t, pg.Content())
	pg.openPanel(pg.pres.datumProof(lineOf(t, pg.sheet.shown, "rent").datum))
	for _, key := range []string{"Corriger cette valeur", "Compléter"} {
		if find(f.panel, key) != nil {
			t.Errorf("%s is offered", key)
		}
	}
}

func TestButtons_OnlyWhereTheyLead(t *testing.T) {
	pg, f := newLaptop(t)
	pg.choose("fes-shore")
	test.Tap(find(pg.sheet.head, "Comparer"))
	if f.toast != "" {
		t.Errorf("a platform was added, and %q is said", f.toast)
	}
	test.Tap(find(pg.sheet.head, "Comparer"))
	if !strings.Contains(f.toast, "comparée") {
		t.Errorf("a platform is compared already, and %q is said", f.toast)
	}
	test.Tap(find(pg.sheet.head, "Simuler"))
	test.Tap(find(pg.sheet.head, "Copier la fiche"))
	if f.compared != "fes-shore" || f.started != "fes-shore" || !strings.HasPrefix(f.copied, "Fès Shore\n") {
		t.Errorf("compared %q, simulated %q, copied %.20q", f.compared, f.started, f.copied)
	}
	pg.choose("igoudar-dakhla")
	if find(pg.sheet.head, "Comparer") != nil || find(pg.sheet.head, "Simuler") != nil {
		t.Error("a data centre can be compared or simulated")
	}
	pg.p.Compare, pg.p.Simulate = nil, nil
	pg.choose("fes-shore")
	if find(pg.sheet.head, "Comparer") != nil || find(pg.sheet.head, "Simuler") != nil {
		t.Error("a button that leads nowhere is there")
	}
}

// On the laptop of the specification every place fits without the page's scroll.
func TestLayout_FitsTheLaptop(t *testing.T) {
	pg, f := newLaptop(t)
	places := []string{"oriental"}
	for _, s := range pg.p.Desk.Sites() {
		places = append(places, s.ID)
	}
	for _, place := range places {
		pg.choose(place)
		for view := range 3 {
			pg.left.tabs.Select(view)
			f.settle(laptop)
			if m := pg.Content().MinSize(); m.Height > laptop.Height || m.Width > laptop.Width {
				t.Errorf("%s, view %d wants %v, the laptop has %v", place, view, m, laptop)
			}
		}
		for _, text := range all[*kit.Text](pg.sheet.head) {
			if kit.NaturalWidth(text) > text.Size().Width+0.5 {
				t.Errorf("%s: %q is cut", place, text.Text())
			}
		}
	}
}

func TestChoose_IgnoresTheUnknown(t *testing.T) {
	pg, _ := newLaptop(t)
	before := pg.chosen
	pg.Choose("nowhere")
	if pg.chosen != before {
		t.Error("an unknown place was chosen")
	}
	pg.Choose("oriental")
	if pg.chosen != "oriental" || pg.left.params.Region != "MA-02" {
		t.Error("a region was not chosen")
	}
	if !slices.Contains([]string{"Plateformes"}, pg.Title()) {
		t.Errorf("title %q", pg.Title())
	}
}

func BenchmarkReload(b *testing.B) {
	pg, _ := newLaptop(b)
	for b.Loop() {
		pg.reload()
	}
}

func BenchmarkChoose(b *testing.B) {
	pg, _ := newLaptop(b)
	for i := 0; b.Loop(); i++ {
		pg.choose([]string{"fes-shore", "agadir"}[i%2])
		pg.left.picture.Drawing()
	}
}

// The cap opens from any place, with its rule or with why there is none.
func TestOpenCap_SaysRuleReadingsAndOpening(t *testing.T) {
	pg, f := newLaptop(t)
	for _, c := range []struct {
		site         string
		want, absent string
	}{
		{"fes-shore", "P2I secondaires", "si elle ouvre"},
		{"casablanca-tech-valley", "si elle ouvre comme P2I principale", ""},
		{"casablanca-tech-valley", "pas d'AIR", "au-dessus de aucun"},
		{"igoudar-dakhla", "n'est pas une plateforme", "au-dessus de"},
	} {
		pg.OpenCap(c.site)
		if f.panel == nil {
			t.Fatalf("%s opens nothing", c.site)
		}
		said := ""
		for _, p := range all[*kit.Paragraph](f.spec.Content) {
			said += p.Text() + "\n"
		}
		if !strings.Contains(said, c.want) || c.absent != "" && strings.Contains(said, c.absent) {
			t.Errorf("%s: want %q and not %q in\n%s", c.site, c.want, c.absent, said)
		}
		f.ClosePanel()
	}
	if pg.OpenCap("nowhere"); f.panel != nil || f.failed != nil {
		t.Errorf("an unknown site opened a panel, or failed: %v", f.failed)
	}
}

// A platform without any cap has no rule to show, and says the readings instead.
func TestCapProof_WithoutARule(t *testing.T) {
	p := newPresenter(newDesk(t))
	s, err := p.d.Sheet("casablanca-tech-valley")
	if err != nil {
		t.Fatal(err)
	}
	s.AIR.Rule, s.AIR.Here = nil, desk.Caps{}
	if f := p.capProof(s); f.value != "aucun" || f.sure != "" || len(f.sources) != 0 || !strings.Contains(f.sentence, "aucun plafond") {
		t.Errorf("%+v", f)
	}
}

// What is known of the published value is not shown as that of the user's.
func TestOwnValue_StandsApartFromThePublishedOne(t *testing.T) {
	pg, f := newLaptop(t)
	if _, err := pg.p.Desk.Correct(desk.Correction{Place: "fes-shore", Field: "landArea", Value: "30", AsOf: "10/2026", Note: "Appel au gestionnaire"}); err != nil {
		t.Fatal(err)
	}
	pg.choose("fes-shore")
	x := lineOf(t, pg.sheet.shown, "landArea").datum
	v := pg.openPanel(pg.pres.datumProof(x))
	said := ""
	for _, p := range all[*kit.Paragraph](f.spec.Content) {
		said += plainSpaces(p.Text()) + "\n"
	}
	at := -1
	for _, want := range []string{
		"valeur saisie le", "Date de la valeur saisie : 10/2026", "Origine de la valeur saisie : Appel",
		"Source de la valeur publi\u00e9e (22 ha)", "22 ha (11/2023)", plainSpaces(pg.t.Text(x.Fact.Note)),
	} {
		i := strings.Index(said, want)
		if i <= at {
			t.Errorf("%q is not where it belongs in\n%s", want, said)
		}
		at = i
	}
	if v.form.value.Text != "30" {
		t.Errorf("the form begins with %q", v.form.value.Text)
	}
	for name, text := range map[string]string{"sheet": pg.pres.text(pg.sheet.shown), "panel": pg.pres.proofText(v.model)} {
		text = plainSpaces(text)
		if strings.Contains(text, "otre valeur") || !strings.Contains(text, "valeur saisie le") || !strings.Contains(text, "22 ha (11/2023)") {
			t.Errorf("%s for somebody else:\n%s", name, text)
		}
	}
}

// A copied cap says which one it is, where it is written, and since when.
func TestText_NamesTheCapAndItsRule(t *testing.T) {
	pg, _ := newLaptop(t)
	pg.choose("fes-shore")
	text := plainSpaces(pg.pres.text(pg.sheet.shown))
	for _, want := range []string{
		"Plafond de l'AIR sur la plateforme aujourd'hui : 10 %", "Plafond de l'AIR, P2I secondaires",
		"15-2025", "En vigueur du 01/07/2025", "Source : Italpress",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// Whatever opens looks so: each row has a line under its value, or under how sure
// a long one is.
func TestRows_LookAlikeWhereTheyOpen(t *testing.T) {
	pg, f := newLaptop(t)
	pg.choose("fes-shore")
	for tab := range pg.sheet.shown.groups {
		pg.sheet.tabs.Select(tab)
		f.settle(laptop)
		for i, r := range all[*row](pg.sheet.rows) {
			line := test.WidgetRenderer(r).(*rowFace).line
			_, _, _, seen := line.FillColor.RGBA()
			if (i > 0) != (seen > 0 && line.Size().Width > 0) {
				t.Errorf("row %d of tab %d: %q has a line: %v", i, tab, r.label.Text(), seen > 0)
			}
		}
	}
}

// Without buttons the copy stands on the line of the title.
func TestHead_CopyStandsBesideTheTitle(t *testing.T) {
	pg, f := newLaptop(t)
	for _, place := range []string{"fes-meknes", "draa-tafilalet", "igoudar-dakhla"} {
		pg.Choose(place)
		f.settle(laptop)
		title, copied := all[*kit.Paragraph](pg.sheet.head)[0], find(pg.sheet.head, "Copier la fiche")
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject
		if top := at(copied).Y; top > at(title).Y+title.Size().Height {
			t.Errorf("%s: the copy is at %v, the title at %v", place, top, at(title).Y)
		}
	}
}
