package index

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scaffolding is what a question is asked with, not about. Longer phrases
// stand before the shorter ones they contain.
var scaffolding = sortedByLength(`
	请问一下 想问一下 问一下 我想问 想问问 请教一下 请教 请问 麻烦问下 麻烦 你好 您好 打听一下 咨询一下 帮我查一下 查一下 帮我看看 帮忙 告诉我
	是什么意思 什么意思 是怎么规定的 怎么规定的 有什么规定 有啥规定 有什么要求 有啥要求 有没有规定 有没有 规定是什么 有哪些
	应该怎么办 该怎么办 怎么办 咋办 怎么处理 怎么弄 咋弄 怎么做 怎么样 怎样 怎么 咋个 咋 如何 应该 到底 究竟
	能不能 可不可以 可以不可以 行不行 是不是 要不要 用不用 算不算 得不得 会不会 该不该 能否 可否 是否 可以吗 行吗 好吗 对吗 可以 需要
	是什么 是啥 是多少 是谁 什么时候 啥时候 几时 什么 啥 哪些 哪个 哪里 谁 多少 多久 几个 几天 多长时间 为什么 为啥
	一下 的话 呢 吗 嘛 吧 啊 呀 哦 哈 了 的 我们 咱们 咱 我 你 您 这个 那个 就 还 呗
`)

func sortedByLength(s string) []string {
	words := strings.Fields(s)
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words
}

// content is a folded question without its scaffolding; "" if there is nothing else.
func content(folded string) string {
	var b strings.Builder
	for s := folded; s != ""; {
		if n := scaffoldAt(s); n > 0 {
			b.WriteByte(' ')
			s = s[n:]
			continue
		}
		_, n := utf8.DecodeRuneInString(s)
		b.WriteString(s[:n])
		s = s[n:]
	}
	if !searchable(b.String()) {
		return ""
	}
	return b.String()
}

func scaffoldAt(s string) int {
	for _, w := range scaffolding {
		if strings.HasPrefix(s, w) {
			return len(w)
		}
	}
	return 0
}

// searchable reports whether s holds a letter, a digit or a Han character.
func searchable(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// term is one term of a question with its share: how often it was said, less
// when it only came in as a synonym.
type term struct {
	text     string
	share    float64
	synonym  bool
	scaffold bool    // of the asking, not of what is asked about
	aside    bool    // told besides what is asked
	once     bool    // counts where it is, however often it is there
	said     string  // of what was misheard: the pair that was said
	idf      float64 // set when the term is scored
}

func (t term) single() bool { return isSingle(t.text) }

// question is a question as it is searched for.
type question struct {
	folded   string
	terms    []term
	kinds    kinds
	meant    []meant // words of it that others stand for
	worth    float64 // what all it says counts for; see weigh
	before   Said    // what it leans on
	like     *likeness
	sureOnly bool    // only a sure answer is of use: the bridge gives none
	near     bool    // something near it was found without the bridge
	covered  float64 // the share of it that the best article has, once that was judged
	closest  float64 // how like it the closest line of the best articles is
	hits     int     // how many hits are wanted at most; 0: MaxHits
	trace    *trace  // notes how it is ranked; may be nil
	over     float64 // the strength of what answers it on the bridge; 0 when it was not asked there
}

// newQuestion is what is asked, among what is told besides: that helps to find the
// right article and is no part of the question.
func (x *Index) newQuestion(asked string, besides ...aside) (*question, error) {
	ts := x.questionTerms(asked)
	for _, a := range besides {
		ts = x.addAside(ts, a)
	}
	ts, err := x.addMisheard(ts)
	if err != nil {
		return nil, err
	}
	return &question{folded: asked, terms: ts, kinds: kindsOf(asked), meant: x.synonyms.in(content(asked))}, nil
}

// aside is what stands beside a question, and what its words count for.
type aside struct {
	text  string
	share float64
	most  float64 // how many times as many words as the question it may count for; 0: any
}

func (x *Index) addAside(ts []term, a aside) []term {
	known := map[string]bool{}
	own := 0
	for _, t := range ts {
		known[t.text] = known[t.text] || !t.scaffold
		if !t.scaffold && !t.synonym {
			own++
		}
	}
	var more []term
	for _, t := range x.questionTerms(a.text) {
		if !known[t.text] && !t.scaffold {
			t.aside = true
			more = append(more, t)
		}
	}
	share := a.share
	if n := len(more); a.most > 0 && n > 0 {
		share *= min(1, a.most*float64(own)/float64(n))
	}
	for i := range more {
		more[i].share *= share
	}
	return append(ts, more...)
}

// weigh sums up what the terms of a question count for, once they are scored.
func (q *question) weigh(x *Index) {
	q.like, q.worth = likeTo(q.terms), 0
	for _, t := range q.terms {
		if !t.scaffold && !t.synonym {
			q.worth += x.worth(t)
		}
	}
}

// ownWords is how many pairs and words a question has of its own.
func ownWords(ts []term) int {
	n := 0
	for _, t := range ts {
		if !t.single() && !t.scaffold && !t.synonym && !t.aside {
			n++
		}
	}
	return n
}

// questionTerms lists the terms of a question: what it is about, then how it is
// asked, then what its synonyms add. 能不能 or 找谁 says nothing about an
// article's text, but much about which of the ways people ask it is like.
func (x *Index) questionTerms(folded string) []term {
	var out []term
	at := map[string]int{}
	add := func(text string, t term) {
		for _, t.text = range terms(text) {
			if i, ok := at[t.text]; !ok {
				at[t.text] = len(out)
				out = append(out, t)
			} else if out[i].scaffold == t.scaffold && !t.synonym {
				out[i].share++
			}
		}
	}
	said := content(folded)
	if said == "" {
		said = folded
	}
	add(said, term{share: 1})
	add(folded, term{share: 1, scaffold: true})
	for _, m := range x.synonyms.in(said) {
		share := x.params.synonym
		if m.general {
			share = x.params.vocabulary
		}
		for _, w := range m.words {
			add(w, term{share: share / float64(len(m.words)-1), synonym: true})
		}
	}
	return out
}
