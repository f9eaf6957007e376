package corpus

import (
	"html"
	"regexp"
	"strconv"
	"strings"
)

// assembler builds the articles of one rule out of the lines of its part. An
// article's text is pieces of the source; between two lines stands what stands
// between them there, unless a line was left out or is one with the next.
type assembler struct {
	r    *recogniser
	t    *part
	rule *Rule

	path   [depth]string
	level  int // of the last heading
	titled int // the line it stands in; -1 before the first
	cur    *Article
	text   strings.Builder
	end    int        // where the last piece of text ends in the source; -1 at the beginning
	line   int        // the line it is of
	begun  []lineMark // the lines of the article below its first
	lines  askedLines
	style  Style // how the articles being read are numbered: the rule's, or an annex's own
	annex  int   // the annex being read, 0 for none
	closed bool  // below the text: a date, a signature, whom it is sent to
	mark   int   // how many # stand before the articles
}

// lineMark is a line of an article and where it begins in its text.
type lineMark struct{ line, at int }

// rule builds the rule of part t, the i-th of its file.
func (r *recogniser) rule(t *part, i int) *Rule {
	rule := &Rule{File: r.file, plain: true, Category: plainCategory, ID: plainID(r.file), Numbering: t.style}
	if i > 0 {
		rule.ID += "-" + strconv.Itoa(i+1)
	}
	first := t.run[0]
	h := r.p.readHead(t.from, first.line, r.p.lines[first.line].text[:first.from])
	rule.Document, rule.Issued, rule.Effective, rule.Repealed = h.document, h.issued, h.effective, h.repealed
	if rule.Title = h.title; rule.Title == "" {
		rule.Title = stem(r.file)
		r.rep.warnf(r.file, 1, "请在第一行写上标题", "没有认出标题，用文件名代替")
	}
	a := &assembler{r: r, t: t, rule: rule, end: -1, titled: -1, style: t.style, mark: r.p.lines[first.line].mark}
	a.head(h)
	a.body(first.line)
	a.finish()
	a.setEffective(h)
	a.setKind()
	a.check()
	return rule
}

// head reads the lines above the first article: the preamble is kept, the rest is
// in the rule's title, number and dates, or left out.
func (a *assembler) head(h head) {
	first := a.t.run[0].line
	from := max(a.t.from, h.titleLines[1])
	for i := a.t.from; i < from; i++ {
		if i < h.titleLines[0] {
			a.r.leave(i, "标题之前")
		} else if l := &a.r.p.lines[i]; l.role == words {
			a.r.taken.Kept += han(l.text)
		} else {
			a.skip(i)
		}
	}
	for i := from; i < first; i++ {
		l := &a.r.p.lines[i]
		switch {
		case l.role != words:
			a.skip(i)
		case contentsPattern.MatchString(l.text):
			a.r.leave(i, "目录")
		case preambleNames[preambleName(l.text)]:
			a.beginPreamble(i, l.text)
		case isHeading(l) && l.mark != 1:
			a.heading(i, 0, len(l.text))
		case a.cur != nil:
			a.add(i, 0, len(l.text))
		case isPreamble(a.r.p.paragraph(i)):
			a.beginPreamble(i, "")
		default:
			a.r.leave(i, "标题和正文之间")
		}
	}
	a.finish()
}

// isPreamble reports whether a paragraph above the first article is part of the
// text: all that is no number, day, remark, address or note of where it comes from.
func isPreamble(text string) bool {
	flat := strings.ReplaceAll(text, " ", "")
	return documentOf(text) == "" && dateIn(text) == "" && !noteStart.MatchString(flat) && !letter.MatchString(flat) && startsAt.FindString(flat) == "" &&
		!startsIssued.MatchString(flat) && strings.ContainsAny(text, "，。：；")
}

// body reads the lines from the first article on.
func (a *assembler) body(first int) {
	next, annexes := a.t.run, a.t.annexes
	for i := first; i < a.t.to; i++ {
		l := &a.r.p.lines[i]
		if a.annex == 0 && len(annexes) > 0 && i == annexes[0].line || a.beginsAnnex(i, len(next) > 0) {
			a.beginAnnex(i)
			next = nil
			if len(annexes) > 0 && i == annexes[0].line {
				a.style, next, annexes = annexes[0].style, annexes[0].run, annexes[1:]
			}
			continue
		}
		from := 0
		for len(next) > 0 && next[0].line == i {
			a.fragment(i, from, next[0].from)
			to := len(l.text)
			if len(next) > 1 && next[1].line == i {
				to = next[1].from
			}
			a.begin(next[0], to)
			from, next = to, next[1:]
		}
		if from == 0 {
			a.oneLine(i, next)
		}
	}
}

// oneLine reads a line on which no article begins; next are those that follow.
func (a *assembler) oneLine(i int, next []label) {
	l, more := &a.r.p.lines[i], len(next) > 0
	switch {
	case l.role == asked:
		a.askedAs(i)
	case l.role != words:
		a.skip(i)
	case !more && a.annex == 0 && a.endMatter(i), a.closed && a.annex == 0:
		a.leaveEnd(i)
	case a.annex == 0 && (a.isChapter(i) || a.namesNext(i, next)):
		a.heading(i, 0, len(l.text))
	case a.cur == nil:
		a.r.rep.errorf(a.r.file, l.no, "请并入前后某一条", "有不属于任何条的文字「%s」", a.r.p.excerpt(l))
		a.r.taken.Stray += han(l.text)
	default:
		a.words(i, 0, len(l.text))
	}
}

