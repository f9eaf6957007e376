package talk_test

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"lianwen/bot"
)

// answers are the answers on record, as "day member letter".
func (o *bureau) answers(want ...string) {
	o.Helper()
	list, err := o.ledger.Answers(context.Background(), "2026-01-01", "2027-12-31")
	if err != nil {
		o.Fatal(err)
	}
	var got []string
	for _, a := range list {
		got = append(got, fmt.Sprintf("%s %s %c", a.Round, a.Member, 'A'+a.Choice))
	}
	if !slices.Equal(got, want) {
		o.Errorf("answers on record: %v, want %v", got, want)
	}
}

// open opens the rounds of some days of November, each at nine; it is ten on the
// last of them then.
func (o *bureau) open(days ...int) {
	o.Helper()
	for _, d := range days {
		o.now = time.Date(2026, 11, d, 9, 0, 0, 0, o.now.Location())
		o.ask()
	}
	o.now = o.now.Add(time.Hour)
}

// sends sends a message as it is.
func (o *bureau) sends(in bot.Incoming, want ...string) string {
	o.Helper()
	in.Channel, in.Addressed = "wechat", true
	if in.Conversation == "" {
		in.Conversation = in.Sender
	}
	reply, _ := o.bot.Handle(context.Background(), in)
	for _, w := range want {
		if !strings.Contains(reply.Text, w) {
			o.Errorf("%+v reads\n%s\nwithout %s", in, reply.Text, w)
		}
	}
	return reply.Text
}

// raw is the database beneath the ledger.
func (o *bureau) raw(statements ...string) *sql.DB {
	o.Helper()
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: o.file}).EscapedPath()+"?_pragma=busy_timeout(10000)")
	if err != nil {
		o.Fatal(err)
	}
	o.Cleanup(func() { db.Close() })
	for _, s := range statements {
		if _, err := db.ExecContext(o.Context(), s); err != nil {
			o.Fatal(err)
		}
	}
	return db
}

// lock keeps everybody else from writing to the ledger until it is called back.
func (o *bureau) lock() (unlock func()) {
	o.Helper()
	conn, err := o.raw().Conn(o.Context())
	if err == nil {
		_, err = conn.ExecContext(o.Context(), "BEGIN IMMEDIATE")
	}
	if err != nil {
		o.Fatal(err)
	}
	return func() {
		if _, err := conn.ExecContext(context.Background(), "ROLLBACK"); err != nil {
			o.Error(err)
		}
	}
}

// later are the ways in which the bot's memory is lost: it starts again, or so
// much time passes.
var later = map[string]func(o *bureau){
	"restart": func(o *bureau) { o.restart() },
	"an hour": func(o *bureau) { o.now = o.now.Add(time.Hour) },
	"a look-up": func(o *bureau) {
		o.says("@zhang", false, "提案什么时候截止", "《提案工作条例》第五条")
	},
	"a list": func(o *bureau) { o.says("@zhang", false, "目录", "现行制度") },
}

// A letter answers the question that was offered, however much the bot has
// forgotten since.
func TestFault10LetterAnswersWhatWasOffered(t *testing.T) {
	t.Parallel()
	for name, pass := range later {
		t.Run(name, func(t *testing.T) {
			o := newBureau(t)
			o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
			o.open(26, 28)
			o.says("@zhang", false, "补答", "2026年11月26日")
			pass(o)
			o.says("@zhang", false, "A", "已记录：A（2026年11月26日的题）")
			o.answers("2026-11-26 A01 A")
			pass(o)
			o.says("@zhang", false, "练习", "练习（不记录）")
			pass(o)
			o.says("@zhang", false, "B", "练习：")
			o.answers("2026-11-26 A01 A")
		})
	}
}

// Another letter soon after is for the same question; what was never shown is
// not answered by it.
func TestFault10SecondLetter(t *testing.T) {
	t.Parallel()
	for name, pass := range map[string]func(o *bureau){"at once": func(*bureau) {}, "restart": later["restart"]} {
		t.Run(name, func(t *testing.T) {
			o := newBureau(t)
			o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
			o.open(26, 28)
			o.says("@zhang", false, "补答", "2026年11月26日")
			o.says("@zhang", false, "A", "已记录：A")
			pass(o)
			o.says("@zhang", false, "B", "以第一次（A）为准", "先回复“今日一题”或“补答”")
			o.says("@zhang", false, "练习", "练习（不记录）")
			o.says("@zhang", false, "A", "练习：")
			pass(o)
			o.says("@zhang", false, "B", "练习：", "先回复“今日一题”或“补答”")
			o.answers("2026-11-26 A01 A")
			o.says("@zhang", false, "今日一题", "2026年11月28日")
			pass(o)
			o.says("@zhang", false, "C", "已记录：C，")
			o.says("@zhang", false, "D", "以第一次（C）为准")
			o.answers("2026-11-26 A01 A", "2026-11-28 A01 C")
		})
	}
}

