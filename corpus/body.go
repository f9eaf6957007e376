package corpus

import (
	"regexp"
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
	blank bool // the line above is blank
	glued bool // 第一条 has no space behind it: so is the whole file written

	pieced      bool   // the run being read goes on where the last one ends
	prevAnnexed Number // as prev, of the articles of the annex being read
}

// parseBody reads src, whose first line is line number first of the file, as the
// library writes rules: an article begins a line.
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
	if b.cur != nil && l.kind == lineText && strings.HasPrefix(l.text, `\`) {
		b.escaped(raw, offset)
		return
	}
	inAnnex := b.cur != nil && b.cur.Number.Annex > 0
	switch {
	case l.kind == lineBlank:
		return
	case l.kind == lineAsked:
		b.askedAs(l, no)
	case b.markedArticle(&l, inAnnex),
		l.kind == lineArticle && !inAnnex && b.rule.Kind == Regulation && b.rule.Numbering == ByArticle && b.isArticle(l),
		l.kind == lineProhibition && !inAnnex && b.rule.Kind == Prohibitions:
		b.begin(l, offset, no)
	case l.kind == lineAnnex && b.prev.Main > 0:
		b.begin(l, offset, no)
	case l.marked && b.beginOwnAnnex(l, offset, no):
	case b.prev.Main == 0 && l.marked && preambleNames[preambleName(strings.Trim(l.text, "（）"))]:
		b.beginPreamble(l, offset, no)
	case l.kind == lineHeading && !inAnnex && !(l.deep && b.cur != nil):
		b.heading(l, no)
	case b.cur != nil:
		b.text(raw, offset, no)
	default:
		b.rep.errorf(b.rule.File, no, "请并入某一条，或删去", "有不属于任何条的文字「%s」", excerpt(l.text))
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
	a := &Article{Rule: b.rule, Number: l.number, Label: l.number.Chinese(), Line: no}
	if l.kind == lineAnnex {
		a.Heading = headingOfAnnex(l.text)
		if b.rule.Article(l.number) != nil {
			b.rep.errorf(b.rule.File, no, "请改正附件号", "%s重复", l.number.Chinese())
		}
		b.prevAnnexed = Number{Annex: l.number.Annex}
	} else {
		if b.rule.Kind == Regulation {
			a.Label = l.style.Label(l.number)
		}
		a.Path = pathOf(b.path)
		prev := &b.prev
		if l.number.Annex > 0 {
			prev = &b.prevAnnexed
		}
		b.checkNumber(*prev, l.number, no)
		if prev.Main == 0 {
			b.glued = l.glued
		}
		if prev.before(l.number) {
			*prev = l.number
		}
	}
	b.open(a, offset+l.offset, offset+l.offset+len(l.text))
	if l.kind != lineAnnex {
		b.takeHeading(l, no)
	}
}

// open makes a the article being read; its first line is src[start:end].
func (b *body) open(a *Article, start, end int) {
	b.cur, b.runs, b.lines, b.pieced = a, nil, askedLines{}, false
	b.start, b.end = start, end
}

// checkNumber reports a number that is missing or used twice. A wrong number is
// reported once: counting goes on from it.
func (b *body) checkNumber(prev, n Number, no int) {
	if b.rule.Article(n) != nil {
		reportTwice(b.rep, b.rule.File, no, n)
		return
	}
	reportGap(b.rep, b.rule.File, no, prev, n)
}

// reportTwice reports a number that an article above has.
func reportTwice(rep *report, file string, no int, n Number) {
	rep.errorf(file, no, "请改正条号；一个文件只放一部制度", "%s重复", n.Chinese())
}

// reportGap reports a number that does not follow the one before.
func reportGap(rep *report, file string, no int, prev, n Number) {
	if n.follows(prev) {
		return
	}
	want := Number{Main: prev.Main + 1, Annex: n.Annex}
	if n.Sub > 1 && n.Main == prev.Main {
		want = Number{Main: n.Main, Sub: prev.Sub + 1, Annex: n.Annex}
	}
	switch {
	case prev.Main == 0:
		rep.errorf(file, no, "请补上，或改正条号", "条文从%s开始，缺%s", n.Chinese(), want.Chinese())
	case n.Main < prev.Main:
		rep.errorf(file, no, "请改正条号；一个文件只放一部制度", "%s排在%s之后，次序不对", n.Chinese(), prev.Chinese())
	default:
		rep.errorf(file, no, "请补上，或改正条号；删去的条写「"+want.Chinese()+" （删去）」",
			"%s之后是%s，缺%s", prev.Chinese(), n.Chinese(), want.Chinese())
	}
}

func (b *body) heading(l bodyLine, no int) {
	if !headingPattern.MatchString(l.text) && !bareHeading.MatchString(l.text) {
		b.rep.warnf(b.rule.File, no, "如不是，请写成「## 第X章 名称」「### 第X节 名称」或「## 附件1 名称」", "「%s」当作章的名称", excerpt(l.text))
	}
	b.finish()
	b.path[l.level] = strings.Join(strings.Fields(l.text), " ")
	clear(b.path[l.level+1:])
}

// pathOf is the headings above an article, from the largest division on.
func pathOf(headings [depth]string) []string {
	var path []string
	for _, h := range headings {
		if h != "" {
			path = append(path, h)
		}
	}
	return path
}

func (b *body) text(raw string, offset, no int) {
	if b.start < 0 { // asked-as lines stand above
		b.start = offset
	}
	b.end = offset + len(strings.TrimRight(raw, spaces))
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
	a.complete(strings.Join(b.runs, ""), b.lines)
	if a.empty() {
		reportEmpty(b.rep, a)
	}
	b.rule.Articles = append(b.rule.Articles, a)
}

// complete gives an article its text, with the parts and the asked-as lines of it.
func (a *Article) complete(text string, lines askedLines) {
	a.Text = text
	a.Deleted = deletedPattern.MatchString(text)
	a.Paragraphs = splitParagraphs(text)
	lines.give(a)
}

// reportEmpty reports an article of which only the number is there.
func reportEmpty(rep *report, a *Article) {
	rep.errorf(a.Rule.File, a.Line, "请补上内容；删去的条写「"+a.Label+" （删去）」", "%s没有内容", a.Label)
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
