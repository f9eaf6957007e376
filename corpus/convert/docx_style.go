package convert

import (
	"encoding/xml"
	"strings"
)

// numRef is what a paragraph or a style says of its automatic number.
type numRef struct {
	id       string // of w:num; "0" is no number; "" says nothing
	level    int
	hasLevel bool
}

// paraProps are the properties of a paragraph that matter here.
type paraProps struct {
	style string
	num   numRef
	mark  runProps // of the paragraph mark
}

// runProps are the properties of a run that matter here.
type runProps struct {
	style   string
	hidden  *bool // nil says nothing
	struck  *bool
	deleted bool // only of a paragraph mark: it joins the next
}

// paragraphProps reads w:pPr. What it was before a change (w:pPrChange) is no
// property of it.
func (p *xmlPart) paragraphProps() (out paraProps, err error) {
	err = p.each(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "pStyle":
			out.style = xmlAttr(el, "val")
		case "numPr":
			return p.each(func(el xml.StartElement) error {
				switch el.Name.Local {
				case "numId":
					out.num.id = strings.TrimSpace(xmlAttr(el, "val"))
				case "ilvl":
					out.num.level, out.num.hasLevel = countAttr(el, "val", mostLevels-1), true
				}
				return p.skip()
			})
		case "rPr":
			out.mark, err = p.runProps()
			return err
		}
		return p.skip()
	})
	return out, err
}

func (p *xmlPart) runProps() (out runProps, err error) {
	err = p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "rStyle":
			out.style = xmlAttr(el, "val")
		case "vanish":
			hidden := onAttr(el)
			out.hidden = &hidden
		case "strike", "dstrike":
			struck := onAttr(el) || out.struck != nil && *out.struck
			out.struck = &struck
		case "del", "moveFrom":
			out.deleted = true
		}
		return p.skip()
	})
	return out, err
}

// wordStyle is a style of styles.xml.
type wordStyle struct {
	basedOn string
	num     numRef
	hidden  *bool
	struck  *bool
}

type wordStyles struct {
	byID     map[string]wordStyle
	standard string // the style of paragraphs that name none
}

func (p *xmlPart) styles() (out wordStyles, err error) {
	out.byID = map[string]wordStyle{}
	if err := p.root(); err != nil {
		return out, err
	}
	return out, p.each(func(el xml.StartElement) error {
		if el.Name.Local != "style" {
			return p.skip()
		}
		id := xmlAttr(el, "styleId")
		if d := xmlAttr(el, "default"); xmlAttr(el, "type") == "paragraph" && (d == "1" || d == "true" || d == "on") {
			out.standard = id
		}
		s, err := p.style()
		out.byID[id] = s
		return err
	})
}

func (p *xmlPart) style() (out wordStyle, err error) {
	err = p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "basedOn":
			out.basedOn = xmlAttr(el, "val")
		case "pPr":
			in, err := p.paragraphProps()
			out.num = in.num
			return err
		case "rPr":
			in, err := p.runProps()
			out.hidden, out.struck = in.hidden, in.struck
			return err
		}
		return p.skip()
	})
	return out, err
}

// mostBased is how many styles may be based on each other; Word allows some ten.
const mostBased = 30

// chain is a style and what it is based on, nearest first.
func (s wordStyles) chain(id string) []string {
	var out []string
	for len(out) < mostBased { // a circle ends
		st, ok := s.byID[id]
		if !ok {
			break
		}
		out = append(out, id)
		id = st.basedOn
	}
	return out
}

// paragraph is the chain of a paragraph's style.
func (s wordStyles) paragraph(id string) []string {
	if _, ok := s.byID[id]; !ok {
		id = s.standard
	}
	return s.chain(id)
}

// hidden tells whether a run is hidden text: by itself, by its own style, or by
// its paragraph's.
func (s wordStyles) hidden(run runProps, paragraph string) bool {
	return s.toggled(run, paragraph, run.hidden, func(st wordStyle) *bool { return st.hidden })
}

// struck tells whether a run is struck through, as hidden does.
func (s wordStyles) struck(run runProps, paragraph string) bool {
	return s.toggled(run, paragraph, run.struck, func(st wordStyle) *bool { return st.struck })
}

func (s wordStyles) toggled(run runProps, paragraph string, own *bool, of func(wordStyle) *bool) bool {
	if own != nil {
		return *own
	}
	for _, id := range append(s.chain(run.style), s.paragraph(paragraph)...) {
		if on := of(s.byID[id]); on != nil {
			return *on
		}
	}
	return false
}

// numbering resolves what numbers a paragraph: itself, or the nearest of its styles
// that has a number. A style's level is the one that names the style.
func (s wordStyles) numbering(in paraProps, n *numbering) numRef {
	chain := s.paragraph(in.style)
	ref := in.num
	for _, id := range chain {
		of := s.byID[id].num
		if !ref.hasLevel && of.hasLevel {
			ref.level, ref.hasLevel = of.level, true
		}
		if ref.id == "" {
			ref.id = of.id
		}
	}
	numbered := n.nums[ref.id]
	if numbered == nil || numbered.of == nil || in.num.hasLevel || in.num.id != "" {
		return ref
	}
	for _, id := range chain {
		if level := numbered.of.linked(id); level >= 0 {
			ref.level = level
			break
		}
	}
	return ref
}
