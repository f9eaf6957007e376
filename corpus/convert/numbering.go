package convert

import (
	"encoding/xml"
	"strings"
)

const (
	mostLevels = 9
	mostStart  = 1_000_000
	mostLabel  = 1_000 // bytes of a level's pattern; Word allows some dozens
)

// numbering is what numbering.xml says, with the count so far.
type numbering struct {
	lists map[string]*numList
	nums  map[string]*numUse
}

// numList is a w:abstractNum. All nums of a list count on together.
type numList struct {
	levels       [mostLevels]*numLevel
	counters     [mostLevels]levelCount
	styleLink    string // the numbering style that this list defines
	numStyleLink string // the numbering style that defines this list
}

type levelCount struct {
	value int
	live  bool // it has begun, and goes on
	texts int  // paragraphs with words that it numbers
}

type numLevel struct {
	start   int
	format  string
	custom  string // the pattern of format "custom": 001, 002, 003, ...
	text    string // 第%1条
	suffix  string // tab, space, nothing
	style   string // the paragraph style that has this level
	restart int    // restarts after this level, counted from 1; 0 never; -1 after any above
	legal   bool   // all numbers in it are decimal
	hidden  bool
}

// numUse is a w:num: a use of a list, with what it changes.
type numUse struct {
	list string
	of   *numList
	over [mostLevels]numOverride
}

type numOverride struct {
	level    *numLevel
	start    int
	hasStart bool
	used     bool // its start has been given out
}

// at is a level of a num, and what it starts at.
func (n *numUse) at(i int) (*numLevel, int) {
	l := n.of.levels[i]
	if n.over[i].level != nil {
		l = n.over[i].level
	}
	switch {
	case n.over[i].hasStart:
		return l, n.over[i].start
	case l == nil:
		return nil, 0
	}
	return l, l.start
}

// linked is the level that a paragraph style has, or -1.
func (l *numList) linked(style string) int {
	for i, level := range l.levels {
		if level != nil && level.style == style {
			return i
		}
	}
	return -1
}

func (p *xmlPart) numbering() (*numbering, error) {
	out := &numbering{lists: map[string]*numList{}, nums: map[string]*numUse{}}
	if err := p.root(); err != nil {
		return nil, err
	}
	err := p.each(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "abstractNum":
			out.lists[xmlAttr(el, "abstractNumId")], err = p.list()
		case "num":
			out.nums[xmlAttr(el, "numId")], err = p.num()
		default:
			err = p.skip()
		}
		return err
	})
	delete(out.nums, "0") // 0 is no number, whatever is defined under it
	return out, err
}

// link finds the list of each num, through numbering styles where lists only name one.
func (n *numbering) link(s wordStyles) {
	byStyle := map[string]*numList{}
	for _, l := range n.lists {
		if l.styleLink != "" {
			byStyle[l.styleLink] = l
		}
	}
	for _, num := range n.nums {
		num.of = n.lists[num.list]
		if num.of == nil || num.of.numStyleLink == "" {
			continue
		}
		if l := byStyle[num.of.numStyleLink]; l != nil {
			num.of = l
			continue
		}
		if by := n.nums[s.byID[num.of.numStyleLink].num.id]; by != nil && n.lists[by.list] != nil {
			num.of = n.lists[by.list]
		}
	}
}

func (p *xmlPart) list() (*numList, error) {
	out := &numList{}
	err := p.each(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "styleLink":
			out.styleLink = xmlAttr(el, "val")
		case "numStyleLink":
			out.numStyleLink = xmlAttr(el, "val")
		case "lvl":
			out.levels[countAttr(el, "ilvl", mostLevels-1)], err = p.level()
			return err
		}
		return p.skip()
	})
	return out, err
}

func (p *xmlPart) num() (*numUse, error) {
	out := &numUse{}
	err := p.each(func(el xml.StartElement) error {
		switch el.Name.Local {
		case "abstractNumId":
			out.list = strings.TrimSpace(xmlAttr(el, "val"))
		case "lvlOverride":
			return p.override(&out.over[countAttr(el, "ilvl", mostLevels-1)])
		}
		return p.skip()
	})
	return out, err
}

func (p *xmlPart) override(out *numOverride) error {
	return p.each(func(el xml.StartElement) (err error) {
		switch el.Name.Local {
		case "startOverride":
			out.start, out.hasStart = countAttr(el, "val", mostStart), true
		case "lvl":
			out.level, err = p.level()
			return err
		}
		return p.skip()
	})
}

func (p *xmlPart) level() (*numLevel, error) {
	out := &numLevel{suffix: "tab", restart: -1}
	return out, p.levelInto(out)
}

func (p *xmlPart) levelInto(out *numLevel) error {
	return p.each(func(el xml.StartElement) error {
		val := xmlAttr(el, "val")
		switch el.Name.Local {
		case "start":
			out.start = countAttr(el, "val", mostStart)
		case "numFmt":
			out.format, out.custom = val, xmlAttr(el, "format")
		case "AlternateContent", "Choice":
			return p.levelInto(out)
		case "Fallback": // for programs that do not know the custom format
			return p.skip()
		case "lvlText":
			if out.text = val; len(val) > mostLabel {
				return errorf("请用 Word 或 WPS 打开，另存一份再导入", "自动编号的定义坏了")
			}
		case "suff":
			out.suffix = val
		case "pStyle":
			out.style = val
		case "lvlRestart":
			out.restart = countAttr(el, "val", mostLevels)
		case "isLgl":
			out.legal = onAttr(el)
		case "rPr":
			in, err := p.runProps()
			out.hidden = in.hidden != nil && *in.hidden
			return err
		}
		return p.skip()
	})
}
