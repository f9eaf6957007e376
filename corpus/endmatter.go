package corpus

import (
	"fmt"
	"regexp"
	"strings"
)

// leftLine is a line of a paper that no rule keeps.
type leftLine struct {
	line int // of the paper
	why  string
}

var (
	endPattern = regexp.MustCompile(`^(?:抄送|抄报|主送|分送|抄发|附注|主题词|联系人|联系电话)：|[日月] ?印 ?发$|^（?此件|^（?共印`)
	// signedDate is a signature and its day on one line.
	signedDate   = regexp.MustCompile(`^[^，。；：！？、]{2,30}? ?(` + dated + `|` + year + `年` + month + `月)$`)
	annexEntry   = regexp.MustCompile(`^(?:[0-9]{1,2} ?[.、]|附 ?[件录表])`)
	letter       = regexp.MustCompile(`请(?:认真)?(?:遵照|贯彻|参照|结合.*)?(?:执行|落实)|(?:印发|转发)给你们|现予(?:印发|公布|发布)|^(?:来源|原文|发表|作者|原始|索引|网址|链接)|^各.{1,40}[：:]$|^《.{2,40}》.{0,40}(?:通过|公布)`)
	signaturePat = regexp.MustCompile(`^[^，。；：！？、]{2,30}$`)
)

func (r *recogniser) leave(i int, why string) {
	if l := &r.p.lines[i]; l.printed() {
		r.left = append(r.left, leftLine{i, why})
		r.taken.Left += han(l.text)
	}
}

// skip passes over a line that is no text.
func (a *assembler) skip(i int) {
	switch a.r.p.lines[i].role {
	case furniture:
		a.r.leave(i, "页眉或页码")
	case contents:
		a.r.leave(i, "目录")
	}
}

// endMatter reports whether a line stands below the text of a paper and is no part
// of it: a date by itself or behind who signs, whom it is sent to, the list of its
// annexes.
func (a *assembler) endMatter(i int) bool {
	l := &a.r.p.lines[i]
	flat := strings.ReplaceAll(l.text, " ", "")
	return a.cur != nil && (endPattern.MatchString(l.text) || dateIn(l.text) != "" || signedDate.MatchString(flat) && a.line != i ||
		annexLine.MatchString(l.text) && short(l.text) && a.r.p.onlyListed(i, a.t.to) || strings.HasPrefix(flat, "附：") && short(l.text))
}

// leaveEnd leaves out a line below the text, with the signature over it.
func (a *assembler) leaveEnd(i int) {
	l := &a.r.p.lines[i]
	flat := strings.ReplaceAll(l.text, " ", "")
	m, d := datePattern.FindStringSubmatch(flat), dateIn(l.text)
	if m != nil && d == "" {
		d = dateOf(m[1:])
	}
	if m != nil || d != "" {
		if a.rule.Issued == "" || !strings.HasSuffix(flat, "印发") { // printed some days after it was signed
			a.rule.Issued = max(a.rule.Issued, d)
		}
		for a.cur != nil && a.signed() {
			a.unsign()
		}
	}
	a.finish()
	a.closed = true
	if strings.HasSuffix(l.text, "。") && !endPattern.MatchString(l.text) {
		a.r.rep.errorf(a.r.file, l.no, "请并入某一条，或移到落款之前", "落款之后还有正文「%s」", a.r.p.excerpt(l))
		a.r.taken.Stray += han(l.text)
		return
	}
	a.r.leave(i, "落款、抄送或附件目录")
}

// signed reports whether the last line of the article is a signature: short, without
// a mark, no part of a list, below the end of a sentence or another such line.
func (a *assembler) signed() bool {
	n := len(a.begun)
	if n == 0 {
		return false
	}
	l := &a.r.p.lines[a.begun[n-1].line]
	if labelled.MatchString(l.text) || !signaturePat.MatchString(l.text) {
		return false
	}
	return signer.MatchString(l.text) || ended(strings.TrimRight(a.text.String()[:a.begun[n-1].at], spaces))
}

// signer is who signs papers.
var signer = regexp.MustCompile(`(?:委员会|办公室|办公厅|政协|机关|局|厅|处|科|室|部|院|会|组|秘书处|党组|会议|中心|协会|公司)$`)

// unsign takes the last line of the article out of it.
func (a *assembler) unsign() {
	n := len(a.begun) - 1
	mark := a.begun[n]
	a.r.leave(mark.line, "落款")
	a.r.taken.Kept -= han(a.r.p.lines[mark.line].text)
	text := a.text.String()[:mark.at]
	a.text.Reset()
	a.text.WriteString(text)
	a.begun = a.begun[:n]
}

// onlyListed reports whether the annex in line i is only named there: nothing but
// other names and the end matter follows, until the same comes again or all ends.
func (p *paper) onlyListed(i, to int) bool {
	number := annexNo(p.lines[i].text)
	if next := p.nextWords(i, to); next >= 0 && annexLine.MatchString(p.lines[next].text) {
		return true
	}
	const longest = 200 // lines of a list and all that signs below it
	if to > i+longest {
		to = i + longest
	}
	for k := i + 1; k < to; k++ {
		l := &p.lines[k]
		switch {
		case l.role != words, endPattern.MatchString(l.text), dateIn(l.text) != "":
		case annexLine.MatchString(l.text) && annexNo(l.text) == number:
			return true
		case annexEntry.MatchString(l.text) && short(l.text) && !ended(l.text):
		case signaturePat.MatchString(l.text) && p.dateSoon(k, to):
		default:
			return false
		}
	}
	return true
}

// dateSoon reports whether a date stands some lines below, with who signs between.
func (p *paper) dateSoon(i, to int) bool {
	for range mostSigners {
		if i = p.nextWords(i, to); i < 0 {
			return false
		}
		if l := &p.lines[i]; dateIn(l.text) != "" || endPattern.MatchString(l.text) {
			return true
		} else if !signaturePat.MatchString(l.text) {
			return false
		}
	}
	return false
}

// mostSigners is how many offices sign one paper.
const mostSigners = 5

// nextWords is the first line below i that has words, or -1.
func (p *paper) nextWords(i, to int) int {
	for i++; i < to; i++ {
		if p.lines[i].role == words {
			return i
		}
	}
	return -1
}

func annexNo(text string) int {
	if m := annexLine.FindStringSubmatch(text); m != nil {
		if n, ok := ParseNumeral(strings.ReplaceAll(m[1]+m[2], " ", "")); ok {
			return n
		}
	}
	return 1
}

// reportLeft lists what was left out, what was left out for one reason together.
func (r *recogniser) reportLeft() {
	var reasons []string
	lines := map[string][]int{}
	for _, l := range r.left {
		if lines[l.why] == nil {
			reasons = append(reasons, l.why)
		}
		lines[l.why] = append(lines[l.why], l.line)
	}
	for _, why := range reasons {
		at := lines[why]
		first, last := &r.p.lines[at[0]], &r.p.lines[at[len(at)-1]]
		what := fmt.Sprintf("%s的「%s」没有收入", why, r.p.excerpt(first))
		if len(at) > 1 {
			what = fmt.Sprintf("%s的 %d 行没有收入，从「%s」到第 %d 行「%s」", why, len(at), r.p.excerpt(first), last.no, r.p.excerpt(last))
		}
		r.rep.warnf(r.file, first.no, "如是正文，请并入某一条", "%s", what)
	}
}

func (p *paper) excerpt(l *paperLine) string { return excerpt(p.quote(l, 0, len(l.text))) }
