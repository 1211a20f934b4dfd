package cli

import (
	"fmt"
	"path/filepath"
	"strings"

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
	d, err := c.Desk(c.pack)
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
	access := Changes
	if c.draft {
		access = Nothing
	}
	c.needsStore = true
	office, closeStore, err := c.Office(c.pack, c.store, access)
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

// signer is who issues: as set up, but for what was said here.
func (c *command) signer(s issue.Setup) issue.Setup {
	for _, x := range []struct {
		is   *string
		said option
	}{{&s.Officer, c.officer}, {&s.Agency, c.agency}, {&s.Fair, c.fair}} {
		if x.said.given {
			*x.is = x.said.text
		}
	}
	return s
}

// checkFiles refuses what could not be written, before a number is used.
func (c *command) checkFiles() error {
	for _, f := range []struct {
		name, end string
		to        option
	}{{"--pdf", issue.PDF, c.pdf}, {"--xlsx", issue.XLSX, c.xlsx}} {
		if f.to.given && !strings.EqualFold(filepath.Ext(f.to.text), f.end) {
			return domain.Refuse(f.name, f.to.text, "cli.issue.end", "end", f.end)
		}
	}
	if c.draft && !c.pdf.given && !c.xlsx.given {
		return usage("cli.issue.draft")
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
	case c.checkedBy.text == "":
		return domain.Refuse("--checked-by", "", "cli.issue.check")
	}
	check := seal.Check{Mode: seal.BySecond, By: c.checkedBy.text}
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
	if !c.pdf.given && !c.xlsx.given {
		return nil
	}
	doc, err := office.PaperDocument(&paper, issue.Extra{})
	if err == nil {
		err = c.writeFiles(office, doc)
	}
	if err != nil { // the number is used: whoever reads only this line must know
		return &failure{domain.M("cli.issue.unwritten", "number", paper.Head.Number, "why", desk.Say(c.Texts, err))}
	}
	return nil
}

func (c *command) writeFiles(office *issue.Office, doc *document.Document) error {
	for _, to := range []option{c.pdf, c.xlsx} {
		if !to.given {
			continue
		}
		if err := office.Write(to.text, doc); err != nil {
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
