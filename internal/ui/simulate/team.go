package simulate

import (
	"slices"

	"fyne.io/fyne/v2"

	"atlasp2i/internal/ui/kit"
)

// team is the card of the roles: a table whose rows open in place.
type team struct {
	pg     *Page
	card   fyne.CanvasObject
	list   *fyne.Container
	open   int  // the role that is open, -1 for none
	most   int  // how many rows are shown
	more   bool // the seldom given fields of the open role are shown
	rows   map[int]*roleRow
	fields []*bound
	editor *editor
	plan   *planBox
}

// rowsAtOnce keeps a plan of thousands of profiles from filling the window;
// those in which something is wrong are shown beyond it.
const rowsAtOnce = 40

func newTeam(pg *Page) *team {
	tm := &team{pg: pg, open: -1, most: rowsAtOnce, list: kit.VStack(8)}
	tm.card = kit.NewCard(tm.list)
	if pg.form.Roles() == 1 && pg.form.roles[0].untouched() {
		tm.open = 0
	}
	tm.build()
	return tm
}

// build makes the card anew: what is open changed.
func (tm *team) build() {
	t, f := tm.pg.t, tm.pg.form
	tm.rows, tm.fields, tm.editor = map[int]*roleRow{}, nil, nil
	objects := []fyne.CanvasObject{kit.NewText(t.Text("simulate.team"), kit.CardTitleText)}
	if f.Roles() == 0 {
		objects = append(objects, kit.NewParagraph(t.Text("simulate.team.empty"), kit.MutedText))
	} else {
		objects = append(objects, tm.head(), kit.NewRule())
	}
	rows := tm.wrong()
	for i := range min(f.Roles(), tm.most) {
		rows = append(rows, i)
	}
	slices.Sort(rows)
	for _, i := range rows {
		row := newRoleRow(func() { tm.toggle(i) })
		tm.rows[i] = row
		objects = append(objects, row)
		if i == tm.open {
			tm.editor = newEditor(tm, i)
			objects = append(objects, tm.editor.content)
		}
		objects = append(objects, kit.NewRule())
	}
	if more := f.Roles() - len(tm.rows); more > 0 {
		objects = append(objects, kit.NewButton(kit.Link, t.Text("simulate.team.more", "count", min(more, rowsAtOnce)), func() {
			tm.most += rowsAtOnce
			tm.build()
		}))
	}
	if tm.plan != nil {
		objects = append(objects, tm.plan.content)
	} else {
		objects = append(objects, links(kit.NewButton(kit.Link, t.Text("simulate.team.add"), tm.add),
			kit.NewButton(kit.Link, t.Text("simulate.team.plan"), tm.openPlan)))
	}
	tm.list.Objects = objects
	tm.sync()
	tm.list.Refresh()
	tm.pg.left.Refresh()
}

// head names the columns.
func (tm *team) head() fyne.CanvasObject {
	t := tm.pg.t
	return columnRow(
		kit.NewText(t.Text("simulate.team.role"), kit.MutedText), kit.NewTextRight(t.Text("simulate.team.heads"), kit.MutedText),
		kit.NewTextRight(t.Text("simulate.team.pay"), kit.MutedText), kit.NewTextRight(t.Text("simulate.team.leave"), kit.MutedText),
	)
}

// wrong are the first roles beyond those always shown in which something is.
func (tm *team) wrong() []int { return firstOf(tm.pg.form.wrongRoles(tm.most), rowsAtOnce) }

func firstOf(list []int, most int) []int { return list[:min(len(list), most)] }

// hides is whether something is wrong in what is not on the screen.
func (tm *team) hides() bool {
	if slices.ContainsFunc(tm.wrong(), func(i int) bool { return tm.rows[i] == nil }) {
		return true
	}
	return tm.editor != nil && tm.editor.hides()
}

// follow is sync after a change of the form; it brings to the screen what became
// wrong, and leaves the focus where it is.
func (tm *team) follow() {
	if !tm.hides() {
		tm.sync()
		return
	}
	at := ""
	for _, b := range tm.fields {
		if b.entry != nil && tm.pg.focused() == fyne.Focusable(b.entry) {
			at = b.path
		}
	}
	tm.build()
	tm.focusPath(at)
}