// What could be meant for more than one question is asked back; the digit says
// it, and says nothing after a restart.
func TestFault10AsksBack(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26)
	o.says("@zhang", false, "补答", "2026年11月26日")
	o.open(28) // something newer is asked before the letter comes
	ask := func(text string, want ...string) {
		t.Helper()
		o.says("@zhang", false, text, append([]string{"还没有记下", "1 2026年11月28日：", "2 2026年11月26日："}, want...)...)
		o.answers()
	}
	ask("选b", "您这个“B”要答哪一天的题")
	o.restart()
	o.says("@zhang", false, "2", "现在没有编号为 2 的选项")
	ask("A")
	o.says("@zhang", false, "2", "已记录：A（2026年11月26日的题）")
	o.says("@zhang", false, "C", "以第一次（A）为准") // not the 28th's
	o.answers("2026-11-26 A01 A")

	o.says("@zhang", false, "练习", "练习（不记录）")
	o.open(29)
	o.says("@zhang", false, "A", "1 2026年11月29日", "2 2026年11月28日", "是做练习的，请再发“练习”")
	o.says("@zhang", false, "1", "已记录：A，")
	o.answers("2026-11-26 A01 A", "2026-11-29 A01 A")

	// Nothing offered: today's question is what everybody was asked. Of other
	// days there may be several.
	o.says("@li", false, "绑定 CCCC4444", "绑定好了")
	o.now = o.now.Add(22 * time.Hour) // early on the 30th
	o.says("@li", false, "A", "还没有记下", "1 2026年11月29日", "2 2026年11月28日", "3 2026年11月26日")
	o.says("@li", false, "Z", "没有一道题有 Z 这个选项")
	o.says("@li", false, "1", "已记录：A（2026年11月29日的题）")
	o.open(30)
	o.says("@li", false, "B", "已记录：B，")
	o.answers("2026-11-26 A01 A", "2026-11-29 A01 A", "2026-11-29 A02 A", "2026-11-30 A02 B")
}

// Where only one thing can be meant, it is meant.
func TestFault10OnlyOneCanBeMeant(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26)
	o.now = o.now.AddDate(0, 0, 1)
	o.says("@zhang", false, "A", "已记录：A（2026年11月26日的题）")
	o.says("@zhang", false, "练习", "练习（不记录）")
	o.says("@zhang", false, "B", "练习：")
	o.open(28)
	o.says("@zhang", false, "B", "已记录：B，")
	o.answers("2026-11-26 A01 A", "2026-11-28 A01 B")
}

// In a group a letter is for what the group was asked, whatever was offered in
// private.
func TestFault10Group(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26, 28)
	o.says("@zhang", false, "补答", "2026年11月26日")
	o.says("@zhang", true, "我选B", "收到，已记录。")
	o.answers("2026-11-28 A01 B")
	o.says("@zhang", false, "A", "已记录：A（2026年11月26日的题）")
	o.says("@zhang", true, "练习", "练习（不记录）")
	o.restart()
	o.says("@zhang", true, "C", "练习：")
	o.open(29)
	o.says("@zhang", true, "C", "收到，已记录。")
	o.answers("2026-11-26 A01 A", "2026-11-28 A01 B", "2026-11-29 A01 C")
}

// After a new login everybody has another id; what was offered holds.
func TestFault10NewLogin(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26, 28)
	o.says("@zhang", false, "补答", "2026年11月26日")
	o.restart()
	o.sends(bot.Incoming{Sender: "@zhang2", Remark: "A01 张三", Text: "A"}, "已记录：A（2026年11月26日的题）")
	o.answers("2026-11-26 A01 A")
}

// A letter that was written before a question went out is no answer to it.
func TestFault10SentBefore(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26, 28)
	before := o.now.Add(-2 * time.Hour)
	o.sends(bot.Incoming{Sender: "@zhang", Text: "A", SentAt: before}, "还没有记下", "1 2026年11月28日")
	o.answers()
	o.sends(bot.Incoming{Sender: "@zhang", Conversation: "@@group", Group: true, Text: "A", SentAt: before, Again: true}, "收到，已记录（2026年11月26日的题）") // the newest then
	o.sends(bot.Incoming{Sender: "@zhang", Text: "B", SentAt: o.now.Add(-time.Minute)}, "已记录：B，")
	o.answers("2026-11-26 A01 A", "2026-11-28 A01 B")

	o = newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(28) // and nothing before
	o.sends(bot.Incoming{Sender: "@zhang", Conversation: "@@group", Group: true, Text: "A", SentAt: before, Again: true}, "没有记。要答这道题，请再发一次")
	o.sends(bot.Incoming{Sender: "@zhang", Text: "A", SentAt: before, Again: true}, "还没有记下", "1 2026年11月28日")
	o.answers()
	o.sends(bot.Incoming{Sender: "@zhang", Conversation: "@@group", Group: true, Text: "A", SentAt: o.now}, "收到，已记录。")
	o.answers("2026-11-28 A01 A")
}

// What cannot be remembered is not offered.
func TestFault10OfferIsRemembered(t *testing.T) {
	t.Parallel()
	o := newBureau(t)
	o.says("@zhang", false, "绑定 AAAA3333", "绑定好了")
	o.open(26, 28)
	o.raw(`CREATE TRIGGER full BEFORE INSERT ON offer BEGIN SELECT RAISE(ABORT, 'disk full'); END`)
	for _, text := range []string{"补答", "练习", "补答 11月26日"} {
		if got := o.says("@zhang", false, text, "记不下给您出的是哪道题", "请过几分钟再试"); strings.Contains(got, "A. ") {
			t.Errorf("%s: %s", text, got)
		}
	}
	o.says("@zhang", false, "今日一题", "2026年11月28日") // a letter is for that anyway
	o.says("@zhang", false, "A", "已记录：A，")
	o.says("@nobody", false, "练习", "练习（不记录）") // of whom nothing can be recorded
	o.says("@nobody", false, "A", "练习：")
	o.answers("2026-11-28 A01 A")
}
