package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Style is how a rule numbers its articles.
type Style int

// The styles of numbering.
const (
	ByArticle Style = iota // 第十二条
	ByCount                // 十二、
	ByDigit                // 12.
	ByBracket              // （十二）
	ByChapter              // 第十二章, where numbers begin again in each or there are none
)

// styleNames are what front matter calls the styles.
var styleNames = map[string]Style{"": ByArticle, "第一条": ByArticle, "一、": ByCount, "1.": ByDigit, "（一）": ByBracket, "第一章": ByChapter}

// String is the first number of the style, as front matter writes it.
func (s Style) String() string {
	return [...]string{ByArticle: "第一条", ByCount: "一、", ByDigit: "1.", ByBracket: "（一）", ByChapter: "第一章"}[s]
}

// Label is a number as a rule of this style is cited: 第十二条, 第十二项, 附件1第三项.
func (s Style) Label(n Number) string {
	switch {
	case s == ByArticle || n.Main == 0:
		return n.Chinese()
	case s == ByChapter:
		return strings.TrimSuffix(n.Chinese(), "条") + "章"
	}
	return strings.TrimSuffix(n.Chinese(), "条") + "项"
}

// spaced is a numeral that may be typed with spaces in it.
const spaced = `[` + numeralClass + `](?: ?[` + numeralClass + `])*`

// labelOf finds the labels of a style in a folded line, wherever they stand.
var labelOf = [...]*regexp.Regexp{
	ByArticle: regexp.MustCompile(`【?第 ?(` + spaced + `) ?[条條](?: ?之 ?(` + spaced + `))?】?`),
	ByCount:   regexp.MustCompile(`([` + hanDigits + `](?: ?[` + hanDigits + `]){0,3}) ?[、.．]()`),
	ByDigit:   regexp.MustCompile(`([0-9]{1,3}) ?[.．、）]()`),
	ByBracket: regexp.MustCompile(`（ ?([` + hanDigits + `]{1,4}) ?）()`),
	ByChapter: regexp.MustCompile(`第 ?(` + spaced + `) ?章()`),
}

// label is what may be the number of an article, and how much speaks for it.
type label struct {
	line     int // of the paper
	from, to int // in the line's folded text
	number   Number
	weight   int
	strong   bool // if it is none, that is a fault to report
}

// Weights: what speaks for a label and against it. A label at the start of a line,
// set off from its text, under a line that ends a sentence, is almost surely one;
// within a line it must at least follow the end of a sentence.
const (
	atStart      = 6
	setOff       = 4
	afterEnd     = 3
	withinPart   = -4 // the line above does not end a sentence
	afterFull    = 4  // behind 。！？ within a line
	behindHead   = 6  // behind a heading or a title on the same line
	likeAMention = -9 // 第三条规定的, 第三条、第四条
	maybeMention = -4 // 第三条以下, 第三条办理: words that a sentence may begin with
	strongWeight = 9
)

// labels are the possible labels of a style between two lines, in order.
func (p *paper) labels(style Style, from, to int) []label {
	var out []label
	for i := from; i < to; i++ {
		l := &p.lines[i]
		if l.role != words || strings.HasPrefix(l.text, "|") {
			continue
		}
		for _, m := range labelOf[style].FindAllStringSubmatchIndex(l.text, -1) {
			main, sub := strings.ReplaceAll(l.text[m[2]:m[3]], " ", ""), ""
			if m[4] >= 0 {
				sub = strings.ReplaceAll(l.text[m[4]:m[5]], " ", "")
			}
			n, ok := articleNumber(main, sub)
			if !ok {
				continue
			}
			c := label{line: i, from: m[0], to: m[1], number: n}
			p.weigh(&c, style)
			if c.weight > 0 {
				out = append(out, c)
			}
		}
	}
	return out
}

// weigh looks at what stands around a label.
func (p *paper) weigh(c *label, style Style) {
	l := &p.lines[c.line]
	before, after := strings.TrimRight(l.text[:c.from], " "), l.text[c.to:]
	off := after == "" || strings.ContainsAny(after[:1], " ") || strings.HasPrefix(after, "：") || strings.HasPrefix(after, "【") ||
		strings.HasPrefix(after, "、") && style == ByArticle || style != ByArticle || strings.HasSuffix(l.text[:c.to], "】")
	if off {
		c.weight += setOff
	}
	if style == ByArticle && mention.MatchString(strings.TrimLeft(after, "、")) && (!off || strings.HasPrefix(after, "、") || manyMentions.MatchString(after)) {
		c.weight += likeAMention
	} else if style == ByArticle && !off && weakMention.MatchString(after) {
		c.weight += maybeMention
	}
	if style == ByDigit && after != "" && after[0] >= '0' && after[0] <= '9' { // 3.5厘米
		c.weight = 0
		return
	}
	switch {
	case style == ByChapter && (before != "" || !isHeading(l)):
		c.weight = 0
	case before == "":
		c.weight += atStart
		if p.afterSentence(c.line) {
			c.weight += afterEnd
		} else {
			c.weight += withinPart
		}
		c.strong = c.weight >= strongWeight
	case style == ByBracket:
		c.weight = 0
	case endsWithAny(before, "。！？"):
		c.weight += afterFull
	case p.headBefore(before):
		c.weight += behindHead
	default:
		c.weight = 0
	}
}

var (
	// mention is how words go on behind the number of an article that is only named.
	mention     = regexp.MustCompile(`^ ?(?:第 ?[` + numeralClass + `]+ ?[款项條条]|之?规定|所[列称述指规]|的|[和与或至及]第|中(?:规定|所|的|关于)|修改为)`)
	weakMention = regexp.MustCompile(`^ ?(?:以[上下内外前后]|办理|执行|处理)`)
	// manyMentions is a list of articles: 、第四条的.
	manyMentions = regexp.MustCompile(`^[、和与及至] ?第 ?[` + numeralClass + `]+ ?[条條]`)
)

// afterSentence reports whether the line above i ends a sentence, or is no part of
// any: a heading, a title, nothing.
func (p *paper) afterSentence(i int) bool {
	if p.lines[i].mark > 0 || p.lines[i].apart {
		return true
	}
	for k := i - 1; k >= 0; k-- {
		switch l := &p.lines[k]; l.role {
		case words:
			return ended(l.text) || isHeading(l) || short(l.text) && displayWidth(l.text) < p.width*3/4 || p.width == 0
		case furniture:
			continue
		default:
			return true
		}
	}
	return true
}

// headBefore reports whether a heading, or the title, stands right before a label.
func (p *paper) headBefore(before string) bool {
	const longest = 200 // bytes of a heading, and of the end of the sentence before it
	if cut := len(before) - longest; cut > 0 {
		before = strings.ToValidUTF8(before[cut:], "")
		if !strings.ContainsAny(before, "。！？") {
			return false
		}
	}
	if at := strings.LastIndexAny(before, "。！？"); at >= 0 {
		_, n := utf8.DecodeRuneInString(before[at:])
		before = strings.TrimLeft(before[at+n:], " ")
		return short(before) && chapterPattern.MatchString(before)
	}
	return short(before) && (chapterPattern.MatchString(before) || bareHeading.MatchString(before) || titleEnd.MatchString(before) && !strings.ContainsAny(before, "，、：《"))
}

func endsWithAny(s, chars string) bool {
	for _, r := range chars {
		if strings.HasSuffix(s, string(r)) {
			return true
		}
	}
	return false
}