// sync writes rows, messages and remarks of the form.
func (tm *team) sync() {
	f, moved := tm.pg.form, false
	wrong := f.wrongRoles(0)
	for i, row := range tm.rows {
		row.set(f.RoleLine(i), slices.Contains(wrong, i), i == tm.open)
	}
	for _, b := range tm.fields {
		moved = b.sync(f) || moved
	}
	if tm.editor != nil {
		moved = tm.editor.sync() || moved
	}
	if moved {
		tm.pg.left.Refresh()
	}
}

// presets offers other pay levels first: the filière changed.
func (tm *team) presets() {
	if tm.editor != nil {
		tm.editor.preset.SetOptions(tm.editor.presetOptions())
	}
}

// toggle opens a role in place of the one that is open, or closes it.
func (tm *team) toggle(i int) {
	tm.pg.form.CloseRamp()
	if tm.open == i {
		i = -1
	}
	tm.open, tm.more = i, false
	tm.build()
	if tm.editor != nil {
		tm.focus(tm.editor.first)
	}
}

func (tm *team) focus(o fyne.Focusable) {
	if c := tm.pg.p.Shell.Window().Canvas(); c != nil {
		c.Focus(o)
	}
}

// focusPath puts the focus on a field of the open role.
func (tm *team) focusPath(path string) {
	for _, b := range tm.fields {
		if b.path == path {
			tm.focus(b.entry)
		}
	}
}

// add opens a new role.
func (tm *team) add() {
	i := tm.pg.form.AddRole()
	tm.most = max(tm.most, i+1)
	tm.open = -1
	tm.toggle(i)
	tm.pg.edited()
}

// remove takes a role away; a press brings it back where it was.
func (tm *team) remove(i int) {
	f := tm.pg.form
	said := tm.pg.t.Text("simulate.role.removed", "name", f.RoleName(i))
	gone := f.roles[i]
	f.CloseRamp()
	tm.open = -1
	tm.pg.changeTeam(said, func() { f.RemoveRole(i) }, func() { f.InsertRole(i, gone) })
}

// changeTeam changes the roles and offers to undo it, as long as the form is open.
func (pg *Page) changeTeam(said string, change, undo func()) {
	f := pg.form
	change()
	pg.team.build()
	pg.edited()
	pg.toast(said, pg.t.Text("simulate.undo"), func() {
		if pg.form != f {
			return
		}
		undo()
		f.CloseRamp()
		pg.team.open = -1
		pg.team.build()
		pg.edited()
	})
}

// changeRoles is changeTeam where undoing brings all roles back as they were: it
// is offered until the next change, which it would undo as well.
func (pg *Page) changeRoles(said string, change func()) {
	before := pg.form.clone().roles
	pg.changeTeam(said, change, func() {
		pg.form.roles = before
		pg.form.review()
	})
	pg.fleeting = true
}

// Widths of the columns of numbers, in design pixels.
var columnWidths = []float32{0, 50, 70, 72}

// columnRow lays four texts out as a row of the table.
func columnRow(objects ...fyne.CanvasObject) *fyne.Container {
	return inColumns(6, columnWidths, objects...)
}

// roleRow is a line of the table that is pressed to open the role.
type roleRow struct {
	kit.Pressable
	name, heads, pay, leave *kit.Text
	row                     *fyne.Container
}

func newRoleRow(open func()) *roleRow {
	r := &roleRow{
		name: kit.NewText("", kit.TableText), heads: kit.NewTextRight("", kit.TableText),
		pay: kit.NewTextRight("", kit.TableText), leave: kit.NewTextRight("", kit.TableText),
	}
	r.name.Elide = true
	r.row = columnRow(r.name, r.heads, r.pay, r.leave)
	r.OnTapped = open
	r.Init(r)
	return r
}

func (r *roleRow) set(line RoleLine, wrong, open bool) {
	r.name.SetText(line.Name)
	r.heads.SetText(line.Heads)
	r.pay.SetText(line.Pay)
	r.leave.SetText(line.Leave)
	style := kit.TableText
	switch {
	case wrong:
		style = kit.ErrorText
	case open:
		style = kit.TableStrong
	}
	r.name.SetStyle(style)
}

// links puts presses beside each other.
func links(objects ...fyne.CanvasObject) fyne.CanvasObject {
	return kit.Flow(18, objects...)
}
