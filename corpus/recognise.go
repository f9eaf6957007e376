package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// recogniser finds the rules in a paper.
type recogniser struct {
	file string
	p    *paper
	rep  *report
	left []leftLine
	tidy bool // layout is not kept

	taken Characters
}

// Characters counts the Chinese characters of a paper, so that none is lost on the
// way: those of its text, and what became of them.
type Characters struct {
	Text  int
	Kept  int // in titles, chapters and articles
	Left  int // left out, which is listed
	Stray int // in what no article holds, which is a fault
}

// part is the lines of one rule: its head, its articles, its annexes.
type part struct {
	from, to int
	style    Style
	run      []label // its own articles
	annexes  []annexRun
	seen     int // the line up to which what follows has been looked at
}

// annexRun is the articles of a rule that stands in an annex.
type annexRun struct {
	line  int // where the annex begins
	style Style
	run   []label
}

// annexLine is a line that an annex begins with, or is named on.
var annexLine = regexp.MustCompile(`^附 ?[件录表](?: ?(` + spaced + `)(?:[ ：.、]|$)| ?([0-9]+)[《\p{Han}]|[ ：]|$)`)

// annexCited is how a sentence goes on behind the name of an annex.
var annexCited = regexp.MustCompile(`^附 ?[件录表] ?(?:` + spaced + `)? ?(?:所|的|中|规定|列|之|等)`)

// Recognition is what was made of a text.
type Recognition struct {
	Rules      []*Rule
	Faults     Problems // what keeps the text from being used
	Hints      Problems // what was left out, and what to look at
	Characters Characters
}

// Recognise finds the rules in a text that is no file of a library: taken out of an
// office's paper, or pasted. name is what the paper is called; whole tells that a line
// is a paragraph, as in a Word file, else it may be one of a page. Problems name lines
// of text. What is only layout is not kept: blank lines, space at the ends of lines,
// entities of web pages.
func Recognise(name, text string, whole bool) Recognition {
	rep := &report{unread: map[string]bool{}}
	r := newRecogniser(name, text, rep)
	if r.tidy = true; whole {
		r.p.width = 0
	}
	out := Recognition{Rules: r.rulesSafely()}
	rep.sort()
	out.Faults, out.Hints, out.Characters = rep.errors, rep.warnings, r.taken
	return out
}

// recognise finds the rules in src. What it does not keep is reported, line by line.
func recognise(file, src string, rep *report) []*Rule {
	return newRecogniser(file, src, rep).rulesSafely()
}

// rulesSafely is rules for papers that nobody has looked at: what the program cannot
// bear costs the paper, not the others.
func (r *recogniser) rulesSafely() (rules []*Rule) {
	defer func() {
		if p := recover(); p != nil {
			rules = nil
			r.rep.errorf(r.file, 0, "请把原文告诉维护人员", "读到一半读不下去")
		}
	}()
	return r.rules()
}

func newRecogniser(file, src string, rep *report) *recogniser {
	return &recogniser{file: file, p: readPaper(boldLabel.ReplaceAllString(src, "$1$2")), rep: rep}
}

func (r *recogniser) rules() []*Rule {
	parts := r.divide(0, len(r.p.lines), 0)
	var rules []*Rule
	for i := range parts {
		rules = append(rules, r.rule(&parts[i], i))
	}
	r.reportLeft()
	if len(rules) == 0 {
		rules = append(rules, &Rule{File: r.file, plain: true, ID: plainID(r.file), Category: plainCategory, Title: stem(r.file)})
		r.noArticles()
		return rules
	}
	r.account()
	return rules
}

// mostDivided is how often a text is looked through again for rules that number
// their articles otherwise than those before them.
const mostDivided = 50

// divide finds the rules between two lines. Rules of a collection may be numbered
// each in its way: what lies above the title of the first, and behind the last
// article of any under a title of its own, is looked at by itself.
func (r *recogniser) divide(from, to, depth int) []part {
	style, chain := r.p.numbering(from, to)
	parts := r.parts(style, chain, from, to)
	if len(parts) == 0 || depth == mostDivided {
		return parts
	}
	var out []part
	if h := r.p.readHead(from, parts[0].run[0].line, ""); h.titleLines[1] > 0 && h.titleLines[0] > from {
		if above := r.divide(from, h.titleLines[0], depth+1); len(above) > 0 && r.sound(above) && !r.p.amending(from, h.titleLines[0]) {
			out, parts[0].from = above, h.titleLines[0]
		}
	}
	for _, t := range parts {
		title := r.p.anotherTitle(t.lastLabel()+1, t.to)
		if title < 0 {
			out = append(out, t)
			continue
		}
		below := r.divide(title, t.to, depth+1)
		if len(below) == 0 || !r.sound(below[:1]) {
			out = append(out, t)
			continue
		}
		if annex := r.p.wordsAbove(title, t.lastLabel()); annex >= 0 && annexLine.MatchString(r.p.lines[annex].text) && t.annexes == nil && len(below) == 1 {
			t.annexes = append(t.annexes, annexRun{annex, below[0].style, below[0].run})
			out = append(out, t)
			continue
		}
		t.to = title
		out = append(append(out, t), below...)
	}
	return out
}

