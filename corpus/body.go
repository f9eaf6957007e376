package corpus

import (
	"regexp"
	"slices"
	"strings"
)

// body builds the articles of one rule out of its lines. Each article is one
// contiguous run of source bytes, so that its text can be quoted exactly.
type body struct {
	rule *Rule
	rep  *report
	src  string

	path  [depth]string
	cur   *Article
	runs  []string // of cur: its text so far, what is no text of it left out
	start int      // of the run being read in src
	end   int      // of the last non-blank line of cur
	lines askedLines
	prev  Number
	above string // the line above, when it stands alone: perhaps a signature
	begun int    // the end of cur before that line
	blank bool   // the line above is blank
	glued bool   // 第一条 has no space behind it: so is the whole file written
}

// parseBody reads src, whose first line is line number first of the file.
func parseBody(rule *Rule, src string, first int, rep *report) {
	b := &body{rule: rule, rep: rep, src: src}
	offset, no := 0, first
	for raw := range strings.Lines(src) {
		b.line(strings.TrimSuffix(raw, "\n"), offset, no)
		offset += len(raw)
		no++
	}
	b.finish()
	if len(rule.Articles) > 0 {
		return
	}
	what := "没有找到任何条文"
	if trimSpace(src) == "" && rule.Title == "" {
		what = "文件是空的，" + what
	} else if m := anyArticle.FindString(src); m != "" {
		what += "，「" + excerpt(m) + "」不在行首"
	}
	b.rep.errorf(rule.File, 0, "请检查条文是否从行首的「第一条」写起，每条另起一行", "%s", what)
}

func (b *body) line(raw string, offset, no int) {
	l := classify(raw)
	defer func() { b.blank = l.kind == lineBlank }()
	inAnnex := b.cur != nil && b.cur.Number.Annex > 0
	switch {
	case l.kind == lineBlank:
		return
	case l.kind == lineAsked:
		b.askedAs(l, no)
	case l.kind == lineArticle && !inAnnex && b.rule.Kind == Regulation && b.isArticle(l),
		l.kind == lineProhibition && !inAnnex && b.rule.Kind == Prohibitions:
		b.begin(l, offset, no)
	case b.rule.plain && b.prev.Main > 0 && !inAnnex && b.endMatter(l):
		b.cutEndMatter(l, no)
	case l.kind == lineAnnex && b.prev.Main > 0:
		if inAnnex && l.number.Annex == b.cur.Number.Annex { // 「附件」 twice without a number
			l.number.Annex++
		}
		b.begin(l, offset, no)
	case b.rule.plain && b.prev.Main == 0 && preambleNames[preambleName(l.text)]:
		b.beginPreamble(l, offset, no)
	case l.kind == lineHeading && !inAnnex:
		b.heading(l, no)
	case b.cur != nil:
		if b.rule.plain && pageNumber.MatchString(l.text) {
			b.rep.warnf(b.rule.File, no, "请删去这一行，否则会当作正文引用", "「%s」像是页码", l.text)
		}
		b.text(raw, offset, no)
	case !b.rule.plain:
		b.rep.errorf(b.rule.File, no, "请并入某一条，或删去", "有不属于任何条的文字「%s」", excerpt(l.text))
	case b.prev.Main > 0:
		b.rep.warnf(b.rule.File, no, "需要能查到的话，请并入前后某一条", "有不属于任何条的文字「%s」，没有收入", excerpt(l.text))
	}
}

// isArticle tells 第十二条 at the start of an article from a sentence that
// happens to begin with those words: with no space behind it, it must be the
// next number and not go on like a reference.
func (b *body) isArticle(l bodyLine) bool {
	if !l.glued {
		return true
	}
	rest := l.text[len(articlePattern.FindString(l.text)):]
	if referenceTail.MatchString(rest) {
		return false
	}
	ahead := b.prev.Main > 0 && l.number.Main > b.prev.Main // in such a file: a gap, to be reported
	return l.number.follows(b.prev) || b.glued && ahead
}

