package convert

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The characters of Word that are no characters.
const (
	markPicture   = 0x01
	markNote      = 0x02
	markAnswer    = 0x05 // of a comment
	markCell      = 0x07
	markDrawing   = 0x08
	markTab       = 0x09
	markLine      = 0x0B
	markPage      = 0x0C
	markParagraph = 0x0D
	markColumn    = 0x0E
	fieldBegins   = 0x13
	fieldResult   = 0x14
	fieldEnds     = 0x15
	hardHyphen    = 0x1E
	softHyphen    = 0x1F
	hardSpace     = 0xA0
	deepFields    = 32
)

// docText puts the characters of a Word document together to paragraphs and tables.
type docText struct {
	w       *wordFile
	size    int // of lines
	lines   []string
	units   []uint16 // of the paragraph
	cell    []string // paragraphs of the cell
	row     []string
	inTable bool   // the last line is a row
	fields  []bool // open ones; whether their result has begun
	code    []uint16
	deleted []uint16
	hidden  []uint16

	numbered       int
	firstNumbered  string
	pictures, odds int
}

// read sets the text of a document and notes what is not in it.
func (w *wordFile) read(ctx context.Context, doc *Document) error {
	t := &docText{w: w}
	n := 0
	w.each(w.text, func(unit uint16, at int) {
		if n++; n%4096 == 0 && ctx.Err() != nil || t.size > MaxText {
			return
		}
		t.add(unit, at)
	})
	t.end()
	switch {
	case ctx.Err() != nil:
		return fmt.Errorf("read text: %w", ctx.Err())
	case t.size > MaxText:
		return errorf("请拆成几份再导入", "文件里的文字超过 %d MB", MaxText/mebibyte)
	}
	doc.Text = strings.Join(t.lines, "\n")
	t.notes(doc)
	for _, p := range w.others {
		other := &docText{w: &wordFile{}}
		w.each(p, func(unit uint16, at int) {
			if other.size < MaxText {
				other.add(unit, at)
			}
		})
		other.end()
		if said := strings.Join(other.lines, " "); said != "" && p.name != "" {
			doc.note(Dropped, "", "%s没有收入：%s", p.name, clip(said, mostQuoted))
		}
	}
	return nil
}

func (t *docText) notes(doc *Document) {
	if t.numbered > 0 {
		doc.note(Doubt, "", "文件用了自动编号，条号取不出来，请用 Word 或 WPS 另存为 .docx 再导入（%d 段，第一处是「%s」）", t.numbered, t.firstNumbered)
	}
	if said := plainUnits(t.deleted); said != "" {
		doc.note(Dropped, "", "修订中删去的文字没有收入：%s", clip(said, mostQuoted))
	}
	if said := plainUnits(t.hidden); said != "" {
		doc.note(Dropped, "", "隐藏的文字没有收入：%s", clip(said, mostQuoted))
	}
	if t.pictures > 0 {
		doc.note(Dropped, "", "%d 处图片或图形没有收入，里面如有文字请补上", t.pictures)
	}
	if t.odds > 0 {
		doc.note(Doubt, "", "%d 处特殊符号取不出来，写成了 □，请对照原件", t.odds)
	}
	if len(t.w.paragraphs) == 0 && len(t.w.pair(pairLists)) > 0 {
		doc.note(Doubt, "", "文件可能用了自动编号，条号取不出来，请用 Word 或 WPS 另存为 .docx 再导入")
	}
}

// add takes the next unit of the text.
func (t *docText) add(unit uint16, at int) {
	switch unit {
	case fieldBegins:
		if len(t.fields) == 0 {
			t.code = nil
		}
		if len(t.fields) < deepFields {
			t.fields = append(t.fields, false)
		}
		return
	case fieldResult:
		if n := len(t.fields); n > 0 {
			t.fields[n-1] = true
		}
		return
	case fieldEnds:
		if n := len(t.fields); n > 0 {
			t.fields = t.fields[:n-1]
		}
		return
	}
	for _, result := range t.fields {
		if !result {
			t.code = append(t.code, unit)
			return
		}
	}
	f := formatOf(t.w.characters, at)
	switch {
	case unit == markParagraph || unit == markCell:
		t.mark(unit, formatOf(t.w.paragraphs, at))
	case unit == markLine || unit == markPage || unit == markColumn:
		t.paragraph(formatOf(t.w.paragraphs, at).inTable)
	case f.deleted:
		t.deleted = append(t.deleted, unit)
	case f.hidden:
		t.hidden = append(t.hidden, unit)
	case f.symbol:
		t.odds++
		t.units = append(t.units, '□')
	default:
		t.character(unit)
	}
}

func (t *docText) character(unit uint16) {
	switch unit {
	case markPicture, markDrawing:
		t.pictures++
	case markTab, hardSpace:
		t.units = append(t.units, ' ')
	case hardHyphen:
		t.units = append(t.units, '-')
	case softHyphen:
	default:
		if unit >= ' ' { // the rest are marks of footnotes, comments and such
			t.units = append(t.units, unit)
		}
	}
}

// mark ends a paragraph, a cell or a row.
func (t *docText) mark(unit uint16, f format) {
	if list := f.list; list > 0 || list < 0 && t.w.listed[f.style] {
		if said := strings.TrimSpace(plainUnits(t.units)); said != "" {
			if t.numbered++; t.numbered == 1 {
				t.firstNumbered = short(said, 12)
			}
		}
	}
	switch {
	case unit == markParagraph:
		t.paragraph(f.inTable)
	case f.rowEnd, len(t.w.paragraphs) == 0 && len(t.units) == 0 && len(t.cell) == 0 && len(t.row) > 0:
		t.endRow()
	default:
		t.paragraph(true)
		t.row = append(t.row, strings.Join(t.cell, " "))
		t.cell = nil
	}
}

// paragraph ends a paragraph, of a cell or of the text.
func (t *docText) paragraph(inTable bool) {
	said := strings.TrimSpace(plainUnits(t.units))
	t.units = t.units[:0]
	if inTable {
		if said != "" {
			t.cell = append(t.cell, said)
		}
		return
	}
	t.endRow()
	t.inTable = false
	t.line(said)
}

func (t *docText) line(said string) {
	if said != "" {
		t.lines = append(t.lines, said)
		t.size += len(said) + 1
	}
}

// endRow writes a row; a box of one cell is no table.
func (t *docText) endRow() {
	cells := append(t.row, t.cell...)
	t.row, t.cell = nil, nil
	if len(strings.Join(cells, "")) == 0 {
		return
	}
	if len(cells) == 1 {
		t.line(cells[0])
		return
	}
	t.line("| " + strings.Join(cells, " | ") + " |")
	if !t.inTable {
		t.line("|" + strings.Repeat("---|", len(cells)))
	}
	t.inTable = true
}

// end closes what is open. What stands in a field that never ended was text.
func (t *docText) end() {
	if len(t.fields) > 0 {
		t.units = append(t.units, t.code...)
	}
	t.paragraph(len(t.row) > 0)
	t.endRow()
}

// plainUnits reads UTF-16, without what is no character.
func plainUnits(units []uint16) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return -1
		}
		return r
	}, string(utf16.Decode(units)))
}

// short is the beginning of a text.
func short(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
