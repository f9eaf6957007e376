package proof

import (
	"strings"
	"testing"
)

// What chance gives in more than one of a thousand sets is not told: 6 of 8 lone negations
// are keys in four of a thousand, 7 of 8 in less than one.
func TestChanceOfSet(t *testing.T) {
	const key, other = "都可以 照旧办 不可以* 先报批", "都可以* 照旧办 不可以 先报批"
	want(t, setOf(t, append(repeat(key, 6), repeat(other, 2)...)...))
	want(t, setOf(t, append(repeat(key, 7), other)...), "?options questions questions/q.toml:2|带「不」的有 8 道，答案就是它的有 7 道")
}

// A finding names the first twenty questions, and says when there are more.
func TestNamedQuestions(t *testing.T) {
	for n, end := range map[int]string{19: "、q-19", 20: "、q-20", 21: "、q-20等"} {
		got := setOf(t, repeat("都可以 照旧办 不可以* 先报批", n)...)
		if len(got) != 1 || !strings.HasSuffix(got[0].What, end) {
			t.Errorf("%d questions: %+v", n, got)
		}
	}
}

// Letters are counted where there are four: of three, one in four is not what chance gives.
func TestLettersOfFour(t *testing.T) {
	var three, four []string
	for range 8 {
		three, four = append(three, "甲 乙 丙*"), append(four, "甲 乙 丙* 丁")
	}
	want(t, setOf(t, three...))
	want(t, setOf(t, four...), "?options questions questions/q.toml:2|答案是 C 的有 8 道")
}

// Each way to deny marks an option, wherever it stands; a word that only has 不 in it
// does not, and two that deny are no lone one.
func TestNegations(t *testing.T) {
	for list, lone := range map[string]bool{
		"都可以 照旧办 禁止办* 先报批": true, "都可以 照旧办 没有事* 先报批": true,
		"都可以 照旧办 无需办* 先报批": true, "都可以 照旧办 无须办* 先报批": true,
		"不可以* 照旧办 都可以 先报批": true,
		"都可以 照旧办 不同点* 先报批": false, "都可以 照旧办 差不多* 先报批": false,
		"都可以 照旧办 不足十* 先报批": false, "都可以 照旧办 不满十* 先报批": false,
		"都可以 照旧办 不超过十* 都报批了": false, "都可以 照旧办 不少于十* 都报批了": false,
		"都可以 照旧办 不低于十* 都报批了": false, "都可以 照旧办 不多于十* 都报批了": false,
		"没有事 照旧办 禁止办* 先报批": false,
	} {
		lists := make([]string, 8) // as they stand: which is first matters
		for i := range lists {
			lists[i] = list
		}
		if (wanted{"options", "questions", "带「不」"}).in(setOf(t, lists...)) != lone {
			t.Errorf("%s: a lone negation is not %v", list, lone)
		}
	}
}

// Each word that allows no exception marks an option.
func TestSweeping(t *testing.T) {
	for word, is := range map[string]bool{"一律": true, "全部": true, "任何": true, "绝对": true, "完全": true, "只能": true, "永远": true,
		"从不": true, "所有": true, "无论": true, "马上": false, "一起": false} {
		got := setOf(t, repeat("报告科里* "+word+"办了 送到处里 交给组里", 28)...)
		if (wanted{"options", "questions", "把话说绝的"}).in(got) != is {
			t.Errorf("%s: sweeping is not %v", word, is)
		}
	}
}

// Values of several units are put in order by how long they are; the middle one is the
// key, though its digits are the largest or the smallest.
func TestMiddleOfUnits(t *testing.T) {
	for list, middle := range map[string]bool{
		"1小时 90分钟* 2小时": true, "3天 1周* 9天": true, "50周 1年* 13个月": true, "1年 20月* 2年": true,
		"5天 6日* 1周": true, "9000元 1万元* 2万元": true,
		"1小时 90分钟 2小时*": false, "3天* 1周 9天": false,
		"5日 第一季度末* 15日": false, "5日 在会议结束以后的第9日* 15日": false, "5日 9日由办公室主任会同秘书科* 15日": false,
	} {
		if got := setOf(t, repeat(list, 12)...); (wanted{"options", "questions", "居中的数"}).in(got) != middle {
			t.Errorf("%s: the middle is not %v", list, middle)
		}
	}
}
