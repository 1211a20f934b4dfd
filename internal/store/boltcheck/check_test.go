package boltcheck

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"
)

func ignore(string, []byte, []byte) error { return nil }

// checkBytes checks a file that lies in memory.
func checkBytes(b []byte, record func(string, []byte, []byte) error) error {
	_, err := Check(Params{File: bytes.NewReader(b), Size: int64(len(b)), Record: record})
	return err
}

// Whatever bbolt writes passes, and every record is told once.
func TestCheck_AgreesWithBolt(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		path := filepath.Join(t.TempDir(), "x.db")
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, PageSize: rapid.SampledFrom([]int{1024, 4096, 16384}).Draw(rt, "page")})
		if err != nil {
			rt.Fatal(err)
		}
		want := map[string]string{}
		for range rapid.IntRange(0, 6).Draw(rt, "transactions") {
			if err := db.Update(func(tx *bbolt.Tx) error { return scribble(rt, tx, want) }); err != nil {
				rt.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			rt.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			rt.Fatal(err)
		}
		got := map[string]string{}
		err = checkBytes(b, func(bucket string, k, v []byte) error {
			got[bucket+" "+string(k)] = string(v)
			return nil
		})
		if err != nil {
			rt.Fatal(err)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			rt.Fatalf("%d records, want %d", len(got), len(want))
		}
	})
}

// scribble puts and deletes records in nested buckets and keeps want alike.
func scribble(t *rapid.T, tx *bbolt.Tx, want map[string]string) error {
	for range rapid.IntRange(1, 120).Draw(t, "changes") {
		name := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "bucket")
		b, err := tx.CreateBucketIfNotExists([]byte(name))
		if err != nil {
			return err
		}
		if rapid.Bool().Draw(t, "nested") {
			name += "/in"
			if b, err = b.CreateBucketIfNotExists([]byte("in")); err != nil {
				return err
			}
		}
		k := fmt.Sprint(rapid.IntRange(0, 400).Draw(t, "key"))
		if rapid.IntRange(0, 3).Draw(t, "delete") == 0 {
			delete(want, name+" "+k)
			err = b.Delete([]byte(k))
		} else {
			v := string(make([]byte, rapid.SampledFrom([]int{0, 30, 900, 20000}).Draw(t, "size")))
			want[name+" "+k] = v
			err = b.Put([]byte(k), []byte(v))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func sample(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true, PageSize: 1024})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		err := db.Update(func(tx *bbolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte("b"))
			for i := 0; err == nil && i < 40; i++ {
				err = b.Put([]byte(fmt.Sprintf("%03d", i*3+n)), make([]byte, 10+i*n))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	_ = db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Damage to the structure that bbolt would trust.
func TestCheck_FindsStructuralDamage(t *testing.T) {
	good := sample(t)
	m, _ := metaAt(Params{File: bytes.NewReader(good)}, 0)
	if n, _ := metaAt(Params{File: bytes.NewReader(good)}, 1024); n.TxID > m.TxID {
		m = n
	}
	root, free := int(m.Root)*1024, int(m.Freelist)*1024
	for name, damage := range map[string]func(b []byte) []byte{
		"first header":       func(b []byte) []byte { b[pageHeader] ^= 1; return b },
		"second header":      func(b []byte) []byte { b[1024+pageHeader+50] ^= 1; return b },
		"cut":                func(b []byte) []byte { return b[:int(m.Pages-1)*1024] },
		"root label":         func(b []byte) []byte { b[root] ^= 1; return b },
		"root kind":          func(b []byte) []byte { b[root+8] = 0x44; return b },
		"root continues":     func(b []byte) []byte { b[root+12] = 0xFF; return b },
		"element outside":    func(b []byte) []byte { b[root+pageHeader+6] = 0xFF; return b },
		"element kind":       func(b []byte) []byte { b[root+pageHeader] = 0; return b },
		"free list kind":     func(b []byte) []byte { b[free+8] = flagLeaf; return b },
		"free list shorter":  func(b []byte) []byte { b[free+10]--; return b },
		"free list far":      func(b []byte) []byte { b[free+10], b[free+11] = 0xFE, 0xFF; return b },
		"free page in use":   func(b []byte) []byte { order.PutUint64(b[free+pageHeader:], m.Root); return b },
		"free page too high": func(b []byte) []byte { order.PutUint64(b[free+pageHeader:], 1<<40); return b },
	} {
		var found *Error
		if err := checkBytes(damage(bytes.Clone(good)), ignore); !errors.As(err, &found) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := checkBytes(good, ignore); err != nil {
		t.Error(err)
	}
}

func TestCheck_OneMeta(t *testing.T) {
	b := sample(t)
	b[pageHeader] ^= 1
	m, err := Check(Params{File: bytes.NewReader(b), Size: int64(len(b)), OneMeta: true, Record: ignore})
	if err != nil || m.PageSize != 1024 {
		t.Errorf("%+v %v", m, err)
	}
	b[1024+pageHeader] ^= 1
	if _, err := Check(Params{File: bytes.NewReader(b), Size: int64(len(b)), OneMeta: true, Record: ignore}); err == nil {
		t.Error("a file without any header passed")
	}
}

func TestCheck_StopsAtTheErrorOfRecord(t *testing.T) {
	stop := errors.New("stop")
	calls := 0
	err := checkBytes(sample(t), func(string, []byte, []byte) error { calls++; return stop })
	if !errors.Is(err, stop) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

// FuzzCheck changes eight bytes anywhere: an error or not, never a panic and
// never an endless walk.
func FuzzCheck(f *testing.F) {
	good := sample(f)
	f.Add(uint32(0), uint64(0))
	f.Add(uint32(len(good)/2), ^uint64(0))
	f.Add(uint32(3*1024+16), uint64(1)<<40)
	f.Fuzz(func(_ *testing.T, at uint32, value uint64) {
		b := bytes.Clone(good)
		binary.NativeEndian.PutUint64(b[int(at)%(len(b)-8):], value)
		_ = checkBytes(b, ignore)
	})
}
