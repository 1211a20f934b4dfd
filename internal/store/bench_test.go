package store

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
)

// fillMany puts n simulations with two revisions each into a store, in few
// transactions.
func fillMany(tb testing.TB, o Options, n int) {
	tb.Helper()
	s := mustOpen(tb, o)
	for done := 0; done < n; {
		batch := min(1000, n-done)
		err := s.update(func(w *writer) error {
			for range batch {
				r := simRecord{Entry: Entry{Simulation: Simulation{ID: NewID(), Name: fmt.Sprintf("Dossier %d", done), Created: w.now}}}
				for k := range 2 {
					if err := w.addRevision(&r, content(2*done+k)); err != nil {
						return err
					}
				}
				if err := w.change(&r, Event{Kind: EventCreated}); err != nil {
					return err
				}
				done++
			}
			return nil
		})
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		tb.Fatal(err)
	}
}

func BenchmarkOpen10000(b *testing.B) {
	o := newOptions(b)
	fillMany(b, o, 10_000)
	st := must(os.Stat(o.Path))(b)
	for b.Loop() {
		_ = mustOpen(b, o).Close()
	}
	b.ReportMetric(float64(st.Size())/1e6, "MB")
}

// BenchmarkOpen10000Parts shows what the parts of opening cost, beside bbolt's
// own check, which this package does not use on unknown files.
func BenchmarkOpen10000Parts(b *testing.B) {
	o := newOptions(b)
	fillMany(b, o, 10_000)
	o.fill()
	b.Run("verify", func(b *testing.B) {
		for b.Loop() {
			must(verifyFile(o.Path, schema, false))(b)
		}
	})
	b.Run("bolt-open", func(b *testing.B) {
		for b.Loop() {
			_ = must(bbolt.Open(o.Path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType}))(b).Close()
		}
	})
	b.Run("bolt-check", func(b *testing.B) {
		db := must(bbolt.Open(o.Path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType}))(b)
		defer db.Close()
		for b.Loop() {
			_ = db.View(func(tx *bbolt.Tx) error {
				for err := range tx.Check() {
					b.Error(err)
				}
				return nil
			})
		}
	})
}

func BenchmarkList10000(b *testing.B) {
	o := newOptions(b)
	fillMany(b, o, 10_000)
	s := mustOpen(b, o)
	for b.Loop() {
		if l := must(s.List())(b); len(l) != 10_000 {
			b.Fatal(len(l))
		}
	}
}

func BenchmarkSnapshot10000(b *testing.B) {
	o := newOptions(b)
	fillMany(b, o, 10_000)
	s := mustOpen(b, o)
	for b.Loop() {
		must(s.Snapshot(b.Context()))(b)
	}
}

// BenchmarkSave saves a revision into an empty and into a large store, beside
// the same bytes written and flushed bare.
func BenchmarkSave(b *testing.B) {
	b.Run("bare-write-fsync", func(b *testing.B) {
		f := must(os.Create(filepath.Join(b.TempDir(), "bare")))(b)
		defer f.Close()
		p := content(1).Project
		for b.Loop() {
			if _, err := f.Write(p); err != nil {
				b.Fatal(err)
			}
			if err := f.Sync(); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, n := range []int{1, 10_000} {
		b.Run(fmt.Sprintf("in-%d", n), func(b *testing.B) {
			o := newOptions(b)
			fillMany(b, o, n)
			s := mustOpen(b, o)
			l := must(s.List())(b)
			// The snapshot that follows the first save would be measured too.
			must(s.Save(l[0].ID, "", content(-1)))(b)
			must(s.Snapshot(b.Context()))(b)
			i := 0
			for b.Loop() {
				must(s.Save(l[i*7919%len(l)].ID, "", content(i)))(b)
				i++
			}
		})
	}
}

// fillValues puts n values of two versions each.
func fillValues(tb testing.TB, s *Store, n int) {
	tb.Helper()
	for i := range n {
		for k := range 2 {
			if err := s.PutValue(Value{Place: fmt.Sprintf("site-%d", i/50), Field: fmt.Sprintf("field-%d", i%50), Text: fmt.Sprint(k), Note: "Devis du gestionnaire"}); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

func BenchmarkPutValue(b *testing.B) {
	s := mustOpen(b, newOptions(b))
	fillValues(b, s, 500)
	must(s.Snapshot(b.Context()))(b)
	i := 0
	for b.Loop() {
		v := Value{Place: fmt.Sprintf("site-%d", i%10), Field: fmt.Sprintf("field-%d", i/10%50), Text: fmt.Sprint("new ", i)}
		if err := s.PutValue(v); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

func BenchmarkValues500(b *testing.B) {
	s := mustOpen(b, newOptions(b))
	fillValues(b, s, 500)
	for b.Loop() {
		if l := must(s.Values())(b); len(l) != 500 {
			b.Fatal(len(l))
		}
	}
}
