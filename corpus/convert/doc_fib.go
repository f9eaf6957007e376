package convert

import (
	"encoding/binary"

	"golang.org/x/text/encoding/charmap"
)

// Where things are in the head of the WordDocument stream ([MS-DOC] 2.5).
const (
	fibIdent   = 0x00
	fibVersion = 0x02
	fibFlags   = 0x0A
	fibCounts  = 0x4C // of characters: of the text, and of what follows it
	fibPairs   = 0x9A // where tables are in the table stream, and how long

	identWord97 = 0xA5EC
	identWord95 = 0xA5DC
	word97      = 0xC0
	encrypted   = 1 << 8
	secondTable = 1 << 9

	pairStyles     = 1
	pairCharacters = 12
	pairParagraphs = 13
	pairPieces     = 33
	pairLists      = 74

	mostPieces = 1 << 20
)

// part is a stretch of a document's characters: the text, then what stands outside.
type part struct {
	name     string
	from, to int
}

// outside are the parts after the text, in their order.
var outside = []string{"脚注", "页眉页脚", "", "批注", "尾注", "文本框", "页眉里的文本框"}

// piece is a stretch of characters that lie together in the file.
type piece struct {
	from, to int // characters
	at       int // in the stream
	wide     bool
}

// wordFile is a Word document, taken apart.
type wordFile struct {
	main, table []byte
	pieces      []piece
	text        part
	others      []part
	paragraphs  []formatRun
	characters  []formatRun
	listed      map[int]bool // styles that number their paragraphs
}

// number reads a little-endian number of a few bytes; 0 beyond the end.
func number(b []byte, at, size int) int {
	if at < 0 || at > len(b)-size {
		return 0
	}
	switch size {
	case 1:
		return int(b[at])
	case 2:
		return int(binary.LittleEndian.Uint16(b[at:]))
	}
	return int(binary.LittleEndian.Uint32(b[at:]))
}

func newWordFile(streams map[string][]byte) (*wordFile, error) {
	w := &wordFile{main: streams["WordDocument"]}
	ident, version, flags := number(w.main, fibIdent, 2), number(w.main, fibVersion, 2), number(w.main, fibFlags, 2)
	switch {
	case ident == identWord95 || ident == identWord97 && version < word97:
		return nil, errorf("请用 Word 或 WPS 打开，另存为 .docx 再导入", "是 Word 95 或更早的文件")
	case ident != identWord97:
		return nil, brokenDoc()
	case flags&encrypted != 0:
		return nil, errorf("请用原来的软件去掉密码再导入", "文件加了密码")
	}
	w.table = streams["0Table"]
	if flags&secondTable != 0 {
		w.table = streams["1Table"]
	}
	if !w.readPieces(w.pair(pairPieces)) {
		return nil, brokenDoc()
	}
	end := w.pieces[len(w.pieces)-1].to
	at := 0
	for i := range len(outside) + 1 {
		n := number(w.main, fibCounts+4*i, 4)
		if n < 0 || n > end-at {
			return nil, brokenDoc()
		}
		if i == 0 {
			w.text = part{from: 0, to: n}
		} else if n > 0 {
			w.others = append(w.others, part{outside[i-1], at, at + n})
		}
		at += n
	}
	w.readFormats()
	return w, nil
}

// pair is the table that a pair of the head points to; nil when it is not there.
func (w *wordFile) pair(n int) []byte {
	at, size := number(w.main, fibPairs+8*n, 4), number(w.main, fibPairs+8*n+4, 4)
	if at > len(w.table) || size > len(w.table)-at {
		return nil
	}
	return w.table[at : at+size]
}

// readPieces reads the table of pieces, after the formats that stand before it.
func (w *wordFile) readPieces(clx []byte) bool {
	for len(clx) >= 3 && clx[0] == 1 {
		clx = clx[min(len(clx), 3+number(clx, 1, 2)):]
	}
	if len(clx) < 5+16 || clx[0] != 2 {
		return false
	}
	size := number(clx, 1, 4)
	clx = clx[5:]
	if size > len(clx) {
		return false
	}
	n := (size - 4) / 12
	if n < 1 || n > mostPieces {
		return false
	}
	for i := range n {
		at := number(clx, 4*(n+1)+8*i+2, 4)
		p := piece{from: number(clx, 4*i, 4), to: number(clx, 4*i+4, 4), at: at, wide: true}
		if at&(1<<30) != 0 {
			p.at, p.wide = (at&^(1<<30))/2, false
		}
		if i == 0 && p.from != 0 || p.to <= p.from || p.at > len(w.main) || p.bytes() > len(w.main)-p.at {
			return false
		}
		w.pieces = append(w.pieces, p)
	}
	return true
}

func (p piece) bytes() int {
	if p.wide {
		return 2 * (p.to - p.from)
	}
	return p.to - p.from
}

// each calls do with each UTF-16 unit of a part and where in the stream it is.
func (w *wordFile) each(of part, do func(unit uint16, at int)) {
	for _, p := range w.pieces {
		for c := max(p.from, of.from); c < min(p.to, of.to); c++ {
			if p.wide {
				at := p.at + 2*(c-p.from)
				do(binary.LittleEndian.Uint16(w.main[at:]), at)
				continue
			}
			at := p.at + c - p.from
			do(uint16(charmap.Windows1252.DecodeByte(w.main[at])), at)
		}
	}
}
