package bundle

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"atlasp2i/internal/store"
)

// full is a bundle of many small things, as a store of years has them, whose file has
// about that many bytes.
func full(size int) Bundle {
	b := sample()
	project := bytes.Repeat([]byte("a project "), 300)
	for n := 0; n*(len(project)*4/3+300) < size; n++ {
		b.Share.Simulations = append(b.Share.Simulations, store.SharedSimulation{
			ID:        store.ID(fmt.Sprintf("%032x", n)),
			Revisions: []store.SharedRevision{{SharedVersion: store.SharedVersion{Identity: strings.Repeat("0", 64), At: at, Device: "stand-2", Parents: []string{}}, Project: project}},
			Events:    []store.Event{{At: at, Device: "stand-2", Kind: store.EventCreated, New: "Centre"}},
		})
	}
	return b
}

// peak runs f and gives the most memory that the heap had while it ran, in bytes.
func peak(f func()) (most uint64) {
	runtime.GC()
	done := make(chan struct{})
	watched := make(chan uint64)
	go func() {
		var m runtime.MemStats
		var most uint64
		for {
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				watched <- most
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	f()
	close(done)
	return <-watched
}

// What it takes to read and to write a file as large as one may be.
func BenchmarkLargest(b *testing.B) {
	whole := full(MaxBytes * 97 / 100)
	data := write(b, whole)
	b.Logf("%d MB", len(data)>>20)
	measure := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			var most uint64
			for range b.N {
				most = max(most, peak(func() {
					if err := f(); err != nil {
						b.Fatal(err)
					}
				}))
			}
			b.ReportMetric(float64(most>>20), "MB-heap")
		})
	}
	measure("write", func() error {
		_, err := Write(Params{Bundle: whole, Device: device(b, 1), Passphrase: passphrase, Work: cheap})
		return err
	})
	whole = Bundle{}
	measure("read", func() error { _, err := Read(data, passphrase); return err })
}
