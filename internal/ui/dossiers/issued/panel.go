package issued

import (
	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/ui/kit"
	"atlasp2i/internal/ui/papers"
)

// finding is a sentence of a verdict, and whether it reassures.
type finding struct {
	text string
	good bool
}

// findings say what a verdict found, the most important first.
func findings(t *i18n.Catalogue, v *issue.Verdict) []finding {
	out := []finding{{t.T(v.Finding.Msg), v.Finding.Genuine()}}
	add := func(good bool, key string, pairs ...any) { out = append(out, finding{t.Text(key, pairs...), good}) }
	if v.Paper == nil {
		if v.Finding.Genuine() {
			add(false, "dossiers.verify.absent")
		}
		return out
	}
	if v.Differs {
		add(false, "dossiers.verify.differs")
	}
	switch {
	case v.Failed != nil:
		add(false, "dossiers.verify.failed", "why", desk.Say(t, v.Failed))
	case v.Exact:
		add(true, "dossiers.verify.again")
	default:
		add(false, "dossiers.verify.not")
	}
	if v.Expired {
		add(false, "dossiers.verify.expired")
	}
	switch {
	case v.Failed != nil:
	case v.Refused != nil:
		add(false, "dossiers.verify.refused", "why", desk.Say(t, v.Refused))
	case len(v.Moved) == 0:
		add(true, "dossiers.verify.same")
	default:
		add(false, "dossiers.verify.moved")
		for _, m := range v.Moved {
			name := m.Line
			if name == calc.LineBenefits {
				name = t.Text("dossiers.verify.total")
			}
			add(false, "dossiers.verify.line", "line", name, "was", t.Formatter().AmountExact(m.Was), "is", t.Formatter().AmountExact(m.Is))
		}
	}
	return out
}

// panel shows a verdict, and the paper where it is kept here.
func panel(p Params, v *issue.Verdict) fyne.CanvasObject {
	t := p.Papers.Texts
	var rows []fyne.CanvasObject
	if v.Paper != nil {
		who := t.Text("dossiers.papers.by", "officer", v.Paper.Stated.Officer, "agency", v.Paper.Stated.Agency, "until", v.Paper.Stated.ValidUntil)
		rows = append(rows, kit.NewText(t.Text("paper.number", "number", v.Paper.Head.Number), kit.PanelTotalText), kit.NewParagraph(who, kit.MutedText))
	}
	for _, f := range findings(t, v) {
		style := kit.CautionText
		if f.good {
			style = kit.GoodText
		}
		rows = append(rows, kit.NewParagraph(f.text, style))
	}
	if v.Paper != nil && v.Exact {
		rows = append(rows, kit.NewRule())
		rows = append(rows, papers.Deliver(papers.DeliverParams{Params: p.Papers, Paper: v.Paper, Extra: issue.Extra{}, Failed: p.Failed})...)
	}
	return kit.VStack(14, rows...)
}
