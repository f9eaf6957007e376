package staff

import (
	"fmt"
	"regexp"
	"strings"

	"lianwen/bot/ledger"
)

// deedWords are the actions of the audit in words. What a number there counts is
// in countWords.
var deedWords = map[string]string{
	"roster import": "导入花名册", "roster codes": "发绑定码", "bind": "绑定", "unbind": "解绑", "unbind member": "解除绑定", "void code": "绑定码作废",
	"activity import": "导入活动", "excuse": "登记请假", "take leave back": "销假", "correct": "更正", "forget questions": "删除自己的提问",
	"pause": "暂停推送", "resume": "恢复推送", "skip": "跳过推送", "push now": "现在推送", "resolve push": "核实推送",
	"draft approve": "签发", "draft withdraw": "撤回签发", "draft replace": "换推送内容", "draft edit": "改推送文字", "draft carry": "签发的改在今天发",
	"suspend": "停用题", "resume question": "恢复题", "approve question": "核准题", "reindex": "重建索引",
	"settle line": "补问法", "settle synonym": "补同义词", "settle reply": "补应答", "settle not ours": "不归我们", "undo settlement": "撤销处理",
	"edit library": "改问法、条旨、同义词或应答", "undo edit": "撤销这样的改动", "approve lines": "批准问法", "decline lines": "不要问法", "reopen lines": "问法放回待批",
	"account add": "建账号", "account link": "给账号发链接", "account password": "设密码", "account role": "改账号权限", "account remove": "删账号", "account log out": "退出账号的所有登录",
	"judge question": "记检验题", "unjudge question": "去检验题",
	"rule import": "导入制度", "rule back": "撤回导入", "rule repeal": "废止制度",
	"put back": "换上备份", "back up": "备份台账", "take backup": "下载备份", "delete backup": "删除备份", "close period": "定稿", "number changes": "定稿后更正编号", "seal": "封存作答",
}

var countWords = map[string]string{"added": "新增", "changed": "改动", "left": "离册", "struck": "取消", "codes": "绑定码", "pushes": "推送"}

var countPattern = regexp.MustCompile(`(\d+) (added|changed|left|struck|codes|pushes)\b`)

// correctionPattern finds the round and the member, the standing, and the reason.
var correctionPattern = regexp.MustCompile(`(?s)^(\S+ \S+) (\w*): (.*)$`)

// lastWords are what a deed ends with, behind a colon.
var lastWords = map[string]string{string(ledger.PushSent): "已发", string(ledger.PushFailed): "没有发"}

// targetPattern finds where a push goes to in a deed, before its day.
var targetPattern = regexp.MustCompile(` (?:\w+:)?(group|member):(.+) (\d{4}-\d\d-\d\d)$`)

// pushInWords is a push of a day to a place.
func pushInWords(push string) string {
	m := targetPattern.FindStringSubmatchIndex(push)
	switch {
	case m == nil:
		return push
	case push[m[2]:m[3]] == "member":
		return push[:m[0]] + " 委员 " + push[m[4]:]
	}
	return push[:m[0]] + " 群“" + push[m[4]:m[5]] + "” " + push[m[6]:]
}

// channelInWords has the channel's name at the end of a deed in words.
func channelInWords(detail string) string {
	before := strings.LastIndex(detail, " ") + 1
	if word, ok := channelWords[detail[before:]]; ok {
		return detail[:before] + word
	}
	return detail
}

// DeedInWords is a row of the audit as people read it: who, did what, to what.
// What it does not know stays as it is.
func DeedInWords(d ledger.Deed) (who, what, detail string) {
	return actorInWords(d.Actor), actionInWords(d.Action), detailInWords(d)
}

