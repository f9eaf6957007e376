package corpus

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// head is what a paper says of itself above its articles.
type head struct {
	title      string
	document   string
	issued     Date
	effective  Date
	fromIssue  bool // in force from the day it was issued
	repealed   bool
	titleLines [2]int // the lines of the paper that are the title: from, to
}

var (
	titleEnd = regexp.MustCompile(`(?:条例|办法|规则|制度|细则|规定|章程|通则|准则|公约|法|决定|意见|解释|守则|规程|须知|标准|规范|预案|方案|职责|程序|指引|指南|流程|纪律|要求|措施|机制|清单|不准|禁令)(?:（(?:试行|暂行|草案|征求意见稿|修订稿?|修正)）)?$`)
	// weakTitle are endings of letters, which may have a rule below them.
	weakTitle = regexp.MustCompile(`(?:通知|公告|通告|通报|批复|函|要点|提示|提醒|问答|[0-9` + hanDigits + `]+条)(?:（(?:试行|暂行)）)?$`)
	issuing   = regexp.MustCompile(`关于(?:印发|发布|公布|转发).*的?(?:通知|决定|公告)`)
	quoted    = regexp.MustCompile(`(?:印发|发布|公布|转发)[《〈]([^《》〈〉]{3,50})[》〉]`)
	redHead   = regexp.MustCompile(`(?:文件|公报|令|便笺|信笺|汇编)$|^(?:特急|加急|平急|机密|秘密|绝密|内部)`)
	// numberedTitle is the number of a rule in a collection: 二、印章管理制度.
	numberedTitle = regexp.MustCompile(`^[` + hanDigits + `]{1,3}、`)
	// remark is what stands in brackets behind a title and is no part of it.
	remark     = regexp.MustCompile(`[（\[【〔]([^（）【】]{2,60})[）\]】〕]$`)
	partOfName = regexp.MustCompile(`^(?:试行|暂行|草案|征求意见稿|修订稿)$`)
	repeal     = regexp.MustCompile(`已?(?:废止|失效|作废)`)
	notTitle   = regexp.MustCompile(`(?:通过|公布|发布|印发|批准|施行|修订|修正)[）]?$|^(?:来源|发文|发布|发表|作者|原文|索引|主题|文号|日期|时间|打印|字号|页)|：$|https?：|^[（【]`)
)

// readHead reads the head of a rule whose first article stands in line to; above is
// what stands before the article on that line.
func (p *paper) readHead(from, to int, above string) head {
	var h head
	best, at := 0, -1
	for i := from; i < to; i++ {
		l := &p.lines[i]
		if l.role != words {
			continue
		}
		text := l.text
		if strings.Count(text, "（") > strings.Count(text, "）") { // a remark over two lines
			if k := p.nextWords(i, to); k >= 0 {
				text += p.lines[k].text
			}
		}
		p.readFacts(&h, text)
		if n := p.titleWorth(i); n > best || n == best && n >= strongTitle {
			best, at = n, i
		}
	}
	p.nameRule(&h, from, to, at, best, above)
	return h
}

// strongTitle is the worth of a line that ends as the titles of rules do.
const strongTitle = 6

// titleWorth is how much speaks for line i as a title, or as the last line of one; 0
// when it is none.
func (p *paper) titleWorth(i int) int {
	l := &p.lines[i]
	if !p.mayName(l) || chapterPattern.MatchString(l.text) || bareHeading.MatchString(l.text) || contentsPattern.MatchString(l.text) ||
		preambleNames[preambleName(l.text)] || i > 0 && p.broken(i-1) && strings.ContainsAny(p.lines[i-1].text, "，。、；") {
		return 0
	}
	n := 1
	switch name, _ := p.bareName(l.text); {
	case strings.Contains(name, "，"):
		return 0
	case redHead.MatchString(name):
		return 0
	case titleEnd.MatchString(name):
		n = strongTitle
	case weakTitle.MatchString(name):
		n = 3
	case signer.MatchString(name):
		return 0
	}
	if issuing.MatchString(l.text) {
		n -= 2
	}
	if l.mark == 1 {
		n += 2
	}
	return n
}

// longestTitle is how many characters a title may have, with the remarks behind it.
const longestTitle = 70

