package convert

import (
	"encoding/xml"
	"strings"
)

// wordPara is a paragraph as it is read.
type wordPara struct {
	paraProps
	text   strings.Builder
	hang   []wordLine // notes and text boxes that hang on it
	hidden bool       // the run being read is hidden text
	struck bool       // it is struck through
	marked int        // words before a mark that is hidden: the number of these stays

	struckTo int // how far text was when words last were struck through
}

// blocks reads the paragraphs and tables within the element just begun.
func (w *word) blocks(p *xmlPart, f *wordFlow) error {
	if err := p.each(func(el xml.StartElement) error { return w.block(p, f, el) }); err != nil {
		return err
	}
	return w.flush(f)
}

func (w *word) block(p *xmlPart, f *wordFlow, el xml.StartElement) error {
	switch el.Name.Local {
	case "p":
		return w.paragraph(p, f, nil)
	case "r", "hyperlink", "oMath", "fldSimple": // without a paragraph, as broken programs write it
		return w.paragraph(p, f, &el)
	case "tbl":
		if err := w.flush(f); err != nil {
			return err
		}
		return w.table(p, f)
	case "sectPr", "sdtPr", "sdtEndPr", "customXmlPr", "tcPr":
		return p.skip()
	case "altChunk":
		w.chunks++
		return p.skip()
	case "del", "moveFrom":
		return w.deleted(p, el)
	case "AlternateContent":
		return w.alternate(p, func() error {
			return p.each(func(el xml.StartElement) error { return w.block(p, f, el) })
		})
	}
	return p.each(func(el xml.StartElement) error { return w.block(p, f, el) })
}

// paragraph reads a w:p, or the element that stands where one should.
func (w *word) paragraph(p *xmlPart, f *wordFlow, instead *xml.StartElement) error {
	para := f.joined
	if f.joined = nil; para == nil {
		para = &wordPara{}
		w.paragraphs++
	}
	before := para.paraProps
	para.paraProps = paraProps{}
	var err error
	if instead != nil {
		err = w.inline(p, para, *instead)
	} else {
		err = p.each(func(el xml.StartElement) error { return w.inline(p, para, el) })
	}
	if err != nil {
		return err
	}
	for _, open := range w.fields { // a code ends in its paragraph; what comes is text
		open.code = false
	}
	if para.marked > 0 {
		para.style, para.num = before.style, before.num
	}
	switch mark := para.mark; {
	case mark.deleted:
		w.joins++
		f.joined = para
		return nil
	case mark.hidden != nil && *mark.hidden:
		para.marked = len(strings.TrimSpace(para.text.String()))
		f.joined = para
		return nil
	}
	return w.finish(f, para)
}

// flush ends a paragraph that waits for the next where none comes.
func (w *word) flush(f *wordFlow) error {
	para := f.joined
	if f.joined = nil; para == nil || para.text.Len() == 0 && len(para.hang) == 0 {
		return nil
	}
	return w.finish(f, para)
}

// finish numbers a paragraph and adds its lines.
func (w *word) finish(f *wordFlow, para *wordPara) error {
	l := w.label(para.paraProps)
	var lines []wordLine
	for s := range strings.SplitSeq(para.text.String(), "\n") {
		if s = tidyWordLine(s); s == "" {
			continue
		}
		if len(lines) == 0 {
			s = l.before(s)
			w.numbered(l.text, w.paragraphs)
			if l.level != nil {
				l.level.texts++
			}
		}
		lines = append(lines, wordLine{text: s})
	}
	if len(lines) == 0 && l.text != "" {
		lines = []wordLine{{kind: bareLine, text: l.before(""), level: l.level, at: w.paragraphs}}
	}
	return f.add(append(lines, para.hang...)...)
}

// label counts a paragraph among those with automatic numbers.
func (w *word) label(in paraProps) numLabel {
	ref := w.styles.numbering(in, w.nums)
	n := w.nums.nums[ref.id]
	if n == nil || n.of == nil {
		if ref.id != "" && ref.id != "0" {
			w.unnumbered++
		}
		return numLabel{}
	}
	l := n.next(ref.level)
	if l.doubt != "" && w.doubt == "" {
		w.doubt, w.doubtAt = l.doubt, w.paragraphs
	}
	return l
}

// alternate reads the first alternative of mc:AlternateContent that has anything.
func (w *word) alternate(p *xmlPart, read func() error) error {
	taken := false
	return p.each(func(el xml.StartElement) error {
		if taken {
			return p.skip()
		}
		before := w.taken
		err := read()
		taken = w.taken != before
		return err
	})
}
