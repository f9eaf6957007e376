package talk

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianwen/bot"
	"lianwen/corpus"
	"lianwen/index"
)

// The first reply to a question is what a phone shows without scrolling: at most
// so many characters and lines, digits and mark included.
const (
	screenRunes = 280
	screenLines = 10
)

// The most articles of which the deciding words are quoted.
const (
	mostQuoted  = 3
	mostAnswers = 2 // where the first of them is sure
)

// screen is a reply being put together: what is said first, what is quoted, what
// stands beneath. It knows how much room is left.
type screen struct {
	sample bool
	above  []string
	quotes []quoted
	below  []string
	named  int // how many of the hits stand on it
}

// quoted is words of an article and where they stand.
type quoted struct {
	digit string // what leads to all of it, with a space behind; "" when none does
	lines []string
	cite  string
	whole bool // nothing of the article is left out
}

// length is how many characters the words have.
func (q *quoted) length() int { return utf8.RuneCountInString(strings.Join(q.lines, "\n")) }

// lines are the screen as it is sent, the mark left out.
func (s *screen) lines() []string {
	lines := slices.Clone(s.above)
	for _, q := range s.quotes {
		lines = append(append(lines, q.lines...), q.cite)
	}
	return append(lines, s.below...)
}

func (s *screen) text() string { return bot.Marked(s.lines(), s.sample) }

// room is how many characters and lines are left; below nothing when it is too
// full.
func (s *screen) room() (characters, lines int) {
	all := s.lines()
	if s.sample {
		all = append(all, bot.SampleMark)
	}
	text := strings.Join(all, "\n")
	return screenRunes - utf8.RuneCountInString(text), screenLines - 1 - strings.Count(text, "\n")
}

// full reports whether there is too much on it.
func (s *screen) full() bool {
	characters, lines := s.room()
	return characters < 0 || lines < 0
}

// quote is the words of a hit that fit into so many characters and lines.
func quote(h index.Hit, digit, cite string, characters, lines int) quoted {
	q := quoted{digit: digit, cite: cite}
	for room := characters; ; room -= max(10, room/4) {
		q.show(h.Excerpt(max(room, 0)))
		if room <= 0 || len(q.lines) <= lines {
			return q
		}
	}
}

func (q *quoted) show(e index.Excerpt) {
	q.lines, q.whole = excerptLines(e), e.Whole
	q.lines[0] = q.digit + q.lines[0]
}

// excerptLines is an excerpt as people read it: what is left out is dots.
func excerptLines(e index.Excerpt) []string {
	text := strings.Join(e.Runs, index.Dots+"\n")
	if e.Cut {
		text += index.Dots
	}
	lines := bot.Lines(text, len(text))
	if len(lines) == 0 { // an article of nothing but space
		return []string{text}
	}
	return lines
}

// show quotes as many of the hits as have room, names the others and makes digits
// lead to all of them.
func (t *turn) show(res index.Result, above, below []string, talk bool) string {
	var s *screen
	n := t.mostQuoted(res)
	for ; n > 0; n-- {
		if s = t.layout(res, n, leastFirst, above, below, talk); !s.full() {
			break
		}
	}
	if n == 1 && res.Outcome == index.Answered && !res.Exact() && len(res.Hits) > 1 && res.Hits[1].Score >= roomShare*res.Hits[0].Score {
		first := s.quotes[0].length()
		if both := t.layout(res, 2, first, above, below, talk); !both.full() { // nothing of the first is lost
			s = both
		}
	}
	if s.full() {
		s.clip(res.Hits[0])
	}
	var messages []string
	for _, h := range res.Hits[:s.named] { // what nobody has read of is not offered
		messages = append(messages, "全文 "+h.Article.Key())
	}
	t.choices(messages)
	return s.text()
}

// mostQuoted is how many hits may be quoted.
func (t *turn) mostQuoted(res index.Result) int {
	most := mostQuoted
	switch {
	case res.Answers > 1:
		most = res.Answers
	case res.Leaned:
		most = mostAnswers
	case res.Outcome == index.Answered && !res.Exact():
		most = mostAnswers
		if len(res.Hits) > 1 && res.Hits[1].Score < alsoShare*res.Hits[0].Score {
			most = 1
		}
	}
	return min(most, len(res.Hits))
}

// alsoShare is the share of the best score that makes a second article worth its
// room beside a sure one.
const alsoShare = 0.85

// roomShare is the share that makes it worth the room that the words of the first
// have left.
const roomShare = 0.75

// layout is a screen with n hits quoted: the least of each, then more of each in
// turn, then what else there is, then as much more as fits.
func (t *turn) layout(res index.Result, n, first int, above, below []string, talk bool) *screen {
	s := &screen{above: above}
	least := [2]int{first, 0}
	if res.Leaned {
		least[0] = max(first, leastLeaned)
	}
	if res.Exact() && n > 1 {
		least = [2]int{screenRunes, screenRunes} // whole, or not at all
	}
	var named []*corpus.Rule
	for i, h := range res.Hits[:n] {
		digit := ""
		if talk && (n > 1 || res.Outcome == index.Choices) {
			digit = strconv.Itoa(i+1) + " "
		}
		s.quotes = append(s.quotes, quote(h, digit, cite(h, named), least[min(i, 1)], screenLines))
		named = append(named, h.Article.Rule)
		s.sample = s.sample || h.Article.Rule.Sample
	}
	s.below = append(t.offers(res, n, n, talk, res.Exact()), below...)
	s.fill(res, quoteRunes)
	last := len(res.Hits)
	for ; last > n; last-- {
		fewer := *s
		if fewer.below = append(t.offers(res, n, last, talk, res.Exact()), below...); !fewer.full() {
			*s = fewer
			break
		}
	}
	s.named = last
	s.fill(res, screenRunes)
	if !talk && n == 1 && s.quotes[0].whole { // nobody need ask for the whole
		s.below = append(t.offers(res, n, last, talk, true), below...)
	}
	return s
}

// quoteRunes is how many characters a quotation may have before other articles are
// named, less by a third for each that stands below; leastFirst is how many the
// first has before others are quoted.
const (
	quoteRunes  = 180
	leastFirst  = 40
	leastLeaned = 90 // for one who asks on
)

// fill lets each quotation grow to at most so many characters while there is room.
func (s *screen) fill(res index.Result, most int) {
	for i, q := range s.quotes {
		if i > 0 {
			most -= most / 3
		}
		characters, lines := s.room()
		have := q.length()
		s.quotes[i] = quote(res.Hits[i], q.digit, q.cite, min(have+max(0, characters), most), len(q.lines)+max(0, lines))
		if s.full() || s.quotes[i].length() < have {
			s.quotes[i] = q
		}
	}
}

// clip cuts the only quotation that is on a screen until that is not too full.
func (s *screen) clip(h index.Hit) {
	for room := screenRunes; room > 0 && s.full(); room -= 10 {
		s.quotes[0].show(h.Excerpt(0).Clip(room))
	}
}
