package talk_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"strings"
	"testing"

	"lianwen/bot"
	"lianwen/bot/ledger"
)

// kept is everything that is kept of questions and answers, as text.
func (o *bureau) kept() string {
	o.Helper()
	var b strings.Builder
	db := o.raw()
	for _, query := range []string{`SELECT question FROM asked`, `SELECT question FROM feedback`, `SELECT question FROM chosen`, `SELECT question || change FROM settled`, `SELECT reason FROM excuse`, `SELECT action || ' ' || detail FROM audit`} {
		rows, err := db.QueryContext(o.Context(), query)
		if err != nil {
			o.Fatal(err)
		}
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				o.Fatal(err)
			}
			b.WriteString(s + "\n")
		}
		if err := rows.Err(); err != nil {
			o.Fatal(err)
		}
		rows.Close()
	}
	return b.String()
}

// Whatever a code is written like, it binds whoever it was given to; nothing of
// it is kept, shown to staff or logged.
func TestFault11CodesBindInEveryForm(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"绑定 K7QM3XWP", "绑定K7QM3XWP", "绑定：K7QM3XWP", "绑定码：K7QM3XWP", "绑定码K7QM3XWP。", "绑定 Ｋ７ＱＭ３ＸＷＰ", "綁定k7qm3xwp", "绑定 k7qm-3xwp", "绑定 K7QM 3XWP",
		"绑定“K7QM3XWP”", "绑定【K7QM3XWP】", "K7QM3XWP", "k7qm3xwp", "Ｋ７ＱＭ３ＸＷＰ", "K7QM 3XWP", "k7qm—3xwp", " K 7 Q M 3 X W P ", "K7QM\u200b3XWP", "K7QM3XWP！",
		"我的绑定码是K7QM3XWP", "我的绑定码是 k7qm3xwp，请帮我绑定一下，谢谢", "您好，绑定码是：K7QM-3XWP", "张三 K7QM3XWP", "K7QM3XWP A01 张三", "A01K7QM3XWP", "code: K7QM3XWP",
		"请问我的码K7QM3XWP怎么用",
	} {
		o := newBureau(t)
		var log bytes.Buffer
		o.config.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.restart()
		if err := o.ledger.NewCodes(t.Context(), map[string]string{"A01": "K7QM3XWP"}, o.now.AddDate(0, 1, 0), "test", o.now); err != nil {
			t.Fatal(err)
		}
		o.says("@zhang", false, text, "绑定好了：张三（A01）")
		got := o.says("@zhang", false, text, "这个绑定码不对", "您现在绑定的是张三（A01），没有变") // used up
		if strings.Contains(got, "K7QM") {
			t.Errorf("%q is said again: %s", text, got)
		}
		if kept := o.kept() + log.String(); strings.Contains(strings.ToUpper(kept), "QM3") || strings.Contains(kept, "7QM") || strings.Contains(kept, "Ｑ") {
			t.Errorf("%q is kept: %s", text, kept)
		}
	}
}

// What looks like a code and is none, or nearly, is told so; a question in which
// something looks like a code is answered. Neither is kept, nor can it be rated.
func TestFault11WrongCodes(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	for i, text := range []string{"绑定K7QM2XWP", "绑定 12345678", "绑定码 K7QM3XW", "K7QM3XWP", "K7QM2XWP", "K7QM3XW", "绑定码：Ｏ０Ｏ０Ｏ０Ｏ０", "我的绑定码是K7QM3XWP吗"} {
		o.says("@zhang"+string(rune('a'+i)), false, text, "这个绑定码不对")
	}
	for _, question := range []string{"K7QM3XWP的会议室能不能借来办主席会议和座谈会", "HDMT3467怎么报销", "management怎么评价"} {
		if got := o.says("@zhang", false, question); strings.Contains(got, "绑定码不对") {
			t.Errorf("%s: %s", question, got)
		}
		o.says("@zhang", false, "没用", "现在没有可以评价的回答")
	}
	for _, question := range []string{"绑定码在哪里领", "怎么绑定", "扫码签到可以吗", "提案2026-03能不能公开", "13800001234是谁的电话"} {
		if got := o.says("@li", false, question); strings.Contains(got, "绑定码不对") {
			t.Errorf("%s: %s", question, got)
		}
	}
	o.says("@wang", false, "绑定 SSSS7777", "王五（S01）")
	o.says("@wang", false, "请假 A01 12月3日 绑定码K7QM3XWP", "这个绑定码不对")
	o.says("@wang", false, "请假 A01 12月3日 出差 MANAGER3 到上海", "已登记")
	if kept := o.kept(); strings.Contains(kept, "K7QM") || strings.Contains(kept, "HDMT") || strings.Contains(kept, "MANAG") || strings.Contains(kept, "manag") || strings.Contains(kept, "K7QM3XW") {
		t.Errorf("kept: %s", kept)
	}
}