// sound reports whether what was found is articles beyond doubt: some, in order.
func (r *recogniser) sound(parts []part) bool {
	return !slices.ContainsFunc(parts, func(t part) bool { return len(t.run) < 2 || !contiguous(t.run) || r.p.altered(t.run) })
}

// mostTitles is how many lines that look like titles are tried for one.
const mostTitles = 20

// anotherTitle is the first line between two that is the title of a rule, below the
// end of a sentence and with articles beneath it; -1 for none.
func (p *paper) anotherTitle(from, to int) int {
	for i, tried := from, 0; i < to && tried < mostTitles; i++ {
		l := &p.lines[i]
		if l.role != words || annexLine.MatchString(l.text) || !titleEnd.MatchString(l.text) || p.titleWorth(i) < strongTitle || itemLine.MatchString(l.text) && !numberedTitle.MatchString(l.text) || !p.endedAbove(i) && !p.underAnnex(i) {
			continue
		}
		tried++
		if _, chain := p.numbering(i+1, to); len(chain) > 1 {
			return i
		}
	}
	return -1
}

// underAnnex reports whether the line above i only says that an annex begins.
func (p *paper) underAnnex(i int) bool {
	above := p.wordsAbove(i, -1)
	return above >= 0 && annexNamed.FindString(p.lines[above].text) == p.lines[above].text
}

// wordsAbove is the nearest line with words above line i and below line from, or -1.
func (p *paper) wordsAbove(i, from int) int {
	for i--; i > from; i-- {
		if p.lines[i].role == words {
			return i
		}
	}
	return -1
}

// account makes sure that every character went somewhere.
func (r *recogniser) account() {
	for i := range r.p.lines {
		if l := &r.p.lines[i]; l.role == words || l.role == furniture || l.role == contents {
			r.taken.Text += han(l.text)
		}
	}
	if lost := r.taken.Text - r.taken.Kept - r.taken.Left - r.taken.Stray; lost != 0 {
		r.rep.errorf(r.file, 0, "请把文件整理成一条一段再导入，并把原文告诉维护人员", "有 %d 个字没有收入任何地方", lost)
	}
}

