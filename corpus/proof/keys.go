package proof

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"lianwen/corpus"
)

// keys looks whether the key of a question is the only one, and the right one.
func (k *check) keys(q *corpus.Question) {
	k.equalOptions(q)
	k.toldInStem(q)
	k.otherKey(q)
}

// equalOptions looks for two options that are one period or amount: 24小时 and 1天.
func (k *check) equalOptions(q *corpus.Question) {
	for i, o := range q.Options {
		for j := range i {
			if bare(o) != bare(q.Options[j]) && equal(o, q.Options[j]) {
				k.addQuestion(q, Options, true, fmt.Sprintf("选项 %c「%s」和 %c「%s」是一回事", 'A'+j, q.Options[j], 'A'+i, o), "请改其中一个，两个都对或者都不对的题没法答")
			}
		}
	}
}

// sizes are what units are of the smallest that they can be compared with. A month is no
// number of days, and a day need not be a working day.
var sizes = map[string]struct {
	of string
	n  float64
}{
	"分钟": {"分钟", 1}, "小时": {"分钟", 60}, "日": {"分钟", 1440}, "天": {"分钟", 1440}, "周": {"分钟", 10080}, "工作日": {"工作日", 1},
	"月": {"月", 1}, "季度": {"月", 3}, "年": {"月", 12}, "元": {"元", 1}, "万元": {"元", 1e4},
}

var sized = regexp.MustCompile(`(\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+)个?(工作日|季度|分钟|小时|日|天|周|月|年|万元|元)(?:之|以)?内?`)

// equal reports whether two texts are the same but for the unit of their one quantity.
func equal(a, b string) bool {
	x, y := sized.FindAllStringSubmatch(a, 2), sized.FindAllStringSubmatch(b, 2)
	if len(x) != 1 || len(y) != 1 || bare(sized.ReplaceAllString(a, "")) != bare(sized.ReplaceAllString(b, "")) {
		return false
	}
	of, n := size(x[0])
	other, m := size(y[0])
	return of == other && n == m
}

// size is what a match of sized says, in the smallest unit of its kind.
func size(m []string) (of string, n float64) {
	n, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		number, _ := corpus.ParseNumeral(m[1])
		n = float64(number)
	}
	s := sizes[m[2]]
	return s.of, n * s.n
}

// toldInStem looks for a period or amount of the question that only the key has.
func (k *check) toldInStem(q *corpus.Question) {
	for _, v := range writtenIn(q.Options[q.Answer]) {
		if strings.Contains(q.Text, v.text) && !k.inOthers(q, v) {
			k.addQuestion(q, Options, false, fmt.Sprintf("题干里已经写着答案的「%s」", v.text), "请从题干里去掉")
			return
		}
	}
}

// inOthers reports whether an option that is not the key has a value.
func (k *check) inOthers(q *corpus.Question, v value) bool {
	for i, o := range q.Options {
		if i != q.Answer && has(v.kind, o, v) {
			return true
		}
	}
	return false
}

// otherKey looks for an explanation that gives the period or amount of another option
// and none of the key's: one of them is wrong.
func (k *check) otherKey(q *corpus.Question) {
	own := writtenIn(q.Options[q.Answer])
	said := writtenIn(q.Explanation)
	if len(own) == 0 || slices.ContainsFunc(own, func(v value) bool { return has(v.kind, q.Explanation, v) }) {
		return
	}
	for _, v := range said {
		for i, o := range q.Options {
			if i != q.Answer && has(v.kind, o, v) && !strings.Contains(q.Text, v.text) {
				k.addQuestion(q, Figures, false, fmt.Sprintf("答案是 %c，解析写的「%s」是选项 %c 的", 'A'+q.Answer, v.text, 'A'+i), "请核对条文，改正答案或解析")
				return
			}
		}
	}
}
