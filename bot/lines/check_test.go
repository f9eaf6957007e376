package lines

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"lianwen/corpus"
	"lianwen/index"
)

// office is a library of an office: a rule with a line or two, one with none.
func office() fstest.MapFS {
	rule := func(id, title, body string) string {
		return "+++\nid = \"" + id + "\"\ntitle = \"" + title + "\"\neffective = 2026-02-01\nstatus = \"in-force\"\n+++\n" + body
	}
	var more strings.Builder
	for i, matter := range []string{"印章由专人保管", "档案按年度归档", "食堂用餐刷卡登记", "阅览室图书一次可借三册", "停车场凭证出入", "打印机故障报行政科维修", "会议室使用提前一天登记", "固定资产每年清查"} {
		fmt.Fprintf(&more, "第%s条 %s，具体由办公室负责。\n", corpus.FormatNumeral(i+1), matter)
	}
	return fstest.MapFS{
		"rules/xiujia.md":  {Data: []byte(rule("xiujia", "休假办法", "第一条 工作人员工作满一年的，每年休假5天；满十年的，休假10天。\n> 问：年假一共有几天\n第二条 休假前应当填写休假审批表，报处室负责人批准，并办好工作交接。\n第三条 遇有紧急任务不能休假的，经批准可以顺延到次年第一季度。\n"))},
		"rules/yongche.md": {Data: []byte(rule("yongche", "用车办法", "第一条 公务用车由行政科统一调度，不得用于私人事务。\n> 问：单位的车能不能接孩子放学\n第二条 驾驶员出车前应当检查车况，回来以后登记里程和油耗。\n"))},
		"rules/zonghe.md":  {Data: []byte(rule("zonghe", "综合管理办法", more.String()))},
	}
}

func checked(t *testing.T, x *index.Index, key string, texts ...string) []string {
	t.Helper()
	var lines []Line
	for _, text := range texts {
		lines = append(lines, Line{Text: text})
	}
	why, err := NewChecker(x).Check(t.Context(), x.Corpus().Article(key), lines)
	if err != nil {
		t.Fatal(err)
	}
	return why
}

// A line that another article answers is set apart; one in words that no article has is not.
func TestCheckElsewhere(t *testing.T) {
	x := indexOf(t, office())
	for _, tt := range []struct{ key, line, want string }{
		{"xiujia#2", "想歇几天得跟谁打招呼", ""},
		{"xiujia#3", "忙得走不开歇不成咋整", ""},
		{"zonghe#1", "公务用车统一调度归谁管", "更像是问《用车办法》第一条"},
		{"yongche#1", "公务用车统一调度归谁管", ""},
		{"zonghe#4", "打印机故障找谁维修", "更像是问《综合管理办法》第六条"},
		{"zonghe#6", "打印机故障找谁维修", ""},
		{"xiujia#1", "年假一共有几天呀", "和已有的「年假一共有几天」差不多"},
		{"yongche#2", "单位的车能不能接孩子放学？", "《用车办法》第一条已有「单位的车能不能接孩子放学」"},
		{"zonghe#8", "单位的车能不能接孩子", "《用车办法》第一条已有"},
		{"zonghe#8", "接孩子放学能不能用单位的车", "更像是问《用车办法》第一条"},
	} {
		if got := checked(t, x, tt.key, tt.line)[0]; (tt.want == "") != (got == "") || !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s %s: %q, want %q", tt.key, tt.line, got, tt.want)
		}
	}
}

// Lines that were put to the wrong article are found out together, and only when there
// are enough of them.
func TestCheckTogether(t *testing.T) {
	x := indexOf(t, office())
	batch := []string{"出车前要看什么", "车回来以后记不记里程", "驾驶员登记啥", "油耗登记在哪", "车况谁检查"}
	for _, why := range checked(t, x, "yongche#2", batch...) {
		if why != "" {
			t.Errorf("with their own article: %s", why)
		}
	}
	for i, why := range checked(t, x, "zonghe#5", batch...) {
		if !strings.Contains(why, "更像") || !strings.Contains(why, "《用车办法》第二条") {
			t.Errorf("%s: %q", batch[i], why)
		}
	}
	together := 0
	for _, why := range checked(t, x, "zonghe#5", batch[:batchLeast-1]...) {
		if strings.Contains(why, "合起来") {
			together++
		}
	}
	if together > 0 {
		t.Errorf("%d of %d lines are set apart together", together, batchLeast-1)
	}
}

// Of two that say the same the first is kept.
func TestCheckTwice(t *testing.T) {
	x := indexOf(t, office())
	why := checked(t, x, "xiujia#3", "任务紧急休不成咋办", "任务太紧急休不成咋办", "顺延到什么时候", "任务紧急休不成咋办呢")
	if why[0]+why[2] != "" || !strings.HasPrefix(why[1], "和这一批里的「任务紧急休不成咋办」") || why[3] == "" {
		t.Errorf("%q", why)
	}
}

func TestCheckStopped(t *testing.T) {
	x := indexOf(t, office())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := NewChecker(x).Check(ctx, x.Corpus().Article("xiujia#1"), []Line{{Text: "歇几天才算完"}}); err == nil {
		t.Error("a check that was called off says nothing")
	}
}

func TestDice(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want float64
	}{{"甲乙丙", "甲乙丙", 1}, {"甲乙丙", "甲乙", 2.0 / 3}, {"甲乙", "丙丁", 0}, {"甲", "甲", 0}, {"甲乙甲乙", "甲乙", 0.5}, {"甲 乙，丙？", "甲乙丙", 1}} {
		if got := dice(pairsOf(tt.a), pairsOf(tt.b)); got != tt.want {
			t.Errorf("%s, %s: %v", tt.a, tt.b, got)
		}
	}
}