// han counts the characters of a folded text that are no letters, figures or signs
// of the keyboard.
func han(s string) int {
	n := 0
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

const plainCategory = "文件"

// numbering is how a text numbers its articles, and these. A text in 第X条 may have
// 一、 and 1. below; where 1. goes on under one 一、 after another, those are its
// chapters.
func (p *paper) numbering(from, to int) (Style, []label) {
	chains := [len(labelOf)][]label{}
	for style := range chains {
		chains[style] = bestChain(p.labels(Style(style), from, to))
	}
	articles, counts, figures, brackets, chapters := chains[ByArticle], chains[ByCount], chains[ByDigit], chains[ByBracket], chains[ByChapter]
	if toc := runs(chapters); len(toc) > 1 && p.onlyNames(toc[0], toc[1][0].line) {
		chapters = slices.Concat(toc[1:]...)
	}
	starts := func(chain []label, least int) bool {
		return len(chain) >= least && chain[0].number == Number{Main: 1} && weightOf(chain) >= strongWeight*len(chain)/2
	}
	switch {
	case starts(articles, 1) && articles[0].strong, len(articles) > 1 && (articles[0].strong || starts(articles, 2)):
		return ByArticle, articles
	case starts(chapters, 2) && contiguous(chapters) && (beginAgain(counts, chapters) || len(counts) == 0 && beginAgain(figures, chapters)):
		return ByChapter, chapters
	case starts(figures, 3) && len(figures) > len(counts) && len(runs(figures)) == 1 && p.across(figures, counts):
		return ByDigit, figures
	case starts(counts, 2):
		return ByCount, counts
	case starts(brackets, 2) && (!starts(figures, 2) || brackets[0].line < figures[0].line):
		return ByBracket, brackets
	case starts(figures, 2):
		return ByDigit, figures
	case len(articles) > 0 && articles[0].strong:
		return ByArticle, articles
	case starts(chapters, 2) && contiguous(chapters):
		return ByChapter, chapters
	}
	return ByArticle, nil
}

// beginAgain reports whether numbers begin anew under one chapter after another, so
// that they name nothing by themselves.
func beginAgain(numbers, chapters []label) bool {
	again := 0
	for _, run := range runs(numbers) {
		if i := slices.IndexFunc(chapters, func(c label) bool { return c.line > run[0].line }); i != 0 {
			again++
		}
	}
	return again > 1
}

// across reports whether figures go on past the counts between them.
func (p *paper) across(figures, counts []label) bool {
	if len(counts) < 2 {
		return false
	}
	inside := 0
	for _, c := range counts {
		if c.line > figures[0].line && c.line < figures[len(figures)-1].line && short(p.lines[c.line].text) {
			inside++
		}
	}
	return inside > 0
}

// parts divides the lines among the rules that the runs of a chain belong to.
func (r *recogniser) parts(style Style, chain []label, from, to int) []part {
	var parts []part
	for _, run := range runs(chain) {
		first := run[0].line
		if len(parts) == 0 {
			parts = append(parts, part{from: from, to: to, style: style, run: run})
			continue
		}
		cur := &parts[len(parts)-1]
		annex, title := r.p.between(cur.lastLabel()+1, first)
		switch {
		case len(cur.annexes) == 0 && r.p.onlyNames(cur.run, first), len(cur.annexes) == 0 && (annex >= 0 || title >= 0) && r.amends(cur, first):
			cur.run = run
		case annex >= 0 && r.p.sibling(cur):
			cur.to = annex
			parts = append(parts, part{from: annex, to: to, style: style, run: run})
		case annex >= 0 && (len(run) == 1 || r.p.onlyListed(annex, to)): // a word in a form, a list of annexes
			cur.seen = run[len(run)-1].line
		case annex >= 0:
			cur.annexes, cur.seen = append(cur.annexes, annexRun{annex, style, run}), 0
		case title >= 0:
			cur.to = title
			parts = append(parts, part{from: title, to: to, style: style, run: run})
		default:
			cur.run, cur.seen = append(cur.run, run...), 0
		}
	}
	return parts
}

// sibling reports whether a rule stands in an annex itself, of the letter above it:
// the annexes that follow are rules beside it, not below.
func (p *paper) sibling(t *part) bool {
	h := p.readHead(t.from, t.run[0].line, "")
	above := p.wordsAbove(h.titleLines[0], t.from-1)
	return h.titleLines[1] > 0 && above >= 0 && annexNamed.FindString(p.lines[above].text) == p.lines[above].text ||
		annexNamed.FindString(p.lines[t.from].text) == p.lines[t.from].text && p.lines[t.from].text != ""
}

func (t *part) lastLabel() int {
	if t.seen > 0 {
		return t.seen
	}
	if n := len(t.annexes); n > 0 {
		run := t.annexes[n-1].run
		return run[len(run)-1].line
	}
	return t.run[len(t.run)-1].line
}

// between looks for the line that begins an annex, and for a title, between two
// articles; -1 for what is not there.
func (p *paper) between(from, to int) (annex, title int) {
	annex, title = -1, -1
	for i := from; i < to; i++ {
		if l := &p.lines[i]; l.role == words && annexLine.MatchString(l.text) && short(l.text) {
			annex = i
		}
	}
	if h := p.readHead(from, to, p.lines[to].text[:0]); titleEnd.MatchString(h.title) && h.titleLines[1] > 0 {
		title = h.titleLines[0]
		for title > from && p.lines[title-1].role == words && documentOf(p.lines[title-1].text) != "" {
			title--
		}
	}
	return annex, title
}

// onlyNames reports whether a run is a table of contents: names with no text
// between them.
func (p *paper) onlyNames(run []label, to int) bool {
	for k, c := range run {
		rest := strings.TrimSpace(p.lines[c.line].text[c.to:])
		if rest == "" || strings.ContainsAny(rest, "。；：，") || !short(rest) {
			return false
		}
		end := to
		if k+1 < len(run) {
			end = run[k+1].line
		}
		for i := c.line + 1; i < end; i++ {
			l := &p.lines[i]
			if l.role == words && !isHeading(l) && !preambleNames[preambleName(l.text)] && (k+1 < len(run) || ended(l.text)) {
				return false
			}
		}
	}
	return true
}

var amendment = regexp.MustCompile(`(?:如下|以下)修[改订正]|修[改订正]为|修[正改]后(?:的)?(?:条款)?内容|[删增][去加]以下`)

// amends reports whether the articles before line to are only told of, above the
// text of the whole: what is amended in them. Such a list leaves articles out.
func (r *recogniser) amends(t *part, to int) bool {
	if contiguous(t.run) && len(t.run) > 1 && !r.p.altered(t.run) {
		return false
	}
	return r.p.amending(t.from, to)
}

// amending reports whether lines tell how a rule is amended.
func (p *paper) amending(from, to int) bool {
	if p.amendments == nil {
		p.amendments = make([]int, len(p.lines)+1)
		for i := range p.lines {
			p.amendments[i+1] = p.amendments[i]
			if l := &p.lines[i]; l.role == words && amendment.MatchString(l.text) {
				p.amendments[i+1]++
			}
		}
	}
	return p.amendments[max(from, to)] > p.amendments[from]
}

// altered reports whether what a run says is how articles are altered.
func (p *paper) altered(run []label) bool {
	return slices.ContainsFunc(run, func(c label) bool { return amendment.MatchString(p.lines[c.line].text) })
}

// noArticles says why a text has none, and how it may be written.
func (r *recogniser) noArticles() {
	what := "没有找到任何条文"
	if trimSpace(r.p.src) == "" {
		what = "文件是空的，" + what
	} else if m := anyArticle.FindString(r.p.src); m != "" {
		what += "，「" + excerpt(m) + "」不像条文的开头"
	}
	r.rep.errorf(r.file, 0, "请检查条文是否另起一行，以「第一条」「一、」或「1.」编号", "%s", what)
}
