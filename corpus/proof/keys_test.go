package proof

import "testing"

func TestKeys(t *testing.T) {
	const body = "第一条 3个工作日内报告，1个月内办结。\n"
	for _, q := range []struct {
		text, answer, why, found string
		options                  []string
	}{
		// the same, said otherwise
		{"多久报告？", "A", "。", at + "选项 A「24小时」和 C「1天内」是一回事", []string{"24小时", "2天", "1天内"}},
		{"多久报告？", "A", "。", at + "选项 B「二周以内」和 C「14日」是一回事", []string{"3天", "二周以内", "14日"}},
		{"报给谁？", "A", "。", at + "选项 A「12个月内报告秘书科」和 B「1年内报告秘书科」是一回事", []string{"12个月内报告秘书科", "1年内报告秘书科", "不报"}},
		{"多少钱？", "A", "。", at + "选项 B「1万元」和 C「10000元」是一回事", []string{"5000元", "1万元", "10000元"}},
		{"多久报告？", "A", "。", "", []string{"5日", "5个工作日", "1个月"}},          // working days are others
		{"多久报告？", "A", "。", "", []string{"30日", "1个月", "2小时"}},           // a month is no number of days
		{"报给谁？", "A", "。", "", []string{"24小时内报告秘书科", "1天内报告值班室", "不报"}}, // to others
		{"几次？", "A", "。", "", []string{"3天到5天", "72小时", "5天"}},           // two quantities
		// what the question gives away
		{"按规定3个工作日内报告，最多几天？", "B", "。", "?" + at + "题干里已经写着答案的「3个工作日」", []string{"5个工作日", "3个工作日", "7个工作日"}},
		{"3个工作日内没有报告，还可以等多久？", "B", "。", "", []string{"3个工作日", "再3个工作日", "7个工作日"}},
		{"过了3个工作日，应当几天报告？", "A", "。", "", []string{"5个工作日", "3个工作日", "7个工作日"}},
		// what the explanation says against the key
		{"多久报告？", "A", "应当在3个工作日内报告。", "?figure q-1 questions/q.toml:2|答案是 A，解析写的「3个工作日」是选项 B 的", []string{"5个工作日", "3个工作日", "7个工作日"}},
		{"多久报告？", "B", "应当在3个工作日内报告。", "", []string{"5个工作日", "3个工作日", "7个工作日"}},
		{"多久报告？", "B", "应当在三个工作日内报告。", "", []string{"5个工作日", "3个工作日", "7个工作日"}},
		{"已经过了3个工作日，还要报告吗？", "A", "3个工作日是期限。", "", []string{"5个工作日内补报", "3个工作日内补报", "不报"}},
		{"多久办结？", "C", "1个月以内，不是3个工作日。", "", []string{"5个工作日", "3个工作日", "1个月"}},
	} {
		got := checked(t, "rules/a.md", rule("jia", "甲办法", body), "questions/q.toml", question("q-1", q.text, q.answer, q.why, "jia#1", q.options...)).Findings
		if q.found == "" {
			want(t, got)
			continue
		}
		want(t, got, q.found)
	}
}

// What shows over a set only: the key is always a little longer, or shorter, or never
// the option that allows no exceptions.
func TestSetShapes(t *testing.T) {
	for _, set := range []struct{ list, found string }{
		{"先报告科里* 先办了 先放着 先问问", "一个选项最长的有 12 道，答案就是它的有 12 道，碰巧约 3 道"},
		{"报告* 先办了 先放着 先问问", "一个选项最短的有 12 道，答案就是它的有 12 道"},
		{"先报告科里 先办了* 先放着 先问问", ""},
		{"报告科里* 一律办了 送到处里 交给组里", ""}, // one in four would be right by chance: twelve tell nothing
	} {
		got := setOf(t, repeat(set.list, 12)...)
		if set.found == "" {
			want(t, got)
			continue
		}
		want(t, got, "?options questions questions/q.toml:2|"+set.found)
	}
	want(t, setOf(t, repeat("报告科里* 一律办了 送到处里 交给组里", 28)...), "?options questions questions/q.toml:2|把话说绝的（一律、全部、只能……）有 28 道，答案不是它的有 28 道，碰巧约 21 道")
}