// A code that a group has seen is void at once, and the group is told so when it
// has spoken to the bot.
func TestFault11CodeInAGroup(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"绑定 AAAA3333", "绑定aaaa3333", "AAAA-3333", "张三的绑定码 ａａａａ３３３３", "这次会议的AAAA3333号文件能不能带回家里慢慢看"} {
		for _, addressed := range []bool{true, false} {
			o := newBureau(t)
			in := bot.Incoming{Channel: "wechat", Conversation: "@@group", Sender: "@zhang", Group: true, Addressed: addressed, Text: text}
			reply, _ := o.bot.Handle(context.Background(), in)
			told := strings.Contains(reply.Text, "这个码已经作废。请向工作人员要一个新的，再私聊我发送“绑定 新的码”") && strings.Contains(reply.Text, "添加到通讯录")
			if told != addressed || !addressed && reply.Text != "" {
				t.Errorf("%q, addressed %v: %s", text, addressed, reply.Text)
			}
			o.says("@zhang", false, "绑定 AAAA3333", "在群里发过的，已经作废")
			o.says("@li", false, "绑定 CCCC4444", "绑定好了") // another code is good
			if kept := o.kept(); strings.Contains(strings.ToUpper(kept), "AAAA") || strings.Count(kept, "void code A01") != 1 {
				t.Errorf("%q: kept %s", text, kept)
			}
		}
	}
}

// Who has unbound is a stranger, whatever is noted of them, until they bind anew.
func TestFault12UnbindHolds(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	login := func(id, text string, want ...string) {
		t.Helper()
		o.sends(bot.Incoming{Sender: id, Remark: "A01 张三", Text: text}, want...)
	}
	login("@zhang2", "我的记录", "张三（A01）")
	login("@zhang2", "解绑", "已解绑")
	for _, id := range []string{"@zhang2", "@zhang", "@zhang3"} {
		login(id, "我的记录", "还不知道您是哪位委员")
		login(id, "解绑", "您还没有绑定")
	}
	if err := o.ledger.NewCodes(t.Context(), map[string]string{"A01": "DDDD9999"}, o.now.AddDate(0, 1, 0), "test", o.now); err != nil {
		t.Fatal(err)
	}
	login("@zhang3", "DDDD9999", "绑定好了：张三（A01）")
	login("@zhang4", "我的记录", "张三（A01）")
}

// What stands for an asker is made with the installation's key: the roster does
// not give it back, and it is the same after a restart. What an earlier version
// kept can be deleted all the same.
func TestFault16AskerIsKeyed(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.config.Key = []byte("the installation's secret")
	o.restart()
	o.says("@zhang", false, "量子力学的基本原理", "没有查到")
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.says("@zhang", false, "相对论是谁提出的", "没有查到")
	plain := func(parts ...string) string {
		sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
		return hex.EncodeToString(sum[:16])
	}
	asked, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1))
	if err != nil || len(asked) != 2 || asked[0].Asker == asked[1].Asker {
		t.Fatalf("%+v, %v", asked, err)
	}
	for _, q := range asked {
		for _, guess := range []string{plain("member", "A01"), plain("wechat", "@zhang"), plain("A01"), plain("member\x00A01")} {
			if q.Asker == guess || len(q.Asker) != len(guess) {
				t.Errorf("%+v is %s", q, guess)
			}
		}
	}
	for _, asker := range []string{plain("member", "A01"), plain("wechat", "@zhang"), plain("member", "A02")} { // as it was
		if err := o.ledger.Ask(t.Context(), ledger.Asked{At: o.now, Channel: "wechat", Outcome: ledger.AskedNone, Question: "旧的问题", Asker: asker}); err != nil {
			t.Fatal(err)
		}
	}
	o.restart()
	o.says("@zhang", false, "我的数据", "没有直接查到的提问和评价：4 条")
	o.config.Key = []byte("another's")
	o.restart()
	o.says("@zhang", false, "我的数据", "没有直接查到的提问和评价：2 条")
	o.config.Key = []byte("the installation's secret")
	o.restart()
	o.says("@zhang", false, "删除我的提问", "已删去您的提问和评价 4 条")
	if left, err := o.ledger.Asked(t.Context(), o.now.AddDate(0, 0, -1), o.now.AddDate(0, 0, 1)); err != nil || len(left) != 1 {
		t.Errorf("%+v, %v", left, err)
	}
}
