package corpus

import (
	"regexp"
	"strings"
)

// askedAs takes a line on how people ask for the article above it.
func (a *assembler) askedAs(i int) {
	l := &a.r.p.lines[i]
	text := trimSpace(askedPattern.ReplaceAllString(a.r.p.src[l.start:l.end], ""))
	if !mayAsk(a.r.rep, a.r.file, l.no, a.cur, text) {
		return
	}
	if n := len(a.lines.groups); n == 0 || a.lines.groups[n-1].at != a.text.Len() {
		a.lines.groups = append(a.lines.groups, askedGroup{at: a.text.Len(), apart: l.apart})
	}
	g := &a.lines.groups[len(a.lines.groups)-1]
	g.lines = append(g.lines, text)
	a.cur.AskedAs = append(a.cur.AskedAs, text)
}

// setEffective takes the day a rule took effect from its last articles, else from
// its head, else from the day it was issued.
func (a *assembler) setEffective(h head) {
	issued := h.fromIssue
	for i := len(a.rule.Articles) - 1; i >= 0; i-- {
		art := a.rule.Articles[i]
		if art.Number.Annex > 0 || art.Number.Preamble {
			continue
		}
		flat := strings.ReplaceAll(fold(art.Text).text, " ", "")
		if d := startOf(flat); d != "" {
			a.rule.Effective = d
			return
		}
		issued = issued || startsIssued.MatchString(flat)
	}
	if a.rule.Effective == "" && issued {
		a.rule.Effective = a.rule.Issued
	}
}

var (
	forbids   = regexp.MustCompile(`^(?:严?禁|不准|不得|不许|不能|不要|不搞|不在|禁止)`)
	listTitle = regexp.MustCompile(`不准|禁令|禁止|严禁|不得|负面清单`)
	nickname  = regexp.MustCompile(`[“「"]([^”」"]{2,12})[”」"]$`)
)

// setKind tells a list of prohibitions: what is counted in it forbids, and its
// title says so.
func (a *assembler) setKind() {
	if a.t.style != ByCount || !listTitle.MatchString(a.rule.Title) || len(a.t.annexes) > 0 {
		return
	}
	all, forbidding := 0, 0
	for _, art := range a.rule.Articles {
		if !art.Number.IsArticle() || art.Number.Sub > 0 {
			return
		}
		if all++; forbids.MatchString(art.Text[art.labelEnd():]) {
			forbidding++
		}
	}
	if forbidding*5 < all*4 {
		return
	}
	a.rule.Kind, a.rule.Numbering = Prohibitions, ByArticle
	for _, art := range a.rule.Articles {
		art.Label = art.Number.Chinese()
	}
	if m := nickname.FindStringSubmatch(a.rule.Title); m != nil {
		a.rule.Aliases = []string{m[1]}
	}
}

// check reports numbers that are missing or come twice, and what looks like an
// article and was taken for text.
func (a *assembler) check() {
	a.checkRun(a.t.run, 0)
	for _, x := range a.t.annexes {
		a.checkRun(x.run, annexNo(a.r.p.lines[x.line].text))
	}
	a.checkStray()
}

func (a *assembler) checkRun(run []label, annex int) {
	prev := Number{Annex: annex}
	seen := map[Number]bool{}
	for _, c := range run {
		n, no := c.number, a.r.p.lines[c.line].no
		n.Annex = annex
		if seen[n] {
			reportTwice(a.r.rep, a.r.file, no, n)
		} else {
			reportGap(a.r.rep, a.r.file, no, prev, n)
		}
		seen[n] = true
		if prev.before(n) {
			prev = n
		}
	}
}

// checkStray reports labels that have everything of an article but the right
// number: the words are kept, in the article above, but may belong to another.
func (a *assembler) checkStray() {
	end := a.t.to
	for i := a.t.run[0].line; i < a.t.to; i++ {
		if l := &a.r.p.lines[i]; l.role == words && annexLine.MatchString(l.text) && short(l.text) && i > a.t.run[len(a.t.run)-1].line {
			end = i
			break
		}
	}
	a.checkTitle(end)
	taken := map[int]bool{}
	at := map[Number]int{}
	for _, c := range a.t.run {
		taken[c.line], at[c.number] = true, c.line
	}
	prev, next, glued := Number{}, a.t.run, a.gluedThroughout()
	for _, c := range a.r.p.labels(a.t.style, a.t.run[0].line, end) {
		for len(next) > 0 && next[0].line <= c.line {
			prev, next = next[0].number, next[1:]
		}
		if !c.strong || taken[c.line] || a.t.style == ByArticle && c.weight < atStart+setOff && !glued || a.t.style != ByArticle && a.t.style != ByCount {
			continue
		}
		if line, ok := at[c.number]; ok {
			reportTwice(a.r.rep, a.r.file, a.r.p.lines[max(line, c.line)].no, c.number)
			continue
		}
		reportGap(a.r.rep, a.r.file, a.r.p.lines[c.line].no, prev, c.number)
	}
}

// checkTitle reports a line in the last article that looks like the title of another
// rule, one whose articles could not be told.
func (a *assembler) checkTitle(end int) {
	for i := a.t.run[len(a.t.run)-1].line + 1; i < end; i++ {
		l := &a.r.p.lines[i]
		if l.role == words && a.r.p.titleWorth(i) >= strongTitle && !itemLine.MatchString(l.text) && a.r.p.endedAbove(i) && a.r.p.nextWords(i, end) > 0 {
			a.r.rep.errorf(a.r.file, l.no, "请把它另存一个文件，给每一条编号；是正文就并入上一段", "「%s」像是另一部制度的标题，下面没有认出条文", a.r.p.excerpt(l))
			return
		}
	}
}

// gluedThroughout reports whether the articles have nothing between number and text.
func (a *assembler) gluedThroughout() bool {
	glued := 0
	for _, c := range a.t.run {
		if c.weight < atStart+setOff+afterEnd {
			glued++
		}
	}
	return glued*2 > len(a.t.run)
}
