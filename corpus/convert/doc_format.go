package convert

import "slices"

// Formatting that bears on the words ([MS-DOC] 2.6).
const (
	sprmList     = 0x460B
	sprmInTable  = 0x2416
	sprmRowEnd   = 0x2417
	sprmDeleted  = 0x0800
	sprmHidden   = 0x083C
	sprmSymbol   = 0x6A09
	sprmTabs     = 0xC615
	sprmTable    = 0xD608
	formatPage   = 512
	mostFormats  = 4_000_000
	mostStyles   = 4095
	paragraphBox = 13 // bytes that a page of formats has for each paragraph
)

// format is what is read of the formatting of a paragraph or of characters.
type format struct {
	style                            int
	list                             int // -1 when the style decides
	inTable, rowEnd, deleted, symbol bool
	hidden                           bool
}

// formatRun is the format of a stretch of the stream.
type formatRun struct {
	from, to int
	format
}

func (w *wordFile) readFormats() {
	w.paragraphs = w.formats(pairParagraphs, paragraphBox)
	w.characters = w.formats(pairCharacters, 1)
	w.readStyles(w.pair(pairStyles))
}

// formats reads the pages of formats that a table lists, in order of the stream.
func (w *wordFile) formats(pair, box int) (runs []formatRun) {
	list := w.pair(pair)
	n := (len(list) - 4) / 8
	for i := range max(n, 0) {
		at := (number(list, 4*(n+1)+4*i, 4) & 0x3FFFFF) * formatPage
		if at > len(w.main)-formatPage || len(runs) > mostFormats {
			break
		}
		page := w.main[at : at+formatPage]
		count := int(page[formatPage-1])
		for j := range count {
			r := formatRun{from: number(page, 4*j, 4), to: number(page, 4*j+4, 4)}
			r.format = formatAt(page, 2*number(page, 4*(count+1)+box*j, 1), box == paragraphBox)
			runs = append(runs, r)
		}
	}
	slices.SortStableFunc(runs, func(a, b formatRun) int { return a.from - b.from })
	return runs
}

// formatAt reads one format of a page; at 0 there is none.
func formatAt(page []byte, at int, paragraph bool) format {
	f := format{list: -1}
	if at == 0 || at >= formatPage-1 {
		return f
	}
	size := int(page[at])
	at++
	switch {
	case paragraph && size == 0:
		size = 2 * int(page[at])
		at++
	case paragraph:
		size = 2*size - 1
	}
	if at+size > formatPage {
		return f
	}
	prl := page[at : at+size]
	if paragraph && len(prl) >= 2 {
		f.style = number(prl, 0, 2)
		prl = prl[2:]
	}
	f.apply(prl)
	return f
}

// apply reads a list of changes to a format.
func (f *format) apply(prl []byte) {
	for len(prl) >= 3 {
		op := number(prl, 0, 2)
		size := 0
		switch op >> 13 {
		case 0, 1:
			size = 1
		case 2, 4, 5:
			size = 2
		case 3:
			size = 4
		case 7:
			size = 3
		case 6:
			size = 1 + int(prl[2])
			if op == sprmTable {
				size = 1 + number(prl, 2, 2)
			} else if op == sprmTabs && prl[2] == 255 {
				return // its length is not told, and nothing that is wanted comes after it
			}
		}
		on := prl[2] == 1
		switch op {
		case sprmList:
			f.list = number(prl, 2, 2)
		case sprmInTable:
			f.inTable = on
		case sprmRowEnd:
			f.rowEnd = on
		case sprmDeleted:
			f.deleted = on
		case sprmHidden:
			f.hidden = on
		case sprmSymbol:
			f.symbol = true
		}
		prl = prl[min(len(prl), 2+size):]
	}
}

// readStyles finds the paragraph styles that number, by themselves or by the style
// they are based on.
func (w *wordFile) readStyles(sheet []byte) {
	w.listed = map[int]bool{}
	head := number(sheet, 0, 2)
	count, base := min(number(sheet, 2, 2), mostStyles), number(sheet, 4, 2)
	at := 2 + head
	lists, bases := make([]int, count), make([]int, count)
	for i := range count {
		size := number(sheet, at, 2)
		at += 2
		lists[i], bases[i] = -1, mostStyles
		if size > 0 && at+size <= len(sheet) {
			lists[i], bases[i] = styleOf(sheet[at:at+size], base)
		}
		at += size
	}
	for i := range count {
		for s, depth := i, 0; s < count && depth < 16; s, depth = bases[s], depth+1 {
			if lists[s] >= 0 {
				w.listed[i] = lists[s] > 0
				break
			}
		}
	}
}

// styleOf reads one style: its list, -1 when it has none of its own, and its base.
func styleOf(style []byte, head int) (list, base int) {
	kind, base := number(style, 2, 2)&0xF, number(style, 2, 2)>>4
	at := head + 2 + 2*number(style, head, 2) + 2 // after the name
	size := number(style, at, 2)
	at += 2
	if kind != 1 || size < 2 || at+size > len(style) {
		return -1, base
	}
	f := format{list: -1}
	f.apply(style[at+2 : at+size])
	return f.list, base
}

// formatOf is the format of what is at a place in the stream.
func formatOf(runs []formatRun, at int) format {
	i, _ := slices.BinarySearchFunc(runs, at, func(r formatRun, at int) int {
		if r.to <= at {
			return -1
		}
		return 1
	})
	if i < len(runs) && runs[i].from <= at {
		return runs[i].format
	}
	return format{list: -1}
}
