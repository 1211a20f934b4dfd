// Command icons packs the PNG files of packaging/icons into the containers of
// Windows (.ico) and macOS (.icns):
//
//	go run -C tools ./icons ../packaging/icons atlas-p2i
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run -C tools ./icons FOLDER NAME")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder, name string) error {
	pngs := map[int][]byte{}
	for _, size := range []int{16, 32, 48, 64, 128, 256, 512} {
		data, err := os.ReadFile(filepath.Join(folder, strconv.Itoa(size)+".png"))
		if err != nil {
			return err
		}
		pngs[size] = data
	}
	if err := os.WriteFile(filepath.Join(folder, name+".ico"), ico(pngs), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, name+".icns"), icns(pngs), 0o644)
}

// ico is a header, one row of 16 bytes a picture, then the pictures as PNG, which
// Windows reads since Vista. A size of 256 is written as 0.
func ico(pngs map[int][]byte) []byte {
	sizes := []int{16, 32, 48, 64, 128, 256}
	var head, body bytes.Buffer
	for _, n := range []int{0, 1, len(sizes)} {
		little(&head, uint16(n))
	}
	for _, size := range sizes {
		head.Write([]byte{byte(size), byte(size), 0, 0})
		little(&head, uint16(1), uint16(32)) // planes, bits a pixel
		little(&head, uint32(len(pngs[size])), uint32(6+16*len(sizes)+body.Len()))
		body.Write(pngs[size])
	}
	return append(head.Bytes(), body.Bytes()...)
}

// icns is a header, then each picture behind its type and length. The second type
// of a size is that of half the size on a screen of double density.
func icns(pngs map[int][]byte) []byte {
	var body bytes.Buffer
	for _, part := range []struct {
		kind string
		size int
	}{{"icp4", 16}, {"icp5", 32}, {"ic11", 32}, {"ic12", 64}, {"ic07", 128}, {"ic08", 256}, {"ic13", 256}, {"ic09", 512}, {"ic14", 512}} {
		big(&body, part.kind, pngs[part.size])
	}
	var out bytes.Buffer
	big(&out, "icns", body.Bytes())
	return out.Bytes()
}

func big(b *bytes.Buffer, kind string, data []byte) {
	b.WriteString(kind)
	b.Write(binary.BigEndian.AppendUint32(nil, uint32(8+len(data))))
	b.Write(data)
}

func little(b *bytes.Buffer, values ...any) {
	for _, v := range values {
		_ = binary.Write(b, binary.LittleEndian, v) // a buffer refuses nothing
	}
}
