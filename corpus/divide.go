package corpus

import (
	"regexp"
	"slices"
	"strings"
)

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
	return above >= 0 && p.namesAnnex(above)
}

// namesAnnex reports whether line i is the name of an annex and nothing else.
func (p *paper) namesAnnex(i int) bool {
	text := p.lines[i].text
	return text != "" && annexNamed.FindString(text) == text
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
	for above >= 0 && documentOf(p.lines[above].text) != "" {
		above = p.wordsAbove(above, t.from-1)
	}
	return h.titleLines[1] > 0 && above >= 0 && p.namesAnnex(above) || p.namesAnnex(t.from)
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
	if h := p.readHead(from, to, ""); titleEnd.MatchString(h.title) && h.titleLines[1] > 0 {
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
