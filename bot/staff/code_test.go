package staff_test

import (
	"testing"

	"lianwen/bot/staff"
)

func TestFault11FindCode(t *testing.T) {
	for text, want := range map[string][2]string{
		"K7QM3XWP":             {"K7QM3XWP", ""},
		"k7qm3xwp。":            {"K7QM3XWP", "。"},
		"绑定K7QM3XWP":           {"K7QM3XWP", "绑定"},
		"绑定：Ｋ７ＱＭ３ＸＷＰ":          {"K7QM3XWP", "绑定:"},
		"绑定码：k7qm 3xwp":        {"K7QM3XWP", "绑定码:"},
		"我的绑定码是K7QM-3XWP，谢谢":   {"K7QM3XWP", "我的绑定码是,谢谢"},
		"K7QM—3XWP":            {"K7QM3XWP", ""},
		"K 7 Q M 3 X W P":      {"K7QM3XWP", ""},
		"K7\u200bQM3XWP\ufe0f": {"K7QM3XWP", "\ufe0f"},
		"A01 K7QM3XWP 张三":      {"K7QM3XWP", "A01  张三"},
		"A01K7QM3XWP":          {"K7QM3XWP", "A01"},
		"张三K7QM3XWP，工作人员S01":   {"K7QM3XWP", "张三,工作人员S01"},
		"K7QM\n3XWP":           {"K7QM3XWP", ""},
		"3467 9346":            {"34679346", ""},
		"GDP 34679 亿元":         {"GDP34679", " 亿元"},
	} {
		code, rest, ok := staff.FindCode(text)
		if !ok || code != want[0] || rest != want[1] {
			t.Errorf("%q: %q, rest %q, %v; want %q", text, code, rest, ok, want)
		}
		if !staff.HoldsCode(text) {
			t.Errorf("%q holds no code", text)
		}
	}
	for _, text := range []string{"", "绑定", "K7QM3XW", "K7QM2XWP", "提案条例第12条", "A01 12月1日至12月5日 出差", "ti-an-03", "13800001234", "2026-12-01",
		"K7QM 3XW", "K7QM号3XWP", "开会能不能让秘书替我去", "zheng xie ti an", "kaihui qijian neng he jiu ma", "gongzhang neng bu neng dai hui jia"} {
		if code, _, ok := staff.FindCode(text); ok || staff.HoldsCode(text) {
			t.Errorf("%q holds the code %q", text, code)
		}
	}
	for _, text := range []string{"XK7QM3XWP", "K7QM3XWPK7QM3XWP", "MANAGEMENT"} { // longer words
		if code, _, ok := staff.FindCode(text); ok || !staff.HoldsCode(text) {
			t.Errorf("%q: %q, %v", text, code, ok)
		}
	}
}
