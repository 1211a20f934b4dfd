package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"os"

	"go.etcd.io/bbolt"
)

func picture() []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 200, 200))); err != nil {
		panic(err) // a buffer never refuses
	}
	return b.Bytes()
}

// changed opens a file with bbolt, as another program may, changes it, and gives
// its bytes.
func changed(path string, data []byte, change func(*bbolt.Tx) error) ([]byte, error) {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return nil, err
	}
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(db.Update(change), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

func otherBolt(path string) ([]byte, error) {
	return changed(path, nil, func(tx *bbolt.Tx) error {
		b, err := tx.CreateBucket([]byte("music"))
		if err == nil {
			err = b.Put([]byte("song"), bytes.Repeat([]byte("la"), 100))
		}
		return err
	})
}

// newerSchema is a store as a later version of the program may leave it: a schema
// that nobody knows yet.
func newerSchema(path string, good []byte) ([]byte, error) {
	const later = 99
	return ofSchema(path, good, later)
}

// olderSchema is a store as the version with schema 4 left it: without what schema 5
// added, in which good must hold nothing.
func olderSchema(path string, good []byte) ([]byte, error) {
	return ofSchema(path, good, 4, "siblings", "devices")
}

// ofSchema writes another schema into the head of a store, with the checksum that
// belongs to it, and takes buckets away.
func ofSchema(path string, good []byte, schema int, without ...string) ([]byte, error) {
	const meta, key, sum = "meta", "head", 4
	return changed(path, good, func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(meta))
		if b == nil {
			return fmt.Errorf("the store has no bucket %q any more", meta)
		}
		sealed := b.Get([]byte(key))
		var head map[string]any
		in := json.NewDecoder(bytes.NewReader(sealed[:max(0, len(sealed)-sum)]))
		in.UseNumber() // sums of digests do not fit into a float
		if err := in.Decode(&head); err != nil {
			return err
		}
		head["schema"], head["txid"] = schema, tx.ID()
		for _, name := range without {
			if err := tx.DeleteBucket([]byte(name)); err != nil {
				return err
			}
			delete(head["totals"].(map[string]any), name)
		}
		payload, err := json.Marshal(head)
		if err != nil {
			return err
		}
		c := crc32.Checksum([]byte(meta+"\x00"+key+string(payload)), crc32.MakeTable(crc32.Castagnoli))
		return b.Put([]byte(key), binary.BigEndian.AppendUint32(payload, c))
	})
}
