package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// Excerpt is what of an article is shown where there is not room for all of it.
type Excerpt struct {
	Runs  []string // substrings of the article's text, in its order; between them something is left out
	Cut   bool     // the last sentence is not shown to its end
	Whole bool     // nothing of the article is left out
}

// Excerpt is what answers, with the words it depends on, and as much else as fits
// into so many characters: what the article begins with, which is mostly the rule
// that the rest makes exceptions to, what fits the question less well, then what
// stands around the answer. At least it is the passage that answers, however long.
func (h Hit) Excerpt(room int) Excerpt {
	if len(h.passages) == 0 {
		return h.exact(room)
	}
	shown := make([]bool, len(h.passages))
	best := h.fitting[0]
	shown[best] = true
	try := func(i int) bool {
		if shown[i] && i != best {
			return true
		}
		more := slices.Clone(shown)
		more[i] = true
		if list := h.list(i); h.length(list) <= mostList { // some of a short list mislead
			for k, in := range list {
				more[k] = more[k] || in
			}
		}
		if h.length(more) <= room {
			shown = more
		}
		return shown[i]
	}
	try(best)
	for _, i := range h.fitting[1 : 1+h.more] {
		try(i)
	}
	try(0)
	for _, i := range h.fitting[1:] {
		try(i)
	}
	for i := best + 1; i < len(shown) && try(i); i++ {
	}
	for i := best - 1; i >= 0 && try(i); i-- {
	}
	e := Excerpt{}
	for _, s := range h.runs(shown) {
		e.Runs = append(e.Runs, s.In(h.Article.Text))
	}
	e.Whole = !slices.Contains(shown, false)
	return e
}

// mostList is how long a list may be, in characters, to be shown whole or not at all
// beside what answers: of a short one the rest would be missed.
const mostList = 105

// list are the items of the list in which a passage stands; the passage alone when
// it stands in none.
func (h Hit) list(at int) []bool {
	shown := make([]bool, len(h.passages))
	for i, p := range h.passages {
		shown[i] = i == at || len(p.Lead) > 0 && len(h.passages[at].Lead) > 0 && p.Lead[0] == h.passages[at].Lead[0]
	}
	return shown
}

// runs are the passages that are shown, with the words they depend on, as parts
// of the text that do not touch. What parts the rows of a table is not left out.
func (h Hit) runs(shown []bool) []corpus.Span {
	var spans []corpus.Span
	for i, p := range h.passages {
		if shown[i] {
			spans = append(append(spans, p.Lead...), p.Span)
		}
	}
	slices.SortFunc(spans, func(a, b corpus.Span) int { return cmp.Compare(a.Start, b.Start) })
	var runs []corpus.Span
	for _, s := range spans {
		if n := len(runs); n > 0 && !searchable(h.Article.Text[min(runs[n-1].End, s.Start):s.Start]) {
			runs[n-1].End = max(runs[n-1].End, s.End)
			continue
		}
		runs = append(runs, s)
	}
	return runs
}

func (h Hit) length(shown []bool) int {
	n := 0
	for i, s := range h.runs(shown) {
		if n += runes(s.In(h.Article.Text)); i > 0 {
			n += runes(Dots)
		}
	}
	return n
}

// Dots stand for what is left out of a quotation.
const Dots = "……"

// exact is what fits of a part that was asked for by its number, from its
// beginning; all of it where room is below nothing.
func (h Hit) exact(room int) Excerpt {
	whole := h.Quote == h.Article.Text
	text := strings.TrimLeft(strings.TrimPrefix(h.Quote, h.Article.Label), " 　\t：:")
	if all := h.Article.Passages(); whole && len(all) > 0 && h.Article.Number.Annex == 0 { // an annex begins with its name
		start := all[0].Start
		for _, s := range all[0].Lead {
			start = min(start, s.Start)
		}
		text = h.Quote[start:]
	}
	e := Excerpt{Runs: append(slices.Clone(h.Leads), text), Whole: whole}
	if room < 0 || runes(text) <= room {
		return e
	}
	return e.Clip(room)
}

// Clip is an excerpt cut behind the last mark within room characters. Where there
// is no mark, nothing is cut.
func (e Excerpt) Clip(room int) Excerpt {
	for i, run := range e.Runs {
		rs := []rune(run)
		if len(rs) <= room {
			room -= len(rs) + runes(Dots)
			continue
		}
		cut := Excerpt{Runs: slices.Clone(e.Runs[:i]), Cut: true}
		head := string(rs[:max(room, 0)])
		for _, marks := range []string{"。！？；", "，、\n"} {
			if at := strings.LastIndexAny(head, marks); at > 0 {
				_, n := utf8.DecodeRuneInString(head[at:])
				cut.Runs = append(cut.Runs, strings.TrimRight(head[:at+n], "\n"))
				return cut
			}
		}
		if i > 0 {
			return cut
		}
	}
	return e
}

func runes(s string) int { return utf8.RuneCountInString(s) }