func actorInWords(a ledger.Actor) string {
	switch a {
	case ledger.LibraryActor:
		return "制度库"
	case ledger.RemarkActor:
		return "好友备注"
	case ledger.ClockActor:
		return "程序"
	case ledger.NobodyActor:
		return "没有绑定的人"
	}
	if name, ok := strings.CutPrefix(string(a), string(ledger.WebActor(""))); ok {
		return "账号 " + name
	}
	kind, name, _ := strings.Cut(string(a), " ")
	if word, ok := map[string]string{"staff": "工作人员", "member": "委员", "terminal": "命令行"}[kind]; ok {
		return strings.TrimSpace(word + " " + name)
	}
	return string(a)
}

// recognised is how the action begins of whom a remark has told.
const recognised = "recognise "

func actionInWords(action string) string {
	if word, ok := deedWords[action]; ok {
		return word
	}
	if number, ok := strings.CutPrefix(action, recognised); ok {
		return "认出 " + number
	}
	return action
}

func closingInWords(action string, words []string) string {
	if action == "close period" {
		return words[0] + "：" + words[1] + " 至 " + words[2]
	}
	if words[1] == words[2] {
		return words[0] + " 第" + words[1] + "号"
	}
	return words[0] + " 第" + words[1] + "号至第" + words[2] + "号"
}

func returnInWords(d ledger.Deed) string {
	r, ok := ledger.ReadReturn(d)
	switch {
	case !ok:
		return d.Detail
	case r.Former.Row > 0:
		return fmt.Sprintf("台账退回到第 %d 条（原来到第 %d 条，校验 %s）", r.To.Row, r.Former.Row, r.Former.Short())
	}
	return fmt.Sprintf("台账从第 %d 条接着记", r.To.Row)
}

func correctionInWords(detail string) string {
	m := correctionPattern.FindStringSubmatch(detail)
	for word, standing := range Standings {
		if m != nil && m[2] == string(standing) {
			return m[1] + " 改为" + word + "：" + m[3]
		}
	}
	return detail
}

func detailInWords(d ledger.Deed) string {
	if strings.HasPrefix(d.Action, recognised) {
		return channelInWords(d.Detail)
	}
	switch d.Action {
	case "roster import", "roster codes", "activity import", "skip":
		return strings.ReplaceAll(countPattern.ReplaceAllStringFunc(d.Detail, func(count string) string {
			n, what, _ := strings.Cut(count, " ")
			return countWords[what] + " " + n
		}), ", ", "，")
	case "settle line", "settle synonym", "settle reply", "settle not ours", "undo settlement":
		number, what, _ := strings.Cut(d.Detail, ": ")
		return strings.TrimSpace(number + " 号 " + what)
	case "draft approve", "draft withdraw", "draft replace", "draft edit":
		if i := strings.LastIndex(d.Detail, " by "); i >= 0 {
			return d.Detail[:i] + "（" + actorInWords(ledger.Actor(d.Detail[i+len(" by "):])) + "）"
		}
	case "push now":
		push, _, _ := strings.Cut(d.Detail, ": ")
		return pushInWords(push)
	case "resolve push":
		if push, state, ok := strings.Cut(d.Detail, ": "); ok && lastWords[state] != "" {
			return pushInWords(push) + "：" + lastWords[state]
		}
	case "forget questions":
		return d.Detail + " 条"
	case "bind", "unbind", "unbind member":
		return channelInWords(d.Detail)
	case "close period", "number changes": // without the digests
		if words := strings.Fields(d.Detail); len(words) > 3 {
			return closingInWords(d.Action, words)
		}
	case "account add", "account role":
		if name, rest, ok := strings.Cut(d.Detail, ": "); ok {
			role, number, _ := strings.Cut(rest, " ")
			return strings.TrimSpace(name + "：" + ledger.Role(role).Chinese() + " " + number)
		}
	case "seal":
		if rounds, _, ok := strings.Cut(d.Detail, " "); ok {
			return rounds + " 道题"
		}
	case "put back":
		return returnInWords(d)
	case "correct":
		return correctionInWords(d.Detail)
	}
	return d.Detail
}
