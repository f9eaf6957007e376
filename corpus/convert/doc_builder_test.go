package convert

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf16"
)

// compound writes a container of streams as Office does: sectors of 512 bytes,
// streams under 4096 bytes in sectors of 64.
func compound(streams map[string][]byte, inner ...string) []byte {
	const sector, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
	var names []string
	for n := range streams {
		names = append(names, n)
	}
	slices.Sort(names)
	var small bytes.Buffer
	var smallChain, chain []uint32
	var body bytes.Buffer
	put := func(data []byte) uint32 { // into sectors
		first := uint32(body.Len() / sector)
		body.Write(data)
		body.Write(make([]byte, (sector-len(data)%sector)%sector))
		for n := uint32(body.Len() / sector); uint32(len(chain)) < n; {
			chain = append(chain, uint32(len(chain))+1)
		}
		chain[len(chain)-1] = end
		return first
	}
	entry := func(name string, kind byte, right, child, start uint32, size int) []byte {
		b := make([]byte, 128)
		units := utf16.Encode([]rune(name))
		for i, u := range units {
			binary.LittleEndian.PutUint16(b[2*i:], u)
		}
		binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
		b[66], b[67] = kind, 1
		for i, v := range []uint32{free, right, child} {
			binary.LittleEndian.PutUint32(b[68+4*i:], v)
		}
		binary.LittleEndian.PutUint32(b[116:], start)
		binary.LittleEndian.PutUint32(b[120:], uint32(size))
		return b
	}
	var entries []byte
	for i, n := range names {
		data, right := streams[n], uint32(i+2)
		if i == len(names)-1 {
			right = free
		}
		if len(data) >= 4096 {
			entries = append(entries, entry(n, 2, right, free, put(data), len(data))...)
			continue
		}
		start := uint32(small.Len() / 64)
		small.Write(data)
		small.Write(make([]byte, (64-len(data)%64)%64))
		for n := uint32(small.Len() / 64); uint32(len(smallChain)) < n; {
			smallChain = append(smallChain, uint32(len(smallChain))+1)
		}
		if len(data) > 0 {
			smallChain[len(smallChain)-1] = end
		}
		entries = append(entries, entry(n, 2, right, free, start, len(data))...)
	}
	for _, n := range inner { // a storage after the last stream, with a stream in it
		last := len(entries) / 128
		binary.LittleEndian.PutUint32(entries[128*(last-1)+72:], uint32(last+1))
		entries = append(entries, entry("Pool", 1, free, uint32(last+2), 0, 0)...)
		entries = append(entries, entry(n, 2, free, free, end, 0)...)
	}
	smallStart, tableStart, smallTables := uint32(end), uint32(end), 0
	if small.Len() > 0 {
		smallStart = put(small.Bytes())
		for len(smallChain)%128 != 0 {
			smallChain = append(smallChain, free)
		}
		tableStart, smallTables = put(words(smallChain)), len(smallChain)/128
	}
	entries = append(entry("Root Entry", 5, free, 1, smallStart, small.Len()), entries...)
	directory := put(entries)
	fats := 1
	for fats*128 < len(chain)+fats {
		fats++
	}
	first := len(chain)
	for range fats {
		chain = append(chain, 0xFFFFFFFD)
	}
	for len(chain)%128 != 0 {
		chain = append(chain, free)
	}
	head := make([]byte, sector)
	copy(head, oleMagic)
	copy(head[24:], "\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00")
	for at, v := range map[int]uint32{44: uint32(fats), 48: directory, 56: 4096, 60: tableStart, 64: uint32(smallTables), 68: end} {
		binary.LittleEndian.PutUint32(head[at:], v)
	}
	for i := range 109 {
		v := uint32(free)
		if i < fats {
			v = uint32(first + i)
		}
		binary.LittleEndian.PutUint32(head[76+4*i:], v)
	}
	return slices.Concat(head, body.Bytes(), words(chain))
}

