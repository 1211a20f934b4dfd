package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"atlasp2i/internal/calc"
	"atlasp2i/internal/cli/call"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/desk/issue"
	"atlasp2i/internal/document"
	"atlasp2i/internal/domain"
	"atlasp2i/internal/seal"
)

// issuedView is what an issued paper states.
type issuedView struct {
	Number     string      `json:"number"`
	IssuedOn   domain.Date `json:"issuedOn"`
	ValidUntil domain.Date `json:"validUntil"`
	Officer    string      `json:"officer"`
	Agency     string      `json:"agency"`
	Fair       string      `json:"fair"`
	Language   string      `json:"language"`
	Check      seal.Check  `json:"check"`
	Code       string      `json:"code"`
	Project    string      `json:"project"` // SHA-256
	Pack       seal.Pack   `json:"pack"`
	Totals     seal.Totals `json:"totals"`
	Simulation string      `json:"simulation"` // id
	Revision   int         `json:"revision"`
}

// issue makes a draft of a project's paper, or issues it: numbered, signed and kept.
func (c *command) issue(args []string) (err error) {
	if err := c.wants(args, "FILE"); err != nil {
		return err
	}
	if err := c.checkFiles(); err != nil {
		return err
	}
	// Without --draft there is no way around the store: what is issued is kept there.
	if c.published && !c.draft {
		return call.Usage("cli.option", "given", "--published", "command", "issue")
	}
	c.needsStore = !c.draft
	// A project that is refused makes no store.
	d, err := c.rulesOf(func() (*desk.Desk, func() error, error) { return c.StoreDesk("", c.store, Reads) })
	if err != nil {
		return err
	}
	c.Texts = d.Texts()
	p, err := c.project(args[0])
	if err != nil {
		return err
	}
	if _, err := d.Case(desk.Draft{Project: p}); err != nil {
		return err
	}
	office, closeStore, err := c.Office(c.pack, c.store, c.issues())
	if err != nil {
		return err
	}
	defer func() {
		if bad := closeStore(); err == nil {
			err = bad
		}
	}()
	office = office.SignedBy(c.signer(office.Setup()))
	if c.draft {
		return c.makeDraft(office, p)
	}
	return c.issuePaper(office, p)
}

// issues is what making a paper does to the store: a draft takes the rules and who
// issues from it, unless neither is wanted.
func (c *command) issues() Access {
	switch {
	case !c.draft:
		return Changes
	case c.published:
		return Nothing
	}
	return Reads
}

// signer is who issues: as set up, but for what was said here.
func (c *command) signer(s issue.Setup) issue.Setup {
	for _, x := range []struct {
		is   *string
		said call.Option
	}{{&s.Officer, c.officer}, {&s.Agency, c.agency}, {&s.Fair, c.fair}} {
		if x.said.Given {
			*x.is = x.said.Text
		}
	}
	return s
}

// checkFiles refuses what could not be written, before a number is used.
func (c *command) checkFiles() error {
	for _, f := range []struct {
		name, end string
		to        call.Option
	}{{"--pdf", issue.PDF, c.pdf}, {"--xlsx", issue.XLSX, c.xlsx}} {
		if f.to.Given && !strings.EqualFold(filepath.Ext(f.to.Text), f.end) {
			return domain.Refuse(f.name, f.to.Text, "cli.issue.end", "end", f.end)
		}
	}
	if c.draft && !c.pdf.Given && !c.xlsx.Given {
		return call.Usage("cli.issue.draft")
	}
	return nil
}

func (c *command) makeDraft(office *issue.Office, p domain.Project) error {
	doc, err := office.DraftDocument(desk.Draft{Project: p}, issue.Extra{})
	if err != nil {
		return err
	}
	if err := c.writeFiles(office, doc); err != nil {
		return err
	}
	if c.json {
		return c.writeJSON(map[string]any{"draft": true})
	}
	fmt.Fprintln(c.Stdout, c.Texts.Text("cli.issue.drafted"))
	return nil
}

