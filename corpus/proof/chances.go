package proof

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"lianwen/corpus"
)

// What a set of questions gives away shows over all of them: whoever has seen some, knows
// that the one lone 不 is right, or the middle one of the numbers. It is reported when
// chance would give as many or more in less than one of a thousand sets.
const (
	unlikely = .001
	fewest   = 8 // questions with the mark: with fewer, chance cannot be told
	named    = 20
)

// atLeast is the chance of k or more successes in n trials of chance p each, the tail of
// the binomial distribution: Σ C(n,i) pⁱ (1-p)ⁿ⁻ⁱ for i = k…n.
func atLeast(k, n int, p float64) float64 {
	sum := 0.
	ln := func(i int) float64 { v, _ := math.Lgamma(float64(i) + 1); return v }
	for i := k; i <= n; i++ {
		sum += math.Exp(ln(n) - ln(i) - ln(n-i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return min(sum, 1)
}

// tally counts questions with a mark, and those whose key has it.
type tally struct {
	all, keys int
	expected  float64 // keys by chance
	ids       []string
}

func (t *tally) add(q *corpus.Question, isKey bool, chance float64) {
	t.all++
	t.expected += chance
	if isKey {
		t.keys++
		t.ids = append(t.ids, q.ID)
	}
}

// addOne counts a question of which one option has the mark; -1 for none.
func (t *tally) addOne(q *corpus.Question, marked int) {
	if marked >= 0 {
		t.add(q, marked == q.Answer, 1/float64(len(q.Options)))
	}
}

// unusual reports whether the keys are more than chance gives.
func (t *tally) unusual() bool {
	return t.all >= fewest && atLeast(t.keys, t.all, t.expected/float64(t.all)) < unlikely
}

// spread looks at the set: middle values, lone negations, letters.
func (k *check) spread() {
	var middle, negated, asserted, longest, shortest, measured tally
	letters := [4]tally{}
	for _, q := range k.c.Questions {
		if among, is, chance := middleValue(q); among {
			middle.add(q, is, chance)
		}
		if lone := loneNegation(q); lone >= 0 {
			negated.add(q, lone == q.Answer, 1/float64(len(q.Options)))
			asserted.add(q, lone != q.Answer, 1-1/float64(len(q.Options)))
		}
		most, least := extremes(q)
		longest.addOne(q, most)
		shortest.addOne(q, least)
		if lone := loneWith(q, sweeping); lone >= 0 {
			measured.add(q, lone != q.Answer, 1-1/float64(len(q.Options)))
		}
		if len(q.Options) == 4 {
			for i := range letters {
				letters[i].add(q, i == q.Answer, .25)
			}
		}
	}
	k.unusual(middle, "选项全是数字的有 %d 道，答案是居中的数的有 %d 道，碰巧约 %.0f 道", "请把一些题的干扰项改成都比答案大，或者都比答案小")
	k.unusual(negated, "只有一个选项带「不」的有 %d 道，答案就是它的有 %d 道，碰巧约 %.0f 道", "请给一些题再加一个带「不」的选项，或把答案改成不带「不」的说法")
	k.unusual(asserted, "只有一个选项带「不」的有 %d 道，答案不是它的有 %d 道，碰巧约 %.0f 道", "请让带「不」的选项有时就是答案")
	k.unusual(longest, "有一个选项最长的有 %d 道，答案就是它的有 %d 道，碰巧约 %.0f 道", "请把一些题的答案写短，或把干扰项写得一样详细")
	k.unusual(shortest, "有一个选项最短的有 %d 道，答案就是它的有 %d 道，碰巧约 %.0f 道", "请把一些题的干扰项写短")
	k.unusual(measured, "只有一个选项把话说绝的（一律、全部、只能……）有 %d 道，答案不是它的有 %d 道，碰巧约 %.0f 道", "请让说得绝的选项有时就是答案，或把干扰项说得平常一些")
	for i, t := range letters {
		k.unusual(t, "四个选项的有 %d 道，答案是 "+string(rune('A'+i))+" 的有 %d 道，碰巧约 %.0f 道", "请调换一些题的选项次序")
	}
}

// unusual notes a finding about the set, at the first of the questions that show it.
func (k *check) unusual(t tally, what, fix string) {
	if !t.unusual() {
		return
	}
	shown := t.ids[:min(len(t.ids), named)]
	what = fmt.Sprintf(what, t.all, t.keys, t.expected) + "：" + strings.Join(shown, "、")
	if len(t.ids) > named {
		what += "等"
	}
	q := k.c.Questions[slices.IndexFunc(k.c.Questions, func(q *corpus.Question) bool { return q.ID == t.ids[0] })]
	k.add(Finding{Kind: Options, Where: "questions", File: q.File, What: what, Fix: fix}, q.Line, "")
}

var (
	numbers   = regexp.MustCompile(`^\D{0,6}(\d+(?:\.\d+)?)\D{0,8}$`)
	unitAfter = regexp.MustCompile(`\d+(?:\.\d+)?(个?[\p{Han}%]{1,3})`)
	negation  = regexp.MustCompile(`不|禁止|没有|无需|无须`)
	// noNegation are words with 不 that deny nothing.
	noNegation = strings.NewReplacer("不超过", "", "不少于", "", "不低于", "", "不多于", "", "不足", "", "不满", "", "差不多", "", "不同", "")
)

// middleValue reports whether the options of a question are all numbers, whether its key
// is neither the largest nor the smallest, and by what chance it would be.
func middleValue(q *corpus.Question) (among, is bool, chance float64) {
	var ns []float64
	for _, o := range q.Options {
		n, ok := quantity(o)
		if !ok {
			return false, false, 0
		}
		ns = append(ns, n)
	}
	least, most, inner := slices.Min(ns), slices.Max(ns), 0
	for _, n := range ns {
		if n > least && n < most {
			inner++
		}
	}
	key := ns[q.Answer]
	return inner > 0, key > least && key < most, float64(inner) / float64(len(ns))
}

// units are what lengths of time are in hours, to compare 24小时 with 3个工作日.
var units = map[string]float64{"分钟": 1. / 60, "小时": 1, "日": 24, "天": 24, "个工作日": 24, "工作日": 24, "周": 168, "个月": 720, "月": 720, "年": 8760, "万元": 1e4}

// quantity is the one number of an option.
func quantity(o string) (float64, bool) {
	m := numbers.FindStringSubmatch(o)
	if m == nil {
		return 0, false
	}
	n, err := strconv.ParseFloat(m[1], 64)
	if u := unitAfter.FindStringSubmatch(o); u != nil {
		for unit, of := range units {
			if strings.HasPrefix(u[1], unit) {
				n *= of
				break
			}
		}
	}
	return n, err == nil
}

// loneNegation is the one option that denies something, -1 when none does or several do.
func loneNegation(q *corpus.Question) int {
	return loneWith(q, func(o string) bool { return negation.MatchString(noNegation.Replace(o)) })
}

// sweeping reports whether an option says that there are no exceptions.
func sweeping(o string) bool {
	return containsAny(o, []string{"一律", "全部", "任何", "绝对", "完全", "只能", "永远", "从不", "所有", "无论"})
}

// loneWith is the one option that has a mark, -1 when none has or several have.
func loneWith(q *corpus.Question, has func(o string) bool) int {
	lone := -1
	for i, o := range q.Options {
		if !has(o) {
			continue
		}
		if lone >= 0 {
			return -1
		}
		lone = i
	}
	return lone
}

// extremes are the one longest and the one shortest option of a question, -1 where
// several are as long.
func extremes(q *corpus.Question) (longest, shortest int) {
	var lengths []int
	for _, o := range q.Options {
		lengths = append(lengths, utf8.RuneCountInString(o))
	}
	most, least := slices.Max(lengths), slices.Min(lengths)
	return loneWith(q, func(o string) bool { return utf8.RuneCountInString(o) == most }), loneWith(q, func(o string) bool { return utf8.RuneCountInString(o) == least })
}
