package report

// piece is what stays on one page: a line, a row, a chart.
type piece struct {
	gap     float64 // above it, in millimetres; none at the top of a page
	height  float64
	keep    bool   // on the page of the next piece
	newPage bool   // begins a page
	foot    bool   // stands at the foot of its page
	spare   bool   // left out, with those it is kept with, where the page has no room
	head    *piece // drawn above it where it begins a page: column titles
	draw    func(p *page, y float64)
}

// flow puts pieces on pages.
type flow struct {
	setter
	top, bottom float64 // of a page's room, from the second on
	pages       []*page
	y, end      float64 // of the room left on the last page
	fresh       bool    // nothing stands on the last page
	waiting     *piece  // for the foot of the next page
}

// begin opens the first page, with its room beginning at top.
func (f *flow) begin(top float64) {
	f.turn()
	f.y = top
}

func (f *flow) turn() {
	f.pages = append(f.pages, newPage(f.setter))
	f.y, f.end, f.fresh = f.top, f.bottom, true
	if p := f.waiting; p != nil {
		f.waiting = nil
		f.foot(*p)
	}
}

// foot puts a piece at the foot of the last page, above what stands there. Where
// it has no room it waits for the next page, and does not begin one.
func (f *flow) foot(p piece) {
	if f.y+p.gap+p.height > f.end && !f.fresh {
		f.waiting = &p
		return
	}
	f.end -= p.height
	p.draw(f.pages[len(f.pages)-1], f.end)
	f.end -= p.gap
}

// chain is how many pieces from the first on have to stay together, and how high
// they are, the gap above the first included.
func chain(pieces []piece) (n int, height float64) {
	for n < len(pieces) {
		p := pieces[n]
		height += p.gap + p.height
		n++
		if !p.keep || n < len(pieces) && pieces[n].newPage {
			break
		}
	}
	return n, height
}

// run puts all pieces on pages. What has to stay together and is higher than a
// page breaks after all, between two pieces.
func (f *flow) run(pieces []piece) {
	for i := 0; i < len(pieces); {
		n, height := chain(pieces[i:])
		if pieces[i].foot {
			height = 0
		}
		if pieces[i].newPage && !f.fresh {
			f.turn()
		}
		if f.fresh {
			height -= pieces[i].gap
		}
		if f.y+height > f.end && pieces[i].spare {
			i += n
			continue
		}
		if f.y+height > f.end && !f.fresh {
			f.turn()
		}
		for _, p := range pieces[i : i+n] {
			f.put(p)
		}
		i += n
	}
	if f.waiting != nil {
		f.turn()
	}
}

func (f *flow) put(p piece) {
	if p.foot {
		f.foot(p)
		return
	}
	if !f.fresh && f.y+p.gap+p.height > f.end {
		f.turn()
	}
	now := f.pages[len(f.pages)-1]
	if f.fresh && p.head != nil {
		p.head.draw(now, f.y)
		f.y += p.head.height
	} else if !f.fresh {
		f.y += p.gap
	}
	p.draw(now, f.y)
	f.y += p.height
	f.fresh = false
}