func (c *command) issuePaper(office *issue.Office, p domain.Project) error {
	by := office.Setup()
	switch {
	case by.Officer == "":
		return domain.Refuse("--officer", "", "issue.noOfficer")
	case by.Agency == "":
		return domain.Refuse("--agency", "", "cli.issue.agency")
	case c.checkedBy.Text == "":
		return domain.Refuse("--checked-by", "", "cli.issue.check")
	}
	check := seal.Check{Mode: seal.BySecond, By: c.checkedBy.Text}
	if check.By == by.Officer {
		check.Mode = seal.ByChecklist
	}
	paper, _, err := office.Issue(issue.Order{Draft: desk.Draft{Project: p}, Check: check})
	if err != nil {
		return err
	}
	if c.json {
		err = c.writeJSON(paperView(&paper))
	} else {
		_, err = fmt.Fprintf(c.Stdout, "%s\n%s\n", c.Texts.Text("cli.issue.done", "number", paper.Head.Number, "until", paper.Stated.ValidUntil), paper.Code)
	}
	if err != nil {
		return err
	}
	if !c.pdf.Given && !c.xlsx.Given {
		return nil
	}
	doc, err := office.PaperDocument(&paper, issue.Extra{})
	if err == nil {
		err = c.writeFiles(office, doc)
	}
	if err != nil { // the number is used: whoever reads only this line must know
		return call.Fail("cli.issue.unwritten", "number", paper.Head.Number, "why", desk.Say(c.Texts, err))
	}
	return nil
}

func (c *command) writeFiles(office *issue.Office, doc *document.Document) error {
	for _, to := range []call.Option{c.pdf, c.xlsx} {
		if !to.Given {
			continue
		}
		if err := office.Write(to.Text, doc); err != nil {
			return err
		}
	}
	return nil
}

func paperView(p *issue.Paper) issuedView {
	s := &p.Stated
	return issuedView{
		Number: p.Head.Number, IssuedOn: domain.Date(s.IssuedAt.Format("2006-01-02")), ValidUntil: s.ValidUntil,
		Officer: s.Officer, Agency: s.Agency, Fair: s.Fair, Language: s.Language, Check: s.Check, Code: p.Code,
		Project: s.Project, Pack: s.Pack, Totals: s.Totals, Simulation: string(p.Head.Simulation), Revision: p.Head.Revision,
	}
}

// maxCode is how much is read of a file that should hold a check code.
const maxCode = 64 << 10

// verdictView is what is said of a paper. Kept is null where this store does not
// have it: then the code alone speaks.
type verdictView struct {
	State      string       `json:"state"` // own, known, unknown, altered
	Genuine    bool         `json:"genuine"`
	Said       string       `json:"said"`
	Number     string       `json:"number"`
	IssuedOn   domain.Date  `json:"issuedOn"`
	ValidUntil domain.Date  `json:"validUntil"`
	Pack       int          `json:"pack"`
	Cost       domain.Money `json:"cost"`
	Benefits   seal.Figure  `json:"benefits"`
	AIR        domain.Money `json:"AIR"`
	PAE        domain.Money `json:"PAE"`
	PAF        domain.Money `json:"PAF"`
	AIS        domain.Money `json:"AIS"`
	Incomplete []string     `json:"incomplete"`
	Clash      string       `json:"clash"` // a known laptop numbers its papers as this one does
	Kept       *keptView    `json:"kept"`
}

type keptView struct {
	Officer string      `json:"officer"`
	Agency  string      `json:"agency"`
	Fair    string      `json:"fair"`
	Differs bool        `json:"differs"`
	Expired bool        `json:"expired"`
	Exact   bool        `json:"exact"`
	Failed  string      `json:"failed"`
	Refused string      `json:"refused"`
	Moved   []movedView `json:"moved"`
}

type movedView struct {
	Line string       `json:"line"`
	Was  domain.Money `json:"was"`
	Is   domain.Money `json:"is"`
}

var findings = map[seal.State]string{
	seal.Unreadable: "unreadable", seal.Own: "own", seal.OfKnown: "known", seal.OfUnknown: "unknown", seal.Altered: "altered",
}

// verify says whether a paper is genuine, whether it computes again, and what
// changed since. One that is not as it was issued is printed, and is a failure.
func (c *command) verify(args []string) error {
	if err := c.wants(args, "CODE"); err != nil {
		return err
	}
	d, err := c.Desk(c.pack)
	if err != nil {
		return err
	}
	c.Texts, c.needsStore = d.Texts(), true
	typed, err := c.code(args[0])
	if err != nil {
		return err
	}
	office, closeStore, err := c.Office(c.pack, c.store, Reads)
	if err != nil {
		return err
	}
	defer func() { _ = closeStore() }() // it was only read
	c.Texts = office.Texts()            // of the rules that are active there
	v, err := office.Verify(typed)
	switch {
	case err != nil:
		return err
	case v.Finding.State == seal.Unreadable && v.Paper == nil:
		return &domain.Problem{Field: c.word("CODE"), Msg: v.Finding.Msg}
	}
	view := c.verdict(&v)
	if c.json {
		err = c.writeJSON(view)
	} else {
		err = c.verdictText(v.Finding.State.Msg(), &view)
	}
	if err == nil && (!view.Genuine || v.Differs || v.Paper != nil && !v.Exact) {
		err = call.Fail("cli.verify.failed")
	}
	return err
}

