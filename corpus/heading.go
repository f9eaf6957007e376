package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// MaxHeading is how many characters a heading may have to stand beside a number
// on a phone.
const MaxHeading = 12

// writtenHeading is a heading between the label and the text: 第五条 【提交时限】 ……
// What is longer than a line, or a sentence, in such brackets is text.
var writtenHeading = regexp.MustCompile(`^([ \t　]*)【([^【】。；！？\n]{1,40})】[ \t　]*`)

// takeHeading takes the heading out of the line that begins an article.
func (b *body) takeHeading(l bodyLine, no int) {
	label := articlePattern.FindString(l.text)
	if l.kind == lineProhibition {
		label = prohibitionPat.FindString(l.text)
	}
	m := writtenHeading.FindStringSubmatch(l.text[len(label):])
	rest := trimSpace(l.text[len(label):])
	taken := m != nil && trimSpace(m[2]) != ""
	if taken {
		rest = l.text[len(label)+len(m[0]):]
	}
	if strings.HasPrefix(rest, "【") {
		b.rep.warnf(b.rule.File, no, "条旨写一个，40 字以内，不要有句号和分号，括号要成对；是正文就不用理会", "%s后面的「%s」没有当作条旨，算作正文", b.cur.Label, excerpt(rest))
	}
	if !taken {
		return
	}
	b.cur.Heading = trimSpace(m[2])
	if n := utf8.RuneCountInString(b.cur.Heading); n > MaxHeading {
		b.rep.warnf(b.rule.File, no, "请缩短；太长的只用来查找，不显示", "%s的条旨「%s」有 %d 个字，超过 %d 个字", b.cur.Label, b.cur.Heading, n, MaxHeading)
	}
	kept := len(label) + len(m[1])
	b.runs = append(b.runs, b.src[b.start:b.start+kept])
	b.start += len(label) + len(m[0])
	b.end = max(b.end, b.start)
}

// About is what an article is about, in at most MaxHeading characters: its
// heading, else words it begins with, else its chapter. It is for choosing
// between articles and no quotation. "" when there is nothing of the kind.
func (a *Article) About() string {
	if n := utf8.RuneCountInString(a.Heading); n > 0 && n <= MaxHeading {
		return a.Heading
	}
	if about := subject(a.Text[a.labelEnd():]); about != "" {
		return about
	}
	for i := len(a.Path) - 1; i >= 0; i-- {
		if name := chapterNumber.ReplaceAllString(a.Path[i], ""); name != "" && utf8.RuneCountInString(name) <= MaxHeading {
			return name
		}
	}
	return ""
}

var (
	// clauseEnd is where a clause is over.
	clauseEnd = regexp.MustCompile(`[，。：；、（）“”《》！？\s\n]+`)
	// predicate is where a subject is over, because what it has to do begins.
	predicate = regexp.MustCompile(`应当|应该|不得|不准|必须|可以|不予|严禁|禁止|需要|一般|是指|包括|负责|实行`)
	// opening is what a clause may begin with that names nothing.
	opening = regexp.MustCompile(`^(?:为了?|根据|按照|依照|对于|凡是|凡)`)
	// noSubject tells nothing apart from the other articles of a rule.
	noSubject     = regexp.MustCompile(`下列|^(?:本[\p{Han}]{1,2}|委员|会议|机关|单位)$|之一`)
	chapterNumber = regexp.MustCompile(`^(?:第[` + numeralClass + `]+(?:分编|编|章|节)|[总分附]\s*则)\s*`)
)

// minSubject is the fewest characters that tell what a clause is about.
const minSubject = 3

// maxClauses is how many clauses are looked at for a subject.
const maxClauses = 4

// subject is the first clause of a text that is short enough to stand in a list,
// or what such a clause is about; "" when there is none. A clause is taken whole
// or up to its verb, so that no word and no number is cut.
func subject(text string) string {
	text = strings.TrimLeft(text, spaces+"：:*_、|")
	fits := func(s string) bool {
		n := utf8.RuneCountInString(s)
		return n >= minSubject && n <= MaxHeading && !noSubject.MatchString(s) && !strings.ContainsAny(s, "【】<>|")
	}
	clauses := clauseEnd.Split(text, maxClauses+1) // the last is all the rest
	for _, clause := range clauses[:min(len(clauses), maxClauses)] {
		clause = opening.ReplaceAllString(clause, "")
		if fits(clause) {
			return clause
		}
		if at := predicate.FindStringIndex(clause); at != nil && fits(clause[:at[0]]) {
			return clause[:at[0]]
		}
	}
	return ""
}
