package shelf

import (
	"errors"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/corpus"
)

// What a rule is, in a line or two.
func TestSay(t *testing.T) {
	for _, tt := range []struct {
		text, facts, contents string
	}{
		{duty2024, "文号 某协办〔2024〕3号，施行 2024年5月1日", "2 章 3 条：「第一条 为做好值班工作，制定本办……」到「第三条 本办法自2024年5月1……」"},
		{seals, "文号 没有认出，施行日期没有认出", "2 条：「第一条 印章由专人保管。」到「第二条 用印应当登记。」"},
		{seals + "附件1\n登记表\n姓名\n", "文号 没有认出，施行日期没有认出", "2 条，附件 1 个：「第一条 印章由专人保管。」到「第二条 用印应当登记。」"},
	} {
		r := corpus.Recognise("文.txt", tt.text, true).Rules[0]
		if facts, contents := strings.Join(Facts(r), "，"), Contents(r); facts != tt.facts || contents != tt.contents {
			t.Errorf("%s\n%s", facts, contents)
		}
	}
	old := &corpus.Rule{Repealed: true, Issued: "2024-01-02"}
	if got := strings.Join(Facts(old), "，"); got != "文号 没有认出，印发 2024年1月2日，施行日期没有认出，已废止" {
		t.Error(got)
	}
	cause := errors.New("disk")
	if err := HalfWay(cause, 0, 3); !errors.Is(err, cause) || bot.CodeOf(err) != 0 {
		t.Errorf("%v", err)
	}
	if err := HalfWay(bot.Conflict.Sayf("坏了。"), 2, 3); bot.CodeOf(err) != bot.Unavailable || !strings.Contains(err.Error(), "已写入 2 部，还有 1 部没有写：坏了。") {
		t.Errorf("%v", err)
	}
}
