package corpus

import (
	"regexp"
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
