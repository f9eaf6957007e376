package secrecy_test

import (
	"strings"
	"testing"

	"lianwen/bot/secrecy"
)

// A paper is judged by where papers have their marks; in between it may say what marks
// look like.
func TestPaper(t *testing.T) {
	t.Parallel()
	body := "保密工作办法\n第一章 总则\n第一条 为了保守国家秘密，制定本办法。\n第二条 密级标在首页左上角，样式为：\n机密★10年\n第三条 印有“内部资料 注意保存”的，应当登记。\n" + strings.Repeat("第四条 其他事项按照有关规定执行。\n", 12)
	for _, tt := range []struct {
		name, text string
		beside     []string
		where      string
		kind       secrecy.Kind
	}{
		{"保密办法.docx", body, nil, "", ""},
		{"机密★保密办法.docx", body, nil, "文件名", secrecy.Mark},
		{"保密办法（内部资料）.docx", body, nil, "文件名", secrecy.Mark},
		{"机密文件管理办法.docx", body, nil, "", ""},
		{"a.docx", body, []string{"页眉“机密★10年”没有收入"}, "页眉、页脚或文本框", secrecy.Mark},
		{"a.docx", body, []string{"页眉“第 1 页”没有收入", "秘密★1年"}, "页眉、页脚或文本框", secrecy.Mark},
		{"a.docx", body, []string{"页脚“第 1 页”没有收入"}, "", ""},
		{"a.docx", "机密★10年\n" + body, nil, "文首", secrecy.Mark},
		{"a.docx", "000012\n机密\n特急\n某市办公室文件\n" + body, nil, "文首", secrecy.Mark},
		{"a.docx", "某市办公室文件\n\n内部资料  注意保存\n" + body, nil, "文首", secrecy.Mark},
		{"a.docx", body + "（此件阅后收回）\n（内部资料，不得外传）", nil, "文末", secrecy.Mark},
		{"a.docx", body + "联系人 张三 11010519491231002X", nil, "第 19 行", secrecy.Identity},
		{"a.docx", body + "甲 13800000001\n乙 13800000002\n丙 13800000003", nil, "正文", secrecy.Phones},
		{"a.docx", body + "办公室电话 0551-62815501，提案委 0551-62815502，信访 0551-62815503", nil, "", ""},
		{"a.docx", body + "联系人 张三 13800000001", nil, "", ""},
		{"a.docx", "", nil, "", ""},
	} {
		where, kinds := secrecy.Paper(tt.name, tt.text, tt.beside)
		if got := secrecy.Words(kinds); where != tt.where || got != string(tt.kind) {
			t.Errorf("%s %q %.40q…: %q %q, want %q %q", tt.name, tt.beside, tt.text, where, got, tt.where, tt.kind)
		}
	}
}

// A number is told from a row of digits, by whoever writes lines.
func TestPersonal(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{ // identity, phone
		"我电话13812345678想问":     {false, true},
		"１３８ １２３４ ５６７８":        {false, true},
		"一三八一二三四五六七八":          {false, true},
		"0551-62812345":        {false, true},
		"（0551）62812345":       {false, false}, // brackets are no part of a number
		"110105 19491231 0021": {true, false},
		"11010519491231002X":   {true, false},
		"20261128":             {false, false},
		"编号2138123456789":      {false, false},
		"王五13812345678":        {false, true},
		"请假13天":                {false, false},
		"":                     {false, false},
	} {
		if id, phone := secrecy.HasIdentity(text), secrecy.Phone(text); id != want[0] || phone != want[1] {
			t.Errorf("%q: identity %v, phone %v, want %v", text, id, phone, want)
		}
	}
}

func FuzzSeen(f *testing.F) {
	for _, s := range []string{"机密★10年", "机\n密\n★", "11010519491231002X", "6222 0212 3456 7890 128", "\xff\xfe机密", "【】", "张三: \n> ", strings.Repeat("一 ", 60), "★★★密密密", "内部资料\u3000注意保存"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 {
			return
		}
		secrecy.Paper(s, s, []string{s})
		secrecy.Phone(s)
		secrecy.HasIdentity(s)
		// What bears something still does when a mark is put before it.
		if secrecy.Seen(s); secrecy.Seen("机密★10年\n\n关于有关工作安排的通知如下\n"+s) == nil && !strings.ContainsAny(s, "？?吗么什意怎如理读念看解含代表说明指示何啥概讲") {
			t.Errorf("missed before %q", s)
		}
	})
}
