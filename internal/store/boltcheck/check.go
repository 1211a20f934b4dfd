// Package boltcheck reads a bbolt file with plain file reads and says whether it
// is whole: headers, every page reached exactly once, keys in order, free pages
// accounted for. bbolt itself maps the file and trusts it; on damage it panics,
// and a page missing at the end stops the whole program (its own Check runs in
// a goroutine of its own, where such a fault cannot be caught). So a file is
// checked here before bbolt may map it.
package boltcheck

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
)

const (
	magic       = 0xED0CDAED
	version     = 2
	pageHeader  = 16
	metaSize    = 64
	elementSize = 16
	bucketSize  = 16 // header of a bucket: root page, sequence

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagFreelist = 0x10
	flagBucket   = 0x01 // of a leaf element

	minPageSize = 1 << 10
	maxPageSize = 1 << 16
	maxDepth    = 32 // of trees; 2^32 pages are reached long before
	bigFreelist = 0xFFFF
)

// order is that of the machine: bbolt writes its structures as they lie in memory.
var order = binary.NativeEndian

// Meta is one of the two headers of the file.
type Meta struct {
	PageSize uint32 // bytes
	Root     uint64 // page of the root bucket
	Freelist uint64 // page of the free list
	Pages    uint64 // number of pages in use or free
	TxID     uint64 // number of the last transaction
}

// Error says what is wrong with the file and where.
type Error struct {
	Page uint64
	Text string
}

func (e *Error) Error() string { return fmt.Sprintf("page %d: %s", e.Page, e.Text) }

// Params are the file and what to do with its records.
type Params struct {
	File io.ReaderAt
	Size int64 // bytes
	// OneMeta accepts a file of which one header is unreadable; the other then
	// shows the state before the last transaction.
	OneMeta bool
	// Record is called for each key and value in the order of the file; the
	// slices are valid during the call only. An error stops the check.
	Record func(bucket string, key, value []byte) error
}

// Check reads the whole file. It returns an *Error for damage, the error of
// Record, or that of a failed read.
func Check(p Params) (Meta, error) {
	m, err := readMeta(p)
	if err != nil {
		return Meta{}, err
	}
	c := &checker{Params: p, meta: m, reached: make([]bool, m.Pages)}
	c.reached[0], c.reached[1] = true, true
	if err := c.tree(node{page: m.Root}); err != nil {
		return m, err
	}
	return m, c.freelist()
}

// readMeta finds the newest valid header, as bbolt would, and checks that the
// file is as long as that header says.
func readMeta(p Params) (Meta, error) {
	first, ok0 := metaAt(p, 0)
	var second Meta
	ok1 := false
	for size := int64(minPageSize); size <= maxPageSize && !ok1; size *= 2 {
		if ok0 && size != int64(first.PageSize) {
			continue
		}
		second, ok1 = metaAt(p, size)
		ok1 = ok1 && int64(second.PageSize) == size
	}
	switch {
	case !ok0 && !ok1:
		return Meta{}, &Error{0, "both headers are unreadable"}
	case !ok0 && !p.OneMeta:
		return Meta{}, &Error{0, "the header is unreadable"}
	case !ok1 && !p.OneMeta:
		return Meta{}, &Error{1, "the header is unreadable"}
	}
	m := first
	if !ok0 || (ok1 && second.TxID > first.TxID) {
		m = second
	}
	if m.Pages < 4 || m.Pages > uint64(p.Size)/uint64(m.PageSize) {
		return Meta{}, &Error{0, fmt.Sprintf("the file has %d bytes, its header counts %d pages of %d bytes", p.Size, m.Pages, m.PageSize)}
	}
	return m, nil
}