// code is what was typed, or what a file of that name holds.
func (c *command) code(arg string) (string, error) {
	if arg != "-" {
		if info, err := os.Stat(arg); err != nil || !info.Mode().IsRegular() {
			return arg, nil
		}
	}
	data, err := c.upTo(arg, maxCode)
	return string(data), err
}

func (c *command) verdict(v *issue.Verdict) verdictView {
	f := &v.Finding
	out := verdictView{
		State: findings[f.State], Genuine: f.Genuine(), Said: c.Texts.T(f.Msg), Number: string(f.Code.Number),
		IssuedOn: f.Code.IssuedOn, ValidUntil: f.Code.ValidUntil, Pack: f.Code.Pack, Cost: f.Code.Cost, Benefits: f.Code.Benefits,
		AIR: f.Code.AIR, PAE: f.Code.PAE, PAF: f.Code.PAF, AIS: f.Code.AIS, Incomplete: append([]string{}, f.Code.Incomplete...),
	}
	if v.Clash != nil {
		out.Clash = c.Texts.T(*v.Clash)
	}
	if v.Paper == nil {
		return out
	}
	out.Kept = &keptView{
		Officer: v.Paper.Stated.Officer, Agency: v.Paper.Stated.Agency, Fair: v.Paper.Stated.Fair,
		Differs: v.Differs, Expired: v.Expired, Exact: v.Exact, Moved: []movedView{},
	}
	if v.Failed != nil {
		out.Kept.Failed = desk.Say(c.Texts, v.Failed)
	}
	if v.Refused != nil {
		out.Kept.Refused = desk.Say(c.Texts, v.Refused)
	}
	for _, m := range v.Moved {
		out.Kept.Moved = append(out.Kept.Moved, movedView(m))
	}
	return out
}

func (c *command) verdictText(title domain.Msg, v *verdictView) error {
	t := c.Texts
	fmt.Fprintln(c.Stdout, t.T(title))
	fmt.Fprintln(c.Stdout, v.Said)
	if v.Clash != "" {
		fmt.Fprintln(c.Stdout, v.Clash)
	}
	w := tabwriter.NewWriter(c.Stdout, 0, 4, 2, ' ', 0)
	f := t.Formatter()
	known := calc.Whole
	if len(v.Incomplete) > 0 {
		known = calc.AtLeast
	}
	fmt.Fprintf(w, "%s\t%s\n", t.Text("cli.verify.benefits"), t.Text("unit.MAD", "amount", desk.SayExtent(t, known, f.AmountExact(v.Benefits.Value))))
	fmt.Fprintf(w, "%s\t%s\n", t.Text("cli.verify.until"), f.Date(v.ValidUntil))
	if err := w.Flush(); err != nil {
		return err
	}
	k := v.Kept
	say := func(is bool, yes, no string) {
		if !is {
			yes = no
		}
		if yes != "" {
			fmt.Fprintln(c.Stdout, t.T(domain.M(yes)))
		}
	}
	if k == nil {
		say(true, "cli.verify.notKept", "")
		return nil
	}
	say(k.Differs, "cli.verify.differs", "")
	say(k.Expired, "cli.verify.expired", "")
	say(k.Exact, "cli.verify.exact", "cli.verify.notExact")
	switch {
	case k.Failed != "":
		fmt.Fprintln(c.Stdout, k.Failed)
	case k.Refused != "":
		fmt.Fprintln(c.Stdout, t.Text("cli.verify.refused", "why", k.Refused))
	case len(k.Moved) == 0:
		say(true, "cli.verify.same", "")
	}
	for _, m := range k.Moved {
		fmt.Fprintln(c.Stdout, t.Text("cli.verify.moved", "line", m.Line, "was", f.AmountExact(m.Was), "is", f.AmountExact(m.Is)))
	}
	return nil
}
