package ui

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/desk/paper"
	study "atlasp2i/internal/desk/whatif"
	"atlasp2i/internal/document"
	"atlasp2i/internal/store/disk"
	"atlasp2i/internal/ui/papers"
	"atlasp2i/internal/ui/simulate"
	"atlasp2i/internal/ui/whatif"
)

// whatIf makes what shows what else could be of a simulation; nil where the levers
// of the pack are refused: the log says why.
func (w *window) whatIf() func(back func()) simulate.WhatIf {
	s, err := study.New(w.desk)
	if err != nil {
		fyne.LogError("scenarios of the pack", err)
		return nil
	}
	return func(back func()) simulate.WhatIf {
		return whatif.New(whatif.Params{
			Study: s, Exhibits: w.away, Back: back, Take: w.sample, Explain: w.explain, Failed: w.failed, Do: w.do,
		})
	}
}

// paperOf is what takes a result to paper; nil where no paper can be made.
func (w *window) paperOf() func(desk.Draft, *calc.Result) {
	if w.office == nil {
		return nil
	}
	return func(dr desk.Draft, r *calc.Result) { papers.Open(w.paperFor(dr, r)) }
}

// paperFor is what the panel of a paper works with, for a result.
func (w *window) paperFor(dr desk.Draft, r *calc.Result) papers.Params {
	p := w.paperParams()
	f := p.Texts.Formatter()
	p.Draft, p.Parts = dr, w.partsOf(dr)
	p.Amount = p.Texts.Text("unit.MAD", "amount", desk.SayExtent(p.Texts, r.Extent(calc.LineBenefits), f.Amount(r.Benefits.Value)))
	p.Range = p.Texts.Text("result."+r.Manner(), "months", r.Months) + ". "
	if r.Benefits.Settled() {
		p.Range += p.Texts.Text("result.bar.only")
	} else {
		p.Range += p.Texts.Text("paper.range", "low", f.Amount(r.Benefits.Low), "high", f.Amount(r.Benefits.High))
	}
	return p
}

// paperParams is what every panel about papers works with.
func (w *window) paperParams() papers.Params {
	return papers.Params{
		Office: w.office, Texts: w.desk.Texts(), Shell: w, Save: w.away.Save, View: w.view, Do: w.do, Contacts: w.whoIs(), Attach: w.attachTo, Currency: w.currency,
		Issued: func(p issue.Paper, dr desk.Draft) {
			w.sim.Issued(dr)
			w.paperIssued(p.Head.Dossier)
		},
	}
}

// viewed is where files stand that are only looked at.
func (w *window) viewed() string { return filepath.Join(w.p.Cache, "viewed") }

// forgetViewed destroys them: a paper bears a name that is kept nowhere else
// without a passphrase. One that a viewer holds, or that a crash left, goes at the
// next start.
func (w *window) forgetViewed() {
	left, err := os.ReadDir(w.viewed())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		fyne.LogError("files that were looked at", err)
	}
	for _, f := range left {
		if err := disk.Shred(filepath.Join(w.viewed(), f.Name())); err != nil {
			fyne.LogError("a file that was looked at stays", err)
		}
	}
}

// view opens a file in the system's viewer, from which it can be printed.
func (w *window) view(write func(io.Writer) error, name string) {
	dir, do := w.viewed(), w.do
	go func() {
		path := filepath.Join(dir, name)
		err := disk.Write(path, write)
		do(func() {
			if err == nil {
				err = w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)})
			}
			if err != nil {
				w.failed(err)
			}
		})
	}()
}

// partsOf is what can be attached to the paper of a draft: the comparison that is
// open in Comparer, as it stands now, and the three scenarios.
func (w *window) partsOf(dr desk.Draft) []papers.Part {
	d, t := w.desk, w.desk.Texts()
	var out []papers.Part
	if c, _, ok := w.compared(); ok && len(c.Sites) > 0 {
		text := t.Text("papers.parts.comparison")
		if !c.Of(dr.Project) {
			text = t.Text("papers.parts.comparison.other", "name", c.Project.Name)
		}
		out = append(out, papers.Part{Text: text, Make: func(ctx context.Context, dr desk.Draft) ([]document.Block, error) {
			x, err := d.Compare(ctx, c, nil)
			if err != nil {
				return nil, err
			}
			return paper.Comparison(d, x, dr.Project), nil
		}})
	}
	if s, err := study.New(d); err == nil && len(s.Assumed()) > 0 {
		out = append(out, papers.Part{Text: t.Text("papers.parts.scenarios"), Make: func(_ context.Context, dr desk.Draft) ([]document.Block, error) {
			three, err := s.Scenarios(dr)
			if err != nil {
				return nil, err
			}
			return paper.Scenarios(d, three)
		}})
	}
	return out
}
