package corpus

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// chapterPattern is the beginning of a heading on a folded line: 第 二 章  请 假.
var chapterPattern = regexp.MustCompile(`^第 ?(` + spaced + `) ?(分编|[编編章节節])(?: |$|[^ 、，的中所规])`)

// itemLine is the beginning of a line within an article.
var itemLine = regexp.MustCompile(`^(?:（ ?[` + numeralClass + `]+ ?）|[` + numeralClass + `]{1,3} ?[、.．]|[①-⑳])`)

// isHeading reports whether a line is the heading of a chapter, by its words or its
// marks.
func isHeading(l *paperLine) bool {
	return l.mark > 0 || short(l.text) && !strings.Contains(l.text, "，") && chapterPattern.MatchString(l.text) || bareHeading.MatchString(l.text)
}

// isChapter reports whether line i is a heading between articles. A marked line
// below the articles' own level, or one that numbers an item, is text.
func (a *assembler) isChapter(i int) bool {
	l := &a.r.p.lines[i]
	if a.t.style == ByDigit && labelOf[ByCount].MatchString(l.text) && strings.HasPrefix(l.text, labelOf[ByCount].FindString(l.text)) && short(l.text) {
		return true
	}
	if !isHeading(l) || a.t.style == ByChapter {
		return false
	}
	if chapterPattern.MatchString(l.text) || bareHeading.MatchString(l.text) {
		return l.mark > 0 || a.r.p.afterSentence(i)
	}
	return !(a.mark > 0 && l.mark > a.mark || itemLine.MatchString(l.text))
}

// longestName is how many characters a heading without a number may have.
const longestName = 16

// namesNext reports whether line i, though neither numbered nor marked as a heading,
// is one: a few words without a mark between the end of an article and the next.
func (a *assembler) namesNext(i int, next []label) bool {
	l := &a.r.p.lines[i]
	if len(next) == 0 || a.t.style != ByArticle || next[0].from > 0 || a.r.p.nextWords(i, a.t.to) != next[0].line {
		return false
	}
	return utf8.RuneCountInString(l.text) <= longestName && !strings.ContainsAny(l.text, "。；：！？|") && !bracketed.MatchString(l.text) &&
		(a.cur == nil && a.titled == a.r.p.wordsAbove(i, -1) || a.r.p.endedAbove(i) && !endsWithAny(strings.TrimRight(a.text.String(), spaces), "；："))
}

// bracketed is the beginning of an item that no heading has.
var bracketed = regexp.MustCompile(`^(?:（|[0-9]|[①-⑳]|注|[-—*])`)

// heading takes part of line i as the heading of what follows.
func (a *assembler) heading(i, from, to int) {
	a.finish()
	l := &a.r.p.lines[i]
	a.r.taken.Kept += han(l.text[from:to])
	name := strings.Join(strings.Fields(strings.Trim(a.r.p.quote(l, from, to), "*_")), " ")
	if from == 0 && a.titled >= 0 && a.titled == a.r.p.wordsAbove(i, -1) && !isHeading(l) { // 第二章 and its name on two lines
		a.path[a.level] += " " + name
		return
	}
	level := headingLevel["章"]
	if m := chapterPattern.FindStringSubmatch(l.text[from:to]); m != nil {
		level = headingLevel[map[string]string{"編": "编", "節": "节"}[m[2]]+strings.Trim(m[2], "編節")]
	} else if l.mark > 2 && !bareHeading.MatchString(l.text) {
		level = headingLevel["节"]
	}
	a.path[level], a.level, a.titled = name, level, i
	clear(a.path[level+1:])
}

// beginPreamble begins the citable part before the first article, under its own
// name or, where it has none, under one that is not part of its text. A table of
// contents names it too; only the last mention keeps its text.
func (a *assembler) beginPreamble(i int, name string) {
	a.finish()
	l := &a.r.p.lines[i]
	if len(a.rule.Articles) > 0 {
		a.r.rep.errorf(a.r.file, l.no, "请合成一处", "「%s」之前已有「%s」", a.r.p.excerpt(l), a.rule.Articles[0].Label)
	}
	a.cur = &Article{Rule: a.rule, Number: Number{Preamble: true}, Label: a.r.p.quote(l, 0, len(name)), Line: l.no}
	if name == "" {
		a.cur.Label = unnamedPreamble
	}
	a.add(i, 0, len(l.text))
	clear(a.path[:])
}

// unnamedPreamble is what the words above the first article are cited as where the
// paper gives them no name.
const unnamedPreamble = "引言"

// beginsAnnex reports whether an annex begins in line i; more tells whether
// articles of the rule follow.
func (a *assembler) beginsAnnex(i int, more bool) bool {
	l := &a.r.p.lines[i]
	if l.role != words || more && a.annex == 0 || !annexLine.MatchString(l.text) || !short(l.text) || annexCited.MatchString(l.text) || a.cur != nil && a.r.p.broken(a.line) && a.r.p.below(a.line) == i {
		return false
	}
	if named := annexNamed.FindString(l.text); named == l.text && a.annex > 0 && annexNo(l.text) == a.annex && a.cur != nil && a.text.Len() == 0 {
		return false
	}
	return !a.r.p.onlyListed(i, a.t.to)
}

var annexNamed = regexp.MustCompile(`^附 ?[件录表] ?(` + spaced + `)?`)

// beginAnnex begins the annex in line i; one without a number follows the one before.
func (a *assembler) beginAnnex(i int) {
	a.finish()
	l := &a.r.p.lines[i]
	n := annexNo(l.text)
	if n <= a.annex {
		n = a.annex + 1
	}
	a.annex, a.closed = n, false
	clear(a.path[:])
	a.cur = &Article{Rule: a.rule, Number: Number{Annex: n}, Label: Number{Annex: n}.Chinese(), Line: l.no}
	a.cur.Heading = strings.Trim(strings.TrimPrefix(a.r.p.quote(l, 0, len(l.text)), a.r.p.quote(l, 0, len(annexNamed.FindString(l.text)))), "*：:.、 　")
	a.add(i, 0, len(l.text))
}
