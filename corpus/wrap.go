package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// measure finds out whether lines end where the paper's did: then many of them
// stop within a sentence, at about the same width.
func (p *paper) measure() {
	var widths []int
	for i := range p.lines {
		if l := &p.lines[i]; l.role == words && !strings.Contains(l.text, "|") {
			widths = append(widths, l.indent+displayWidth(l.text))
		}
	}
	if len(widths) < 3 {
		return
	}
	slices.Sort(widths)
	p.loose = p.everyOther()
	full := widths[len(widths)*9/10]
	if full < 2*narrowest || full > 2*widest {
		return
	}
	p.width = full
	broken, whole := 0, 0
	for i := range p.lines {
		if p.broken(i) {
			broken++
		} else if p.lines[i].role == words && ended(p.lines[i].text) {
			whole++
		}
	}
	if broken < 2 || broken*8 < whole {
		p.width = 0
	}
	p.findIndents()
}

// everyOther reports whether blank lines stand between nearly all lines, and so part
// nothing.
func (p *paper) everyOther() bool {
	parted, all := 0, 0
	for i := range p.lines {
		if p.lines[i].role == words {
			if all++; p.lines[i].apart {
				parted++
			}
		}
	}
	return parted*10 >= all*9
}

// displayWidth is how wide a text prints, in halves of a Chinese character.
func displayWidth(s string) int {
	n := 0
	for _, r := range s {
		if n++; r >= 0x1100 {
			n++
		}
	}
	return n
}

// broken reports whether line i goes on in the next because it was full.
func (p *paper) broken(i int) bool {
	l := &p.lines[i]
	if p.width == 0 || l.role != words || l.mark > 0 || strings.HasPrefix(l.text, "|") || ended(l.text) && !p.indents {
		return false
	}
	const slack = 5 // a mark that may not begin a line, a word that may not be cut
	if l.indent+displayWidth(l.text) < p.width-slack {
		return false
	}
	k := p.below(i)
	if k < 0 {
		return false
	}
	next := &p.lines[k]
	if startsAnew.MatchString(next.text) || next.mark > 0 || strings.HasPrefix(next.text, "|") || next.indent > l.indent+1 {
		return false
	}
	return !ended(l.text) || next.indent == 0 && !labelled.MatchString(next.text)
}

// findIndents finds out whether paragraphs begin with a space that lines which go on
// do not have: then a full line goes on though it ends a sentence.
func (p *paper) findIndents() {
	set, begun, flush := 0, 0, 0
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.role != words:
		case labelled.MatchString(l.text) && !isHeading(l):
			if begun++; l.indent >= 2 {
				set++
			}
		case i > 0 && p.broken(i-1) && l.indent == 0:
			flush++
		}
	}
	p.indents = flush > 2 && begun > 2 && set*10 >= begun*9
}

// paragraph is line i with the lines it goes on in.
func (p *paper) paragraph(i int) string {
	text := p.lines[i].text
	for p.broken(i) {
		i = p.below(i)
		text += p.lines[i].text
	}
	return text
}

// below is the line under line i with nothing but page furniture between them, or -1.
func (p *paper) below(i int) int {
	crossed := false
	for k := i + 1; k < len(p.lines); k++ {
		switch p.lines[k].role {
		case words:
			return k
		case furniture:
			crossed = true
		case empty:
			if !crossed && !p.loose && !p.furnitureNear(k) {
				return -1
			}
		default:
			return -1
		}
	}
	return -1
}

// furnitureNear reports whether the next line that is not empty is page furniture.
func (p *paper) furnitureNear(k int) bool {
	const most = 50 // blank lines
	for end := min(len(p.lines), k+most); k < end; k++ {
		if p.lines[k].role != empty {
			return p.lines[k].role == furniture
		}
	}
	return false
}

// ended reports whether a sentence, or a part of a list, ends with a line.
func ended(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。；：！？;!?…）》」』”|.", r)
}

// startsAnew is the beginning of a line that never goes on from the one above,
// whatever that one ends with. A number of an article may: it may be cited there.
var startsAnew = regexp.MustCompile(`^(?:第 ?[` + numeralClass + ` ]+ ?(?:分编|[编編章节節])(?: |$)|（ ?[` + hanDigits + `]+ ?）|附 ?[件录表](?: ?[` + numeralClass + `]+)?(?:[ ：]|$)|[` + hanDigits + `]{1,3} ?、|[0-9]{1,2}[.．、])`)
