package convert

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// inline reads an element within a paragraph.
func (w *word) inline(p *xmlPart, para *wordPara, el xml.StartElement) error {
	within := func() error {
		return p.each(func(el xml.StartElement) error { return w.inline(p, para, el) })
	}
	switch el.Name.Local {
	case "pPr":
		in, err := p.paragraphProps()
		para.paraProps = in
		return err
	case "r":
		hidden, struck := para.hidden, para.struck
		w.look(para, runProps{})
		err := within()
		para.hidden, para.struck = hidden, struck
		return err
	case "rPr":
		in, err := p.runProps()
		w.look(para, in)
		return err
	case "t":
		return w.chars(p, para, xmlAttr(el, "space") == "preserve")
	case "tab", "ptab", "br", "cr", "noBreakHyphen", "sym":
		w.write(para, w.sign(el))
		return p.skip()
	case "del", "moveFrom":
		return w.deleted(p, el)
	case "ins", "moveTo":
		w.change(&w.inserted)
		return within()
	case "fldChar", "instrText":
		return w.field(p, para, el)
	case "footnoteReference", "endnoteReference":
		if err := w.refer(para, el); err != nil {
			return err
		}
		return p.skip()
	case "AlternateContent":
		return w.alternate(p, within)
	case "drawing", "pict", "object":
		return w.drawing(p, para)
	case "rt":
		return w.ruby(p)
	case "oMath":
		w.formulas++
		return within()
	case "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr", "delText", "delInstrText":
		return p.skip()
	}
	return within()
}

// chars reads the text of a run. Word takes spaces at its ends only where the file
// says so.
func (w *word) chars(p *xmlPart, para *wordPara, preserve bool) error {
	s, err := p.chars()
	if err != nil {
		return err
	}
	if !preserve {
		s = strings.Trim(s, " \t\r\n")
	}
	w.write(para, wordSpaces.Replace(s))
	return nil
}

// wordSpaces makes of white space what Word shows of it.
var wordSpaces = strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ", xmlLineEnd, "\n", "\u00ad", "")

// write adds text to a paragraph unless it is hidden or the code of a field.
func (w *word) write(para *wordPara, s string) {
	if strings.TrimSpace(s) != "" {
		w.taken++
	}
	switch {
	case para.hidden:
		w.hide(s)
	case !w.inCode():
		para.text.WriteString(s)
		if para.struck {
			w.strike(para, s)
		}
	}
}

// look takes over how the run being read looks.
func (w *word) look(para *wordPara, run runProps) {
	para.hidden, para.struck = w.styles.hidden(run, para.style), w.styles.struck(run, para.style)
}

// sign is the text of an element that stands for a sign.
func (w *word) sign(el xml.StartElement) string {
	switch el.Name.Local {
	case "tab", "ptab":
		return "\t"
	case "br":
		if kind := xmlAttr(el, "type"); kind == "page" || kind == "column" {
			return ""
		}
		return "\n"
	case "cr":
		return "\n"
	case "noBreakHyphen":
		return "-"
	}
	s, known := symbolText(xmlAttr(el, "font"), xmlAttr(el, "char"))
	if !known {
		w.symbols++
	}
	return s
}

// deleted reads what a tracked change took out. What it moved stands elsewhere.
func (w *word) deleted(p *xmlPart, el xml.StartElement) error {
	w.change(&w.deletions)
	if el.Name.Local == "moveFrom" {
		return p.skip()
	}
	var b strings.Builder
	err := p.words(&b)
	w.cut = append(w.cut, strings.TrimSpace(b.String()))
	return err
}

func (w *word) ruby(p *xmlPart) error {
	var b strings.Builder
	err := p.words(&b)
	w.pinyin = append(w.pinyin, strings.TrimSpace(b.String()))
	return err
}

// refer hangs a note on the paragraph that refers to it.
func (w *word) refer(para *wordPara, el xml.StartElement) error {
	text := w.notes[strings.TrimSuffix(el.Name.Local, "Reference")+xmlAttr(el, "id")]
	if text == "" || para.hidden {
		return nil
	}
	w.noteCount++
	w.noteSize += len(text)
	para.hang = append(para.hang, wordLine{kind: hungLine, text: fmt.Sprintf("注%d：%s", w.noteCount, text)})
	return (&wordFlow{size: w.noteSize}).fits()
}

// drawing reads the text boxes of a drawing, which come after the paragraph, and
// counts its pictures.
func (w *word) drawing(p *xmlPart, para *wordPara) error {
	return p.each(func(el xml.StartElement) error { return w.shape(p, para, el) })
}

func (w *word) shape(p *xmlPart, para *wordPara, el xml.StartElement) error {
	switch el.Name.Local {
	case "txbxContent":
		f := &wordFlow{}
		if err := w.blocks(p, f); err != nil {
			return err
		}
		w.box(para, f.lines...)
		return nil
	case "p": // of DrawingML
		var b strings.Builder
		err := p.words(&b)
		w.box(para, wordLine{text: tidyWordLine(strings.ReplaceAll(b.String(), "\n", " "))})
		return err
	case "textpath": // WordArt
		w.box(para, wordLine{text: tidyWordLine(xmlAttr(el, "string"))})
	case "blip", "imagedata":
		w.pictures++
		w.taken++
	case "OLEObject":
		w.embedded++
	case "AlternateContent":
		return w.alternate(p, func() error { return w.drawing(p, para) })
	}
	return w.drawing(p, para)
}

// box hangs the lines of a text box on its paragraph.
func (w *word) box(para *wordPara, lines ...wordLine) {
	found := false
	for _, l := range lines {
		if l.kind == wordsLine && l.text == "" {
			continue
		}
		found = true
		if para.hidden {
			w.hide(l.text + strings.Join(l.cells, " "))
			continue
		}
		if l.kind == wordsLine {
			l.kind = hungLine
		}
		para.hang = append(para.hang, l)
	}
	if found {
		w.taken++
		w.boxes++
	}
}