// mayName reports whether a line may be a title, or the last line of one.
func (p *paper) mayName(l *paperLine) bool {
	name, _ := p.bareName(l.text)
	return name != "" && annexNamed.FindString(name) != name && utf8.RuneCountInString(l.text) <= longestTitle && !strings.ContainsAny(l.text, "。；！？") && !notTitle.MatchString(name) && documentOf(name) != name && dateIn(name) == "" &&
		strings.IndexFunc(name, unicode.IsLetter) >= 0 && !strings.HasPrefix(l.text, "|")
}

// bareName is a title without book-title marks and the remarks behind it.
func (p *paper) bareName(text string) (name string, remarks []string) {
	if utf8.RuneCountInString(text) > 2*longestTitle {
		return text, nil
	}
	name = strings.Trim(text, "*_# ")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "附件：附件"), "附件：")
	if bare := numberedTitle.ReplaceAllString(name, ""); bare != name && titleEnd.MatchString(bare) {
		name = bare
	}
	name = spacedRemark.ReplaceAllStringFunc(name, func(s string) string { return strings.ReplaceAll(s, " ", "") })
	for {
		m := remark.FindStringSubmatch(name)
		if m == nil || partOfName.MatchString(m[1]) {
			break
		}
		remarks = append(remarks, m[1])
		name = strings.TrimRight(strings.TrimSuffix(name, m[0]), " ")
	}
	return bareTitle(unspaced(name)), remarks
}

// spacedRemark is a remark typed apart: （ 试 行 ）.
var spacedRemark = regexp.MustCompile(`（ ?(?:\p{Han} ?)+）$`)

// nameRule takes the title: the line at, with the lines above that begin it and
// the remark below that ends it. Failing that, what the letter above says it issues.
func (p *paper) nameRule(h *head, from, to, at, best int, above string) {
	if glued, _ := p.bareName(above); best < strongTitle && titleEnd.MatchString(glued) && short(glued) {
		h.title = glued
		return
	}
	if best < strongTitle {
		for i := from; i < to; i++ {
			l := &p.lines[i]
			if m := quoted.FindStringSubmatch(unspaced(l.text)); m != nil && l.role == words && titleEnd.MatchString(m[1]) && p.lawful(to) {
				h.title = m[1]
				return
			}
		}
	}
	if at < 0 {
		return
	}
	first, last := at, at+1
	for last-first < 3 && p.lines[at].mark == 0 {
		above := first - 1
		if above > from && p.lines[above].role == empty && p.wordsAbove(above, from-1) == above-1 && p.wordsAbove(above-1, from-1) < 0 {
			above-- // the first line of all, set apart
		}
		if above < from || !p.beginsTitle(above) {
			break
		}
		first = above
	}
	text := ""
	for i := first; i < last; i++ {
		text += p.lines[i].text // nothing, where a line is blank
	}
	if last < to && p.lines[last].role == words && partOfName.MatchString(strings.Trim(p.lines[last].text, "（）")) && strings.HasPrefix(p.lines[last].text, "（") {
		text += p.lines[last].text
		last++
	}
	name, remarks := p.bareName(text)
	for _, r := range remarks {
		h.repealed = h.repealed || repeal.MatchString(r)
	}
	h.title, h.titleLines = name, [2]int{first, last}
}

// lawful reports whether the article that begins in line i is one of 第X条: points of
// a letter are its own.
func (p *paper) lawful(i int) bool {
	return labelOf[ByArticle].MatchString(p.lines[i].text)
}

// beginsTitle reports whether line i is the first part of a title that ends below.
func (p *paper) beginsTitle(i int) bool {
	l := &p.lines[i]
	return l.role == words && l.mark == 0 && p.mayName(l) && !titleEnd.MatchString(l.text) && !weakTitle.MatchString(l.text) &&
		!redHead.MatchString(l.text) && !strings.ContainsAny(l.text, "，、；：0123456789") && utf8.RuneCountInString(l.text) > 1
}

// unspaced takes out the spaces of a text that is typed apart: 会 议 管 理 办 法.
func unspaced(s string) string {
	parts := strings.Fields(s)
	single := 0
	for _, part := range parts {
		if utf8.RuneCountInString(part) == 1 {
			single++
		}
	}
	if len(parts) > 2 && single*2 > len(parts) {
		return strings.Join(parts, "")
	}
	return closed(s)
}

// closed takes out the spaces between Chinese characters.
func closed(s string) string {
	runes := []rune(s)
	var b strings.Builder
	for i, r := range runes {
		if r == ' ' && i > 0 && i+1 < len(runes) && wide(runes[i-1]) && wide(runes[i+1]) {
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func wide(r rune) bool { return r >= 0x2E80 }
