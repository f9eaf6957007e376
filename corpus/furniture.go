package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// headerTimes is how often a short line must come again to be a running header.
	headerTimes = 3
	// longestHeader is how long such a line may be, in characters.
	longestHeader = 30
	// narrowest and widest are the widths, in characters, that printed lines have.
	narrowest, widest = 12, 60
)

var (
	pageWord   = `第 ?[0-9` + hanDigits + `]{1,4} ?页`
	dashedPage = regexp.MustCompile(`^(?:[-—－–―·~]+ ?[0-9]{1,4} ?[-—－–―·~]+|[0-9]{1,4} ?/ ?[0-9]{1,4}|` + pageWord + `.{0,12}|共 ?[0-9` + hanDigits + `]{1,4} ?页.{0,3}` + pageWord + `|页码 ?：? ?[0-9]{1,4}|Page [0-9]{1,4}.{0,10})$`)
	barePage   = regexp.MustCompile(`^(?:[0-9]{1,3}|（[0-9]{1,3}）)$`)
	numbers    = regexp.MustCompile(`[0-9]+`)
	// leader is an entry of a table of contents, with dots up to its page.
	leader = regexp.MustCompile(`(?:…{2,}|[.·．]{4,}|(?: ?[.·…] ?){4,}) ?（?[0-9]{1,3}）?$`)
	// articleLine is a line that has the number of an article, in most papers.
	articleLine = regexp.MustCompile(`^第 ?[` + numeralClass + ` ]+ ?[条條]`)
)

const hanDigits = "零〇一二三四五六七八九十百"

// findFurniture gives page numbers and running headers their role. What they
// stand between is read as if they were not there.
func (p *paper) findFurniture() {
	first, last := p.articleLines()
	times := map[string][]int{}
	var bare []int
	for i := range p.lines {
		l := &p.lines[i]
		switch {
		case l.role != words:
		case dashedPage.MatchString(l.text):
			l.role = furniture
		case leader.MatchString(l.text):
			l.role = contents
		case i > last && annexLine.MatchString(l.text):
			last = len(p.lines) // forms repeat their lines
		case last == len(p.lines):
		case barePage.MatchString(l.text):
			bare = append(bare, i)
		case i >= first && p.maybeHeader(l):
			key := numbers.ReplaceAllString(l.text, "#")
			times[key] = append(times[key], i)
		}
	}
	p.setFurniture(p.rising(bare))
	var headers []int // decided before any is set: what is beside one is not beside a page number
	for _, at := range times {
		if p.onPages(at) {
			headers = append(headers, at...)
		}
	}
	p.setFurniture(headers)
}

// articleLines are the first and the last line that begin an article.
func (p *paper) articleLines() (first, last int) {
	first = -1
	for i := range p.lines {
		if p.lines[i].role == words && articleLine.MatchString(p.lines[i].text) {
			if last = i; first < 0 {
				first = i
			}
		}
	}
	return max(first, 0), last
}

// onPages reports whether a line that comes again stands where pages end: beside
// page numbers, or, often enough, at even distances and never within a sentence.
func (p *paper) onPages(at []int) bool {
	beside := 0
	least, most := len(p.lines), 0
	within := false
	for k, i := range at {
		if p.besidePage(i) {
			beside++
		}
		if k > 0 {
			least, most = min(least, i-at[k-1]), max(most, i-at[k-1])
		}
		within = within || !p.endedAbove(i)
	}
	if beside*3 >= len(at)*2 && len(at) >= 2 {
		return true
	}
	return len(at) >= headerTimes && !within && least >= 3 && most <= 2*least
}

// endedAbove reports whether the line above i ends a sentence.
func (p *paper) endedAbove(i int) bool {
	for i--; i >= 0; i-- {
		if p.lines[i].role == words {
			return ended(p.lines[i].text)
		}
	}
	return true
}

// besidePage reports whether a page number, or the end of a page, stands next to
// line i.
func (p *paper) besidePage(i int) bool {
	for _, step := range []int{-1, 1} {
		k := i + step
		for k >= 0 && k < len(p.lines) && p.lines[k].role == empty {
			k += step
		}
		if k >= 0 && k < len(p.lines) && p.lines[k].role == furniture {
			return true
		}
	}
	l := &p.lines[i]
	return l.start > 0 && p.src[l.start-1] == '\f' || l.end < len(p.src) && p.src[l.end] == '\f'
}

func (p *paper) setFurniture(at []int) {
	for _, i := range at {
		p.lines[i].role = furniture
	}
}

// maybeHeader reports whether a line has nothing that marks it as text.
func (p *paper) maybeHeader(l *paperLine) bool {
	n := utf8.RuneCountInString(l.text)
	return n >= 4 && n <= longestHeader && l.mark == 0 && !strings.ContainsAny(l.text, "。；：，！？|、") &&
		!labelled.MatchString(l.text) && strings.IndexFunc(l.text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}

// rising are those of some lines that are numbers alone which count pages: one after
// the other, with a page between them. Numbers in a list or a table stand closer.
func (p *paper) rising(at []int) []int {
	const page = 5 // lines
	var longest []int
	for k := range at {
		run := at[k : k+1 : k+1]
		last, _ := ParseNumeral(strings.Trim(p.lines[at[k]].text, "（）"))
		for _, i := range at[k+1:] {
			if n, _ := ParseNumeral(strings.Trim(p.lines[i].text, "（）")); n == last+1 && i-run[len(run)-1] >= page {
				run, last = append(run, i), n
			}
		}
		if len(run) > len(longest) {
			longest = run
		}
		if len(longest) >= len(at)-k {
			break
		}
	}
	if len(longest) < 2 {
		return nil
	}
	return longest
}

// labelled is the beginning of a line that numbers or names itself.
var labelled = regexp.MustCompile(`^(?:第 ?[` + numeralClass + ` ]+ ?(?:分编|[条條编編章节節款项])|（ ?[` + numeralClass + `]+ ?）|[` + numeralClass + `]{1,4} ?[、.．]|[①-⑳]|附 ?[件录表则則]|[总總分] ?[则則]$|注 ?[0-9]*：|> ?问)`)

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
