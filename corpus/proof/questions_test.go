package proof

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"lianwen/corpus"
)

// asked checks one question about a rule.
func asked(t *testing.T, body, text, answer string, options ...string) []Finding {
	t.Helper()
	return checked(t, "rules/a.md", rule("jia", "甲办法", body), "questions/q.toml", question("q-1", text, answer, "如此。", "jia#1", options...)).Findings
}

const at = "options q-1 questions/q.toml:2|"

func TestOptions(t *testing.T) {
	for _, q := range []struct {
		text, answer, found string
		options             []string
	}{
		{"怎么办？", "A", at + "选项 B 和 C 是一样的", []string{"报告", "不报", "不 报。"}},
		{"怎么办？", "A", "?" + at + "答案有 14 字，别的选项最长 4 字", []string{"向行政科书面报告并登记在册吧", "自己处理", "放着"}},
		{"怎么办？", "B", "", []string{"向行政科书面报告并登记在册吧", "自己处理", "放着"}},
		{"怎么办？", "A", "", []string{"向科里说明", "自己处理", "放着"}},
		{"怎么办？", "A", "", []string{"向科里报告一声吧", "自己处理了", "放着"}},
		{"怎么办？", "A", "?" + at + "答案有 9 字", []string{"向科里报告一声好吧", "自己处理了", "放着"}},
		{"怎么办？", "C", "?" + at + "以上都对", []string{"报告", "登记", "以上都对"}},
		{"怎么办？", "A", "?" + at + "上述三项均可以", []string{"报告", "登记", "上述三项均可以"}},
		{"怎么办？", "C", "", []string{"书面报告一下", "登记", "以上级文件为准"}},
		{"内部简报丢了怎么办？", "A", "?" + at + "题干里的「内部简报」只有答案里有", []string{"内部简报要报告", "自己再找一找", "算了"}},
		{"内部简报丢了怎么办？", "A", "", []string{"内部简报要报告", "内部简单找", "算了"}},
		{"内部简报丢了怎么办？", "B", "", []string{"内部简报要报告", "自己再找一找", "算了"}},
		{"内部件丢了怎么办？", "A", "", []string{"内部件要报告", "自己找", "算了"}},
	} {
		got := asked(t, "第一条 甲。\n", q.text, q.answer, q.options...)
		if q.found == "" {
			want(t, got)
		} else {
			want(t, got, q.found)
		}
	}
}

func TestUndecidable(t *testing.T) {
	const body = "第一条 应当在离岗前5日起清退，通知在会前5日内送达。整改2个月内完成，情况复杂的可以延长1个月。\n"
	for _, q := range []struct{ text, answer, found string }{
		{"最晚在会前几天送？", "A", at + "这是一段时间"},
		{"在会前哪几天送？", "A", ""},
		{"最晚什么时候送？", "B", "?" + at + "「可以延长」"},
		{"一般最晚多久完成？", "B", ""},
		{"不算延长的，最晚多久完成？", "B", ""},
		{"评为“一般”的，最晚多久完成？", "B", "?" + at + "「可以延长」"},
		{"最晚由谁负责？", "C", ""},
	} {
		got := only(Options, asked(t, body, q.text, q.answer, "5日", "2个月内", "行政科"))
		if q.found == "" {
			want(t, got)
		} else {
			want(t, got, strings.Replace(q.found, "这是一段时间", "是一段时间", 1))
		}
	}
}

// setOf is a library of questions made by option lists with the key marked by *.
func setOf(t *testing.T, lists ...string) []Finding {
	t.Helper()
	var b strings.Builder
	for i, list := range lists {
		answer, options := "A", strings.Fields(list)
		for k, o := range options {
			if key, is := strings.CutSuffix(o, "*"); is {
				options[k], answer = key, string(rune('A'+k))
			}
		}
		b.WriteString(question(fmt.Sprintf("q-%02d", i+1), fmt.Sprintf("第%d问？", i+1), answer, "如此。", "jia#1", options...))
	}
	return checked(t, "rules/a.md", rule("jia", "甲办法", "第一条 甲。\n"), "questions/q.toml", b.String()).Findings
}

// repeat turns options round, so that no letter is the key more often than others.
func repeat(list string, n int) (lists []string) {
	options := strings.Fields(list)
	for i := range n {
		k := i % len(options)
		lists = append(lists, strings.Join(append(options[k:len(options):len(options)], options[:k]...), " "))
	}
	return lists
}

func TestMiddleValues(t *testing.T) {
	const said = "?options questions questions/q.toml:2|选项全是数字的有 12 道，答案是居中的数的有 12 道，碰巧约 6 道：q-01、q-02"
	want(t, setOf(t, repeat("5日 10日* 15日 20日", 12)...), said)
	want(t, setOf(t, repeat("5日 10日 15日 20日*", 12)...))
	want(t, setOf(t, repeat("5日 10日* 15日 20日", 7)...))
	want(t, setOf(t, append(repeat("5日 10日* 15日 20日", 8), repeat("5日 10日 15日 20日*", 4)...)...))
	want(t, setOf(t, repeat("科长 10日* 15日 20日", 12)...))
}

func TestLoneNegation(t *testing.T) {
	want(t, setOf(t, repeat("都可以 照旧办 不可以* 先报批", 8)...), "?options questions questions/q.toml:2|只有一个选项带「不」的有 8 道，答案就是它的有 8 道，碰巧约 2 道")
	want(t, setOf(t, repeat("都可以 照旧办 不可以* 不报批", 8)...))
	want(t, setOf(t, append(repeat("都可以 照旧办 不可以* 先报批", 4), repeat("都可以* 照旧办 不可以 先报批", 12)...)...))
	want(t, setOf(t, repeat("都可以* 照旧办 不可以 先报批", 28)...), "?options questions questions/q.toml:2|只有一个选项带「不」的有 28 道，答案不是它的有 28 道，碰巧约 21 道")
}

func TestLetters(t *testing.T) {
	var lists []string
	for range 10 {
		lists = append(lists, "甲 乙 丙* 丁")
	}
	want(t, setOf(t, lists...), "?options questions questions/q.toml:2|答案是 C 的有 10 道，碰巧约 2 道")
	want(t, setOf(t, repeat("甲 乙 丙* 丁", 10)...))
}

func TestAtLeast(t *testing.T) {
	for _, c := range []struct {
		k, n int
		p    float64
		want float64
	}{{0, 5, .5, 1}, {5, 5, .5, 1. / 32}, {4, 5, .5, 6. / 32}, {1, 1, .25, .25}, {26, 29, .25, 3.4e-12}, {6, 5, .5, 0}} {
		if got := atLeast(c.k, c.n, c.p); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%d of %d at %v: %v, want %v", c.k, c.n, c.p, got, c.want)
		}
	}
}

func TestQuantity(t *testing.T) {
	for o, want := range map[string]float64{"5日": 120, "24小时": 24, "3个工作日内": 72, "不超过10人": 10, "30分钟": .5, "2个月": 1440, "3万元": 30000, "1.5": 1.5} {
		if got, ok := quantity(o); !ok || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %v, %v", o, got, ok)
		}
	}
	for _, o := range []string{"当日", "5日或者10日", "由办公室主任和秘书科在会后5日内完成"} {
		if got, ok := quantity(o); ok {
			t.Errorf("%s is %v", o, got)
		}
	}
	q := &corpus.Question{Options: []string{"5日", "5日", "10日"}, Answer: 2}
	if among, _, _ := middleValue(q); among {
		t.Error("two numbers have no middle")
	}
}
