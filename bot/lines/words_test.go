package lines

import (
	"strings"
	"testing"

	"lianwen/corpus"
)

const travel = "第八条 出差住宿每人每天不超过350元，超过部分自理；出差10天以上的，报分管副主席批准，由张主任统一安排。在北京开会的，住宿费上浮20%，最高3万元。"

// A line is set apart for what it says by itself or against its article.
func TestInWords(t *testing.T) {
	a := &corpus.Article{Text: travel, Label: "第八条"}
	for line, want := range map[string]string{
		"住店一晚能报多少":                     "",
		"how much":                     "没有汉字",
		"报多少":                          "太短",
		"住店报销":                         "",
		strings.Repeat("店", longest):   "",
		strings.Repeat("店", longest+1): "太长",
		"住店 ← 能报多少":                    "问法里不能有",
		"到底应该怎么办":                      "没有说是什么事",
		"出差住宿每人每天不超过三百吗":               "",
		"出差住宿每人每天不超过350元对吗":            "照抄了条文",
		"出差 住宿，每人每天不超过350元对吗":          "照抄了条文",
		"王主任出差能住单间吗":                   "「王主任」",
		"张主任管不管订房":                     "",
		"小李出差住哪里":                      "「小李」",
		"陈总让我住五星级":                     "「陈总」",
		"陈总结怎么写才行":                     "",
		"周主任会议出差算不算":                   "",
		"去上海出差住宿报多少":                   "「上海」",
		"去北京出差住宿报多少":                   "",
		"住宿三百五十元够不够":                   "",
		"住宿费400元能不能报":                  "「400元」条文里没有",
		"住宿费四百块能不能报":                   "「400元」条文里没有",
		"出差十来天要找谁批":                    "",
		"出差十五日要找谁批":                    "「15天」条文里没有",
		"出差两天要找谁批":                     "",
		"上浮百分之二十是哪里":                   "",
		"上浮百分之三十行不行":                   "「30%」条文里没有",
		"三万元是不是封顶了":                    "",
		"五万元是不是封顶了":                    "「5万元」条文里没有",
		"出差三个月怎么算":                     "", // the article has no months
		"３５０元 够住吗":                     "",
		"一次去5个人行不行":                    "",
	} {
		if got := inWords(a, line); (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
}

func TestAmountsOf(t *testing.T) {
	got := amountsOf("12个工作日，十二天，3个月，百分之五，5%，2.5公里，一〇三人，3万元，三万块")
	for unit, want := range map[string]string{"天": "12 12", "月": "3", "%": "5 5", "公里": "2.5", "人": "103", "元": "3万 3万"} {
		if s := strings.Join(got[unit], " "); s != want {
			t.Errorf("%s: %s, want %s", unit, s, want)
		}
	}
}

// As many characters in a row as may be are no copy, one more is.
func TestCopies(t *testing.T) {
	for line, want := range map[string]bool{"甲乙丙丁戊己庚辛壬癸子丑吗": false, "甲乙丙丁戊己庚辛壬癸子丑寅吗": true, "丑寅": false, "": false} {
		if got := copies("前甲乙丙丁戊己、庚辛壬癸子丑寅后", line); got != want {
			t.Errorf("%s: %v", line, got)
		}
	}
}
