package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// lineKind is what one line of a rule's body is, looked at by itself.
type lineKind int

const (
	lineBlank lineKind = iota
	lineText
	lineHeading     // 第一章 总则, 第二节 …, a markdown heading
	lineArticle     // 第十二条 …
	lineProhibition // 三、不准…
	lineAnnex       // 附件1 …
	lineAsked       // > 问：…
)

// bodyLine is a classified line. text is the line without surrounding space;
// its other fields are set as its kind needs them.
type bodyLine struct {
	kind   lineKind
	text   string
	offset int    // where the quotable part starts in the untrimmed line
	level  int    // heading: 0 编, 1 分编, 2 章, 3 节
	number Number // article, prohibition, annex
	glued  bool   // article: no space after 条, so it may be mere text
	marked bool   // written with #
	deep   bool   // heading: marked ####, below any article
	style  Style  // article: how it is numbered
}

var (
	articlePattern = regexp.MustCompile(`^(?:\*\*|__|【)?第[ \t　]*([` + numeralClass + `]+)[ \t　]*[条條](?:之([` + numeralClass + `]+))?(?:\*\*|__|】)?`)
	headingPattern = regexp.MustCompile(`^(?:\*\*|__)?第[` + numeralClass + `]+(分编|编|章|节)`)
	bareHeading    = regexp.MustCompile(`^(?:\*\*|__)?[总分附][ \t　]*则(?:\*\*|__)?$`)
	annexPattern   = regexp.MustCompile(`^(?:\*\*|__)?附(?:件|录|表)\s*([` + numeralClass + `]{0,3})(?:[\s　：:*]|$)`)
	prohibitionPat = regexp.MustCompile(`^([一二三四五六七八九十]{1,3})、`)
	askedPattern   = regexp.MustCompile(`^>\s*问\s*[：:]\s*`)
	markPattern    = regexp.MustCompile(`^#{1,6}[ \t　]+`)
)

// headingLevel orders the divisions of a rule from the largest.
var headingLevel = map[string]int{"编": 0, "分编": 1, "章": 2, "节": 3}

const depth = 4

// maxHeadingRunes is how long a line may be and still be taken for a heading:
// chapter names of real codes stay below 30.
const maxHeadingRunes = 40

// classify looks at one line by itself; what it means in its place is the
// body parser's business.
func classify(raw string) bodyLine {
	text := trimSpace(raw)
	l := bodyLine{kind: lineText, text: text, offset: strings.Index(raw, text)}
	if text == "" {
		return bodyLine{kind: lineBlank}
	}
	if m := askedPattern.FindString(text); m != "" {
		l.kind, l.text = lineAsked, trimSpace(text[len(m):])
		return l
	}
	mark := markPattern.FindString(text)
	bare := text[len(mark):]
	l.marked, l.deep = mark != "", strings.HasPrefix(mark, "####")
	if m := articlePattern.FindStringSubmatch(bare); m != nil {
		if n, ok := articleNumber(m[1], m[2]); ok {
			rest := bare[len(m[0]):]
			l.kind, l.number = lineArticle, n
			l.offset += len(mark)
			l.text = bare
			l.glued = !l.marked && rest != "" && !strings.HasPrefix(m[0], "**") && !strings.HasPrefix(m[0], "【") && !startsWithSpace(rest)
			return l
		}
	}
	if m := annexPattern.FindStringSubmatch(bare); m != nil && short(bare) {
		n, ok := ParseNumeral(m[1])
		if !ok {
			n = 1
		}
		l.kind, l.number, l.text = lineAnnex, Number{Annex: n}, bare
		l.offset += len(mark)
		return l
	}
	if level, ok := headingLevelOf(mark, bare); ok {
		l.kind, l.text, l.level = lineHeading, strings.Trim(bare, "*_ "), level
		l.offset += len(mark)
		return l
	}
	if m := prohibitionPat.FindStringSubmatch(text); m != nil {
		if n, ok := ParseNumeral(m[1]); ok {
			l.kind, l.number = lineProhibition, Number{Main: n}
		}
	}
	return l
}

// headingLevelOf tells whether a line is a heading, and of which level: by its
// words (第二章, 附则) or else by its mark.
func headingLevelOf(mark, bare string) (level int, ok bool) {
	if m := headingPattern.FindStringSubmatch(bare); m != nil && short(bare) {
		return headingLevel[m[1]], true
	}
	switch {
	case bareHeading.MatchString(bare):
		return headingLevel["章"], true
	case strings.HasPrefix(mark, "###"):
		return headingLevel["节"], true
	}
	return headingLevel["章"], mark != ""
}

func articleNumber(main, sub string) (Number, bool) {
	n, ok := ParseNumeral(main)
	if !ok {
		return Number{}, false
	}
	if sub == "" {
		return Number{Main: n}, true
	}
	s, ok := ParseNumeral(sub)
	return Number{Main: n, Sub: s}, ok
}

// short reports whether a line can be a heading: it is not long and is no sentence.
func short(s string) bool {
	return utf8.RuneCountInString(s) <= maxHeadingRunes && !strings.ContainsAny(s, "。；！？")
}

func startsWithSpace(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune(spaces+"：:", r)
}

const spaces = " \t\r\n　\u00a0\u2003\u2002\u200b\ufeff"

func trimSpace(s string) string { return strings.Trim(s, spaces) }
