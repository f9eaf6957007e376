package corpus

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// EditOp is what is done with a piece of text.
type EditOp int

// The edits.
const (
	Keep EditOp = iota
	Insert
	Delete
)

// Edit is a piece of a text that changes: what is kept and deleted makes up the
// old text, what is kept and inserted the new, byte for byte.
type Edit struct {
	Op     EditOp
	Text   string
	Layout bool // only spaces, line ends or the width of characters: no difference of words
}

// SameWords reports whether two texts differ in layout at most: spaces, line ends, the
// width of characters.
func SameWords(a, b string) bool { return folded(a) == folded(b) }

// folded is a text by its words: without spaces and line ends, but for those
// that keep two numbers or two Latin words apart, and with characters of full
// width narrowed.
func folded(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	last, gap := rune(0), false
	for _, r := range text {
		switch {
		case r >= '！' && r <= '～':
			r -= '！' - '!'
		case r == '｡':
			r = '。'
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			gap = true
			continue
		}
		if gap && (isDigit(last) && isDigit(r) || isLatin(last) && isLatin(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String()
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }
func isLatin(r rune) bool { return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' }

var (
	// wordPattern is what is not cut: 第十二条, 1500元, 三个工作日, a Latin word,
	// a run of spaces, or else a character.
	wordPattern = regexp.MustCompile(`第[` + numeralClass + `]+(?:条(?:之[` + numeralClass + `]+)?|[编章节款项届次])` +
		`|(?:[0-9０-９]+(?:[.,．][0-9０-９]+)*|[` + numeralClass + `]+)[百千万亿]*(?:[ 　]*(?:` + unitPattern + `))?` +
		`|[A-Za-zＡ-Ｚａ-ｚ]+|[\s　\x{200b}\x{feff}]+|(?s:.)`)
	// piecePattern is a sentence, or the number of an item before it, or line ends.
	piecePattern = regexp.MustCompile(`(?m)^[ \t　]*(?:[（(][` + numeralClass + `]{1,4}[）)]|[一二三四五六七八九十]{1,3}、)|[^。；！？\n]*[。；！？]+|[^。；！？\n]+|\n+`)
)

// unitPattern is what numbers in rules count.
const unitPattern = `个?(?:工作日|自然日|月|小时|学时|星期|百分点)|周年|分钟|季度|公里|平方米|[天日年月周元角分人名位个次份字条款项篇件张倍届章节级岁时号%％]`

// piece is a part of a text that is compared as a whole.
type piece struct {
	text, words string
	weight      int
}

func pieces(pattern *regexp.Regexp, text string) []piece {
	var list []piece
	for _, span := range pattern.FindAllStringIndex(text, -1) {
		p := piece{text: text[span[0]:span[1]]}
		p.words = folded(p.text)
		for _, r := range p.words {
			p.weight++
			if !unicode.IsPunct(r) {
				p.weight++
			}
		}
		p.weight = max(p.weight, 1)
		list = append(list, p)
	}
	return list
}

// step is a stretch of a comparison: words that are the same, perhaps in another
// layout, or other ones.
type step struct {
	old, new string
	same     bool
	size     int // in words
}

// sentence is the size of a sentence that is kept: no change takes it in.
const sentence = 1 << 20

// wordEdits is what makes new out of old, for people to read: sentences are held
// against each other first, then the words of those that differ, and what would
// be left over in shreds between two changes is a part of them.
func wordEdits(old, new string) []Edit {
	var steps []step
	word := func(a, b piece) { steps = append(steps, step{a.text, b.text, true, 1}) }
	change := func(a, b []piece) {
		size := max(count(a), count(b))
		steps = append(steps, step{joined(a), joined(b), size == 0, size})
	}
	sideBySide(pieces(piecePattern, old), pieces(piecePattern, new), func(a, b piece) {
		steps = append(steps, step{a.text, b.text, true, sentence})
	}, func(a, b []piece) {
		sideBySide(pieces(wordPattern, joined(a)), pieces(wordPattern, joined(b)), word, change)
	})
	return edits(clean(steps))
}

// sideBySide aligns two lists and calls match for what corresponds, and gap for
// what stands between.
func sideBySide(a, b []piece, match func(a, b piece), gap func(a, b []piece)) {
	i, j := 0, 0
	for _, m := range append(align(a, b), [2]int{len(a), len(b)}) {
		if m[0] > i || m[1] > j {
			gap(a[i:m[0]], b[j:m[1]])
		}
		if m[0] < len(a) {
			match(a[m[0]], b[m[1]])
			i, j = m[0]+1, m[1]+1
		}
	}
}

func joined(list []piece) string {
	var b strings.Builder
	for _, p := range list {
		b.WriteString(p.text)
	}
	return b.String()
}

// count is how many pieces are no mere space.
func count(list []piece) int {
	n := 0
	for _, p := range list {
		if p.words != "" {
			n++
		}
	}
	return n
}

// run is a number of steps that are all the same, or a change.
type run struct {
	steps []step
	size  int
}

func (r run) same() bool { return r.steps[0].same }

// clean joins the steps to runs, and takes what is kept between two changes into
// them where it is shorter than either.
func clean(steps []step) []run {
	var runs []run
	for _, s := range steps {
		if n := len(runs); n == 0 || s.same != runs[n-1].same() {
			runs = append(runs, run{})
		}
		last := &runs[len(runs)-1]
		last.steps, last.size = append(last.steps, s), last.size+s.size
	}
	for k := 1; k+1 < len(runs); k++ {
		before, between, after := runs[k-1], runs[k], runs[k+1]
		if !between.same() || between.size >= min(before.size, after.size) {
			continue
		}
		one := step{size: before.size + between.size + after.size}
		for _, s := range slices.Concat(before.steps, between.steps, after.steps) {
			one.old, one.new = one.old+s.old, one.new+s.new
		}
		runs = slices.Replace(runs, k-1, k+2, run{[]step{one}, one.size})
		k = max(k-3, 0) // what stands before it may now be the shorter
	}
	return runs
}

// edits writes runs down, as few as there can be.
func edits(runs []run) []Edit {
	var list []Edit
	put := func(op EditOp, text string, layout bool) {
		if text == "" {
			return
		}
		if n := len(list); n > 0 && list[n-1].Op == op && list[n-1].Layout == layout {
			list[n-1].Text += text
			return
		}
		list = append(list, Edit{op, text, layout})
	}
	for _, r := range runs {
		for _, s := range r.steps {
			if s.same && s.old == s.new {
				put(Keep, s.old, false)
				continue
			}
			put(Delete, s.old, s.same)
			put(Insert, s.new, s.same)
		}
	}
	return list
}