// fragment reads what stands before an article on its line: a heading, the end of
// the article above, the title.
func (a *assembler) fragment(i, from, to int) {
	text := strings.TrimSpace(a.r.p.lines[i].text[from:to])
	switch {
	case text == "":
	case a.rule.Title == unspaced(text) && len(a.rule.Articles) == 0 && a.cur == nil:
		a.r.taken.Kept += han(text)
	case from == 0 && (chapterPattern.MatchString(text) || bareHeading.MatchString(text)):
		a.heading(i, from, to)
	case a.cur == nil:
		a.r.taken.Stray += han(text)
		a.r.rep.errorf(a.r.file, a.r.p.lines[i].no, "请把它移到某一条里，或另起一行", "条文之前的「%s」不属于任何条", excerpt(text))
	default:
		a.words(i, from, to)
	}
}

// words adds part of line i to the article, but for a heading at its end.
func (a *assembler) words(i, from, to int) {
	m := headingAtEnd.FindStringSubmatchIndex(a.r.p.lines[i].text[from:to])
	if m == nil || a.annex > 0 {
		a.add(i, from, to)
		return
	}
	a.add(i, from, from+m[2])
	a.heading(i, from+m[2], to)
}

// headingAtEnd is a heading behind the end of a sentence, on the same line.
var headingAtEnd = regexp.MustCompile(`[。；！？] ?(第 ?` + spaced + ` ?[编編章节節][^。；：，！？、]{1,30})$`)

// begin begins the article whose label is c; its line is read up to to.
func (a *assembler) begin(c label, to int) {
	a.finish()
	n := c.number
	n.Annex = a.annex
	a.closed = false
	a.cur = &Article{Rule: a.rule, Number: n, Label: a.style.Label(n), Line: a.r.p.lines[c.line].no, Path: pathOf(a.path)}
	l := &a.r.p.lines[c.line]
	m := headingBehind.FindStringSubmatchIndex(l.text[c.to:to])
	if m == nil {
		a.words(c.line, c.from, to)
		return
	}
	a.cur.Heading = strings.Trim(a.r.p.quote(l, c.to+m[4], c.to+m[5]), spaces)
	a.r.taken.Kept += han(a.cur.Heading)
	a.add(c.line, c.from, c.to)
	if m[3] > m[2] {
		start, end := l.span(c.to+m[2], c.to+m[3])
		a.text.WriteString(a.r.p.src[l.start+start : l.start+end])
	}
	a.words(c.line, c.to+m[1], to)
}

// headingBehind is a heading between number and text, as writtenHeading.
var headingBehind = regexp.MustCompile(`^( ?)【([^【】。；！？]{1,40})】 ?`)

// add adds part of line i to the article.
func (a *assembler) add(i, from, to int) {
	l := &a.r.p.lines[i]
	start, end := l.span(from, to)
	start, end = l.start+start, l.start+end
	piece := strings.TrimRight(a.r.p.src[start:end], spaces)
	end = start + len(piece)
	if trimSpace(piece) == "" {
		return
	}
	if a.annex == 0 && barePage.MatchString(l.text) {
		a.r.rep.warnf(a.r.file, l.no, "请删去这一行，否则会当作正文引用", "「%s」像是页码", a.r.p.excerpt(l))
	}
	if a.end >= 0 && a.line != i {
		a.begun = append(a.begun, lineMark{i, a.text.Len()})
		a.text.WriteString(a.gap(i, start))
	}
	if a.r.tidy && strings.Contains(piece, "&") {
		piece = html.UnescapeString(piece)
	}
	a.text.WriteString(piece)
	a.r.taken.Kept += han(l.text[from:to])
	a.end, a.line = end, i
}

// gap is what stands between the last line of the article and line i.
func (a *assembler) gap(i, start int) string {
	p := a.r.p
	if p.broken(a.line) && p.below(a.line) == i {
		before, after := p.lines[a.line].text, p.lines[i].text
		if latin(before[len(before)-1]) && latin(after[0]) {
			return " "
		}
		return ""
	}
	if a.r.tidy {
		return "\n"
	}
	between := p.src[a.end:start]
	if strings.Trim(between, spaces) == "" {
		return between
	}
	if indent := between[strings.LastIndex(between, "\n")+1:]; strings.Trim(indent, " \t　") == "" {
		return "\n" + indent
	}
	return "\n"
}

func latin(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z'
}

// finish closes the article being read.
func (a *assembler) finish() {
	cur := a.cur
	if cur == nil {
		return
	}
	cur.complete(a.text.String(), a.lines)
	a.cur, a.end, a.lines, a.begun = nil, -1, askedLines{}, nil
	a.text.Reset()
	if cur.empty() {
		if cur.Number.Preamble || cur.Number.Annex > 0 && cur.Number.Main == 0 {
			return // its mention in the table of contents
		}
		reportEmpty(a.r.rep, cur)
	}
	a.rule.Articles = append(a.rule.Articles, cur)
}
