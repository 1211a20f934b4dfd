package whatif_test

import (
	"context"
	"strings"
	"testing"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/calc/calctest"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/whatif"
)

// Each answer, and each reason why there is none, as a reader sees it.
func TestAnswersInWords(t *testing.T) {
	e, say := calctest.Engine(t), french(t)
	agents := func(site string) domain.Project { return calctest.Project(site, calctest.Role("9000", "2026-01", 20)) }
	local := agents("fes-shore")
	local.ExportShare = calctest.Share("0")
	late := agents("fes-shore")
	late.From = calctest.Month("2031-01")
	profit := agents("fes-shore")
	profit.OperationStart = new(domain.Month)
	*profit.OperationStart = calctest.Month("2020-01")
	profit.Profits = []domain.Profit{{Year: 2026, Taxable: calctest.Money("1000000")}}
	heads := func(line, target string) whatif.Question {
		return whatif.Question{Find: whatif.Heads, Line: line, AtLeast: calctest.Money(target), Most: 1000}
	}
	// Of two people one is the engineer, of three none is: 3, 1 and 3 in proportion.
	mixed := calctest.Project("fes-shore", calctest.Role("5000", "2026-01", 3), calctest.Role("30000", "2026-01", 1), calctest.Role("5000", "2026-01", 3))
	lowest := whatif.AIRStarts(0)
	lowest.Basis = whatif.Lowest
	region := agents("casablanca-settat")
	region.Readings = map[string]string{domain.ReadingAIROutside: "region"}
	for _, c := range []struct {
		name string
		p    domain.Project
		q    whatif.Question
		want string
	}{
		{"pay", agents("fes-shore"), whatif.AIRStarts(0), "AIR à partir de 12 553,56 MAD brut par mois ; rien un centime plus bas."},
		{"heads", agents("fes-shore"), heads(domain.PAF, "100000"), "Effectif de 6 : PAF de 113 400 MAD sur la période ; une personne de moins n'en donne que 94 500 MAD."},
		{"already", agents("fes-shore"), heads(domain.PAF, "100"), "Déjà atteint dès la première embauche : PAF de 18 900 MAD sur la période."},
		{"no cap outside", agents("casablanca-settat"), whatif.AIRStarts(0), "Impossible : AIR à zéro jusqu'à 10 000 000,00 MAD brut par mois (hors P2I, dans une région qui en a une)."},
		{"a cap under the chosen reading", region, whatif.AIRStarts(0), "AIR à partir de 21 417,96 MAD brut par mois ; rien un centime plus bas."},
		{"no cap under the lowest reading", region, lowest, "Impossible : AIR à zéro jusqu'à 10 000 000,00 MAD brut par mois (hors P2I, dans une région qui en a une)."},
		{"no export", local, whatif.AIRStarts(0), "Impossible : AIR à zéro jusqu'à 10 000 000,00 MAD brut par mois (part export nulle)."},
		{"after the regime", late, whatif.AIRStarts(0), "Impossible : AIR à zéro jusqu'à 10 000 000,00 MAD brut par mois (aucun mois compté entre juillet 2025 et décembre 2030)."},
		{"AIR does not come with hires", agents("fes-shore"), heads(domain.AIR, "1"), "Impossible : AIR à zéro jusqu'à un effectif de 1 000 (IR à 4,69 % du brut, sous le plafond de 10 %)."},
		{"too much for the heads", agents("fes-shore"), heads(calc.LineBenefits, "900000000"), "Impossible : Gain de 37 260 000 MAD au mieux, jusqu'à un effectif de 1 000 ; objectif 900 000 000 MAD."},
		{"nothing at all", late, heads(calc.LineBenefits, "1"), "Impossible : aucun avantage jusqu'à un effectif de 1 000."},
		{"a hump", mixed, whatif.Question{Find: whatif.Heads, Role: whatif.AllRoles, Line: domain.AIR, AtLeast: 1}, "AIR à partir d'un effectif de 2 ; rien pour une personne de moins. Le montant ne monte pas partout : il baisse par endroits dans l'intervalle examiné. L'objectif n'est plus atteint pour un effectif de 3."},
		{"not of pay", profit, whatif.Question{Find: whatif.Pay, Line: domain.AIS, AtLeast: calctest.Money("900000")}, "Impossible : AIS de 112 000 MAD, quel que soit le salaire."},
	} {
		a := solve(t, e, c.p, c.q)
		var said []string
		for _, m := range a.Said {
			said = append(said, say(m))
		}
		got := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(strings.Join(said, " "))
		if got != c.want {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

// A payback as a reader sees it: known, out of reach, and not known.
func TestPaybackInWords(t *testing.T) {
	e, say := calctest.Engine(t), french(t)
	p := calctest.Project("casanearshore", calctest.Role("12000", "2026-01", 100))
	saving := calctest.Money("2000")
	for _, c := range []struct {
		params whatif.PaybackParams
		want   []string
	}{
		{whatif.PaybackParams{Cost: calctest.Money("5000000"), Saving: &saving}, []string{
			"Sans l'offre, le coût d'installation est couvert : en janvier 2028, au 25e mois.",
			"Avec l'offre : en juillet 2027, au 19e mois (selon la lecture des textes : au plus tôt : en décembre 2026, au 12e mois ; au plus tard : en juillet 2027, au 19e mois).",
			"Par les aides seules, sans aucune économie : pas avant la fin de la période, il manque 32 000 MAD (selon la lecture des textes : au plus tôt : en septembre 2027, au 21e mois ; au plus tard : pas avant la fin de la période, il manque 32 000 MAD).",
			"Les aides comptent au mois où elles sont acquises ; les dates de versement ne sont pas publiées.",
		}},
		{whatif.PaybackParams{Cost: calctest.Money("100000"), Delays: whatif.Delays{domain.PAF: 0, domain.PAE: 1}}, []string{
			"Retour sur le coût d'installation : inconnu, l'économie par poste et par mois n'est pas donnée.",
			"Par les aides seules, sans aucune économie : en mars 2026, au 3e mois (selon la lecture des textes : au plus tôt : en février 2026, au 2e mois ; au plus tard : en mars 2026, au 3e mois).",
			"Les aides comptent au mois où vous en attendez le versement.",
		}},
	} {
		b, err := whatif.FindPayback(context.Background(), e, p, c.params)
		if err != nil {
			t.Fatal(err)
		}
		words := b.Words()
		for i, m := range words {
			got := strings.NewReplacer("\u202f", " ", "\u00a0", " ").Replace(say(m))
			if i >= len(c.want) || got != c.want[i] {
				t.Errorf("%s", got)
			}
		}
		if len(words) != len(c.want) {
			t.Errorf("%d sentences, want %d", len(words), len(c.want))
		}
	}
}
