// Command fill makes a store of many saved simulations through the program's own
// use cases, for measuring the window: fill STORE COUNT.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"strconv"

	"atlasp2i/assets"
	"atlasp2i/internal/desk"
	"atlasp2i/internal/i18n"
	"atlasp2i/internal/project"
	"atlasp2i/internal/rules"
	"atlasp2i/internal/store"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: fill STORE COUNT")
	}
	count, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	s, err := store.Open(context.Background(), store.Options{Path: args[0], Device: "fill"})
	if err != nil {
		return err
	}
	return errors.Join(fill(s, count), s.Close())
}

// fill saves variants of the sample projects, of 1 to 500 people in each role.
func fill(s *store.Store, count int) error {
	texts, err := i18n.Load(assets.I18n, "fr")
	if err != nil {
		return err
	}
	pack, err := rules.Load(assets.PackFiles())
	if err != nil {
		return err
	}
	d, err := desk.New(desk.Params{Pack: pack, PackFiles: assets.PackFiles(), Texts: texts, Store: s})
	if err != nil {
		return err
	}
	samples, err := assets.Samples.ReadDir("samples")
	if err != nil {
		return err
	}
	for i := range count {
		data, err := assets.Samples.ReadFile(path.Join("samples", samples[i%len(samples)].Name()))
		if err != nil {
			return err
		}
		p, err := project.Read(data)
		if err != nil {
			return err
		}
		p.Name = fmt.Sprintf("%s %d", p.Name, i+1)
		for r := range p.Roles {
			p.Roles[r].Hires[0].Count = 1 + i%500
		}
		if _, err := d.Save(desk.Draft{Project: p}); err != nil {
			return err
		}
	}
	return nil
}
