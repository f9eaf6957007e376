package staff_test

import (
	"testing"

	"lianwen/bot/ledger"
	"lianwen/bot/staff"
)

func TestDeedInWords(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		deed ledger.Deed
		want string
	}{
		{ledger.Deed{Actor: "staff S01", Action: "roster import", Detail: "3 added, 12 changed, 0 left"}, "工作人员 S01|导入花名册|新增 3，改动 12，离册 0"},
		{ledger.Deed{Actor: "terminal", Action: "activity import", Detail: "1 added, 0 changed, 2 struck"}, "命令行|导入活动|新增 1，改动 0，取消 2"},
		{ledger.Deed{Actor: "terminal root", Action: "skip", Detail: "story, 2 pushes"}, "命令行 root|跳过推送|story，推送 2"},
		{ledger.Deed{Actor: "member A01", Action: "excuse", Detail: "A01 2026-12-01 2026-12-02"}, "委员 A01|登记请假|A01 2026-12-01 2026-12-02"},
		{ledger.Deed{Actor: "staff S01", Action: "correct", Detail: "2026-12-01 A01 excused: 会上 absent: 核实"}, "工作人员 S01|更正|2026-12-01 A01 改为请假：会上 absent: 核实"},
		{ledger.Deed{Actor: "staff S01", Action: "correct", Detail: "2026-12-01 A01 : 借调"}, "工作人员 S01|更正|2026-12-01 A01 改为不计：借调"},
		{ledger.Deed{Actor: "staff S01", Action: "correct", Detail: "2026-12-01"}, "工作人员 S01|更正|2026-12-01"},
		{ledger.Deed{Actor: "staff S01", Action: "resolve push", Detail: "story group:甲 2026-12-01: sent"}, "工作人员 S01|核实推送|story 群“甲” 2026-12-01：已发"},
		{ledger.Deed{Actor: ledger.WebActor("王五"), Action: "push now", Detail: "story wechat:group:学习 群 2026-12-01: baozheng"}, "账号 王五|现在推送|story 群“学习 群” 2026-12-01"},
		{ledger.Deed{Actor: ledger.WebActor("王五"), Action: "push now", Detail: "quiz member:A01 2026-12-01: q1"}, "账号 王五|现在推送|quiz 委员 A01 2026-12-01"},
		{ledger.Deed{Actor: "member A01", Action: "bind", Detail: "wechat"}, "委员 A01|绑定|微信"},
		{ledger.Deed{Actor: "member A01", Action: "unbind", Detail: "other"}, "委员 A01|解绑|other"},
		{ledger.Deed{Actor: "member A01", Action: "forget questions", Detail: "3"}, "委员 A01|删除自己的提问|3 条"},
		{ledger.Deed{Actor: ledger.LibraryActor, Action: "suspend", Detail: "q1"}, "制度库|停用题|q1"},
		{ledger.Deed{Actor: boss, Action: "unbind member", Detail: "A02 wechat"}, "工作人员 S01|解除绑定|A02 微信"},
		{ledger.Deed{Actor: ledger.RemarkActor, Action: "recognise A02", Detail: "wechat"}, "好友备注|认出 A02|微信"},
		{ledger.Deed{Actor: ledger.NobodyActor, Action: "pause", Detail: "3 added"}, "没有绑定的人|暂停推送|3 added"},
		{ledger.Deed{Actor: "staff S01", Action: "settle not ours", Detail: "12: 找信访局: 三楼"}, "工作人员 S01|不归我们|12 号 找信访局: 三楼"},
		{ledger.Deed{Actor: "terminal root", Action: "undo settlement", Detail: "12"}, "命令行 root|撤销处理|12 号"},
		{ledger.Deed{Actor: "terminal root", Action: "draft approve", Detail: "card 2026-12-01 side by side: 2026-12-02 1a2b by staff S01"}, "命令行 root|签发|card 2026-12-01 side by side: 2026-12-02 1a2b（工作人员 S01）"},
		{ledger.Deed{Actor: "staff S01", Action: "draft withdraw", Detail: "story 2026-12-01: bao 1a2b"}, "工作人员 S01|撤回签发|story 2026-12-01: bao 1a2b"},
		{ledger.Deed{Actor: "old", Action: "seen", Detail: "x"}, "old|seen|x"},
	} {
		who, what, detail := staff.DeedInWords(tt.deed)
		if got := who + "|" + what + "|" + detail; got != tt.want {
			t.Errorf("%+v: %s, want %s", tt.deed, got, tt.want)
		}
	}
}
