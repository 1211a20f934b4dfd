package papers

import (
	"context"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/desk"
	"atlasp2i/internal/document"
	"atlasp2i/internal/ui/kit"
)

// Part is something that can be attached to a paper: a comparison, scenarios.
type Part struct {
	Text string // beside its tick
	// Make gives it for the paper of a draft, off the window's thread.
	Make func(context.Context, desk.Draft) ([]document.Block, error)
}

// joins are the ticks of what can be attached.
func (pl *Panel) joins() fyne.CanvasObject {
	box := kit.VStack(6, kit.NewText(pl.t.Text("papers.parts"), kit.BodyText))
	for i, p := range pl.p.Parts {
		tick := kit.NewTick(p.Text, func(on bool) { pl.flow.joined[i] = on })
		tick.Put(pl.flow.joined[i])
		box.Add(tick)
	}
	box.Add(kit.NewParagraph(pl.t.Text("papers.parts.about"), kit.MutedText))
	return box
}

// joined are those that are ticked, in their order.
func (pl *Panel) joined() []Part {
	var out []Part
	for i, p := range pl.p.Parts {
		if pl.flow.joined[i] {
			out = append(out, p)
		}
	}
	return out
}

// join makes parts for the paper of a draft.
func join(ctx context.Context, list []Part, dr desk.Draft) ([]document.Block, error) {
	var out []document.Block
	for _, p := range list {
		blocks, err := p.Make(ctx, dr)
		if err != nil {
			return nil, err
		}
		out = append(out, blocks...)
	}
	return out, nil
}