func words(list []uint32) (out []byte) {
	for _, v := range list {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

// letter writes a Word document for tests.
type letter struct {
	text   string         // with the marks of Word
	after  [7]string      // footnotes, headers and so on
	narrow bool           // one byte a character
	lists  map[int]int    // the list of paragraphs, by the place of their mark
	styled map[int]int    // the style of paragraphs
	rows   map[int]bool   // marks that end rows
	cells  map[int]bool   // marks inside of tables
	chars  map[int][]byte // changes to single characters
	bare   bool           // without formats
	patch  func(main, table []byte)
}

const textAt = 2048

func (l *letter) bytes() []byte {
	streams := l.streams()
	return compound(streams)
}

func (l *letter) streams() map[string][]byte {
	main := make([]byte, textAt)
	put16 := func(at, v int) { binary.LittleEndian.PutUint16(main[at:], uint16(v)) }
	put32 := func(at, v int) { binary.LittleEndian.PutUint32(main[at:], uint32(v)) }
	put16(fibIdent, identWord97)
	put16(fibVersion, 0xC1)
	put16(fibFlags, secondTable)
	all := utf16.Encode([]rune(l.text))
	put32(fibCounts, len(all))
	for i, s := range l.after {
		units := utf16.Encode([]rune(s))
		put32(fibCounts+4*(i+1), len(units))
		all = append(all, units...)
	}
	width, at := 2, textAt
	if l.narrow {
		width, at = 1, 2*textAt|1<<30
	}
	for _, u := range all {
		main = append(main, byte(u))
		if !l.narrow {
			main = append(main, byte(u>>8))
		}
	}
	var table []byte
	pair := func(n int, data []byte) {
		put32(fibPairs+8*n, len(table))
		put32(fibPairs+8*n+4, len(data))
		table = append(table, data...)
	}
	half := len(all) / 2 // two pieces, and a format before them
	clx := append([]byte{1, 2, 0, 9, 9, 2}, words([]uint32{4 + 24, 0, uint32(half), uint32(len(all))})...)
	for _, from := range []int{0, half} {
		fc := at + width*from
		if l.narrow {
			fc = (2*(textAt+from) | 1<<30)
		}
		clx = append(clx, 0, 0)
		clx = binary.LittleEndian.AppendUint32(clx, uint32(fc))
		clx = append(clx, 0, 0)
	}
	pair(pairPieces, clx)
	if !l.bare {
		main = append(main, make([]byte, (512-len(main)%512)%512)...)
		pair(pairParagraphs, l.formats(&main, all, width, true))
		pair(pairCharacters, l.formats(&main, all, width, false))
		pair(pairStyles, styles())
	}
	pair(pairLists, []byte{1, 0, 0, 0})
	if l.patch != nil {
		l.patch(main, table)
	}
	return map[string][]byte{"WordDocument": main, "1Table": table}
}

// formats writes a page for each stretch of a few formats, and returns their list.
func (l *letter) formats(main *[]byte, all []uint16, width int, paragraphs bool) []byte {
	type run struct {
		to  int
		prl []byte
	}
	var runs []run
	for i, u := range all {
		if paragraphs && (u == markParagraph || u == markCell) {
			runs = append(runs, run{i + 1, l.paragraph(i)})
		} else if !paragraphs {
			runs = append(runs, run{i + 1, l.chars[i]})
		}
	}
	starts, pages, from := []uint32{}, []uint32{}, 0
	for len(runs) > 0 {
		some := runs[:min(8, len(runs))]
		runs = runs[len(some):]
		page := make([]byte, 512)
		page[511] = byte(len(some))
		box, end := 1, 511
		if paragraphs {
			box = paragraphBox
		}
		starts, pages = append(starts, uint32(textAt+width*from)), append(pages, uint32(len(*main)/512))
		for i, r := range some {
			binary.LittleEndian.PutUint32(page[4*i:], uint32(textAt+width*from))
			from = r.to
			binary.LittleEndian.PutUint32(page[4*i+4:], uint32(textAt+width*from))
			if r.prl == nil {
				continue
			}
			prl := append([]byte{byte(len(r.prl))}, r.prl...)
			if paragraphs { // its length is in words
				prl = append([]byte{0, byte(len(r.prl) / 2)}, r.prl...)
			}
			end = (end - len(prl)) &^ 1
			copy(page[end:], prl)
			page[4*(len(some)+1)+box*i] = byte(end / 2)
		}
		*main = append(*main, page...)
	}
	return append(words(append(starts, uint32(textAt+width*from))), words(pages)...)
}

// paragraph is the format of the paragraph whose mark is at a place.
func (l *letter) paragraph(i int) []byte {
	prl := binary.LittleEndian.AppendUint16(nil, uint16(l.styled[i]))
	prl = append(prl, 0x15, 0xC6, 2, 0, 0, 0x0F, 0x84, 1, 0) // of other kinds and lengths
	if n, ok := l.lists[i]; ok {
		prl = append(prl, 0x0B, 0x46, byte(n), byte(n>>8))
	}
	if l.rows[i] || l.cells[i] {
		prl = append(prl, 0x16, 0x24, 1)
	}
	if l.rows[i] {
		prl = append(prl, 0x17, 0x24, 1)
	}
	if len(prl)%2 != 0 {
		prl = append(prl, 0)
	}
	return prl
}

// styles are: 0 plain, 1 with a list, 2 based on 1, 3 based on 1 without a list.
func styles() []byte {
	out := []byte{18, 0, 5, 0, 10, 0}
	out = append(out, make([]byte, 14)...)
	style := func(base int, prl []byte) {
		s := []byte{0, 0, byte(1 | base<<4), byte(base >> 4), 0, 0, 0, 0, 0, 0, 1, 0, 'x', 0, 0, 0}
		s = binary.LittleEndian.AppendUint16(s, uint16(2+len(prl)))
		s = append(append(s, 0, 0), prl...)
		out = binary.LittleEndian.AppendUint16(out, uint16(len(s)))
		out = append(out, s...)
	}
	style(0xFFF, nil)
	style(0xFFF, []byte{0x0B, 0x46, 1, 0})
	style(1, nil)
	style(1, []byte{0x0B, 0x46, 0, 0})
	return append(out, 0, 0)
}