var referenceTail = regexp.MustCompile(`^(?:第[` + numeralClass + `]+[款项]|之?规定|所[列称述指规]|的|[、，]|[和与或至及]第|以[上下内外前后]|中(?:规定|所|的|关于)|修改为)`)

func (b *body) begin(l bodyLine, offset, no int) {
	b.finish()
	if b.rule.plain && l.number == (Number{Main: 1}) && b.onlyContents() {
		b.rule.Articles, b.prev = nil, Number{}
	}
	a := &Article{Rule: b.rule, Number: l.number, Label: l.number.Chinese(), Line: no}
	if l.kind == lineAnnex {
		a.Heading = strings.Trim(trimSpace(annexPattern.ReplaceAllString(l.text, "")), "*：: ")
		b.checkAnnex(l.number, no)
	} else {
		a.Path = b.currentPath()
		b.checkNumber(l.number, no)
		if b.prev.Main == 0 {
			b.glued = l.glued
		}
		if b.prev.before(l.number) {
			b.prev = l.number
		}
	}
	b.open(a, offset+l.offset, offset+l.offset+len(l.text))
	if l.kind != lineAnnex {
		b.takeHeading(l, no)
	}
}

// open makes a the article being read; its first line is src[start:end].
func (b *body) open(a *Article, start, end int) {
	b.cur, b.runs, b.lines = a, nil, askedLines{}
	b.start, b.end = start, end
}

// onlyContents reports whether what looked like articles so far was a table of
// contents: names without a single sentence.
func (b *body) onlyContents() bool {
	return len(b.rule.Articles) > 0 && !slices.ContainsFunc(b.rule.Articles, func(a *Article) bool {
		return strings.ContainsAny(a.Text, "。；：")
	})
}

// checkAnnex reports an annex number used twice; in a plain text the first is
// its mention in a list of annexes, which gives way.
func (b *body) checkAnnex(n Number, no int) {
	old := b.rule.Article(n)
	switch {
	case old == nil:
	case b.rule.plain:
		b.rule.Articles = slices.DeleteFunc(b.rule.Articles, func(a *Article) bool { return a == old })
	default:
		b.rep.errorf(b.rule.File, no, "请改正附件号", "%s重复", n.Chinese())
	}
}

// checkNumber reports a number that is missing or used twice. A wrong number
// is reported once: counting goes on from it.
func (b *body) checkNumber(n Number, no int) {
	if b.rule.Article(n) != nil {
		b.rep.errorf(b.rule.File, no, "请改正条号；一个文件只放一部制度", "%s重复", n.Chinese())
		return
	}
	if n.follows(b.prev) {
		return
	}
	want := Number{Main: b.prev.Main + 1}
	if n.Sub > 1 && n.Main == b.prev.Main {
		want = Number{Main: n.Main, Sub: b.prev.Sub + 1}
	}
	switch {
	case b.prev.Main == 0:
		b.rep.errorf(b.rule.File, no, "请补上，或改正条号", "条文从%s开始，缺%s", n.Chinese(), want.Chinese())
	case n.Main < b.prev.Main:
		b.rep.errorf(b.rule.File, no, "请改正条号；一个文件只放一部制度", "%s排在%s之后，次序不对", n.Chinese(), b.prev.Chinese())
	default:
		b.rep.errorf(b.rule.File, no, "请补上，或改正条号；删去的条写「"+want.Chinese()+" （删去）」",
			"%s之后是%s，缺%s", b.prev.Chinese(), n.Chinese(), want.Chinese())
	}
}

func (b *body) heading(l bodyLine, no int) {
	if !b.rule.plain && !headingPattern.MatchString(l.text) {
		b.rep.errorf(b.rule.File, no, "请写成「## 第X章 名称」「### 第X节 名称」或「## 附件1 名称」", "不认识的标题「%s」", excerpt(l.text))
		return
	}
	b.finish()
	b.path[l.level] = strings.Join(strings.Fields(l.text), " ")
	clear(b.path[l.level+1:])
}

