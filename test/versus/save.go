package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"atlasp2i/internal/project"
	"atlasp2i/internal/store"
)

// What the store holds before it is measured, and how often each of the two is timed
// in a round.
const (
	stored = 1000
	saves  = 60
)

// confirmedSave measures a save of the worked case into a store beside the same bytes
// added to a file of the same folder and flushed.
func confirmedSave(b *bench) ([]Figure, error) {
	folder := filepath.Join(b.work, "store")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	s, err := store.Open(context.Background(), store.Options{Path: filepath.Join(folder, "fair.db"), Device: "versus"})
	if err != nil {
		return nil, err
	}
	bare, err := os.Create(filepath.Join(folder, "bare"))
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	f, err := b.saves(s, bare)
	return []Figure{f}, errors.Join(err, bare.Close(), s.Close())
}

func (b *bench) saves(s *store.Store, bare *os.File) (Figure, error) {
	f := Figure{
		ID: "store/save", What: fmt.Sprintf("confirmed save of a changed simulation into a store of %d", stored),
		Theirs: "bare write and flush of the same bytes",
	}
	var ids []store.ID
	for i := range stored {
		c, err := b.content(i)
		if err != nil {
			return f, err
		}
		sim, err := s.Create(fmt.Sprint("Centre ", i), c)
		if err != nil {
			return f, err
		}
		ids = append(ids, sim.ID)
	}
	// The snapshot that follows these would be measured too.
	if _, err := s.Snapshot(context.Background()); err != nil {
		return f, err
	}
	for r := range b.rounds {
		var mine, theirs []float64
		for i := range saves {
			c, err := b.content(r*saves + i)
			if err != nil {
				return f, err
			}
			raw, err := json.Marshal(c)
			if err != nil {
				return f, err
			}
			begun := time.Now()
			if _, err := s.Save(ids[(r*saves+i)*7919%stored], "", c); err != nil {
				return f, err
			}
			saved := time.Now()
			if _, err := bare.Write(raw); err != nil {
				return f, err
			}
			if err := flush(bare); err != nil {
				return f, err
			}
			mine, theirs = append(mine, saved.Sub(begun).Seconds()), append(theirs, time.Since(saved).Seconds())
		}
		f.add(median(mine), median(theirs))
	}
	return f, nil
}

// content is what a save of the worked case with another number of people keeps.
func (b *bench) content(i int) (store.Content, error) {
	p := b.project(b.of(1 + i))
	data, err := project.Write(p)
	if err != nil {
		return store.Content{}, err
	}
	years, err := b.estimate(p)
	if err != nil {
		return store.Content{}, err
	}
	total := years[0].Benefits()
	for y := range years[1:] {
		total += years[1+y].Benefits()
	}
	pack := b.engine.Pack()
	return store.Content{
		Project: data, PackNumber: pack.Number, PackSHA256: pack.SHA256,
		Summary: store.Summary{
			Site: p.Site, Segment: p.Segment, Months: *p.Months,
			Total: total.String(), Low: total.String(), High: total.String(), Heads: years[0].HeadcountEnd.String(),
		},
	}, nil
}