func metaAt(p Params, off int64) (Meta, bool) {
	var b [pageHeader + metaSize]byte
	if _, err := p.File.ReadAt(b[:], off); err != nil {
		return Meta{}, false
	}
	d := b[pageHeader:]
	h := fnv.New64a()
	_, _ = h.Write(d[:metaSize-8]) // a hash never fails
	m := Meta{
		PageSize: order.Uint32(d[8:]), Root: order.Uint64(d[16:]), Freelist: order.Uint64(d[32:]),
		Pages: order.Uint64(d[40:]), TxID: order.Uint64(d[48:]),
	}
	good := order.Uint32(d) == magic && order.Uint32(d[4:]) == version && order.Uint64(d[56:]) == h.Sum64() &&
		m.PageSize >= minPageSize && m.PageSize <= maxPageSize && m.PageSize&(m.PageSize-1) == 0
	return m, good
}

type checker struct {
	Params
	meta    Meta
	reached []bool
	bufs    [maxDepth][]byte // one a level, so that a parent outlives its children
	depth   int
}

// node is a page to visit: the bucket it is in and the keys it may hold, from
// low (included) to high (excluded; nil: no bound).
type node struct {
	page      uint64
	bucket    string
	low, high []byte
}

func (c *checker) fail(page uint64, format string, a ...any) error {
	return &Error{page, fmt.Sprintf(format, a...)}
}

// read gives a page with its continuation pages and marks them as reached.
func (c *checker) read(id uint64) ([]byte, error) {
	if id < 2 || id >= c.meta.Pages {
		return nil, c.fail(id, "outside the file's %d pages", c.meta.Pages)
	}
	size := int(c.meta.PageSize)
	buf := c.bufs[c.depth]
	if cap(buf) < size {
		buf = make([]byte, size)
	}
	buf = buf[:size]
	if _, err := c.File.ReadAt(buf, int64(id)*int64(size)); err != nil {
		return nil, err
	}
	more := uint64(order.Uint32(buf[12:]))
	if got := order.Uint64(buf); got != id {
		return nil, c.fail(id, "is labelled %d", got)
	}
	if id+more >= c.meta.Pages {
		return nil, c.fail(id, "continues past the end of the file")
	}
	for i := id; i <= id+more; i++ {
		if c.reached[i] {
			return nil, c.fail(i, "is used twice")
		}
		c.reached[i] = true
	}
	if more > 0 {
		whole := make([]byte, size*int(more+1))
		copy(whole, buf)
		if _, err := c.File.ReadAt(whole[size:], int64(id+1)*int64(size)); err != nil {
			return nil, err
		}
		buf = whole
	}
	c.bufs[c.depth] = buf
	return buf, nil
}

func (c *checker) tree(n node) error {
	if c.depth == maxDepth {
		return c.fail(n.page, "the tree is deeper than %d levels", maxDepth)
	}
	b, err := c.read(n.page)
	if err != nil {
		return err
	}
	c.depth++
	defer func() { c.depth-- }()
	switch flags := order.Uint16(b[8:]); flags {
	case flagBranch:
		return c.branch(n, b)
	case flagLeaf:
		return c.leaf(n, b)
	default:
		return c.fail(n.page, "has the unknown kind %#x", flags)
	}
}

// slice cuts length bytes at off out of the page.
func (c *checker) slice(n node, b []byte, off, length uint64) ([]byte, error) {
	if off > uint64(len(b)) || length > uint64(len(b))-off {
		return nil, c.fail(n.page, "an element lies outside the page")
	}
	return b[off : off+length : off+length], nil
}

// element gives the 16 bytes that describe element i and their place.
func (c *checker) element(n node, b []byte, i int) ([]byte, uint64, error) {
	at := uint64(pageHeader + elementSize*i)
	e, err := c.slice(n, b, at, elementSize)
	return e, at, err
}