func (b *body) currentPath() []string {
	var path []string
	for _, h := range b.path {
		if h != "" {
			path = append(path, h)
		}
	}
	return path
}

func (b *body) text(raw string, offset, no int) {
	if b.above = ""; b.blank {
		b.above, b.begun = trimSpace(raw), b.end
	}
	if b.start < 0 { // asked-as lines stand above
		b.start = offset
	}
	b.end = offset + len(strings.TrimRight(raw, spaces))
}

var (
	pageNumber   = regexp.MustCompile(`^(?:[-—－–·\s]*[0-9０-９]{1,4}[-—－–·\s]*|[0-9]{1,4}/[0-9]{1,4}|第\s*[0-9]{1,4}\s*页.{0,12})$`)
	endPattern   = regexp.MustCompile(`^(?:抄送|抄报|主送|分送)\s*[：:]|日\s*印发$`)
	datedPattern = regexp.MustCompile(`^(?:[0-9]{4}|二[〇○零一二三四五六七八九]{3})\s*年\s*\S{1,3}\s*月\s*\S{1,3}\s*日$`)
	annexList    = regexp.MustCompile(`^附(?:件|录|表)\s*[：:]\s*(?:1|一|《)?.`)
)

// endMatter reports whether a line stands below the text of a document and is
// no part of it: a date by itself, whom it is sent to, a list of its annexes.
func (b *body) endMatter(l bodyLine) bool {
	return endPattern.MatchString(l.text) || datedPattern.MatchString(l.text) || annexList.MatchString(l.text) && b.cur != nil
}

// cutEndMatter closes the last article above end matter, and above the
// signature over a date.
func (b *body) cutEndMatter(l bodyLine, no int) {
	if b.cur == nil {
		return
	}
	if datedPattern.MatchString(l.text) && b.above != "" && short(b.above) {
		b.end = b.begun
	}
	b.finish()
	b.rep.warnf(b.rule.File, no, "如是正文，请并入某一条", "「%s」起像是落款、抄送或附件目录，没有收入", excerpt(l.text))
}

// anyArticle is what looks like the beginning of an article, wherever it stands.
var anyArticle = regexp.MustCompile(`\S{0,4}第[ \t　]*[` + numeralClass + `]+[ \t　]*[条條]`)

var deletedPattern = regexp.MustCompile(`^\S+?[\s　]*[（(](?:已)?(?:删去|删除)[）)]$`)

// finish closes the article being read.
func (b *body) finish() {
	a := b.cur
	if a == nil {
		return
	}
	b.cur = nil
	b.closeRun()
	a.Text = strings.Join(b.runs, "")
	a.Deleted = deletedPattern.MatchString(a.Text)
	a.Paragraphs = splitParagraphs(a.Text)
	b.lines.give(a)
	if a.empty() {
		if a.Number.Preamble { // its mention in the table of contents
			return
		}
		b.rep.errorf(b.rule.File, a.Line, "请补上内容；删去的条写「"+a.Label+" （删去）」", "%s没有内容", a.Label)
	}
	b.above = ""
	b.rule.Articles = append(b.rule.Articles, a)
}

// empty reports whether nothing follows the label.
func (a *Article) empty() bool {
	text := strings.Trim(a.Text, "*_")
	if m := articlePattern.FindString(text); m != "" {
		text = text[len(m):]
	} else if a.Number.Preamble {
		text = strings.TrimPrefix(text, a.Label)
	}
	return strings.Trim(text, "*_"+spaces) == ""
}

// excerpt shortens a line for a message.
func excerpt(s string) string {
	const limit = 20
	if r := []rune(s); len(r) > limit {
		return string(r[:limit]) + "……"
	}
	return s
}
