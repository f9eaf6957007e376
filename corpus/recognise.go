package corpus

import (
	"regexp"
	"slices"
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

// account makes sure that every character went somewhere.
func (r *recogniser) account() {
	for i := range r.p.lines {
		if l := &r.p.lines[i]; l.printed() {
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
