package index

import (
	"slices"
	"strings"
	"testing"
)

// A message falls apart at its marks and where a new question begins; what asks
// is told from what tells.
func TestClauses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{ // clauses, parted by |, those that ask with ?
		"":         "",
		"，。！":      "",
		"公车坏了，找谁修": "公车坏了|找谁修?",
		"公车坏了。谁来修？多少钱！":      "公车坏了|谁来修?|多少钱?",
		"座谈会几点开，怎么办":         "座谈会几点开，怎么办?", // nothing but asking belongs to the one before
		"座谈会在三楼，怎么办":         "座谈会在三楼，怎么办?",
		"怎么办":                "怎么办?",
		"交通费还有就是住宿费找谁报":      "交通费|住宿费找谁报?",
		"交通费找谁报还有住宿费呢":       "交通费找谁报?|住宿费呢?",
		"车贴怎么领另外餐补怎么领":       "车贴怎么领?|餐补怎么领?",
		"车贴怎么领顺便问一下餐补几时发":    "车贴怎么领?|餐补几时发?",
		"嗯公车呃那个什么坏了，就是说找谁修呢": "公车坏了|找谁修呢?",
		"这样的，公车坏了":           "公车坏了",
		"额，公车坏了，额我想修":        "公车坏了|我想修",
		"额额，额，找谁":            "找谁?",
		"接待费限额多少":            "接待费限额多少?",
		"额定人数，名额有限，额外的人，额度":  "额定人数|名额有限|额外的人|额度",
		"会议周三开，不对，周四开":       "周四开",
		"会议周三开，说错了是周四开":      "周四开",
		"会议周三开吗，错了应该是周四吗":    "会议周三开吗?|周四吗?", // a question stands
		"公车坏了，我们的":           "公车坏了|我们的",
		"更正，周四开":             "周四开",
	} {
		var got []string
		for _, c := range clauses(fold(text)) {
			if c.asks {
				c.text += "?"
			}
			got = append(got, c.text)
		}
		if got := strings.Join(got, "|"); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// What asks and what does not.
func TestClauseAsks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"能报销吗": true, "那发票呢": true, "找谁签字": true, "几点开会": true, "有几天": true, "离会议多远": false,
		"过几天开会": false, "这几天开会": false, "好几个人来": false, "前几天开会": false, "那几位委员": false,
		"呢子大衣丢了": false, "还是走着好": true, "还是走着": false, "餐补能否领": true, "领没领": true, "拍不拍": true,
		"拍不照": false, "没来开会": false, "不来": false, "来不": false, "拿走没": false, "要不要签到": true, "签到了": false,
	} {
		got := slices.ContainsFunc(clauses(fold(text)), func(c clause) bool { return c.asks })
		if got != want {
			t.Errorf("%s: asks %v, want %v", text, got, want)
		}
	}
}

// Of a message with several questions, or a long one with one, what is asked
// stands apart from what is told.
func TestTold(t *testing.T) {
	t.Parallel()
	story := "上周我们小组去县里调研住了两晚" // 15 characters
	more := strings.Repeat("路上走了很久，", 5)
	for _, tt := range []struct {
		name, text string
		asked      []string
		told       string
	}{
		{"one question", "住宿费找谁报销", []string{"住宿费找谁报销"}, ""},
		{"a short story", story + "，住宿费找谁报销", []string{story + ",住宿费找谁报销"}, ""},
		{"39 characters", pad("，住宿费找谁报销", 39), []string{fold(pad("，住宿费找谁报销", 39))}, ""},
		{"40 characters", pad("，住宿费找谁报销", 40), []string{"住宿费找谁报销"}, pad("", 32)},
		{"a long story", story + "，" + more + "住宿费找谁报销", []string{"住宿费找谁报销"}, story + strings.Repeat("，路上走了很久", 5)},
		{"a long story that asks nothing", story + "，" + more, []string{fold(story + "，" + more)}, ""},
		{"two questions", "住宿费找谁报销，餐补几时发", []string{"住宿费找谁报销", "餐补几时发"}, ""},
		{"two questions and a story", "我刚出差，住宿费找谁报销，餐补几时发", []string{"住宿费找谁报销", "餐补几时发"}, "我刚出差"},
		{"600 characters", pad("，住宿费找谁报销", 600), []string{"住宿费找谁报销"}, pad("", 592)},
		{"601 characters", pad("，住宿费找谁报销", 601), []string{fold(pad("，住宿费找谁报销", 601))}, ""},
	} {
		asked, told := told(fold(tt.text))
		if !slices.Equal(asked, tt.asked) || told != tt.told {
			t.Errorf("%s: asked %q, told %q; want %q, %q", tt.name, asked, told, tt.asked, tt.told)
		}
	}
}

// pad is n characters that end with a text.
func pad(text string, n int) string { return strings.Repeat("山", n-runes(text)) + text }

// Characters that were written apart are put together; words are left alone.
func TestUnspaced(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"公 车 坏 了": "公车坏了",
		"公 车":     "公 车", // too few to tell
		"公 车 坏":   "公车坏",
		"公 车 维修费 报 销 找 谁 签 字 呢":  "公车维修费报销找谁签字呢",
		"公 车 坏 了 怎 么 报销 费用 维修":   "公 车 坏 了 怎 么 报销 费用 维修", // 6 of 9
		"公 车 坏 了 怎 么 办 报销 费用 呀":  "公车坏了怎么办报销费用呀",         // 8 of 10
		"公 车 坏 了 怎 么 办 报销 费用 维修": "公车坏了怎么办报销费用维修",        // 7 of 10
		"公车 坏 了 怎么 办":            "公车 坏 了 怎么 办",          // 3 of 5
		"提案 截止":                  "提案 截止", "": "", "公车坏了": "公车坏了",
	} {
		if got := unspaced(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	x := openSample(t)
	apart, together := search(t, x, "提 案 什 么 时 候 截 止"), search(t, x, "提案什么时候截止")
	if apart.Outcome != Answered || apart.Hits[0].Article.Key() != "ti-an#5" || apart.Hits[0].Score != together.Hits[0].Score {
		t.Errorf("written apart: %v %v", apart.Outcome, keys(apart.Hits))
	}
}
