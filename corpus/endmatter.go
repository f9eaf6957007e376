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
	endPattern   = regexp.MustCompile(`^(?:抄送|抄报|主送|分送|抄发|附注)[：]|日 ?印 ?发$|^（?此件.{0,12}公开`)
	annexEntry   = regexp.MustCompile(`^(?:[0-9]{1,2} ?[.、]|附 ?[件录表])`)
	letter       = regexp.MustCompile(`(?:遵照|贯彻|参照|认真)(?:执行|落实)|^(?:来源|原文|发表|作者|原始|索引)|^各.{1,40}：$|^《.{2,40}》.{0,40}(?:通过|公布|施行)`)
	signaturePat = regexp.MustCompile(`^[^，。；：！？、]{2,30}$`)
)

func (r *recogniser) leave(i int, why string) {
	if l := &r.p.lines[i]; l.role == words || l.role == furniture {
		r.left = append(r.left, leftLine{i, why})
		r.taken.Left += han(l.text)
	}
}

// skip passes over a line that is no text.
func (a *assembler) skip(i int) {
	if a.r.p.lines[i].role == furniture {
		a.r.leave(i, "页眉或页码")
	}
}

// endMatter reports whether a line stands below the text of a paper and is no part
// of it: a date by itself, whom it is sent to, the list of its annexes.
func (a *assembler) endMatter(i int) bool {
	l := &a.r.p.lines[i]
	return a.cur != nil && (endPattern.MatchString(l.text) || dateIn(l.text) != "" || annexLine.MatchString(l.text) && short(l.text) && a.r.p.onlyListed(i, a.t.to))
}

// leaveEnd leaves out a line below the text, with the signature over a date.
func (a *assembler) leaveEnd(i int) {
	l := &a.r.p.lines[i]
	if d := dateIn(l.text); d != "" {
		a.rule.Issued = max(a.rule.Issued, d)
		if a.cur != nil && a.signed() {
			a.r.leave(a.line, "落款")
			a.r.taken.Kept -= han(a.r.p.lines[a.line].text)
			text := a.text.String()[:a.begun]
			a.text.Reset()
			a.text.WriteString(text)
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

// signed reports whether the last line of the article is a signature.
func (a *assembler) signed() bool {
	l := &a.r.p.lines[a.line]
	if a.begun == 0 || labelled.MatchString(l.text) || !signaturePat.MatchString(l.text) {
		return false
	}
	return ended(strings.TrimRight(a.text.String()[:a.begun], spaces))
}

// onlyListed reports whether the annex in line i is only named there: nothing but
// other names and the end matter follows, until the same comes again or all ends.
func (p *paper) onlyListed(i, to int) bool {
	number := annexNo(p.lines[i].text)
	if next := p.nextWords(i, to); next >= 0 && annexLine.MatchString(p.lines[next].text) {
		return true
	}
	for k := i + 1; k < to; k++ {
		l := &p.lines[k]
		switch {
		case l.role != words, endPattern.MatchString(l.text), dateIn(l.text) != "", signaturePat.MatchString(l.text) && p.datedBelow(k, to):
		case annexLine.MatchString(l.text) && annexNo(l.text) == number:
			return true
		case annexEntry.MatchString(l.text) && short(l.text):
		default:
			return false
		}
	}
	return true
}

// datedBelow reports whether the next line is a date by itself, or end matter.
func (p *paper) datedBelow(i, to int) bool {
	next := p.nextWords(i, to)
	return next >= 0 && (dateIn(p.lines[next].text) != "" || endPattern.MatchString(p.lines[next].text))
}

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