func (c *checker) branch(n node, b []byte) error {
	count := int(order.Uint16(b[10:]))
	if count == 0 {
		return c.fail(n.page, "is a branch without children")
	}
	keys, pages := make([][]byte, count), make([]uint64, count)
	for i := range count {
		e, at, err := c.element(n, b, i)
		if err != nil {
			return err
		}
		keys[i], err = c.slice(n, b, at+uint64(order.Uint32(e)), uint64(order.Uint32(e[4:])))
		if err != nil {
			return err
		}
		pages[i] = order.Uint64(e[8:])
		if err := c.inOrder(n, keys[:i+1]); err != nil {
			return err
		}
	}
	for i := range count {
		child := node{page: pages[i], bucket: n.bucket, low: keys[i], high: n.high}
		if i+1 < count {
			child.high = keys[i+1]
		}
		if err := c.tree(child); err != nil {
			return err
		}
	}
	return nil
}

// inOrder checks the last of keys against its neighbour and the bounds.
func (c *checker) inOrder(n node, keys [][]byte) error {
	last := keys[len(keys)-1]
	switch {
	case len(last) == 0:
		return c.fail(n.page, "has an empty key")
	case len(keys) > 1 && bytes.Compare(keys[len(keys)-2], last) >= 0,
		bytes.Compare(last, n.low) < 0, n.high != nil && bytes.Compare(last, n.high) >= 0:
		return c.fail(n.page, "has a key out of order")
	}
	return nil
}

func (c *checker) leaf(n node, b []byte) error {
	var pair [2][]byte // the previous key and this one
	for i := range int(order.Uint16(b[10:])) {
		e, at, err := c.element(n, b, i)
		if err != nil {
			return err
		}
		off, ksize, vsize := at+uint64(order.Uint32(e[4:])), uint64(order.Uint32(e[8:])), uint64(order.Uint32(e[12:]))
		key, err := c.slice(n, b, off, ksize)
		if err != nil {
			return err
		}
		value, err := c.slice(n, b, off+ksize, vsize)
		if err != nil {
			return err
		}
		pair[0], pair[1] = pair[1], key
		keys := pair[:]
		if i == 0 {
			keys = pair[1:]
		}
		if err := c.inOrder(n, keys); err != nil {
			return err
		}
		if err := c.visit(n, order.Uint32(e), key, value); err != nil {
			return err
		}
	}
	return nil
}

func (c *checker) visit(n node, flags uint32, key, value []byte) error {
	switch {
	case flags == 0 && n.bucket == "":
		return c.fail(n.page, "has a record outside any bucket")
	case flags == 0:
		return c.Record(n.bucket, key, value)
	case flags != flagBucket || len(value) < bucketSize:
		return c.fail(n.page, "has an element of an unknown kind")
	}
	name := string(key)
	if n.bucket != "" {
		name = n.bucket + "/" + name
	}
	if root := order.Uint64(value); root != 0 {
		return c.tree(node{page: root, bucket: name})
	}
	// A small bucket lies inside the record, as a leaf page without a number.
	inline := value[bucketSize:]
	if len(inline) < pageHeader || order.Uint16(inline[8:]) != flagLeaf {
		return c.fail(n.page, "has a small bucket that is no leaf")
	}
	return c.leaf(node{page: n.page, bucket: name}, inline)
}

// freelist checks that every page is either reached or free, never both.
func (c *checker) freelist() error {
	id := c.meta.Freelist
	b, err := c.read(id)
	if err != nil {
		return err
	}
	if order.Uint16(b[8:]) != flagFreelist {
		return c.fail(id, "is no list of free pages")
	}
	count, ids := uint64(order.Uint16(b[10:])), b[pageHeader:]
	if count == bigFreelist {
		count, ids = order.Uint64(ids), ids[8:]
	}
	if count > uint64(len(ids))/8 {
		return c.fail(id, "lists more free pages than it can hold")
	}
	for i := range count {
		free := order.Uint64(ids[8*i:])
		if free < 2 || free >= c.meta.Pages || c.reached[free] {
			return c.fail(id, "calls page %d free", free)
		}
		c.reached[free] = true
	}
	for i, r := range c.reached {
		if !r {
			return c.fail(uint64(i), "is neither used nor free")
		}
	}
	return nil
}
